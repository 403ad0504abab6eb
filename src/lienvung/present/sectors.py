"""Sectors as people and scripts read them: every result with its convention, its inputs and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.observations import TOTAL
from lienvung.domain.plans import PlanRegister
from lienvung.domain.sectors import (
    MARK_NAMES,
    Dependence,
    GrowthSplit,
    Headroom,
    Likeness,
    NextSector,
    Quotient,
    Row,
    SamePlan,
    Sector,
    Specialisation,
)
from lienvung.errors import Both
from lienvung.present.numbers import format_number, format_period
from lienvung.present.plans import name_territory, say, target_record

Address = Callable[[Mapping[str, Any]], str]
"""Where a published row is traced: the door knows."""
PART_NAMES = {
    "national": Both("đà chung", "growth of the whole"),
    "industry_mix": Both("cơ cấu ngành", "mix of sectors"),
    "regional": Both("riêng địa phương", "the place's own"),
}
WAY_NAMES = {
    "printed": Both("số công bố", "as published"),
    "computed": Both("tính từ số công bố", "computed from published figures"),
    "wider": Both("số của ngành rộng hơn", "of a wider sector"),
    "missing": Both("chưa có số liệu", "nothing published"),
}
ANSWER_NAMES = {"yes": Both("có", "yes"), "no": Both("không", "no"), "unsure": Both("chưa rõ", "unsure")}
SPACE_WAY = Both(
    "có mặt: LQ theo dân số từ 1; độ gần theo Hidalgo và cộng sự 2007, không tính chính nó;"
    " PCI theo Hausmann và cộng sự 2014",
    "presence: LQ by population of 1 or more; density after Hidalgo et al. 2007, without itself;"
    " PCI after Hausmann et al. 2014",
)
SHOWN_INPUTS = 6
"""So many inputs are listed on a page; the rest of a sum over 63 provinces is counted. JSON carries all."""


@dataclass(frozen=True)
class Speaker:
    """What records are written with: language, names, where a row is traced."""

    catalogue: Catalogue
    sectors: Mapping[str, Sector]
    lang: str
    address: Address

    def say(self, text: Both | None) -> str | None:
        """A text in the reader's language."""
        return say(text, self.lang) if text else None

    def say_all(self, texts: Iterable[Both]) -> list[str]:
        """Texts in the reader's language."""
        return [say(text, self.lang) for text in texts]

    def number(self, value: float | None, decimals: int = 2) -> str:
        """A number as this language writes it."""
        return format_number(value, decimals, self.lang)

    def area(self, key: str) -> str:
        """An area's name, told apart from another of the same name."""
        return name_territory(key, self.catalogue, self.lang)

    def sector(self, key: str) -> str:
        """A sector's name: of the pack's list, or the activity of ``INDICATOR.ACTIVITY``."""
        own = self.sectors.get(key)
        if own and own.name.vi:
            return say(own.name, self.lang)
        code, _, part = key.partition(".")
        if part in self.catalogue.activities:
            activity = self.catalogue.activities[part]
            return activity.name_vi if self.lang == "vi" else activity.name_en
        indicator = self.catalogue.indicators.get(own.indicator if own else code)
        return indicator.name(self.lang) if indicator else key

    def note(self, key: str) -> str:
        """What the pack says of a sector's measure."""
        own = self.sectors.get(key)
        return say(own.note, self.lang) if own else ""

    def is_nominal(self, key: str) -> bool:
        """Whether a sector is measured at current prices, so that its growth holds that of prices."""
        own = self.sectors.get(key)
        indicator = self.catalogue.indicators.get(own.indicator if own else "")
        return bool(indicator and indicator.price_basis == "current")

    def unit(self, code: str) -> str:
        """A unit's name."""
        unit = self.catalogue.units.get(code)
        return unit.name(self.lang) if unit else code

    def inputs(self, rows: Iterable[Row]) -> list[dict[str, Any]]:
        """Published rows, each with where it is traced."""
        return [
            {
                "indicator": r["indicator"], "area": r["area_key"], "area_name": self.area(r["area_key"]),
                "name": self.catalogue.indicators[r["indicator"]].name(self.lang), "part": _part(r),
                "period": r["period"], "value": r["value"], "text": format_number(r["value"], None, self.lang),
                "issuer": r["issuer"], "document": r["document"], "address": self.address(r),
            }
            for r in rows
        ]  # fmt: skip


