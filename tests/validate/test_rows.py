"""The claims that come out: resolved, converted, dated, addressed; and every finding with them."""

from __future__ import annotations

import time
from datetime import date

import pyarrow as pa
import pytest

from lienvung.domain.handovers import ERROR, ROWS_SCHEMA, Finding, Rows
from lienvung.store.schema import CLAIMS
from lienvung.validate.checks import MOST_PLACES, MOST_PROBLEMS
from lienvung.validate.rows import check_rows
from tests.validate.small import BASE, CATALOGUE, RECEIVED, SHA, check, raw_file, rows_of


def test_a_good_row_becomes_a_whole_claim() -> None:
    table, findings = check_rows(rows_of({"note": "n"}), CATALOGUE, raw_file(), RECEIVED)
    assert len(findings) == 0
    assert table.schema == CLAIMS
    assert table.to_pylist() == [
        {
            "dataflow": "POPULATION", "indicator": "POP_AVG", "area_key": "74@2004", "activity": "_T",
            "breakdown": "_T", "issuer": "GSO", "freq": "A", "period": "2020", "period_start": date(2020, 1, 1),
            "period_end": date(2020, 12, 31), "value": 2580.5, "mark": None, "decimals": 1, "unit": "PERSONS_TH",
            "status": "official", "note": "n", "published_from": date(2022, 6, 30), "published_precision": "day",
            "document": f"file-{SHA[:12]}", "file_name": "a.csv", "file_sha256": SHA, "sheet": None, "cell": "C2",
            "origin_sheet": None, "origin_cell": None, "parser": "test/1", "submission": None,
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "decimals", "unit", "expected", "digits"),
    [
        (2580550.0, 0, "PERSONS", 2580.55, 3),
        (2.5805, 4, "PERSONS_MN", 2580.5, 1),
        (35.503, 3, "PERSONS_MN", 35503.0, 0),
        (1.1, 1, "PERSONS_MN", 1100.0, 0),
        (2580.5, None, "PERSONS_TH", 2580.5, None),
    ],
)
def test_a_multiple_of_the_unit_is_converted(
    value: float, decimals: int | None, unit: str, expected: float, digits: int | None
) -> None:
    records, _ = check({"value": value, "decimals": decimals, "unit": unit})
    assert (records[0]["value"], records[0]["decimals"], records[0]["unit"]) == (expected, digits, "PERSONS_TH")


def test_a_code_is_read_on_the_boundary_of_its_document() -> None:
    codes = [
        {"area_text": "80"},
        {"area_text": "80", "boundary": "2025-07-01", "period": "2019"},
        {"area_text": "80", "boundary": None, "document": "yearbook-2022", "period": "2018"},
        {"area_text": "80", "boundary": None, "published": None, "period": "2017"},
    ]
    records, findings = check(*codes, received=date(2026, 1, 1))
    assert [r["area_key"] for r in records] == ["80@2004", "80@2025-07-01", "80@2004", "80@2025-07-01"]
    assert [f.rule for f in findings] == ["BOUNDARY-ASSUMED"]


def test_a_code_of_the_other_boundary_is_refused_with_the_way_out() -> None:
    _, findings = check({"boundary": "2025-07-01"})
    assert "74@2004" in findings.items[0].suggestion("vi")
    assert "Bình Dương" in findings.items[0].suggestion("en")


def test_the_day_of_publication_comes_from_row_document_file_or_receipt() -> None:
    undated = {"published": None}
    records, _ = check(
        {"published": "2023-02"},
        {**undated, "document": "yearbook-2022", "period": "2019"},
        {**undated, "period": "2018"},
    )
    assert [(r["published_from"], r["published_precision"]) for r in records] == [
        (date(2023, 2, 28), "month"),
        (date(2023, 6, 30), "month"),
        (RECEIVED, "received"),
    ]
    known_file, _ = check(undated, sha256="cd" * 32)
    # "2024" of a document received in June 2024: it was out by then
    assert (known_file[0]["document"], known_file[0]["published_from"]) == ("this-file", RECEIVED)
    assert known_file[0]["published_precision"] == "year"


def test_a_true_zero_and_a_missing_value_stay_apart() -> None:
    records, findings = check(
        {"value": 0.0, "value_text": "-", "mark": "nil"},
        {"value": None, "value_text": "..", "mark": "not_available", "period": "2019"},
    )
    assert [(r["value"], r["mark"]) for r in records] == [(0.0, "nil"), (None, "not_available")]
    assert len(findings) == 0


def test_different_values_are_told_at_both_cells_and_equal_ones_kept_once() -> None:
    records, findings = check({}, {"value": 9.0}, {"period": "2019"}, {"period": "2019"}, {"period": "2018"})
    by_rule = {f.rule: f for f in findings}
    assert by_rule["DUP-KEY"].count == 2
    assert "C2 = 2580.5; C3 = 9.0" in by_rule["DUP-KEY"].message("vi")
    assert (by_rule["DUP-SAME"].cell, by_rule["DUP-SAME"].count) == ("C5", 1)
    assert [r["cell"] for r in records] == ["C4", "C6"]


def test_equal_problems_are_one_finding_with_their_number_and_first_cells() -> None:
    _, findings = check(*({"area_text": "Bình Dưng", "period": str(2000 + n)} for n in range(8)))
    (finding,) = findings
    assert (finding.rule, finding.count, finding.cell) == ("CODE-AREA", 8, "C2")
    assert "8 ô: C2, C3, C4, C5, C6 …" in finding.message("vi")
    assert "Bình Dương" in finding.suggestion("vi")


