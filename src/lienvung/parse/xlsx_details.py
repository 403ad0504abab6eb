"""What a reader of values does not see in an .xlsx: formats, indents, bold, hidden parts, merges, formulas, comments.

The parts of the package are read once as a stream, with bounds on time and on what is kept; a document type or an
entity in a part ends the reading. Nothing here changes a value: whoever reads the sheet decides what it means.
"""

from __future__ import annotations

import io
import posixpath
import re
import time
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

MAX_SECONDS = 20.0
MAX_KEPT = 1_000_000
"""Cells with a format, formula or comment that are kept of one workbook; the rest is said to be unseen."""
_CHUNK = 1 << 16
_BUILT_IN = {9: "0%", 10: "0.00%", 14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "dd/mm/yyyy hh:mm",
             1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 49: "@"}  # fmt: skip
_BUILT_IN_DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_QUIET = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")
_OUTSIDE = re.compile(r"(?<![\w\]])\[\d+\][^\[\]]*!|\[[^\[\]]+\.(?:xl\w+|ods|csv)\]", re.IGNORECASE)


@dataclass(frozen=True)
class CellFormat:
    """How a cell is shown. ``kind``: general, number, percent, date or text; ``code`` is the number format."""

    kind: str = "general"
    code: str = "General"
    indent: int = 0
    is_bold: bool = False
    is_italic: bool = False


PLAIN = CellFormat()


@dataclass(frozen=True)
class Formula:
    """A formula: its text (empty where it shares another's), whether a value is kept, whether it points outside."""

    text: str
    has_value: bool
    is_outside: bool


@dataclass
class Details:
    """What stands around the values of one sheet; rows and columns are counted from 0.

    ``merged``: first row, first column, last row, last column. ``is_whole``: False where a bound was met.
    """

    formats: dict[tuple[int, int], CellFormat] = field(default_factory=dict)
    formulas: dict[tuple[int, int], Formula] = field(default_factory=dict)
    comments: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    is_whole: bool = True
    asks_recalculation: bool = False
    _anchors: dict[tuple[int, int], tuple[int, int]] | None = None

    def format(self, row: int, column: int) -> CellFormat:
        """How a cell is shown."""
        return self.formats.get((row, column), PLAIN)

    def anchor(self, row: int, column: int) -> tuple[int, int]:
        """The cell that holds the text of a merged range; the cell itself where it is not merged."""
        if self._anchors is None:
            self._anchors = {
                (r, c): (top, left)
                for top, left, bottom, right in self.merged
                for r in range(top, min(bottom, top + 2_000) + 1)
                for c in range(left, min(right, left + 200) + 1)
            }
        return self._anchors.get((row, column), (row, column))


class DetailsUnreadableError(Exception):
    """The package has no such parts, or they are not fit to be read; the text says why."""


