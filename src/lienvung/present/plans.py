"""Plans and targets as people and scripts read them: registers, a target held against its figures, comparisons."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.comparisons import VERDICT_NAMES, Comparison
from lienvung.domain.observations import STATUS_NAMES
from lienvung.domain.plans import Plan, PlanRegister, Target
from lienvung.domain.tracking import STATE_NAMES, Required, Track
from lienvung.errors import Both
from lienvung.present.numbers import format_number

KIND_NAMES = {
    "resolution": Both("nghị quyết", "resolution"),
    "programme": Both("chương trình hành động", "programme of action"),
    "regional_plan": Both("quy hoạch vùng", "regional plan"),
    "provincial_plan": Both("quy hoạch tỉnh", "provincial plan"),
    "party_resolution": Both("nghị quyết đại hội Đảng bộ", "party congress resolution"),
    "annual_plan": Both("kế hoạch năm", "annual plan"),
    "five_year_plan": Both("kế hoạch 5 năm", "five-year plan"),
    "action_plan": Both("kế hoạch thực hiện", "action plan"),
    "medium_term_investment": Both("kế hoạch đầu tư công trung hạn", "medium-term public investment plan"),
    "budget_plan": Both("dự toán ngân sách", "budget plan"),
    "draft_plan": Both("dự thảo", "draft"),
}
PLAN_STATUS_NAMES = {
    "in_force": Both("còn hiệu lực", "in force"),
    "replaced": Both("đã bị thay thế", "replaced"),
    "ended": Both("hết hiệu lực", "ended"),
}
CONFIDENCE_NAMES = {
    "news": Both("theo báo chí", "news"),
    "news, two or more agree": Both("theo báo chí, từ hai báo thống nhất", "news, two or more agree"),
    "news, several agree": Both("theo báo chí, nhiều báo thống nhất", "news, several agree"),
    "official Excel": Both("bảng tính do cơ quan ban hành công bố", "the issuer's own workbook"),
    "third-party copy; arithmetic checks; confirm": Both(
        "bản sao của bên thứ ba, phép cộng khớp, cần đối chiếu", "a third-party copy whose sums agree; to be confirmed"
    ),
    "third-party copy marked incomplete; confirm": Both(
        "bản sao chưa đầy đủ của bên thứ ba, cần đối chiếu", "an incomplete third-party copy; to be confirmed"
    ),
    "primary (English translation)": Both("văn bản gốc (bản dịch tiếng Anh)", "the document itself (in English)"),
    "exact-string search": Both("tra theo số văn bản", "found by its number"),
}
PERIOD_WORDS = {
    "at": Both("{0}", "{0}"),
    "mean": Both("bình quân {0}", "mean of {0}"),
    "sum": Both("cả giai đoạn {0}", "over {0}"),
}


def say(text: Both, lang: str) -> str:
    """A text in the reader's language."""
    return text.vi if lang == "vi" else text.en


def name_territory(territory: str, catalogue: Catalogue, lang: str) -> str:
    """An area's or region's name, the old boundary told apart from the new of the same name."""
    places = catalogue.gazetteer
    area = next((a for a in places.areas.values() if str(a.key) == territory or a.key.code == territory), None)
    if area:
        name = area.name_vi if lang == "vi" else area.name_en
        is_shared = sum(a.name_vi == area.name_vi for a in places.areas.values()) > 1
        return f"{name} ({area.key.valid_from[:4]})" if is_shared else name
    region = next((r for r in places.regions.values() if r.code == territory), None)
    return (region.name_vi if lang == "vi" else region.name_en) if region else territory


def name_period(target: Target, lang: str) -> str:
    """``2030``, or ``bình quân 2021-2030``."""
    span = target.span
    years = f"{span.start.year}-{span.end.year}" if span.start.year != span.end.year else target.period
    return say(PERIOD_WORDS[target.period_kind], lang).format(years)


def name_plan(plan: Plan, lang: str) -> str:
    """How a document is cited: number and date, or its title."""
    day = _day(plan.published, lang)
    if plan.number:
        return f"{plan.number} ({day})"
    return f"{plan.title_vi if lang == 'vi' else plan.title_en} ({day})"


def _confidence(words: str, lang: str) -> str:
    return say(CONFIDENCE_NAMES[words], lang) if words in CONFIDENCE_NAMES else words


def _day(text: str, lang: str) -> str:
    return "/".join(reversed(text.split("-"))) if lang == "vi" else text


def plan_records(
    plans: Iterable[Plan], register: PlanRegister, catalogue: Catalogue, lang: str
) -> list[dict[str, Any]]:
    """The register of documents."""
    return [
        {
            "plan": p.key,
            "number": p.number,
            "published": p.published,
            "day": _day(p.published, lang),
            "issuer": p.issuer_vi if lang == "vi" else p.issuer_en,
            "kind": say(KIND_NAMES[p.kind], lang),
            "title": p.title_vi if lang == "vi" else p.title_en,
            "territory": p.territory,
            "territory_name": name_territory(p.territory, catalogue, lang),
            "period": "-".join(dict.fromkeys(y for y in (p.period_from, p.period_to) if y)),
            "vision": p.vision,
            "status": say(PLAN_STATUS_NAMES[p.status], lang),
            "replaced_by": p.replaced_by,
            "targets": len(register.of_plan(p.key)),
            "confidence": _confidence(p.confidence, lang),
            "source": p.source,
            "note": p.note_vi if lang == "vi" else p.note_en,
        }
        for p in sorted(plans, key=lambda p: (p.day.day, p.key), reverse=True)
    ]


