"""Yardsticks and early warnings as people and scripts read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.plans import PlanRegister
from lienvung.domain.tracking import EarlyWarning, Stretch, Track, Yardstick
from lienvung.present.numbers import format_number
from lienvung.present.plans import name_territory, track_record, write_required


def yardstick_records(
    yardsticks: Iterable[Yardstick], track: Track, catalogue: Catalogue, lang: str
) -> list[dict[str, Any]]:
    """What each territory achieved, the target's own first, then the highest."""
    sign = -1 if catalogue.indicators[track.target.indicator].direction == "down" else 1
    ordered = sorted(yardsticks, key=lambda y: (not y.is_own, -sign * y.bar.pace))
    return [
        {
            "territory": y.territory,
            "territory_name": name_territory(y.territory, catalogue, lang),
            "is_own": y.is_own,
            "is_full": y.is_full,
            "best": _stretch(y.best, track, catalogue, lang),
            "latest": _stretch(y.latest, track, catalogue, lang),
            "peak": _stretch(y.peak, track, catalogue, lang),
            "is_below": sign * y.bar.pace < sign * track.required[0].low,
        }
        for y in ordered
    ]


def _stretch(stretch: Stretch, track: Track, catalogue: Catalogue, lang: str) -> dict[str, Any]:
    return {
        "first": stretch.first,
        "last": stretch.last,
        "years": stretch.years,
        "pace": stretch.pace,
        "text": write_pace(stretch.pace, track, catalogue, lang),
        "when": f"{stretch.first}-{stretch.last}" if stretch.last > stretch.first else str(stretch.first),
    }


def write_pace(pace: float, track: Track, catalogue: Catalogue, lang: str) -> str:
    """``8,83 %/năm``."""
    unit = catalogue.units[track.target.unit].name(lang)
    a_year = {"vi": "/năm", "en": " a year"}[lang]
    return f"{format_number(pace, 2, lang)} {'%' if track.required[0].is_pct else unit}{a_year}"


def warning_record(found: EarlyWarning, register: PlanRegister, catalogue: Catalogue, lang: str) -> dict[str, Any]:
    """A target beyond what was ever achieved: what it needs, the most that was achieved, by whom, and who answers."""
    track, plan = found.track, register.plans[found.track.target.plan]
    record = track_record(track, register, catalogue, lang)
    bar = found.yardstick.bar
    return {
        **record,
        "due": found.year,
        "needed": write_required(track.required[0], str(record["unit_name"]), lang),
        "required_low": track.required[0].low,
        "most": _stretch(bar, track, catalogue, lang),
        "most_territory": found.yardstick.territory,
        "most_territory_name": name_territory(found.yardstick.territory, catalogue, lang),
        "is_full": found.yardstick.is_full,
        "issuer": plan.issuer_vi if lang == "vi" else plan.issuer_en,
        "agency": found.agency.name(lang) if found.agency else None,
    }
