"""Published rows as a grid of areas and periods, each cell with its marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.periods import Period
from lienvung.present.derived import how_key, is_printed, mark_of, note_of, pick_drawn, rank_claims
from lienvung.present.numbers import format_number, format_period
from lienvung.present.places import Place, name_places
from lienvung.present.texts import Texts

QUIET_STATUSES = ("official", "")
WIDE = 12
"""More periods than this are read downwards."""


@dataclass(frozen=True)
class Cell:
    """One figure as it is shown. ``text`` is empty where nothing is published: missing is not zero.

    Attributes:
        mark: ``computed`` or ``estimated``; empty for a printed one. way: the key of the words for how it came about.
        source_key: the area that it was printed for. others: further claims of the same place and period.
        chosen: who chose this claim among several, when and why. is_drawn: a drawing shows it.
    """

    text: str = ""
    note: str = ""
    status: str = ""
    status_name: str = ""
    vintages: int = 0
    area_key: str = ""
    period: str = ""
    value: float | None = None
    is_published: bool = False
    mark: str = ""
    way: str = "published"
    source_key: str = ""
    others: tuple[Cell, ...] = ()
    chosen: str = ""
    is_drawn: bool = True


@dataclass(frozen=True)
class Line:
    """A row of the grid."""

    heading: str
    key: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """Areas by periods, or periods by areas where there are many (``is_tall``)."""

    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    places: tuple[Place, ...]
    periods: tuple[str, ...]
    statuses: tuple[tuple[str, str], ...]
    is_tall: bool
    has_vintages: bool
    figures: int
    marks: tuple[str, ...] = ()
    has_choices: bool = False


def build_grid(
    table: pa.Table,
    catalogue: Catalogue,
    lang: str,
    areas: Sequence[str],
    decimals: int,
    vintages: Mapping[tuple[str, str], int] | None = None,
    chosen: Mapping[tuple[str, str], str] | None = None,
) -> Grid:
    """The grid of one series per area.

    Args:
        table: ``OBSERVATIONS`` rows of one indicator, breakdown, activity, issuer and frequency; with the columns of
            a derived answer, each cell holds the value that is drawn and the others beside it.
        areas: keys in the order wanted. vintages: (area, period) → how many values were published in turn.
        chosen: (area, period) → who chose this issuer's claim, when and why.
    """
    rows = table.to_pylist()
    is_derived = "derivation" in table.column_names
    periods = sorted({row["period"] for row in rows}, key=lambda p: Period.parse(p))
    places = name_places(areas, catalogue, lang)
    texts = Texts(lang)
    cells = (
        _derived_cells(rows, catalogue, texts, decimals)
        if is_derived
        else _cells(rows, texts, decimals, vintages or {})
    )
    cells = {key: replace(cell, chosen=(chosen or {}).get(key, "")) for key, cell in cells.items()}
    shown = [claim for cell in cells.values() for claim in (cell, *cell.others)]
    is_tall = len(periods) > WIDE
    seen = {row["status"] or "" for row in rows} - set(QUIET_STATUSES)
    return Grid(
        headings=tuple(p.name for p in places) if is_tall else tuple(format_period(p, lang) for p in periods),
        lines=_tall(places, periods, cells, lang) if is_tall else _flat(places, periods, cells),
        places=tuple(places),
        periods=tuple(periods),
        statuses=tuple((texts(f"status_{s}_short"), texts(f"status_{s}")) for s in sorted(seen)),
        is_tall=is_tall,
        has_vintages=any(c.vintages > 1 for c in cells.values()),
        figures=sum(c.value is not None for c in shown),
        marks=tuple(m for m in ("computed", "estimated") if any(c.mark == m for c in shown)),
        has_choices=any(c.chosen for c in cells.values()),
    )


def _cells(
    rows: Sequence[Mapping[str, Any]], texts: Texts, decimals: int, vintages: Mapping[tuple[str, str], int]
) -> dict[tuple[str, str], Cell]:
    found = {(row["area_key"], row["period"]): row for row in rows}
    return {key: _cell(row, texts, decimals, vintages.get(key, 0)) for key, row in found.items()}


def _derived_cells(
    rows: Sequence[Mapping[str, Any]], catalogue: Catalogue, texts: Texts, decimals: int
) -> dict[tuple[str, str], Cell]:
    """The first claim, and every other beside it."""
    drawn = {id(row) for row in pick_drawn(rows)}
    found = {}
    for key, claims in rank_claims(rows).items():
        lead, *others = (_derived_cell(row, catalogue, texts, decimals) for row in claims)
        found[key] = replace(lead, others=tuple(others), is_drawn=id(claims[0]) in drawn)
    return found


def _derived_cell(row: Mapping[str, Any], catalogue: Catalogue, texts: Texts, decimals: int) -> Cell:
    source = row["inputs"][0]["area_key"] if is_printed(row) and row["inputs"] else row["area_key"]
    made = _cell(row, texts, decimals, 0)
    note, way = note_of(row, catalogue, texts.lang), how_key(row)
    return replace(made, note=note, mark=mark_of(row), way=way, source_key=source)


def _flat(places: list[Place], periods: list[str], cells: dict[tuple[str, str], Cell]) -> tuple[Line, ...]:
    return tuple(
        Line(p.name, p.key if p.has_page else "", tuple(cells.get((p.key, t), Cell()) for t in periods)) for p in places
    )


def _tall(places: list[Place], periods: list[str], cells: dict[tuple[str, str], Cell], lang: str) -> tuple[Line, ...]:
    return tuple(
        Line(format_period(t, lang), "", tuple(cells.get((p.key, t), Cell()) for p in places))
        for t in reversed(periods)
    )


def show_value(row: Mapping[str, Any], texts: Texts, decimals: int | None) -> str:
    """A figure or the sign of why there is none."""
    if row["mark"]:
        return texts(f"mark_{row['mark']}_sign")
    return format_number(row["value"], decimals, texts.lang)


def _cell(row: Mapping[str, Any], texts: Texts, decimals: int, vintages: int) -> Cell:
    status = row["status"] or ""
    is_quiet = status in QUIET_STATUSES
    notes = [texts(f"mark_{row['mark']}")] if row["mark"] else []
    return Cell(
        text=show_value(row, texts, decimals),
        note="; ".join([*notes, *([row["note"]] if row["note"] else [])]),
        status="" if is_quiet else texts(f"status_{status}_short"),
        status_name="" if is_quiet else texts(f"status_{status}"),
        vintages=vintages,
        area_key=row["area_key"],
        period=row["period"],
        value=row["value"],
        is_published=True,
    )
