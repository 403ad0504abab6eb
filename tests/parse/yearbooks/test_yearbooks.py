"""Three yearbook-like workbooks, from the file to rows: every figure is the pack's, every trap is met."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import RawFile, Rows
from lienvung.parse.tables.matching import find_tables, load_sheets
from lienvung.parse.tables.meaning import Meanings
from lienvung.parse.tables.proposal import Proposal, propose_recipe
from lienvung.parse.tables.reading import parse_tables, recognise_tables
from lienvung.source import fetch_file
from lienvung.store.packs import load_catalogue
from tests.conftest import PACK
from tests.parse.yearbooks import Key, fdi_or_labour, grdp, known_figures, population

ANSWERS: Mapping[str, Mapping[str, str]] = {
    "population": {"2.indicator": "AREA"},
    "grdp": {},
    "fdi_or_labour": {
        "1.columns.so du an": "indicator:FDI_PROJ_CUM,unit:PROJECTS",
        "1.columns.so du an sau": "indicator:FDI_NEW_PROJ,unit:PROJECTS",
        "4.rows.dien tich tu nhien": "indicator:AREA,unit:KM2",
    },
}
"""What a person decides beyond the issuer and the list of areas."""
FILES = ("gso-2018-population", "gso-2018-area-density", "gso-2018-population-growth", "gso-2018-labour-force",
         "gso-2018-fdi-accumulated", "gso-2018-gdp-by-activity", "yearbook-grdp", "yearbook-unemployment")  # fmt: skip
COUNTS = {"population": 75, "grdp": 56, "fdi_or_labour": 48}
"""Figures, without those that are missing."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(PACK)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RawFile]:
    folder = tmp_path_factory.mktemp("yearbooks")
    makers: tuple[Callable[[Path], Path], ...] = (population, grdp, fdi_or_labour)
    return {m.__name__: fetch_file(m(folder / f"{m.__name__}.xlsx"), folder / "files") for m in makers}


@pytest.fixture(scope="module")
def proposals(books: Mapping[str, RawFile], catalogue: Catalogue) -> dict[str, Proposal]:
    return {
        name: propose_recipe(
            raw.name, find_tables(load_sheets(raw)), catalogue, {"issuer": "GSO", "boundary": "2004", **ANSWERS[name]}
        )
        for name, raw in books.items()
    }


@pytest.fixture(scope="module")
def rows(books: Mapping[str, RawFile], proposals: Mapping[str, Proposal]) -> dict[str, Rows]:
    return {name: parse_tables(raw, proposals[name].recipe) for name, raw in books.items()}


def records(rows: Rows, **wanted: Any) -> list[dict[str, Any]]:
    return [r for r in rows.table.to_pylist() if all(r[k] == v for k, v in wanted.items())]


def findings(rows: Rows) -> dict[str, list[tuple[str | None, str | None, int]]]:
    told: dict[str, list[tuple[str | None, str | None, int]]] = {}
    for f in rows.findings:
        told.setdefault(f.rule, []).append((f.sheet, f.cell, f.count))
    return told


def decision(proposal: Proposal, path: str) -> tuple[str, float, str]:
    (found,) = [d for d in proposal.decisions if d.path == path]
    return found.chosen, found.confidence, found.evidence_en


@pytest.mark.parametrize("name", COUNTS)
def test_every_figure_is_the_packs(name: str, rows: Mapping[str, Rows], catalogue: Catalogue) -> None:
    meanings = Meanings(catalogue)
    known = {k: v for f in FILES for k, v in known_figures(f).items()}
    found = 0
    for row in rows[name].table.to_pylist():
        area = meanings.area(row["area_text"], "2004").partition("@")[0] or row["area_text"].partition("@")[0]
        assert row["breakdown"] == "_T"
        if row["value"] is None or row["mark"]:
            continue
        printed = known[Key(row["indicator"], area, row["activity"], row["period"])]
        assert row["value"] == pytest.approx(float(printed), rel=1e-9), row
        found += 1
    assert found == COUNTS[name]


@pytest.mark.parametrize("name", COUNTS)
def test_few_things_are_asked_and_nothing_stays_open(
    name: str, books: Mapping[str, RawFile], proposals: Mapping[str, Proposal], catalogue: Catalogue
) -> None:
    assert proposals[name].open == ()
    bare = propose_recipe(books[name].name, find_tables(load_sheets(books[name])), catalogue, {})
    assert len([d for d in bare.open if d.path not in ("issuer", "boundary")]) <= 2
    assert all(d.evidence_vi and d.evidence_en and 0 <= d.confidence <= 1 for d in bare.decisions)


@pytest.mark.parametrize("name", COUNTS)
def test_next_year_needs_no_hand(name: str, books: Mapping[str, RawFile], proposals: Mapping[str, Proposal]) -> None:
    recipe = proposals[name].recipe
    assert recognise_tables(load_sheets(books[name]), [recipe]) is recipe


