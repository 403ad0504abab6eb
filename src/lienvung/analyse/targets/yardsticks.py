"""What a territory and its neighbours achieved, as a yardstick for what a target asks; and targets beyond all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from statistics import fmean

from lienvung.analyse.methods.growth import calc_mean_of_rates_pct
from lienvung.analyse.targets.figures import find_yearly
from lienvung.analyse.targets.tracking import FEWEST_PACES, GROWTH, LEVEL, SHARE, calc_paces
from lienvung.domain.agencies import Agency
from lienvung.domain.areas.gazetteer import name_key
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY
from lienvung.domain.plans import PlanRegister, Target
from lienvung.domain.tracking import ON_PATH, REACHED, EarlyWarning, Required, Stretch, Track, Yardstick, YearFigure
from lienvung.query.reader import Reader

Paces = Mapping[int, float]
Figures = Mapping[str, Mapping[int, YearFigure]]
COMMITTEE = "Ủy ban nhân dân"
"""How the body that answers for a province's targets is called."""


def find_neighbours(catalogue: Catalogue, territory: str) -> list[str]:
    """Whom a territory is compared with: provinces of its regions on the same boundary; a region with other regions.

    Of the pack's own region where the territory belongs to it, else of any region that it belongs to.
    """
    places = catalogue.gazetteer
    if territory in places.regions:
        own_set = places.regions[territory].set_code
        return [r.code for r in places.regions.values() if r.set_code == own_set and r.code != territory]
    regions = [m.region for m in places.memberships if str(m.area) == territory]
    chosen = [catalogue.region] if catalogue.region in regions else regions
    found = dict.fromkeys(m.area for r in chosen for m in places.members(r) if str(m.area) != territory)
    is_open = {str(a.key): a.valid_to == OPEN_DAY for a in places.areas.values()}
    return [str(k) for k in found if is_open[str(k)] == is_open.get(territory)]


def find_yardsticks(
    reader: Reader, catalogue: Catalogue, register: PlanRegister, tracks: Sequence[Track]
) -> dict[str, list[Yardstick]]:
    """For each target's key: what its own territory and every neighbour achieved, as far as figures carry."""
    held = [t for t in tracks if _is_measured(t)]
    asked = {t.target.key: _stand_ins(t.target, find_neighbours(catalogue, t.target.territory)) for t in held}
    figures = find_yearly(reader, catalogue, register, [s for found in asked.values() for s in found])
    return {t.target.key: list(_measure(t, asked[t.target.key], figures, catalogue)) for t in held}


def _is_measured(track: Track) -> bool:
    """Growth, relative change and steps of a share compare between territories; amounts do not."""
    if not track.required or not track.target.indicator:
        return False
    return track.method in (GROWTH, SHARE) or (track.method == LEVEL and track.required[0].is_pct)


def _stand_ins(target: Target, neighbours: Iterable[str]) -> list[Target]:
    """The same target as if each neighbour had it, to look up its figures; the territory itself first."""
    return [replace(target, key=f"{target.key}|{n}", territory=n) for n in (target.territory, *neighbours)]


def _measure(track: Track, stand_ins: Sequence[Target], figures: Figures, catalogue: Catalogue) -> Iterable[Yardstick]:
    required = track.required[0]
    direction = catalogue.indicators[track.target.indicator].direction
    for stand_in in stand_ins:
        paces = _paces(track, required, figures.get(stand_in.key, {}))
        for year in _breaks(catalogue, track.target.indicator, stand_in.territory):
            paces.pop(year, None)
        years = required.last - required.first + 1
        if found := measure_stretches(paces, years, required.is_pct, direction):
            is_own = stand_in.territory == track.target.territory
            yield Yardstick(stand_in.territory, is_own, found[0].years == years, *found)


def _paces(track: Track, required: Required, figures: Mapping[int, YearFigure]) -> dict[int, float]:
    if track.method == GROWTH:
        return {y: f.value for y, f in figures.items()}
    return dict(calc_paces([figures[y] for y in sorted(figures)], required.is_pct))


