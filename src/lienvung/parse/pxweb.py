"""Tables exported from the statistics office's PX-Web as CSV.

Line 1 is the title, line 3 the header. A header cell glues the values of all dimensions together
(``Total Prel. 2016``, ``2016 (*) Area (Km2)``): the period and its status are taken out, and the words
that are left say, through the recipe, what the column measures. Country, regions and provinces share
the first column; their printed names are kept for the gazetteer to resolve.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pyarrow as pa

from lienvung.domain.handovers import ERROR, ROWS_SCHEMA, WARNING, Finding, RawFile, Rows
from lienvung.domain.names import fold, nfc
from lienvung.domain.observations import TOTAL
from lienvung.errors import Both, FileMissing, LayoutNotRecognised
from lienvung.parse.decimals import read_numbers
from lienvung.parse.encodings import read_head, to_utf8
from lienvung.parse.pxweb_labels import PERIOD, STAR, Label, column_letter, take_apart
from lienvung.parse.recipes import Recipe

PARSER = "pxweb/1"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MEASURE = ("indicator", "unit", "breakdown", "activity", "area")


@dataclass(frozen=True)
class _Line:
    """One line of the file: its real number (a quoted cell may span several) and its cells."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class _Column:
    letter: str
    index: int
    label: Label
    measure: dict[str, str]


@dataclass
class _Sheet:
    """A file split into title, header and body."""

    name: str
    title: str
    header: _Line
    body: list[_Line]
    notes: dict[str, str] = field(default_factory=dict)


def read_title(raw: RawFile) -> str | None:
    """The title on the first line of a PX-Web export, or None if the file does not begin like one."""
    try:
        lines = list(islice(_read_lines(raw, 65536), 2))
    except (LayoutNotRecognised, FileMissing):
        return None
    if len(lines) < 2 or len(lines[0].cells) != 1 or len(lines[1].cells) < 2:
        return None
    return nfc(lines[0].cells[0]) or None


def parse_pxweb(raw: RawFile, recipe: Recipe) -> Rows:
    """Rows of a PX-Web CSV export; docs/recipes.md says what a recipe's ``layout`` may hold.

    Raises:
        LayoutNotRecognised: the title is another table's, or no column fits the recipe.
    """
    sheet = _split(raw)
    wanted = str(recipe.match.get("title", ""))
    if not re.search(wanted, fold(sheet.title)):
        raise LayoutNotRecognised(file=raw.name, found=f"'{sheet.title}' ≠ '{recipe.title_en}' ({recipe.id})")
    roles = [str(r) for r in recipe.layout.get("labels", ["area"])]
    findings: list[Finding] = []
    columns = _columns(sheet, recipe, len(roles), findings)
    records = list(_records(sheet, recipe, roles, columns, findings))
    if not records:
        raise LayoutNotRecognised(file=raw.name, found=Both("không có dòng số liệu nào", "no line of figures"))
    table = _table(sheet, records, findings)
    told = _understood(sheet, recipe, columns, records)
    return Rows(
        table=table,
        parser=PARSER,
        recipe=recipe.id,
        understood_vi=told[0],
        understood_en=told[1],
        findings=tuple(findings),
    )


def _read_text(raw: RawFile, most: int) -> str:
    """At most so many bytes as text, in any encoding that can be told, else ISO-8859-1."""
    try:
        with raw.path.open("rb") as file:
            content = file.read(most)
    except FileNotFoundError:
        raise FileMissing(file=raw.name) from None
    if most >= 0:
        return read_head(content, "latin-1")
    try:
        return to_utf8(content)[0].decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _read_lines(raw: RawFile, most_bytes: int = -1) -> Iterator[_Line]:
    """The lines that are not empty, with their numbers."""
    text = _read_text(raw, most_bytes)
    head = text[:4096]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(";\t,", key=lambda d: head.count(f'"{d}"')))
    number = 1
    try:
        for cells in reader:
            if any(c.strip() for c in cells):
                yield _Line(number, cells)
            number = reader.line_num + 1
    except csv.Error as error:
        raise LayoutNotRecognised(file=raw.name, found=f"CSV, {reader.line_num}: {error}") from None


def _split(raw: RawFile) -> _Sheet:
    lines = list(_read_lines(raw))
    if len(lines) < 3 or len(lines[0].cells) != 1 or len(lines[1].cells) < 2:
        raise LayoutNotRecognised(file=raw.name, found=Both("không có tiêu đề và dòng tên cột", "no title and header"))
    sheet = _Sheet(raw.name, nfc(lines[0].cells[0]), lines[1], [])
    for line in lines[2:]:
        note = re.match(r"\(?(\*+)\)?\s*(.+)", nfc(line.cells[0]))
        if note and not any(c.strip() for c in line.cells[1:]):
            sheet.notes[note[1]] = note[2]
        else:
            sheet.body.append(line)
    return sheet


