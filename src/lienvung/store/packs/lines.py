"""The lines of one list of a pack, each with the place that an error message names."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lienvung.errors import Both, PackInvalid

MISSING_FILE = Both("thiếu tệp này", "this file is missing")
EMPTY = Both("ô trống", "empty cell")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list: its file and number, and its cells by column."""

    file: str
    number: int
    cells: dict[str, str]

    def place(self, column: str = "") -> str:
        """Where this is, as messages write it: ``areas/areas.csv:12 valid_from``."""
        return f"{self.file}:{self.number} {column}".strip()

    def text(self, column: str) -> str:
        """The cell, without outer blanks; empty if there is none."""
        return self.cells.get(column, "")

    def needed(self, column: str) -> str:
        """The cell, which must not be empty.

        Raises:
            PackInvalid: it is.
        """
        found = self.text(column)
        if not found:
            raise PackInvalid(place=self.place(column), found=EMPTY)
        return found

    def day(self, column: str, empty: date) -> date:
        """The day in the cell, or ``empty`` for a blank.

        Raises:
            PackInvalid: not a day.
        """
        found = self.text(column)
        try:
            return date.fromisoformat(found) if found else empty
        except ValueError:
            raise PackInvalid(place=self.place(column), found=found) from None

    def vintage(self, column: str) -> str:
        """The start of a validity as the code list writes it: a year or a day.

        Raises:
            PackInvalid: neither.
        """
        found = self.needed(column)
        try:
            date(int(found), 1, 1) if len(found) == 4 else date.fromisoformat(found)
        except ValueError:
            raise PackInvalid(place=self.place(column), found=found) from None
        return found

    def number_in(self, column: str, empty: float | None = None) -> float:
        """The number in the cell, or ``empty`` for a blank where that is allowed.

        Raises:
            PackInvalid: not a number.
        """
        found = self.text(column) if empty is not None else self.needed(column)
        if not found and empty is not None:
            return empty
        try:
            return float(found)
        except ValueError:
            raise PackInvalid(place=self.place(column), found=found) from None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One CSV of a pack: its columns, its lines, and the lines whose number of cells is wrong."""

    file: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    ragged: tuple[tuple[int, int], ...] = ()

    def missing(self, wanted: Sequence[str]) -> list[str]:
        """The columns that ought to be there and are not."""
        return [c for c in wanted if c not in self.columns]


def read_sheet(folder: Path, file: str) -> Sheet:
    """Read ``file`` of the pack in ``folder``.

    Raises:
        PackInvalid: no such file, or not UTF-8.
    """
    try:
        text = (folder / file).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise PackInvalid(place=file, found=MISSING_FILE) from None
    except UnicodeDecodeError as error:
        raise PackInvalid(place=f"{file} (byte {error.start})", found=Both("không phải UTF-8", "not UTF-8")) from None
    reader = csv.reader(io.StringIO(text))
    columns = tuple(c.strip() for c in next(reader, []))
    lines: list[Line] = []
    ragged: list[tuple[int, int]] = []
    for cells in reader:
        if len(cells) == len(columns):
            lines.append(Line(file, reader.line_num, dict(zip(columns, map(str.strip, cells), strict=True))))
        elif cells:
            ragged.append((reader.line_num, len(cells)))
    return Sheet(file, columns, tuple(lines), tuple(ragged))


def read_lines(folder: Path, file: str, wanted: Sequence[str]) -> tuple[Line, ...]:
    """The lines of a list that has all its columns and no line of another length.

    Raises:
        PackInvalid: it has not.
    """
    sheet = read_sheet(folder, file)
    if missing := sheet.missing(wanted):
        names = ", ".join(missing)
        raise PackInvalid(place=f"{file}:1", found=Both(f"thiếu cột {names}", f"missing column {names}"))
    for number, count in sheet.ragged:
        wanted_count = len(sheet.columns)
        found = Both(f"có {count} ô, cần {wanted_count}", f"{count} cells where {wanted_count} are needed")
        raise PackInvalid(place=f"{file}:{number}", found=found)
    return sheet.lines
