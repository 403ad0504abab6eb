"""What one table's columns, rows, blocks, unit and area mean, as far as their words tell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lienvung.domain.names import fold
from lienvung.parse.tables.deciding import TableWork, find_own
from lienvung.parse.tables.decisions import ASK, SKIP, Notes
from lienvung.parse.tables.headers import Heading, read_heading
from lienvung.parse.tables.matching import PLAIN, Found
from lienvung.parse.tables.meaning import Guess, Meanings, choose
from lienvung.parse.tables.rows import decide_rows

_AGAINST, _SHARE = "so voi", ("co cau", "ty trong")
_PLAIN = {PLAIN, "tong so", "thuc hien", "gia tri", "so lieu", "chinh thuc", "total"}
_COMPARED = {
    "cung ky nam truoc": ("same_period", "previous_year"),
    "thang truoc": ("previous_month",),
    "quy truoc": ("previous_quarter",),
}
_QUANTITY = {"luong": "amount", "so luong": "amount", "tri gia": "money", "gia tri": "money", "kim ngach": "money"}
_COUNTRY = ("ca nuoc", "toan quoc", "trong nuoc", "viet nam")


def propose_entry(
    number: int, table: Found, meanings: Meanings, boundary: str, answers: Mapping[str, str], notes: Notes
) -> dict[str, Any]:
    """The entry of one table, without its title."""
    work = TableWork(number, table, meanings, boundary, notes)
    asked = {k: answers.get(f"{number}.{k}") or answers.get(k, "") for k in ("indicator", "unit", "area", "labels")}
    labels = asked["labels"] or _labels(work)
    work.lines = table.lines_as(labels.split(","))
    unit = asked["unit"] or _unit(work)
    work.indicator = asked["indicator"] or _indicator(work, unit)
    unit = _implied_unit(work) if unit == ASK else unit
    columns = _columns(work, unit)
    rows = decide_rows(work, labels, unit) if "item" in labels or labels == "area" else {}
    rows = _kept_apart(columns, rows)
    blocks = _blocks(work)
    items = rows if "item" in labels else {}
    if unit == ASK and table.region.unit_column is not None and all(n.unit for n in work.lines if n.key in rows):
        unit = ""
        notes.drop(f"{number}.unit")
    if unit == ASK and _has_everywhere("unit", columns, items, blocks if all(n.block for n in table.lines) else {}):
        unit = ""
        notes.drop(f"{number}.unit")
    entry: dict[str, Any] = {"indicator": work.indicator} if _needs(work.indicator, columns, items) else {}
    entry |= {"unit": unit} if unit else {}
    if "area" not in labels and not _has_everywhere("area", columns, items, {}):
        entry["area"] = asked["area"] or _area(work)
    entry |= {"labels": labels} if labels != "item" else {}
    if not _needs(work.indicator, columns, items):
        notes.drop(f"{number}.indicator")
    return entry | {"columns": columns} | ({"rows": rows} if rows else {}) | ({"blocks": blocks} if blocks else {})


def _kept_apart(columns: Mapping[str, Any], rows: Mapping[str, Any]) -> dict[str, Any]:
    """A row with an indicator of its own is read only in columns that have none."""
    plain = [k for k, v in columns.items() if v in (SKIP, ASK) or "indicator" not in v]
    if len(plain) == len(columns):
        return dict(rows)
    return {
        k: {**v, "only": plain} if isinstance(v, dict) and "indicator" in v and plain else v for k, v in rows.items()
    }


def _needs(indicator: str, columns: Mapping[str, Any], rows: Mapping[str, Any]) -> bool:
    return indicator != ASK or not _has_everywhere("indicator", columns, rows, {})


def _has_everywhere(name: str, columns: Mapping[str, Any], rows: Mapping[str, Any], blocks: Mapping[str, Any]) -> bool:
    """Whether every column, or every row, or every block that is read says this itself."""
    for part in (columns, rows, blocks):
        read = [v for v in part.values() if v != SKIP]
        if read and all(isinstance(v, Mapping) and name in v for v in read):
            return True
    return False


def says_everywhere(entry: Mapping[str, Any], name: str) -> bool:
    """Whether a table's columns, rows or blocks all say this themselves, so that the table need not."""
    columns, rows = (dict(entry.get(k) or {}) for k in ("columns", "rows"))
    return _has_everywhere(name, columns, rows if entry.get("labels", "item") == "item" else {}, {})


