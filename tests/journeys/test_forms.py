"""The way back out: a form whose figures are wrong is filled, and read again it says what is published."""

from __future__ import annotations

import csv
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest
import xlsxwriter
import xlwt

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.forms import CELL_STATES, FilledForm
from lienvung.domain.handovers import Release
from lienvung.domain.observations import KEY
from lienvung.errors import LayoutNotRecognised, NotSupported, StoreMissing, UnknownSubmission
from lienvung.pipeline import Works
from lienvung.publish.release import name_release, prepare_store, write_release
from lienvung.settings import Settings
from lienvung.store.packs import load_catalogue
from lienvung.store.schema import CLAIMS
from lienvung.workflow.actors import Actor, Grant, Role, local_operator
from tests.conftest import PACK, ROOT, Home

AN = local_operator("an")
DATA = ROOT.parent / "shared" / "data"
Row = Sequence[object]
Change = Callable[[object], object]


def same(value: object) -> object:
    return value


def wrong(value: object) -> object:
    """Another figure, written in the same way; every marked or text figure too."""
    if isinstance(value, (int, float)):
        return value + 1
    return re.sub(r"\d", lambda d: str((int(d[0]) + 3) % 9 + 1), str(value)) if re.search(r"\d", str(value)) else "7"


@cache
def catalogue() -> Catalogue:
    return load_catalogue(PACK)


@pytest.fixture
def works(tmp_path: Path) -> Works:
    made = Works(Settings(tmp_path / "home", PACK, "vi", "an"), catalogue())
    prepare_store(made.settings.store)
    return made


def publish(works: Works, path: Path, recipe: str | None = None) -> None:
    """What a file says becomes what is published."""
    checked = works.dry_run(path, recipe)
    assert not checked.findings.has_errors, [f.message_vi for f in checked.findings]
    at = CLAIMS.get_field_index("submission")
    claims = checked.claims.set_column(at, CLAIMS.field(at), pa.array(["S1"] * checked.claims.num_rows, pa.string()))
    number, moment = name_release()
    write_release(works.settings.store, Release(number, "t", "t", claims, moment, "an"))


def figures(works: Works, path: Path, recipe: str | None = None) -> dict[tuple[str, ...], tuple[object, object]]:
    """Every figure that a file says, by its fact, as ``submit --dry-run`` reads it."""
    claims = works.dry_run(path, recipe).claims
    keys = zip(*(claims[c].to_pylist() for c in KEY), strict=True)
    return dict(zip(keys, zip(claims["value"].to_pylist(), claims["mark"].to_pylist(), strict=True), strict=True))


def keep(folder: Path, made: FilledForm) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / made.name
    path.write_bytes(made.content)
    return path


# small imitations of every layout, each with its figures changed by a function


def write_xlsx(path: Path, sheets: dict[str, list[list[object]]], numbers: str = "0.00") -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        look = book.add_format({"num_format": numbers, "bold": True})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            page.set_column(0, 0, 33)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if value != "":
                        page.write(r, c, value, look if isinstance(value, (int, float)) else None)
    return path


