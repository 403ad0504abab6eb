"""Walks a reader's question: words → nouns → published rows. The reading half's pipeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pyarrow as pa

from lienvung.domain.areas import AreaKey, Gazetteer
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import last_day, parse_instant
from lienvung.domain.handovers import Answer, Question
from lienvung.domain.names import nearest
from lienvung.domain.periods import Period, parse_span
from lienvung.errors import NotFound, UnknownCode
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader
from lienvung.query.vintages import find_vintages

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

    Raises:
        CatalogueError, QuestionError: as ``read_question``. NotFound: nothing published answers it.
    """
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