def _measure(spec: object) -> dict[str, str]:
    """A recipe's shorthand (an indicator code) or full form."""
    found = {"indicator": spec} if isinstance(spec, str) else spec
    return {k: str(v) for k, v in found.items() if k in _MEASURE} if isinstance(found, Mapping) else {}


def _columns(sheet: _Sheet, recipe: Recipe, first: int, findings: list[Finding]) -> list[_Column]:
    """The columns that the recipe knows; an unknown one is named at its header cell."""
    layout, columns = recipe.layout, []
    families = {fold(str(k)): v for k, v in layout.get("columns", {"": {}}).items()}
    skipped = {fold(str(s)) for s in layout.get("skip_columns", [])}
    is_second = layout.get("school_year") == "second"
    has_months = layout.get("header") == "months"
    for index, text in enumerate(sheet.header.cells[first:], first):
        label = take_apart(text, is_second)
        if has_months and label.key[:3] in _MONTHS:
            label = Label(label.printed, "", f"-{_MONTHS.index(label.key[:3]) + 1:02d}", label.status, label.star)
        letter = column_letter(index)
        dated = f"{label.period} {label.key}".strip()
        family = dated if dated in families else label.key
        if family in families:
            columns.append(_Column(letter, index, label, _measure(layout) | _measure(families[family])))
        elif label.key not in skipped and "*" not in layout.get("skip_columns", ()):
            findings.append(_warn("COLUMN-IGNORED", f"{letter}{sheet.header.number}", "cột", "column", text))
    if not columns:
        found = Both(f"không cột nào khớp công thức '{recipe.id}'", f"no column fits the recipe '{recipe.id}'")
        raise LayoutNotRecognised(file=sheet.name, found=found)
    return columns


def _records(
    sheet: _Sheet, recipe: Recipe, roles: list[str], columns: list[_Column], findings: list[Finding]
) -> Iterator[dict[str, Any]]:
    """One record per cell under a known column, in the order of the file."""
    layout = recipe.layout
    is_second = layout.get("school_year") == "second"
    title = PERIOD.search(sheet.title)
    of_table = str(layout.get("period") or (title["first"] if title else ""))
    skipped = {fold(str(s)) for s in layout.get("skip_rows", [])}
    items = {fold(str(k)): v for k, v in (layout.get("items", {}) | layout.get("areas", {})).items()}
    for line in sheet.body:
        labels = {r: take_apart(t, is_second, r == "period") for r, t in zip(roles, line.cells, strict=False)}
        if any(fold(label.printed) in skipped for label in labels.values()):
            continue
        of_row = _row_measure(labels, items, str(layout.get("area", "")))
        if of_row is None:
            if "*" not in layout.get("skip_rows", ()):
                text = " / ".join(label.printed for label in labels.values())
                findings.append(_warn("ROW-IGNORED", f"A{line.number}", "dòng", "row", text))
            continue
        if len(line.cells) != len(sheet.header.cells):
            findings.append(_ragged(line, len(sheet.header.cells)))
        for column in (c for c in columns if c.index < len(line.cells)):
            period, status, star = _when(column.label, labels.get("period"), of_table)
            yield _record(recipe, column.measure | of_row, period) | {
                "value_text": line.cells[column.index].strip(),
                "status": status or "official",
                "cell": f"{column.letter}{line.number}",
                "note": " ".join(filter(None, (f"({star})" if star else "", sheet.notes.get(star, "")))) or None,
            }


def _row_measure(labels: Mapping[str, Label], items: Mapping[str, object], area: str) -> dict[str, str] | None:
    """What a line's labels say: its area and what its item adds; None if the item or the period is unknown."""
    if "period" in labels and not labels["period"].period:
        return None
    found = {"area": labels["area"].printed if "area" in labels else area}
    for role in ("item", "item2"):
        if role in labels:
            if labels[role].key not in items:
                return None
            found |= _measure(items[labels[role].key])
    if "area" in labels and labels["area"].key in items:
        spec = items[labels["area"].key]
        found |= {"area": spec} if isinstance(spec, str) else _measure(spec)
    return found


