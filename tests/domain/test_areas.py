"""Codes mean territories only together with their boundary."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lienvung.domain.areas import Area, AreaKey, Gazetteer, Membership, Region, Succession
from lienvung.domain.areas.gazetteer import name_key
from lienvung.domain.clocks import OPEN_DAY
from lienvung.errors import AmbiguousArea, UnknownArea, UnknownRegion

MERGED = date(2025, 7, 1)
OLD, NEW = date(2004, 1, 1), MERGED


def key(text: str) -> AreaKey:
    return AreaKey.parse(text)


def province(text: str, name: str, *aliases: str, ends: date | None = None) -> Area:
    area_key = key(text)
    until = ends or (MERGED if area_key.valid_from == "2004" else OPEN_DAY)
    return Area(area_key, "province", "tỉnh", name, name, until, aliases)


def went(old: str, new: str, day: date = MERGED, share: float = 1.0) -> Succession:
    return Succession(key(old), key(new), day, share, "", "NQ 202/2025/QH15")


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    areas = [
        Area(key("VN@1976"), "country", "quốc gia", "Cả nước", "Whole country", OPEN_DAY, ("Tổng số", "Việt Nam")),
        province("79@2004", "TP. Hồ Chí Minh", "TP.HCM"),
        province("74@2004", "Bình Dương"),
        province("77@2004", "Bà Rịa - Vũng Tàu", "BRVT"),
        province("72@2004", "Tây Ninh"),
        province("80@2004", "Long An"),
        province("82@2004", "Tiền Giang"),
        province("87@2004", "Đồng Tháp"),
        province("38@2004", "Thanh Hóa"),
        province("01@2004", "Hà Nội"),
        province("28@2004", "Hà Tây", ends=date(2008, 8, 1)),
        province("79@2025-07-01", "TP. Hồ Chí Minh", "TP.HCM"),
        province("80@2025-07-01", "Tây Ninh"),
        province("82@2025-07-01", "Đồng Tháp"),
        province("38@2025-07-01", "Thanh Hoá"),
        province("01@2025-07-01", "Hà Nội"),
    ]
    successions = [
        *(went(f"{c}@2004", "79@2025-07-01") for c in ("74", "77", "79")),
        *(went(f"{c}@2004", "80@2025-07-01") for c in ("72", "80")),
        *(went(f"{c}@2004", "82@2025-07-01") for c in ("82", "87")),
        went("38@2004", "38@2025-07-01"),
        went("01@2004", "01@2025-07-01"),
        went("28@2004", "01@2004", date(2008, 8, 1)),
    ]
    regions = [Region("KTTD-PN", "KTTD", "Vùng KTTĐ phía Nam", "Southern KER", "", OPEN_DAY, "")]
    memberships = [
        *(Membership("KTTD-PN", key(f"{c}@2004")) for c in ("82", "80", "74", "79")),
        Membership("KTTD-PN", key("79@2025-07-01")),
        Membership("KTTD-PN", key("82@2025-07-01"), True, "chỉ phần Tiền Giang (cũ)"),
    ]
    return Gazetteer(areas, successions, regions, memberships)


@pytest.mark.parametrize(
    ("text", "boundary", "expected"),
    [
        ("80", OLD, "80@2004"),
        ("80", NEW, "80@2025-07-01"),
        ("82", OLD, "82@2004"),
        ("82", NEW, "82@2025-07-01"),
        ("Tây Ninh", OLD, "72@2004"),
        ("Tay  Ninh", NEW, "80@2025-07-01"),
        ("Ho  Chi  Minh city", OLD, "79@2004"),
        ("TP. HỒ CHÍ MINH", NEW, "79@2025-07-01"),
        ("Tỉnh Bình Dương", OLD, "74@2004"),
        (" BÀ RỊA - VŨNG TÀU ", OLD, "77@2004"),
        ("BRVT", OLD, "77@2004"),
        ("1", OLD, "01@2004"),
        ("TỔNG SỐ", OLD, "VN@1976"),
        ("VN", NEW, "VN@1976"),
        ("80@2025-07-01", OLD, "80@2025-07-01"),
        ("Ha Tay", OLD, "28@2004"),
    ],
)
def test_a_printed_name_or_code_means_a_territory_of_the_documents_boundary(
    gazetteer: Gazetteer, text: str, boundary: date, expected: str
) -> None:
    assert gazetteer.resolve_printed(text, boundary) == key(expected)


@pytest.mark.parametrize(
    ("text", "boundary"),
    [("74", NEW), ("Bình Dương", NEW), ("Hà Tây", date(2008, 8, 1)), ("Bộ Y tế", OLD), ("99@2004", OLD), ("", OLD)],
)
def test_what_the_boundary_does_not_have_is_not_guessed(gazetteer: Gazetteer, text: str, boundary: date) -> None:
    assert gazetteer.resolve_printed(text, boundary) is None


@pytest.mark.parametrize("code", ["79", "80", "82", "TP.HCM", "Tây Ninh", "Đồng Tháp"])
def test_a_bare_code_over_the_merger_is_refused_with_the_choices(gazetteer: Gazetteer, code: str) -> None:
    with pytest.raises(AmbiguousArea) as refused:
        gazetteer.resolve_asked(code, date(2024, 1, 1), date(2026, 12, 31))
    choices = str(refused.value.facts["choices"])
    assert "@2004" in choices
    assert "@2025-07-01" in choices


@pytest.mark.parametrize(
    ("code", "first", "last", "expected"),
    [
        ("80", date(2016, 1, 1), date(2022, 12, 31), "80@2004"),
        ("80", date(1995, 1, 1), date(1999, 12, 31), "80@2004"),
        ("80", date(2025, 7, 1), None, "80@2025-07-01"),
        ("74", None, None, "74@2004"),
        ("Bình Dương", date(2016, 1, 1), date(2026, 1, 1), "74@2004"),
        ("79@2025-07-01", date(2016, 1, 1), date(2020, 12, 31), "79@2025-07-01"),
        ("38", date(2020, 1, 1), date(2026, 12, 31), "38@2004"),
        ("Hà Nội", None, None, "01@2004"),
        ("VN", None, None, "VN@1976"),
    ],
)
def test_a_question_with_one_meaning_is_answered(
    gazetteer: Gazetteer, code: str, first: date | None, last: date | None, expected: str
) -> None:
    assert gazetteer.resolve_asked(code, first, last) == key(expected)


def test_an_unknown_area_names_the_nearest(gazetteer: Gazetteer) -> None:
    with pytest.raises(UnknownArea) as refused:
        gazetteer.resolve_asked("Binh Duongg", None, None)
    assert "Bình Dương" in str(refused.value.facts["choices"])
    with pytest.raises(UnknownArea):
        gazetteer.resolve_asked("79@2019", None, None)


def test_only_an_unchanged_unit_is_the_same_territory(gazetteer: Gazetteer) -> None:
    assert gazetteer.same_territory(key("38@2025-07-01")) == [key("38@2004"), key("38@2025-07-01")]
    assert gazetteer.same_territory(key("01@2004")) == [key("01@2004"), key("01@2025-07-01")]
    assert gazetteer.same_territory(key("79@2004")) == [key("79@2004")]
    assert gazetteer.same_territory(key("28@2004")) == [key("28@2004")]


def test_succession_is_read_both_ways(gazetteer: Gazetteer) -> None:
    assert {str(s.predecessor) for s in gazetteer.predecessors(key("80@2025-07-01"))} == {"72@2004", "80@2004"}
    assert [str(s.successor) for s in gazetteer.successors(key("74@2004"))] == ["79@2025-07-01"]
    assert gazetteer.predecessors(key("74@2004")) == []


def test_members_of_a_region_by_boundary(gazetteer: Gazetteer) -> None:
    old = gazetteer.members("KTTD-PN", date(2025, 6, 30))
    new = gazetteer.members("KTTD-PN", MERGED)
    assert [m.area.code for m in old] == ["74", "79", "80", "82"]
    assert [(str(m.area), m.is_partial) for m in new] == [("79@2025-07-01", False), ("82@2025-07-01", True)]
    assert len(gazetteer.members("KTTD-PN")) == 6
    with pytest.raises(UnknownRegion):
        gazetteer.members("KTTD")


def test_areas_on_a_day(gazetteer: Gazetteer) -> None:
    assert "28" in [a.key.code for a in gazetteer.on(date(2008, 7, 31))]
    assert "28" not in [a.key.code for a in gazetteer.on(date(2008, 8, 1))]
    assert [str(a.key) for a in gazetteer.on(MERGED, "country")] == ["VN@1976"]


@pytest.mark.parametrize("text", ["79", "@2004", "79@", ""])
def test_a_key_needs_both_sides(text: str) -> None:
    with pytest.raises(UnknownArea):
        AreaKey.parse(text)


@given(st.sampled_from(["79", "80", "82", "38", "01"]), st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_a_code_on_one_day_never_means_two_territories(code: str, day: date) -> None:
    areas = [province(f"{code}@2004", "Cũ"), province(f"{code}@2025-07-01", "Mới")]
    found = Gazetteer(areas).resolve_asked(code, day, day)
    assert found == (areas[0].key if day < MERGED else areas[1].key)


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(0, 5000))
def test_a_reused_code_is_refused_exactly_when_the_span_crosses(first: date, days: int) -> None:
    gazetteer = Gazetteer([province("80@2004", "Long An"), province("80@2025-07-01", "Tây Ninh")])
    last = first + timedelta(days=days)
    if first < MERGED <= last:
        with pytest.raises(AmbiguousArea):
            gazetteer.resolve_asked("80", first, last)
    else:
        assert gazetteer.resolve_asked("80", first, last).valid_from == ("2004" if last < MERGED else "2025-07-01")


@given(
    st.sampled_from(["Bình Dương", "Đắk Lắk", "Bà Rịa - Vũng Tàu", "Thừa Thiên Huế"]), st.sampled_from(["", " ", "  "])
)
def test_a_name_key_does_not_depend_on_case_tone_or_type_word(name: str, blank: str) -> None:
    assert name_key(f"{blank}Tỉnh {name.upper()}{blank}") == name_key(name) == name_key(f"{name.lower()} province")
