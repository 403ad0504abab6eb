"""Areas named and ordered for a reader: the key region first, old and new units told apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lienvung.domain.areas import Area, AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY
from lienvung.domain.names import fold
from lienvung.present.numbers import format_date
from lienvung.present.texts import Texts

_TONES = {"̀": 1, "̉": 2, "̃": 3, "́": 4, "̣": 5}
_LETTERS = {c: i for i, c in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
PARTIAL = "\N{ASTERISK}"


@dataclass(frozen=True)
class Place:
    """An area as a page names it. ``full`` says which boundary is meant, ``name`` is enough where only one is."""

    key: str
    name: str
    full: str
    is_chosen: bool = False
    has_page: bool = True


@dataclass(frozen=True)
class PlaceGroup:
    """Areas offered together in the picker."""

    title: str
    places: tuple[Place, ...]
    is_open: bool = False


def vietnamese_order(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """A sort key in the order of the Vietnamese alphabet, letters before tones.

    >>> sorted(["Đà Nẵng", "Điện Biên", "Cần Thơ", "Dà", "An Giang"], key=vietnamese_order)
    ['An Giang', 'Cần Thơ', 'Dà', 'Đà Nẵng', 'Điện Biên']
    """
    import unicodedata

    letters, tones = [], []
    for char in unicodedata.normalize("NFC", text).lower():
        parts = unicodedata.normalize("NFD", char)
        tone = next((_TONES[c] for c in parts if c in _TONES), 0)
        bare = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
        letters.append(_LETTERS.get(bare, -1) if not bare.isspace() else -2)
        tones.append(tone)
    return tuple(letters), tuple(tones)


def full_name(area: Area, catalogue: Catalogue, lang: str) -> str:
    """The name, with the boundary where another unit has carried the same name."""
    peers = [a for a in catalogue.gazetteer.areas.values() if a.level == area.level]
    if sum(fold(a.name_vi) == fold(area.name_vi) for a in peers) < 2:
        return area.name(lang)
    texts = Texts(lang)
    if area.valid_to != OPEN_DAY:
        return texts("area_before", name=area.name(lang), day=format_date(area.valid_to, lang))
    return texts("area_since", name=area.name(lang), day=format_date(area.key.start, lang))


def name_places(keys: Iterable[str], catalogue: Catalogue, lang: str, chosen: Iterable[str] = ()) -> list[Place]:
    """Areas by their keys, in the order given; a name that two of them share is written in full.

    A region that is a set of units and no area of its own goes by its name.
    """
    keys, chosen = list(keys), set(chosen)
    names = [name_place(key, catalogue, lang) for key in keys]
    found = []
    for key, name in zip(keys, names, strict=True):
        area = catalogue.gazetteer.areas.get(AreaKey.parse(key))
        full = full_name(area, catalogue, lang) if area else name
        found.append(Place(key, name if names.count(name) == 1 else full, full, key in chosen, area is not None))
    return found


def name_place(key: str, catalogue: Catalogue, lang: str, is_full: bool = False) -> str:
    """The name of an area by its key, or of a region by its code."""
    places, parsed = catalogue.gazetteer, AreaKey.parse(key)
    if parsed not in places.areas and parsed.code in places.regions:
        return places.region(parsed.code).name(lang)
    area = places.area(parsed)
    return full_name(area, catalogue, lang) if is_full else area.name(lang)


def group_places(keys: Iterable[str], catalogue: Catalogue, lang: str, chosen: Iterable[str]) -> list[PlaceGroup]:
    """The areas that have figures, grouped for the picker; groups without any are left out."""
    texts, chosen = Texts(lang), set(chosen)
    places = catalogue.gazetteer
    members = {str(m.area) for m in places.members(catalogue.region)}
    areas = [places.area(AreaKey.parse(key)) for key in keys]
    ordered = sorted(areas, key=lambda a: vietnamese_order(a.name(lang)))
    provinces = [a for a in ordered if a.level == "province"]
    ended = [a for a in provinces if a.valid_to != OPEN_DAY]
    current = [a for a in provinces if a.valid_to == OPEN_DAY]
    wholes = sorted((a for a in ordered if a.level != "province"), key=lambda a: (a.level != "country", str(a.key)))
    region = places.region(catalogue.region).name(lang)
    lists = (
        (texts("picker_region_before", region=region), [a for a in ended if str(a.key) in members]),
        (texts("picker_region_after", region=region), [a for a in current if str(a.key) in members]),
        (texts("picker_wholes"), wholes),
        (texts("picker_others_before"), [a for a in ended if str(a.key) not in members]),
        (texts("picker_others_after"), [a for a in current if str(a.key) not in members]),
    )
    filled = [(title, found, title == lists[0][0]) for title, found in lists if found]
    return [_group(title, found, chosen, catalogue, lang, is_first) for title, found, is_first in filled]


def _group(
    title: str, areas: list[Area], chosen: set[str], catalogue: Catalogue, lang: str, is_first: bool
) -> PlaceGroup:
    found = name_places([str(a.key) for a in areas], catalogue, lang, chosen)
    return PlaceGroup(title, tuple(found), is_first or any(p.is_chosen for p in found))
