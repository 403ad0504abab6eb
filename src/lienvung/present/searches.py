"""Finding an indicator or an area by a few words, accents or not."""

from __future__ import annotations

from dataclasses import dataclass

from lienvung.domain.areas import Area
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.indicators import Indicator
from lienvung.domain.names import fold
from lienvung.present.places import Place, full_name, vietnamese_order

MOST = 60


@dataclass(frozen=True)
class Matches:
    """What a text matches, best first."""

    indicators: tuple[Indicator, ...]
    places: tuple[Place, ...]


def match_text(text: str, catalogue: Catalogue, lang: str) -> Matches:
    """Indicators and areas all of whose words are found, in either language ("dong nai" finds Đồng Nai)."""
    words = fold(text).split()
    if not words:
        return Matches((), ())
    indicators = [(_rank(words, _texts_of(i)), i) for i in catalogue.indicators.values()]
    known = catalogue.gazetteer.areas.values()
    areas = [(_rank(words, (a.name_vi, a.name_en, a.key.code, *a.aliases)), a) for a in known]
    found = sorted(((r, i.name(lang), i) for r, i in indicators if r), key=lambda m: (-m[0], vietnamese_order(m[1])))
    places = sorted(((r, a) for r, a in areas if r), key=lambda m: (-m[0], vietnamese_order(m[1].name(lang)), m[1].key))
    return Matches(tuple(i for _, _, i in found)[:MOST], tuple(_place(a, catalogue, lang) for _, a in places)[:MOST])


def _texts_of(indicator: Indicator) -> tuple[str, ...]:
    return (indicator.name_vi, indicator.name_en, indicator.code, indicator.indicator_key, indicator.official_code)


def _rank(words: list[str], texts: tuple[str, ...]) -> int:
    """3: a text is these words, 2: begins with them, 1: contains them all as beginnings of words, 0: no match."""
    wanted = " ".join(words)
    folded = [fold(t) for t in texts if t]
    if wanted in folded:
        return 3
    if any(f.startswith(wanted) for f in folded):
        return 2
    every = " " + " ".join(folded)
    return int(all(f" {word}" in every for word in words))


def _place(area: Area, catalogue: Catalogue, lang: str) -> Place:
    name = full_name(area, catalogue, lang)
    return Place(str(area.key), name, name)
