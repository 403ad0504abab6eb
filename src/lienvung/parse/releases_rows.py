"""Rows of a monthly release's table, from the words of its headings and the names of its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lienvung.domain.names import fold
from lienvung.domain.observations import TOTAL
from lienvung.parse.releases_grid import Grid, Line
from lienvung.parse.releases_sheets import fold_title
from lienvung.parse.releases_words import LEVEL, SAME, Words, find_period, read_words, span_of

PLACE = ("activity", "breakdown", "area_text")
_PREFIX = re.compile(r"^(?:trong do|[ivx]+|[abc]|\d+) +(?=\w{2})")
_CUT_OFF = re.compile(r"\bden ngay (?P<day>\d{1,2}) thang (?P<month>\d{1,2}) nam (?P<year>\d{4})\b")
_YEAR_LABEL = re.compile(r"\b(?:nam )((?:19|20)\d{2})$")


@dataclass(frozen=True)
class Column:
    """A column that the recipe gives a meaning; ``words.period`` is empty where the rows are periods."""

    index: int
    words: Words
    spec: Mapping[str, Any]


@dataclass(frozen=True)
class Cell:
    """A cell that is read: where it stands, what it means, what it holds."""

    row: int
    column: Column
    key: Mapping[str, str]
    value: object


@dataclass
class Table:
    """A table read by words: its cells, and what was left out."""

    grid: Grid
    columns: list[Column] = field(default_factory=list)
    strange: list[int] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    unknown: list[tuple[int, str]] = field(default_factory=list)
    note: str | None = None


@dataclass
class _Section:
    """What the rows below a heading have in common."""

    key: Mapping[str, Any] = field(default_factory=dict)
    items: Mapping[str, Any] = field(default_factory=dict)
    year: str = ""
    before: str = ""


def read_table(grid: Grid, kind: Mapping[str, Any], published: date | None) -> Table:
    """The cells of a table that an entry of the recipe's ``kinds`` gives a meaning."""
    table = Table(grid)
    cut_off = _CUT_OFF.search(fold(grid.title))
    if cut_off:
        table.note = f"đến {int(cut_off['day']):02d}/{int(cut_off['month']):02d}/{cut_off['year']}"
    for index, heading in grid.headings.items():
        words = _words(fold(heading), kind, cut_off)
        # levels to the right of comparisons are somebody's own reckoning, under headings that may not be theirs
        is_beside = any(c.words.measure != LEVEL for c in table.columns)
        spec = _spec(words, kind) if words and not (is_beside and words.measure == LEVEL) else None
        if words and spec is not None:
            table.columns.append(Column(index, _dated(words, published), spec))
        elif any(index in line.figures for line in grid.lines):
            table.strange.append(index)
    for line, key in _keys(table, kind):
        table.cells += _cells(table, line, key, kind, published)
    return table


def _words(heading: str, kind: Mapping[str, Any], cut_off: re.Match[str] | None) -> Words | None:
    if kind.get("rows") == "periods":
        return Words(LEVEL, "", "", heading)
    if cut_off:
        month = f"-{int(cut_off['month']):02d}"
        if re.search(r"\bky nay so voi cung ky\b", heading):
            return Words(SAME, f"{cut_off['year']}{month}", "estimate", "")
        if re.search(r"\bky nay\b", heading):
            return Words(LEVEL, f"{cut_off['year']}{month}", "estimate", "")
        if re.search(r"\bcung ky nam truoc\b", heading):
            return Words(LEVEL, f"{int(cut_off['year']) - 1}{month}", "preliminary", "")
    return read_words(heading)


