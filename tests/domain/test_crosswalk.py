"""Chains of successions compose; a cover never counts a territory twice nor leaves a part out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lienvung.domain.areas import Area, AreaKey, Gazetteer, Membership, Region, Succession
from lienvung.domain.areas.crosswalk import Cover, Crosswalk
from lienvung.domain.clocks import OPEN_DAY
from lienvung.errors import BoundaryUnknown, CrosswalkInvalid

SPLIT, MERGED = date(2010, 1, 1), date(2020, 1, 1)


def key(text: str) -> AreaKey:
    return AreaKey.parse(text)


def area(text: str, ends: date = OPEN_DAY, level: str = "province") -> Area:
    return Area(key(text), level, "tỉnh", text, text, ends)


def went(old: str, new: str, day: date, share: float = 1.0) -> Succession:
    return Succession(key(old), key(new), day, share, "diện tích", "NQ")


def made_up(*more: Succession) -> Gazetteer:
    """A splits into B (0,6) and C (0,4); then C and D merge into E, while B and F stay."""
    areas = [
        area("A@2000", SPLIT), area("D@2000", MERGED), area("F@2000", MERGED),
        area("B@2010-01-01", MERGED), area("C@2010-01-01", MERGED),
        area("B@2020-01-01"), area("E@2020-01-01"), area("F@2020-01-01"),
    ]  # fmt: skip
    steps = [
        went("A@2000", "B@2010-01-01", SPLIT, 0.6), went("A@2000", "C@2010-01-01", SPLIT, 0.4),
        went("B@2010-01-01", "B@2020-01-01", MERGED), went("F@2000", "F@2020-01-01", MERGED),
        went("C@2010-01-01", "E@2020-01-01", MERGED), went("D@2000", "E@2020-01-01", MERGED),
    ]  # fmt: skip
    region = Region("R", "X", "Vùng", "Region", "2000", OPEN_DAY, "")
    members = [Membership("R", key("A@2000")), Membership("R", key("D@2000"))]
    return Gazetteer(areas, [*steps, *more], [region], members)


def links(covers: Sequence[Cover], day: str) -> dict[str, float]:
    found = next(c for c in covers if c.day.isoformat() == day)
    return {str(x.source): x.share for x in found.links}


def ask(crosswalk: Crosswalk, unit: str, day: date) -> list[Cover]:
    return crosswalk.covers(crosswalk.unit(key(unit), day), day)


def weigh(**weights: float) -> dict[AreaKey, float]:
    return {key(k.replace("_", "@").replace("x", "-")): v for k, v in weights.items()}


def test_a_split_then_a_merger_compose_by_products_of_shares() -> None:
    covers = ask(Crosswalk(made_up()), "E@2020-01-01", MERGED)
    assert links(covers, "2000-01-01") == {"A@2000": 0.4, "D@2000": 1.0}
    assert links(covers, "2010-01-01") == {"C@2010-01-01": 1.0, "D@2000": 1.0}
    assert [c.is_estimated for c in sorted(covers, key=lambda c: c.day)] == [True, False, False]
    split = next(x for c in covers for x in c.links if x.source == key("A@2000"))
    assert (split.kind, [s.day for s in split.path]) == ("split", [SPLIT, MERGED])


def test_backwards_a_unit_that_came_from_several_needs_a_weight() -> None:
    crosswalk = Crosswalk(made_up())
    c = crosswalk.unit(key("C@2010-01-01"), SPLIT)
    assert {x.day for x in crosswalk.covers(c, SPLIT)} == {date(2000, 1, 1), SPLIT}

    def pick(parts: Sequence[AreaKey], year: int) -> dict[AreaKey, float]:
        return {p: {"C": 30.0, "D": 10.0}[p.code] for p in parts}

    covers = crosswalk.covers(c, SPLIT, pick, [2015])
    assert links(covers, "2020-01-01") == {"E@2020-01-01": 0.75}
    assert next(x for x in covers if x.day == MERGED).is_estimated


def test_what_a_unit_split_into_makes_it_up_again_exactly() -> None:
    covers = ask(Crosswalk(made_up()), "A@2000", date(2000, 1, 1))
    assert links(covers, "2010-01-01") == {"B@2010-01-01": 1.0, "C@2010-01-01": 1.0}
    assert not any(c.is_estimated for c in covers)


def test_a_region_is_exact_where_it_is_a_union_of_whole_units() -> None:
    crosswalk = Crosswalk(made_up())
    region = crosswalk.region("R")
    assert (region.name, region.day) == ("R@2000", date(2000, 1, 1))
    parts = crosswalk.parts(region, MERGED)
    assert {str(k): whole for k, (whole, _) in parts.items()} == {"B@2020-01-01": True, "E@2020-01-01": True}
    assert not any(c.is_estimated for c in crosswalk.covers(region, MERGED))


def test_what_lies_outside_a_region_is_told_in_units_of_the_nearest_boundary() -> None:
    crosswalk = Crosswalk(made_up())
    d = crosswalk.unit(key("D@2000"), date(2000, 1, 1))
    assert crosswalk.parts(d, MERGED) == {key("E@2020-01-01"): (False, (key("C@2010-01-01"),))}


def test_a_unit_that_took_another_in_keeps_its_key_and_changes_its_territory() -> None:
    places = Gazetteer([area("H@2000"), area("T@2000", SPLIT)], [went("T@2000", "H@2000", SPLIT)])
    crosswalk = Crosswalk(places)
    covers = ask(crosswalk, "H@2000", SPLIT)
    assert {(tuple(str(x.source) for x in c.links), c.since, c.until) for c in covers} == {
        (("H@2000", "T@2000"), date.min, SPLIT),
        (("H@2000",), SPLIT, date.max),
    }


@pytest.mark.parametrize(
    ("text", "day"), [("2000", "2000-01-01"), ("2015", "2010-01-01"), ("2020-01-01", "2020-01-01")]
)
def test_a_boundary_is_that_in_force_on_the_day(text: str, day: str) -> None:
    assert Crosswalk(made_up()).boundary(text).isoformat() == day


@pytest.mark.parametrize("text", ["1999", "1999-12-31", "hôm qua"])
def test_a_day_before_the_first_boundary_is_refused(text: str) -> None:
    with pytest.raises(BoundaryUnknown) as refused:
        Crosswalk(made_up()).boundary(text)
    assert "2000-01-01" in refused.value.suggestion("vi")


def test_shares_that_do_not_make_one_are_refused() -> None:
    with pytest.raises(CrosswalkInvalid, match=r"A@2000.*1\.1"):
        Crosswalk(made_up(went("A@2000", "F@2020-01-01", SPLIT, 0.1)))


def test_a_unit_cannot_end_twice() -> None:
    with pytest.raises(CrosswalkInvalid, match="ends twice"):
        Crosswalk(made_up(went("D@2000", "E@2020-01-01", SPLIT)))


def test_a_cycle_is_refused() -> None:
    with pytest.raises(CrosswalkInvalid, match="circle"):
        Crosswalk(made_up(went("E@2020-01-01", "D@2000", date(2021, 1, 1))))


def test_one_code_for_two_territories_on_one_day_is_refused() -> None:
    with pytest.raises(CrosswalkInvalid, match="Z@2010"):
        Crosswalk(Gazetteer([area("Z@2000", MERGED), area("Z@2010-01-01")]))


@st.composite
def chains(draw: st.DrawFn) -> tuple[Gazetteer, list[date]]:
    """Up to four boundaries; each time every unit goes to one or two of the next, by some share."""
    days = [date(2000 + i, 1, 1) for i in range(draw(st.integers(2, 4)))]
    units = [[f"U{i}" for i in range(draw(st.integers(1, 5)))] for _ in days]
    areas = [
        area(f"{u}@{d}", days[i + 1] if i + 1 < len(days) else OPEN_DAY)
        for i, (d, us) in enumerate(zip(days, units, strict=True)) for u in us
    ]  # fmt: skip
    steps = []
    for i, (day, us) in enumerate(zip(days[1:], units[1:], strict=True)):
        for old in units[i]:
            into = draw(st.lists(st.sampled_from(us), min_size=1, max_size=2, unique=True))
            share = draw(st.floats(0.05, 0.95))
            shares = [1.0] if len(into) == 1 else [share, 1 - share]
            steps += [went(f"{old}@{days[i]}", f"{n}@{day}", day, s) for n, s in zip(into, shares, strict=True)]
    return Gazetteer(areas, steps), days


@settings(max_examples=100, deadline=None)
@given(chains(), st.data())
def test_totals_are_kept_along_any_chain_of_splits_and_mergers(
    made: tuple[Gazetteer, list[date]], data: st.DataObject
) -> None:
    places, days = made
    crosswalk = Crosswalk(places)
    start = data.draw(st.integers(0, len(days) - 2))
    first, last = days[start], days[-1]
    values = {k: data.draw(st.floats(1e-3, 1e9)) for k in crosswalk.units(first)}
    total = 0.0
    for unit in crosswalk.units(last):
        for cover in ask(crosswalk, str(unit), last):
            if cover.day == first:
                total += sum(values[x.source] * x.share for x in cover.links)
    assert total == pytest.approx(sum(values.values()), rel=1e-12)


@settings(max_examples=100, deadline=None)
@given(chains(), st.data())
def test_merging_then_adding_is_adding_then_merging(made: tuple[Gazetteer, list[date]], data: st.DataObject) -> None:
    places, days = made
    if len(days) < 3:
        return
    crosswalk = Crosswalk(places)
    values = {k: data.draw(st.floats(1e-3, 1e9)) for k in crosswalk.units(days[0])}
    by_way: dict[AreaKey, float] = {}
    for unit in crosswalk.units(days[1]):
        here = [c for c in crosswalk.covers(crosswalk.unit(unit, days[1]), days[1]) if c.day == days[0]]
        by_way[unit] = sum(values[x.source] * x.share for c in here for x in c.links)
    for unit in crosswalk.units(days[2]):
        covers = ask(crosswalk, str(unit), days[2])
        for straight in (c for c in covers if c.day == days[0]):
            over = next(c for c in covers if c.day == days[1])
            at_once = sum(values[x.source] * x.share for x in straight.links)
            assert sum(by_way[x.source] * x.share for x in over.links) == pytest.approx(at_once, rel=1e-12)


@settings(max_examples=80, deadline=None)
@given(chains(), st.data())
def test_backwards_the_parts_of_a_unit_make_it_whole(made: tuple[Gazetteer, list[date]], data: st.DataObject) -> None:
    places, days = made
    crosswalk = Crosswalk(places)
    weights = {k: data.draw(st.floats(1e-3, 1e6)) for k in crosswalk.units(days[0])}
    for unit in crosswalk.units(days[-1]):
        shares = crosswalk.spread(unit, days[-1], days[0], lambda parts, _: {p: weights[p] for p in parts}, 2000)
        if crosswalk.flows(days[-1], days[0])[unit]:
            assert shares is not None and sum(shares.values()) == pytest.approx(1, rel=1e-12)
