"""The type on every arrow between rooms: RawFile → Rows → Findings → Release → Table → Answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

from lienvung.domain.areas import AreaKey
from lienvung.errors import Both

ERROR, WARNING, INFO = "error", "warning", "info"


@dataclass(frozen=True, slots=True)
class RawFile:
    """Bytes kept unchanged. ``name`` is what the sender called it; ``kind`` was told from the content."""

    name: str
    path: Path
    sha256: str
    size: int
    kind: str
    received: datetime


ROWS_SCHEMA = pa.schema(
    [
        ("indicator", pa.string()),
        ("area_text", pa.string()),  # a code or a name as printed, or a full key 80@2004
        ("boundary", pa.string()),  # the boundary the document uses: 2004, 2025-07-01
        ("activity", pa.string()),
        ("breakdown", pa.string()),
        ("period", pa.string()),  # SDMX text; the frequency follows from it
        ("value_text", pa.string()),  # what stood in the cell
        ("value", pa.float64()),  # null with a mark: missing
        ("mark", pa.string()),  # nil, not_available, not_applicable
        ("decimals", pa.int32()),  # printed digits after the decimal sign
        ("unit", pa.string()),
        ("status", pa.string()),
        ("issuer", pa.string()),
        ("document", pa.string()),
        ("published", pa.string()),  # 2024-12-20, 2024-12, 2024; null: the document's own, else the day received
        ("sheet", pa.string()),
        ("cell", pa.string()),
        ("origin_sheet", pa.string()),
        ("origin_cell", pa.string()),
        ("note", pa.string()),
    ]
)
"""What every reader produces: plain rows, one number each, with the address of its cell."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about a file or some cells. ``rule`` is the id of the check that speaks.

    Attributes:
        sheet, cell: the first place; count: how many there are. places: the other ones, as many as are kept, each as
            ``C5``, or ``Sheet!C5`` on another sheet than the first.
    """

    rule: str
    severity: str
    message_vi: str
    message_en: str
    sheet: str | None = None
    cell: str | None = None
    suggestion_vi: str = ""
    suggestion_en: str = ""
    count: int = 1
    places: tuple[str, ...] = ()

    def cells(self) -> Iterator[tuple[str | None, str]]:
        """Sheet and cell of every place that is known, the first one first.

        >>> list(Finding("R", "error", "", "", "A", "C4", count=3, places=("C5", "B!D6")).cells())
        [('A', 'C4'), ('A', 'C5'), ('B', 'D6')]
        """
        if self.cell:
            yield self.sheet, self.cell
        for place in self.places:
            sheet, mark, cell = place.rpartition("!")
            yield (sheet if mark else self.sheet), cell

    def message(self, lang: str) -> str:
        """What is wrong, in ``vi`` or ``en``."""
        return self.message_vi if lang == "vi" else self.message_en

    def suggestion(self, lang: str) -> str:
        """What to do, in ``vi`` or ``en``."""
        return self.suggestion_vi if lang == "vi" else self.suggestion_en


@dataclass(frozen=True)
class Rows:
    """What a reader made of a file.

    Attributes:
        table: ``ROWS_SCHEMA``.
        understood_vi, understood_en: lines that say what was taken for what.
        parser: reader and version, ``pxweb/1``; recipe: its id or empty.
        findings: problems of layout met while reading.
    """

    table: pa.Table
    parser: str
    recipe: str
    understood_vi: tuple[str, ...] = ()
    understood_en: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Findings:
    """Every problem of one submission."""

    items: tuple[Finding, ...] = ()

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def count(self, severity: str) -> int:
        """How many cells or facts have a finding of this severity."""
        return sum(f.count for f in self.items if f.severity == severity)

    @property
    def has_errors(self) -> bool:
        """Whether anything must be mended before the file can go on."""
        return any(f.severity == ERROR for f in self.items)


@dataclass(frozen=True)
class Release:
    """Observations ready to be written in one commit: ``store.schema.CLAIMS`` columns, checked and approved."""

    id: str
    title_vi: str
    title_en: str
    table: pa.Table
    recorded: datetime
    author: str


@dataclass(frozen=True)
class Question:
    """What is asked of the published rows. Empty tuples and None mean 'all'.

    ``periods``: exact period texts. ``prefer_totals``: of ``activity`` and ``breakdown``, which show only their total
    where the indicator has one. ``published``: as the issuers had published by that day. ``recorded``: as this
    database knew at that moment.
    """

    indicators: tuple[str, ...]
    areas: tuple[AreaKey, ...] = ()
    first: date | None = None
    last: date | None = None
    issuers: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    freqs: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    prefer_totals: tuple[str, ...] = ()
    published: date | None = None
    recorded: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """Published rows that answer a question (``store.schema.OBSERVATIONS`` columns), and the snapshot they are of."""

    question: Question
    table: pa.Table
    snapshot: str


@dataclass(frozen=True)
class DerivedAnswer(Answer):
    """Values on one boundary, printed ones beside computed ones, never merged.

    ``table`` has the columns of ``Answer`` and ``derivation, boundary, is_estimated, formula_vi, formula_en, inputs``.
    ``notes``: what is lost or lacking, to be told with the values.
    """

    boundary: str = "source"
    notes: tuple[Both, ...] = ()


@dataclass(frozen=True)
class Column:
    """A column of a table to be shown: its key, its heading, whether it holds numbers."""

    key: str
    heading: str
    is_numeric: bool = False


@dataclass(frozen=True)
class Table:
    """Something that can be shown as a table: what every chart and download is made from."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[object, ...], ...]
    notes: tuple[str, ...] = field(default=())
