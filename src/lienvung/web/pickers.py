"""The form of choices of an indicator page, and the page in its place where a choice has no lawful answer."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from lienvung.assemble import World
from lienvung.domain.indicators import Indicator
from lienvung.errors import LienVungError
from lienvung.present.indicators import name_code, series_title
from lienvung.present.places import group_places, name_places
from lienvung.present.refusals import say_refusal
from lienvung.present.texts import Texts
from lienvung.query.series import find_series
from lienvung.web.choices import Choice, choose
from lienvung.web.state import AS_PUBLISHED, NAMES, TERRITORIES, IndicatorState


def picker_parts(
    world: World, indicator: Indicator, choice: Choice, state: IndicatorState, lang: str
) -> dict[str, Any]:
    """What the form of choices asks for."""
    catalogue, texts = world.catalogue, Texts(lang)
    region = catalogue.gazetteer.region(catalogue.region).name(lang)
    offered = name_territories(state, lang)
    asked = state.territory if state.territory != AS_PUBLISHED else ""
    return {
        "indicator": indicator, "state": state, "names": NAMES, "query": state.query(), "choice": choice,
        "groups": group_places(choice.available, catalogue, lang, choice.areas),
        "options": name_options(world, choice, lang), "region_name": region,
        "territories": [("", texts("territory_source"), not asked)] + [(c, n, c == asked) for c, n in offered],
        "territory_name": dict(offered).get(asked, texts("territory_source")),
    }  # fmt: skip


def name_territories(state: IndicatorState, lang: str) -> list[tuple[str, str]]:
    """The boundaries offered, and the one asked for: code and name."""
    texts = Texts(lang)
    offered = [(code, texts(f"territory_{code[:4]}")) for code in TERRITORIES]
    if state.territory not in ("", AS_PUBLISHED, *TERRITORIES):
        offered.append((state.territory, texts("territory_day", day=state.territory)))
    return offered


def name_options(world: World, choice: Choice, lang: str) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """Selectors that have more than one answer: (parameter, label, [(code, name, chosen)])."""
    catalogue, texts = world.catalogue, Texts(lang)
    lists = {"breakdown": catalogue.breakdowns, "activity": catalogue.activities, "issuer": catalogue.issuers}
    found = []
    for column in ("freq", "activity", "breakdown", "issuer"):
        codes = choice.options[column]
        if len(codes) < 2:
            continue
        chosen = getattr(choice, column)
        names = [texts(f"freq_{c}") if column == "freq" else name_code(lists[column], c, lang) for c in codes]
        named = [(code, name, code == chosen) for code, name in zip(codes, names, strict=True)]
        found.append((NAMES[column], texts(f"pick_{column}"), named))
    return found


def refusal_parts(
    world: World, indicator: Indicator, state: IndicatorState, refusal: LienVungError, lang: str
) -> dict[str, Any]:
    """Why there is no value, and where the nearest lawful answer stands."""
    catalogue = world.catalogue
    choice = choose(catalogue, find_series(world.reader, [indicator.code]), replace(state, areas=()))
    keys = re.findall(r"[\w-]+@[\d-]+", str(refusal.facts.get("nearest", "")))
    near = [key for key in keys if key in choice.available]
    places = name_places(near, catalogue, lang)
    return {
        **picker_parts(world, indicator, replace(choice, areas=state.areas), state, lang),
        "title": series_title(indicator, catalogue, choice.breakdown, choice.activity, lang),
        "said": say_refusal(refusal, indicator, catalogue, lang), "periods": (), "period": "", "nearest": places,
        "clocks": state.clocks(),
        "nearest_query": {**state.query(), NAMES["areas"]: tuple(near), NAMES["territory"]: None, NAMES["total"]: None},
    }  # fmt: skip
