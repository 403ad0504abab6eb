"""One number: its key, its value, its two clocks and its address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from lienvung.domain.areas import AreaKey
from lienvung.errors import Both

STATUS_NAMES = {
    "estimate": Both("ước tính", "estimate"),
    "preliminary": Both("sơ bộ", "preliminary"),
    "official": Both("chính thức", "official"),
    "revised": Both("đã điều chỉnh", "revised"),
    "plan": Both("kế hoạch", "plan"),
}
STATUSES = tuple(STATUS_NAMES)
"""Ước tính, sơ bộ, chính thức, đã điều chỉnh, kế hoạch (dự toán)."""
STATUS_SDMX = {"estimate": "E", "preliminary": "P", "official": "A", "revised": "R", "plan": "F"}
"""SDMX CL_OBS_STATUS; a plan is sent as F (forecast value), its nearest code."""

MARKS = {"-": "nil", "–": "nil", "—": "nil", "..": "not_available", "...": "not_available", "…": "not_available"}
"""Printed signs: ``nil`` (does not occur, a true zero), ``not_available``. Blank is ``not_applicable``."""

KEY = ("indicator", "area_key", "activity", "breakdown", "issuer", "freq", "period")
"""The columns that name one fact of one issuer. Two issuers' claims are two facts."""
SERIES = KEY[:-1]
TOTAL = "_T"


@dataclass(frozen=True, slots=True)
class Source:
    """A published document: who issued it, what it is called, when, and which file we read."""

    document: str
    issuer: str
    title_vi: str
    title_en: str
    published: str
    url: str
    file_name: str
    file_sha256: str
    boundary: str
    note: str

    def title(self, lang: str) -> str:
        """The title in ``vi`` or ``en``."""
        return self.title_vi if lang == "vi" or not self.title_en else self.title_en


@dataclass(frozen=True, slots=True)
class Break:
    """A step in a series that is not an event: a new definition, a census, a revaluation."""

    indicator: str
    issuer: str
    area: str
    period: str
    kind: str
    note_vi: str
    note_en: str
    document: str

    def note(self, lang: str) -> str:
        """The note in ``vi`` or ``en``."""
        return self.note_vi if lang == "vi" else self.note_en


@dataclass(frozen=True, slots=True)
class Address:
    """Where a number came from, down to the cell.

    ``file_*``, ``sheet``, ``cell`` are of the file that brought it here; ``origin_*`` of the document that
    the file transcribes, where that is another one.
    """

    document: str
    file_name: str
    file_sha256: str
    sheet: str | None
    cell: str
    origin_sheet: str | None
    origin_cell: str | None
    parser: str
    submission: str
    release: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A published value as it stands between two moments of each clock."""

    dataflow: str
    indicator: str
    area: AreaKey
    activity: str
    breakdown: str
    issuer: str
    freq: str
    period: str
    value: float | None
    mark: str | None
    unit: str
    status: str
    decimals: int | None
    note: str | None
    published_from: date
    published_precision: str
    published_to: date
    recorded_from: datetime
    recorded_to: datetime
    address: Address