def target_record(target: Target, register: PlanRegister, catalogue: Catalogue, lang: str) -> dict[str, Any]:
    """One target as it was printed and as it is understood."""
    plan = register.plans[target.plan]
    unit = catalogue.units[target.unit]
    return {
        "target": target.key,
        "plan": target.plan,
        "document": name_plan(plan, lang),
        "territory": target.territory,
        "territory_name": name_territory(target.territory, catalogue, lang),
        "indicator": target.indicator,
        "name": target.name_vi if lang == "vi" else target.name_en,
        "activity": target.activity,
        "breakdown": target.breakdown,
        "coverage": target.coverage_vi if lang == "vi" else target.coverage_en,
        "period": target.period,
        "period_kind": target.period_kind,
        "when": name_period(target, lang),
        "operator": target.operator,
        "low": target.low,
        "high": target.high,
        "unit": target.unit,
        "unit_name": unit.name_vi if lang == "vi" else unit.name_en,
        "printed": target.printed,
        "is_current": register.is_current(target),
        "replaces": target.replaces,
        "confidence": _confidence(target.confidence, lang),
    }


def track_record(track: Track, register: PlanRegister, catalogue: Catalogue, lang: str) -> dict[str, Any]:
    """A target held against its figures."""
    latest = track.latest
    chance = None if track.chance is None else round(track.chance, 2)
    return {
        **target_record(track.target, register, catalogue, lang),
        "state": track.state,
        "state_name": say(STATE_NAMES[track.state], lang),
        "latest_year": latest.year if latest else None,
        "latest": latest.value if latest else None,
        "latest_status": latest.row.get("status") if latest else None,
        "required": [_required_record(r, lang) for r in track.required],
        "pace": track.pace,
        "pace_years": list(track.pace_years),
        "best": track.best,
        "interval": list(track.interval) if track.interval else None,
        "interval_level": track.interval_level if track.interval else None,
        "chance": chance,
        "refusal": say(track.refusal, lang) if track.refusal else None,
        "notes": [say(n, lang) for n in track.notes],
    }


def _required_record(required: Required, lang: str) -> dict[str, Any]:
    return {
        "from": required.first,
        "to": required.last,
        "low": required.low,
        "high": required.high,
        "is_pct": required.is_pct,
        "assumptions": [say(a, lang) for a in required.assumptions],
    }


def write_required(required: Required, unit: str, lang: str) -> str:
    """``2025-2030: 11,3 %/năm``."""
    numbers = [required.low] if required.high is None else [required.low, required.high]
    text = "-".join(format_number(n, 1 if required.is_pct else 2, lang) for n in numbers)
    a_year = {"vi": "/năm", "en": " a year"}[lang]
    years = f"{required.first}-{required.last}" if required.last > required.first else str(required.first)
    return f"{years}: {text} {'%' if required.is_pct else unit}{a_year}"


def write_track(track: Track, catalogue: Catalogue, lang: str) -> list[str]:
    """What there is to say of a target, a sentence a line, the interval before the chance."""
    unit = catalogue.units[track.target.unit]
    name = unit.name_vi if lang == "vi" else unit.name_en
    words = _WORDS[lang]
    lines = [f"{words['state']}: {say(STATE_NAMES[track.state], lang)}"]
    if track.latest:
        value, status = format_number(track.latest.value, 2, lang), say(STATUS_NAMES[track.latest.row["status"]], lang)
        lines.append(f"{words['latest']}: {value} {name} ({track.latest.year}, {status})")
    for required in track.required:
        lines.append(f"{words['required']} {write_required(required, name, lang)}")
        lines += [f"  – {say(a, lang)}" for a in required.assumptions]
    if track.pace is not None and track.best is not None:
        years = f"{track.pace_years[0]}-{track.pace_years[-1]}"
        pace, best = (format_number(v, 2, lang) for v in (track.pace, track.best))
        lines.append(words["pace"].format(years=years, pace=pace, best=best))
    if track.interval and track.chance is not None:
        low, high = (format_number(v, 2, lang) for v in track.interval)
        year = track.target.span.end.year
        lines.append(words["interval"].format(year=year, low=low, high=high, unit=name))
        lines.append(words["chance"].format(chance=format_number(100 * track.chance, 0, lang)))
    if track.refusal:
        lines.append(f"{words['refusal']}: {say(track.refusal, lang)}")
    return [*lines, *(f"{words['note']}: {say(n, lang)}" for n in track.notes)]


_WORDS = {
    "vi": {
        "state": "Tình trạng", "latest": "Số mới nhất", "required": "Cần đạt mỗi năm", "note": "Lưu ý",
        "pace": "Nhịp các năm {years}: bình quân {pace}, cao nhất từng đạt {best}",
        "interval": "Năm {year}: 80 % khả năng nằm trong {low} đến {high} {unit}",
        "chance": "Khả năng đạt: khoảng {chance} %", "refusal": "Không nói được xác suất",
    },
    "en": {
        "state": "State", "latest": "Newest figure", "required": "Needed each year", "note": "Note",
        "pace": "Pace of {years}: {pace} on average, {best} at best",
        "interval": "{year}: 80 % likely between {low} and {high} {unit}",
        "chance": "Chance of reaching it: about {chance} %", "refusal": "No probability can be told",
    },
}  # fmt: skip


def comparison_record(found: Comparison, register: PlanRegister, catalogue: Catalogue, lang: str) -> dict[str, Any]:
    """One comparison of plans, with both sides and their documents."""
    return {
        "id": found.id,
        "verdict": found.verdict,
        "verdict_name": say(VERDICT_NAMES[found.verdict], lang),
        "rule": found.rule,
        "territory": found.territory,
        "territory_name": name_territory(found.territory, catalogue, lang),
        "said": say(found.said, lang),
        "arithmetic": found.arithmetic,
        "targets": list(found.targets),
        "documents": [name_plan(register.plans[p], lang) for p in found.plans],
    }
