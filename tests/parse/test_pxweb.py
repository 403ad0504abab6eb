"""PX-Web exports, on small imitations of their layout; the real tables where they are beside the checkout."""

import csv
import hashlib
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from lienvung.domain.handovers import ROWS_SCHEMA, RawFile, Rows
from lienvung.domain.names import fold
from lienvung.errors import FileMissing, LayoutNotRecognised
from lienvung.parse.pxweb import parse_pxweb, read_title
from lienvung.parse.recipes import Recipe, load_recipes

HERE = Path(__file__).parent / "pxweb"
ROOT = Path(__file__).parents[2]
PACK = ROOT / "packs" / "southern"
REAL = ROOT.parent / "shared" / "data" / "gso-tables-2018"
AVERAGE = {"total": "POP_AVG", "urban": "POP_URBAN"}


def raw_of(path: Path) -> RawFile:
    content = path.read_bytes()
    return RawFile(path.name, path, hashlib.sha256(content).hexdigest(), len(content), "csv", datetime(2026, 1, 1))


def recipe_of(title: str = "", **layout: Any) -> Recipe:
    return Recipe("t", "pxweb", "Bảng", "Table", "GSO", "2004", match={"title": title}, layout=layout)


def parse(name: str, **layout: Any) -> Rows:
    return parse_pxweb(raw_of(HERE / name), recipe_of(**layout))


def cells(rows: Rows, *columns: str) -> list[tuple[Any, ...]]:
    return [tuple(r[c] for c in columns) for r in rows.table.to_pylist()]


def write(folder: Path, text: str | bytes) -> RawFile:
    path = folder / "t.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return raw_of(path)


def test_rows_follow_the_schema_and_the_expected_table() -> None:
    rows = parse("population.csv", unit="PERSONS_TH", columns=AVERAGE)
    assert rows.table.schema == ROWS_SCHEMA
    columns = ("indicator", "area_text", "period", "value_text", "value", "mark", "decimals", "status", "cell")
    with (HERE / "population_expected.csv").open(encoding="utf-8", newline="") as file:
        expected = [tuple(line) for line in csv.reader(file)]
    assert expected[0] == columns
    assert [tuple("" if c is None else str(c) for c in row) for row in cells(rows, *columns)] == expected[1:]


def test_defaults_of_the_recipe_reach_every_row() -> None:
    rows = parse("population.csv", unit="PERSONS_TH", columns=AVERAGE)
    assert set(cells(rows, "unit", "boundary", "issuer", "breakdown", "activity", "published")) == {
        ("PERSONS_TH", "2004", "GSO", "_T", "_T", None)
    }
    assert (rows.parser, rows.recipe, rows.findings) == ("pxweb/1", "t", ())


def test_missing_signs_and_text_are_told_apart() -> None:
    found = {r["cell"]: r for r in parse("population.csv", columns=AVERAGE).table.to_pylist()}
    assert (found["F5"]["value"], found["F5"]["mark"]) == (None, "not_available")
    assert (found["G5"]["value"], found["G5"]["mark"]) == (0.0, "nil")
    assert (found["C6"]["value"], found["C6"]["mark"]) == (None, "not_applicable")
    assert (found["E6"]["value"], found["E6"]["mark"], found["E6"]["value_text"]) == (None, None, "12O.5")


def test_footnote_goes_to_the_columns_with_its_mark() -> None:
    rows = parse(
        "area.csv", columns={"area km2": {"indicator": "AREA", "unit": "KM2"}, "population density person km2": "D"}
    )
    assert cells(rows, "area_text", "indicator", "unit", "period", "cell", "note") == [
        ("Bình Dinh", "AREA", "KM2", "2015", "B4", None),
        ("Bình Dinh", "D", None, "2015", "C4", None),
        ("Bình Dinh", "AREA", "KM2", "2016", "D4", "(*) Provisional survey of land."),
        ("Bình Dinh", "D", None, "2016", "E4", "(*) Provisional survey of land."),
    ]


@pytest.mark.parametrize(
    ("which", "years"), [("first", ["1995", "2014", "2015"]), ("second", ["1996", "2015", "2016"])]
)
def test_school_years(which: str, years: list[str]) -> None:
    rows = parse("graduates.csv", indicator="GRADUATION_RATE", school_year=which)
    assert cells(rows, "period", "status", "decimals") == list(
        zip(years, ["official", "official", "preliminary"], [2, 2, 2], strict=True)
    )


def test_latin_1_and_a_marker_without_blank() -> None:
    raw = raw_of(HERE / "latin.csv")
    assert read_title(raw) == "Poverty rate by province chia theo Cities, provincies và Year"
    rows = parse_pxweb(raw, recipe_of("^poverty rate by province", indicator="POVERTY_RATE"))
    assert cells(rows, "area_text", "period", "status", "value") == [("Quang nam", "2016", "preliminary", 9.5)]


