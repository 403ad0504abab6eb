"""One table while its meaning is decided."""

from __future__ import annotations

import re

from lienvung.parse.tables.decisions import ASK, Notes
from lienvung.parse.tables.matching import Found
from lienvung.parse.tables.meaning import Guess, Meanings


class TableWork:
    """One table while its parts are decided."""

    def __init__(self, number: int, table: Found, meanings: Meanings, boundary: str, notes: Notes) -> None:
        self.number, self.table, self.meanings, self.notes = number, table, meanings, notes
        self.boundary = "" if boundary == ASK else boundary
        self.indicator = ASK
        self.subject = meanings.without_area(table.title)
        self.lines = table.lines
        self.units: dict[str, str] = {}
        self.family = ""

    def note(
        self, path: str, chosen: object, confidence: float, vi: str, en: str, choices: tuple[str, ...] = ()
    ) -> None:
        """Take a decision about this table down."""
        self.notes.add(f"{self.number}.{path}", chosen, confidence, vi, en, self.table.place, choices)


def find_own(work: TableWork, words: str, unit: str) -> Guess | None:
    """An indicator that is the table's own for this row alone: "Dân số trung bình" with "Nam"."""
    cut = re.split(r"\s+(?:phân theo|chia theo|by)\b", work.subject, flags=re.IGNORECASE)[0]
    found = work.meanings.indicators(f"{cut} {words}", "", unit)
    plain = work.meanings.indicators(cut, "", unit)
    is_better = found and (not plain or found[0].code != plain[0].code)
    return found[0] if is_better and found[0].score >= 0.97 else None