def _labels(work: TableWork) -> str:
    """What the rows are: areas, periods, or items; what each column names, where several do."""
    roles = _roles(work)
    if roles:
        return roles
    lines = work.table.lines
    names = [line.printed for line in lines]
    areas = sum(bool(work.meanings.area(n, work.boundary)) for n in names)
    years = sum(bool((h := read_heading(n.period_lines)).period) and not h.key for n in lines)
    if years and years == len(names):
        work.note("labels", "period", 0.95, f"{years} dòng đều là thời kỳ", f"all {years} rows are periods")
        return "period"
    if areas * 2 > len(names):
        work.note("labels", "area", areas / len(names), f"{areas}/{len(names)} dòng là tên địa bàn",
                  f"{areas} of {len(names)} rows are names of areas")  # fmt: skip
        return "area"
    return "item"


def _roles(work: TableWork) -> str:
    """``area,period,item`` in the order of the columns, where every row is named by several; else nothing."""
    region, columns = work.table.region, work.table.label_columns
    rows = [line.row for line in work.table.lines]
    if len(columns) < 2 or not rows or not all(region.text(rows[0], c).strip() for c in columns):
        return ""
    roles = []
    for column in columns:
        texts = [t for r in rows if (t := region.text(r, column).strip())]
        areas = sum(bool(work.meanings.area(t, work.boundary)) for t in texts)
        periods = sum(bool((h := read_heading([t])).period) and not h.key for t in texts)
        roles.append("area" if areas * 2 > len(texts) else "period" if periods == len(texts) else "item")
    inner = [t for r in rows if (t := region.text(r, columns[-1]).strip())]
    if len(set(roles)) < len(roles) or set(roles) == {"item"} or len(inner) < len(rows):
        return ""
    told = ",".join(roles)
    work.note("labels", told, 0.9, f"mỗi dòng có {len(columns)} cột tên: {told}",
              f"every row is named by {len(columns)} columns: {told}")  # fmt: skip
    return told


def _implied_unit(work: TableWork) -> str:
    """The unit of an indicator that has only one way to be measured: an index or a rate without a unit beside it."""
    listed, units = work.meanings.catalogue.indicators.get(work.indicator), work.meanings.catalogue.units
    if work.table.region.unit or not listed or listed.unit not in units:
        return ASK
    alike = [u for u in units.values() if u.base == units[listed.unit].base]
    if len(alike) > 1 or listed.unit not in ("INDEX", "PCT"):
        return ASK
    work.note("unit", listed.unit, 0.85, f"bảng không ghi đơn vị; '{work.indicator}' chỉ có một đơn vị",
              f"the table names no unit; '{work.indicator}' has only one")  # fmt: skip
    return listed.unit


def _unit(work: TableWork) -> str:
    printed = work.table.region.unit
    code = work.meanings.unit(printed) if printed else ""
    if not code and printed:
        parts = [p.strip() for p in re.split(r"[;,&]|\s+và\s+", printed) if p.strip()]
        codes = [work.meanings.unit(p) for p in parts]
        if len(codes) == 2 and all(codes) and codes[0] != codes[1]:
            bases = work.meanings.catalogue.units
            work.units = {"money" if bases[c].base in ("VND", "USD") else "amount": c for c in codes}
    if code:
        work.note("unit", code, 0.95, f"tệp ghi '{printed}'", f"the file says '{printed}'")
        return code
    if len(work.units) == 2:
        work.note("unit", "—", 0.9, f"'{printed}': lượng và trị giá có đơn vị riêng",
                  f"'{printed}': quantity and value have units of their own")  # fmt: skip
        return ""
    vi = f"đơn vị '{printed}' không có trong danh mục" if printed else "bảng không ghi đơn vị tính"
    en = f"the unit '{printed}' is not listed" if printed else "the table names no unit"
    work.note("unit", ASK, 0.0, vi, en)
    return ASK


def _indicator(work: TableWork, unit: str) -> str:
    table = work.table
    guesses = work.meanings.indicators(work.subject or table.sheet, table.title_en, unit)
    if work.units and not choose(guesses) and any(_QUANTITY.get(k) == "money" for k in table.column_keys):
        # of quantity and value, the value is what the catalogue's indicators of trade measure
        guesses = work.meanings.indicators(f"Trị giá {work.subject}", "", work.units["money"])
    return _chosen(work, "indicator", guesses, table.title or table.sheet)


