"""From a workbook to a proposal, from a confirmed recipe to rows; drift, doubt and questions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import RawFile, Rows
from lienvung.errors import BadValue, LayoutNotRecognised
from lienvung.parse.recipes import Recipe
from lienvung.parse.tables.matching import find_tables, load_sheets
from lienvung.parse.tables.proposal import Proposal, propose_recipe
from lienvung.parse.tables.reading import parse_tables, recognise_tables
from lienvung.source import fetch_file
from lienvung.store.packs import load_catalogue
from tests.conftest import PACK
from tests.parse.tables.imitations import FDI, POPULATION, Row, monthly, write_book


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(PACK)


def raw_of(folder: Path, rows: list[Row], name: str = "bieu.xlsx", **options: Any) -> RawFile:
    folder.mkdir(exist_ok=True)
    return fetch_file(write_book(folder / name, {"Bieu": rows}, **options), folder / "files")


def propose(raw: RawFile, catalogue: Catalogue, old: Recipe | None = None, **answers: str) -> Proposal:
    return propose_recipe(raw.name, find_tables(load_sheets(raw)), catalogue, answers, old)


def values(rows: Rows) -> dict[tuple[Any, ...], Any]:
    names = ("indicator", "area_text", "activity", "period", "value")
    return {tuple(r[:-1]): r[-1] for r in zip(*(rows.table[n].to_pylist() for n in names), strict=True)}


def rules(rows: Rows) -> list[tuple[str, str]]:
    return [(f.rule, f.severity) for f in rows.findings]


def test_a_bilingual_yearbook_table_is_understood_but_for_its_area_and_issuer(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    proposal = propose(raw_of(tmp_path, POPULATION), catalogue)
    assert [d.path for d in proposal.open] == ["1.area", "issuer"]
    entry = proposal.recipe.layout["tables"][0]
    assert (entry["indicator"], entry["unit"]) == ("POP_AVG", "PERSONS_TH")
    assert entry["rows"]["phan theo gioi tinh > nam"] == {"indicator": "POP_MALE"}
    assert entry["blocks"] == {"co cau": "skip", "chi so phat trien nam truoc 100": "skip"}
    assert all(d.evidence_vi and d.evidence_en for d in proposal.decisions)


def test_nothing_is_read_where_something_is_undecided(tmp_path: Path, catalogue: Catalogue) -> None:
    raw = raw_of(tmp_path, POPULATION)
    rows = parse_tables(raw, propose(raw, catalogue).recipe)
    assert rules(rows) == [("TABLE-UNDECIDED", "error")]
    assert "'area'" in rows.findings[0].message_vi
    assert rows.table.num_rows == 0


def test_values_statuses_notes_and_addresses_of_a_yearbook_table(tmp_path: Path, catalogue: Catalogue) -> None:
    raw = raw_of(tmp_path, POPULATION)
    rows = parse_tables(raw, propose(raw, catalogue, area="74", issuer="PROV_74").recipe)
    assert rules(rows) == []
    found = values(rows)
    assert len(found) == rows.table.num_rows == 20
    assert found["POP_AVG", "74", "_T", "2013"] == 1802.5
    assert found["POP_MALE", "74", "_T", "2015"] == 932.0
    assert found["POP_RURAL", "74", "_T", "2016"] == 468.7
    last = rows.table.slice(3, 1).to_pylist()[0]
    assert (last["value_text"], last["value"], last["status"], last["cell"]) == (
        "1.995,8 (*)", 1995.8, "preliminary", "E8",
    )  # fmt: skip
    assert last["note"] == "(*) Số liệu sơ bộ, sẽ được điều chỉnh."
    assert "dấu thập phân ','" in rows.understood_vi[0]


def test_a_wrong_block_would_be_read_if_the_recipe_said_so(tmp_path: Path, catalogue: Catalogue) -> None:
    """The blocks are kept apart: asked for, the index stands under its own meaning, with its missing value."""
    raw = raw_of(tmp_path, POPULATION)
    answers = {"area": "74", "issuer": "PROV_74", "1.blocks.chi so phat trien nam truoc 100": "POP_GROWTH"}
    rows = parse_tables(raw, propose_recipe("x", find_tables(load_sheets(raw)), catalogue, answers).recipe)
    own = [r for r in rows.table.to_pylist() if r["indicator"] == "POP_GROWTH"]
    assert [(r["period"], r["value"], r["mark"]) for r in own] == [
        ("2013", None, "not_available"), ("2014", 103.94, None), ("2015", 103.03, None), ("2016", 103.39, None),
    ]  # fmt: skip


def test_two_tables_of_one_sheet(tmp_path: Path, catalogue: Catalogue) -> None:
    raw = raw_of(tmp_path, FDI)
    tables = find_tables(load_sheets(raw))
    assert [(t.region.number, t.region.unit, t.region.numbering) for t in tables] == [
        ("84", "", 0),
        ("85", "Nghìn người", 0),
    ]
    assert [t.region.notes for t in tables] == [[10], []]
    answers = {
        "issuer": "GSO", "1.columns.so du an": "indicator:FDI_PROJ_CUM,unit:PROJECTS",
        "1.columns.von dang ky": "indicator:FDI_CAP_CUM,unit:USD_MN",
    }  # fmt: skip
    proposal = propose_recipe(raw.name, tables, catalogue, answers)
    assert not proposal.open
    rows = parse_tables(raw, proposal.recipe)
    found = values(rows)
    assert len(found) == 18
    assert found["FDI_PROJ_CUM", "Bình Dương", "_T", "2016"] == 3050
    assert found["FDI_CAP_CUM", "TP. Hồ Chí Minh", "_T", "2016"] == 45293.4
    assert found["POP_AVG", "Bà Rịa - Vũng Tàu", "_T", "2015"] == 1079.1


def test_next_month_needs_no_hand(tmp_path: Path, catalogue: Catalogue) -> None:
    first = raw_of(tmp_path, monthly())
    recipe = propose(first, catalogue, area="VN", issuer="GSO").recipe
    other = replace(recipe, id="khac", layout={"tables": [{"title": "dan so trung binh"}]})
    following = raw_of(tmp_path / "next", monthly("02", 2025))
    assert recognise_tables(load_sheets(following), [other, recipe]) is recipe
    rows = parse_tables(following, recipe)
    assert rules(rows) == []
    assert sorted({r["period"] for r in rows.table.to_pylist()}) == ["2024-02", "2025-02"]


def test_a_column_that_moved_is_read_by_its_words(tmp_path: Path, catalogue: Catalogue) -> None:
    recipe = propose(raw_of(tmp_path, monthly()), catalogue, area="VN", issuer="GSO").recipe
    moved = [[r[0], *r[3:], *r[1:3]] if len(r) == 4 else r for r in monthly("02")]
    moved[2] = ["", "", "", "Doanh nghiệp"]
    rows = parse_tables(raw_of(tmp_path / "next", moved), recipe)
    assert rules(rows) == [("TABLE-MOVED", "info")]
    assert values(rows)["ENT_RETURNED", "VN", "AGRI", "2024-02"] == 216


def test_drift_is_an_error_that_says_what_changed_and_the_mend_carries_decisions_over(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    recipe = propose(raw_of(tmp_path, monthly()), catalogue, area="VN", issuer="GSO").recipe
    drifted = monthly("02", title="Số doanh nghiệp quay trở lại hoạt động trong tháng")
    drifted[9] = ["Ngành khai khoáng", 98, 83, 84.69]
    raw = raw_of(tmp_path / "next", drifted)
    assert recognise_tables(load_sheets(raw), [recipe]) is recipe
    rows = parse_tables(raw, recipe)
    assert rules(rows) == [("TABLE-DRIFT", "error"), ("TABLE-DRIFT", "warning"), ("ROW-IGNORED", "warning")]
    assert "doanh nghiep quay tro lai hoat dong" in rows.findings[0].message_en
    assert f"--mend {recipe.id}" in rows.findings[0].suggestion_vi
    mended = propose(raw, catalogue, old=recipe)
    entry = mended.recipe.layout["tables"][0]
    assert not mended.open
    assert (entry["indicator"], entry["area"], mended.recipe.issuer) == ("ENT_RETURNED", "VN", "GSO")
    assert entry["title"] == "so doanh nghiep quay tro lai hoat dong trong thang"
    assert entry["rows"]["nganh khai khoang"] == {"activity": "VSIC_B"}
    assert rules(parse_tables(raw, mended.recipe)) == []


def test_a_lost_column_and_an_unknown_one(tmp_path: Path, catalogue: Catalogue) -> None:
    raw = raw_of(tmp_path, FDI)
    answers = {"issuer": "GSO", "tables": "1", "1.columns.so du an": "FDI_PROJ_CUM", "1.columns.von dang ky": "skip",
               "1.unit": "PROJECTS"}  # fmt: skip
    recipe = propose_recipe(raw.name, find_tables(load_sheets(raw)), catalogue, answers).recipe
    changed = [list(r) for r in FDI]
    changed[2][2] = "Số lượng dự án - Number of projects"
    rows = parse_tables(raw_of(tmp_path / "next", changed), recipe)
    assert rules(rows) == [("TABLE-DRIFT", "error"), ("COLUMN-IGNORED", "warning")]
    assert rows.findings[1].cell == "C3"
    assert rows.table.num_rows == 0


@pytest.mark.parametrize(
    ("texts", "rule"),
    [(["1.234", "2.345"], "DECIMAL-SIGN"), (["1,5", "2.5"], "DECIMAL-SIGN"), ([0.36, 0.41], "PERCENT-UNCLEAR")],
)
def test_a_table_whose_numbers_read_two_ways_is_asked_about(
    tmp_path: Path, catalogue: Catalogue, texts: list[object], rule: str
) -> None:
    table: list[Row] = [
        ["Tỷ lệ thất nghiệp tỉnh Bình Dương"], ["", "", "Đơn vị tính: %"], ["", 2019, 2020], ["TỔNG SỐ", *texts],
    ]  # fmt: skip
    raw = raw_of(tmp_path, table)
    proposal = propose(raw, catalogue, issuer="GSO")
    told = {"DECIMAL-SIGN": {"decimal": ","}, "PERCENT-UNCLEAR": {"percent": "fraction"}}[rule]
    assert [d.path for d in proposal.open] == [f"1.{next(iter(told))}"]
    assert proposal.open[0].choices and proposal.open[0].evidence_vi
    rows = parse_tables(raw, proposal.recipe)
    assert rules(rows) == [(rule, "error")]
    answered = propose_recipe(raw.name, find_tables(load_sheets(raw)), catalogue, {"issuer": "GSO", **told})
    assert not answered.open
    entry = proposal.recipe.layout["tables"][0] | told
    settled = parse_tables(raw, replace(proposal.recipe, layout={"tables": [entry]}))
    if rule == "PERCENT-UNCLEAR":
        assert [r["value"] for r in settled.table.to_pylist()] == [36.0, 41.0]
    assert rules(settled) == []


def test_hidden_sheets_are_named_and_not_read(tmp_path: Path, catalogue: Catalogue) -> None:
    book = write_book(tmp_path / "b.xlsx", {"Bieu": monthly(), "An": POPULATION}, hidden=["An"])
    raw = fetch_file(book, tmp_path / "files")
    proposal = propose(raw, catalogue, area="VN", issuer="GSO")
    assert len(proposal.recipe.layout["tables"]) == 1
    assert [(f.rule, f.sheet) for f in parse_tables(raw, proposal.recipe).findings] == [("SHEET-HIDDEN", "An")]


def test_a_csv_is_read_alike(tmp_path: Path, catalogue: Catalogue) -> None:
    lines = "\n".join(";".join(f'"{c}"' for c in [*row, *[""] * (5 - len(row))]) for row in POPULATION)
    path = tmp_path / "dan-so.csv"
    path.write_text(lines, "utf-8")
    raw = fetch_file(path, tmp_path / "files")
    # a CSV has one way of writing all its figures
    proposal = propose(raw, catalogue, area="74", issuer="PROV_74")
    assert [d.path for d in proposal.open] == ["1.decimal"]
    assert "hai cách viết cùng có" in proposal.open[0].evidence_vi
    assert ("DECIMAL-SIGN", "error") in rules(parse_tables(raw, proposal.recipe))


def test_a_file_without_the_recipes_tables_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    recipe = propose(raw_of(tmp_path, monthly()), catalogue).recipe
    with pytest.raises(LayoutNotRecognised):
        parse_tables(raw_of(tmp_path / "next", POPULATION), recipe)


def test_an_answer_to_nothing_is_refused(tmp_path: Path, catalogue: Catalogue) -> None:
    with pytest.raises(BadValue):
        propose(raw_of(tmp_path, monthly()), catalogue, aera="74")


CROSSING: list[Row] = [
    # Statistical Yearbook, gross regional domestic product at current prices by province
    ["Tổng sản phẩm trên địa bàn theo giá hiện hành"], ["", "", "", "", "", "Tỷ đồng"],
    ["", "Bình Dương", "", "Đồng Nai", "", ""], ["", 2019, "Sơ bộ 2020", 2019, "Sơ bộ 2020", ""],
    ["TỔNG SỐ", 362006, 389605, 353840, 372953, "TOTAL"],
    ["Nông, lâm nghiệp và thủy sản", "...", "...", "...", "...", "Agriculture, forestry and fishing"],
]  # fmt: skip


def test_areas_crossed_with_periods_and_english_at_the_right(tmp_path: Path, catalogue: Catalogue) -> None:
    raw = raw_of(tmp_path, CROSSING)
    proposal = propose(raw, catalogue, issuer="GSO")
    assert not proposal.open
    assert proposal.recipe.layout["tables"][0]["columns"] == {
        "binh duong": {"area": "74@2004"}, "dong nai": {"area": "75@2004"},
    }  # fmt: skip
    rows = parse_tables(raw, proposal.recipe)
    assert rules(rows) == []
    found = values(rows)
    assert found["GRDP_CUR", "74@2004", "_T", "2020"] == 389605
    assert found["GRDP_CUR", "75@2004", "_T", "2019"] == 353840
    assert [r["mark"] for r in rows.table.to_pylist() if r["activity"] == "AGRI"] == ["not_available"] * 4
    assert [r["status"] for r in rows.table.slice(0, 2).to_pylist()] == ["official", "preliminary"]
    assert next(line.english for line in find_tables(load_sheets(raw))[0].lines) == "TOTAL"


def test_years_down_the_side(tmp_path: Path, catalogue: Catalogue) -> None:
    table: list[Row] = [
        ["Dân số trung bình tỉnh Bình Dương"], ["Đơn vị tính: Nghìn người"], ["Năm", "Tổng số", "Nam", "Nữ"],
        [2015, 1930.4, 932.0, 998.4], ["Sơ bộ 2016", 1995.8, 963.7, 1032.1],
    ]  # fmt: skip
    raw = raw_of(tmp_path, table)
    proposal = propose(raw, catalogue, issuer="GSO")
    assert [d.path for d in proposal.open] == []
    rows = parse_tables(raw, proposal.recipe)
    own = [r for r in rows.table.to_pylist() if r["indicator"] == "POP_FEMALE"]
    assert [(r["period"], r["status"], r["value"]) for r in own] == [
        ("2015", "official", 998.4), ("2016", "preliminary", 1032.1),
    ]  # fmt: skip


def test_a_column_and_a_row_that_name_two_indicators_are_not_mixed(tmp_path: Path, catalogue: Catalogue) -> None:
    # the statistics office's monthly release for January 2024, table 13
    table: list[Row] = [
        ["Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng"], ["", "", "Tỷ đồng"],
        ["", "Ước tính tháng 01 năm 2024", "Tháng 01 năm 2024 so với cùng kỳ năm trước (%)"],
        ["TỔNG SỐ", 524115.6, 108.1], ["Du lịch lữ hành", 4394.8, 118.5],
    ]  # fmt: skip
    raw = raw_of(tmp_path, table)
    answers = {
        "issuer": "GSO", "area": "VN", "1.columns.so voi cung ky nam truoc": "indicator:RETAIL_SALES_IDX,unit:INDEX",
        "1.rows.du lich lu hanh": "TRAVEL_TURNOVER",
    }  # fmt: skip
    proposal = propose_recipe(raw.name, find_tables(load_sheets(raw)), catalogue, answers)
    rows = parse_tables(raw, proposal.recipe)
    assert rules(rows) == [("TABLE-UNDECIDED", "error")]
    assert sorted((r["indicator"], r["value"]) for r in rows.table.to_pylist()) == [
        ("RETAIL_SALES", 524115.6), ("RETAIL_SALES_IDX", 108.1), ("TRAVEL_TURNOVER", 4394.8),
    ]  # fmt: skip
    entry = proposal.recipe.layout["tables"][0]
    entry["rows"]["du lich lu hanh"] = {"indicator": "TRAVEL_TURNOVER", "only": ["_"]}
    assert rules(parse_tables(raw, replace(proposal.recipe, layout={"tables": [entry]}))) == []
