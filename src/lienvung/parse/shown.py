"""A file's cells as they stand, whatever its layout: for showing it back to the person who handed it in."""

from __future__ import annotations

import csv
import io

from lienvung.domain.handovers import RawFile
from lienvung.errors import FileMissing
from lienvung.parse.encodings import to_utf8
from lienvung.parse.workbook import Sheet, read_workbook

MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
"""What a sheet of a workbook can hold; a longer text is shown up to there."""


def read_shown(raw: RawFile) -> list[Sheet]:
    """The sheets of a workbook; a text as one sheet whose rows are its lines, those inside a quoted cell blank.

    An XML or JSON message has no cells: no sheet.

    Raises:
        SourceError: the file itself cannot be read.
    """
    if raw.kind == "csv":
        return [Sheet(raw.name, _read_lines(raw))]
    return [] if raw.kind in ("xml", "json") else read_workbook(raw)


def _read_lines(raw: RawFile) -> list[list[object]]:
    try:
        content = raw.path.read_bytes()
    except OSError:
        raise FileMissing(file=raw.name) from None
    try:
        text = to_utf8(content)[0].decode()
    except UnicodeDecodeError:
        text = content.decode("utf-8-sig", "replace")
    head = text[:4096]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    rows: list[list[object]] = []
    try:
        for cells in reader:
            rows.append([*cells[:MAX_COLUMNS]])
            rows += [[] for _ in range(reader.line_num - len(rows))]
            if len(rows) >= MAX_ROWS:
                break
    except csv.Error:
        pass
    return rows[:MAX_ROWS]
