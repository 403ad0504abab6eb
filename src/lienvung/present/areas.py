"""An area for a reader: its latest figures by group, what it was and what it became."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from lienvung.domain.areas import Area, Succession
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.indicators import Group, Indicator
from lienvung.domain.observations import TOTAL
from lienvung.domain.periods import FREQS
from lienvung.present.grids import show_value
from lienvung.present.indicators import name_code
from lienvung.present.numbers import format_date, format_number, format_period
from lienvung.present.places import Place, full_name
from lienvung.present.texts import Texts


@dataclass(frozen=True)
class LatestFigure:
    """The newest value of an indicator in an area."""

    indicator: Indicator
    part: str
    text: str
    unit: str
    period: str
    period_name: str
    status: str
    status_code: str
    issuer: str
    issuer_code: str
    breakdown: str
    activity: str
    published: str


@dataclass(frozen=True)
class GroupFigures:
    """The figures of one official group."""

    group: Group
    figures: tuple[LatestFigure, ...]


@dataclass(frozen=True)
class Kin:
    """An area that this one came from or became part of."""

    place: Place
    day: date
    share: str
    basis: str
    document: str


def group_figures(table: pa.Table, catalogue: Catalogue, lang: str) -> list[GroupFigures]:
    """The newest value of each indicator, by group; of several parts the total, of several issuers each.

    Args:
        table: the last period of every series of one area (``OBSERVATIONS`` columns).
    """
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in table.to_pylist():
        rows[row["indicator"]].append(row)
    groups: dict[str, list[LatestFigure]] = defaultdict(list)
    for code in sorted(rows, key=lambda c: (catalogue.indicators[c].indicator_key, c)):
        for row in _main_rows(rows[code]):
            groups[catalogue.indicators[code].group].append(_figure(row, catalogue, lang))
    return [GroupFigures(g, tuple(groups[g.code])) for g in catalogue.groups.values() if groups[g.code]]


def _main_rows(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Totals where there are any, yearly before shorter periods, the newest of each issuer."""
    totals = [r for r in rows if r["breakdown"] == TOTAL and r["activity"] == TOTAL]
    chosen = totals or rows
    best = min(FREQS.index(r["freq"]) for r in chosen)
    chosen = [r for r in chosen if FREQS.index(r["freq"]) == best]
    newest: dict[tuple[str, str, str], dict[str, Any]] = {}
    for row in sorted(chosen, key=lambda r: r["period_end"]):
        newest[row["issuer"], row["breakdown"], row["activity"]] = row
    return [newest[key] for key in sorted(newest)]


def _figure(row: dict[str, Any], catalogue: Catalogue, lang: str) -> LatestFigure:
    indicator, texts = catalogue.indicators[row["indicator"]], Texts(lang)
    unit = catalogue.units.get(row["unit"])
    parts = [
        name_code(codes, row[column], lang)
        for codes, column in ((catalogue.activities, "activity"), (catalogue.breakdowns, "breakdown"))
        if row[column] != TOTAL
    ]
    return LatestFigure(
        indicator=indicator,
        part=", ".join(parts),
        text=show_value(row, texts, indicator.decimals),
        unit=unit.name(lang) if unit else row["unit"],
        period=row["period"],
        period_name=format_period(row["period"], lang),
        status=texts(f"status_{row['status']}"),
        status_code=row["status"],
        issuer=name_code(catalogue.issuers, row["issuer"], lang),
        issuer_code=row["issuer"],
        breakdown=row["breakdown"],
        activity=row["activity"],
        published=format_date(row["published_from"], lang, row["published_precision"]),
    )


def find_kin(area: Area, catalogue: Catalogue, lang: str) -> tuple[list[Kin], list[Kin]]:
    """The areas that this one came from, and those that it became part of."""
    places = catalogue.gazetteer
    before = [_kin(s, places.area(s.predecessor), catalogue, lang) for s in places.predecessors(area.key)]
    after = [_kin(s, places.area(s.successor), catalogue, lang) for s in places.successors(area.key)]
    return before, after


def _kin(succession: Succession, other: Area, catalogue: Catalogue, lang: str) -> Kin:
    name = full_name(other, catalogue, lang)
    share = "" if succession.share == 1 else format_number(100 * succession.share, 1, lang) + " %"
    return Kin(Place(str(other.key), name, name), succession.day, share, succession.basis, succession.document)
