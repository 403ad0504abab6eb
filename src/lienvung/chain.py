"""Walks a reader's question: words → nouns → published rows. The reading half's pipeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import pyarrow as pa

from lienvung.domain.areas import AreaKey, Gazetteer
from lienvung.domain.areas.crosswalk import Crosswalk, Territory
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import last_day, parse_instant
from lienvung.domain.handovers import Answer, DerivedAnswer, Question
from lienvung.domain.names import nearest
from lienvung.domain.periods import Period, parse_span
from lienvung.errors import BadValue, Both, NotFound, UnknownCode
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader
from lienvung.query.vintages import find_vintages

if TYPE_CHECKING:
    from lienvung.analyse.boundaries import Conversion

ALL = "all"


def _listed(text: str | None) -> list[str]:
    return [part.strip() for part in (text or "").split(",") if part.strip()]


def _known(text: str | None, codes: Mapping[str, object], codelist: str) -> tuple[str, ...]:
    wanted = [] if text == ALL else _listed(text)
    for code in wanted:
        if code not in codes:
            near = nearest(code, codes) or sorted(codes)[:8]
            raise UnknownCode(value=code, codelist=codelist, choices=", ".join(near))
    return tuple(wanted)


def _members(places: Gazetteer, region: str, first: date | None, last: date | None) -> list[AreaKey]:
    """The whole units of a region on every boundary that the span touches."""
    members = [m.area for m in places.members(region) if not m.is_partial]
    begins = min((k.start for k in members), default=date.min)  # the first list also speaks for the years before it
    begun = [k for k in members if not last or k.start <= max(last, begins)]
    return [k for k in begun if not first or places.area(k).valid_to > first]


def read_question(catalogue: Catalogue, indicators: Sequence[str], choices: Mapping[str, str | None]) -> Question:
    """A question from what a reader wrote.

    Args:
        indicators: codes. choices: any of ``areas``, ``region``, ``start``, ``end``, ``published``, ``recorded``,
            ``issuer``, ``breakdown``, ``activity``; lists are joined by commas.

    Raises:
        CatalogueError, QuestionError: a code is unknown or ambiguous, a period or date unreadable.
    """
    first, last = parse_span(choices.get("start"), choices.get("end"))
    places = catalogue.gazetteer
    areas: list[AreaKey] = []
    for text in _listed(choices.get("areas")):
        key = places.resolve_asked(text, first, last)
        areas += [key] if "@" in text else places.same_territory(key)
    if choices.get("region"):
        areas += _members(places, str(choices["region"]), first, last)
    published, recorded = choices.get("published"), choices.get("recorded")
    return Question(
        indicators=tuple(catalogue.indicator(i).code for i in indicators),
        areas=tuple(dict.fromkeys(areas)),
        first=first,
        last=last,
        issuers=_known(choices.get("issuer"), catalogue.issuers, "issuers"),
        activities=_known(choices.get("activity"), catalogue.activities, "activities"),
        breakdowns=_known(choices.get("breakdown"), catalogue.breakdowns, "breakdowns"),
        published=last_day(published) if published else None,
        recorded=parse_instant(recorded) if recorded else None,
    )


def _unasked(choices: Mapping[str, str | None]) -> tuple[str, ...]:
    """The columns of which only totals are wanted, because the reader named no part of them."""
    return tuple(c for c in ("activity", "breakdown") if not choices.get(c))


def ask_observations(
    catalogue: Catalogue, reader: Reader, indicators: Sequence[str], choices: Mapping[str, str | None]
) -> Answer:
    """The published rows that answer what a reader wrote; totals unless a breakdown or activity is named.

    With ``boundary`` or ``total`` among the choices, as ``ask_on_boundary``; with ``unit``, told in that unit.

    Raises:
        CatalogueError, QuestionError: as ``read_question``. NotFound: nothing published answers it.
    """
    if is_converted(choices):
        answer: Answer = ask_on_boundary(catalogue, reader, indicators, choices)
    else:
        answer = _ask_plainly(catalogue, reader, indicators, choices)
    if not choices.get("unit"):
        return answer
    from lienvung.analyse.units import convert_answer

    table = convert_answer(answer.table, catalogue, str(choices["unit"]), choices.get("lang") or "vi")
    return replace(answer, table=table)


def _ask_plainly(
    catalogue: Catalogue, reader: Reader, indicators: Sequence[str], choices: Mapping[str, str | None]
) -> Answer:
    """The rows as they were published, on the boundary of their documents."""
    question = replace(read_question(catalogue, indicators, choices), prefer_totals=_unasked(choices))
    dataflows = sorted({catalogue.dataflow_of(i) for i in question.indicators})
    answer = find_observations(reader, question, dataflows)
    if not answer.table.num_rows:
        what = ", ".join([*question.indicators, *map(str, question.areas)])
        span = f"{choices.get('start') or '…'} – {choices.get('end') or '…'}"
        raise NotFound(what=f"{what}, {span}", choices=f"lienvung pack list {question.indicators[0]}")
    return answer


def ask_vintages(
    catalogue: Catalogue, reader: Reader, indicator: str, area: str, period: str, choices: Mapping[str, str | None]
) -> pa.Table:
    """Every vintage of one figure; totals unless a breakdown or activity is named.

    Raises:
        CatalogueError, QuestionError: a code is unknown or ambiguous. NotFound: nothing was ever published.
    """
    code = catalogue.indicator(indicator).code
    when = Period.parse(period)
    key = catalogue.gazetteer.resolve_asked(area, when.start, when.end)
    part = {
        name: None if choices.get(name) == ALL else choices.get(name) for name in ("activity", "breakdown", "issuer")
    }
    table = find_vintages(reader, code, key, **part, period=when.text, prefer_totals=_unasked(choices))
    if not table.num_rows:
        raise NotFound(what=f"{code} {key} {period}", choices=f"lienvung get {code} --areas {key}")
    return table


SOURCE = "source"
"""The boundary that each document was drawn on."""


def is_converted(choices: Mapping[str, str | None]) -> bool:
    """Whether values on another boundary, or totals, are asked for."""
    return (choices.get("boundary") or SOURCE) != SOURCE or is_yes(choices.get("total"))


def is_yes(text: str | None) -> bool:
    """A switch given as text.

    >>> is_yes("true"), is_yes("1"), is_yes(""), is_yes(None), is_yes("false")
    (True, True, False, False, False)
    """
    return (text or "").strip().lower() in ("1", "true", "yes")


@lru_cache(maxsize=8)
def crosswalk_of(places: Gazetteer) -> Crosswalk:
    """The checked crosswalk of a pack's areas, made once."""
    return Crosswalk(places)


