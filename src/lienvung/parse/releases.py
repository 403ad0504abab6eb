"""The statistics office's monthly release: up to fifty sheets, each another table, drifting from year to year.

The recipe has one entry for each kind of sheet that is read: the words of its title, of its columns and of its
rows. A sheet that no entry knows is named with its title. ``published`` is the day in the file's name, so that
the releases of a year, one after the other, become the vintages of one series.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import pyarrow as pa

from lienvung.domain.handovers import INFO, ROWS_SCHEMA, WARNING, RawFile, Rows
from lienvung.domain.names import fold, nfc
from lienvung.domain.observations import TOTAL
from lienvung.errors import LayoutNotRecognised
from lienvung.parse.decimals import read_numbers
from lienvung.parse.recipes import Recipe
from lienvung.parse.releases_by_words import read_sheet
from lienvung.parse.releases_columns import Column, find_columns
from lienvung.parse.releases_reading import Reading, value_of
from lienvung.parse.releases_sheets import ReleaseSheet, fold_title, is_figure, sheet_title, take_apart
from lienvung.parse.workbook import Sheet, a1, read_workbook

PARSER = "release/1"

_DAY_IN_NAME = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_NEEDED_KINDS = 2


def recognise_release(sheets: Sequence[Sheet], recipe: Recipe) -> bool:
    """Whether at least two kinds of sheet that the recipe knows are in these sheets."""
    kinds = {str(k["id"]) for s in sheets if (k := _kind(s, recipe.layout["kinds"]))}
    return len(kinds) >= _NEEDED_KINDS


def parse_release(raw: RawFile, recipe: Recipe) -> Rows:
    """Rows of every sheet of a known kind; the others are named with their titles.

    Raises:
        LayoutNotRecognised: the workbook is no monthly release.
        SourceError: the workbook itself cannot be read (see ``read_workbook``).
    """
    sheets = read_workbook(raw)
    if not recognise_release(sheets, recipe):
        raise LayoutNotRecognised(file=raw.name, found=", ".join(s.name.strip() for s in sheets[:10]))
    units = {fold(str(text)) or str(text): str(code) for text, code in recipe.layout["units"].items()}
    reading = Reading(recipe, _published(raw.name), units)
    for sheet in sheets:
        _read_sheet(reading, sheet)
    return Rows(
        table=pa.Table.from_pylist(reading.records, schema=ROWS_SCHEMA),
        parser=PARSER,
        recipe=recipe.id,
        understood_vi=tuple(vi for vi, _ in reading.understood),
        understood_en=tuple(en for _, en in reading.understood),
        findings=tuple(reading.findings),
    )


def _published(name: str) -> date | None:
    found = _DAY_IN_NAME.search(name)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def _kind(sheet: Sheet, kinds: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    return _kind_of(fold_title(sheet_title(sheet)) if sheet.is_visible else "", kinds)


def _kind_of(title: str, kinds: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The kind that a folded title without its number is of."""
    return next((k for k in kinds if title and re.search(str(k["title"]), title)), None)


def _read_sheet(reading: Reading, sheet: Sheet) -> None:
    kind = _kind(sheet, reading.recipe.layout["kinds"])
    if kind is None:
        _name_sheet(reading, sheet)
        return
    if kind.get("read") == "words":
        kinds = reading.recipe.layout["kinds"]
        read_sheet(reading, sheet, sheet_title(sheet), lambda title: _kind_of(title, kinds))
        return
    found = take_apart(sheet, reading.units)
    if not found.month or not found.body:
        reading.note("SHEET-BROKEN", WARNING, sheet, (0, 0),
                     f"Không đọc được '{found.title}': thiếu kỳ hoặc dòng số liệu.",
                     f"'{found.title}' has no period or no rows of figures.")  # fmt: skip
        return
    _check_month(reading, found)
    columns, strange = find_columns(found, kind, reading.units)
    for col in strange:
        text = found.headings[col]
        reading.note("COLUMN-NOT-READ", INFO, sheet, (found.heading_row, col),
                     f"Không đọc cột '{text}'.", f"The column '{text}' is not read.")  # fmt: skip
    _check_years(reading, found, columns)
    _read_texts(found, columns)
    count, (year, month) = reading.add(_records(reading, found, kind, columns), sheet), found.month
    where = f"{sheet.name.strip()} {found.title}: {year}-{month:02d}"
    reading.understood.append((f"{where}, {count} số liệu", f"{where}, {count} figures"))


def _name_sheet(reading: Reading, sheet: Sheet) -> None:
    title = sheet_title(sheet)
    vi, en = (title, title) if title else ("trang không có tiêu đề", "a sheet without title")
    if not sheet.is_visible:
        vi, en = f"trang ẩn {title}".strip(), f"a hidden sheet {title}".strip()
    reading.note("SHEET-NOT-READ", INFO, sheet, None, f"Không đọc: {vi}.", f"Not read: {en}.")