def test_months_stand_in_the_header_and_the_year_in_the_row() -> None:
    rows = parse(
        "monthly.csv", labels=["period", "item"], header="months", area="VN", items={"Consumer price index": "CPI"},
        skip_rows=["gold price index"],
    )  # fmt: skip
    assert cells(rows, "indicator", "area_text", "period", "status", "value", "cell") == [
        ("CPI", "VN", "2015-01", "official", 100.1, "C4"),
        ("CPI", "VN", "2015-03", "official", 100.2, "D4"),
        ("CPI", "VN", "2015-12", "official", 100.3, "E4"),
        ("CPI", "VN", "2016-01", "preliminary", 101.1, "C5"),
        ("CPI", "VN", "2016-03", "preliminary", 101.2, "D5"),
        ("CPI", "VN", "2016-12", "preliminary", 101.3, "E5"),
    ]


def test_items_name_the_indicator_and_keep_the_year_of_their_prices() -> None:
    rows = parse(
        "items.csv", labels=["item", "period"], area="VN", columns={"total": {}, "state": {"breakdown": "OWN_STATE"}},
        items={"at current prices bill dongs": "I", "at constant 2010 prices bill dongs": "I_2010"},
    )  # fmt: skip
    assert cells(rows, "indicator", "breakdown", "period", "value") == [
        ("I", "_T", "2015", 1000.0),
        ("I", "OWN_STATE", "2015", 400.0),
        ("I_2010", "_T", "2016", 900.0),
        ("I_2010", "OWN_STATE", "2016", 300.0),
    ]
    assert [(f.rule, f.cell) for f in rows.findings] == [("ROW-IGNORED", "A6")]


def test_the_title_gives_the_period_and_known_rows_are_skipped() -> None:
    rows = parse("land.csv", unit="HA_TH", columns={"total area": "LAND_TOTAL"}, skip_rows=["NEC."])
    assert cells(rows, "area_text", "period", "value") == [("Long An", "2015", 449.5)]
    assert [(f.rule, f.severity, f.cell) for f in rows.findings] == [("COLUMN-IGNORED", "warning", "C3")]
    assert "Forestry land" in rows.findings[0].message_vi
    assert "Forestry land" in rows.findings[0].message_en


def test_a_row_that_is_no_area_becomes_a_breakdown(tmp_path: Path) -> None:
    raw = write(tmp_path, '"GINI by Iterms and Year"\n\n"Iterms";"2016"\n"Urban";0.391\n"South East";0.397\n')
    rows = parse_pxweb(raw, recipe_of(indicator="GINI", areas={"urban": {"area": "VN", "breakdown": "RES_URBAN"}}))
    assert cells(rows, "area_text", "breakdown", "value") == [("VN", "RES_URBAN", 0.391), ("South East", "_T", 0.397)]


def test_several_years_are_a_range_and_a_row_without_year_is_named(tmp_path: Path) -> None:
    raw = write(tmp_path, '"FDI 1988 - 2016"\n\n"Year";"Projects"\n"Total";9\n"1988-1990";2\n"Prel. 2016";7\n')
    rows = parse_pxweb(raw, recipe_of(labels=["period"], area="VN", columns={"projects": "P"}))
    assert cells(rows, "period", "status") == [("1988-01-01/P3Y", "official"), ("2016", "preliminary")]
    assert [(f.rule, f.cell) for f in rows.findings] == [("ROW-IGNORED", "A4")]


def test_a_star_skips_what_the_recipe_does_not_name(tmp_path: Path) -> None:
    raw = write(
        tmp_path,
        '"T by X"\n\n"Items";"Sector";"Value 2016";"Index 2016"\n"Mill. USD";"TOTAL";5;1\n"Mill. USD";"State";3;1\n'
        '"Structure (%)";"TOTAL";100;1\n',
    )
    layout = {"labels": ["block", "item"], "area": "VN", "columns": {"value": "EXPORTS"}, "skip_columns": ["*"]}
    rows = parse_pxweb(raw, recipe_of(**layout, items={"total": {}}, skip_rows=["structure", "*"]))
    assert cells(rows, "indicator", "value", "cell") == [("EXPORTS", 5.0, "C4")]
    assert rows.findings == ()


def test_a_column_of_one_period_can_have_a_unit_of_its_own(tmp_path: Path) -> None:
    raw = write(
        tmp_path, '"T by X"\n\n"X";"2014 Pupil (Thous. Pupil)";"2015 Pupil (Thous. Pupil)"\n"Long An";50;52000\n'
    )
    columns = {"pupil thous pupil": {"unit": "PERSONS_TH"}, "2015 pupil thous pupil": {"unit": "PERSONS"}}
    rows = parse_pxweb(raw, recipe_of(indicator="P", columns=columns))
    assert cells(rows, "period", "unit", "value") == [("2014", "PERSONS_TH", 50.0), ("2015", "PERSONS", 52000.0)]