def write_xls(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        page = book.add_sheet(name)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value != "":
                    page.write(r, c, value)
        page.write_merge(60, 60, 0, 3, "gộp")
    book.save(str(path))
    return path


def tidy_csv(folder: Path, f: Change) -> Path:
    path = folder / "tidy.csv"
    lines = ["# lienvung: tidy/1", "# indicator: POP_AVG", "# issuer: PROV_74", "# boundary: 2004", "# unit: PERSONS",
             "# published: 2017-05", "area;period;value;status;note"]  # fmt: skip
    cells = [("74", "2015", "1930400"), ("74", "2016", "1995800"), ("75", "2016", "2963800")]
    lines += [f'{a};{p};{f(int(v))};official;"a; ""b"""' for a, p, v in cells]
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    return path


def tidy_book(folder: Path, f: Change) -> Path:
    about: list[list[object]] = [
        ["lienvung", "tidy/1"],
        ["indicator", "UNEMP_RATE"],
        ["issuer", "PROV_75"],
        ["boundary", "2004"],
    ]
    rows: list[list[object]] = [
        ["area", "period", "value"],
        ["75", "2023", f(2.5)],
        ["75", "2024", f(1.83)],
        ["74", "2024", f("2.61")],
    ]
    return write_xlsx(folder / "tidy.xlsx", {"Thông tin": about, "Số liệu": rows})


def pxweb(folder: Path, f: Change) -> Path:
    path = folder / "pop.csv"
    head = "Average population by province by Cities, provincies and Year\n\n"
    head += "Cities, provincies;Total 2015;Total Prel. 2016"
    rows = [
        ("WHOLE COUNTRY", "91709.8", "92695.1"),
        ('"Binh  Duong"', "1947.2", "1995.8"),
        ("Dong Nai", "2905.8", ".."),
    ]
    path.write_text("\n".join([head, *(f"{n};{f(a)};{f(b) if b != '..' else b}" for n, a, b in rows)]) + "\n", "utf-8")
    return path


def fia_rows(f: Change) -> dict[str, list[list[object]]]:
    flows: list[list[object]] = [
        ["Cục Đầu tư nước ngoài"],
        ["THU HÚT ĐẦU TƯ NƯỚC NGOÀI 12 THÁNG NĂM 2016 THEO ĐỊA PHƯƠNG"],
        ["Tính từ 01/01/2016 đến 26/12/2016"],
        ["TT", "Địa phương", "Số dự án cấp mới", "Vốn đăng ký cấp mới (triệu USD)"],
        [1, "Bình Dương", f(6), f(3.75)],
        [2, "TP. Hồ Chí Minh", f(5), f(2)],
        ["Tổng số", "", f(11), f(5.75)],
    ]
    stock: list[list[object]] = [
        ["Cục Đầu tư nước ngoài"],
        ["ĐẦU TƯ TRỰC TIẾP NƯỚC NGOÀI TẠI VIỆT NAM THEO ĐỊA PHƯƠNG"],
        ["(Lũy kế các dự án còn hiệu lực đến ngày 20/12/2016)"],
        ["STT", "Địa phương", "Số dự án", "Tổng vốn đầu tư đăng ký\n(Triệu USD)"],
        [1, "Bình Dương", f(30), f(400.25)],
        [2, "Dầu khí", f(4), f(100)],
        ["Tổng", "", f(34), f(500.25)],
    ]
    return {"Thang 12": flows, "Luy ke": stock}


def fia_xlsx(folder: Path, f: Change) -> Path:
    return write_xlsx(folder / "FDI.2016.xlsx", fia_rows(f))


def fia_xls(folder: Path, f: Change) -> Path:
    return write_xls(folder / "FDI.2016.xls", fia_rows(f))


def budget(folder: Path, f: Change) -> Path:
    title = "DỰ TOÁN THU, CHI NGÂN SÁCH CỦA CÁC TỈNH, THÀNH PHỐ TRỰC THUỘC TRUNG ƯƠNG NĂM 2017"
    rows: list[list[object]] = [
        ["BỘ TÀI CHÍNH", "", "", "", "", "", "", "Phụ lục số 09/CKTC-NSNN"],
        [title],
        ["(Kèm theo Quyết định số 12/QĐ-BTC ngày 5 tháng 12 năm 2016)"],
        ["", "", "", "", "", "", "", "Đơn vị: triệu đồng"],
        ["SỐ", "TỈNH, THÀNH PHỐ", "TỔNG THU NSNN TRÊN ĐỊA BÀN", "THU NSĐP ĐƯỢC HƯỞNG THEO PHÂN CẤP",
         "TỶ LỆ ĐIỀU TIẾT PHẦN NSĐP ĐƯỢC HƯỞNG (%)", "SỐ BỔ SUNG CÂN ĐỐI TỪ NSTW CHO NSĐP",
         "TỔNG CHI CÂN ĐỐI NGÂN SÁCH ĐỊA PHƯƠNG"],
        ["", "TỔNG SỐ", f(890), f(700), "", f(10), f(711)],
        ["V", "ĐÔNG NAM BỘ", f(890), f(700), "", f(10), f(711)],
        [45, "TP. HỒ CHÍ MINH", f(500), f(400), f(18), "", f(400)],
        [46, " BÌNH DƯƠNG", f(390), f(300), f(36), f(10), f(311)],
    ]  # fmt: skip
    return write_xls(folder / "Plan.xls", {"M09": rows})


def release(folder: Path, f: Change) -> Path:
    investment: list[list[object]] = [
        ["13. Vốn đầu tư thực hiện từ nguồn ngân sách Nhà nước"],
        ["", "", "", "", "Đơn vị tính: Tỷ đồng"],
        ["", "", "Thực hiện", "Ước tính ", "Ước tính"],
        ["", "", "tháng 11", "tháng 12", "cả năm"],
        ["", "", "năm 2022", "năm 2022", 2022],
        ["TỔNG SỐ", "", f(100.5), f(110.25), f(1200)],
        ["", "Trung ương", f(40), f(45), f(500)],
    ]
    retail: list[list[object]] = [
        ["26. Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng"],
        ["       tháng 12 và năm 2022"],
        ["", "Sơ bộ", "Ước tính", "Ước tính"],
        ["", "tháng 11", "tháng 12", "năm 2022"],
        ["", "năm", "năm", "Tổng"],
        ["", 2022, 2022, "mức"],
        ["", "(Tỷ đồng)", "(Tỷ đồng)", "(Tỷ đồng)"],
        ["TỔNG SỐ", f(500), f(515), f(5600)],
        ["Bán lẻ hàng hóa", f(390), f(404), f(4400)],
    ]
    return write_xlsx(folder / "2022-12-29-bieu.xlsx", {"13": investment, "26": retail})


def yearbook(folder: Path, f: Change) -> Path:
    rows: list[list[object]] = [
        ["12. Dân số trung bình phân theo giới tính"],
        ["", "", "", "", "Đơn vị tính: Nghìn người"],
        ["", 2013, 2014, 2015, "Sơ bộ 2016"],
        ["TỔNG SỐ", f("1.802,5"), f("1.873,6"), f("1.930,4"), f("1.995,8 (*)")],
        ["    Nam", f(869.9), f(904.4), f(932.0), f(963.7)],
        ["    Nữ", f(932.6), f(969.2), f(998.4), f("1.032,1")],
    ]
    return write_xlsx(folder / "nien-giam.xlsx", {"12": rows})


LAYOUTS = {f.__name__: f for f in (tidy_csv, tidy_book, pxweb, fia_xlsx, fia_xls, budget, release)}
RECIPES = {"pxweb": "gso-pxweb-population"}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_form_with_wrong_figures_comes_back_with_the_published_ones(works: Works, tmp_path: Path, name: str) -> None:
    folder, recipe = tmp_path / "a", RECIPES.get(name)
    folder.mkdir()
    publish(works, LAYOUTS[name](folder, same), recipe)
    published = figures(works, LAYOUTS[name](folder, same), recipe)
    form = LAYOUTS[name](folder, wrong)
    assert figures(works, form, recipe) != published, "the form is wrong before it is filled"
    made = works.fill_form(form, AN, recipe=recipe)
    assert figures(works, keep(tmp_path / "b", made), recipe) == published
    assert made.counts()["changed"] > 0 and not made.counts()["unknown"]
    assert made.agreeing == made.read_back >= sum(v is not None and m is None for v, m in published.values())
    again = works.fill_form(keep(tmp_path / "b", made), AN, recipe=recipe)
    assert not again.differences, "a filled form needs nothing more"


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_form_that_is_right_stays_as_it_is(works: Works, tmp_path: Path, name: str) -> None:
    form, recipe = LAYOUTS[name](tmp_path, same), RECIPES.get(name)
    publish(works, form, recipe)
    made = works.fill_form(form, AN, recipe=recipe)
    assert {s for s, n in made.counts().items() if n} == {"equal"}
    if form.suffix == ".xls":
        assert made.name == form.with_suffix(".xlsx").name and "định dạng" in made.notes[0].vi
        assert figures(works, keep(tmp_path / "b", made), recipe) == figures(works, form, recipe)
    else:
        assert made.content == form.read_bytes()


def test_a_confirmed_recipe_runs_backwards_too(works: Works, tmp_path: Path) -> None:
    form = yearbook(tmp_path, same)
    proposal = works.propose_recipe(form, {"area": "74", "issuer": "PROV_74", "id": "dan-so"})
    assert not proposal.open, [d.path for d in proposal.open]
    (tmp_path / "r.yaml").write_text(proposal.as_yaml(), "utf-8")
    works.keep_recipe(tmp_path / "r.yaml", AN)
    publish(works, form)
    published = figures(works, form)
    made = works.fill_form(yearbook(tmp_path, wrong), AN)
    assert figures(works, keep(tmp_path / "b", made)) == published
    page = openpyxl.load_workbook(io.BytesIO(made.content))["12"]
    assert page["B4"].value == "1.802,5", "a figure typed as text stays text, with the form's own signs"
    assert (page["B5"].value, page["B5"].number_format, page["B5"].font.b) == (869.9, "0.00", True)
    assert page["E4"].value == "1.995,8 (*)", "the footnote mark stays"


def test_only_the_cells_that_change_are_touched(works: Works, tmp_path: Path) -> None:
    publish(works, fia_xlsx(tmp_path, same))
    form = fia_xlsx(tmp_path, lambda v: 7 if v == 3.75 else v)
    made = works.fill_form(form, AN)
    assert made.counts()["changed"] == 1
    with zipfile.ZipFile(form) as old, zipfile.ZipFile(io.BytesIO(made.content)) as new:
        assert old.namelist() == new.namelist()
        changed = [n for n in old.namelist() if old.read(n) != new.read(n)]
        assert changed == ["xl/worksheets/sheet1.xml"]
        before, after = old.read(changed[0]), new.read(changed[0])
    assert before.replace(b'<c r="D5" s="1"><v>7</v></c>', b'<c r="D5" s="1"><v>3.75</v></c>') == after


def test_what_is_not_published_is_blank_and_listed_or_kept_on_demand(works: Works, tmp_path: Path) -> None:
    publish(works, tidy_csv(tmp_path, same))
    form = tmp_path / "form.csv"
    form.write_text(
        tidy_csv(tmp_path, same).read_text("utf-8-sig") + "\n72;2016;5;official;\n72;2017;;official;\n", "utf-8"
    )
    made = works.fill_form(form, AN)
    assert (made.counts()["emptied"], made.counts()["not_published"]) == (1, 1)
    assert [(c.cell, c.state, c.held) for c in made.differences] == [
        ("C11", "emptied", "5"),
        ("C12", "not_published", ""),
    ]
    assert "72;2016;;official;" in made.content.decode()
    kept = works.fill_form(form, AN, keep=True)
    assert kept.content == form.read_bytes() and kept.counts()["left"] == 1


def test_a_difference_names_cell_held_published_and_release(works: Works, tmp_path: Path) -> None:
    publish(works, pxweb(tmp_path, same), "gso-pxweb-population")
    made = works.fill_form(
        pxweb(tmp_path, lambda v: "1900.5" if v == "1947.2" else v), AN, recipe="gso-pxweb-population"
    )
    (cell,) = made.differences
    assert (cell.cell, cell.held, cell.published, cell.fact and cell.fact.value) == ("B5", "1900.5", "1947.2", 1947.2)
    assert cell.release.startswith("R20")


def test_only_the_areas_asked_for_are_filled(works: Works, tmp_path: Path) -> None:
    publish(works, fia_xlsx(tmp_path, same))
    made = works.fill_form(fia_xlsx(tmp_path, wrong), AN, areas=["74"])
    assert made.counts()["left"] == 8 and made.counts()["changed"] == 4
    assert {c.fact.area_key for c in made.cells if c.fact and c.state == "changed"} == {"74@2004"}


def test_the_next_period_of_the_same_layout(works: Works, tmp_path: Path) -> None:
    """A form of 2015 and 2016 becomes one of 2016 and 2017, headings included."""
    publish(works, pxweb(tmp_path, same), "gso-pxweb-population")
    form = pxweb(tmp_path, same)
    made = works.fill_form(form, AN, recipe="gso-pxweb-population", period="2017")
    lines = list(csv.reader(io.StringIO(made.content.decode()), delimiter=";"))
    assert lines[2] == ["Cities, provincies", "Total 2016", "Total Prel. 2017"]
    assert lines[3:5] == [["WHOLE COUNTRY", "92695.1", ".."], ["Binh  Duong", "1995.8", ".."]]
    assert [(h.cell, h.after) for h in made.rewritten] == [("B3", "Total 2016"), ("C3", "Total Prel. 2017")]
    assert made.counts()["filled"] == 3 and made.agreeing == made.read_back == 2


def test_days_in_headings_are_carried_where_they_say_the_period(works: Works, tmp_path: Path) -> None:
    publish(works, fia_xlsx(tmp_path, same))
    made = works.fill_form(fia_xlsx(tmp_path, same), AN, period="2017")
    page = openpyxl.load_workbook(io.BytesIO(made.content))["Thang 12"]
    assert page["A3"].value == "Tính từ 01/01/2017 đến 26/12/2017"
    assert page["D5"].value is None, "no figure of the old year is left in a form of the new one"
    assert made.counts()["not_published"] == len(made.cells)


def test_an_old_workbook_is_carried_too_and_what_is_lost_is_said(works: Works, tmp_path: Path) -> None:
    publish(works, fia_xls(tmp_path, same))
    publish(works, carried(tmp_path))
    made = works.fill_form(fia_xls(tmp_path, wrong), AN, period="2017")
    assert made.name == "FDI.2016.xlsx" and "định dạng" in made.notes[0].vi
    assert figures(works, keep(tmp_path / "b", made)) == figures(works, carried(tmp_path))
    assert made.counts()["filled"] == len(made.cells) == 12


def carried(folder: Path) -> Path:
    """The same form a year later, each figure three more."""
    rows = fia_rows(lambda v: v + 3 if isinstance(v, (int, float)) else v)
    moved = {name: [[c.replace("2016", "2017") if isinstance(c, str) else c for c in row] for row in cells]
             for name, cells in rows.items()}  # fmt: skip
    return write_xlsx(folder / "FDI.2017.xlsx", moved)


def test_a_period_of_another_part_of_the_year_is_refused(works: Works, tmp_path: Path) -> None:
    publish(works, pxweb(tmp_path, same), "gso-pxweb-population")
    with pytest.raises(NotSupported):
        works.fill_form(pxweb(tmp_path, same), AN, recipe="gso-pxweb-population", period="2017-Q1")


def test_formulas_stay_and_are_worked_out_again(works: Works, tmp_path: Path) -> None:
    publish(works, fia_xlsx(tmp_path, same))
    rows = fia_rows(wrong)
    path = tmp_path / "FDI.2016.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, cells in rows.items():
            page = book.add_worksheet(name)
            for r, row in enumerate(cells):
                for c, value in enumerate(row):
                    page.write(r, c, value)
        page = book.get_worksheet_by_name("Thang 12")
        page.write_formula("C7", "=SUM(C5:C6)", None, 13)
        page.write_formula("D7", "=D5*3", None, 4.75 * 3)
    made = works.fill_form(path, AN)
    shown, written = (openpyxl.load_workbook(io.BytesIO(made.content), data_only=d)["Thang 12"] for d in (True, False))
    assert (written["C7"].value, shown["C7"].value) == ("=SUM(C5:C6)", 11), "what the new figures add up to"
    assert (written["D7"].value, shown["D7"].value) == ("=D5*3", 11.25)
    states = {c.cell: (c.state, c.held, c.published) for c in made.cells if c.sheet == "Thang 12"}
    assert states["C7"][0] == "equal" and states["D7"] == ("formula", "11.25", "5.75")
    assert made.read_back - made.agreeing == 1
    with zipfile.ZipFile(io.BytesIO(made.content)) as package:
        assert b'fullCalcOnLoad="1"' in package.read("xl/workbook.xml")


def test_a_column_that_prints_the_amounts_in_another_unit_follows(works: Works, tmp_path: Path) -> None:
    def book(path: Path, f: Change) -> Path:
        rows: list[list[object]] = [
            ["Cục Đầu tư nước ngoài"],
            ["THU HÚT ĐẦU TƯ NƯỚC NGOÀI 12 THÁNG NĂM 2016 THEO ĐỊA PHƯƠNG"],
            ["Tính từ 01/01/2016 đến 26/12/2016"],
            [
                "TT",
                "Địa phương",
                "Số dự án cấp mới",
                "Vốn đăng ký cấp mới (USD)",
                "Vốn đăng ký cấp mới (triệu USD)",
                "Lạ",
            ],
        ]
        for n, (name, value) in enumerate((("Bình Dương", 3.75), ("Đồng Nai", 2), ("TP. Hồ Chí Minh", 1.25)), 1):
            amount = float(str(f(value)))
            rows.append([n, name, f(4), amount * 1e6, amount, 77 + n])
        return write_xlsx(path, {"Thang 12": rows})

    publish(works, book(tmp_path / "a.xlsx", same))
    made = works.fill_form(book(tmp_path / "b.xlsx", wrong), AN)
    page = openpyxl.load_workbook(io.BytesIO(made.content))["Thang 12"]
    assert [page[f"D{r}"].value for r in (5, 6, 7)] == [3750000, 2000000, 1250000]
    assert made.stale == ("Thang 12!F5", "Thang 12!F6", "Thang 12!F7") and page["F5"].value == 78
    findings = works.dry_run(keep(tmp_path / "c", made)).findings
    assert "FDI-AMOUNTS-DIFFER" not in {f.rule for f in findings}, "the two columns still say the same"
    carried = works.fill_form(book(tmp_path / "b.xlsx", wrong), AN, period="2017")
    page = openpyxl.load_workbook(io.BytesIO(carried.content))["Thang 12"]
    assert [page[f"{c}5"].value for c in "ABCDEF"] == [1, "Bình Dương", None, None, None, None]


def test_a_carried_form_of_some_areas_is_blank_elsewhere(works: Works, tmp_path: Path) -> None:
    publish(works, pxweb(tmp_path, same), "gso-pxweb-population")
    made = works.fill_form(
        pxweb(tmp_path, same), AN, recipe="gso-pxweb-population", period="2017", areas=["74"], name="gui-len.csv"
    )
    assert made.content.decode().splitlines()[3:] == ["WHOLE COUNTRY;;", '"Binh  Duong";1995.8;..', "Dong Nai;;"]
    assert made.counts()["outside"] == 4 and made.name == "gui-len.csv"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_text_keeps_its_encoding(works: Works, tmp_path: Path, encoding: str) -> None:
    publish(works, tidy_csv(tmp_path, same))
    text = tidy_csv(tmp_path, wrong).read_bytes().decode("utf-8-sig")
    (tmp_path / "tidy.csv").write_bytes(text.encode(encoding))
    made = works.fill_form(tmp_path / "tidy.csv", AN)
    assert made.content == tidy_csv(tmp_path, same).read_bytes().decode("utf-8-sig").encode(encoding)


def test_the_form_of_a_submission_is_for_those_who_may_see_it(works: Works, tmp_path: Path) -> None:
    publish(works, tidy_csv(tmp_path, same))
    submission, _ = works.submit_file(tidy_csv(tmp_path, wrong), AN)
    stranger = Actor("TK9", "Người khác", (Grant(Role.PROVIDER, "PROV_80"),))
    with pytest.raises(UnknownSubmission):
        works.fill_form(submission.id, stranger)
    assert not any(o.files for o in works.find_forms(stranger))


def test_messages_of_sdmx_are_exported_not_filled(works: Works, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("DATAFLOW,INDICATOR,REF_AREA,TIME_PERIOD,OBS_VALUE\nLIENVUNG:POPULATION(1.0),POP_AVG,74,2016,1\n")
    with pytest.raises((NotSupported, LayoutNotRecognised)):
        works.fill_form(path, AN)


def test_as_published_by_a_day(works: Works, tmp_path: Path) -> None:
    for month, value in (("01", "2.5"), ("06", "2.7")):
        path = tmp_path / f"{month}.csv"
        defaults = ("lienvung: tidy/1", "indicator: UNEMP_RATE", "issuer: PROV_74", "boundary: 2004",
                    f"published: 2025-{month}-05")  # fmt: skip
        path.write_text("".join(f"# {d}\n" for d in defaults) + f"area,period,value\n74,2024,{value}\n", "utf-8")
        publish(works, path)
    assert works.fill_form(path, AN).counts()["equal"] == 1
    then = works.fill_form(path, AN, published="2025-03-01")
    assert then.content.decode().endswith("74,2024,2.5\n")


def test_the_form_of_a_submission(works: Works, tmp_path: Path) -> None:
    publish(works, tidy_csv(tmp_path, same))
    submission, _ = works.submit_file(tidy_csv(tmp_path, wrong), AN)
    made = works.fill_form(submission.id, AN)
    assert made.name == "tidy.csv" and made.content == tidy_csv(tmp_path, same).read_bytes()
    offers = {o.recipe: o for o in works.find_forms(AN)}
    assert offers["tidy"].files == (submission.id,) and offers["tidy"].series == 2
    with pytest.raises(UnknownSubmission):
        works.fill_form("S99", AN)


def test_nothing_is_published_yet(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing):
        Works(Settings(tmp_path / "none", PACK, "vi", "an"), catalogue()).fill_form(tidy_csv(tmp_path, same), AN)


def test_the_command_writes_the_form_and_its_report(empty: Home, tmp_path: Path) -> None:
    form = tidy_csv(tmp_path, same)
    assert empty.run("submit", form).code == 0
    out = tmp_path / "out.csv"
    done = empty.run("form", form, "-o", out, "--format", "json")
    assert done.code == 0, done.err
    assert done.json["counts"]["emptied"] == 3 and set(done.json["counts"]) == set(CELL_STATES)
    assert out.exists() and done.json["cells"][0]["state"] == "emptied"
    assert "3  chưa công bố" in empty.run("form", "S1").out
    assert empty.run("form", form, "-o", form).code == 2, "the form itself is never written over"
    assert empty.run("form", form, "-o", tmp_path / "x.xlsx").code == 2
    listed = {r["recipe"] for r in empty.run("form", "--list", "--format", "json").json}
    assert {"tidy", "fia-monthly", "mof-budget-provinces", "gso-monthly-release"} <= listed


# real files, where they are beside the checkout


@pytest.fixture(scope="module")
def southern_works(southern: Home) -> Works:
    return Works(Settings(southern.path, PACK, "vi", "an"), catalogue())


REAL = {
    "FDI.2020.xlsx": ("fia-fdi-2015-2024/FDI.2020.xlsx", 990),
    "FDI.2016.xls": ("fia-fdi-2015-2024/FDI.2016.xls", 840),
    "Plan_2017.xls": ("**/Plan_2017.xls", 340),
    "PX-Web": ("gso-tables-2018/*/Average population by province.csv", 7600),
    "release": ("gso-monthly-2012-2025/releases/2024-12-29-02.Bieu-T12.2024.xlsx", 220),
}


@pytest.mark.skipif(not DATA.exists(), reason="the real files are not beside this checkout")
@pytest.mark.parametrize("name", REAL)
def test_real_forms_say_what_is_published(southern_works: Works, tmp_path: Path, name: str) -> None:
    pattern, least = REAL[name]
    form = tmp_path / next(DATA.glob(pattern)).name
    shutil.copy(next(DATA.glob(pattern)), form)
    made = southern_works.fill_form(form, AN, keep=True)
    assert made.read_back >= least and made.agreeing == made.read_back, (made.agreeing, made.read_back)
    assert not made.counts()["unknown"]
    read = figures(southern_works, keep(tmp_path / "b", made))
    told = {tuple(getattr(c.fact, k) for k in KEY): c.fact.value for c in made.cells
            if c.fact and c.fact.value is not None and c.state in ("equal", "filled", "changed")}  # fmt: skip
    off = {
        k: (v, read[k][0]) for k, v in told.items() if k in read and read[k][0] != pytest.approx(v, rel=1e-9, abs=1e-6)
    }
    assert not off and len(told) >= least * 0.9