def _part(row: Row) -> str:
    return "; ".join(str(row[c]) for c in ("breakdown", "activity") if row[c] != TOTAL)


def special_record(found: Specialisation, speaker: Speaker) -> dict[str, Any]:
    """A place's quotient in a sector: now, and the path."""
    latest, own = found.latest, speaker.sectors.get(found.sector)
    return {
        "area": found.area,
        "area_name": speaker.area(found.area),
        "sector": found.sector,
        "name": speaker.sector(found.sector),
        **(_quotient_record(latest, speaker) if latest else _NO_QUOTIENT),
        "path": [{"year": q.year, "value": q.value, "text": speaker.number(q.value)} for q in found.path],
        "missing": speaker.say_all(found.missing),
        "note": speaker.note(found.sector),
        "is_part": bool(own and own.part_of),
    }


_NO_QUOTIENT: dict[str, Any] = {
    "year": None, "value": None, "text": "", "symmetric": None, "low": None, "high": None, "range": "", "band": None,
    "mark": "unsure", "mark_name": "", "stars": 0, "z": None, "rank": None, "count": None, "convention": None,
    "notes": [], "inputs": [],
}  # fmt: skip


def _quotient_record(q: Quotient, speaker: Speaker) -> dict[str, Any]:
    ends = [speaker.number(v) for v in (q.low, q.high) if v is not None]
    return {
        "year": q.year, "value": q.value, "text": speaker.number(q.value), "symmetric": q.symmetric, "low": q.low,
        "high": q.high, "range": " … ".join(dict.fromkeys(ends)), "band": speaker.say(q.band), "mark": q.mark,
        "mark_name": speaker.say(MARK_NAMES[q.mark]), "stars": q.stars, "z": q.z, "rank": q.rank, "count": q.count,
        "convention": speaker.say(q.convention), "notes": speaker.say_all(q.notes), "inputs": speaker.inputs(q.inputs),
    }  # fmt: skip


def growth_record(found: GrowthSplit, speaker: Speaker) -> dict[str, Any]:
    """A split of growth, or why there is none."""
    start = found.start or 0.0
    rate = 100 * found.change / start if found.change is not None and start else None
    return {
        "area": found.area, "area_name": speaker.area(found.area), "sector": found.sector,
        "name": speaker.sector(found.sector),
        "is_nominal": speaker.is_nominal(found.sector),
        "from": found.first or None, "to": found.last or None,
        "unit": speaker.unit(found.unit), "start": found.start, "change": found.change, "rate": rate,
        "rate_text": speaker.number(rate, 1),
        "parts": [
            {
                "part": name, "name": say(PART_NAMES[name], speaker.lang), "value": value,
                "text": speaker.number(value, 1), "pct": 100 * value / start if start else None,
                "pct_text": speaker.number(100 * value / start, 1) if start else "",
            }
            for name, value in found.parts.items()
        ],
        "convention": speaker.say(found.convention), "reason": speaker.say(found.reason),
        "inputs": speaker.inputs(found.inputs),
    }  # fmt: skip


def likeness_record(found: Likeness, speaker: Speaker) -> dict[str, Any]:
    """Two provinces' structures side by side."""
    years = list(found.path)
    return {
        "one": found.one, "one_name": speaker.area(found.one), "other": found.other,
        "other_name": speaker.area(found.other), "value": found.value, "text": speaker.number(found.value),
        "rank_pct": found.rank_pct, "slope": found.slope, "slope_text": f"{'+' if found.slope > 0 else ''}"
        f"{speaker.number(found.slope)}", "trend_chance": found.trend_chance, "is_alarm": found.is_alarm,
        "from": years[0], "to": years[-1], "path": found.path,
        "common": [speaker.sector(s) for s in found.common],
    }  # fmt: skip


