"""How the figures of a table are read, decided for the whole table: sign, percent, marks, hidden parts, formulas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from lienvung.domain.observations import MARKS
from lienvung.parse.tables.cells import cut_note_mark, is_blank, show
from lienvung.parse.tables.column_numbers import read_checks
from lienvung.parse.tables.decisions import ASK, Notes
from lienvung.parse.tables.figures import Figures, read_figures
from lienvung.parse.tables.gathering import SKIP, Gathered, MeasuredCell, gather_cells
from lienvung.parse.tables.matching import Found
from lienvung.parse.tables.seen import SCALED_UNITS, has_no_value, shows_percent
from lienvung.parse.workbook import a1

COUNTED = ("PERSONS", "PROJECTS", "ENTERPRISES", "HOUSEHOLDS", "HEADS", "CASES", "UNITS", "TRANSACTIONS", "SUBSCRIBERS",
           "APPLICATIONS", "PATENTS")  # fmt: skip
"""Units of things that are counted one by one, so that their figures have no decimals."""
_MARK_WORDS = {"nil": ("không phát sinh", "nil"), "not_available": ("chưa có số liệu", "not available"),
               "not_applicable": ("để trống", "blank, not applicable")}  # fmt: skip


def decide_numbers(
    number: int, table: Found, entry: dict[str, Any], answers: Mapping[str, str], notes: Notes, others: str
) -> None:
    """Decide and take down how the cells of a table are read; what is not clear becomes ``?`` in the entry.

    Args:
        others: the decimal sign of the file's other tables, where they agree.
    """
    if entry.get("skip"):
        return
    gathered = gather_cells(table, entry)
    asked = {k: answers.get(f"{number}.{k}") or answers.get(k, "") for k in ("decimal", "percent", "hidden")}
    cells = [table.region.sheet.cell(n.row, c.index) for n in table.lines for c in table.columns]
    figures = read_figures(cells, asked["decimal"])
    at = f"{number}."
    if not asked["decimal"]:
        _decimal(at, table, entry, figures, notes, others)
    if not asked["percent"]:
        _percent(at, table, entry, gathered.cells, notes)
    if not asked["hidden"]:
        _hidden(at, table, gathered, notes)
    _marks(at, table, cells, notes)
    _formulas(at, table, gathered.cells, notes)


def sign_of(table: Found) -> str:
    """The decimal sign that the texts of a table show, where they do."""
    cells = [table.region.sheet.cell(n.row, c.index) for n in table.lines for c in table.columns]
    figures = read_figures(cells)
    return figures.sign if figures.reason else ""


def _decimal(at: str, table: Found, entry: dict[str, Any], figures: Figures, notes: Notes, others: str) -> None:
    signed = [t for t in figures.texts if any(s in t for s in ",.") and any(c.isdigit() for c in t)]
    shown = ", ".join(f"'{t.strip()}'" for t in signed[:3])
    if figures.doubt:
        texts = ", ".join(f"'{figures.texts[n].strip()}'" for n in figures.doubtful[:3])
        if figures.doubt != "mixed" and str(entry.get("unit")) in COUNTED:
            sign = "," if figures.doubt == "only_groups" else "."
            entry["decimal"] = sign
            notes.add(f"{at}decimal", sign, 0.8, f"đơn vị đếm được nên {texts} là hàng nghìn",
                      f"the unit is counted, so {texts} are thousands", table.place)  # fmt: skip
            return
        hint_vi = f"; các bảng khác của tệp dùng '{others}'" if others else ""
        hint_en = f"; the file's other tables use '{others}'" if others else ""
        vi, en = ("hai cách viết cùng có", "both signs occur") if figures.doubt == "mixed" else (
            "đọc được hai cách", "can be read in two ways")  # fmt: skip
        entry["decimal"] = ASK
        notes.add(f"{at}decimal", ASK, 0.0, f"{texts} ({len(figures.doubtful)} ô): {vi}{hint_vi}",
                  f"{texts} ({len(figures.doubtful)} cells): {en}{hint_en}", table.place, (",", "."))  # fmt: skip
    elif figures.reason == "groups":
        notes.add(f"{at}decimal", figures.sign, 0.9, f"mọi số trên 999 đều tách hàng nghìn, số nhỏ thì không: {shown}",
                  f"every number beyond 999 has its thousands set apart, no smaller one has: {shown}",
                  table.place)  # fmt: skip
    elif figures.reason:
        notes.add(f"{at}decimal", figures.sign, 0.98, f"{len(signed)} ô chữ chỉ đọc được một cách, như {shown}",
                  f"{len(signed)} text cells, some of which read in one way only, as {shown}", table.place)  # fmt: skip


def _percent(at: str, table: Found, entry: dict[str, Any], cells: list[MeasuredCell], notes: Notes) -> None:
    own = [c for c in cells if c.measure.get("unit") in SCALED_UNITS]
    numbers = [c for c in own if isinstance(c.value, (int, float)) and not isinstance(c.value, bool)]
    formatted = [c for c in numbers if shows_percent(table, c)]
    bare = [c for c in numbers if c not in formatted and c.value]
    if formatted:
        one = formatted[0]
        notes.add(f"{at}percent_format", "fraction", 0.98,
                  f"{len(formatted)} ô định dạng phần trăm: {one.address} chứa {show(one.value)}",
                  f"{len(formatted)} cells formatted as percentages: {one.address} holds {show(one.value)}",
                  table.place)  # fmt: skip
    rated = [c for c in bare if c.measure.get("unit") == "PCT"]
    if len(rated) > 1 and all(abs(float(str(c.value))) <= 1 for c in rated):
        entry["percent"] = ASK
        notes.add(f"{at}percent", ASK, 0.0, f"mọi ô phần trăm đều không quá 1, như {show(rated[0].value)}",
                  f"no percentage is beyond 1, as {show(rated[0].value)}", table.place,
                  ("fraction", "points"))  # fmt: skip
    elif rated:
        top = max(abs(float(str(c.value))) for c in rated)
        notes.add(f"{at}percent", "points", 0.9 if top > 1 else 0.5, f"ô phần trăm lớn nhất là {show(top)}",
                  f"the largest percentage is {show(top)}", table.place)  # fmt: skip


def _hidden(at: str, table: Found, gathered: Gathered, notes: Notes) -> None:
    if gathered.hidden:
        count, first = len(gathered.hidden), gathered.hidden[0].address
        notes.add(f"{at}hidden", "read", 0.6,
                  f"{count} ô ở dòng hoặc cột ẩn, từ {first}; dòng ẩn thường là dòng chi tiết",
                  f"{count} cells in hidden rows or columns, from {first}; hidden rows are mostly details",
                  table.place, ("read", SKIP))  # fmt: skip


def _marks(at: str, table: Found, cells: list[object], notes: Notes) -> None:
    texts = [cut_note_mark(c)[0] if isinstance(c, str) else c for c in cells]
    found = Counter(("", "not_applicable") if is_blank(t) else (str(t), MARKS[str(t)]) for t in texts
                    if is_blank(t) or t in MARKS)  # fmt: skip
    if found:
        vi = "; ".join(f"{n} ô '{sign}': {_MARK_WORDS[kind][0]}" for (sign, kind), n in found.most_common())
        en = "; ".join(f"{n} cells '{sign}': {_MARK_WORDS[kind][1]}" for (sign, kind), n in found.most_common())
        chosen = ", ".join(f"'{sign}' → {kind}" for sign, kind in found)
        notes.add(f"{at}missing", chosen, 0.9, vi, en, table.place)
    footnotes = Counter(m for c in cells if isinstance(c, str) and (m := cut_note_mark(c)[1]))
    if footnotes:
        signs = ", ".join(f"({m})" for m in footnotes)
        notes.add(f"{at}footnotes", signs, 0.9, f"{sum(footnotes.values())} ô mang dấu chú thích",
                  f"{sum(footnotes.values())} cells bear a footnote mark", table.place)  # fmt: skip


def _formulas(at: str, table: Found, cells: list[MeasuredCell], notes: Notes) -> None:
    details = table.region.sheet.details
    own = [c for c in cells if details and c.place in details.formulas]
    if own and details:
        empty = sum(has_no_value(table, c) for c in own)
        notes.add(f"{at}formulas", "cached", 0.9 if not empty else 0.5,
                  f"{len(own)} ô công thức, dùng giá trị lưu sẵn; {empty} ô không có",
                  f"{len(own)} formulas, their kept values are used; {empty} have none", table.place)  # fmt: skip
    sums, ratios, strange = read_checks(table)
    if sums or ratios:
        told = "; ".join([*(s.text for s in sums), *(r.text for r in ratios)])
        place = f"{table.sheet}!{a1(table.region.numbers or 0, 0)}"
        notes.add(f"{at}checks", told, 0.95, f"dòng số thứ tự cột; {len(strange)} công thức khác không kiểm tra được",
                  f"the row of column numbers; {len(strange)} other formulas cannot be checked", place)  # fmt: skip


def note_layout(number: int, table: Found, notes: Notes) -> None:
    """Take down where title, header, label columns, body and notes of a table stand, for a person to see."""
    region, at = table.region, f"{number}.layout."
    if region.header:
        cells = f"{a1(region.header[0], 0)}:{a1(region.header[-1], max(region.values))}"
        lines = len(region.header)
        notes.add(f"{at}header", cells, 0.9, f"{lines} dòng tiêu đề cột trên dòng số liệu đầu tiên",
                  f"{lines} rows of headings above the first figures", table.place)  # fmt: skip
    else:
        notes.add(f"{at}header", "—", 0.3, "không thấy tiêu đề cột", "no headings of columns", table.place)
    letters = ", ".join(a1(0, c)[:-1] for c in region.labels) or "—"
    running = f"; số thứ tự ở {a1(0, region.numbering)[:-1]}" if region.numbering is not None else ""
    running_en = f"; running numbers in {a1(0, region.numbering)[:-1]}" if region.numbering is not None else ""
    notes.add(f"{at}labels", letters, 0.9, f"cột chữ bên cạnh số liệu{running}",
              f"columns of words beside the figures{running_en}", table.place)  # fmt: skip
    body = f"{a1(region.body[0], min(region.values))}:{a1(region.body[-1], max(region.values))}"
    notes.add(f"{at}body", body, 0.9, f"{len(table.lines)} dòng số liệu", f"{len(table.lines)} rows of figures",
              table.place)  # fmt: skip
    if region.notes:
        rows = f"{region.notes[0] + 1}–{region.notes[-1] + 1}"
        notes.add(f"{at}notes", rows, 0.8, "các dòng dưới bảng", "the rows below the table", table.place)
