"""An agency's own form filled with what is published: which cell holds which fact, and what became of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lienvung.domain.discrepancies import Fact
from lienvung.errors import Both

EQUAL, ROUNDED, FILLED, CHANGED, EMPTIED = "equal", "rounded", "filled", "changed", "emptied"
NOT_PUBLISHED, FORMULA, UNKNOWN, LEFT, OUTSIDE = "not_published", "formula", "unknown", "left", "outside"
CELL_STATES = {
    EQUAL: Both("đúng như số đã công bố", "as published"),
    ROUNDED: Both("chỉ hơn số đã công bố ở chữ số lẻ, đã ghi theo số công bố",
                  "differed only by digits beyond the published ones, replaced"),
    FILLED: Both("đã điền", "filled"),
    CHANGED: Both("khác số đã công bố, đã thay", "differed, replaced"),
    EMPTIED: Both("chưa công bố, đã xóa số cũ", "not published, the old figure was taken out"),
    NOT_PUBLISHED: Both("chưa công bố, để trống", "not published, left blank"),
    FORMULA: Both("ô công thức cho số khác số đã công bố, giữ nguyên", "its formula gives another figure; kept"),
    UNKNOWN: Both("không rõ ô này là số liệu nào, giữ nguyên", "which fact it is, is not known; kept"),
    LEFT: Both("giữ nguyên: ngoài phạm vi được hỏi, hoặc chưa công bố mà là công thức hay được yêu cầu giữ",
               "kept: not asked for, or not published and a formula or asked to be kept"),
    OUTSIDE: Both("ngoài phạm vi được hỏi, để trống trong biểu của kỳ mới", "not asked for, blank in the carried form"),
}  # fmt: skip
"""What can become of a figure's cell."""


@dataclass(frozen=True, slots=True)
class FormCell:
    """A figure's cell: what the form held, and what is published for its fact, written as the form writes it.

    ``fact.value`` is the published value in the indicator's own unit; ``fact`` is None where the key is not known.
    """

    sheet: str | None
    cell: str
    state: str
    fact: Fact | None
    held: str
    published: str = ""
    document: str = ""
    release: str = ""


@dataclass(frozen=True, slots=True)
class RewrittenHeading:
    """A heading, title or label whose period was carried to the next one."""

    sheet: str | None
    cell: str
    before: str
    after: str


@dataclass(frozen=True)
class FilledForm:
    """The form's bytes, and everything to tell of it.

    Attributes:
        name: file name with the ending that fits the content. recipe: which recipe was run backwards.
        notes: what was lost or needs a look. rewritten: headings of another period than before.
        read_back: figures that the same recipe reads from ``content`` and that are published; agreeing: how many of
            them are the published ones. stale: figures beside the filled ones that the recipe does not read; kept as
            they were, but taken out of a form that was carried to another period.
    """

    name: str
    content: bytes
    recipe: str
    cells: tuple[FormCell, ...]
    notes: tuple[Both, ...] = ()
    rewritten: tuple[RewrittenHeading, ...] = ()
    read_back: int = 0
    agreeing: int = 0
    stale: tuple[str, ...] = ()

    def counts(self) -> dict[str, int]:
        """How many cells there are of each of ``CELL_STATES``."""
        found = Counter(c.state for c in self.cells)
        return {state: found[state] for state in CELL_STATES}

    @property
    def differences(self) -> tuple[FormCell, ...]:
        """The cells whose figure was not the published one, or for which nothing is published."""
        return tuple(c for c in self.cells if c.state not in (EQUAL, ROUNDED, FILLED, LEFT, OUTSIDE))


@dataclass(frozen=True, slots=True)
class FormOffer:
    """A recipe that can be run backwards: the published tables that it covers, and the files that can be filled.

    Attributes:
        dataflows: ids; series: how many published series of its issuer and indicators there are.
        files: submissions whose file has this layout, newest first.
    """

    recipe: str
    reader: str
    issuer: str
    title_vi: str
    title_en: str
    dataflows: tuple[str, ...]
    indicators: int
    series: int
    files: tuple[str, ...]
