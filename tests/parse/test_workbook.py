"""Good workbooks give their cells; bad ones are refused with the right error, in bounded memory."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from lienvung.domain.handovers import RawFile
from lienvung.errors import DamagedFile, EncryptedFile, FileMissing, FileTooLarge, SourceError, WrongFileType
from lienvung.parse import sheet_cells, workbook
from lienvung.parse.workbook import Sheet, a1, read_workbook


def raw_file(folder: Path, name: str, content: bytes) -> RawFile:
    path = folder / name
    path.write_bytes(content)
    return RawFile(name, path, "0" * 64, len(content), "", datetime(2026, 1, 1))


def xlsx_bytes() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Số liệu")
    sheet.write(2, 1, "Đồng Nai")
    sheet.write(2, 2, 12.5)
    sheet.write(3, 1, "74")
    sheet.write(3, 2, 7)
    sheet.write_boolean(3, 3, True)
    sheet.write_datetime(3, 4, datetime(2020, 12, 20), book.add_format({"num_format": "dd/mm/yyyy"}))
    hidden = book.add_worksheet("ẩn")
    hidden.write(0, 0, 1)
    hidden.hide()
    book.add_worksheet("trống")
    book.close()
    return out.getvalue()


def xls_bytes(rows: int = 300) -> bytes:
    out = io.BytesIO()
    book = xlwt.Workbook()
    sheet = book.add_sheet("Luỹ kế")
    for row in range(2, rows):
        for col in range(1, 12):
            sheet.write(row, col, row * 100.5 + col)
    book.save(out)
    return out.getvalue()


def zip_bytes(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def replace_part(content: bytes, name: str, change: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return zip_bytes({n: change if n == name else package.read(n) for n in package.namelist()})


def ods_bytes(table: str, manifest: str = "") -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{office}" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content.encode(),
        "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>".encode(),
    }
    return zip_bytes(parts)


def test_rows_are_addressed_from_a1_although_the_data_begin_lower(tmp_path: Path) -> None:
    sheets = read_workbook(raw_file(tmp_path, "a.xlsx", xlsx_bytes()))
    assert [s.name for s in sheets] == ["Số liệu", "ẩn", "trống"]
    assert [s.is_visible for s in sheets] == [True, False, True]
    first = sheets[0]
    assert first.cell(2, 1) == "Đồng Nai"
    assert first.cell(2, 2) == 12.5
    assert first.cell(3, 1) == "74"
    assert first.cell(3, 3) is True
    assert first.cell(3, 4) in (date(2020, 12, 20), datetime(2020, 12, 20))
    assert first.cell(0, 0) == ""
    assert sheets[2].rows == []


def test_xls_is_read_from_a1_too(tmp_path: Path) -> None:
    (sheet,) = read_workbook(raw_file(tmp_path, "a.xls", xls_bytes()))
    assert sheet.name == "Luỹ kế"
    assert sheet.cell(2, 1) == 201.0 + 1
    assert sheet.cell(299, 11) == 299 * 100.5 + 11


def test_ods_is_read_and_its_empty_repeats_are_harmless(tmp_path: Path) -> None:
    row = '<table:table-row><table:table-cell office:value-type="float" office:value="5.5"><text:p>5,5</text:p>'
    far = '<table:table-row table:number-rows-repeated="1048575">'
    far += '<table:table-cell table:number-columns-repeated="16384"/>'
    table = (
        f'<table:table table:name="A">{row}</table:table-cell></table:table-row>{far}</table:table-row></table:table>'
    )
    (sheet,) = read_workbook(raw_file(tmp_path, "a.ods", ods_bytes(table)))
    assert sheet.cell(0, 0) == 5.5


@pytest.mark.parametrize(("row", "col", "address"), [(0, 0, "A1"), (9, 25, "Z10"), (0, 26, "AA1"), (1, 16383, "XFD2")])
def test_addresses(row: int, col: int, address: str) -> None:
    assert a1(row, col) == address


def test_cells_outside_the_sheet_are_empty() -> None:
    assert Sheet("A", [["x"]]).cell(5, 5) == ""
    assert Sheet("A", [["x"]]).cell(-1, 0) == ""


def test_a_missing_file(tmp_path: Path) -> None:
    raw = raw_file(tmp_path, "a.xlsx", b"")
    raw.path.unlink()
    with pytest.raises(FileMissing):
        read_workbook(raw)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"", "empty"),
        (b"%PDF-1.7 \n", "PDF"),
        (b"tinh;nam\n74;2020\n", "text"),
        (b"\xef\xbb\xbf <html><table><tr><td>1</td></tr></table></html>", "HTML"),
        (b"\x00\x01\x02\x03" * 40, "binary data"),
        (zip_bytes({"a.txt": b"x"}), "ZIP"),
        (zip_bytes({"word/document.xml": b"<w/>"}), "Word (.docx)"),
    ],
)
def test_what_is_no_workbook_is_called_by_its_name(tmp_path: Path, content: bytes, found: str) -> None:
    with pytest.raises(WrongFileType) as caught:
        read_workbook(raw_file(tmp_path, "a.xlsx", content))
    assert caught.value.facts["found"] == found


@pytest.mark.parametrize("part", [0.05, 0.3, 0.5, 0.9, 0.995])
@pytest.mark.parametrize("make", [xlsx_bytes, xls_bytes])
def test_cut_off_files_are_damaged_files(tmp_path: Path, make: object, part: float) -> None:
    content: bytes = make()  # type: ignore[operator]
    with pytest.raises(DamagedFile):
        read_workbook(raw_file(tmp_path, "a.xls", content[: max(int(len(content) * part), 10)]))


def test_a_broken_sheet_inside_a_whole_package(tmp_path: Path) -> None:
    broken = replace_part(xlsx_bytes(), "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r='1'><c r='A1'>")
    with pytest.raises(DamagedFile):
        read_workbook(raw_file(tmp_path, "a.xlsx", broken))


def test_a_changed_byte_fails_the_checksum(tmp_path: Path) -> None:
    content = bytearray(zip_bytes({"xl/workbook.xml": b"<workbook/>" * 50}, zipfile.ZIP_STORED))
    content[60] ^= 0xFF
    with pytest.raises(DamagedFile):
        read_workbook(raw_file(tmp_path, "a.xlsx", bytes(content)))


def test_an_encrypted_xlsx(tmp_path: Path) -> None:
    # a password turns an .xlsx into an OLE container with a stream of this name
    content = workbook._OLE_MAGIC + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 600
    with pytest.raises(EncryptedFile):
        read_workbook(raw_file(tmp_path, "a.xlsx", content))


def test_an_encrypted_xls(tmp_path: Path) -> None:
    # FILEPASS stands right after BOF; here it takes the place of the record there
    content = bytearray(xls_bytes())
    start = content.index(struct.pack("<HHHH", 0x0809, 16, 0x0600, 0x0005))
    at = start + 20
    content[at : at + 2] = struct.pack("<H", 0x002F)
    with pytest.raises(EncryptedFile):
        read_workbook(raw_file(tmp_path, "a.xls", bytes(content)))


def test_an_encrypted_ods_and_zip(tmp_path: Path) -> None:
    with pytest.raises(EncryptedFile):
        read_workbook(raw_file(tmp_path, "a.ods", ods_bytes("", "<encryption-data/>")))
    content = bytearray(xlsx_bytes())
    entry = content.index(b"PK\x01\x02")
    content[entry + 8] |= 1
    with pytest.raises(EncryptedFile):
        read_workbook(raw_file(tmp_path, "a.xlsx", bytes(content)))


def test_two_far_cells_do_not_build_a_grid_of_billions(tmp_path: Path) -> None:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write(0, 0, 1)
    sheet.write(1048575, 16383, 1)
    book.close()
    with pytest.raises(FileTooLarge) as caught:
        read_workbook(raw_file(tmp_path, "a.xlsx", out.getvalue()))
    assert "17,179,869,184" in caught.value.message("vi")


@pytest.mark.parametrize(
    "reference",
    [b'r="A2147483648"', b"r = 'A1048576001'", b'r="ZZZZ99"', b'r="A000000000002147483648"', b'r\n=\n"ABCDEFG1"'],
)
def test_a_reference_that_no_spreadsheet_has(reference: bytes, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes())) as old:
        parts = {n: old.read(n) for n in old.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert sheet.count(b'r="C4"') == 1
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'r="C4"', reference)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    with pytest.raises((FileTooLarge, DamagedFile)):
        read_workbook(raw_file(tmp_path, "a.xlsx", out.getvalue()))


def test_an_ods_that_repeats_one_figure_a_billion_times(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="1000"/>'
    row = f'<table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row>'
    with pytest.raises(FileTooLarge):
        read_workbook(raw_file(tmp_path, "a.ods", ods_bytes(f'<table:table table:name="A">{row}</table:table>')))


def test_a_binary_sheet_that_reaches_too_far(tmp_path: Path) -> None:
    row = b"\x00\x04" + struct.pack("<I", 1_048_575)
    cell = b"\x02\x04" + struct.pack("<I", 16_383)
    content = zip_bytes({"xl/workbook.bin": b"\x00", "xl/worksheets/sheet1.bin": b"\x81\x01\x00" + row + cell})
    with pytest.raises(FileTooLarge):
        read_workbook(raw_file(tmp_path, "a.xlsb", content))


def test_a_zip_bomb_is_measured_while_unpacking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_UNPACKED_BYTES", 100_000)
    bomb = zip_bytes({"xl/workbook.xml": b" " * 5_000_000})
    assert len(bomb) < 10_000
    with pytest.raises(FileTooLarge):
        read_workbook(raw_file(tmp_path, "a.xlsx", bomb))


@pytest.mark.parametrize(("limit", "value"), [("MAX_FILE_BYTES", 100), ("MAX_SHEETS", 2), ("MAX_PARTS", 3)])
def test_the_other_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    monkeypatch.setattr(workbook, limit, value)
    with pytest.raises(FileTooLarge):
        read_workbook(raw_file(tmp_path, "a.xlsx", xlsx_bytes()))


def test_a_count_that_would_end_the_process_is_a_damaged_file(tmp_path: Path) -> None:
    # DIMENSIONS says how far the sheet reaches; the reader reserves that much at once
    content = bytearray(xls_bytes())
    at = content.index(struct.pack("<HH", 0x0200, 14))
    content[at + 4 : at + 16] = struct.pack("<IIHH", 0, 0xFFFFFFFF, 0, 0xFFFF)
    with pytest.raises(DamagedFile):
        read_workbook(raw_file(tmp_path, "a.xls", bytes(content)))


@pytest.mark.parametrize("make", [xlsx_bytes, xls_bytes])
def test_changed_bytes_end_in_values_or_in_our_own_errors(tmp_path: Path, make: object) -> None:
    content: bytes = make()  # type: ignore[operator]
    chance = random.Random(20260101)  # noqa: S311
    for _ in range(40):
        mutant = bytearray(content)
        for _ in range(chance.choice((1, 3, 20))):
            mutant[chance.randrange(len(mutant))] = chance.choice((0, 255, chance.randrange(256)))
        try:
            sheets = read_workbook(raw_file(tmp_path, "a", bytes(mutant)))
        except SourceError:
            continue
        assert all(
            len(sheet.rows) * len(sheet.rows[0]) <= workbook.MAX_CELLS_PER_SHEET for sheet in sheets if sheet.rows
        )


def test_a_child_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_cells, "MAX_SECONDS", 0.0001)
    with pytest.raises(DamagedFile):
        read_workbook(raw_file(tmp_path, "a.xls", xls_bytes()))


def test_the_limits_hold_in_the_child_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_CELLS_PER_SHEET", 100)
    with pytest.raises(FileTooLarge) as caught:
        read_workbook(raw_file(tmp_path, "a.xls", xls_bytes()))
    assert "300 × 12 = 3,600" in caught.value.message("vi")
