"""How a file is laid out: its sheets' cells, and where the tables stand on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

TITLE, UNIT, HEADER, LABEL, FIGURE, NOTE, UNREAD = "title", "unit", "header", "label", "figure", "note", "unread"
ROLES = (TITLE, UNIT, HEADER, LABEL, FIGURE, NOTE, UNREAD)
"""What a cell is to the reading; ``unread``: it stands outside every table that was understood."""


@dataclass(frozen=True, slots=True)
class SheetCells:
    """A sheet as it stands from A1; ``name`` is empty for a text, which is one sheet."""

    name: str
    rows: Sequence[Sequence[object]]
    is_visible: bool = True

    @property
    def width(self) -> int:
        """Columns of the longest row."""
        return max((len(row) for row in self.rows), default=0)


@dataclass(frozen=True, slots=True)
class TablePart:
    """A row or column of a table by the words that a recipe knows it by: ``at`` is its row or column, from 0."""

    key: str
    printed: str
    at: int
    cell: str
    period: str = ""


@dataclass(frozen=True)
class TableShape:
    """Where one table stands. Rows and columns are counted from 0."""

    number: int
    sheet: str
    title: str
    title_en: str = ""
    unit: str = ""
    period: str = ""
    title_row: int = 0
    unit_cell: tuple[int, int] | None = None
    header: tuple[int, ...] = ()
    body: tuple[int, ...] = ()
    labels: tuple[int, ...] = ()
    values: tuple[int, ...] = ()
    notes: tuple[int, ...] = ()
    columns: tuple[TablePart, ...] = ()
    lines: tuple[TablePart, ...] = ()
    _sets: dict[str, frozenset[int]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def first_row(self) -> int:
        """The row that the table begins in."""
        return min((self.title_row, *self.header[:1], *self.body[:1]))

    @property
    def last_row(self) -> int:
        """The last row of the table, its notes included."""
        return max((*self.header[-1:], *self.body[-1:], *self.notes[-1:]), default=self.title_row)

    def role(self, row: int, column: int) -> str:
        """What a cell is to this table; ``unread`` outside it.

        >>> t = TableShape(1, "", "Dân số", header=(1,), body=(2, 3), labels=(0,), values=(1,))
        >>> [t.role(*at) for at in ((0, 0), (1, 1), (2, 0), (3, 1), (9, 9))]
        ['title', 'header', 'label', 'figure', 'unread']
        """
        rows = self._sets or self._fill()
        if (row, column) == self.unit_cell:
            return UNIT
        if row in rows["header"]:
            return HEADER
        if row in rows["body"]:
            return LABEL if column in rows["labels"] else FIGURE if column in rows["values"] else UNREAD
        if row in rows["notes"]:
            return NOTE
        first = min(self.header or self.body, default=0)
        return TITLE if self.title_row <= row < first else UNREAD

    def _fill(self) -> dict[str, frozenset[int]]:
        self._sets.update({n: frozenset(getattr(self, n)) for n in ("header", "body", "labels", "values", "notes")})
        return self._sets
