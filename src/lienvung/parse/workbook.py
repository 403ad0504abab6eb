"""Any workbook (.xls, .xlsx, .xlsb, .ods) becomes plain sheets of values, or a clear refusal.

What could hurt is looked for before the reader opens the file: the reader builds a dense grid from the
first to the last cell, so one number in XFD1048576 would end the process. What cannot be looked for, in
the binary formats, is read in a child process.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.parsers import expat

from lienvung.domain.handovers import RawFile
from lienvung.errors import DamagedFile, EncryptedFile, FileMissing, FileTooLarge, WrongFileType
from lienvung.parse.encodings import Guess, convert_rows
from lienvung.parse.sheet_cells import (
    PasswordNeededError,
    TooManyCellsError,
    UnreadableError,
    load_cells,
    load_cells_apart,
)
from lienvung.parse.xlsx_details import Details, DetailsUnreadableError, detail_signs, read_details

MAX_FILE_BYTES = 100 * 2**20
MAX_UNPACKED_BYTES = 500 * 2**20
MAX_CELLS_PER_SHEET = 5_000_000
MAX_SHEETS = 500
MAX_PARTS = 5_000

_CHUNK = 2**20
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP_MAGIC = b"PK"
_FREE_SECTOR = 0xFFFFFFFF
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_GLOBALS_BOF = struct.pack("<HHHH", 0x0809, 16, 0x0600, 0x0005)
_FILEPASS = 0x002F
_WORD_DOCUMENT = "WordDocument".encode("utf-16-le")
_XLSX_REFERENCE = re.compile(rb"""\sr\s{0,9}=\s{0,9}["']\s{0,9}([A-Za-z]{0,12})([0-9]{1,40})["'\s]""")
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error, OSError, ValueError)
_KINDS = {b"%PDF": "PDF", b"{\\rt": "RTF", b"\x89PNG": "PNG", b"\xff\xd8\xff\xe0": "JPEG", b"Rar!": "RAR"}


@dataclass(frozen=True)
class Sheet:
    """One sheet as it stands, from A1: ``rows[row][column]`` counted from 0, all rows equally long.

    Values are str, float, int, bool, date, time, datetime or timedelta; an empty cell is ``''``.
    Percent cells arrive as fractions and formulas as their last value: formats stand in ``details``, where
    ``read_detailed`` could see them; ``has_details``: the package has percent formats, formulas or hidden parts. Text
    typed in an older Vietnamese font arrives as Unicode; ``guess`` says on what evidence.
    """

    name: str
    rows: list[list[object]]
    is_visible: bool = True
    guess: Guess | None = None
    details: Details | None = None
    has_details: bool = False

    def cell(self, row0: int, col0: int) -> object:
        """The value of a cell counted from 0; ``''`` outside the sheet."""
        if 0 <= row0 < len(self.rows) and 0 <= col0 < len(self.rows[row0]):
            return self.rows[row0][col0]
        return ""


def a1(row0: int, col0: int) -> str:
    """The address that a spreadsheet shows for a cell counted from 0.

    >>> a1(0, 0), a1(56, 11), a1(3, 701), a1(3, 702)
    ('A1', 'L57', 'ZZ4', 'AAA4')
    """
    letters, rest = "", col0 + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row0 + 1}"


def read_workbook(raw: RawFile) -> list[Sheet]:
    """All sheets of a workbook, in their order.

    Raises:
        FileMissing: the file is gone.
        WrongFileType: the content is not a workbook, whatever the name says.
        EncryptedFile: it asks for a password.
        DamagedFile: it is cut off or broken.
        FileTooLarge: it, or what it unpacks to, is beyond the limits above.
    """
    try:
        size = raw.path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise _too_large(raw, f"{size:,} bytes", f"{MAX_FILE_BYTES:,} bytes")
        content = raw.path.read_bytes()
    except OSError:
        raise FileMissing(file=raw.name) from None
    is_binary, has_details = content.startswith(_OLE_MAGIC), False
    if is_binary:
        _inspect_ole(raw, content)
    elif content.startswith(_ZIP_MAGIC):
        is_binary, has_details = _inspect_zip(raw, content)
    else:
        raise WrongFileType(file=raw.name, found=_looks_like(content))
    return _open(raw, content, is_binary, has_details)


def read_detailed(raw: RawFile) -> list[Sheet]:
    """The same sheets with what stands around their values: formats, hidden parts, merges, formulas, comments.

    Only an .xlsx shows them; elsewhere, and where its parts are not fit to be read, ``details`` is None.
    """
    return add_details(raw, read_workbook(raw))


