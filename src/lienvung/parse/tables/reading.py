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
from lienvung.parse.tables.headers import read_heading, year_before
from lienvung.parse.tables.labels import Line
from lienvung.parse.tables.matching import (
    KNOWN_SHARE,
    Column,
    Found,
    Match,
    find_tables,
    load_sheets,
    match_tables,
    score,
)
from lienvung.parse.workbook import Sheet, a1

PARSER = "table/1"
MOST_ROWS_NAMED = 100
"""Unknown rows named one by one; the rest of a table is one finding with their count."""
SKIP, ASK = "skip", "?"
MEASURE = ("indicator", "unit", "breakdown", "activity", "area", "status")


@dataclass
class _Work:
    """What is gathered while a file is read."""

    raw: RawFile
    recipe: Recipe
    records: list[dict[str, Any]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    told: list[Both] = field(default_factory=list)
    undated: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Cell:
    line: Line
    column: Column
    measure: Mapping[str, str]
    value: object


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
    if entry.get("skip"):
        work.told.append(Both(f"{table.place}: bỏ qua '{table.title}'", f"{table.place}: skipped '{table.title}'"))
        return
    work.findings += drifted(match, work.recipe.id)
    asked = list(_questions(entry))
    if asked:
        work.findings += [undecided(table, path, work.recipe.id) for path in asked]
    cells = list(_cells(work, table, entry))
    figures = read_figures([c.value for c in cells], str(entry.get("decimal", "")))
    work.findings += sign_unclear(table, figures, [_address(c) for c in cells], entry)
    scale = _percent_scale(work, table, entry, cells, figures)
    before = len(work.records)
    work.undated.clear()
    for n, cell in enumerate(cells):
        record = _record(work, table, entry, cell)
        if record:
            work.records.append(record | _value(cell, figures, n, scale, table))
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


def _cells(work: _Work, table: Found, entry: Mapping[str, Any]) -> Iterator[_Cell]:
    """The cells that the recipe gives a meaning, row by row."""
    columns, rows, blocks = (dict(entry.get(k) or {}) for k in ("columns", "rows", "blocks"))
    has_areas, has_periods = entry.get("labels") == "area", entry.get("labels") == "period"
    unknown: list[Line] = []
    crossed: dict[tuple[str, str], list[str]] = {}
    work.findings += [column_ignored(table, c) for c in table.columns if c.heading.key not in columns]
    for line in table.lines:
        block = blocks.get(line.block, {} if line.block_kind == "values" else None)
        spec = rows.get(line.key, {} if (has_areas or has_periods) else None)
        if spec is None or block is None:
            unknown.append(line)
        elif not {SKIP, ASK} & {str(spec), str(block)}:
            own = _measure(entry) | ({"area": line.printed} if has_areas else {})
            yield from _row_cells(table, line, columns, (own, block, spec), crossed)
    work.findings += [twice_named(table, crossed)] if crossed else []
    work.findings += [row_ignored(table, line) for line in unknown[:MOST_ROWS_NAMED]]
    if len(unknown) > MOST_ROWS_NAMED:
        rest = unknown[MOST_ROWS_NAMED:]
        work.findings.append(replace(row_ignored(table, rest[0]), count=len(rest)))


def _row_cells(
    table: Found,
    line: Line,
    columns: Mapping[str, object],
    parts: tuple[Mapping[str, str], object, object],
    crossed: dict[tuple[str, str], list[str]],
) -> Iterator[_Cell]:
    """The cells of a row under the columns that mean something; one that two indicators claim goes to ``crossed``."""
    own, block, spec = parts
    only = spec.get("only") if isinstance(spec, Mapping) else None
    for column in table.columns:
        key = column.heading.key
        meaning = columns.get(key)
        if meaning in (None, SKIP, ASK) or (only is not None and key not in only):
            continue
        told = [_measure(m) for m in (block, meaning, spec)]
        named = sorted({m["indicator"] for m in told if "indicator" in m})
        if len(named) > 1:
            crossed.setdefault((key, line.key), named)
            continue
        # a row's printed area gives way only to what the row itself says
        kept = {"area": line.printed} if own.get("area") == line.printed else {}
        yield _Cell(
            line,
            column,
            {**own, **told[0], **told[1], **kept, **told[2]},
            table.region.sheet.cell(line.row, column.index),
        )


def _measure(spec: object) -> dict[str, str]:
    """What a part of the recipe adds; a bare code is an indicator."""
    found = {"indicator": spec} if isinstance(spec, str) and spec not in (SKIP, ASK) else spec
    return {k: str(v) for k, v in found.items() if k in MEASURE} if isinstance(found, Mapping) else {}


def _period(table: Found, entry: Mapping[str, Any], cell: _Cell) -> tuple[str, str]:
    """Period and status of a cell: from its column, its row, the title, in that order."""
    heading = cell.column.heading
    row = read_heading([cell.line.printed]) if entry.get("labels") == "period" else None
    of_table = table.period or str(entry.get("period", ""))
    period = heading.period or (row.period if row else "") or of_table
    if heading.relative == "year before" and not heading.period:
        period = year_before(of_table)
    return period, heading.status or (row.status if row else "")


def _record(work: _Work, table: Found, entry: Mapping[str, Any], cell: _Cell) -> dict[str, Any] | None:
    measure = cell.measure
    if ASK in measure.values():
        return None
    period, status = _period(table, entry, cell)
    if not period:
        work.undated.setdefault(cell.column.index, _address(cell))
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
        "cell": _address(cell),
    }


def _value(cell: _Cell, figures: Figures, n: int, scale: float, table: Found) -> dict[str, Any]:
    value = figures.values[n]
    is_fraction = isinstance(cell.value, (int, float)) and _is_percent(cell)
    mark = figures.notes[n]
    return {
        "value_text": figures.texts[n].strip(),
        "value": value * scale if value is not None and is_fraction else value,
        "mark": figures.marks[n],
        "decimals": figures.decimals[n],
        "note": (f"({mark}) " + _footnote(table, mark)).strip() if mark else None,
    }


def _footnote(table: Found, mark: str) -> str:
    """The line below the table that begins with the mark."""
    for row in table.region.notes:
        text = " ".join(nfc(show(c)) for c in table.region.sheet.rows[row] if not is_blank(c))
        if text.lstrip("( ").startswith(mark):
            return text.lstrip("( ").removeprefix(mark).lstrip(") :.-").strip()
    return ""


def _is_percent(cell: _Cell) -> bool:
    return cell.measure.get("unit") == "PCT"


def _percent_scale(
    work: _Work, table: Found, entry: Mapping[str, Any], cells: Sequence[_Cell], figures: Figures
) -> float:
    """100 where percent cells arrive as fractions; asked where it could be either."""
    if entry.get("percent"):
        return 100.0 if entry["percent"] == "fraction" else 1.0
    own = [
        (n, v) for n, c in enumerate(cells)
        if _is_percent(c) and isinstance(c.value, (int, float)) and (v := figures.values[n])
    ]  # fmt: skip
    if len(own) > 1 and all(abs(v) <= 1 for _, v in own):
        work.findings.append(percent_unclear(table, _address(cells[own[0][0]]), figures.texts[own[0][0]], len(own)))
    return 1.0


def _address(cell: _Cell) -> str:
    return a1(cell.line.row, cell.column.index)


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
