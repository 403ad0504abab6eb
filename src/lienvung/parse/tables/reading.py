"""A confirmed recipe and a file of its layout become rows; whatever is not decided is an error, never a guess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa

from lienvung.domain.handovers import INFO, ROWS_SCHEMA, Finding, RawFile, Rows
from lienvung.domain.names import nfc
from lienvung.domain.observations import TOTAL
from lienvung.errors import Both, LayoutNotRecognised
from lienvung.parse.recipes import Recipe
from lienvung.parse.tables.cells import is_blank, show
from lienvung.parse.tables.column_numbers import check_rows
from lienvung.parse.tables.drift import (
    column_ignored,
    drifted,
    percent_unclear,
    period_missing,
    row_ignored,
    sign_unclear,
    table_ignored,
    table_missing,
    twice_named,
    undecided,
)  # fmt: skip
from lienvung.parse.tables.figures import Figures, read_figures
from lienvung.parse.tables.gathering import (
    ASK,
    SKIP,
    Gathered,
    MeasuredCell,
    gather_cells,
    label_roles,
)
from lienvung.parse.tables.headers import read_heading, year_before
from lienvung.parse.tables.matching import (
    KNOWN_SHARE,
    Found,
    Match,
    find_tables,
    load_sheets,
    match_tables,
    score,
)
from lienvung.parse.tables.projects import read_projects
from lienvung.parse.tables.seen import (
    comment_of,
    formula_of,
    has_no_value,
    is_fraction,
    shows_percent,
    tell_cells,
    tell_file,
)
from lienvung.parse.workbook import Sheet, a1

PARSER = "table/1"
MOST_ROWS_NAMED = 100
"""Unknown rows named one by one; the rest of a table is one finding with their count."""
ASKED_AT_CELLS = ("decimal", "percent")
"""What stands open here is asked at the cells that it is about."""


@dataclass
class _Work:
    """What is gathered while a file is read."""

    raw: RawFile
    recipe: Recipe
    records: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    told: list[Both] = field(default_factory=list)
    undated: dict[int, str] = field(default_factory=dict)


def recognise_tables(sheets: Sequence[Sheet], recipes: Sequence[Recipe]) -> Recipe | None:
    """The recipe most of whose tables stand in the file, if at least ``KNOWN_SHARE`` of them do."""
    if not recipes:
        return None
    tables = find_tables(sheets)
    scored = [(score(tables, entries_of(r)), r) for r in recipes]
    best = max(scored, key=lambda pair: pair[0])
    return best[1] if best[0] >= KNOWN_SHARE else None


def entries_of(recipe: Recipe) -> list[Mapping[str, Any]]:
    """The recipe's tables."""
    found = recipe.layout.get("tables", [])
    return [e for e in found if isinstance(e, Mapping)] if isinstance(found, list) else []


def parse_tables(raw: RawFile, recipe: Recipe) -> Rows:
    """Rows of the tables that the recipe knows; docs/recipes.md says what its ``layout`` may hold.

    Raises:
        LayoutNotRecognised: none of the recipe's tables stands in the file.
    """
    sheets = load_sheets(raw)
    tables = find_tables(sheets)
    matches = match_tables(tables, entries_of(recipe))
    if not matches:
        seen = "; ".join(t.title or t.sheet for t in tables[:5]) or "—"
        raise LayoutNotRecognised(file=raw.name, found=Both(f"các bảng: {seen}", f"the tables: {seen}"))
    work = _Work(raw, recipe)
    for match in sorted(matches, key=lambda m: tables.index(m.table)):
        _read_table(work, match)
    known = [m.table for m in matches]
    work.findings += [table_ignored(t) for t in tables if t not in known]
    matched = [m.entry for m in matches]
    work.findings += [table_missing(e, tables, recipe.id) for e in entries_of(recipe) if e not in matched]
    work.findings += [_hidden(s) for s in sheets if not s.is_visible]
    work.findings += tell_file(raw, sheets)
    return Rows(
        table=pa.Table.from_pylist(work.records, schema=ROWS_SCHEMA), parser=PARSER, recipe=recipe.id,
        understood_vi=tuple(b.vi for b in work.told), understood_en=tuple(b.en for b in work.told),
        findings=tuple(work.findings),
    )  # fmt: skip


