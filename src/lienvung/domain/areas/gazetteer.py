"""Which territory does this code or printed name mean?

A code in a document resolves by the boundary that the document uses, never by the period of the
figure. A bare code in a question is accepted only where it means one territory throughout the span.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from lienvung.domain.areas.nouns import Area, AreaKey, Membership, Region, Succession
from lienvung.domain.names import fold, nearest
from lienvung.errors import AmbiguousArea, UnknownArea, UnknownRegion

_PREFIXES = ("thanh pho ", "tinh ", "tp ", "city of ", "province of ")
_SUFFIXES = (" city", " province")


@lru_cache(maxsize=4096)
def name_key(text: str) -> str:
    """A printed area name without tones, type words and punctuation.

    >>> name_key("TP. Hồ Chí Minh") == name_key("Ho  Chi  Minh city") == "ho chi minh"
    True
    """
    key = fold(text)
    for prefix in _PREFIXES:
        key = key.removeprefix(prefix)
    for suffix in _SUFFIXES:
        key = key.removesuffix(suffix)
    return key


class Gazetteer:
    """All areas, regions and successions of a pack, with the look-ups that the rooms need."""

    def __init__(
        self,
        areas: Iterable[Area],
        successions: Iterable[Succession] = (),
        regions: Iterable[Region] = (),
        memberships: Iterable[Membership] = (),
    ) -> None:
        self.areas: dict[AreaKey, Area] = {a.key: a for a in areas}
        self.successions = tuple(successions)
        self.regions: dict[str, Region] = {r.code: r for r in regions}
        self.memberships = tuple(memberships)
        self._by_code: dict[str, list[Area]] = {}
        self._by_name: dict[str, list[Area]] = {}
        for area in sorted(self.areas.values(), key=lambda a: a.key.start):
            self._by_code.setdefault(area.key.code, []).append(area)
            names = (area.name_vi, area.name_en, *area.aliases)
            for name in {name_key(n) for n in names if n}:
                self._by_name.setdefault(name, []).append(area)

    def area(self, key: AreaKey) -> Area:
        """The area of a full key.

        Raises:
            UnknownArea: no such key.
        """
        found = self.areas.get(key)
        if found is None:
            raise self._unknown(str(key), key.valid_from)
        return found

    def resolve_printed(self, text: str, boundary: date) -> AreaKey | None:
        """The area that a document on that boundary means by a code or a name; None if unknown."""
        text = text.strip()
        if "@" in text:
            key = AreaKey.parse(text)
            return key if key in self.areas else None
        code = text.zfill(2) if text.isdigit() else text
        for area in self._by_code.get(code, []) + self._by_name.get(name_key(text), []):
            if area.is_valid_on(boundary):
                return area.key
        return None

    def resolve_asked(self, text: str, first: date | None, last: date | None) -> AreaKey:
        """The area that a question over ``first … last`` means by ``79``, ``79@2004`` or a name.

        Where two lists call the same territory by it, the earlier key is the answer; ``same_territory`` has the rest.

        Raises:
            AmbiguousArea: a bare code or name whose territory changed within the span.
            UnknownArea: nothing has this code or name.
        """
        text = text.strip()
        if "@" in text:
            return self.area(AreaKey.parse(text)).key
        code = text.zfill(2) if text.isdigit() else text
        found = self._by_code.get(code) or self._by_name.get(name_key(text)) or []
        if not found:
            raise self._unknown(text, "—")
        # the first list of a code also speaks for the years before it was drawn up
        alive = [
            a for a in found if (not last or a.key.start <= last or a is found[0]) and (not first or a.valid_to > first)
        ]
        choices = alive or found
        same = self.same_territory(choices[0].key)
        if any(a.key not in same for a in choices):
            labels = ", ".join(f"{a.key} ({a.name_vi})" for a in choices)
            raise AmbiguousArea(area=text, span=f"{first or '…'} – {last or '…'}", choices=labels)
        return choices[0].key

    def same_territory(self, key: AreaKey) -> list[AreaKey]:
        """The keys, of every boundary, of exactly this territory: a unit that a new list left as it was, by date."""
        found = {key}
        for older in (True, False):
            step = self._unchanged(key, older)
            while step and step not in found:
                found.add(step)
                step = self._unchanged(step, older)
        return sorted(found, key=lambda k: k.start)

    def _unchanged(self, key: AreaKey, older: bool) -> AreaKey | None:
        links = self.predecessors(key) if older else self.successors(key)
        if len(links) != 1 or links[0].share != 1 or links[0].day != links[0].successor.start:
            return None  # split, merged, or taken in by a unit that was there before (Hà Tây by Hà Nội)
        other = links[0].predecessor if older else links[0].successor
        back = self.successors(other) if older else self.predecessors(other)
        return other if len(back) == 1 else None

    def on(self, day: date, level: str = "province") -> list[Area]:
        """All areas of a level that existed on that day, by code."""
        return sorted((a for a in self.areas.values() if a.level == level and a.is_valid_on(day)), key=lambda a: a.key)

    def region(self, code: str) -> Region:
        """The region of a code.

        Raises:
            UnknownRegion: no such code.
        """
        if code not in self.regions:
            raise UnknownRegion(region=code, choices=", ".join(sorted(self.regions)))
        return self.regions[code]

    def members(self, region: str, boundary: date | None = None) -> list[Membership]:
        """The areas of a region, those of one boundary day if given, by code."""
        self.region(region)
        found = [m for m in self.memberships if m.region == region]
        if boundary:
            found = [m for m in found if self.areas[m.area].is_valid_on(boundary)]
        return sorted(found, key=lambda m: m.area)

    def predecessors(self, key: AreaKey) -> list[Succession]:
        """The dated relations by which this area came to be."""
        return [s for s in self.successions if s.successor == key]

    def successors(self, key: AreaKey) -> list[Succession]:
        """The dated relations by which this area ended."""
        return [s for s in self.successions if s.predecessor == key]

    def _unknown(self, text: str, boundary: str) -> UnknownArea:
        names = {f"{a.name_vi} ({a.key})": a for a in self.areas.values()}
        near = nearest(text, [*self._by_code, *(a.name_vi for a in self.areas.values())])
        return UnknownArea(area=text, boundary=boundary, choices=", ".join(near) or ", ".join(sorted(names)[:5]))
