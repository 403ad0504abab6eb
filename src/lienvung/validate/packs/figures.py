"""Can every transcribed figure of a pack be published?

Each column is judged once per distinct value, so that a pack of a hundred thousand figures is checked in
about a second; a finding names the first line and counts the others.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lienvung.domain.areas import AreaKey, Gazetteer
from lienvung.domain.clocks import last_day
from lienvung.domain.observations import MARKS, STATUSES, TOTAL
from lienvung.domain.periods import Period
from lienvung.errors import LienVungError, PackInvalid
from lienvung.store.packs import FIGURE_COLUMNS, figure_files, load_gazetteer
from lienvung.validate.packs.lists import ACTIVITIES, AREAS, BREAKDOWNS, ISSUERS, UNITS, Lists
from lienvung.validate.packs.problems import Problems

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_MERGER = date(2025, 7, 1)
_KEY = ("document", "indicator", "area", "period", "breakdown", "activity", "issuer")
_SHOWN = 20
"""Doubles told one by one in a file; the others are counted."""
_NEEDED = ("indicator", "area", "period", "document")
_LISTED = (
    ("indicator", "indicators"), ("breakdown", BREAKDOWNS), ("activity", ACTIVITIES), ("issuer", ISSUERS),
    ("document", "sources"), ("unit", UNITS),
)  # fmt: skip


@dataclass(frozen=True)
class Figures:
    """One file of the tidy layout by column, defaults filled in; ``numbers`` are the lines of the file."""

    file: str
    columns: dict[str, list[str]]
    numbers: list[int]

    def of(self, column: str) -> list[str]:
        """A column's cells; blanks where the file has neither the column nor a default."""
        return self.columns.get(column) or [""] * len(self.numbers)

    def distinct(self, *names: str) -> Iterator[tuple[tuple[str, ...], str, int]]:
        """The distinct values of some columns together, each with the first place and how many lines have it."""
        seen: dict[tuple[str, ...], list[int]] = {}
        for number, cells in zip(self.numbers, zip(*(self.of(n) for n in names), strict=True), strict=True):
            seen.setdefault(cells, [number, 0])[1] += 1
        for cells, (number, count) in seen.items():
            yield cells, f"{self.file}:{number}", count


def check_figures(lists: Lists, problems: Problems) -> None:
    """Every file of ``figures/``: columns, codes, areas, periods, values, units and doubles."""
    try:
        gazetteer: Gazetteer | None = load_gazetteer(lists.folder)
    except PackInvalid:
        gazetteer = None  # what is wrong with the areas is reported by the checks of the lists
    seen: dict[tuple[str, ...], str] = {}
    for path in figure_files(lists.folder):
        figures = _read(path, problems)
        if figures is None or not figures.numbers:
            continue
        _check_codes(figures, lists, problems)
        _check_forms(figures, problems)
        _check_units(figures, lists, problems)
        areas = _resolve_areas(figures, lists, gazetteer, problems)
        _check_doubles(figures, areas, seen, problems)


def _read(path: Path, problems: Problems) -> Figures | None:
    file = f"figures/{path.name}"
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.add("PACK-FILE", file, None, "không phải UTF-8", "not UTF-8")
        return None
    defaults, skip, lines = {}, 0, text.splitlines(keepends=True)
    while skip < len(lines) and (lines[skip].startswith("#") or not lines[skip].strip()):
        name, _, value = lines[skip].lstrip("# ").partition(":")
        defaults[name.strip()] = value.strip()
        skip += 1
    reader = csv.reader(lines[skip:])
    columns = [c.strip() for c in next(reader, [])]
    _check_columns(file, skip + 1, columns, defaults, problems)
    rows, numbers = [], []
    for row in reader:
        if len(row) == len(columns):
            rows.append(row)
            numbers.append(skip + reader.line_num)
        elif row:
            vi, en = f"có {len(row)} ô, cần {len(columns)}", f"{len(row)} cells where {len(columns)} are needed"
            problems.add("PACK-COLUMN", f"{file}:{skip + reader.line_num}", None, vi, en)
    by_column = {
        c: [cell.strip() for cell in cells] for c, cells in zip(columns, zip(*rows, strict=True), strict=False)
    }
    for name, value in defaults.items():
        cells = by_column.get(name) or [""] * len(rows)
        by_column[name] = [cell or value for cell in cells] if name != "value" else cells
    return Figures(file, by_column, numbers)


def _check_columns(file: str, number: int, columns: list[str], defaults: dict[str, str], problems: Problems) -> None:
    for name in dict.fromkeys([*columns, *defaults]):
        if name not in FIGURE_COLUMNS and name not in ("lienvung", ""):
            problems.add("PACK-COLUMN", f"{file}:{number}", name, f"cột lạ '{name}'", f"unknown column '{name}'")
    for name in ("indicator", "area", "period", "value"):
        if name not in columns and (name == "value" or name not in defaults):
            vi, en = f"thiếu cột {name}", f"the column {name} is missing"
            problems.add("PACK-COLUMN", f"{file}:{number}", name, vi, en)


