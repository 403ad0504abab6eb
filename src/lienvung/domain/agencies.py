"""Agencies and their successors."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Agency:
    """A body that issues figures or is responsible for a task, between two days."""

    code: str
    name_vi: str
    name_en: str
    level: str
    valid_from: date
    valid_to: date
    jurisdiction: str
    function_vi: str
    confidence: str
    source: str

    def name(self, lang: str) -> str:
        """The name in ``vi`` or ``en``."""
        return self.name_vi if lang == "vi" else self.name_en


@dataclass(frozen=True, slots=True)
class AgencySuccession:
    """From a day on, the successor answers for what the predecessor did."""

    predecessor: str
    successor: str
    day: date
    document: str
