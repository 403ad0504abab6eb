"""One table in every kind of file that agencies send: the same figures from file to rows; what a kind does not show."""

from __future__ import annotations

import csv
import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import Rows
from lienvung.parse.tables.matching import find_tables, load_sheets
from lienvung.parse.tables.proposal import propose_recipe
from lienvung.parse.tables.reading import parse_tables
from lienvung.source import fetch_file
from lienvung.store.packs import load_catalogue
from tests.conftest import PACK
from tests.parse.tables.imitations import write_book
from tests.parse.yearbooks.figures import Key, figure, known_figures

AREAS = {"74": "Bình Dương", "75": "Đồng Nai", "77": "Bà Rịa - Vũng Tàu", "79": "TP. Hồ Chí Minh"}
YEARS = (2013, 2014, 2015)
TABLE: list[list[object]] = [
    ["31. Lực lượng lao động từ 15 tuổi trở lên phân theo địa phương", "", "", ""],
    ["Labour force aged 15 and over by province", "", "", ""],
    ["", "", "", "Nghìn người"],
    ["", *YEARS],
    *(
        [name, *(figure("gso-2018-labour-force", "LABOUR_FORCE", area, y) for y in YEARS)]
        for area, name in AREAS.items()
    ),
]
"""Source: General Statistics Office, "Labour force aged 15 and over by province", 2018."""


def write_xlsx(path: Path) -> None:
    write_book(path, {"Bieu": TABLE})


def write_xls(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Bieu")
    for r, row in enumerate(TABLE):
        for c, value in enumerate(row):
            if value != "":
                sheet.write(r, c, value)
    book.save(str(path))


def write_ods(path: Path) -> None:
    book = OpenDocumentSpreadsheet()
    sheet = Table(name="Bieu")
    for row in TABLE:
        line = TableRow()
        for value in row:
            if isinstance(value, str):
                cell = TableCell(valuetype="string") if value else TableCell()
                if value:
                    cell.addElement(P(text=value))
            else:
                cell = TableCell(valuetype="float", value=str(value))
                cell.addElement(P(text=str(value)))
            line.addElement(cell)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    book.save(str(path))


def _record(kind: int, data: bytes = b"") -> bytes:
    """One BIFF12 record: its kind in one or two bytes, its size in seven bits a byte."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, sizes = len(data), b""
    while True:
        size, low = size >> 7, size & 0x7F
        sizes += bytes([low | (0x80 if size else 0)])
        if not size:
            return head + sizes + data


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def write_xlsb(path: Path) -> None:
    """The fewest parts that make an .xlsb: one sheet of inline texts and numbers."""
    sheet = _record(129) + _record(148, struct.pack("<IIII", 0, len(TABLE) - 1, 0, 3)) + _record(145)
    for r, row in enumerate(TABLE):
        sheet += _record(0, struct.pack("<IIHBBBI", r, 0, 300, 0, 0, 0, 0))
        for c, value in enumerate(row):
            at = struct.pack("<II", c, 0)
            if isinstance(value, str):
                sheet += _record(6, at + _text(value)) if value else b""
            else:
                sheet += _record(5, at + struct.pack("<d", float(str(value))))
    sheet += _record(146) + _record(130)
    book = _record(131) + _record(143) + _record(156, struct.pack("<II", 0, 1) + _text("rId1") + _text("Bieu"))
    book += _record(144) + _record(132)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"

    def relations(target: str, what: str) -> str:
        return (f'<?xml version="1.0"?><Relationships xmlns="{rels}"><Relationship Id="rId1" '
                f'Type="{kind}/{what}" Target="{target}"/></Relationships>')  # fmt: skip

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", f'<?xml version="1.0"?><Types xmlns="{types}">'
                         '<Default Extension="bin" '
                         'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>')  # fmt: skip
        package.writestr("_rels/.rels", relations("xl/workbook.bin", "officeDocument"))
        package.writestr("xl/workbook.bin", book)
        package.writestr("xl/_rels/workbook.bin.rels", relations("worksheets/sheet1.bin", "worksheet"))
        package.writestr("xl/worksheets/sheet1.bin", sheet)


def write_text(path: Path, delimiter: str, sign: str) -> None:
    out = io.StringIO()
    lines = csv.writer(out, delimiter=delimiter)
    lines.writerows([[str(v).replace(".", sign) if isinstance(v, float) else v for v in row] for row in TABLE])
    path.write_text(out.getvalue(), "utf-8")


def write_csv(path: Path) -> None:
    write_text(path, ",", ".")


def write_csv_comma(path: Path) -> None:
    write_text(path, ";", ",")


def write_tsv(path: Path) -> None:
    write_text(path, "\t", ",")


KINDS: Sequence[tuple[str, Callable[[Path], None]]] = (
    ("a.xlsx", write_xlsx), ("a.xls", write_xls), ("a.xlsb", write_xlsb), ("a.ods", write_ods), ("a.csv", write_csv),
    ("b.csv", write_csv_comma), ("a.tsv", write_tsv),
)  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(PACK)


def read(folder: Path, name: str, write: Callable[[Path], None], catalogue: Catalogue) -> Rows:
    write(folder / name)
    raw = fetch_file(folder / name, folder / "files")
    proposal = propose_recipe(raw.name, find_tables(load_sheets(raw)), catalogue, {"issuer": "GSO"})
    assert proposal.open == ()
    return parse_tables(raw, proposal.recipe)


@pytest.mark.parametrize(("name", "write"), KINDS)
def test_every_kind_gives_the_same_figures(
    tmp_path: Path, name: str, write: Callable[[Path], None], catalogue: Catalogue
) -> None:
    rows = read(tmp_path, name, write, catalogue)
    assert [f for f in rows.findings if f.severity != "info"] == []
    codes = {name: code for code, name in AREAS.items()}
    known = known_figures("gso-2018-labour-force")
    found = {(codes[r["area_text"]], r["period"]): r["value"] for r in rows.table.to_pylist()}
    assert found == {(a, str(y)): float(known[Key("LABOUR_FORCE", a, "_T", str(y))]) for a in AREAS for y in YEARS}
    assert rows.table.to_pylist()[0]["cell"] == "B5"


@pytest.mark.parametrize(("name", "write"), KINDS)
def test_a_kind_that_does_not_show_its_formats_says_so(
    tmp_path: Path, name: str, write: Callable[[Path], None], catalogue: Catalogue
) -> None:
    told = [f for f in read(tmp_path, name, write, catalogue).findings if f.rule == "FORMATS-UNSEEN"]
    is_blind = name.endswith((".xls", ".xlsb", ".ods"))
    assert [f.severity for f in told] == (["info"] if is_blind else [])
    for finding in told:
        assert "định dạng phần trăm" in finding.message_vi and "percent and date formats" in finding.message_en
        assert name.rpartition(".")[2] in finding.message_vi
