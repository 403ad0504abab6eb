"""Each rule of aggregation on another boundary, on a made-up territory, through the kept queries."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lienvung.analyse.derivations import DERIVED
from lienvung.domain.handovers import DerivedAnswer
from lienvung.errors import BadValue, BoundaryUnknown, NotAdditive, NotFound, PartsMissing
from lienvung.publish.vintages import merge_claims
from lienvung.store.schema import CLAIMS, OBSERVATIONS
from tests.analyse.small_territory import LAST, MemoryReader, ask, figure, reader, values

C, D, E = "C@2010-01-01", "D@2000", f"E@{LAST}"
YEAR = {"start": "2019", "end": "2019"}


def both(code: str, c: float | None, d: float | None, period: str = "2019", **other: Any) -> list[dict[str, Any]]:
    return [figure(code, C, period, c, **other), figure(code, D, period, d, **other)]


def only(answer: DerivedAnswer, derivation: str) -> dict[str, Any]:
    found = [r for r in answer.table.to_pylist() if r["derivation"] == derivation]
    assert len(found) == 1, values(answer)
    return dict(found[0])


def test_additive_values_are_added_and_stand_beside_the_printed_one() -> None:
    rows = [*both("GRDP_CUR", 10.1, 20.2), figure("GRDP_CUR", E, "2019", 31.0, document="doc-2")]
    answer = ask(rows, "GRDP_CUR", areas="E", boundary=LAST)
    assert values(answer) == [(E, "published", 31.0), (E, "sum", 30.3)]
    added = only(answer, "sum")
    assert added["formula_vi"] == f"GRDP_CUR({C}) + GRDP_CUR({D})" and not added["is_estimated"]
    assert [(i["area_key"], i["value"], i["share"], i["cell"]) for i in added["inputs"]] == [
        (C, 10.1, 1.0, "B2"),
        (D, 20.2, 1.0, "B2"),
    ]
    assert answer.table.schema.equals(DERIVED) and answer.boundary == LAST


def test_an_unchanged_unit_is_carried_over_and_never_counted_twice() -> None:
    rows = [figure("POP_AVG", "F@2000", "2019", 5.0), figure("POP_AVG", f"F@{LAST}", "2019", 5.1)]
    assert values(ask(rows, "POP_AVG", areas="F", boundary=LAST)) == [
        (f"F@{LAST}", "published", 5.1),
        (f"F@{LAST}", "same", 5.0),
    ]


def test_a_sum_that_lacks_a_member_is_not_given_and_the_member_is_named() -> None:
    answer = ask(
        [*both("POP_AVG", 3.0, 4.0, "2018"), figure("POP_AVG", C, "2019", 3.0)], "POP_AVG", areas="E", boundary=LAST
    )
    whole, partial = answer.table.to_pylist()
    assert (whole["period"], whole["value"]) == ("2018", 7.0)
    assert (partial["value"], partial["mark"], partial["note"]) == (None, "not_available", D)


def test_a_member_without_a_figure_and_one_of_another_issuer_do_not_complete_a_sum() -> None:
    for rows in (
        both("POP_AVG", 3.0, None),
        [figure("POP_AVG", C, "2019", 3.0), figure("POP_AVG", D, "2019", 4.0, issuer="OTHER")],
    ):
        with pytest.raises(PartsMissing) as lacking:
            ask(rows, "POP_AVG", areas="E", boundary=LAST)
        assert "2019" in lacking.value.message("vi") and "lienvung get POP_AVG" in lacking.value.suggestion("vi")


def test_two_issuers_and_two_breakdowns_make_rows_of_their_own() -> None:
    rows = [
        *both("POP_AVG", 3.0, 4.0),
        *both("POP_AVG", 30.0, 40.0, issuer="OTHER"),
        *both("POP_AVG", 1.0, 2.0, breakdown="X"),
    ]
    assert [v for *_, v in values(ask(rows, "POP_AVG", areas="E", boundary=LAST))] == [7.0, 70.0]
    assert [v for *_, v in values(ask(rows, "POP_AVG", areas="E", boundary=LAST, breakdown="X"))] == [3.0]


def test_two_documents_of_one_day_count_once() -> None:
    rows = [*both("POP_AVG", 3.0, 4.0), figure("POP_AVG", C, "2019", 3.3, document="doc-9")]
    assert [v for *_, v in values(ask(rows, "POP_AVG", areas="E", boundary=LAST))] == [7.0]


def test_a_ratio_is_a_ratio_of_sums_and_shows_its_parts() -> None:
    rows = [*both("GRDP_CUR", 100.0, 900.0), *both("POP_AVG", 10.0, 30.0), *both("GRDP_PC", 10.0, 30.0)]
    found = only(ask(rows, "GRDP_PC", areas="E", boundary=LAST), "ratio")
    assert found["value"] == 25.0  # not 20, the mean of 10 and 30
    assert {(i["part"], i["indicator"]) for i in found["inputs"]} == {
        ("numerator", "GRDP_CUR"),
        ("denominator", "POP_AVG"),
    }


def test_a_ratio_whose_numerator_is_not_published_follows_from_ratio_and_denominator() -> None:
    rows = [*both("GRDP_PC", 10.0, 30.0), *both("POP_AVG", 10.0, 30.0)]
    assert only(ask(rows, "GRDP_PC", areas="E", boundary=LAST), "ratio")["value"] == 25.0
    level = only(ask(rows, "GRDP_CUR", areas="E", boundary=LAST), "product")
    assert level["value"] == 1000.0 and "±" in level["formula_vi"]


def test_a_level_is_also_made_from_a_ratio_of_another_document_only() -> None:
    levels, people = both("GRDP_CUR", 110.0, 910.0), both("POP_AVG", 10.0, 30.0, document="people")
    other = [*levels, *people, *both("GRDP_PC", 10.0, 30.0, decimals=3, document="per head")]
    assert [d for _, d, _ in values(ask(other, "GRDP_CUR", areas="E", boundary=LAST))] == ["sum", "product"]
    same = [*levels, *people, *both("GRDP_PC", 10.0, 30.0, decimals=3)]
    assert [d for _, d, _ in values(ask(same, "GRDP_CUR", areas="E", boundary=LAST))] == ["sum"]
    coarse = [*levels, *people, *both("GRDP_PC", 10.0, 30.0, decimals=0, document="per head")]
    assert [d for _, d, _ in values(ask(coarse, "GRDP_CUR", areas="E", boundary=LAST))] == ["sum"]


def test_every_denominator_asked_for_has_its_row() -> None:
    rows = [*both("GRDP_CUR", 100.0, 900.0), *both("POP_AVG", 10.0, 30.0), *both("POP_AVG", 20.0, 30.0, "2020")]
    answer = ask(rows, "GRDP_PC", areas="E", boundary=LAST, denominator="POP_AVG,POP_AVG@2020", **YEAR)
    assert [v for *_, v in values(answer)] == [25.0, 20.0] or [v for *_, v in values(answer)] == [20.0, 25.0]
    periods = [{i["period"] for i in r["inputs"] if i["part"] == "denominator"} for r in answer.table.to_pylist()]
    assert sorted(map(sorted, periods)) == [["2019"], ["2020"]]
    with pytest.raises(BadValue):
        ask(rows, "GRDP_PC", areas="E", boundary=LAST, denominator="GRDP_CUR")


def test_a_mean_uses_its_weight() -> None:
    rows = [*both("UNEMP_RATE", 2.0, 6.0), *both("POP_AVG", 30.0, 10.0)]
    assert only(ask(rows, "UNEMP_RATE", areas="E", boundary=LAST), "weighted_mean")["value"] == 3.0


def test_growth_comes_from_the_levels_of_both_years() -> None:
    rows = [
        *both("GRDP_C2010", 100.0, 100.0, "2018"),
        *both("GRDP_C2010", 110.0, 130.0),
        *both("GRDP_GROWTH", 10.0, 30.0),
    ]
    found = only(ask(rows, "GRDP_GROWTH", areas="E", boundary=LAST, **YEAR), "growth")
    assert found["value"] == pytest.approx(20.0, rel=1e-12) and len(found["inputs"]) == 4
    with pytest.raises(PartsMissing, match="GRDP_C2010"):
        ask(rows[1:], "GRDP_GROWTH", areas="E", boundary=LAST, **YEAR)


@pytest.mark.parametrize("code", ["IIP", "PCI"])
def test_indices_and_scores_are_refused_with_the_nearest_answer(code: str) -> None:
    with pytest.raises(NotAdditive) as refused:
        ask(both(code, 105.0, 107.0), code, areas="E", boundary=LAST)
    assert f"lienvung get {code} --areas {C},{D}" in refused.value.suggestion("vi")
    printed = [*both(code, 105.0, 107.0), figure(code, E, "2019", 106.0)]
    assert values(ask(printed, code, areas="E", boundary=LAST)) == [(E, "published", 106.0)]


def test_a_divided_unit_is_estimated_by_the_weight_of_the_year_and_marked() -> None:
    rows = [
        *both("POP_AVG", 10.0, 30.0, "2015"), *both("POP_AVG", 20.0, 20.0, "2018"),
        figure("GRDP_CUR", E, "2016", 400.0), figure("GRDP_CUR", E, "2021", 800.0),
    ]  # fmt: skip
    answer = ask(rows, "GRDP_CUR", areas="C", boundary="2015")
    assert [(r["period"], r["value"], r["is_estimated"], r["derivation"]) for r in answer.table.to_pylist()] == [
        ("2016", 100.0, True, "split"),
        ("2021", 400.0, True, "split"),
    ]
    first = answer.table.to_pylist()[0]
    assert "POP_AVG 2015" in first["formula_vi"] and "ước tính" in first["formula_vi"]
    assert [(i["part"], i["value"], i["share"]) for i in first["inputs"]] == [
        ("value", 400.0, 0.25), ("split", 10.0, None), ("split", 30.0, None),
    ]  # fmt: skip


def test_no_estimate_where_something_exact_answers() -> None:
    rows = [*both("POP_AVG", 10.0, 30.0), figure("POP_AVG", E, "2019", 41.0)]
    assert values(ask(rows, "POP_AVG", areas="C", boundary="2015")) == [(C, "published", 10.0)]


def test_a_declared_split_forwards_names_its_basis() -> None:
    rows = [figure("POP_AVG", "A@2000", "2005", 100.0), figure("POP_AVG", D, "2005", 7.0)]
    found = only(ask(rows, "POP_AVG", areas="E", boundary=LAST), "split")
    assert found["value"] == pytest.approx(47.0) and "diện tích" in found["formula_vi"]


def test_a_region_is_exact_where_it_is_whole_and_estimated_where_it_is_cut() -> None:
    rows = [
        *both("POP_AVG", 10.0, 30.0),
        figure("POP_AVG", "B@2010-01-01", "2019", 5.0),
        figure("POP_AVG", "F@2000", "2019", 6.0),
    ]
    whole = ask(rows, "POP_AVG", region="R", total="true", boundary=LAST)
    assert values(whole) == [("R@2000", "sum", 45.0)] and not whole.notes
    cut = ask(rows, "POP_AVG", region="S", total="true", boundary=LAST)
    assert [(r["value"], r["is_estimated"]) for r in cut.table.to_pylist()] == [(36.0, True)]
    assert C in cut.notes[0].vi and "ước tính" in cut.notes[0].vi
    assert values(ask(rows, "POP_AVG", region="S", total="true")) == [("S@2000", "sum", 36.0)]


def test_units_of_a_region_that_are_whole_are_listed_and_the_others_told() -> None:
    rows = [figure("POP_AVG", f"F@{LAST}", "2021", 6.0), figure("POP_AVG", E, "2021", 50.0)]
    answer = ask(rows, "POP_AVG", region="S", boundary=LAST)
    assert values(answer) == [(f"F@{LAST}", "published", 6.0)] and E in answer.notes[0].en


def test_an_old_unit_on_a_new_boundary_is_the_unit_that_holds_it() -> None:
    answer = ask(both("POP_AVG", 10.0, 30.0), "POP_AVG", areas=C, boundary=LAST)
    assert values(answer) == [(E, "sum", 40.0)] and E in answer.notes[0].vi


def test_what_cannot_be_asked() -> None:
    rows = both("POP_AVG", 10.0, 30.0)
    with pytest.raises(BoundaryUnknown):
        ask(rows, "POP_AVG", areas="E", boundary="1990")
    with pytest.raises(BadValue):
        ask(rows, "POP_AVG", total="true")
    with pytest.raises(NotFound):
        ask(rows, "POP_AVG", areas="F", boundary=LAST)


amounts = st.floats(1e-3, 1e9)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(amounts, amounts, amounts, amounts), min_size=1, max_size=4))
def test_ratios_are_ratios_of_sums_and_totals_are_kept(years: list[tuple[float, float, float, float]]) -> None:
    rows = []
    for at, (c, d, people_c, people_d) in enumerate(years):
        rows += both("GRDP_CUR", c, d, str(2011 + at), decimals=None)
        rows += both("POP_AVG", people_c, people_d, str(2011 + at), decimals=None)
    store = reader(rows)
    sums = [v for *_, v in values(ask(store, "GRDP_CUR", areas="E", boundary=LAST))]
    assert sums == pytest.approx([c + d for c, d, *_ in years], rel=1e-12)
    ratios = [v for *_, v in values(ask(store, "GRDP_PC", areas="E", boundary=LAST))]
    assert ratios == pytest.approx([(c + d) / (p + q) for c, d, p, q in years], rel=1e-12)


claims = st.lists(
    st.lists(
        st.tuples(st.sampled_from([C, D, E]), st.integers(1, 6), st.floats(0, 1e6), st.sampled_from("abc")),
        min_size=1, max_size=4,
    ),
    min_size=2, max_size=4,
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(claims, st.integers(0, 7))
def test_what_was_recorded_by_a_moment_is_answered_alike_for_ever(loads: list[Any], month: int) -> None:
    table, stands = OBSERVATIONS.empty_table(), []
    published = date(2020, month, 15).isoformat() if month else None
    for at, load in enumerate(loads):
        recorded = datetime(2024, 1, 1 + at)
        rows = [
            figure("POP_AVG", area, "2019", value, published_from=date(2020, m, 1), document=f"{doc}{m}")
            for area, m, value, doc in load
        ]
        table = merge_claims(table, pa.Table.from_pylist(rows, CLAIMS), recorded, f"R{at}").table
        stands.append((recorded, _answer(table, published, recorded)))
    for recorded, then in stands:
        assert _answer(table, published, recorded) == then


def _answer(table: pa.Table, published: str | None, recorded: datetime) -> bytes:
    try:
        answer = ask(
            MemoryReader(table), "POP_AVG", areas="E", boundary=LAST, published=published, recorded=recorded.isoformat()
        )
    except (NotFound, PartsMissing) as none:
        return none.message("en").encode()
    # when a row was replaced later is no part of the answer
    return str(answer.table.drop_columns(["published_to", "recorded_to"]).to_pylist()).encode()


def test_back_loading_changes_what_was_published_and_never_what_was_recorded() -> None:
    first = pa.Table.from_pylist(both("POP_AVG", 10.0, 30.0, published_from=date(2022, 1, 1), document="new"), CLAIMS)
    older = pa.Table.from_pylist(both("POP_AVG", 9.0, 29.0, published_from=date(2021, 1, 1), document="old"), CLAIMS)
    table = merge_claims(OBSERVATIONS.empty_table(), first, datetime(2024, 1, 1), "R1").table
    table = merge_claims(table, older, datetime(2024, 1, 2), "R2").table
    store, where = MemoryReader(table), {"areas": "E", "boundary": LAST}
    assert [v for *_, v in values(ask(store, "POP_AVG", **where))] == [40.0]
    assert [v for *_, v in values(ask(store, "POP_AVG", **where, published="2021-06-30"))] == [38.0]
    with pytest.raises(NotFound):
        ask(store, "POP_AVG", **where, published="2021-06-30", recorded="2024-01-01T12:00:00")