def ask_on_boundary(
    catalogue: Catalogue, reader: Reader, indicators: Sequence[str], choices: Mapping[str, str | None]
) -> DerivedAnswer:
    """Values on one boundary or of a whole region, printed and computed ones side by side, down to their inputs.

    Args:
        choices: as for ``read_question``, and ``boundary`` (a day, or ``source``), ``total`` (of ``region``),
            ``split_by`` (an indicator), ``denominator`` (indicators, each as ``CODE`` or ``CODE@period``).

    Raises:
        CatalogueError, QuestionError: as ``read_question``; the boundary is unknown; the indicator's rule allows no
            value. NotFound, PartsMissing: nothing published answers it, or a part of it is lacking.
    """
    from lienvung.analyse.boundaries import calc_on_boundary
    from lienvung.analyse.derivations import DERIVED

    bare = {k: v for k, v in choices.items() if k not in ("areas", "region")}
    question = replace(read_question(catalogue, indicators, bare), prefer_totals=_unasked(choices))
    wanted, notes = read_conversion(catalogue, choices)
    pointer = reader.pointer()
    rows = []
    for code in question.indicators:
        rows += calc_on_boundary(reader, catalogue, code, question, wanted, pointer)
    if not rows:
        what = ", ".join([*question.indicators, *(t.name for t in wanted.territories)])
        raise NotFound(what=f"{what} ({wanted.name})", choices=f"lienvung pack list {question.indicators[0]}")
    table = pa.Table.from_pylist(rows, DERIVED)
    return DerivedAnswer(question, table, pointer.snapshot, wanted.name, tuple(notes))


def read_conversion(catalogue: Catalogue, choices: Mapping[str, str | None]) -> tuple[Conversion, list[Both]]:
    """Which territories on which boundary a reader wants, and what must be told about them.

    Raises:
        CatalogueError, QuestionError: a place or boundary is unknown; a total without a region.
    """
    from lienvung.analyse.boundaries import Conversion

    crosswalk = crosswalk_of(catalogue.gazetteer)
    asked, region = choices.get("boundary") or SOURCE, choices.get("region")
    if is_yes(choices.get("total")):
        if not region:
            missing = Both("(không có)", "(none)")
            raise BadValue(value=missing, name="region", choices=", ".join(sorted(catalogue.gazetteer.regions)))
        territory = crosswalk.region(region)
        day = territory.day if asked == SOURCE else crosswalk.boundary(asked)
        territories, notes = [territory], _lost(catalogue, crosswalk, territory, day)
    else:
        day = crosswalk.boundary(asked)
        territories, notes = _places(catalogue, crosswalk, choices, day)
    pairs = [part.partition("@") for part in _listed(choices.get("denominator"))]
    others = tuple((catalogue.indicator(code).code, period) for code, _, period in pairs)
    return Conversion(crosswalk, tuple(territories), day, choices.get("split_by"), others), notes


