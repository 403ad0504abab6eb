"""What is gathered while a monthly release is read: its rows, what is to be told, and where two sheets disagree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lienvung.domain.handovers import WARNING, Finding
from lienvung.domain.names import fold, nfc
from lienvung.domain.observations import MARKS
from lienvung.parse.recipes import Recipe
from lienvung.parse.releases_sheets import is_figure
from lienvung.parse.workbook import Sheet, a1

_KEY = ("indicator", "area_text", "activity", "breakdown", "period")
_CLOSE = 1e-9


@dataclass
class Reading:
    """The state of one workbook. ``seen``: for each fact, the value that the first sheet printed and its address."""

    recipe: Recipe
    published: date | None
    units: Mapping[str, str]
    records: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    understood: list[tuple[str, str]] = field(default_factory=list)
    seen: dict[tuple[str, ...], tuple[float | None, str]] = field(default_factory=dict)

    def note(self, rule: str, severity: str, sheet: Sheet, at: tuple[int, int] | None, vi: str, en: str,
             todo: tuple[str, str] = ("", ""), count: int = 1) -> None:  # fmt: skip
        """Tell something about a sheet or a cell of it."""
        cell = a1(*at) if at else None
        self.findings.append(Finding(f"RELEASE-{rule}", severity, vi, en, sheet.name, cell, *todo, count))

    def add(self, records: Iterable[dict[str, Any]], sheet: Sheet) -> int:
        """Keep the records of a sheet, each fact once; returns how many cells the sheet had.

        What an earlier sheet printed with the same value is not repeated; another value is told and left out.
        """
        count = 0
        for record in records:
            count += 1
            key = tuple(fold(str(record[k])) if k == "area_text" else str(record[k]) for k in _KEY)
            if key not in self.seen:
                self.seen[key] = (record["value"], f"{record['sheet']}!{record['cell']}")
                self.records.append(record)
            elif not _is_same(self.seen[key][0], record["value"]):
                self._name_contradiction(key, record, sheet)
        return count

    def _name_contradiction(self, key: tuple[str, ...], record: dict[str, Any], sheet: Sheet) -> None:
        value, place = self.seen[key]
        what = " ".join(part for part in key if part != "_T")
        vi = f"{what}: ô này ghi {record['value']}, ô {place} ghi {value}; giữ ô trước."
        en = f"{what}: this cell says {record['value']}, {place} says {value}; the earlier one is kept."
        todo = ("Đối chiếu hai biểu.", "Compare the two tables.")
        self.findings.append(Finding("RELEASE-TWO-VALUES", WARNING, vi, en, sheet.name, str(record["cell"]), *todo))


def _is_same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _CLOSE * max(1.0, abs(one), abs(other))


def value_of(cell: object) -> dict[str, Any]:
    """Text, number and mark of a cell."""
    if is_figure(cell) and not isinstance(cell, str):
        number = float(str(cell))
        return {"value_text": str(int(number)) if number.is_integer() else repr(number), "value": number}
    text = nfc(str(cell))
    mark = MARKS.get(text)
    return {"value_text": text, "value": 0.0 if mark == "nil" else None, "mark": mark}
