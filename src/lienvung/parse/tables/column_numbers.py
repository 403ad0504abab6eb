"""The row that numbers the columns of a table, ``A B 1 2 3=1+2``: its formulas become checks of every row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lienvung.domain.handovers import INFO, WARNING, Finding
from lienvung.parse.budget_formulas import Identity, judge, read_formulas
from lienvung.parse.tables.cells import show
from lienvung.parse.tables.matching import Found
from lienvung.parse.workbook import a1

MOST_NAMED = 100
_RATIO = re.compile(r"(\d{1,2})=(\d{1,2})[/:](\d{1,2})(?:[*x]100%?|%)?", re.IGNORECASE)


@dataclass(frozen=True)
class Ratio:
    """A column that is a quotient of two others, as a percentage where ``times`` is 100."""

    target: int
    above: int
    below: int
    times: float
    text: str


def read_checks(table: Found) -> tuple[list[Identity], list[Ratio], list[tuple[int, str]]]:
    """Sums and quotients that the row of column numbers states, and the formulas that are neither."""
    row = table.region.numbers
    if row is None:
        return [], [], []
    cells = [re.sub(r"\((\d{1,2})\)", r"\1", show(v)).strip() for v in table.region.sheet.rows[row]]
    sums, strange = read_formulas(cells)
    by_number = {int(m[1]): c for c, t in enumerate(cells) if (m := re.match(r"(\d{1,2})", t))}
    ratios, rest = [], []
    for column, text in strange:
        found = _RATIO.fullmatch(text.replace(" ", ""))
        parts = [by_number.get(int(n)) for n in found.groups()[1:3]] if found else []
        if found and len(parts) == 2 and parts[0] is not None and parts[1] is not None:
            is_percent = "100" in text or "%" in text
            ratios.append(Ratio(column, parts[0], parts[1], 100.0 if is_percent else 1.0, text))
        else:
            rest.append((column, text))
    return sums, ratios, rest


def check_rows(table: Found, values: Mapping[tuple[int, int], float]) -> list[Finding]:
    """Rows whose figures do not keep the formulas under the headings; ``values``: by row and column from 0."""
    sums, ratios, strange = read_checks(table)
    sheet, found = table.sheet or None, []
    for line in table.lines:
        for one in sums:
            if all((line.row, c) in values for c in (one.target, *(c for _, c in one.terms))):
                found += _judge_sum(table, line.row, line.printed, one, values)
        for ratio in ratios:
            if all((line.row, c) in values for c in (ratio.target, ratio.above, ratio.below)):
                found += _judge_ratio(table, line.row, line.printed, ratio, values)
    found = found[:MOST_NAMED]
    if strange and table.region.numbers is not None:
        told = "; ".join(text for _, text in strange[:5])
        found.append(Finding(
            "TABLE-IDENTITY", INFO, f"Công thức ở dòng số thứ tự cột không kiểm tra được: {told}.",
            f"Formulas in the row of column numbers that could not be checked: {told}.", sheet,
            a1(table.region.numbers, strange[0][0]), "", "", len(strange),
        ))  # fmt: skip
    return found


def _judge_sum(
    table: Found, row: int, name: str, one: Identity, values: Mapping[tuple[int, int], float]
) -> list[Finding]:
    verdict = judge(values[row, one.target], [(sign, values[row, c]) for sign, c in one.terms])
    if verdict.holds:
        return []
    return [_broken(table, row, one.target, (name, one.text), verdict.printed, verdict.total)]


def _judge_ratio(
    table: Found, row: int, name: str, ratio: Ratio, values: Mapping[tuple[int, int], float]
) -> list[Finding]:
    printed, below = values[row, ratio.target], values[row, ratio.below]
    if not below:
        return []
    told = values[row, ratio.above] / below
    # a quotient may stand as a share or as a percentage, whatever the formula says
    if min(abs(printed - told * times) / max(abs(told * times), 1e-9) for times in (1.0, 100.0)) <= 0.01:
        return []
    return [_broken(table, row, ratio.target, (name, ratio.text), printed, told * ratio.times)]


def _broken(table: Found, row: int, column: int, said: Sequence[str], printed: float, told: float) -> Finding:
    name, text = said
    one, two, gap = (show(round(v, 6)) for v in (printed, told, printed - told))
    return Finding(
        "TABLE-IDENTITY", WARNING, f"Dòng '{name}': công thức '{text}' cho {two}, tệp ghi {one} (lệch {gap}).",
        f"Row '{name}': the formula '{text}' gives {two}, the file has {one} (off by {gap}).", table.sheet or None,
        a1(row, column), "Đối chiếu các ô của dòng này với văn bản gốc.", "Compare the row with the original document.",
    )  # fmt: skip