def _places(
    catalogue: Catalogue, crosswalk: Crosswalk, choices: Mapping[str, str | None], day: date
) -> tuple[list[Territory], list[Both]]:
    """The units of a boundary that areas and region name; all of them if neither is given."""
    places, notes = catalogue.gazetteer, []
    found: list[Territory] = []
    for text in _listed(choices.get("areas")):
        key = places.resolve_printed(text, day) or places.resolve_asked(text, None, None)
        area = places.area(key)
        if area.level != crosswalk.level:
            found.append(crosswalk.region(key.code) if key.code in places.regions else crosswalk.unit(key, day))
        elif area.is_valid_on(day):
            found.append(crosswalk.unit(key, day))
        else:
            now = _units_of(crosswalk, key, day)
            found += [crosswalk.unit(k, day) for k in now]
            old, new, here = _named(catalogue, (key,)), _named(catalogue, now), crosswalk.name(day)
            vi, en = f"Trên địa giới {here}, {old.vi} thuộc {new.vi}.", f"{old.en} lies in {new.en} on that of {here}."
            notes.append(Both(vi, en))
    if choices.get("region"):
        territory = crosswalk.region(str(choices["region"]))
        parts = crosswalk.parts(territory, day)
        found += [crosswalk.unit(k, day) for k, (is_whole, _) in sorted(parts.items()) if is_whole]
        notes += _lost(catalogue, crosswalk, territory, day)
    if not choices.get("areas") and not choices.get("region"):
        found = [crosswalk.unit(k, day) for k in crosswalk.units(day)]
    return list(dict.fromkeys(found)), notes


def _units_of(crosswalk: Crosswalk, key: AreaKey, day: date) -> list[AreaKey]:
    """The units of a boundary that a unit of another lies in, or was divided into."""
    return sorted(f.area for f in crosswalk.flows(key.start, day).get(key, ()))


def _lost(catalogue: Catalogue, crosswalk: Crosswalk, territory: Territory, day: date) -> list[Both]:
    """Which units of a boundary belong to a region only in part, and what of them lies outside it."""
    notes = []
    here, there = crosswalk.name(day), crosswalk.name(territory.day)
    for key, (is_whole, outside) in sorted(crosswalk.parts(territory, day).items()):
        if not is_whole:
            unit, foreign = _named(catalogue, (key,)), _named(catalogue, outside)
            vi = (
                f"{territory.name} chỉ gồm một phần của {unit.vi} trên địa giới {here}; nằm ngoài là {foreign.vi}. "
                f"Tổng trên địa giới đó là ước tính; tổng đúng là trên địa giới {there}."
            )
            en = (
                f"{territory.name} holds only a part of {unit.en} on the boundary of {here}; {foreign.en} is outside. "
                f"A total there is an estimate; the exact one is on the boundary of {there}."
            )
            notes.append(Both(vi, en))
    return notes


def _named(catalogue: Catalogue, keys: Sequence[AreaKey]) -> Both:
    areas = [catalogue.gazetteer.area(k) for k in keys]
    vi, en = (", ".join(f"{a.name(lang)} ({a.key})" for a in areas) for lang in ("vi", "en"))
    return Both(vi, en)


def is_derived(catalogue: Catalogue, area: str, choices: Mapping[str, str | None]) -> bool:
    """Whether tracing a figure means opening a computation: on another boundary, or of a region that prints none."""
    places = catalogue.gazetteer
    code = area.strip().partition("@")[0]
    prints = any(key.code == code for key in places.areas)
    return is_converted(choices) or (code in places.regions and not prints)


def ask_derivation(
    catalogue: Catalogue, reader: Reader, indicator: str, area: str, period: str, choices: Mapping[str, str | None]
) -> DerivedAnswer:
    """One value on another boundary, or of a region, with everything that it was made from.

    Raises:
        As ``ask_on_boundary``.
    """
    when = Period.parse(period)
    span = {"start": when.text, "end": when.text}
    where: dict[str, str | None] = {"areas": area}
    code = area.partition("@")[0]
    if code in catalogue.gazetteer.regions:
        where = {"region": code, "total": "true"}
    answer = ask_on_boundary(catalogue, reader, [indicator], {**choices, **span, **where})
    at = [i for i, period in enumerate(answer.table["period"].to_pylist()) if period == when.text]
    kept = answer.table.take(at)
    if not kept.num_rows:
        raise NotFound(what=f"{indicator} {area} {period}", choices=f"lienvung pack list {indicator}")
    return replace(answer, table=kept)
