"""A form opened for filling: what its cells hold, and how it is written back in its own format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from lienvung.errors import Both
from lienvung.present.forms.copied import SheetValues, copy_book
from lienvung.present.forms.places import Place, Written
from lienvung.present.forms.texts import OwnText
from lienvung.present.forms.workbooks import CannotKeepError, OwnWorkbook


@dataclass
class Layout:
    """A form: ``book`` is an .xlsx that is kept as it is, ``text`` a CSV; with neither, the sheets are copied."""

    name: str
    sheets: Sequence[SheetValues]
    book: OwnWorkbook | None = None
    text: OwnText | None = None
    notes: list[Both] = field(default_factory=list)
    cells: dict[Place, object] = field(default_factory=dict)

    @property
    def is_copied(self) -> bool:
        """Whether the form's own format cannot be written back, so that it becomes a new workbook."""
        return self.book is None and self.text is None

    def has_formula(self, place: Place) -> bool:
        """Whether a cell holds a formula that is kept."""
        return self.book is not None and self.book.has_formula(place)

    def can_write(self, place: Place) -> bool:
        """Whether there is such a cell to write to."""
        return self.text is None or place in self.text.fields

    def write(self, edits: Mapping[Place, Written]) -> tuple[bytes, list[Both]]:
        """The form's bytes with new content, and what to tell of them."""
        if self.text is not None:
            return self.text.write(edits)
        if self.book is not None:
            return self.book.write(edits, self.cells)
        return copy_book(self.sheets, edits)


def open_layout(
    name: str, kind: str, content: bytes, sheets: Sequence[SheetValues], known: Mapping[Place, str]
) -> Layout:
    """Open a form.

    Args:
        kind: ``xlsx``, ``xls``, ``xlsb``, ``ods`` or ``csv``. sheets: a workbook's values.
        known: what some cells of a text are known to hold, by which its separator is told.
    """
    if kind == "csv":
        text = OwnText(content)
        text.settle(known)
        held: dict[Place, object] = {p: text.read(f.text) for p, f in text.fields.items()}
        return Layout(name, (), text=text, cells=held)
    cells: dict[Place, object] = {}
    for sheet in sheets:
        for r, row in enumerate(sheet.rows):
            cells |= {(sheet.name, r, c): value for c, value in enumerate(row) if value not in ("", None)}
    layout = Layout(name, sheets, cells=cells)
    if kind == "xlsx":
        try:
            layout.book = OwnWorkbook(content)
            for sheet in sheets:
                layout.book.has_formula((sheet.name, 0, 0))
        except CannotKeepError as error:
            layout.book = None
            layout.notes.append(error.said)
    if layout.book is None:
        layout.name = f"{PurePath(name).stem}.xlsx"
    return layout
