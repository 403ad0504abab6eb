"""Is a target reachable, and on the way: what the remaining years must bring, beside what years have brought.

A probability is given only where the series carries it (``methods.outlook``), its interval before it; else the refusal
says why. Every assumption is a sentence of the result.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from statistics import fmean

from lienvung.analyse.methods.growth import calc_mean_of_rates_pct
from lienvung.analyse.methods.outlook import FEWEST_STEPS, forecast_drift
from lienvung.analyse.methods.required import (
    calc_required_mean_growth_pct,
    calc_required_rate_pct,
    calc_required_step,
)
from lienvung.analyse.targets.figures import find_yearly
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY
from lienvung.domain.observations import STATUS_NAMES
from lienvung.domain.plans import PlanRegister, Target
from lienvung.domain.tracking import (
    BEHIND,
    BEYOND,
    MISSED,
    NO_FIGURES,
    ON_PATH,
    REACHED,
    Required,
    Track,
    YearFigure,
)
from lienvung.errors import Both
from lienvung.query.reader import Reader

GROWTH, LEVEL, SHARE, TOTAL = "growth", "level", "share", "total"
"""A mean growth over years; a level reached at proportional pace; a share or rate by steps; a sum over years."""
PACE_YEARS, FEWEST_PACES = 5, 3
"""Recent years that make the pace, and how few of them still make one."""
_RATES = ("PCT", "PERMILLE", "PCT_POINTS")


@dataclass(frozen=True)
class Measure:
    """How a target's quantity behaves.

    ``direction`` of the indicator; ``is_rate``: a percentage or the like; ``is_growth``: a rate of growth; ``issued``:
    year of the plan; ``today``: this year; ``breaks``: years in which the series steps.
    """

    direction: str = ""
    is_rate: bool = False
    is_growth: bool = False
    issued: int = 0
    today: int = 9999
    breaks: frozenset[str] = frozenset()


def track_target(
    reader: Reader, catalogue: Catalogue, register: PlanRegister, target: Target, today: date, since: int | None = None
) -> Track:
    """A target against what is published now.

    Args:
        today: tells a target whose time is over. since: hold a mean growth from this year instead.
    """
    return _track(target, find_yearly(reader, catalogue, register, [target]), catalogue, register, today, since)


def track_all(
    reader: Reader, catalogue: Catalogue, register: PlanRegister, targets: Sequence[Target], today: date
) -> list[Track]:
    """Several targets, the most demanding states first."""
    order = (BEYOND, BEHIND, MISSED, ON_PATH, REACHED, NO_FIGURES)
    figures = find_yearly(reader, catalogue, register, targets)
    tracks = [_track(t, figures, catalogue, register, today) for t in targets]
    return sorted(tracks, key=lambda t: (order.index(t.state), t.target.territory, t.target.key))


def _track(
    target: Target,
    figures: Mapping[str, Mapping[int, YearFigure]],
    catalogue: Catalogue,
    register: PlanRegister,
    today: date,
    since: int | None = None,
) -> Track:
    own = catalogue.indicators.get(target.indicator)
    breaks = {b.period[:4] for b in catalogue.breaks_of(target.indicator) if b.area in ("", target.territory)}
    measure = Measure(
        direction=own.direction if own else "",
        is_rate=catalogue.units[target.unit].base in _RATES,
        is_growth=bool(own) and "GROWTH" in target.indicator,
        issued=since + 1 if since else register.plans[target.plan].day.day.year,
        today=today.year,
        breaks=frozenset(breaks),
    )
    used = figures.get(target.key, {}) if target.is_comparable else {}
    return _with_notes(hold(target, used, measure), catalogue)


def hold(target: Target, figures: Mapping[int, YearFigure], measure: Measure) -> Track:
    """A target against yearly figures in its unit, by year, without looking anything up."""
    method = _method(target, measure)
    used = tuple(figures[y] for y in sorted(figures))
    if not used:
        return Track(target, method, NO_FIGURES, (), refusal=_why_none(target))
    if method == GROWTH:
        return _hold_growth(target, figures, measure)
    if method == TOTAL:
        return _hold_total(target, figures, measure)
    return _hold_point(target, used, method, measure)


def _method(target: Target, measure: Measure) -> str:
    if measure.is_growth:
        return GROWTH
    if target.period_kind == "sum":
        return TOTAL
    return SHARE if measure.is_rate or target.period_kind == "mean" else LEVEL


def _why_none(target: Target) -> Both:
    if not target.indicator:
        return Both("mục tiêu không ứng với chỉ tiêu nào trong danh mục", "no listed indicator is meant by it")
    if not target.is_comparable:
        said = target.coverage_vi, target.coverage_en
        return Both(f"phạm vi riêng ({said[0]}), không có số liệu cùng phạm vi", f"of its own coverage ({said[1]})")
    return Both("chưa có số liệu công bố của chỉ tiêu và địa bàn này", "nothing of this indicator is published there")


def _bounds(target: Target, direction: str) -> tuple[float, float | None]:
    """The side to be reached first, and the other where the promise has one."""
    low, high = target.low, target.high
    if direction == "down" and high is not None:
        return high, low if low != high else None
    first = low if low is not None else high
    return first if first is not None else 0.0, high if high is not None and high != first else None


def _hold_growth(target: Target, figures: Mapping[int, YearFigure], measure: Measure) -> Track:
    first, last = target.span.start.year, target.span.end.year
    inside = {y: f for y, f in figures.items() if first <= y <= last}
    used = tuple(figures[y] for y in sorted(figures))
    done = [y for y in range(first, last + 1) if y in inside]
    if len(done) == last - first + 1:
        mean = calc_mean_of_rates_pct([inside[y].value for y in done])
        return Track(target, GROWTH, REACHED if target.is_met(mean, measure.direction) else MISSED, used)
    if last < measure.today - 1 and last not in inside:
        return _overdue(target, GROWTH, used)
    required = tuple(
        found
        for start in dict.fromkeys((first, max(first, measure.issued - 1)))
        if (found := _required_growth(target, inside, start, last, measure.direction))
    )
    return _judged(
        Track(target, GROWTH, NO_FIGURES, used, required), {y: f.value for y, f in figures.items()}, measure.direction
    )


def _overdue(target: Target, method: str, used: tuple[YearFigure, ...]) -> Track:
    year, newest = target.span.end.year, used[-1].year
    why = Both(
        f"đã qua {year} mà chưa có số của năm đó; số mới nhất là của {newest}",
        f"{year} is over without a figure of it; the newest is of {newest}",
    )
    return Track(target, method, NO_FIGURES, used, refusal=why)


def _required_growth(
    target: Target, inside: Mapping[int, YearFigure], start: int, last: int, direction: str
) -> Required | None:
    """What is left to do for the mean to hold from ``start`` on; years without a figure count as on the path."""
    known = [y for y in range(start, last + 1) if y in inside]
    near, far = _bounds(target, direction)
    if not known:
        said = Both(f"chưa có số của năm nào trong {start}-{last}", f"no figure yet of {start}-{last}")
        return Required(start, last, near, far, True, (said,)) if start == target.span.start.year else None
    after = known[-1] + 1
    if after > last:
        return None
    silent = [y for y in range(start, after) if y not in inside]
    years = last - start + 1 - len(silent)
    rates = [inside[y].value for y in known]
    told = [
        Both(
            "đã đạt: " + "; ".join(f"{y}: {_pct(inside[y].value, 'vi')} % ({_status(inside[y]).vi})" for y in known),
            "achieved: " + "; ".join(f"{y}: {_pct(inside[y].value, 'en')} % ({_status(inside[y]).en})" for y in known),
        )
    ]
    if silent:
        listed = ", ".join(map(str, silent))
        told.append(
            Both(
                f"năm chưa có số liệu ({listed}) coi như đúng mục tiêu",
                f"{listed}, without a figure, taken as on the path",
            )
        )
    if start > target.span.start.year:
        skipped = f"{target.span.start.year}-{start - 1}"
        told.append(
            Both(
                f"không tính {skipped}: chỉ giữ mức bình quân từ {start}",
                f"{skipped} left out: the mean is held from {start}",
            )
        )
    low = calc_required_mean_growth_pct(near, years, rates)
    high = calc_required_mean_growth_pct(far, years, rates) if far is not None else None
    return Required(after, last, low, high, True, tuple(told))


def _hold_total(target: Target, figures: Mapping[int, YearFigure], measure: Measure) -> Track:
    direction = measure.direction
    first, last = target.span.start.year, target.span.end.year
    inside = {y: f for y, f in figures.items() if first <= y <= last}
    used = tuple(figures[y] for y in sorted(figures))
    silent = [y for y in range(first, max(inside, default=first) + 1) if y not in inside]
    if silent or not inside:
        listed = ", ".join(map(str, silent)) or f"{first}-{last}"
        return Track(target, TOTAL, NO_FIGURES, used, refusal=Both(f"thiếu số của {listed}", f"{listed} is missing"))
    total, after = sum(f.value for f in inside.values()), max(inside) + 1
    if after > last:
        return Track(target, TOTAL, REACHED if target.is_met(total, direction) else MISSED, used)
    near, far = _bounds(target, direction)
    left = last - after + 1
    said = Both(f"đã thực hiện {first}-{after - 1}: {total:.12g}", f"{first}-{after - 1} brought {total:.12g}")
    required = Required(
        after, last, (near - total) / left, (far - total) / left if far is not None else None, False, (said,)
    )
    return _judged(
        Track(target, TOTAL, NO_FIGURES, used, (required,)), {y: f.value for y, f in inside.items()}, direction
    )


def _hold_point(target: Target, used: tuple[YearFigure, ...], method: str, measure: Measure) -> Track:
    direction = measure.direction
    year, latest = target.span.end.year, used[-1]
    at = next((f for f in used if f.year == year), None)
    if at:
        return Track(target, method, REACHED if target.is_met(at.value, direction) else MISSED, used)
    if latest.year > year or year < measure.today - 1:
        return _overdue(target, method, used)
    near, far = _bounds(target, direction)
    left = year - latest.year
    is_pct = method == LEVEL and latest.value > 0 and near > 0
    needed = calc_required_rate_pct if is_pct else calc_required_step
    said = Both(
        f"tính từ {latest.year}: {latest.value:.12g} ({_status(latest).vi})",
        f"from {latest.year}: {latest.value:.12g} ({_status(latest).en})",
    )
    high = needed(latest.value, far, left) if far is not None and (far > 0 or not is_pct) else None
    required = Required(latest.year + 1, year, needed(latest.value, near, left), high, is_pct, (said,))
    track = Track(target, method, NO_FIGURES, used, (required,))
    track = _judged(track, calc_paces(used, is_pct), direction)
    return _with_outlook(track, is_pct, measure.breaks)


def calc_paces(used: Sequence[YearFigure], is_pct: bool) -> dict[int, float]:
    """What single years brought, where two years follow each other."""
    found: dict[int, float] = {}
    for before, after in pairwise(used):
        if after.year == before.year + 1 and (before.value > 0 or not is_pct):
            found[after.year] = (after.value / before.value - 1) * 100 if is_pct else after.value - before.value
    return found


def _judged(track: Track, paces: Mapping[int, float], direction: str) -> Track:
    """The state, by the strictest reading: the required pace beside the mean and the best of recent years."""
    if not track.required:
        return track
    needed = track.required[0].low
    years = sorted(paces)[-PACE_YEARS:]
    if len(years) < FEWEST_PACES:
        reached = track.method in (LEVEL, SHARE) and track.latest and track.target.is_met(track.latest.value, direction)
        why = Both(
            f"mới có {len(years)} năm để so nhịp tăng (cần {FEWEST_PACES})",
            f"{len(years)} years tell the pace, {FEWEST_PACES} are needed",
        )
        return replace(track, state=ON_PATH if reached else NO_FIGURES, refusal=why)
    values = [paces[y] for y in years]
    sign = -1 if direction == "down" else 1
    best = max(paces.values(), key=lambda v: sign * v)
    pace = calc_mean_of_rates_pct(values) if track.required[0].is_pct else fmean(values)
    met = (
        track.method in (LEVEL, SHARE)
        and track.latest is not None
        and track.target.is_met(track.latest.value, direction)
    )
    state = ON_PATH if met or sign * pace >= sign * needed else BEYOND if sign * needed > sign * best else BEHIND
    return replace(track, state=state, pace=pace, best=best, pace_years=tuple(years))


def _with_outlook(track: Track, is_pct: bool, breaks: frozenset[str]) -> Track:
    run: list[YearFigure] = []
    for figure in track.figures:
        if run and figure.year != run[-1].year + 1:
            run = []
        run.append(figure)
    ahead = track.target.span.end.year - run[-1].year
    broken = sorted(breaks & {str(f.year) for f in run[1:]})
    if broken:
        listed = ", ".join(broken)
        return replace(track, refusal=Both(f"chuỗi có đứt gãy năm {listed}", f"the series breaks in {listed}"))
    outlook = forecast_drift([f.value for f in run], ahead, is_pct)
    if outlook is None:
        why = Both(
            f"chuỗi liền {len(run)} năm không đủ để dự báo {ahead} năm (cần ít nhất {FEWEST_STEPS + 1} năm)",
            f"{len(run)} years in a row do not carry an outlook of {ahead} (at least {FEWEST_STEPS + 1} are needed)",
        )
        return replace(track, refusal=why)
    low, high = track.target.bounds()
    direction_open = (low, None) if low is not None and track.target.operator != "<" else (None, high)
    bounds = outlook.low, outlook.high
    return replace(track, interval=bounds, interval_level=outlook.level, chance=outlook.probability(*direction_open))


def _with_notes(track: Track, catalogue: Catalogue) -> Track:
    notes: list[Both] = []
    area = next((a for a in catalogue.gazetteer.areas.values() if str(a.key) == track.target.territory), None)
    if area and area.valid_to != OPEN_DAY:
        day = area.valid_to
        notes.append(
            Both(
                f"địa bàn đã kết thúc ngày {day:%d/%m/%Y}; theo dõi trên địa giới cũ",
                f"the territory ended on {day}; tracked on its old boundary",
            )
        )
    if track.target.operator == "~":
        notes.append(Both("“khoảng” được hiểu là trong vòng 2 %", "“about” is taken as within 2 %"))
    others = [f for f in track.figures if f.others]
    if others:
        listed = ", ".join(str(f.year) for f in others)
        notes.append(
            Both(
                f"có nguồn khác cho {listed}; dùng số công bố sau cùng",
                f"other claims exist for {listed}; the latest published is used",
            )
        )
    return replace(track, notes=tuple(notes))


def _status(figure: YearFigure) -> Both:
    return STATUS_NAMES[figure.row["status"]]


def _pct(value: float, lang: str) -> str:
    text = f"{value:.2f}"
    return text.replace(".", ",") if lang == "vi" else text