def read_details(content: bytes) -> Mapping[str, Details]:
    """Details of every sheet of an .xlsx, by the sheet's name.

    Raises:
        DetailsUnreadableError: the parts cannot be read, or hold a document type or entities.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return _Package(package).read()
    except _Bounded:
        raise DetailsUnreadableError(f"> {MAX_SECONDS} s") from None
    except (zipfile.BadZipFile, zlib.error, expat.ExpatError, KeyError, ValueError, EOFError, OSError) as error:
        raise DetailsUnreadableError(str(error)) from None


_SIGNS = (b"<f>", b"<f ", b' hidden="1"', b' hidden="true"')
_PERCENT_SIGNS = (b"%", b'numFmtId="9"', b'numFmtId="10"')


def detail_signs(part: str) -> tuple[bytes, ...]:
    """What to look for in the bytes of a part to know that there is something to see: percents, formulas, hidden."""
    if part.endswith("/styles.xml"):
        return _PERCENT_SIGNS
    return _SIGNS if "/worksheets/" in part else ()


class _Package:
    """The parts of one workbook, and what may still be spent on them."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package, self._names = package, set(package.namelist())
        self.deadline, self.left = time.monotonic() + MAX_SECONDS, MAX_KEPT

    def read(self) -> dict[str, Details]:
        book = next((n for n in ("xl/workbook.xml", "workbook.xml") if n in self._names), "xl/workbook.xml")
        targets = self._relations(book)
        sheets: list[tuple[str, str]] = []
        asks: list[bool] = []

        def take(name: str, attributes: dict[str, str]) -> None:
            if name == "sheet":
                key = next((v for k, v in attributes.items() if k.endswith(":id")), "")
                sheets.append((attributes.get("name", ""), targets.get(key, ("", ""))[1]))
            elif name == "calcPr":
                asks.append(_is_on(attributes.get("fullCalcOnLoad")))

        self.stream(book, take)
        styles = next((path for kind, path in targets.values() if kind == "styles"), "xl/styles.xml")
        formats = read_formats(self, styles) if styles in self._names else []
        found = {}
        for name, path in sheets:
            details = _Sheet(self, formats).read(path) if path in self._names else Details()
            details.asks_recalculation = any(asks)
            for kind, place in self._relations(path).values():
                if kind == "comments" and place in self._names:
                    _read_comments(self, place, details)
            found[name] = details
        return found

    def stream(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Walk through a part; names come without their prefix."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse
        parser.EntityDeclHandler = _refuse
        parser.StartElementHandler = lambda n, a: start(n.rpartition(":")[2], a)
        if end:
            parser.EndElementHandler = lambda n: end(n.rpartition(":")[2])
        if text:
            parser.CharacterDataHandler = text
        with self._package.open(part) as stream:
            while piece := stream.read(_CHUNK):
                parser.Parse(piece, False)
                if time.monotonic() > self.deadline or self.left <= 0:
                    raise _Bounded
        parser.Parse(b"", True)

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Id → kind and path of what a part points to."""
        folder, name = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, tuple[str, str]] = {}

        def take(name: str, attributes: dict[str, str]) -> None:
            target = attributes.get("Target", "")
            if name == "Relationship" and attributes.get("TargetMode") != "External":
                place = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                kind = attributes.get("Type", "").rpartition("/")[2]
                found[attributes.get("Id", "")] = (kind, posixpath.normpath(place))

        if path in self._names:
            self.stream(path, take)
        return found


class _Bounded(Exception):
    """Time or memory for details is spent."""


def _refuse(*_: object) -> None:
    raise ValueError("document type or entity")


def _is_on(value: str | None) -> bool:
    return value in ("1", "true", "on")


def read_formats(package: _Package, part: str) -> list[CellFormat]:
    """The formats that cells point to by number."""
    codes = dict(_BUILT_IN)
    fonts: list[list[bool]] = []
    found: list[CellFormat] = []
    inside = {"fonts": False, "cellXfs": False}
    last: list[tuple[str, bool, bool]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name in inside:
            inside[name] = True
        elif name == "numFmt":
            codes[int(attributes["numFmtId"])] = attributes.get("formatCode", "")[:200]
        elif name == "font" and inside["fonts"]:
            fonts.append([False, False])
        elif name in ("b", "i") and inside["fonts"] and fonts:
            fonts[-1][name == "i"] = attributes.get("val", "1") not in ("0", "false")
        elif name == "xf" and inside["cellXfs"]:
            number, font = int(attributes.get("numFmtId", "0")), int(attributes.get("fontId", "0"))
            bold, italic = fonts[font] if font < len(fonts) else (False, False)
            code = codes.get(number, "General")
            last[:] = [(code, bold, italic)]
            found.append(CellFormat(kind_of(code, number), code, 0, bold, italic))
        elif name == "alignment" and inside["cellXfs"] and found and last:
            one = found[-1]
            indent = min(int(attributes.get("indent", "0") or 0), 250)
            found[-1] = CellFormat(one.kind, one.code, indent, one.is_bold, one.is_italic)

    def end(name: str) -> None:
        if name in inside:
            inside[name] = False

    package.stream(part, start, end)
    return found


def kind_of(code: str, number: int = 0) -> str:
    """What a number format shows.

    >>> kind_of("0.0%"), kind_of("dd/mm/yyyy"), kind_of('#,##0 "đồng"'), kind_of("General"), kind_of("mmm-yy")
    ('percent', 'date', 'number', 'general', 'date')
    """
    if number in _BUILT_IN_DATES:
        return "date"
    plain = _QUIET.sub("", code.split(";")[0])
    if "%" in plain:
        return "percent"
    if plain.strip() == "@":
        return "text"
    if plain.strip().lower() in ("general", ""):
        return "general"
    return "date" if re.search(r"[dmyh]", plain, re.IGNORECASE) else "number"


class _Sheet:
    """One sheet while it is streamed."""

    def __init__(self, package: _Package, formats: list[CellFormat]) -> None:
        self._package, self._formats, self.details = package, formats, Details()
        self._row, self._column = -1, -1
        self._texts: list[str] | None = None
        self._formula: str | None = None
        self._has_value = False

    def read(self, part: str) -> Details:
        try:
            self._package.stream(part, self._start, self._end, self._text)
        except _Bounded:
            self.details.is_whole = False
        return self.details

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name in ("f", "v", "t"):
            self._texts = []
        elif name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            if _is_on(attributes.get("hidden")) or attributes.get("ht") == "0":
                self.details.hidden_rows.add(self._row)
        elif name == "col" and (_is_on(attributes.get("hidden")) or attributes.get("width") == "0"):
            first, last = int(attributes["min"]) - 1, int(attributes["max"]) - 1
            self.details.hidden_columns |= set(range(first, min(last, 16_383) + 1))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        at = _CELL.fullmatch(attributes.get("r", ""))
        self._column = _column(at[1]) if at else self._column + 1
        self._formula, self._has_value = None, False
        style = int(attributes.get("s", "0"))
        shown = self._formats[style] if style < len(self._formats) else PLAIN
        if shown != PLAIN:
            self.details.formats[self._row, self._column] = shown
            self._package.left -= 1

    def _text(self, text: str) -> None:
        if self._texts is not None:
            self._texts.append(text)

    def _end(self, name: str) -> None:
        if name == "f":
            self._formula = "".join(self._texts or [])[:8_192]
        elif name in ("v", "t"):
            self._has_value = self._has_value or bool("".join(self._texts or []).strip())
        elif name == "c" and self._formula is not None:
            is_outside = bool(_OUTSIDE.search(self._formula))
            self.details.formulas[self._row, self._column] = Formula(self._formula, self._has_value, is_outside)
            self._package.left -= 1
        if name in ("f", "v", "t"):
            self._texts = None

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        one, two = _CELL.fullmatch(first), _CELL.fullmatch(last or first)
        if one and two and len(self.details.merged) < MAX_KEPT // 100:
            self.details.merged.append((int(one[2]) - 1, _column(one[1]), int(two[2]) - 1, _column(two[1])))


def _column(letters: str) -> int:
    found = 0
    for letter in letters.upper():
        found = found * 26 + ord(letter) - 64
    return found - 1


def _read_comments(package: _Package, part: str, details: Details) -> None:
    at: list[tuple[int, int]] = []
    texts: list[str] = []
    is_text = [False]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "comment":
            found = _CELL.fullmatch(attributes.get("ref", ""))
            at[:] = [(int(found[2]) - 1, _column(found[1]))] if found else []
            texts.clear()
        is_text[0] = name == "t"

    def end(name: str) -> None:
        is_text[0] = False
        if name == "comment" and at:
            details.comments[at[0]] = " ".join("".join(texts).split())[:1_000]
            package.left -= 1

    def take(text: str) -> None:
        if is_text[0]:
            texts.append(text)

    try:
        package.stream(part, start, end, take)
    except _Bounded:
        details.is_whole = False
