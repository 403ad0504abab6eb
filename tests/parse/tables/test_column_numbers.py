"""The row that numbers the columns is no data, and what it says is held against every row."""

from __future__ import annotations

import pytest

from lienvung.parse.tables.column_numbers import check_rows, read_checks
from lienvung.parse.tables.matching import Found, find_tables
from lienvung.parse.workbook import Sheet


def table(numbers: list[object], *rows: list[object]) -> Found:
    head: list[list[object]] = [["Dân số trung bình năm 2015"], ["Địa phương", "Tổng số", "Nam", "Nữ"]]
    (found,) = find_tables([Sheet("s", [r + [""] * (4 - len(r)) for r in [*head, numbers, *rows]])])
    return found


def values(found: Found) -> dict[tuple[int, int], float]:
    cells = {(n.row, c.index): found.region.sheet.cell(n.row, c.index) for n in found.lines for c in found.columns}
    return {place: float(v) for place, v in cells.items() if isinstance(v, (int, float))}


ROWS: tuple[list[object], ...] = (["Bình Dương", 1930.4, 932.0, 998.4], ["Đồng Nai", 2897.6, 1407.9, 1489.7])


@pytest.mark.parametrize("numbers", [["A", "1=2+3", 2, 3], ["A", "(1)=(2)+(3)", "(2)", "(3)"], ["A", 1, 2, "3=1-2"]])
def test_sums_hold_for_every_row(numbers: list[object]) -> None:
    found = table(numbers, *ROWS)
    assert (found.region.numbers, len(found.lines)) == (2, 2)
    assert len(read_checks(found)[0]) == 1
    assert check_rows(found, values(found)) == []


def test_a_row_that_breaks_the_formula_is_named_at_its_cell() -> None:
    found = table(["A", "1=2+3", 2, 3], ROWS[0], ["Đồng Nai", 2900.6, 1407.9, 1489.7])
    (told,) = check_rows(found, values(found))
    assert (told.rule, told.severity, told.cell) == ("TABLE-IDENTITY", "warning", "B5")
    assert "2897.6" in told.message_vi and "2900.6" in told.message_vi


def test_quotients_hold_as_shares_and_as_percentages() -> None:
    found = table(["A", 1, 2, "3=2/1*100"], ["Bình Dương", 200, 50, 25.0], ["Đồng Nai", 200, 50, 0.25])
    assert check_rows(found, values(found)) == []
    broken = table(["A", 1, 2, "3=2/1"], ["Bình Dương", 200, 50, 25.0], ["Đồng Nai", 200, 50, 26.0])
    assert [f.cell for f in check_rows(broken, values(broken))] == ["D5"]


def test_a_formula_that_is_no_sum_is_said_not_to_be_checked() -> None:
    found = table(["A", 1, 2, "3=max(1,2)"], *ROWS)
    (told,) = check_rows(found, values(found))
    assert (told.severity, told.cell) == ("info", "D3")
