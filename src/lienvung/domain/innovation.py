"""Start-ups and innovation: policies and programmes, the firms they supported, the indicators of what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PROGRAMME_KINDS = ("policy", "programme", "fund")


@dataclass(frozen=True)
class Programme:
    """A document that supports innovation. Known by number, date and issuer."""

    key: str
    kind: str
    number: str
    published: str
    issuer_vi: str
    issuer_en: str
    title_vi: str
    title_en: str
    territory: str
    period_from: str
    period_to: str
    note_vi: str
    note_en: str
    confidence: str
    source: str


@dataclass(frozen=True)
class Support:
    """A firm that a programme supported: when, in which form, by which document. ``amount`` None: not told."""

    key: str
    programme: str
    firm: str
    territory: str
    granted: str
    form_vi: str
    form_en: str
    amount: float | None
    unit: str
    document: str
    note_vi: str
    note_en: str


@dataclass(frozen=True)
class InnovationResult:
    """The figure by which a programme's result is followed.

    It names a published figure and holds none itself: the value comes in as every other, is read, approved, published.
    """

    key: str
    programme: str
    support: str
    indicator: str
    territory: str
    period: str
    note_vi: str
    note_en: str


@dataclass(frozen=True)
class InnovationRegister:
    """Programmes, supported firms and results, by their keys."""

    programmes: Mapping[str, Programme]
    supports: Mapping[str, Support]
    results: Mapping[str, InnovationResult]
