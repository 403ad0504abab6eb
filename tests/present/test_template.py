"""The template can be filled and read back by our own reader."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from lienvung import source
from lienvung.domain.areas import AreaKey
from lienvung.parse.recipes import Recipe
from lienvung.parse.tidy import parse_tidy
from lienvung.present.template import write_template
from lienvung.validate.rows import check_rows
from tests.validate.small import CATALOGUE, RECEIVED

AREAS = (AreaKey("74", "2004"), AreaKey("79", "2004"))
RECIPE = Recipe("tidy", "tidy", "Mẫu", "Template", "", "")


def fill_csv(path: Path) -> None:
    text = (
        path.read_text("utf-8-sig").replace("# issuer:", "# issuer: GSO").replace("# published:", "# published: 2023")
    )
    lines = [line.replace("2022,,", "2022,2763.1,") if "74@2004" in line else line for line in text.splitlines()]
    path.write_text("\n".join(lines), "utf-8-sig")


def fill_xlsx(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    for row in book["Thông tin"].iter_rows():
        if row[0].value in ("Cơ quan công bố", "Ngày công bố"):
            row[1].value = "GSO" if row[0].value == "Cơ quan công bố" else 2023
    book["Số liệu"]["F2"] = 2763.1
    book.save(path)


@pytest.mark.parametrize(("name", "fill"), [("mau.csv", fill_csv), ("mau.xlsx", fill_xlsx)])
def test_a_filled_template_is_read_back(tmp_path: Path, name: str, fill: object) -> None:
    path = tmp_path / name
    write_template(CATALOGUE, ("POP_AVG",), AREAS, ("2022",), path)
    assert callable(fill)
    fill(path)
    raw = source.fetch_file(path, tmp_path / "keep")
    rows = parse_tidy(raw, RECIPE)
    table, findings = check_rows(rows, CATALOGUE, raw, RECEIVED)
    assert [f.message("en") for f in findings] == []
    got = [(r["area_key"], r["value"], r["mark"], r["issuer"], str(r["published_from"])) for r in table.to_pylist()]
    assert got == [
        ("74@2004", 2763.1, None, "GSO", "2023-12-31"),
        ("79@2004", None, "not_applicable", "GSO", "2023-12-31"),
    ]


def test_the_workbook_offers_the_code_lists(tmp_path: Path) -> None:
    write_template(CATALOGUE, ("POP_AVG", "GRDP_CUR"), AREAS, (), tmp_path / "mau.xlsx")
    book = openpyxl.load_workbook(tmp_path / "mau.xlsx")
    assert book.sheetnames == ["Thông tin", "Số liệu", "Danh mục"]
    assert [c.value for c in book["Số liệu"]["A"]] == ["Chỉ tiêu", "POP_AVG", "POP_AVG", "GRDP_CUR", "GRDP_CUR"]
    lists = {v.formula1 for v in book["Số liệu"].data_validations.dataValidation if v.type == "list"}
    assert len(lists) == 5
    assert all(formula.startswith("'Danh mục'!$") for formula in lists)
    codes = {c.value for c in book["Danh mục"]["A"]}
    assert {"POP_AVG", "GRDP_CUR", "UNEMP_RATE"} <= codes
