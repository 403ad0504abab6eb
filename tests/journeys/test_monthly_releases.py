"""Monthly releases handed in one after the other: each a vintage, revised and new figures counted, the triangle."""

from __future__ import annotations

from pathlib import Path

import xlsxwriter

from tests.conftest import Home
from tests.parse.test_releases import PRICES, PRICES_JANUARY, Grid

PEOPLE: Grid = [
    ["46. Một số chỉ tiêu dân số"],
    ["", 2019, 2020, "Ước tính\nnăm 2021"],
    ["Dân số trung bình (Nghìn người)", 100000, 101000, 102000],
    ["Tỷ lệ dân số thành thị (%)", 40, 41, 42],
]
LATER: Grid = [
    ["44. Một số chỉ tiêu dân số"],
    ["", 2020, 2021, "Ước tính\nnăm 2022"],
    ["Dân số trung bình (Nghìn người)", 101000, 102345.6, 103000],
    ["Tỷ lệ dân số thành thị (%)", 41, 42, 43],
]


PAST = {"2030": "2019", "2031": "2020", "2032": "2021", "2033": "2022"}


def in_the_past(grid: Grid) -> Grid:
    """An imitation with its years, which lie ahead, moved back: no figure may be of a day that has not come."""
    text = "\x00".join("\x01".join(str(c) for c in row) for row in grid)
    for year, then in PAST.items():
        text = text.replace(year, then)
    return [[_cell(c) for c in row.split("\x01")] for row in text.split("\x00")]


def _cell(text: str) -> object:
    return float(text) if text.replace(".", "", 1).isdigit() else text


def book(path: Path, sheets: dict[str, Grid]) -> Path:
    with xlsxwriter.Workbook(path) as made:
        for name, grid in sheets.items():
            sheet = made.add_worksheet(name)
            for row, cells in enumerate(grid):
                for col, value in enumerate(cells):
                    sheet.write(row, col, value)
    return path


def hand_in(home: Home, path: Path, number: str) -> dict[str, object]:
    """Submit as one person, approve and publish as another; the release as it was published."""
    done = home.run("submit", path, "--format", "json", user="an")
    assert done.code == 0, done.out
    assert done.json["recipe"] == "gso-monthly-release"
    assert home.run("approve", number, user="binh").code == 0
    published = home.run("publish", number, user="binh")
    assert published.code == 0, published.err
    submitted: dict[str, object] = done.json
    return submitted


def test_two_december_releases_make_a_triangle(empty: Home, tmp_path: Path) -> None:
    first = book(tmp_path / "2021-12-29-Bieu.xlsx", {"DS": PEOPLE, "CPI": in_the_past(PRICES)})
    then = book(tmp_path / "2022-12-29-Bieu.xlsx", {"44DS": LATER, "CPI": in_the_past(PRICES_JANUARY)})
    hand_in(empty, first, "S1")
    hand_in(empty, then, "S2")
    rows = empty.run("revisions", "POP_AVG", "VN", "--format", "json").json
    assert [(r["period"], r["published"], r["value"], r["revision"], r["status"]) for r in rows] == [
        ("2019", "2021-12-29", 100000, None, "preliminary"),
        ("2020", "2021-12-29", 101000, None, "preliminary"), ("2020", "2022-12-29", 101000, 0, "preliminary"),
        ("2021", "2021-12-29", 102000, None, "estimate"), ("2021", "2022-12-29", 102345.6, 345.6, "preliminary"),
        ("2022", "2022-12-29", 103000, None, "estimate"),
    ]  # fmt: skip
    traced = empty.run("trace", "POP_AVG", "VN", "2021", "--format", "json").json
    assert ("44DS", "C3") in {(t["sheet"], t["cell"]) for t in traced}
