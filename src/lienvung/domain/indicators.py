"""What is measured: indicators, their official groups, units, breakdowns and rules of aggregation."""

from __future__ import annotations

from dataclasses import dataclass

AGGREGATIONS = ("sum", "stock", "ratio", "weighted_mean", "growth", "index", "never")
"""How a value of a larger area follows from its parts.

sum: flows and counts are added · stock: added, at one date · ratio: recomputed from ``numerator`` and
``denominator`` · weighted_mean: by ``weight`` · growth: recomputed from levels in constant prices ·
index, never: not computable, refused with the reason.
"""

PRICE_BASES = ("", "current", "constant_1994", "constant_2010", "constant_2020")
COMPARISONS = (
    "", "previous_year", "same_period", "previous_month", "previous_quarter", "december", "base_year", "reference_area",
)  # fmt: skip
"""What an index is 100 of; ``reference_area`` is a named place (spatial cost of living: Hà Nội = 100)."""


@dataclass(frozen=True, slots=True)
class Group:
    """One of the twenty official groups of the provincial indicator system, and those derived from plans."""

    code: str
    dataflow: str
    name_vi: str
    name_en: str

    def name(self, lang: str) -> str:
        """The name in ``vi`` or ``en``."""
        return self.name_vi if lang == "vi" else self.name_en


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure: ``factor`` times its ``base`` (tỷ đồng = 1e9 VND)."""

    code: str
    name_vi: str
    name_en: str
    base: str
    factor: float

    def name(self, lang: str) -> str:
        """The name in ``vi`` or ``en``."""
        return self.name_vi if lang == "vi" else self.name_en


@dataclass(frozen=True, slots=True)
class Code:
    """An entry of a plain code list (breakdowns, activities, issuers)."""

    code: str
    name_vi: str
    name_en: str
    parent: str = ""
    note: str = ""

    def name(self, lang: str) -> str:
        """The name in ``vi`` or ``en``."""
        return self.name_vi if lang == "vi" else self.name_en


@dataclass(frozen=True, slots=True)
class Indicator:
    """One measurable indicator.

    Attributes:
        code: ours, stable (``GRDP_CUR``).
        indicator_key: the row of the shared table of 164 (``T05-01``); several codes may share one.
        decimals: digits shown after the decimal sign.
        price_basis: one of ``PRICE_BASES``. comparison: one of ``COMPARISONS``.
        aggregation: one of ``AGGREGATIONS``; ``numerator``, ``denominator``, ``weight`` name indicators.
        scale: ratio = numerator / denominator × scale.
        direction: ``up`` or ``down`` is better, or empty.
        frequency: periodicity of publication, SDMX codes joined by space.
        code_status: whether the official code was verified against the decision's annex.
    """

    code: str
    indicator_key: str
    official_code: str
    code_status: str
    group: str
    name_vi: str
    name_en: str
    unit: str
    decimals: int
    price_basis: str
    comparison: str
    aggregation: str
    numerator: str
    denominator: str
    weight: str
    scale: float
    direction: str
    frequency: str
    note_vi: str
    note_en: str

    def name(self, lang: str) -> str:
        """The name in ``vi`` or ``en``."""
        return self.name_vi if lang == "vi" else self.name_en

    def note(self, lang: str) -> str:
        """The note on method in ``vi`` or ``en``."""
        return self.note_vi if lang == "vi" else self.note_en