def _spec(words: Words, kind: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The measure of the recipe that a column is."""
    for spec in kind["measures"]:
        if spec["of"] == words.measure and re.fullmatch(str(spec.get("words", r"(\(?ty dong\)?)?")), words.rest):
            return dict(spec)
    return None


def _dated(words: Words, published: date | None) -> Words:
    """The words with a status also where the heading names none: what is over by the day of release is preliminary."""
    if words.status or not words.period:
        return words
    is_over = published and span_of(words.period).end < published.replace(day=1)
    return Words(words.measure, words.period, "preliminary" if is_over else "estimate", words.rest)


def _keys(table: Table, kind: Mapping[str, Any]) -> Iterator[tuple[Line, Mapping[str, Any]]]:
    """The rows with figures that mean something, each with what its labels and its section say."""
    common = _folded(kind.get("items", {}))
    section = _Section(dict(kind.get("set", {})), common)
    _enter(section, fold_title(table.grid.title), kind, common)
    for line in table.grid.lines:
        label = fold(line.label)
        is_section = _enter(section, label, kind, common)
        if not line.figures:
            found = _YEAR_LABEL.search(label)
            section.year = found[1] if found else section.year
            section.before = label
            continue
        item = _item(label, section, is_section, kind)
        if item is None:
            table.unknown.append((line.row, line.label or "–"))
        else:
            yield line, {**section.key, **({"year": section.year} if section.year else {}), **item}
        section.before = label
        dated = _YEAR_LABEL.search(label)
        section.year = dated[1] if dated else section.year


def _enter(section: _Section, label: str, kind: Mapping[str, Any], common: Mapping[str, Any]) -> bool:
    """Change the section where a row begins one; whether that row's own figures are its total."""
    for spec in kind.get("sections", []):
        if re.fullmatch(str(spec["heading"]), label):
            kept = section.key if spec.get("within") else kind.get("set", {})
            section.key = {**kept, **spec.get("set", {})}
            section.items = _folded(spec["items"]) if "items" in spec else common
            return bool(spec.get("figures"))
    return False


def _folded(items: Mapping[str, Any]) -> dict[str, Any]:
    return {fold(str(name)): item or {} for name, item in items.items()}


def _item(label: str, section: _Section, is_section: bool, kind: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What a row's label adds; None where the recipe does not know it."""
    for text in (label, f"{section.before} {label}", _PREFIX.sub("", label)):
        if text in section.items:
            return dict(section.items[text])
    if is_section:
        return {}
    if kind.get("rows") == "periods":
        period = find_period(label, section.year)
        return {"period": period} if period else None
    return {"area_text": None} if section.key.get("areas") and label else None


def _cells(
    table: Table, line: Line, key: Mapping[str, Any], kind: Mapping[str, Any], published: date | None
) -> Iterator[Cell]:  # fmt: skip
    known = False
    for column in table.columns:
        if column.index not in line.figures:
            continue
        measure = _measure(line, column, key, table.grid.unit)
        if measure is None:
            continue
        known = True
        words = column.words
        if kind.get("rows") == "periods":
            words = _dated(Words(LEVEL, str(key["period"]), _row_status(line.label), ""), published)
        told = {"period": words.period, "status": str(kind.get("status") or column.spec.get("status") or words.status)}
        yield Cell(line.row, column, {**measure, **told}, line.figures[column.index])
    if not known:
        table.unknown.append((line.row, line.label))


def _row_status(label: str) -> str:
    return "estimate" if fold(label).startswith("uoc") else ""


def _measure(line: Line, column: Column, key: Mapping[str, Any], unit: str) -> dict[str, str] | None:
    """Indicator, unit and place of a cell; None where row and column together mean nothing that is known."""
    spec = column.spec
    said = {**key, **{k: v for k, v in spec.items() if k in PLACE}}
    if spec.get("check"):
        return {"indicator": "", "unit": "", "area_text": "VN", "activity": TOTAL, "breakdown": TOTAL}
    row_unit = str(key.get("unit", "")) or line.unit or (unit if unit != "?" else "")
    indicator = _indicator(spec, key, row_unit)
    code = str(spec.get("unit", "")) or row_unit
    if not indicator or not code or code == "?":
        return None
    place = {"area_text": "VN", "activity": TOTAL, "breakdown": TOTAL}
    for name in PLACE:
        if said.get(name):
            place[name] = _fill(str(said[name]), key)
    if not all(place.values()):
        return None
    if "area_text" in key and not key["area_text"]:
        place["area_text"] = line.label
    return {"indicator": indicator, "unit": code, **place}


def _indicator(spec: Mapping[str, Any], key: Mapping[str, Any], unit: str) -> str:
    if "by_unit" in spec:
        return str(spec["by_unit"].get(unit, ""))
    named = str(spec.get("indicator", "") or (key.get("indicator", "") if spec["of"] == LEVEL else ""))
    renamed = key.get("as", {})
    if named in renamed:
        named = str(renamed[named] or "")
    return _fill(named, key)


def _fill(text: str, key: Mapping[str, Any]) -> str:
    """A text of the recipe with what the section says in its braces; empty where the section does not say it."""
    try:
        return text.format_map({k: v for k, v in key.items() if isinstance(v, str)})
    except KeyError:
        return ""


def printed_ratios(cells: Sequence[Cell]) -> Iterator[tuple[Cell, float, float]]:
    """Printed comparisons whose two levels stand in the same row: the cell, the level now, the level a year before."""
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    for own in rows.values():
        levels = {
            (c.key["period"], c.column.words.rest): c.value for c in own if c.column.spec["of"] == LEVEL
        }  # fmt: skip
        for cell in own:
            if cell.column.spec["of"] != SAME:
                continue
            period, rest = cell.key["period"], cell.column.words.rest
            now, then = levels.get((period, rest)), levels.get((f"{int(period[:4]) - 1}{period[4:]}", rest))
            if isinstance(now, (int, float)) and isinstance(then, (int, float)) and then:
                yield cell, float(now), float(then)
