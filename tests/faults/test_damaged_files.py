"""Every kind of damage gets its own clear answer in both languages, in bounded time, and nothing goes through."""

from __future__ import annotations

import io
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwt

from lienvung import source
from lienvung.domain.handovers import Findings
from lienvung.errors import (
    DamagedFile,
    EncryptedFile,
    FileMissing,
    FileTooLarge,
    LayoutNotRecognised,
    LienVungError,
    UnknownRecipe,
    WrongFileType,
)
from lienvung.parse.dispatch import parse_file
from lienvung.parse.recipes import Recipe
from lienvung.validate.rows import check_rows
from tests.faults import damaged
from tests.faults.damaged import tidy
from tests.parse.test_sdmx_ml import RECIPE as SDMX
from tests.validate.small import CATALOGUE, RECEIVED

RECIPES = {"tidy": Recipe("tidy", "tidy", "Mẫu", "Template", "", ""), "test": SDMX}
SECONDS = 10.0
GOOD = "POP_AVG,74,2016,1995.8,"
HTML = "<html><body><table><tr><td>Bình Dương</td></tr></table></body></html>".encode()


def old_workbook() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for row in range(800):
        sheet.write(row, 0, f"row {row}")
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def submit(name: str, data: bytes, keep: Path, recipe: str | None = None) -> tuple[int, Findings]:
    """Rows that come through, and the findings."""
    raw = source.fetch_bytes(name, data, keep)
    rows = parse_file(raw, RECIPES, recipe)
    table, findings = check_rows(rows, CATALOGUE, raw, RECEIVED)
    return table.num_rows, findings


@pytest.fixture(autouse=True)
def bounded_time() -> Iterator[None]:
    start = time.perf_counter()
    yield
    assert time.perf_counter() - start < SECONDS


