"""Figures that do not agree with each other, and what people decide about them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Fact:
    """One issuer's value of one thing: the columns of ``observations.KEY``, and the value as it stands."""

    indicator: str
    area_key: str
    activity: str
    breakdown: str
    issuer: str
    freq: str
    period: str
    value: float | None

    @property
    def key(self) -> str:
        """The fact's name, without its value."""
        return "|".join(
            (self.indicator, self.area_key, self.activity, self.breakdown, self.issuer, self.freq, self.period)
        )


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Figures that contradict each other, or a rule of arithmetic, with the arithmetic in words.

    Attributes:
        rule: id of the check that speaks. facts: what it speaks of, the doubted figure first.
    """

    rule: str
    severity: str
    message_vi: str
    message_en: str
    facts: tuple[Fact, ...]
    suggestion_vi: str = ""
    suggestion_en: str = ""

    @property
    def id(self) -> str:
        """Stable as long as the rule, the facts and their values are the same; any other value is another id."""
        told = [f"{f.key}={f.value!r}" for f in sorted(self.facts, key=lambda f: f.key)]
        return "F" + hashlib.sha256("\n".join((self.rule, *told)).encode()).hexdigest()[:12]

    def message(self, lang: str) -> str:
        """What does not agree, in ``vi`` or ``en``."""
        return self.message_vi if lang == "vi" else self.message_en

    def suggestion(self, lang: str) -> str:
        """What may explain it or what to do, in ``vi`` or ``en``."""
        return self.suggestion_vi if lang == "vi" else self.suggestion_en


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A person looked at a discrepancy and lets it stand, with a reason."""

    discrepancy: str
    rule: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Choice:
    """Among several issuers' claims of one fact, the one that a person chose.

    ``issuer`` is empty where an earlier choice was taken back.
    """

    indicator: str
    area_key: str
    activity: str
    breakdown: str
    freq: str
    period: str
    issuer: str
    value: float | None
    document: str
    by: str
    day: date
    reason: str