def _hidden(sheet: Sheet) -> Finding:
    return Finding(
        "SHEET-HIDDEN", INFO, "Trang ẩn, không đọc.", "A hidden sheet; not read.", sheet.name, None,
        "Bỏ ẩn trang nếu cần đọc.", "Unhide it if it is to be read.",
    )  # fmt: skip


def _read_table(work: _Work, match: Match) -> None:
    table, entry = match.table, match.entry
    if entry.get("kind") == "projects":
        _tell_projects(work, table)
        return
    if entry.get("skip"):
        work.told.append(Both(f"{table.place}: bỏ qua '{table.title}'", f"{table.place}: skipped '{table.title}'"))
        return
    work.findings += drifted(match, work.recipe.id)
    asked = [path for path in _questions(entry) if path not in ASKED_AT_CELLS]
    if asked:
        work.findings += [undecided(table, path, work.recipe.id) for path in asked]
    gathered = gather_cells(table, entry)
    cells = gathered.cells
    work.findings += _told(work, table, gathered, entry.get("hidden") == SKIP)
    figures = read_figures([c.value for c in cells], _settled(entry, "decimal"))
    work.findings += sign_unclear(table, figures, [c.address for c in cells], entry)
    scale = _percent_scale(work, table, entry, cells, figures)
    before = len(work.records)
    work.undated.clear()
    for n, cell in enumerate(cells):
        record = _record(work, table, entry, cell)
        if record:
            work.records.append(record | _value(cell, figures, n, scale, table))
    known = {c.place: v for c, v in zip(cells, figures.values, strict=True) if v is not None}
    work.findings += check_rows(table, known)
    headings = {c.index: c.heading.printed for c in table.columns}
    work.findings += [period_missing(table, at, headings[c]) for c, at in work.undated.items()]
    _tell(work, table, entry, figures, len(work.records) - before)