def _chosen(work: TableWork, path: str, guesses: list[Guess], text: str) -> str:
    best = choose(guesses)
    choices = tuple(f"{g.code} {g.score:.2f}" for g in guesses[:3])
    if best:
        work.note(path, best.code, best.score, f"'{text}' gần nhất với '{best.name}'",
                  f"'{text}' is nearest to '{best.name}'", choices)  # fmt: skip
        return best.code
    work.note(path, ASK, guesses[0].score if guesses else 0.0, f"không chỉ tiêu nào đủ gần '{text}'",
              f"no indicator is near enough to '{text}'", choices)  # fmt: skip
    return ASK


def _columns(work: TableWork, unit: str) -> dict[str, Any]:
    """Key of the column's words → what it means, in the order of the table."""
    found: dict[str, Any] = {}
    keys = work.table.column_keys
    plain = [k for k in keys if _AGAINST not in k and not k.startswith(_SHARE)]
    for column in work.table.columns:
        heading = column.heading
        if heading.key in found:
            continue
        if not heading.printed and len(work.table.columns) > 1:
            work.note(f"columns.{heading.key}", SKIP, 0.6, "cột không có tên", "the column has no heading")
            found[heading.key] = SKIP
            continue
        found[heading.key] = _column(work, heading, bool(plain), unit)
    return found


def _column(work: TableWork, heading: Heading, has_plain: bool, unit: str) -> Any:  # noqa: ANN401 - a code, a mapping or skip
    key, path = heading.key, f"columns.{heading.key}"
    own = work.meanings.unit(heading.unit) if heading.unit else ""
    own = own or work.units.get(_QUANTITY.get(key, ""), "")
    extra = {"unit": own} if own and own != unit else {}
    if work.units and _QUANTITY.get(key) == "amount" and _is_money(work):
        work.note(
            path, SKIP, 0.7, "lượng; chỉ tiêu của bảng là trị giá", "a quantity; the table's indicator is a value"
        )
        return SKIP
    if key in _PLAIN or (work.units and _QUANTITY.get(key) == "money" and _is_money(work)):
        work.note(path, extra or "—", 0.95, f"'{heading.printed}' chỉ nêu thời kỳ hoặc tổng số",
                  f"'{heading.printed}' names only a period or the total")  # fmt: skip
        return extra
    area = work.meanings.area(key, work.boundary)
    if area:
        work.note(path, {"area": area}, 0.95, f"'{heading.printed}' là địa bàn", f"'{heading.printed}' is an area")
        return extra | {"area": area}
    if _AGAINST in key:
        return _compared(work, heading, has_plain)
    if key.startswith(_SHARE):
        work.note(path, SKIP, 0.8, "cơ cấu, tính được từ số tuyệt đối", "a share, which follows from the levels")
        return SKIP
    words = heading.printed.partition("(")[0] if heading.period == "" else key
    code = work.meanings.code_of(key) or work.meanings.code_of(words)
    exact = find_own(work, key, own or unit) if code else None
    if exact:
        work.note(path, exact.code, exact.score, f"'{heading.printed}' cùng tiêu đề là '{exact.name}'",
                  f"'{heading.printed}' with the title is '{exact.name}'")  # fmt: skip
        return extra | {"indicator": exact.code}
    if code is not None:
        work.note(path, code, 0.95, f"'{heading.printed}' có trong danh mục", f"'{heading.printed}' is a listed name")
        return extra | code
    guesses = work.meanings.indicators(f"{work.table.title} {key}", "", own or unit)
    alone = work.meanings.indicators(key, "", own or unit)
    best = choose(alone) or choose(guesses)
    if best:
        work.note(path, best.code, best.score, f"'{heading.printed}' gần nhất với '{best.name}'",
                  f"'{heading.printed}' is nearest to '{best.name}'")  # fmt: skip
        return extra | {"indicator": best.code}
    work.note(path, ASK, 0.0, f"không rõ cột '{heading.printed}' là gì", f"what '{heading.printed}' means is not clear",
              tuple(f"{g.code} {g.score:.2f}" for g in (alone + guesses)[:3]))  # fmt: skip
    return ASK


