"""What a person sees of a submitted file: its cells as they stand, the tables found in it, the figures read from it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from lienvung.domain.handovers import RawFile
from lienvung.domain.layouts import SheetCells, TablePart, TableShape
from lienvung.errors import LienVungError
from lienvung.parse.shown import read_shown
from lienvung.parse.tables.matching import Found, find_tables, load_sheets
from lienvung.parse.workbook import a1
from lienvung.pipeline.intake import Intake
from lienvung.source.files import fetch_bytes
from lienvung.workflow.actors import Actor

MOST_KEPT_CELLS = 4_000_000
"""Cells of files that are kept in memory while people look at them; a file with more is read anew each time."""
MOST_TABLES = 500
MOST_SHAPED = 200_000
"""Cells of a file in which tables are looked for, to colour headings and labels; a larger one shows figures alone."""

_Seen = tuple[tuple[SheetCells, ...], tuple[TableShape, ...]]


class _Shelf:
    """The files looked at last, up to so many cells together."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[int, _Seen]] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, sha256: str) -> _Seen | None:
        with self._lock:
            if sha256 not in self._kept:
                return None
            self._kept.move_to_end(sha256)
            return self._kept[sha256][1]

    def keep(self, sha256: str, seen: _Seen) -> None:
        size = sum(len(row) for sheet in seen[0] for row in sheet.rows)
        if size > MOST_KEPT_CELLS:
            return
        with self._lock:
            self._kept[sha256] = (size, seen)
            while sum(kept for kept, _ in self._kept.values()) > MOST_KEPT_CELLS:
                self._kept.popitem(last=False)


_SHELF = _Shelf()


@dataclass(frozen=True)
class Looking(Intake):
    """Shows submitted files to those who may see the submission."""

    def file_of(self, submission: str, by: Actor) -> tuple[str, Path]:
        """Name and place of a submission's file, unchanged as it came.

        Raises:
            UnknownSubmission: there is none that this person may see.
        """
        found = self.find_submission(submission, by)
        return found.file_name, self.settings.files / found.file_sha256

    def look_at(self, submission: str, by: Actor) -> tuple[tuple[SheetCells, ...], tuple[TableShape, ...]]:
        """The cells of a submission's file and the tables found on them; a message without cells has neither.

        Raises:
            UnknownSubmission. SourceError: the kept file is spoilt.
        """
        found = self.find_submission(submission, by)
        seen = _SHELF.find(found.file_sha256)
        if seen is None:
            raw = self.raw_of(submission, by)
            sheets = tuple(SheetCells(s.name, s.rows, s.is_visible) for s in read_shown(raw))
            if raw.kind == "csv":
                sheets = tuple(SheetCells("", s.rows) for s in sheets)
            size = sum(len(row) for sheet in sheets for row in sheet.rows)
            seen = (sheets, _shapes(raw) if size <= MOST_SHAPED else ())
            _SHELF.keep(found.file_sha256, seen)
        return seen

    def raw_of(self, submission: str, by: Actor) -> RawFile:
        """A submission's file, ready to be read again.

        Raises:
            UnknownSubmission. SourceError: the kept file is spoilt.
        """
        name, path = self.file_of(submission, by)
        return fetch_bytes(name, path.read_bytes(), self.settings.files)

    def rows_of(self, submission: str, by: Actor) -> pa.Table | None:
        """What stood in each cell that was read, whether it passed the checks or not; None if nothing could be read.

        Returns:
            ``ROWS_SCHEMA`` rows.
        """
        found = self.find_submission(submission, by)
        try:
            return self._parsed(self.raw_of(submission, by), found.recipe)
        except LienVungError:
            return None

    def _parsed(self, raw: RawFile, recipe: str) -> pa.Table:
        from lienvung.parse.dispatch import parse_file

        return parse_file(raw, self.recipes, recipe or None).table


def _shapes(raw: RawFile) -> tuple[TableShape, ...]:
    """The tables of a file; a file that is laid out as no table has none."""
    if raw.kind in ("xml", "json"):
        return ()
    try:
        tables = find_tables(load_sheets(raw))
    except LienVungError:
        return ()
    return tuple(shape_of(number, table) for number, table in enumerate(tables[:MOST_TABLES], 1))


def shape_of(number: int, table: Found) -> TableShape:
    """Where a table that was found stands."""
    region = table.region
    top = region.header[0] if region.header else region.body[0]
    columns = [
        TablePart(c.heading.key, c.heading.printed, c.index, a1(top, c.index), c.heading.period) for c in table.columns
    ]
    lines = [TablePart(n.key, n.printed, n.row, a1(n.row, n.column)) for n in table.lines]
    return TableShape(
        number, table.sheet, table.title, table.title_en, region.unit, table.period, region.title_row,
        region.unit_cell, tuple(region.header), tuple(region.body), tuple(region.labels), tuple(region.values),
        tuple(region.notes), tuple(columns), tuple(lines),
    )  # fmt: skip