def test_what_was_understood_is_told_in_both_languages() -> None:
    rows = parse("population.csv", unit="PERSONS_TH", columns=AVERAGE)
    assert rows.understood_vi[1] == "3 địa bàn, 6 cột, 18 số liệu"
    assert rows.understood_en[1] == "3 areas, 6 columns, 18 figures"
    assert "POP_URBAN (PERSONS_TH): 2014 – 2016, 9" in rows.understood_vi


def test_decimal_comma_is_decided_for_the_whole_table(tmp_path: Path) -> None:
    raw = write(tmp_path, '"T by X"\n\n"X";"2015";"2016"\n"Long An";1.234;12,5\n')
    assert cells(parse_pxweb(raw, recipe_of(indicator="P")), "value", "decimals") == [(1234.0, 0), (12.5, 1)]
    raw = write(tmp_path, '"T by X"\n\n"X";"2014";"2015";"2016"\n"Long An";1.2;12,5;3.1\n')
    assert [(f.rule, f.cell) for f in parse_pxweb(raw, recipe_of(indicator="P")).findings] == [("DECIMAL-SIGN", "C4")]


def test_a_quoted_line_break_does_not_shift_the_addresses(tmp_path: Path) -> None:
    raw = write(tmp_path, '"T by X"\n\n"X";"2016"\n"Long\nAn";1\n"Tay Ninh";2\n')
    rows = parse_pxweb(raw, recipe_of(indicator="P"))
    assert cells(rows, "area_text", "cell") == [("Long An", "B4"), ("Tay Ninh", "B6")]


def test_short_lines_are_named_and_read_as_far_as_they_go(tmp_path: Path) -> None:
    raw = write(tmp_path, '"T by X"\n\n"X";"2015";"2016"\n"Long An";1\n')
    rows = parse_pxweb(raw, recipe_of(indicator="P"))
    assert cells(rows, "period", "value") == [("2015", 1.0)]
    assert [(f.rule, f.severity, f.cell) for f in rows.findings] == [("ROW-WIDTH", "error", "A4")]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"only a title",
        b"urban;1;2\nrural;3;4\n",
        b'"Another table by X"\n\n"X";"2016"\n"Long An";1\n',
        b'"Average population by X"\n\n"X";"Children 2016"\n"Long An";1\n',
        b'"Average population by X"\n\n"X";"Total 2016"\n',
        b'"Average population by X\n\n"X";"Total 2016"\n' + b"x" * 200_000,
        bytes(range(256)) * 40,
    ],
)
def test_a_file_that_does_not_fit_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(LayoutNotRecognised) as caught:
        parse_pxweb(write(tmp_path, content), recipe_of("^average population by", columns=AVERAGE))
    assert "t.csv" in caught.value.message("vi")


def test_a_file_that_is_gone_is_missing(tmp_path: Path) -> None:
    raw = write(tmp_path, "x")
    raw.path.unlink()
    with pytest.raises(FileMissing):
        parse_pxweb(raw, recipe_of())
    assert read_title(raw) is None


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", b'"Title"\n', b'"Title"\n\n"one cell"\n'])
def test_no_title_is_seen_where_there_is_none(tmp_path: Path, content: bytes) -> None:
    assert read_title(write(tmp_path, content)) is None


def test_titles_of_the_recipes_are_recognised_by_their_own_recipe_alone() -> None:
    recipes = [r for r in load_recipes(PACK / "recipes").values() if r.reader == "pxweb"]
    assert len(recipes) > 80
    for recipe in recipes:
        title = fold(f"{recipe.title_en} by Cities, provincies and Year")
        assert [r.id for r in recipes if re.search(r.match["title"], title)] == [recipe.id]


def real_tables() -> list[Path]:
    return sorted(p for p in REAL.glob("**/*.csv") if "provinc" in p.name)


@pytest.mark.real
@pytest.mark.skipif(not REAL.exists(), reason="the statistics office's own tables are not beside the checkout")
def test_the_real_tables_by_province_are_understood() -> None:
    recipes = [r for r in load_recipes(PACK / "recipes").values() if r.reader == "pxweb"]
    unknown, values = [], {}
    for path in real_tables():
        raw = raw_of(path)
        fitting = [r for r in recipes if re.search(r.match["title"], fold(read_title(raw) or ""))]
        if len(fitting) != 1:
            unknown.append(path.name)
            continue
        rows = parse_pxweb(raw, fitting[0])
        assert rows.findings == (), path.name
        values |= {(r["indicator"], r["area_text"], r["period"], r["breakdown"]): r for r in rows.table.to_pylist()}
    assert unknown == ["Number of editorial offices by province.csv"]
    population = values["POP_AVG", "Binh Duong", "2016", "_T"]
    assert (population["value"], population["status"], population["cell"]) == (1995.8, "preliminary", "W57")
