"""What a column of a monthly release means: indicator, period, status and unit, from the words of its heading."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lienvung.domain.names import fold
from lienvung.parse.releases_sheets import QUARTERS, ReleaseSheet, read_unit

_YEAR_MONTHS = 12
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")


@dataclass(frozen=True)
class Column:
    """A column that the recipe knows. ``misprint``: the year that its heading gives where it cannot be that year."""

    index: int
    indicator: str
    period: str
    status: str
    unit: str
    misprint: str = ""


def find_columns(
    found: ReleaseSheet, kind: Mapping[str, Any], units: Mapping[str, str]
) -> tuple[list[Column], list[int]]:  # fmt: skip
    """The columns that are read (one column may say two things), and the indexes of the others."""
    columns: list[Column] = []
    strange: list[int] = []
    for index, heading in found.headings.items():
        own = [c for spec in kind["columns"] if (c := _column(found, spec, index, heading, units))]
        columns += own
        if not own and any(b.has_figures for b in found.body if found.sheet.cell(b.row, index) != ""):
            strange.append(index)
    return columns, strange


def _column(
    found: ReleaseSheet, spec: Mapping[str, Any], index: int, heading: str, units: Mapping[str, str]
) -> Column | None:  # fmt: skip
    match = re.fullmatch(str(spec["heading"]), fold(heading))
    if not match or not found.month or not _stands_against(found.month, match, str(spec.get("against", ""))):
        return None
    if "month" in spec and int(spec["month"]) != found.month[1]:
        return None
    unit = str(spec.get("unit", "")) or _printed_unit(heading, units) or found.unit
    period = _period(found.month, match, str(spec.get("period", "")))
    if not unit or not period:
        return None
    printed = match.groupdict().get("year") or ""
    is_misprint = str(spec.get("period", "")) == "year" and printed and printed != str(found.month[0])
    return Column(index, str(spec["indicator"]), period, str(spec["status"]), unit, printed if is_misprint else "")


def _printed_unit(heading: str, units: Mapping[str, str]) -> str:
    return next((u for text in _IN_BRACKETS.findall(heading) if (u := read_unit(text, units))), "")


def _period(month: tuple[int, int], match: re.Match[str], rule: str) -> str:
    """``month`` and ``year``: the sheet's own; ``since_january``: the months up to it; else what the heading names."""
    year, number = month
    if rule == "month":
        return f"{year}-{number:02d}"
    if rule == "year":
        return str(year)
    if rule == "since_january":
        names = {1: f"{year}-01", 3: f"{year}-Q1", 6: f"{year}-S1", 12: str(year)}
        return names.get(number, f"{year}-01-01/P{number}M")
    groups = match.groupdict()
    if groups.get("month"):
        return f"{groups['year']}-{int(groups['month']):02d}" if 1 <= int(groups["month"]) <= 12 else ""
    if groups.get("count"):
        return f"{groups['year']}-01-01/P{int(groups['count'])}M" if 1 <= int(groups["count"]) < _YEAR_MONTHS else ""
    if groups.get("quarter"):
        return f"{groups['year']}-Q{QUARTERS[groups['quarter']]}"
    return groups.get("year") or ""


def _stands_against(month: tuple[int, int], match: re.Match[str], against: str) -> bool:
    """Whether the month that the heading compares with is the one that the recipe asks for."""
    if not against:
        return True
    year, number = month
    groups = match.groupdict()
    base = (int(groups["base_year"]), int(groups["base_month"]))
    wanted = {
        "same_month": (year - 1, number),
        "previous_month": (year, number - 1) if number > 1 else (year - 1, 12),
        "december": (year - 1, 12),
    }
    return base == wanted[against]
