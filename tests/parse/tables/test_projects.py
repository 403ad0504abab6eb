"""A list of projects is recognised, told project by project, its sums checked; a table of figures is not one.

Names, places and lengths are those of transport projects that the National Assembly decided on for the region; the
amounts are examples in the layout of such lists, not figures of a document.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from lienvung.domain.catalogue import Catalogue
from lienvung.parse.kept_recipes import check_recipe
from lienvung.parse.tables.matching import find_tables, load_sheets
from lienvung.parse.tables.projects import read_projects
from lienvung.parse.tables.proposal import Proposal, propose_recipe
from lienvung.parse.tables.reading import parse_tables
from lienvung.source import fetch_file
from lienvung.store.packs import load_catalogue
from tests.conftest import PACK
from tests.parse.tables.imitations import Row, monthly, write_book
from tests.parse.tables.test_reading import propose, raw_of

LIST: list[Row] = [
    ["PHỤ LỤC I"],
    ["DANH MỤC DỰ ÁN ĐẦU TƯ CÔNG TRỌNG ĐIỂM"],
    ["", "", "", "", "", "Đơn vị tính: Tỷ đồng"],
    ["STT", "Tên dự án", "Chủ đầu tư", "Địa điểm", "Quy mô", "Tổng mức đầu tư", "Thời gian thực hiện", "Nguồn vốn"],
    ["", "TỔNG CỘNG", "", "", "", "6.500,5", "", ""],
    ["I", "Giao thông", "", "", "", "5.000,5", "", ""],
    [1, "Đường Vành đai 3", "Ban QLDA tỉnh Bình Dương", "Tỉnh Bình Dương", "26 km", "3.000,5", "2022-2026",
     "NSTW, NSĐP"],
    [2, "Cao tốc Biên Hòa - Vũng Tàu", "Ban QLDA Đồng Nai", "Đồng Nai, Bà Rịa - Vũng Tàu", "53,7 km", "2.000",
     "2023-2026", "NSTW"],
    ["II", "Y tế", "", "", "", "1.500", "", ""],
    [3, "Bệnh viện đa khoa", "Sở Y tế", "TP. Thủ Dầu Một, tỉnh Bình Dương", "1.500 giường", "1.500", "2021-2025",
     "NSĐP"],
]  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(PACK)


def proposal_of(folder: Path, rows: list[Row], catalogue: Catalogue) -> Proposal:
    return propose(raw_of(folder, rows), catalogue, issuer="GSO", boundary="2004")


def test_a_list_of_projects_is_told_project_by_project(tmp_path: Path, catalogue: Catalogue) -> None:
    proposal = proposal_of(tmp_path, LIST, catalogue)
    assert proposal.open == ()
    (listed,) = proposal.projects
    assert [role for role, _ in listed.columns.values()] == [
        "number", "name", "owner", "place", "scale", "investment", "period", "source",
    ]  # fmt: skip
    assert [(p.name, p.group, p.area, p.investment, p.unit, p.period, p.source) for p in listed.projects] == [
        ("Đường Vành đai 3", "Giao thông", "74@2004", 3000.5, "VND_BN", "2022-2026", "NSTW, NSĐP"),
        # a place that names two provinces is left to a person
        ("Cao tốc Biên Hòa - Vũng Tàu", "Giao thông", "", 2000.0, "VND_BN", "2023-2026", "NSTW"),
        ("Bệnh viện đa khoa", "Y tế", "74@2004", 1500.0, "VND_BN", "2021-2025", "NSĐP"),
    ]
    assert listed.projects[0].cell == "B7" and listed.projects[0].owner == "Ban QLDA tỉnh Bình Dương"
    assert listed.findings == ()


def test_the_proposal_says_what_it_is_and_that_it_is_not_published(tmp_path: Path, catalogue: Catalogue) -> None:
    proposal = proposal_of(tmp_path, LIST, catalogue)
    told = {d.path: d for d in proposal.decisions}
    assert told["1.kind"].chosen == "projects"
    assert "chưa có sổ đăng ký dự án" in told["1.kind"].evidence_vi
    assert (told["1.fields.investment"].chosen, told["1.fields.investment"].confidence) == ("F", 0.95)
    assert told["1.projects.1"].chosen == "Đường Vành đai 3"
    assert "74@2004" in told["1.projects.1"].evidence_vi and "3000.5 VND_BN" in told["1.projects.1"].evidence_vi
    assert "1.projects.1 = Đường Vành đai 3" in proposal.as_yaml()
    rows = parse_tables(raw_of(tmp_path, LIST), proposal.recipe)
    assert rows.table.num_rows == 0
    assert "3 dự án" in rows.understood_vi[0] and "chưa công bố" in rows.understood_vi[0]


def test_its_recipe_may_be_kept(tmp_path: Path, catalogue: Catalogue) -> None:
    check_recipe(proposal_of(tmp_path, LIST, catalogue).recipe, catalogue, ("table",))


def test_a_total_that_is_not_the_sum_of_its_projects(tmp_path: Path, catalogue: Catalogue) -> None:
    wrong = [list(r) for r in LIST]
    wrong[4][5] = "6.600,5"
    wrong[8][5] = "1.400"
    raw = raw_of(tmp_path, wrong)
    proposal = propose(raw, catalogue, issuer="GSO", boundary="2004")
    assert [(f.rule, f.cell) for f in proposal.projects[0].findings] == [
        ("TABLE-IDENTITY", "F5"), ("TABLE-IDENTITY", "F9"),
    ]  # fmt: skip
    assert "6500.5" in proposal.projects[0].findings[0].message_vi
    told = [f for f in parse_tables(raw, proposal.recipe).findings if f.rule == "TABLE-IDENTITY"]
    assert [f.cell for f in told] == ["F5", "F9"]


def test_a_total_at_the_foot_and_a_parent_with_parts(tmp_path: Path, catalogue: Catalogue) -> None:
    rows: list[Row] = [
        ["DANH MỤC DỰ ÁN KÊU GỌI ĐẦU TƯ"],
        ["TT", "Danh mục dự án", "Địa điểm", "Tổng vốn đầu tư (triệu USD)", "Tiến độ"],
        ["1", "Khu công nghiệp", "", 300, ""],
        ["1.1", "Giai đoạn 1", "Long An", 100, "2024"],
        ["1.2", "Giai đoạn 2", "Long An", 200, "2025"],
        ["2", "Cảng cạn", "Tây Ninh", 50, "2025"],
        ["", "Tổng cộng", "", 350, ""],
    ]
    (listed,) = proposal_of(tmp_path, rows, catalogue).projects
    assert [(p.name, p.area, p.investment, p.unit) for p in listed.projects] == [
        ("Giai đoạn 1", "80@2004", 100.0, "USD_MN"), ("Giai đoạn 2", "80@2004", 200.0, "USD_MN"),
        ("Cảng cạn", "72@2004", 50.0, "USD_MN"),
    ]  # fmt: skip


def test_a_table_of_figures_is_no_list_of_projects(tmp_path: Path) -> None:
    raw = fetch_file(write_book(tmp_path / "a.xlsx", {"A": monthly()}), tmp_path / "files")
    assert [read_projects(t) for t in find_tables(load_sheets(raw))] == [None]
    assert propose_recipe("a", [], load_catalogue(PACK), {}).projects == ()
