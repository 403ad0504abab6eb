"""An SDMX address taken apart; whatever is typed, the answer is a question or an error of ours, never a fault."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lienvung.api.negotiation import DATA_OFFERS, choose_media
from lienvung.api.parameters import SDMX_DATA, read_query
from lienvung.api.question import Comparison, read_filter, read_question, span_of
from lienvung.api.versions import is_version_wanted
from lienvung.domain.catalogue import Catalogue
from lienvung.errors import BadValue, LienVungError
from tests.present.small_world import small_catalogue

CATALOGUE: Catalogue = small_catalogue()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A", [["eq A"]]),
        ("A,B", [["eq A"], ["eq B"]]),
        ("ge:1+le:2", [["ge 1", "le 2"]]),
        ("A,B+C", [["eq A"], ["eq B", "eq C"]]),
        ("ge:1+le:2,ge:3+le:4", [["ge 1", "le 2"], ["ge 3", "le 4"]]),
        ("ne:A,B", [["ne A"], ["eq B"]]),
        ("ne:A+ne:B", [["ne A", "ne B"]]),
    ],
)
def test_filters_mean_what_the_table_of_the_standard_says(text: str, expected: list[list[str]]) -> None:
    found = read_filter("c[NOTE]", text).alternatives
    assert [[f"{t.operator} {t.value}" for t in either] for either in found] == expected


def test_a_moment_may_hold_colons() -> None:
    found = read_filter("c[RECORDED]", "ge:2024-01-31T08:05:00Z").alternatives
    assert found == ((Comparison("ge", "2024-01-31T08:05:00Z"),),)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("ge:2016+le:2020", (date(2016, 1, 1), date(2020, 12, 31))),
        ("gt:2016", (date(2017, 1, 1), None)),
        ("lt:2020-Q2", (None, date(2020, 3, 31))),
        ("2019,2021", (date(2019, 1, 1), date(2021, 12, 31))),
        ("2019,ge:2021", (date(2019, 1, 1), None)),
        ("ne:2020", (None, None)),
        ("gt:9999-12-31", (date.max, None)),
        ("lt:0001-01-01", (None, date.min)),
    ],
)
def test_the_span_never_leaves_out_a_row_that_matches(text: str, span: tuple[date | None, date | None]) -> None:
    assert span_of((read_filter("c[TIME_PERIOD]", text),)) == span


def test_a_plus_survives_raw_encoded_and_decoded() -> None:
    for written in ("ge:2016+le:2020", "ge:2016%2Ble:2020", "ge:2016%20le:2020"):
        assert read_query(f"c%5BTIME_PERIOD%5D={written}", SDMX_DATA) == {"c[TIME_PERIOD]": "ge:2016+le:2020"}


def test_a_name_given_twice_or_unknown_is_refused() -> None:
    for query in ("limit=1&limit=2", "lastNObservation=1", "c[]=1&x"):
        with pytest.raises(BadValue):
            read_query(query, SDMX_DATA) and read_question({}, read_query(query, SDMX_DATA), CATALOGUE)


def refusal(ask: Callable[[], object]) -> LienVungError | None:
    """The error of ours that a question ends in, if any; a fault of the program is not caught."""
    try:
        ask()
    except LienVungError as error:
        return error
    return None


@given(st.text(max_size=30), st.text(max_size=30), st.sampled_from(["TIME_PERIOD", "REF_AREA", "OBS_VALUE", "NOTE"]))
@settings(max_examples=300, deadline=None)
def test_no_text_makes_a_fault(key: str, value: str, component: str) -> None:
    error = refusal(lambda: read_question({"key": key}, {f"c[{component}]": value}, CATALOGUE))
    assert error is None or (error.message("vi") and error.suggestion("en"))


@given(st.from_regex(r"(ge:|le:|gt:|lt:|)\d{4}(-\d{2}-\d{2}|)(/P\d{1,3}[YMD]|)", fullmatch=True))
@settings(max_examples=300, deadline=None)
def test_no_period_makes_a_fault(text: str) -> None:
    try:
        question = read_question({}, {"c[TIME_PERIOD]": text}, CATALOGUE)
    except LienVungError:
        return
    assert span_of(question.filters) != (None, None)


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_no_header_makes_a_fault(text: str) -> None:
    for reading in (lambda: choose_media(text, DATA_OFFERS), lambda: is_version_wanted(text, "1.0.0")):
        error = refusal(reading)
        assert error is None or error.message("en")
