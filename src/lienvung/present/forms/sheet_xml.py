"""One sheet of an .xlsx as bytes: where its cells stand, and new content spliced into those that change.

Everything else of the sheet stays byte for byte: formats, widths, merges, formulas, conditional formats, drawings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape

from lienvung.present.forms.formulas import move_formula
from lienvung.present.forms.places import Written, address

_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass
class Spot:
    """A cell's bytes: from ``start`` to ``end``; ``formula`` is its text, ``formula_bytes`` where its element stands.

    ``shared``: number of the formula that it shares with others, the first of which has the text.
    """

    start: int
    end: int
    tag: str
    attributes: dict[str, str]
    formula: str = ""
    shared: str = ""
    formula_bytes: tuple[int, int] | None = None


@dataclass
class _Row:
    start: int
    inner_end: int
    end: int
    tag: str
    attributes: dict[str, str]
    columns: list[int] = field(default_factory=list)


class SheetXml:
    """A sheet's part, scanned once.

    Raises:
        ValueError: not well formed, not in UTF-8, or without ``sheetData``.
    """

    def __init__(self, data: bytes) -> None:
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or re.match(rb"<\?xml[^>]*encoding=[\"'](?!utf-8|UTF-8)", data):
            raise ValueError("encoding")
        self.data = data
        self.spots: dict[tuple[int, int], Spot] = {}
        self._rows: dict[int, _Row] = {}
        self._end = -1
        self._prefix, self._data_start = "", -1
        self._at = (-1, -1)
        self._spot: Spot | None = None
        self._row: _Row | None = None
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._stop
        self._parser.CharacterDataHandler = self._text
        self._is_formula = False
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            raise ValueError(str(error)) from None
        if self._end < 0:
            raise ValueError("sheetData")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        at, (prefix, _, name) = self._parser.CurrentByteIndex, _split(tag)
        if name == "sheetData":
            self._prefix, self._data_start = prefix, at
        elif name == "row":
            number = int(attributes.get("r", self._at[0] + 2)) - 1
            self._at = (number, -1)
            self._row = self._rows[number] = _Row(at, -1, -1, tag, dict(attributes))
        elif name == "c" and self._row is not None:
            found = _REFERENCE.fullmatch(attributes.get("r", ""))
            column = _column(found[1]) if found else self._at[1] + 1
            self._at = (self._at[0], column)
            self._spot = self.spots[self._at] = Spot(at, -1, tag, dict(attributes))
            self._row.columns.append(column)
        elif name == "f" and self._spot is not None:
            self._spot.formula_bytes, self._is_formula = (at, -1), True
            self._spot.shared = attributes.get("si", "") if attributes.get("t") == "shared" else ""

    def _text(self, text: str) -> None:
        if self._is_formula and self._spot is not None:
            self._spot.formula += text

    def _stop(self, tag: str) -> None:
        _, _, name = _split(tag)
        if name == "f" and self._spot is not None and self._spot.formula_bytes:
            start = self._spot.formula_bytes[0]
            self._spot.formula_bytes, self._is_formula = (start, self._over(start)[1]), False
        elif name == "c" and self._spot is not None:
            self._spot.end, self._spot = self._over(self._spot.start)[1], None
        elif name == "row" and self._row is not None:
            self._row.inner_end, self._row.end = self._over(self._row.start)
            self._row = None
        elif name == "sheetData":
            self._end = self._over(self._data_start)[0]

    def _over(self, start: int) -> tuple[int, int]:
        """Where the closing tag of the element that ends now begins (-1: it is ``<c/>``), and where all of it is over.

        For ``<c/>`` expat names the byte after it, which may be that of another closing tag.
        """
        first = self.data.index(b">", start)
        if self.data[first - 1 : first] == b"/":
            return -1, first + 1
        at = self._parser.CurrentByteIndex
        return at, self.data.index(b">", at) + 1

    def has_formula(self, row: int, column: int) -> bool:
        """Whether a cell holds a formula."""
        spot = self.spots.get((row, column))
        return spot is not None and spot.formula_bytes is not None

    def formulas(self) -> dict[tuple[int, int], str]:
        """The formulas of the sheet, shared ones told for each of their cells."""
        first = {s.shared: (at, s.formula) for at, s in self.spots.items() if s.shared and s.formula}
        found = {}
        for at, spot in self.spots.items():
            if spot.formula_bytes:
                origin, text = first.get(spot.shared, (at, "")) if not spot.formula else (at, spot.formula)
                found[at] = move_formula(text, at[0] - origin[0], at[1] - origin[1])
        return found

    def write(self, edits: Mapping[tuple[int, int], Written], results: Mapping[tuple[int, int], float]) -> bytes:
        """The part with new content.

        Args:
            edits: content of cells. results: new last values of cells whose formulas stay.
        """
        splices: list[tuple[int, int, bytes]] = []
        fresh: dict[int, dict[int, bytes]] = {}
        for (row, column), value in edits.items():
            spot = self.spots.get((row, column))
            if spot is None:
                if value not in (None, ""):
                    fresh.setdefault(row, {})[column] = self._cell(row, column, {}, value)
                continue
            splices.append((spot.start, spot.end, self._cell(row, column, spot.attributes, value, spot.tag)))
        for (row, column), number in results.items():
            spot = self.spots[row, column]
            splices.append((spot.start, spot.end, self._result(row, column, spot, number)))
        for row, cells in fresh.items():
            splices += self._new_cells(row, cells)
        out, done = [], 0
        for start, end, content in sorted(splices, key=lambda s: (s[0], s[1])):
            out += [self.data[done:start], content]
            done = end
        return b"".join([*out, self.data[done:]])

    def _cell(
        self, row: int, column: int, attributes: Mapping[str, str], value: Written, tag: str = ""
    ) -> bytes:  # fmt: skip
        tag = tag or f"{self._prefix}c"
        kept = {k: v for k, v in attributes.items() if k in ("s", "ph")}
        head = f'<{tag} r="{address(row, column)}"' + "".join(f' {k}="{escape(v)}"' for k, v in kept.items())
        own = tag.removesuffix("c")
        if value in (None, ""):
            return f"{head}/>".encode()
        if isinstance(value, str):
            text = escape(_CONTROL.sub("\ufffd", value))
            return (f'{head} t="inlineStr"><{own}is><{own}t xml:space="preserve">{text}</{own}t></{own}is></{tag}>'
                    .encode())  # fmt: skip
        return f"{head}><{own}v>{value!r}</{own}v></{tag}>".encode()

    def _result(self, row: int, column: int, spot: Spot, number: float) -> bytes:
        kept = {k: v for k, v in spot.attributes.items() if k in ("s", "ph", "cm")}
        head = f'<{spot.tag} r="{address(row, column)}"' + "".join(f' {k}="{escape(v)}"' for k, v in kept.items())
        start, end = spot.formula_bytes or (0, 0)
        own = spot.tag.removesuffix("c")
        return head.encode() + b">" + self.data[start:end] + f"<{own}v>{number!r}</{own}v></{spot.tag}>".encode()

    def _new_cells(self, row: int, cells: Mapping[int, bytes]) -> list[tuple[int, int, bytes]]:
        """Cells that the sheet did not hold yet, each in its order."""
        there = self._rows.get(row)
        in_order = [cells[c] for c in sorted(cells)]
        if there is None:
            after = min((r.start for number, r in self._rows.items() if number > row), default=self._end)
            tag = f"{self._prefix}row"
            return [(after, after, f'<{tag} r="{row + 1}">'.encode() + b"".join(in_order) + f"</{tag}>".encode())]
        if there.inner_end < 0:
            head = "".join(f' {k}="{escape(v)}"' for k, v in there.attributes.items())
            body = f"<{there.tag}{head}>".encode() + b"".join(in_order) + f"</{there.tag}>".encode()
            return [(there.start, there.end, body)]
        found: dict[int, list[bytes]] = {}
        for column in sorted(cells):
            later = [c for c in there.columns if c > column]
            at = self.spots[row, min(later)].start if later else there.inner_end
            found.setdefault(at, []).append(cells[column])
        return [(at, at, b"".join(parts)) for at, parts in found.items()]


def _split(tag: str) -> tuple[str, str, str]:
    """Prefix with its colon, and the bare name: ``x:c`` → ``x:``, ``c``."""
    prefix, colon, name = tag.rpartition(":")
    return prefix + colon, colon, name


def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1