def _check_month(reading: Reading, found: ReleaseSheet) -> None:
    """A sheet of another month than the release itself is left over from a template or a late one."""
    day = reading.published
    if found.month and day and found.month != (day.year, day.month):
        year, month = found.month
        reading.note("PERIOD", WARNING, found.sheet, (0, 0),
                     f"Trang nói về {year}-{month:02d}, tệp công bố ngày {day:%d/%m/%Y}.",
                     f"The sheet is about {year}-{month:02d}, the file of {day:%d/%m/%Y}.",
                     ("Kiểm tra tên tệp và tiêu đề cột.", "Check the name of the file and the headings."))  # fmt: skip


def _check_years(reading: Reading, found: ReleaseSheet, columns: Sequence[Column]) -> None:
    """A plan headed by another year than the sheet's is a misprint: it is read as the sheet's, and said."""
    for column in columns:
        if column.misprint and found.month:
            reading.note("YEAR-MISPRINT", WARNING, found.sheet, (found.heading_row, column.index),
                         f"Tiêu đề cột ghi năm {column.misprint}, trang nói về năm {found.month[0]}; "
                         f"đọc là năm {found.month[0]}.",
                         f"The heading says {column.misprint}, the sheet is about {found.month[0]}; "
                         f"read as {found.month[0]}.",
                         ("Đối chiếu với báo cáo.", "Compare with the report."))  # fmt: skip


def _read_texts(found: ReleaseSheet, columns: Sequence[Column]) -> None:
    """Turn figures typed as texts into numbers, by one decimal sign for the sheet."""
    rows = found.sheet.rows
    places = [(b.row, c.index) for b in found.body for c in columns if isinstance(rows[b.row][c.index], str)]
    places = [(r, c) for r, c in places if is_figure(rows[r][c])]
    numbers = read_numbers(pa.array([str(rows[r][c]) for r, c in places], pa.string()))
    for (row, col), value in zip(places, numbers.value.to_pylist(), strict=True):
        if value is not None and not numbers.doubt:
            rows[row][col] = value


def _records(
    reading: Reading, found: ReleaseSheet, kind: Mapping[str, Any], columns: Sequence[Column]
) -> Iterator[dict[str, Any]]:  # fmt: skip
    items = {fold(str(name)): item for name, item in kind.get("items", {}).items()}
    recipe, day = reading.recipe, reading.published
    same = {
        "area_text": "VN", "boundary": recipe.boundary, "activity": TOTAL, "breakdown": TOTAL, "issuer": recipe.issuer,
        "published": day.isoformat() if day else recipe.published or None, "sheet": found.sheet.name,
        "note": f"đến {found.last_day}" if found.last_day else None,
    }  # fmt: skip
    unknown: list[tuple[int, str]] = []
    for row, key, renamed in _keys(found, kind, items, unknown):
        for column in columns:
            cell = found.sheet.cell(row, column.index)
            measure = {"indicator": column.indicator, "unit": column.unit, "period": column.period}
            if renamed is not None:
                if column.indicator not in renamed:
                    continue
                new = renamed[column.indicator]
                measure |= {"indicator": new} if isinstance(new, str) else new
            place = {"status": column.status, "cell": a1(row, column.index)}
            if nfc(str(cell)):
                yield same | key | measure | place | value_of(cell)
    if unknown:
        _name_rows(reading, found, unknown)


def _keys(
    found: ReleaseSheet, kind: Mapping[str, Any], items: Mapping[str, Any], unknown: list[tuple[int, str]]
) -> Iterator[tuple[int, dict[str, Any], Mapping[str, Any] | None]]:
    """Row, key and renamed indicators of every row that is read; the sections say which rows are areas."""
    is_area = bool(kind.get("areas", False))
    for body in found.body:
        label = fold(body.label)
        section = next((s for s in kind.get("sections", []) if re.fullmatch(str(s["heading"]), label)), None)
        is_area = bool(section["areas"]) if section else is_area
        if not body.has_figures:
            continue
        if label in items:
            item = dict(items[label] or {})
            renamed = item.pop("as", None)
            yield body.row, item, renamed
        elif is_area and label and not section:
            yield body.row, {"area_text": body.label}, None
        else:
            unknown.append((body.row, body.label or "–"))


def _name_rows(reading: Reading, found: ReleaseSheet, unknown: list[tuple[int, str]]) -> None:
    names = ", ".join(dict.fromkeys(name for _, name in unknown[:6])) + (", …" if len(unknown) > 6 else "")
    reading.note("ROWS-NOT-READ", INFO, found.sheet, (unknown[0][0], 0),
                 f"Không đọc {len(unknown)} dòng: {names}.", f"{len(unknown)} rows are not read: {names}.",
                 count=len(unknown))  # fmt: skip