def _when(column: Label, row: Label | None, of_table: str) -> tuple[str, str, str]:
    """Period, status and footnote mark of a cell, from its column, its row and the title in that order."""
    period = row.period + column.period if row and column.period.startswith("-") else column.period
    period = period or (row.period if row else "") or of_table
    return period, column.status or (row.status if row else ""), column.star or (row.star if row else "")


def _record(recipe: Recipe, measure: Mapping[str, str], period: str) -> dict[str, Any]:
    return {
        "indicator": measure.get("indicator"),
        "unit": measure.get("unit"),
        "activity": measure.get("activity", TOTAL),
        "breakdown": measure.get("breakdown", TOTAL),
        "area_text": measure["area"],
        "boundary": recipe.boundary,
        "period": period,
        "issuer": recipe.issuer,
        "published": recipe.published or None,
    }


def _table(sheet: _Sheet, records: list[dict[str, Any]], findings: list[Finding]) -> pa.Table:
    """The records with their numbers read, the decimal sign decided for the table as a whole."""
    table = pa.Table.from_pylist(records, schema=ROWS_SCHEMA)
    numbers = read_numbers(pa.array([nfc(STAR.sub("", r["value_text"])) for r in records], pa.string()))
    for name in ("value", "mark", "decimals"):
        at = ROWS_SCHEMA.get_field_index(name)
        table = table.set_column(at, ROWS_SCHEMA.field(at), getattr(numbers, name).cast(ROWS_SCHEMA.field(at).type))
    if numbers.doubt in ("mixed", "undecidable"):
        first = records[int(numbers.doubtful[0])]
        findings.append(
            Finding(
                "DECIMAL-SIGN",
                ERROR,
                f"Không rõ dấu thập phân: '{first['value_text']}' ({len(numbers.doubtful)} ô).",
                f"The decimal sign is not clear: '{first['value_text']}' ({len(numbers.doubtful)} cells).",
                cell=first["cell"],
                suggestion_vi=f"Kiểm tra các ô này trong {sheet.name}; PX-Web viết dấu chấm thập phân.",
                suggestion_en=f"Check these cells of {sheet.name}; PX-Web writes a decimal point.",
                count=len(numbers.doubtful),
            )
        )
    return table


def _warn(rule: str, cell: str, vi: str, en: str, text: str) -> Finding:
    return Finding(
        rule,
        WARNING,
        f"Chưa đọc {vi} '{nfc(text)}': công thức không nói đó là gì.",
        f"Not read, {en} '{nfc(text)}': the recipe does not say what it is.",
        cell=cell,
        suggestion_vi="Bổ sung vào 'columns', 'items' hoặc phần bỏ qua của công thức, hoặc kiểm tra lại tệp.",
        suggestion_en="Add it to the recipe's 'columns', 'items' or skip lists, or check the file.",
    )


def _ragged(line: _Line, wanted: int) -> Finding:
    return Finding(
        "ROW-WIDTH",
        ERROR,
        f"Dòng {line.number} có {len(line.cells)} ô, dòng tên cột có {wanted} ô.",
        f"Line {line.number} has {len(line.cells)} cells, the header has {wanted}.",
        cell=f"A{line.number}",
        suggestion_vi="Tệp có thể bị cắt cụt: xuất lại bảng từ PX-Web rồi nộp.",
        suggestion_en="The file may be cut off: export the table from PX-Web again and submit it.",
    )


def _understood(
    sheet: _Sheet, recipe: Recipe, columns: list[_Column], records: list[dict[str, Any]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What was taken for what: the table, then each family of columns with its span."""
    areas = len({r["area_text"] for r in records})
    vi = [f"Bảng PX-Web: {sheet.title}", f"{areas} địa bàn, {len(columns)} cột, {len(records)} số liệu"]
    en = [f"PX-Web table: {sheet.title}", f"{areas} areas, {len(columns)} columns, {len(records)} figures"]
    keys = dict.fromkeys((r["indicator"], r["breakdown"], r["activity"], r["unit"]) for r in records)
    for key in keys:
        periods = [r["period"] for r in records if (r["indicator"], r["breakdown"], r["activity"], r["unit"]) == key]
        codes = "/".join(str(c) for c in key[:3] if c != TOTAL)
        line = f"{codes} ({key[3]}): {min(periods)} – {max(periods)}, {len(periods)}"
        vi.append(line)
        en.append(line)
    boundary_vi = f"Địa giới của bảng: {recipe.boundary}; cơ quan công bố: {recipe.issuer}"
    return (*vi, boundary_vi), (*en, f"Boundary of the table: {recipe.boundary}; issuer: {recipe.issuer}")
