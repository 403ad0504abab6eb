"""Which tables of a file does a recipe know, and what has moved since it was written?"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from typing import Any

from lienvung.domain.handovers import RawFile
from lienvung.domain.names import fold
from lienvung.parse.tables.cells import LONGEST_WORDS, UNCALCULATED, has_tones, split_languages
from lienvung.parse.tables.headers import Heading, bare, read_heading, take_period, timeless
from lienvung.parse.tables.labels import Line, read_lines, read_long
from lienvung.parse.tables.regions import Region, find_regions
from lienvung.parse.tidy_lines import read_bytes
from lienvung.parse.workbook import Sheet, a1, read_detailed

PLAIN = "_"
"""The key of a column whose heading says no more than its period."""
ALIKE = 0.72
"""From here on two titles count as one that was reworded."""
KNOWN_SHARE = 0.5
"""A file is a recipe's if at least this share of the recipe's tables is found under its title."""


@dataclass(frozen=True)
class Column:
    """A value column: counted from 0, with its heading taken apart."""

    index: int
    heading: Heading


@dataclass
class Found:
    """A table of a file, read as far as words go.

    ``key``: its title without periods; ``title`` as printed; ``period`` of the table as a whole or empty.
    """

    region: Region
    key: str
    title: str
    title_en: str
    period: str
    columns: list[Column] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    @property
    def sheet(self) -> str:
        """Name of the sheet; empty for a CSV."""
        return self.region.sheet.name

    @property
    def place(self) -> str:
        """Where the table begins, for people."""
        cell = a1(self.region.title_row, self.region.left)
        return f"{self.sheet}!{cell}" if self.sheet else cell

    @property
    def column_keys(self) -> list[str]:
        """The different words of the columns, in order."""
        return list(dict.fromkeys(c.heading.key for c in self.columns))

    def lines_as(self, labels: Sequence[str]) -> list[Line]:
        """The rows of figures, where several columns name a row by what each of them names."""
        columns = self.label_columns
        if len(labels) < 2 or len(labels) > len(columns):
            return self.lines
        return read_long(self.region, dict(zip(columns, labels, strict=False)))

    @property
    def label_columns(self) -> list[int]:
        """The columns left of the figures that name a row, without running numbers and units."""
        region = self.region
        first = min(region.values)
        return [c for c in region.labels if c < first and c != region.numbering]


def load_sheets(raw: RawFile) -> list[Sheet]:
    """The sheets of a workbook with what stands around their values, or the one sheet that a CSV is."""
    if raw.kind != "csv":
        return [_mark_uncalculated(sheet) for sheet in read_detailed(raw)]
    text = read_bytes(raw).decode("utf-8")
    head = text[:8192]
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=max(";\t,", key=head.count)))
    width = max(map(len, rows), default=0)
    padded: list[list[object]] = [[*r, *[""] * (width - len(r))] for r in rows]
    return [Sheet("", padded)]


def _mark_uncalculated(sheet: Sheet) -> Sheet:
    """The sheet with formulas that have no result told apart from blanks."""
    empty = [p for p, f in sheet.details.formulas.items() if not f.has_value] if sheet.details else []
    empty = [(r, c) for r, c in empty if sheet.cell(r, c) == "" and r < len(sheet.rows) and c < len(sheet.rows[r])]
    if not empty:
        return sheet
    rows = [list(row) for row in sheet.rows]
    for row, column in empty:
        rows[row][column] = UNCALCULATED
    return replace(sheet, rows=rows)


def find_tables(sheets: Iterable[Sheet]) -> list[Found]:
    """Every table of the visible sheets."""
    return [_found(region) for sheet in sheets if sheet.is_visible for region in find_regions(sheet)]


def _found(region: Region) -> Found:
    told = [split_languages(line) for line in region.title]
    has_vietnamese = any(has_tones(line) for line in region.title)
    # a line without tones below a Vietnamese title repeats it in English
    is_upright = 0 not in region.italic
    told = [("", vi) if not en and n and not has_tones(vi) and (has_vietnamese or (is_upright and n in region.italic))
            else (vi, en) for n, (vi, en) in enumerate(told)]  # fmt: skip
    title = " ".join(vi for vi, _ in told if vi)
    english = " ".join(en for _, en in told if en)
    period = take_period(bare(title))[0] or take_period(bare(english))[0]
    found = Found(region, timeless(title) or fold(region.sheet.name), title, english, period)
    year = period[:4]
    headings = [(c, read_heading(region.heading(c), year)) for c in region.values]
    found.columns = [Column(c, replace(h, key=h.key or PLAIN)) for c, h in headings]
    found.lines = read_lines(region)
    return found


@dataclass(frozen=True)
class Match:
    """A table and its entry in the recipe; ``was``: the title in the recipe where it reads otherwise now."""

    table: Found
    entry: Mapping[str, Any]
    was: str = ""


def alike(one: str, two: str) -> float:
    """How alike two folded texts are, 0 to 1."""
    return SequenceMatcher(None, one[:LONGEST_WORDS], two[:LONGEST_WORDS], autojunk=False).ratio()


def match_tables(tables: Sequence[Found], entries: Sequence[Mapping[str, Any]]) -> list[Match]:
    """Pair tables with the recipe's entries: by title (and sheet where two share it), then by likeness."""
    matches: list[Match] = []
    left = list(tables)
    missing = []
    for entry in entries:
        same = [t for t in left if t.key == entry.get("title")]
        by_sheet = [t for t in same if fold(t.sheet) == entry.get("sheet")]
        found = next(iter(by_sheet or same), None)
        if found:
            left.remove(found)
            matches.append(Match(found, entry))
        else:
            missing.append(entry)
    for entry in missing:
        scored = [(_likeness(t, entry), n) for n, t in enumerate(left)]
        best = max(scored, default=(0.0, -1))
        if best[0] >= ALIKE:
            matches.append(Match(left.pop(best[1]), entry, str(entry.get("title"))))
    return matches


def _likeness(table: Found, entry: Mapping[str, Any]) -> float:
    title = alike(table.key, str(entry.get("title", "")))
    old, new = set(entry.get("columns", {})), set(table.column_keys)
    columns = len(old & new) / len(old | new) if old | new else 0.0
    return 0.7 * title + 0.3 * columns


def score(tables: Sequence[Found], entries: Sequence[Mapping[str, Any]]) -> float:
    """The share of a recipe's tables that stand in the file, a reworded title counting half."""
    matches = match_tables(tables, entries)
    return sum(0.5 if m.was else 1.0 for m in matches) / len(entries) if entries else 0.0