def same_plan_record(found: SamePlan, register: PlanRegister, speaker: Speaker) -> dict[str, Any]:
    """Who plans the same kind of facility."""
    catalogue, lang = speaker.catalogue, speaker.lang
    return {
        "facility": found.facility, "name": speaker.say(found.name), "areas": list(found.areas),
        "targets": [target_record(register.targets[t], register, catalogue, lang) for t in found.targets],
        "regional": [target_record(register.targets[t], register, catalogue, lang) for t in found.regional],
        "use": speaker.inputs(found.use), "said": speaker.say_all(found.said),
    }  # fmt: skip


def headroom_record(found: Headroom, speaker: Speaker) -> dict[str, Any]:
    """How near a ceiling, or why not told."""
    code = found.key.removeprefix("saturation.")
    name = _FDI_HEAD if code == "FDI_PER_HEAD" else None
    decimals = 2 if found.kind == "icor" else 1
    ends = [speaker.number(v, decimals) for v in (found.low, found.high) if v is not None]
    return {
        "key": found.key, "area": found.area, "area_name": speaker.area(found.area), "kind": found.kind,
        "name": say(name, speaker.lang) if name else "ICOR" if code == "ICOR" else speaker.sector(code),
        "period": found.period, "when": _when(found.period, speaker.lang), "value": found.value,
        "text": speaker.number(found.value, decimals), "low": found.low, "high": found.high, "range": " … ".join(ends),
        "ceiling": found.ceiling, "slope": found.slope,
        "slope_text": f"{'+' if (found.slope or 0) > 0 else ''}{speaker.number(found.slope)}",
        "convention": speaker.say(found.convention), "reason": speaker.say(found.reason),
        "said": speaker.say_all(found.said), "inputs": speaker.inputs(found.inputs),
    }  # fmt: skip


_FDI_HEAD = Both("Vốn FDI đăng ký lũy kế bình quân đầu người", "Registered FDI per head")


def _when(period: str, lang: str) -> str:
    return period if not period or ("-" in period[4:5] and len(period) == 9) else format_period(period, lang)


def dependence_record(found: Dependence, flags: Mapping[str, Both], speaker: Speaker) -> dict[str, Any]:
    """The share of a flagged sector."""
    return {
        "flag": found.flag, "name": speaker.say(flags[found.flag]), "area": found.area,
        "area_name": speaker.area(found.area), "period": found.period, "when": _when(found.period, speaker.lang),
        "share_pct": found.share_pct, "text": speaker.number(found.share_pct), "way": found.way,
        "way_name": say(WAY_NAMES[found.way], speaker.lang), "convention": speaker.say(found.convention),
        "said": speaker.say_all(found.said), "inputs": speaker.inputs(found.inputs),
    }  # fmt: skip


def next_record(found: NextSector, speaker: Speaker) -> dict[str, Any]:
    """A sector that could be next, with its reasons."""
    return {
        "area": found.area, "area_name": speaker.area(found.area), "sector": found.sector,
        "name": speaker.sector(found.sector), "year": found.year, "score": found.score, "quotient": found.quotient,
        "density": found.density, "density_rank_pct": found.density_rank_pct, "complexity": found.complexity,
        "outlook_gain": found.outlook_gain, "related": found.related, "complex": found.complex,
        "feasible": found.feasible,
        "answers": [say(ANSWER_NAMES[a], speaker.lang) for a in (found.related, found.complex, found.feasible)],
        "steadiness": list(found.steadiness), "reasons": speaker.say_all(found.reasons),
        "convention": speaker.say(SPACE_WAY),
        "inputs": speaker.inputs(found.inputs),
    }  # fmt: skip