def test_titles_units_and_labels_in_two_lines_and_two_languages(books: Mapping[str, RawFile]) -> None:
    first = find_tables(load_sheets(books["population"]))[0]
    assert first.title_en == "Average population by sex and by residence"
    assert first.region.unit == "Nghìn người"
    assert [(n.key, n.english) for n in first.lines[:3]] == [
        ("tong so", "TOTAL"), ("phan theo gioi tinh > nam", "Male"), ("phan theo gioi tinh > nu", "Female"),
    ]  # fmt: skip


def test_status_comes_from_the_word_over_the_year(rows: Mapping[str, Rows]) -> None:
    told = {r["period"]: r["status"] for r in records(rows["population"], indicator="POP_AVG", area_text="74@2004")}
    assert told == {"2013": "official", "2014": "official", "2015": "official", "2016": "preliminary"}
    assert {r["status"] for r in records(rows["grdp"], period="2022")} == {"estimate"}
    assert records(rows["population"], indicator="POP_GROWTH", period="2016")[0]["status"] == "preliminary"


def test_stacked_blocks_are_kept_apart_and_may_be_read(
    books: Mapping[str, RawFile], rows: Mapping[str, Rows], catalogue: Catalogue
) -> None:
    raw = books["population"]
    tables = find_tables(load_sheets(raw))
    assert list(dict.fromkeys((n.block, n.block_kind) for n in tables[0].lines)) == [
        ("", "values"), ("co cau", "share"), ("chi so phat trien nam truoc 100", "index"),
    ]  # fmt: skip
    answers = {"issuer": "GSO", "boundary": "2004", "tables": "1", "1.rows.nam": "breakdown:SEX_M",
               "1.blocks.co cau": "indicator:POP_GROWTH,unit:PCT",
               "1.blocks.chi so phat trien nam truoc 100": "indicator:RETAIL_SALES_IDX,unit:INDEX"}  # fmt: skip
    read = parse_tables(raw, propose_recipe(raw.name, tables, catalogue, answers).recipe)
    # 0.4826 shown as 48.26%; formulas by their kept value; a mark is no figure
    share = records(read, indicator="POP_GROWTH", breakdown="SEX_M", period="2013")[0]
    assert (share["value"], share["value_text"], share["cell"]) == (48.2607, "48.2607%", "B24")
    index = records(read, indicator="RETAIL_SALES_IDX")
    assert [(r["value"], r["mark"]) for r in index][:2] == [(None, "not_available"), (103.94, None)]
    assert ("Dan so", "C27", 3) in findings(read)["FORMULA-VALUE"]
    assert not records(rows["population"], unit="INDEX")


def test_percent_formats_are_fractions_that_mean_percent(
    rows: Mapping[str, Rows], proposals: Mapping[str, Proposal]
) -> None:
    one = records(rows["population"], indicator="POP_GROWTH", period="2010")[0]
    assert (one["value"], one["value_text"], one["unit"]) == (5.18, "5.18%", "PCT")
    assert decision(proposals["population"], "6.percent_format")[0] == "fraction"
    assert (
        records(rows["fdi_or_labour"], indicator="UNEMP_RATE", area_text="TP. Hồ Chí Minh", period="2021")[0]["value"]
        == 6.4
    )


def test_text_numbers_are_read_by_one_sign_of_their_table(proposals: Mapping[str, Proposal]) -> None:
    assert decision(proposals["population"], "1.decimal")[:2] == (",", 0.98)
    chosen, confidence, evidence = decision(proposals["fdi_or_labour"], "1.decimal")
    assert (chosen, confidence) == (",", 0.9)
    assert "'3.050'" in evidence


def test_hidden_rows_columns_and_sheets_are_told(rows: Mapping[str, Rows], proposals: Mapping[str, Proposal]) -> None:
    assert findings(rows["population"])["HIDDEN-CELLS"] == [("Dan so", "B19", 4)]
    assert findings(rows["population"])["SHEET-HIDDEN"] == [("Nhap", None, 1)]
    assert findings(rows["fdi_or_labour"])["HIDDEN-CELLS"] == [("Lao dong", "C5", 4), ("Lao dong", "C13", 4)]
    assert decision(proposals["population"], "1.hidden")[0] == "read"


def test_hidden_cells_are_left_out_where_a_person_says_so(books: Mapping[str, RawFile], catalogue: Catalogue) -> None:
    raw = books["population"]
    answers = {"issuer": "GSO", "boundary": "2004", "tables": "1", "1.hidden": "skip"}
    read = parse_tables(raw, propose_recipe(raw.name, find_tables(load_sheets(raw)), catalogue, answers).recipe)
    assert not records(read, indicator="POP_RURAL")
    assert read.table.num_rows == 16
    assert findings(read)["HIDDEN-CELLS"] == [("Dan so", "B19", 4)]