def _questions(entry: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """Where the recipe still says ``?``."""
    for name, value in entry.items():
        at = f"{path}.{name}" if path else str(name)
        if value == ASK:
            yield at
        elif isinstance(value, Mapping):
            yield from _questions(value, at)


def _tell_projects(work: _Work, table: Found) -> None:
    """A list of projects is counted and its sums are checked; there is nowhere yet to publish it."""
    listed = read_projects(table)
    count = len(listed.projects) if listed else 0
    work.findings += listed.findings if listed else ()
    work.told.append(Both(
        f"{table.place}: danh mục {count} dự án '{table.title}'; chưa công bố vì chưa có sổ đăng ký dự án",
        f"{table.place}: a list of {count} projects '{table.title}'; not published, for no register of projects is "
        "kept yet",
    ))  # fmt: skip


def _told(work: _Work, table: Found, gathered: Gathered, is_skipped: bool) -> list[Finding]:
    """What the recipe does not know of a table, and what stands around the values of the cells it knows."""
    found = [column_ignored(table, c) for c in gathered.columns]
    found += [twice_named(table, gathered.crossed)] if gathered.crossed else []
    found += [row_ignored(table, line) for line in gathered.rows[:MOST_ROWS_NAMED]]
    if len(gathered.rows) > MOST_ROWS_NAMED:
        rest = gathered.rows[MOST_ROWS_NAMED:]
        found.append(replace(row_ignored(table, rest[0]), count=len(rest)))
    return found + tell_cells(table, gathered, is_skipped)


def _period(table: Found, entry: Mapping[str, Any], cell: MeasuredCell) -> tuple[str, str]:
    """Period and status of a cell: from its column, its row, the title, in that order."""
    heading = cell.column.heading
    row = read_heading(cell.line.period_lines) if "period" in label_roles(entry) else None
    of_table = table.period or str(entry.get("period", ""))
    period = heading.period or (row.period if row else "") or of_table
    if heading.relative == "year before" and not heading.period:
        period = year_before(of_table)
    return period, heading.status or (row.status if row else "")


def _settled(entry: Mapping[str, Any], name: str) -> str:
    """What a person or the table's words have decided; nothing while it is asked."""
    told = str(entry.get(name) or "")
    return "" if told == ASK else told


def _record(work: _Work, table: Found, entry: Mapping[str, Any], cell: MeasuredCell) -> dict[str, Any] | None:
    measure = cell.measure
    if ASK in measure.values():
        return None
    period, status = _period(table, entry, cell)
    if not period:
        work.undated.setdefault(cell.column.index, cell.address)
        return None
    recipe = work.recipe
    return {
        "indicator": measure.get("indicator"),
        "unit": measure.get("unit"),
        "activity": measure.get("activity", TOTAL),
        "breakdown": measure.get("breakdown", TOTAL),
        "area_text": measure.get("area"),
        "boundary": recipe.boundary if recipe.boundary != ASK else None,
        "period": period,
        "status": measure.get("status") or status or "official",
        "issuer": recipe.issuer if recipe.issuer != ASK else None,
        "published": recipe.published or None,
        "sheet": table.sheet or None,
        "cell": cell.address,
    }


def _value(cell: MeasuredCell, figures: Figures, n: int, scale: float, table: Found) -> dict[str, Any]:
    value, text, mark = figures.values[n], figures.texts[n].strip(), figures.marks[n]
    if has_no_value(table, cell):
        value, mark, text = None, "not_available", formula_of(table, cell)
    elif value is not None and isinstance(cell.value, (int, float)):
        if shows_percent(table, cell):
            text = f"{show(value * 100)}%"
            value = float(format(value * 100, ".15g")) if is_fraction(table, cell) else value
        elif cell.measure.get("unit") == "PCT":
            value = value * scale
    return {
        "value_text": text,
        "value": value,
        "mark": mark,
        "decimals": figures.decimals[n],
        "note": _note(table, figures.notes[n], comment_of(table, cell)),
    }


def _note(table: Found, mark: str, comment: str) -> str | None:
    """The footnote of a figure's mark and the comment on its cell."""
    parts = [f"({mark}) {_footnote(table, mark)}".strip() if mark else "", comment]
    return "; ".join(p for p in parts if p) or None


def _footnote(table: Found, mark: str) -> str:
    """The line below the table that begins with the mark."""
    for row in table.region.notes:
        text = " ".join(nfc(show(c)) for c in table.region.sheet.rows[row] if not is_blank(c))
        if text.lstrip("( ").startswith(mark):
            return text.lstrip("( ").removeprefix(mark).lstrip(") :.-").strip()
    return ""


def _percent_scale(
    work: _Work, table: Found, entry: Mapping[str, Any], cells: Sequence[MeasuredCell], figures: Figures
) -> float:
    """100 where percent cells arrive as fractions; asked where it could be either."""
    if _settled(entry, "percent"):
        return 100.0 if entry["percent"] == "fraction" else 1.0
    own = [
        (n, v) for n, c in enumerate(cells)
        if c.measure.get("unit") == "PCT" and isinstance(c.value, (int, float)) and not shows_percent(table, c)
        and (v := figures.values[n])
    ]  # fmt: skip
    if len(own) > 1 and all(abs(v) <= 1 for _, v in own):
        work.findings.append(percent_unclear(table, cells[own[0][0]].address, figures.texts[own[0][0]], len(own)))
    return 1.0


def _tell(work: _Work, table: Found, entry: Mapping[str, Any], figures: Figures, rows: int) -> None:
    periods = sorted({r["period"] for r in work.records[-rows:]}) if rows else []
    span = f"{periods[0]} – {periods[-1]}" if periods else "—"
    codes = ", ".join(dict.fromkeys(str(r["indicator"]) for r in work.records[-rows:])) if rows else "—"
    unit = str(entry.get("unit", "")) or "—"
    first, last = (
        a1(table.region.body[0], min(table.region.values)),
        a1(table.region.body[-1], max(table.region.values)),
    )
    filled = sum(1 for r in work.records[-rows:] if r["value"] is not None) if rows else 0
    sign_vi = f"; dấu thập phân '{figures.sign}'" if figures.sign else ""
    sign_en = f"; decimal sign '{figures.sign}'" if figures.sign else ""
    printed = table.region.unit
    work.told += [
        Both(
            f"{table.place} '{table.title}' → {codes}; đơn vị {unit} ('{printed}'); {span}; {rows} ô, {filled} số "
            f"({first}:{last}){sign_vi}",
            f"{table.place} '{table.title}' → {codes}; {unit} ('{printed}'); {span}; {rows} cells, {filled} figures "
            f"({first}:{last}){sign_en}",
        )
    ]