def add_details(raw: RawFile, sheets: list[Sheet]) -> list[Sheet]:
    """The sheets that were read of a file, with their details where the file shows them."""
    if raw.kind != "xlsx":
        return sheets
    try:
        details = read_details(raw.path.read_bytes())
    except (DetailsUnreadableError, OSError):
        return sheets
    return [replace(s, details=details.get(s.name)) for s in sheets]


def _open(raw: RawFile, content: bytes, is_binary: bool, has_details: bool) -> list[Sheet]:
    load = load_cells_apart if is_binary else load_cells
    try:
        cells = load(content, MAX_SHEETS, MAX_CELLS_PER_SHEET)
    except PasswordNeededError:
        raise EncryptedFile(file=raw.name) from None
    except TooManyCellsError as error:
        raise _too_large(raw, str(error), f"{MAX_SHEETS} sheets × {MAX_CELLS_PER_SHEET:,} cells") from None
    except UnreadableError as error:
        raise DamagedFile(file=raw.name, found=str(error)) from None
    return [
        Sheet(name, converted, is_visible, guess, has_details=has_details)
        for name, is_visible, rows in cells
        for converted, guess in [convert_rows(rows)]
    ]


def _check_extent(raw: RawFile, sheet: str, rows: int, columns: int) -> None:
    if rows * columns > MAX_CELLS_PER_SHEET:
        found = f"{sheet}: {rows:,} × {columns:,} = {rows * columns:,} cells"
        raise _too_large(raw, found, f"{MAX_CELLS_PER_SHEET:,} cells")


def _too_large(raw: RawFile, size: str, limit: str) -> FileTooLarge:
    return FileTooLarge(file=raw.name, size=size, limit=limit)


def _looks_like(content: bytes) -> str:
    if not content:
        return "empty"
    for magic, kind in _KINDS.items():
        if content.startswith(magic):
            return kind
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")):
        return "HTML"
    if start.startswith(b"<"):
        return "XML"
    return "binary data" if b"\x00" in content[:512] else "text"