def test_a_finding_keeps_its_other_cells_up_to_a_bound() -> None:
    sheets = (None, None, "Khác", None)
    _, findings = check(
        *({"area_text": "Bình Dưng", "period": str(2000 + n), "sheet": s} for n, s in enumerate(sheets))
    )
    (finding,) = findings
    assert finding.places == ("C3", "Khác!C4", "C5")
    assert list(finding.cells()) == [(None, "C2"), (None, "C3"), ("Khác", "C4"), (None, "C5")]
    rows = [{"area_text": f"Nơi {n % 3}", "period": f"{1900 + n % 100}-{1 + n // 1000:02d}"} for n in range(4_000)]
    _, findings = check(*rows)
    named = [f for f in findings if f.rule == "CODE-AREA"]
    assert [f.count for f in named] == [1334, 1333, 1333]
    assert [len(f.places) + 1 for f in named] == [1334, MOST_PLACES - 1334, 1]


def test_many_different_problems_are_never_cut_silently() -> None:
    rows = [{"value": None, "value_text": f"x{n}", "period": f"{1900 + n % 100}-0{1 + n // 100}"} for n in range(700)]
    _, findings = check(*rows)
    texts = [f for f in findings if f.rule == "VALUE-TEXT"]
    assert len(texts) == MOST_PROBLEMS + 1
    assert sum(f.count for f in texts) == 700
    assert str(700 - MOST_PROBLEMS) in texts[-1].message("en")


def test_a_spike_is_told_once_and_a_lasting_step_where_it_begins() -> None:
    spike = [{"period": str(2010 + n), "value": 2000.0 + n} for n in range(5)]
    spike[2]["value"] = 2_002_000.0
    _, findings = check(*spike)
    assert [(f.rule, f.cell) for f in findings] == [("VALUE-UNIT-JUMP", "C4")]
    step = [{"period": str(2010 + n), "value": 2000.0 * (1000 if n > 2 else 1)} for n in range(6)]
    _, findings = check(*step)
    assert [(f.rule, f.cell) for f in findings] == [("VALUE-UNIT-JUMP", "C5")]


def test_the_readers_own_findings_stay_and_errors_come_first() -> None:
    own = Finding("X", "warning", "vi", "en")
    _, findings = check_rows(rows_of({"period": "?"}, findings=(own,)), CATALOGUE, raw_file(), RECEIVED)
    assert [f.rule for f in findings] == ["PERIOD-FORM", "X"]


def test_a_file_without_figures_is_an_error() -> None:
    table, findings = check_rows(Rows(ROWS_SCHEMA.empty_table(), "test/1", ""), CATALOGUE, raw_file(), RECEIVED)
    assert table.num_rows == 0
    assert [(f.rule, f.severity) for f in findings] == [("ROWS-NONE", ERROR)]


def test_eighty_thousand_rows_are_checked_in_time() -> None:
    size = 80_000
    columns = {n: pa.nulls(size, ROWS_SCHEMA.field(n).type) for n in ROWS_SCHEMA.names}
    for name, value in BASE.items():
        columns[name] = pa.array([value] * size, ROWS_SCHEMA.field(name).type)
    columns["period"] = pa.array([f"{1900 + n % 100}-{n // 100 % 12 + 1:02d}" for n in range(size)])
    columns["area_text"] = pa.array([("74", "75", "79", "80")[n // 1200 % 4] for n in range(size)])
    columns["value_text"] = columns["cell"] = pa.array([f"F{n}" for n in range(size)])
    rows = Rows(pa.table(columns, schema=ROWS_SCHEMA), "test/1", "")
    start = time.process_time()
    table, findings = check_rows(rows, CATALOGUE, raw_file(), RECEIVED)
    assert time.process_time() - start < 3
    assert table.num_rows == 4800
    assert findings.count("warning") == size - 4800


def test_a_hundred_thousand_different_problems_end_in_time() -> None:
    size = 100_000
    columns = {n: pa.nulls(size, ROWS_SCHEMA.field(n).type) for n in ROWS_SCHEMA.names}
    for name, value in BASE.items():
        columns[name] = pa.array([value] * size, ROWS_SCHEMA.field(name).type)
    for name, text in (
        ("indicator", "XX"),
        ("area_text", "nơi "),
        ("period", "kỳ "),
        ("breakdown", "B"),
        ("cell", "F"),
    ):
        columns[name] = pa.array([f"{text}{n}" for n in range(size)])
    rows = Rows(pa.table(columns, schema=ROWS_SCHEMA), "test/1", "")
    start = time.process_time()
    table, findings = check_rows(rows, CATALOGUE, raw_file(), RECEIVED)
    assert time.process_time() - start < 15, "bounded: advice is looked for 200 times a rule"
    assert table.num_rows == 0
    assert {f.rule for f in findings} >= {"CODE-INDICATOR", "CODE-AREA", "PERIOD-FORM", "CODE-BREAKDOWN"}
    told = [f for f in findings if f.rule == "CODE-INDICATOR"]
    assert len(told) == 201 and sum(f.count for f in told) == size
    assert told[0].suggestion_vi and "99800 trường hợp khác" in told[-1].message_vi