def _is_money(work: TableWork) -> bool:
    """Whether the table's indicator is an amount of money."""
    listed, units = work.meanings.catalogue.indicators.get(work.indicator), work.meanings.catalogue.units
    return bool(listed and listed.unit in units and units[listed.unit].base in ("VND", "USD"))


def _compared(work: TableWork, heading: Heading, has_plain: bool) -> Any:  # noqa: ANN401
    """A column that compares with another period: an index of its own, or what the levels already tell."""
    path = f"columns.{heading.key}"
    kinds: tuple[str, ...] = ()
    for words, comparisons in _COMPARED.items():
        if words in heading.key:
            kinds = comparisons
    periods = [c.heading.period for c in work.table.columns if c.heading.key == heading.key]
    if any(len(p) > len("2024") for p in periods):
        # what is of a month or a quarter has no previous year, it has the same period of it
        kinds = tuple(k for k in kinds if k != "previous_year")
    listed = work.meanings.catalogue.indicators
    own = heading.key.partition(_AGAINST)[0].strip()
    named = work.meanings.indicators(f"{own} {work.table.title}") if own else []
    guesses = [
        g
        for g in (*named, *work.meanings.indicators(work.table.title, work.table.title_en))
        if listed[g.code].comparison in kinds
    ]
    guesses = sorted({g.code: g for g in reversed(guesses)}.values(), key=lambda g: -g.score)
    if guesses and guesses[0].score >= 0.6 and len([g for g in guesses if g.score > guesses[0].score - 0.03]) == 1:
        best = guesses[0]
        unit = listed[best.code].unit
        work.note(
            path, best.code, best.score, f"'{heading.printed}': '{best.name}'", f"'{heading.printed}': '{best.name}'"
        )
        return {"indicator": best.code, "unit": unit}
    if has_plain:
        work.note(path, SKIP, 0.8, "so sánh, tính được từ số tuyệt đối", "a comparison, which follows from the levels")
        return SKIP
    work.note(path, ASK, 0.0, f"không rõ '{heading.printed}' là chỉ số nào", f"which index '{heading.printed}' is",
              tuple(f"{g.code} {g.score:.2f}" for g in guesses[:3]))  # fmt: skip
    return ASK


def _blocks(work: TableWork) -> dict[str, Any]:
    """Key of the stacked block → what it changes."""
    found: dict[str, Any] = {}
    for line in work.table.lines:
        if line.block in found or (not line.block and line.block_kind == "values"):
            continue
        path, at = f"blocks.{line.block}", f"'{line.block_printed}'"
        unit = work.meanings.unit(line.block_unit) if line.block_unit else ""
        if line.block_kind == "values":
            found[line.block] = {"unit": unit} if unit else ASK
            work.note(path, found[line.block], 0.9 if unit else 0.0, f"{at} là đơn vị", f"{at} is a unit")
        elif line.block_kind == "prices":
            guesses = work.meanings.indicators(f"{work.table.title} {line.block_printed}", "", unit)
            best = choose(guesses)
            found[line.block] = ({"indicator": best.code} | ({"unit": unit} if unit else {})) if best else ASK
            work.note(path, found[line.block], best.score if best else 0.0, f"khối {at}", f"the block {at}",
                      tuple(f"{g.code} {g.score:.2f}" for g in guesses[:3]))  # fmt: skip
        else:
            found[line.block] = SKIP
            work.note(
                path, SKIP, 0.8, f"khối {at} tính được từ số tuyệt đối", f"the block {at} follows from the levels"
            )
    return found


def _area(work: TableWork) -> str:
    """The one area that a table without areas is about; asked for where the title does not name it."""
    title = work.table.title
    area = work.meanings.area_inside(title)
    if area:
        work.note("area", area, 0.8, f"tiêu đề nêu địa bàn: '{title}'", f"the title names it: '{title}'")
        return area
    if any(f" {w} " in f" {fold(title)} " for w in _COUNTRY):
        work.note("area", "VN", 0.7, f"tiêu đề nói về cả nước: '{title}'", f"the title is of the country: '{title}'")
        return "VN"
    work.note("area", ASK, 0.0, "bảng không nói là của địa bàn nào", "the table does not say which area it is of",
              ("--set area=74",))  # fmt: skip
    return ASK