def _check_codes(figures: Figures, lists: Lists, problems: Problems) -> None:
    for column in _NEEDED:
        for (code,), place, count in figures.distinct(column):
            if not code:
                problems.add("PACK-EMPTY", place, column, f"{column} để trống", f"{column} is empty", count)
    for column, target in _LISTED:
        known = lists.codes(target)
        for (code,), place, count in figures.distinct(column):
            if code and code not in known:
                problems.unknown(place, column, code, known, target, count)
    for (status,), place, count in figures.distinct("status"):
        if status and status not in STATUSES:
            problems.choice(place, "status", status, STATUSES, count)


def _is_value(text: str) -> bool:
    return not text or text in MARKS or _NUMBER.fullmatch(text) is not None


def _reads(read: Callable[[str], object]) -> Callable[[str], bool]:
    def is_read(text: str) -> bool:
        try:
            _ = read(text) if text else None
        except LienVungError:
            return False
        return True

    return is_read


_FORMS: tuple[tuple[str, str, Callable[[str], bool]], ...] = (
    ("period", "PACK-PERIOD", _reads(Period.parse)),
    ("published", "PACK-DATE", _reads(last_day)),
    ("value", "PACK-NUMBER", _is_value),
)


def _check_forms(figures: Figures, problems: Problems) -> None:
    for column, rule, is_good in _FORMS:
        for (text,), place, count in figures.distinct(column):
            if not is_good(text):
                problems.add(rule, place, column, f"không hiểu '{text}'", f"'{text}' was not understood", count)


def _check_units(figures: Figures, lists: Lists, problems: Problems) -> None:
    bases = {line.text("code"): line.text("base") for line in lists.of(UNITS)}
    units = {line.text("code"): line.text("unit") for line in lists.of("indicators")}
    for (indicator, unit), place, count in figures.distinct("indicator", "unit"):
        wanted = units.get(indicator, "")
        if unit in bases and wanted in bases and bases[unit] != bases[wanted]:
            vi = f"đơn vị '{unit}' không quy đổi được sang '{wanted}' của {indicator}"
            en = f"the unit '{unit}' does not convert to '{wanted}' of {indicator}"
            problems.add("PACK-UNIT", place, "unit", vi, en, count)


def _resolve_areas(figures: Figures, lists: Lists, gazetteer: Gazetteer | None, problems: Problems) -> list[str]:
    texts = figures.of("area")
    if gazetteer is None:
        return texts
    sources = {s.text("document"): (s.text("boundary"), s.text("published")) for s in lists.of("sources")}
    names = ("area", "boundary", "document", "published")
    found: dict[tuple[str, ...], str] = {}
    for cells, place, count in figures.distinct(*names):
        area, boundary, document, published = cells
        of_document, day = sources.get(document, ("", ""))
        vintage = boundary or of_document or _list_of(published or day)
        key = _area(area, vintage, gazetteer)
        found[cells] = str(key or area)
        if key is None and area:
            vi = f"'{area}' không có trên danh mục địa bàn {vintage}"
            problems.add("PACK-REFERENCE", place, "area", vi, f"'{area}' is not on the list of areas {vintage}", count)
    return [found[cells] for cells in zip(*(figures.of(n) for n in names), strict=True)]


def _list_of(published: str) -> str:
    try:
        return "2004" if not published or last_day(published) < _MERGER else _MERGER.isoformat()
    except LienVungError:
        return "2004"


def _area(text: str, vintage: str, gazetteer: Gazetteer) -> AreaKey | None:
    try:
        return gazetteer.resolve_printed(text, AreaKey(AREAS, vintage).start)
    except (LienVungError, ValueError):
        return None


def _check_doubles(figures: Figures, areas: list[str], seen: dict[tuple[str, ...], str], problems: Problems) -> None:
    columns = [areas if name == "area" else figures.of(name) for name in _KEY]
    for name in ("breakdown", "activity"):
        columns[_KEY.index(name)] = [cell or TOTAL for cell in figures.of(name)]
    doubles: list[tuple[str, str, str]] = []
    for number, key in zip(figures.numbers, zip(*columns, strict=True), strict=True):
        place = f"{figures.file}:{number}"
        first = seen.setdefault(key, place)
        if first != place:
            doubles.append((place, first, " ".join(k for k in key if k)))
    for place, first, said in doubles[:_SHOWN]:
        problems.add("PACK-DUPLICATE", place, None, f"'{said}' đã có ở {first}", f"'{said}' already at {first}")
    if (more := len(doubles) - _SHOWN) > 0:
        vi, en = f"và {more} dòng trùng khóa nữa từ đây", f"and {more} more such lines from here"
        problems.add("PACK-DUPLICATE", doubles[_SHOWN][0], None, vi, en, more)