def _inspect_ole(raw: RawFile, content: bytes) -> None:
    """Refuse an old-style container that is encrypted, cut off, or not a workbook."""
    if _ENCRYPTED_PACKAGE in content or _has_filepass(content):
        raise EncryptedFile(file=raw.name)
    if len(content) < 512:
        raise DamagedFile(file=raw.name, found=f"{len(content)} bytes")
    sector = 1 << min(struct.unpack_from("<H", content, 30)[0], 20)
    there = -(-(len(content) - 512) // sector)
    tables = [t for t in struct.unpack_from("<109I", content, 76) if t != _FREE_SECTOR]
    if any(t >= there for t in tables):
        raise DamagedFile(file=raw.name, found=f"{len(content):,} bytes")
    used = 0
    for at, table in enumerate(tables):
        start = 512 + table * sector
        entries = struct.unpack(f"<{sector // 4}I", content[start : start + sector].ljust(sector, b"\xff"))
        taken = [i for i, entry in enumerate(entries) if entry != _FREE_SECTOR]
        used = max(used, at * (sector // 4) + taken[-1] + 1) if taken else used
    if used > there:
        raise DamagedFile(file=raw.name, found=f"{len(content):,} of {512 + used * sector:,} bytes")
    if _WORD_DOCUMENT in content:
        raise WrongFileType(file=raw.name, found="Word (.doc)")


def _has_filepass(content: bytes) -> bool:
    """Whether the workbook stream says, among its first records, that the rest is enciphered."""
    at = content.find(_GLOBALS_BOF)
    if at < 0:
        return False
    for _ in range(8):
        if at + 4 > len(content):
            return False
        kind, size = struct.unpack_from("<HH", content, at)
        if kind == _FILEPASS:
            return True
        at += 4 + size
    return False


def _inspect_zip(raw: RawFile, content: bytes) -> tuple[bool, bool]:
    """Refuse a package that is encrypted, broken, not a workbook, or unpacks to too much.

    Returns:
        Whether it is an .xlsb, and whether it has percent formats, formulas or hidden parts.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            if len(parts) > MAX_PARTS:
                raise _too_large(raw, f"{len(parts):,} parts", f"{MAX_PARTS:,} parts")
            _check_kind(raw, package)
            declared = sum(p.file_size for p in parts)
            if declared > MAX_UNPACKED_BYTES:
                raise _too_large(raw, f"{declared:,} bytes", f"{MAX_UNPACKED_BYTES:,} bytes")
            budget, has_details = MAX_UNPACKED_BYTES, False
            for part in parts:
                size, has_signs = _inspect_part(raw, package, part, budget)
                budget, has_details = budget - size, has_details or has_signs
            return any(p.filename.endswith("workbook.bin") for p in parts), has_details
    except _ZIP_FAULTS as error:
        raise DamagedFile(file=raw.name, found=str(error)) from None


def _check_kind(raw: RawFile, package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if any(p.flag_bits & 1 for p in package.infolist()):
        raise EncryptedFile(file=raw.name)
    if "content.xml" in names:
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in package.read(manifest):
            raise EncryptedFile(file=raw.name)
        if "mimetype" in names and b"spreadsheet" not in package.read("mimetype"):
            raise WrongFileType(file=raw.name, found=package.read("mimetype").decode("ascii", "replace"))
    elif not any(n.startswith("xl/") or n.endswith(("workbook.xml", "workbook.bin")) for n in names):
        found = "Word (.docx)" if any(n.startswith("word/") for n in names) else "ZIP"
        raise WrongFileType(file=raw.name, found=found)


def _inspect_part(raw: RawFile, package: zipfile.ZipFile, part: zipfile.ZipInfo, budget: int) -> tuple[int, bool]:
    """Unpack one part piece by piece: its true size (the declared one may lie), and whether it has signs of details."""
    is_content = part.filename == "content.xml"
    scan: _Extent = _OdsExtent() if is_content else _BinExtent() if part.filename.endswith(".bin") else _XmlExtent()
    is_sheet = is_content or part.filename.endswith((".xml", ".bin"))
    signs = detail_signs(part.filename)
    size, has_signs, tail = 0, False, b""
    with package.open(part) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > budget:
                raise _too_large(raw, f"> {MAX_UNPACKED_BYTES:,} bytes", f"{MAX_UNPACKED_BYTES:,} bytes")
            has_signs = has_signs or any(sign in tail + piece for sign in signs)
            tail = piece[-32:]
            if is_sheet:
                scan.feed(piece)
                _check_extent(raw, part.filename, scan.rows, scan.columns)
    return size, has_signs


class _Extent:
    """How far a sheet reaches, learnt from its unpacked bytes without building it."""

    rows = 0
    columns = 0

    def feed(self, piece: bytes) -> None:
        raise NotImplementedError


class _XmlExtent(_Extent):
    def __init__(self) -> None:
        self._tail = b""

    def feed(self, piece: bytes) -> None:
        text = self._tail + piece
        self._tail = text[-100:]
        columns, rows = zip(*found, strict=True) if (found := _XLSX_REFERENCE.findall(text)) else ((), ())
        self.rows = max([self.rows, *map(int, set(rows))])
        for letters in set(columns):
            column = 0
            for letter in letters.upper():
                column = column * 26 + letter - 64
            self.columns = max(self.columns, column)


class _BinExtent(_Extent):
    _BEGIN_SHEET, _ROW, _CELLS = b"\x81\x01", 0, range(1, 12)

    def __init__(self) -> None:
        self._rest = b""
        self._is_sheet: bool | None = None

    def feed(self, piece: bytes) -> None:
        if self._is_sheet is None:
            self._is_sheet = piece.startswith(self._BEGIN_SHEET)
        if not self._is_sheet:
            return
        self._rest += piece
        done = 0
        for kind, start, end in _records(self._rest):
            if kind == self._ROW and end - start >= 4:
                self.rows = max(self.rows, struct.unpack_from("<I", self._rest, start)[0] + 1)
            elif kind in self._CELLS and end - start >= 4:
                self.columns = max(self.columns, struct.unpack_from("<I", self._rest, start)[0] + 1)
            done = end
        self._rest = self._rest[done:]


def _records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, start and end of every whole record of a binary sheet."""
    at = 0
    while at + 2 <= len(data):
        kind, at = data[at], at + 1
        if kind & 0x80:
            kind, at = kind & 0x7F | data[at] << 7, at + 1
        size = shift = 0
        more = True
        while more and at < len(data) and shift < 28:
            size |= (data[at] & 0x7F) << shift
            more = bool(data[at] & 0x80)
            at, shift = at + 1, shift + 7
        if more or at + size > len(data):
            return
        yield kind, at, at + size
        at += size


class _OdsExtent(_Extent):
    """Cells of all tables together, repeats multiplied out: ``rows`` of ``columns`` = 1."""

    columns = 1

    def __init__(self) -> None:
        self._times = 1
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start

    def feed(self, piece: bytes) -> None:
        try:
            self._parser.Parse(piece, False)
        except expat.ExpatError as error:
            raise zipfile.BadZipFile(f"content.xml: {error}") from None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        repeats = {k.rpartition(" ")[2]: v for k, v in attributes.items()}
        if name == "table-row":
            self._times = int(repeats.get("number-rows-repeated", "1"))
        elif name == "table-cell" and {"value-type", "formula"} & repeats.keys():
            self.rows += self._times * int(repeats.get("number-columns-repeated", "1"))