def _breaks(catalogue: Catalogue, indicator: str, territory: str) -> set[int]:
    near = ("", territory, territory.split("@")[0])
    return {int(b.period[:4]) for b in catalogue.breaks_of(indicator) if b.area in near and b.kind != "vintage"}


def measure_stretches(
    paces: Paces, years: int, is_pct: bool, direction: str = ""
) -> tuple[Stretch, Stretch, Stretch] | None:
    """The best and the latest stretch of ``years`` in a row (of as many as there are, where fewer), and the best year.

    Args:
        paces: what each year brought. direction: ``down`` if less is better.
    """
    runs: list[list[int]] = []
    for year in sorted(paces):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    if not runs:
        return None
    length = min(years, max(map(len, runs)))
    windows = [run[i : i + length] for run in runs for i in range(len(run) - length + 1)]
    stretches = [_stretch(paces, w, is_pct) for w in windows]
    sign = -1 if direction == "down" else 1
    peak = max(paces, key=lambda y: sign * paces[y])
    latest = _stretch(paces, runs[-1][-years:], is_pct)
    return max(stretches, key=lambda s: sign * s.pace), latest, Stretch(peak, peak, paces[peak])


def _stretch(paces: Paces, years: Sequence[int], is_pct: bool) -> Stretch:
    values = [paces[y] for y in years]
    return Stretch(years[0], years[-1], calc_mean_of_rates_pct(values) if is_pct else fmean(values))


def find_warnings(
    reader: Reader, catalogue: Catalogue, register: PlanRegister, tracks: Sequence[Track], today: date
) -> list[EarlyWarning]:
    """Targets that ask for more than anything achieved here or next door, the first due first.

    What was achieved is the best stretch of as many years; where figures do not carry so far, the best single year.

    A target is left out where fewer than three yearly paces are known in the territory and its neighbours together:
    that nobody achieved it would then say nothing.
    """
    open_ones = [t for t in tracks if t.state not in (REACHED, ON_PATH) and t.target.span.end.year >= today.year]
    yardsticks = find_yardsticks(reader, catalogue, register, open_ones)
    found = []
    for track in open_ones:
        known = yardsticks.get(track.target.key, [])
        if sum(y.best.years for y in known) < FEWEST_PACES:
            continue
        sign = -1 if catalogue.indicators[track.target.indicator].direction == "down" else 1
        most = max(known, key=lambda y: sign * y.bar.pace)
        if sign * track.required[0].low > sign * most.bar.pace:
            found.append(EarlyWarning(track, most, find_responsible(catalogue, track.target.territory, today)))
    return sorted(found, key=lambda w: (w.year, w.track.target.territory, w.track.target.key))


def find_responsible(catalogue: Catalogue, territory: str, today: date) -> Agency | None:
    """Who answers for a territory's targets today: its People's Committee or regional council, or its successor."""
    places = catalogue.gazetteer
    if territory in places.regions:
        names = {name_key(places.regions[territory].name_vi.removeprefix("Vùng "))}
        known = [a for a in catalogue.agencies.values() if a.level == "region"]
    else:
        own = next((a for a in places.areas.values() if str(a.key) == territory), None)
        names = {name_key(n) for n in (own.name_vi, *own.aliases)} if own else set()
        known = [a for a in catalogue.agencies.values() if a.name_vi.startswith(COMMITTEE)]
    found = next((a for a in known if name_key(a.jurisdiction.split("(")[0]) in names), None)
    seen: set[str] = set()
    while found and found.code not in seen and not found.valid_from <= today < found.valid_to:
        seen.add(found.code)
        later = [s.successor for s in catalogue.agency_successions if s.predecessor == found.code]
        found = catalogue.agencies.get(later[0]) if later else None
    return found if found and found.valid_from <= today < found.valid_to else None
