"""Which units of one boundary make up a unit, or a region, of another.

Chains of dated successions are composed: forwards a share of a share is a product; backwards a unit that came from
several is divided by a named weight that the caller hands in, because territory alone does not say how its people or
its output were spread. A cover lists what must be added up, whole, to have a value for a target.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from lienvung.domain.areas.gazetteer import Gazetteer
from lienvung.domain.areas.nouns import AreaKey, Succession
from lienvung.errors import Both, BoundaryUnknown, CrosswalkInvalid

FIRST_DAY, LAST_DAY = date.min, date.max
_CLOSE = 1e-9

Pick = Callable[[Sequence[AreaKey], int], "Mapping[AreaKey, float] | None"]
"""Weights of some units in a year, of one date for all of them; None where they are not all known."""


@dataclass(frozen=True, slots=True)
class Flow:
    """``share`` of one unit's territory is in ``area``, by these successions. ``share`` is None: not known."""

    area: AreaKey
    share: float | None
    path: tuple[Succession, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """``share`` of a source unit's value counts towards the target."""

    source: AreaKey
    share: float
    kind: str  # same, merge, split
    path: tuple[Succession, ...] = ()

    @property
    def is_estimated(self) -> bool:
        """Whether only a part of the unit counts, so that its share is an estimate."""
        return self.kind == "split"


@dataclass(frozen=True, slots=True)
class Cover:
    """Units of the boundary of ``day`` that together are the target, for values of periods in ``[since, until)``."""

    target: str
    day: date
    links: tuple[Link, ...]
    since: date = FIRST_DAY
    until: date = LAST_DAY

    @property
    def id(self) -> str:
        """A name for this cover among those of its target."""
        return f"{self.day.isoformat()}/{self.since.isoformat()}/{self.links[0].source}"

    @property
    def is_estimated(self) -> bool:
        """Whether any share is an estimate."""
        return any(link.is_estimated for link in self.links)

    @property
    def is_printed(self) -> bool:
        """Whether the value of one unit, of exactly this territory, is the answer as it was printed."""
        return len(self.links) == 1 and self.links[0].kind == "same"


@dataclass(frozen=True, slots=True)
class Territory:
    """What is asked about: a unit, or a region as its whole units on the boundary of ``day``."""

    name: str
    day: date
    units: tuple[AreaKey, ...]
    printed: AreaKey | None = None  # the key under which documents print a value of it

    @property
    def is_region(self) -> bool:
        """Whether it is a set of units rather than one."""
        return self.printed is None or self.units != (self.printed,)


class Crosswalk:
    """The dated relations of all units of a level, checked, and the covers that follow from them.

    Raises:
        CrosswalkInvalid: shares that do not sum to 1, a unit that ends twice, a cycle, one code for two territories
            on one day.
    """

    def __init__(self, places: Gazetteer, level: str = "province") -> None:
        self.places = places
        self.level = level
        self._onward: dict[AreaKey, list[Succession]] = {}
        self._absorbed: dict[AreaKey, list[date]] = {}
        for step in places.successions:
            self._onward.setdefault(step.predecessor, []).append(step)
            if step.day != step.successor.start:
                self._absorbed.setdefault(step.successor, []).append(step.day)
        _check_shares(self._onward)
        _check_cycles(self._onward)
        _check_overlaps(places, level)
        starts = {a.key.start for a in places.areas.values() if a.level == level}
        self.days: tuple[date, ...] = tuple(sorted(starts | {s.day for s in places.successions}))
        self._near: dict[tuple[Territory, date], Territory] = {}
        self._flows: dict[tuple[date, date], dict[AreaKey, tuple[Flow, ...]]] = {}

    def boundary(self, text: str) -> date:
        """The first day of the boundary in force on a day, from a year or a day as the reader wrote it.

        A year that a code list is named by (2004) means that list.

        Raises:
            BoundaryUnknown: unreadable, or before the first boundary.
        """
        text = text.strip()
        choices = ", ".join(d.isoformat() for d in self.days)
        listed = {a.key.valid_from: a.key.start for a in self.places.areas.values() if a.level == self.level}
        try:
            day = listed.get(text) or (date(int(text), 12, 31) if len(text) == 4 else date.fromisoformat(text))
        except ValueError:
            unread = Both("không đọc được ngày", "the date is not readable")
            raise BoundaryUnknown(boundary=text, reason=unread, choices=choices) from None
        earlier = [d for d in self.days if d <= day]
        if not earlier:
            first = self.days[0].isoformat() if self.days else "—"
            before = Both(f"trước mốc đầu tiên ({first})", f"it is before the first one ({first})")
            raise BoundaryUnknown(boundary=text, reason=before, choices=choices)
        return earlier[-1]

    def name(self, day: date) -> str:
        """A boundary as code lists write it: ``2004``, ``2025-07-01``."""
        found = {a.key.valid_from for a in self.places.areas.values() if a.level == self.level and a.key.start == day}
        return min(found, default=day.isoformat(), key=len)

    def units(self, day: date) -> list[AreaKey]:
        """All units of the boundary in force on a day."""
        return [a.key for a in self.places.on(day, self.level)]

    def is_unit(self, key: AreaKey) -> bool:
        """Whether an area is of the level that this crosswalk relates."""
        return self.places.area(key).level == self.level

    def flows(self, start: date, end: date) -> dict[AreaKey, tuple[Flow, ...]]:
        """Where every unit of one day went by another; back in time, which units it came from.

        Forwards the shares are those of the successions, multiplied along the chain. Backwards a unit that lies in one
        earlier unit has share 1; one that came from several has no share (None) until it is weighed.
        """
        if (start, end) not in self._flows:
            made = self._forwards(start, end) if start <= end else self._backwards(start, end)
            self._flows[start, end] = made
        return self._flows[start, end]

    def _forwards(self, start: date, end: date) -> dict[AreaKey, tuple[Flow, ...]]:
        return {key: tuple(self._walk(Flow(key, 1.0), start, end)) for key in self.units(start)}

    def _walk(self, flow: Flow, after: date, end: date) -> Iterable[Flow]:
        steps = [s for s in self._onward.get(flow.area, ()) if after < s.day <= end]
        if not steps:
            return [flow]
        found: dict[AreaKey, Flow] = {}
        for step in steps:
            onward = Flow(step.successor, (flow.share or 0.0) * step.share, (*flow.path, step))
            for reached in self._walk(onward, step.day, end):
                before = found.get(reached.area)
                share = (reached.share or 0.0) + ((before.share or 0.0) if before else 0.0)
                path = (*(before.path if before else ()), *reached.path)
                found[reached.area] = Flow(reached.area, _whole(share), tuple(dict.fromkeys(path)))
        return list(found.values())

    def _backwards(self, start: date, end: date) -> dict[AreaKey, tuple[Flow, ...]]:
        came: dict[AreaKey, list[Flow]] = {key: [] for key in self.units(start)}
        for key, onward in self.flows(end, start).items():
            for flow in onward:
                came.setdefault(flow.area, []).append(Flow(key, flow.share, flow.path))
        return {
            key: tuple(Flow(f.area, 1.0 if len(found) == 1 else None, f.path) for f in found)
            for key, found in came.items()
        }

    def spread(self, key: AreaKey, start: date, end: date, pick: Pick | None, year: int) -> dict[AreaKey, float] | None:
        """The shares of a unit of one day among those of another; None where they need a weight that is not known."""
        flows = self.flows(start, end).get(key, ())
        if all(f.share is not None for f in flows):
            return {f.area: float(f.share or 0) for f in flows}
        weights = pick([f.area for f in flows], year) if pick else None
        if weights is None:
            return None
        parts = {f.area: weights[f.area] * self._forward_share(f.area, key, start, end) for f in flows}
        total = sum(parts.values())
        return {area: part / total for area, part in parts.items()} if total > 0 else None

    def _forward_share(self, old: AreaKey, new: AreaKey, start: date, end: date) -> float:
        return next(float(f.share or 0) for f in self.flows(end, start)[old] if f.area == new)

    def unit(self, key: AreaKey, day: date) -> Territory:
        """One unit of a boundary as something to ask about."""
        return Territory(str(key), day, (key,), key)

    def region(self, code: str) -> Territory:
        """A region as the whole units of the boundary that it is drawn on.

        A region that has partial members on a boundary is drawn on another one, where all are whole.

        Raises:
            UnknownRegion: no such code. BoundaryUnknown: no boundary has only whole members of it.
        """
        for day in self.days:
            members = [m for m in self.places.members(code, day) if self.places.area(m.area).level == self.level]
            if members and not any(m.is_partial for m in members):
                units = tuple(m.area for m in members)
                name = f"{code}@{self.name(day)}"
                printed = AreaKey.parse(name)
                return Territory(name, day, units, printed if printed in self.places.areas else None)
        reason = Both(f"vùng {code} không gồm toàn đơn vị trọn vẹn", f"{code} has no whole units on any")
        raise BoundaryUnknown(boundary=code, reason=reason, choices=", ".join(map(str, self.days)))

    def parts(self, territory: Territory, day: date) -> dict[AreaKey, tuple[bool, tuple[AreaKey, ...]]]:
        """The units of a boundary that a territory touches: whether wholly, and what of them lies outside.

        What lies outside is told in units of the nearest boundary on which the territory has only whole units.
        """
        near = self._nearest(territory, day)
        inside = set(near.units)
        found = {}
        for key, flows in self.flows(day, near.day).items():
            touched = [f.area for f in flows]
            if inside.intersection(touched):
                outside = tuple(sorted(a for a in touched if a not in inside))
                found[key] = (not outside, outside)
        return found

    def _nearest(self, territory: Territory, day: date) -> Territory:
        """The territory on that boundary, of those on which all its units are whole, which lies nearest to a day.

        Weights are known for units that still stood; a unit that ended long before has none.
        """
        if (territory, day) not in self._near:
            drawn = [d for d in self.days if d == territory.day or self._is_whole(territory, d)]
            nearest = min(drawn, key=lambda d: abs((d - day).days))
            units = territory.units if nearest == territory.day else self._units_in(territory, nearest)
            self._near[territory, day] = replace(territory, day=nearest, units=units)
        return self._near[territory, day]

    def _units_in(self, territory: Territory, day: date) -> tuple[AreaKey, ...]:
        inside = set(territory.units)
        flows = self.flows(day, territory.day)
        return tuple(key for key, found in flows.items() if inside.intersection(f.area for f in found))

    def _is_whole(self, territory: Territory, day: date) -> bool:
        flows, inside = self.flows(day, territory.day), set(territory.units)
        return all(f.area in inside for key in self._units_in(territory, day) for f in flows[key])

    def covers(
        self, territory: Territory, boundary: date, pick: Pick | None = None, years: Sequence[int] = ()
    ) -> list[Cover]:
        """Every way to have the territory's value on a boundary: from each boundary that documents were drawn on.

        Args:
            boundary: the units in which the territory is expressed; where one belongs to it only in part, its part is
                weighed. pick, years: weights of splits and the years that they are known for; without them only exact
                covers are found.
        """
        found = _printed(self, territory, boundary)
        for day in self.days:
            for first, last in _windows(years if pick else ()):
                links = self._links(territory, boundary, day, pick, first.year)
                if links:
                    found += self._dated(Cover(territory.name, day, links, first, last))
        return _distinct(found)

    def _links(
        self, territory: Territory, boundary: date, day: date, pick: Pick | None, year: int
    ) -> tuple[Link, ...] | None:
        within = self._within(territory, boundary, pick, year)
        if within is None:
            return None
        links = []
        for key, flows in self.flows(day, boundary).items():
            touched = [within.get(f.area, 0.0) for f in flows]
            if not any(touched):
                continue
            path = tuple(dict.fromkeys(step for f in flows if within.get(f.area) for step in f.path))
            if all(t == 1.0 for t in touched):
                kind = "same" if _is_same(self.places, territory, key) else "merge"
                links.append(Link(key, 1.0, kind, path))
                continue
            shares = self.spread(key, day, boundary, pick, year)
            if shares is None:
                return None
            share = sum(shares[f.area] * within.get(f.area, 0.0) for f in flows)
            links.append(Link(key, share, "split", path))
        return tuple(sorted(links, key=lambda x: x.source))

    def _within(
        self, territory: Territory, boundary: date, pick: Pick | None, year: int
    ) -> dict[AreaKey, float] | None:
        """How much of each unit of the boundary lies in the territory; None where that needs an unknown weight."""
        found: dict[AreaKey, float] = {}
        near = self._nearest(territory, boundary)
        inside = set(near.units)
        for key, (is_whole, _) in self.parts(territory, boundary).items():
            if is_whole:
                found[key] = 1.0
                continue
            shares = self.spread(key, boundary, near.day, pick, year)
            if shares is None:
                return None
            found[key] = sum(share for area, share in shares.items() if area in inside)
        return found

    def _dated(self, cover: Cover) -> list[Cover]:
        """The cover within the time in which its keys mean its territory (a unit that took in another changed)."""
        since, until = cover.since, cover.until
        for link in cover.links:
            for day in self._absorbed.get(link.source, ()):
                since, until = (max(since, day), until) if day <= cover.day else (since, min(until, day))
        return [Cover(cover.target, cover.day, cover.links, since, until)] if since < until else []


def _whole(share: float) -> float:
    return 1.0 if abs(share - 1) < _CLOSE else share


def _is_same(places: Gazetteer, territory: Territory, key: AreaKey) -> bool:
    return territory.units == (key,) or (len(territory.units) == 1 and key in places.same_territory(territory.units[0]))


def _printed(crosswalk: Crosswalk, territory: Territory, boundary: date) -> list[Cover]:
    """A region's or the country's own printed values, where it is whole on that boundary."""
    if territory.printed is None or (not territory.is_region and crosswalk.is_unit(territory.printed)):
        return []
    if not all(is_whole for is_whole, _ in crosswalk.parts(territory, boundary).values()):
        return []
    return [Cover(territory.name, territory.day, (Link(territory.printed, 1.0, "same"),))]


def _windows(years: Sequence[int]) -> list[tuple[date, date]]:
    """Stretches of time, each with weights of its own year; the first reaches back, the last onward."""
    return list(pairwise([FIRST_DAY, *(date(y, 1, 1) for y in sorted(years)[1:]), LAST_DAY]))


def _distinct(covers: Iterable[Cover]) -> list[Cover]:
    """Covers that add up the same units once, over the longest time."""
    found: dict[tuple[object, ...], Cover] = {}
    for cover in covers:
        what = tuple((x.source, x.share) for x in cover.links)
        before = next((c for k, c in found.items() if k[0] == what and c.until >= cover.since), None)
        if before is None:
            found[what, cover.since] = cover
            continue
        since, until = min(before.since, cover.since), max(before.until, cover.until)
        found = {k: c for k, c in found.items() if c is not before}
        found[what, since] = Cover(before.target, before.day, before.links, since, until)
    return list(found.values())


def _check_shares(onward: Mapping[AreaKey, Sequence[Succession]]) -> None:
    for key, steps in onward.items():
        days = {s.day for s in steps}
        total = sum(s.share for s in steps)
        if len(days) > 1:
            listed = ", ".join(d.isoformat() for d in sorted(days))
            raise CrosswalkInvalid(place=str(key), found=Both(f"kết thúc hai lần ({listed})", f"ends twice ({listed})"))
        if any(not 0 < s.share <= 1 for s in steps) or abs(total - 1) > _CLOSE:
            into = ", ".join(f"{s.successor} {s.share:g}" for s in steps)
            vi, en = f"các phần cộng lại {total:g}, không phải 1 ({into})", f"shares make {total:g}, not 1 ({into})"
            raise CrosswalkInvalid(place=str(key), found=Both(vi, en))


def _check_cycles(onward: Mapping[AreaKey, Sequence[Succession]]) -> None:
    done: set[AreaKey] = set()

    def walk(key: AreaKey, path: tuple[AreaKey, ...]) -> None:
        if key in path:
            ring = " → ".join(map(str, (*path[path.index(key) :], key)))
            raise CrosswalkInvalid(place=str(key), found=Both(f"vòng tròn: {ring}", f"a circle: {ring}"))
        if key not in done:
            for step in onward.get(key, ()):
                walk(step.successor, (*path, key))
            done.add(key)

    for key in onward:
        walk(key, ())


def _check_overlaps(places: Gazetteer, level: str) -> None:
    by_code: dict[str, list[AreaKey]] = {}
    for area in places.areas.values():
        if area.level == level:
            by_code.setdefault(area.key.code, []).append(area.key)
    for keys in by_code.values():
        for earlier, later in pairwise(sorted(keys, key=lambda k: k.start)):
            if places.area(earlier).valid_to > later.start:
                vi = f"mã còn hiệu lực đến {places.area(earlier).valid_to} ở {earlier}"
                en = f"the code is valid until {places.area(earlier).valid_to} at {earlier}"
                raise CrosswalkInvalid(place=str(later), found=Both(vi, en))
