"""Finding an indicator, an area, a plan or a target by a few words, accents or not."""

from __future__ import annotations

from dataclasses import dataclass

from lienvung.domain.areas import Area
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.indicators import Indicator
from lienvung.domain.names import fold
from lienvung.domain.plans import Plan, PlanRegister, Target
from lienvung.present.places import Place, full_name, vietnamese_order

MOST = 60


@dataclass(frozen=True)
class Matches:
    """What a text matches, best first."""

    indicators: tuple[Indicator, ...]
    places: tuple[Place, ...]
    plans: tuple[Plan, ...] = ()
    targets: tuple[Target, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing at all was found."""
        return not (self.indicators or self.places or self.plans or self.targets)


def match_text(text: str, catalogue: Catalogue, lang: str, register: PlanRegister | None = None) -> Matches:
    """What has all of these words, in either language ("dong nai" finds Đồng Nai, "790/qd" the decision)."""
    words = fold(text).split()
    if not words:
        return Matches((), ())
    indicators = [(_rank(words, _texts_of(i)), i) for i in catalogue.indicators.values()]
    known = catalogue.gazetteer.areas.values()
    areas = [(_rank(words, (a.name_vi, a.name_en, a.key.code, *a.aliases)), a) for a in known]
    found = sorted(((r, i.name(lang), i) for r, i in indicators if r), key=lambda m: (-m[0], vietnamese_order(m[1])))
    places = sorted(((r, a) for r, a in areas if r), key=lambda m: (-m[0], vietnamese_order(m[1].name(lang)), m[1].key))
    indicators_found = tuple(i for _, _, i in found)[:MOST]
    plans, targets = _match_register(words, register, catalogue) if register else ((), ())
    return Matches(indicators_found, tuple(_place(a, catalogue, lang) for _, a in places)[:MOST], plans, targets)


def _match_register(
    words: list[str], register: PlanRegister, catalogue: Catalogue
) -> tuple[tuple[Plan, ...], tuple[Target, ...]]:
    """Plans by number, title or issuer; targets by key or name, by their territory too; those in force first."""
    plans = [(_rank(words, (p.number, p.key, p.title_vi, p.title_en, p.issuer_vi)), p) for p in register.plans.values()]
    names = {str(a.key): (a.name_vi, a.name_en) for a in catalogue.gazetteer.areas.values()}
    names |= {r.code: (r.name_vi, r.name_en) for r in catalogue.gazetteer.regions.values()}
    targets = [
        (_rank(words, (t.key, t.name_vi, t.name_en, *names.get(t.territory, ()))), t)
        for t in register.targets.values()
        if not _is_only_place(words, names.get(t.territory, ()))
    ]
    plans_found = sorted((f for f in plans if f[0]), key=lambda f: (-f[0], -f[1].day.day.toordinal(), f[1].key))
    targets_found = sorted((f for f in targets if f[0]), key=lambda f: (-f[0], not register.is_current(f[1]), f[1].key))
    return tuple(p for _, p in plans_found)[:MOST], tuple(t for _, t in targets_found)[:MOST]


def _is_only_place(words: list[str], names: tuple[str, ...]) -> bool:
    """The words name the territory and nothing else: its page shows its targets."""
    return bool(names) and _rank(words, names) > 0


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