def test_footnotes_and_comments_go_into_the_note(rows: Mapping[str, Rows]) -> None:
    told = {r["period"]: r["note"] for r in records(rows["population"], indicator="POP_AVG", area_text="74@2004")}
    assert told["2016"] == "(*) Số liệu sơ bộ, sẽ được điều chỉnh."
    assert told["2014"] == "Đã đối chiếu với Cục Thống kê"


def test_tables_side_by_side_and_below_each_other(books: Mapping[str, RawFile]) -> None:
    found = find_tables(load_sheets(books["population"]))
    assert [(t.place, t.region.number, t.region.unit) for t in found[1:5]] == [
        ("Dien tich!A1", "13", "Km2"), ("Dien tich!F1", "14", "Người/km2"),
        ("Gioi tinh!A1", "15", "Nghìn người"), ("Gioi tinh!A13", "16", "Nghìn người"),
    ]  # fmt: skip


def test_column_numbers_are_no_figures_but_checks(
    books: Mapping[str, RawFile], proposals: Mapping[str, Proposal]
) -> None:
    assert decision(proposals["population"], "4.checks")[0] == "1=2+3"
    assert decision(proposals["grdp"], "1.checks")[0] == "4=2/1*100"
    raw, recipe = books["population"], proposals["population"].recipe
    sheets = load_sheets(raw)
    sheet = next(s for s in sheets if s.name == "Gioi tinh")
    assert sheet.rows[4][:5] == ["A", "B", "1=2+3", 2, 3]
    assert not [f for f in parse_tables(raw, recipe).findings if f.rule == "TABLE-IDENTITY"]


def test_merged_headings_hold_for_their_columns_alone(books: Mapping[str, RawFile]) -> None:
    first = find_tables(load_sheets(books["grdp"]))[0]
    assert [(c.heading.key, c.heading.period) for c in first.columns] == [
        ("tong san pham", "2020"), ("tong san pham", "2021"), ("tong san pham", "2022"),
        ("so voi cung ky nam truoc", "2021"),
    ]  # fmt: skip


def test_long_tables_name_a_row_by_several_columns(proposals: Mapping[str, Proposal], rows: Mapping[str, Rows]) -> None:
    assert decision(proposals["grdp"], "2.labels")[0] == "area,period"
    # a merged name and a name that is written once hold for the rows below
    assert len(records(rows["grdp"], area_text="Đồng Nai", sheet="GRDP dai")) == 3
    assert len(records(rows["population"], area_text="Đồng Nai", indicator="POP_URBAN")) == 3


def test_formulas_outside_and_without_a_result(rows: Mapping[str, Rows]) -> None:
    told = findings(rows["grdp"])
    assert told["FORMULA-OUTSIDE"] == [("GRDP", "D12", 1)]
    assert told["FORMULA-EMPTY"] == [("GRDP dai", "C15", 1)]
    empty = records(rows["grdp"], cell="C15", sheet="GRDP dai")[0]
    assert (empty["value"], empty["mark"], empty["value_text"]) == (None, "not_available", "=SUM(C4:C14)")


def test_days_that_lost_their_format_and_days_shown_as_years(rows: Mapping[str, Rows]) -> None:
    assert {r["period"] for r in records(rows["grdp"], indicator="GDP_CUR")} == {"2014", "2015", "2016"}
    assert {r["period"] for r in records(rows["fdi_or_labour"], sheet="Tong hop")} == {"2014", "2015"}


def test_hierarchy_by_of_which(books: Mapping[str, RawFile]) -> None:
    last = find_tables(load_sheets(books["grdp"]))[2].lines[-1]
    assert last.key.endswith("trong do > van tai kho bai")


def test_missing_marks_are_told_apart(rows: Mapping[str, Rows], proposals: Mapping[str, Proposal]) -> None:
    marks = [r["mark"] for r in records(rows["fdi_or_labour"], indicator="FDI_NEW_PROJ")]
    assert sorted(marks) == ["nil", "nil", "not_applicable", "not_applicable", *["not_available"] * 4]
    chosen = decision(proposals["fdi_or_labour"], "1.missing")[0]
    assert {p.strip() for p in chosen.split(",")} == {
        "'-' → nil", "'...' → not_available", "'..' → not_available", "'' → not_applicable",
    }  # fmt: skip


def test_units_in_a_column_of_their_own(rows: Mapping[str, Rows]) -> None:
    told = {r["indicator"]: r["unit"] for r in records(rows["fdi_or_labour"], sheet="Tong hop")}
    assert told == {"AREA": "KM2", "POP_AVG": "PERSONS_TH", "POP_MALE": "PERSONS_TH",
                    "POP_DENSITY": "PERSONS_PER_KM2"}  # fmt: skip