REFUSED: dict[str, tuple[str, bytes, type[LienVungError], str]] = {
    "empty": ("a.xlsx", b"", DamagedFile, "rỗng"),
    "pdf renamed": ("a.xlsx", b"%PDF-1.7\n1 0 obj\n", WrongFileType, "PDF"),
    "html renamed": ("a.xls", HTML, WrongFileType, "HTML"),
    "html with mark and blanks": ("a.xls", b"\xef\xbb\xbf\r\n  " + HTML, WrongFileType, "HTML"),
    "word": ("a.xlsx", damaged.package({"word/document.xml": b"<w/>"}), WrongFileType, "Word"),
    "old word": ("a.xls", damaged.compound({"WordDocument": b"x"}), WrongFileType, "Word"),
    "zip of files": ("a.xlsx", damaged.package({"a.csv": b"a,b"}), WrongFileType, "ZIP"),
    "picture": ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), WrongFileType, "PNG"),
    "binary rubbish": ("a.csv", bytes(range(256)) * 20, WrongFileType, "nhị phân"),
    "json": ("a.csv", b'{"a": 1}', WrongFileType, "JSON"),
    "encrypted xlsx": (
        "a.xlsx",
        damaged.compound({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": bytes(6000)}),
        EncryptedFile,
        "mật khẩu",
    ),
    "encrypted xls": (
        "a.xls",
        damaged.compound({"Workbook": damaged.BOF + damaged.FILEPASS}),
        EncryptedFile,
        "mật khẩu",
    ),
    "truncated xlsx": ("a.xlsx", damaged.workbook()[:3000], DamagedFile, "ZIP"),
    "broken part": ("a.xlsx", damaged.broken_part(), DamagedFile, "hỏng"),
    "truncated xls": ("a.xls", old_workbook()[:9000], DamagedFile, "OLE"),
    "header of xls only": ("a.xls", old_workbook()[:600], DamagedFile, "OLE"),
    "lost sectors": ("a.xls", damaged.compound({"Workbook": damaged.BOF}, 3), DamagedFile, "OLE"),
    "zip bomb": ("a.xlsx", damaged.zip_bomb(), FileTooLarge, "MB"),
    "external entity": ("a.xml", damaged.XXE, WrongFileType, "DOCTYPE"),
    "billion laughs": ("a.xml", damaged.EVIL_ENTITIES, WrongFileType, "DOCTYPE"),
    "deep xml": ("a.xml", b"<StructureSpecificData>" + b"<a>" * 100_000, DamagedFile, "XML"),
    "nul bytes": ("a.csv", tidy(GOOD).replace(b"1995", b"19\x0095"), DamagedFile, "NUL"),
    "wrong encoding": (
        "a.csv",
        tidy("POP_AVG,Bình Dương,2016,1,").decode().encode("utf-16-le")[:-1],
        WrongFileType,
        "",
    ),
    "windows encoding": ("a.csv", tidy("POP_AVG,B\u00ecnh,2016,1,").decode().encode("cp1252"), DamagedFile, "UTF-8"),
    "a line without end": ("a.csv", tidy(GOOD + "," * 5_000_000), DamagedFile, "dòng 6"),
    "columns without end": (
        "a.csv",
        (damaged.HEAD + "x," * 400_000 + "value\n1\n").encode(),
        LayoutNotRecognised,
        "cột",
    ),
    "an open quote": ("a.csv", tidy(GOOD, 'POP_AVG,"74,2017,1,', GOOD), DamagedFile, "dòng 7"),
    "some other table": ("a.csv", b"a,b\n1,2\n", LayoutNotRecognised, "công thức"),
    "some other book": ("a.xls", old_workbook(), LayoutNotRecognised, "Data"),
    "some other xml": ("a.xml", b"<svg/>", LayoutNotRecognised, "svg"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_by_name(kind: str, tmp_path: Path) -> None:
    name, data, error, word = REFUSED[kind]
    with pytest.raises(error) as caught:
        submit(name, data, tmp_path)
    assert type(caught.value) is error
    vi, en = caught.value.message("vi"), caught.value.message("en")
    assert name in vi
    assert name in en
    assert word in vi
    assert vi != en
    assert caught.value.suggestion("vi") != caught.value.suggestion("en")


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(FileMissing, match=r"none\.csv"):
        source.fetch_file(tmp_path / "none.csv", tmp_path)
    with pytest.raises(WrongFileType, match="folder"):
        source.fetch_file(tmp_path, tmp_path)


def test_an_unknown_recipe_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownRecipe) as caught:
        submit("a.csv", tidy(GOOD), tmp_path, "tydi")
    assert "tidy" in caught.value.suggestion("vi")


WRONG: dict[str, tuple[bytes, str, str | None]] = {
    "unknown indicator": (tidy("POPAVG,74,2016,1,"), "CODE-INDICATOR", "D6"),
    "unknown area": (tidy("POP_AVG,Sài Gòn,2016,1,"), "CODE-AREA", "D6"),
    "area of the other boundary": (tidy(GOOD).replace(b"2004", b"2025-07-01"), "CODE-AREA", "D6"),
    "text in a number cell": (tidy("POP_AVG,74,2016,khoảng 2 triệu,"), "VALUE-TEXT", "D6"),
    "formula injection": (tidy("POP_AVG,74,2016,=cmd|' /C calc'!A0,"), "VALUE-TEXT", "D6"),
    "wrong kind of unit": (tidy(GOOD + "USD_MN"), "UNIT-KIND", "D6"),
    "unknown unit": (tidy(GOOD + "NGHIN"), "CODE-UNIT", "D6"),
    "two values": (tidy(GOOD, "POP_AVG,74,2016,2,"), "DUP-KEY", "D6"),
    "two decimal signs": (tidy('POP_AVG,74,2016,"1,5",', "POP_AVG,74,2017,2.5,"), "DECIMAL-SIGN", "D6"),
    "a period as people write it": (tidy("POP_AVG,74,06/2016,1,"), "PERIOD-FORM", "D6"),
    "a cell too many": (tidy(GOOD + ",9"), "ROW-WIDTH", "A6"),
    "no rows": (tidy(), "ROWS-NONE", None),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_cell_is_named_and_does_not_go_through(kind: str, tmp_path: Path) -> None:
    data, rule, cell = WRONG[kind]
    rows, findings = submit("a.csv", data, tmp_path)
    assert findings.has_errors
    found = next(f for f in findings if f.rule == rule)
    assert found.severity == "error"
    assert found.cell == cell
    assert found.message("vi") != found.message("en")
    assert found.suggestion("vi") != found.suggestion("en")
    assert rows <= 1


def test_rows_twice_are_kept_once_with_a_warning(tmp_path: Path) -> None:
    rows, findings = submit("a.csv", tidy(GOOD, GOOD), tmp_path)
    assert rows == 1
    assert [(f.rule, f.severity, f.cell) for f in findings] == [("DUP-SAME", "warning", "D7")]


def test_the_good_file_that_all_others_are_damaged_from(tmp_path: Path) -> None:
    assert submit("a.csv", tidy(GOOD), tmp_path) == (1, Findings())


def test_a_bomb_is_refused_without_being_unpacked(tmp_path: Path) -> None:
    data = damaged.zip_bomb()
    tracemalloc.start()
    try:
        with pytest.raises(FileTooLarge):
            submit("a.xlsx", data, tmp_path)
        assert tracemalloc.get_traced_memory()[1] < 50_000_000
    finally:
        tracemalloc.stop()
