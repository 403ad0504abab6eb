"""The workbook beside its problems, as a browser without JavaScript gets it."""

from __future__ import annotations

import io
import json
import time
from pathlib import Path

import pytest
from lxml import html
from openpyxl import load_workbook

from tests.web.staff import FIGURES, WITH_ERRORS, Staff, number_of, open_staff, write_book


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Staff:
    return open_staff(tmp_path_factory.mktemp("staff"))


@pytest.fixture(scope="module")
def spoilt(staff: Staff) -> str:
    """A submission with a cell that is no number, and whose text would be a tag."""
    return number_of(staff.drop("an", "lỗi.csv", WITH_ERRORS))


def bang(number: str, query: str = "") -> str:
    return f"/vi/ho-so/{number}/bang{query}"


def test_cells_show_what_was_read_and_what_is_wrong(staff: Staff, spoilt: str) -> None:
    page = staff.of("an").open(bang(spoilt))
    (bad,) = page.xpath("//td[contains(@class,'k-error')]")
    assert "<b>hai mươi</b>" in bad.text_content()
    assert not bad.xpath(".//b")
    assert "(Lỗi)" in bad.text_content()
    assert len(page.xpath("//td[contains(@class,'r-figure')]")) == 2
    assert page.xpath("//button[@disabled]") or not page.xpath("//form[contains(@action,'/nop')]")
    assert "1 ô có lỗi" in page.xpath("string(//p[@class='outcome-line'])")


def test_a_cell_is_told_in_full_and_leads_on(staff: Staff, spoilt: str) -> None:
    page = staff.of("an").open(bang(spoilt))
    link = page.xpath("string(//td[contains(@class,'r-figure')][1]/a/@href)")
    detail = staff.of("an").open(link).xpath("//section[@id='chi-tiet']")[0].text_content()
    for text in ("24.021,4", "Bình Dương", "2015", "triệu USD"):
        assert text.casefold() in detail.casefold()
    wrong = staff.of("an").open(bang(spoilt, "?o=D6")).xpath("//section[@id='chi-tiet']")[0].text_content()
    assert "Lỗi" in wrong


def test_filters_leave_the_rows_and_problems_that_were_asked_for(staff: Staff, spoilt: str) -> None:
    page = staff.of("an").open(bang(spoilt, "?chi-van-de=1&muc=error"))
    assert [r.text_content() for r in page.xpath("//table[@data-grid]/tbody/tr/th")] == ["6"]
    page = staff.of("an").open(bang(spoilt, "?tim=26411"))
    assert [r.text_content() for r in page.xpath("//table[@data-grid]/tbody/tr/th")] == ["5"]
    page = staff.of("an").open(bang(spoilt, "?muc=info"))
    assert not page.xpath("//td[contains(@class,'k-error')]")


@pytest.mark.parametrize(
    ("query", "status"),
    [("muc=xyz", 400), ("trang=x", 400), ("hang=-1", 400), ("trang=99", 200), ("o=ZZZZ9", 200), ("hang=9999999", 200)],
)
def test_bad_parameters_are_refused_or_passed_over(staff: Staff, spoilt: str, query: str, status: int) -> None:
    assert staff.of("an").send("GET", bang(spoilt, f"?{query}")).status_code == status


@pytest.mark.parametrize("path", ["", "/bang", "/cong-thuc", "/tep", "/chu-thich.xlsx", "/bao-cao.json", "/bieu-mau"])
def test_another_agencys_submission_reads_like_one_that_does_not_exist(staff: Staff, spoilt: str, path: str) -> None:
    binh = staff.of("binh")
    theirs = binh.send("GET", f"/vi/ho-so/{spoilt}{path}")
    missing = binh.send("GET", f"/vi/ho-so/S987654{path}")
    assert theirs.status_code == missing.status_code == 404
    texts = [html.fromstring(a.content).xpath("string(//main)") for a in (theirs, missing)]
    assert texts[0].replace(spoilt, "S987654") == texts[1]


@pytest.mark.parametrize("number", ["S0", "Sx", "S-1", "S99999999999999", "..", "S1%00"])
def test_numbers_that_are_none_are_not_found(staff: Staff, number: str) -> None:
    assert staff.of("an").send("GET", bang(number)).status_code == 404


def test_downloads_are_the_file_its_comments_and_the_report(staff: Staff, spoilt: str) -> None:
    an = staff.of("an")
    own = an.send("GET", f"/vi/ho-so/{spoilt}/tep")
    assert own.content.decode() == WITH_ERRORS
    assert own.headers["content-disposition"].startswith("attachment")
    assert own.headers["cache-control"] == "private, no-store"
    book = load_workbook(io.BytesIO(an.send("GET", f"/vi/ho-so/{spoilt}/chu-thich.xlsx").content))
    assert any(cell.comment for row in book.worksheets[0].iter_rows() for cell in row)
    report = json.loads(an.send("GET", f"/en/submissions/{spoilt}/report.json").content)
    assert [f["severity"] for f in report["findings"]].count("error") == 1
    assert report["accepted"] == 2


def test_a_mended_file_takes_its_place_and_is_handed_in(staff: Staff) -> None:
    an = staff.of("an")
    number = number_of(staff.drop("an", "sai.csv", WITH_ERRORS.replace("2017", "2018")))
    token = an.open(bang(number)).xpath("string(//input[@name='ma_bieu_mau']/@value)")
    early = an.send("POST", f"/vi/ho-so/{number}/nop", {"ma_bieu_mau": token}, an.from_here())
    assert early.status_code == 422
    sent = staff.post(an, f"/vi/ho-so/{number}/thay-tep", {"ma_bieu_mau": token},
                      {"tep": ("đúng.csv", FIGURES.replace("2016,", "2014,"))})  # fmt: skip
    assert number_of(sent) == number
    page = an.open(bang(number))
    assert "tệp thứ 2" in page.xpath("string(//p[@class='lead'])")
    assert not page.xpath("//td[contains(@class,'k-error')]")
    page = an.fill(page, "/nop")
    assert page.xpath("//span[contains(@class,'state')]/text()") == ["chờ duyệt"]
    assert "Thay tệp" in page.xpath("string(//ol[@class='history'])")


def test_warnings_are_explained_with_a_reason_one_or_all(staff: Staff) -> None:
    an = staff.of("an")
    doubled = FIGURES + "".join(FIGURES.splitlines(keepends=True)[-2:])
    number = number_of(staff.drop("an", "lặp.csv", doubled.replace("FDI_CAP_CUM", "FDI_PROJ_CUM").replace(
        "24021.4", "2731").replace("26411.3", "2827").replace("USD_MN", "PROJECTS")))  # fmt: skip
    page = an.open(bang(number))
    group = page.xpath("//details[contains(@class,'group')][.//form]")[0]
    rule = group.xpath("string(.//input[@name='quy_tac']/@value)")
    token = page.xpath("string(//input[@name='ma_bieu_mau']/@value)")
    data = {"ma_bieu_mau": token, "quy_tac": rule, "ca_nhom": "1"}
    assert an.send("POST", f"/vi/ho-so/{number}/chap-nhan", {**data, "ly_do": " "}, an.from_here()).status_code == 400
    evil = {**data, "ly_do": "Nhắc lại", "ve": "https://evil.example/"}
    sent = an.send("POST", f"/vi/ho-so/{number}/chap-nhan", evil, an.from_here())
    assert sent.headers["location"].startswith(bang(number))
    page = an.open(sent.headers["location"])
    assert page.xpath("//td[contains(@class,'k-accepted')]")
    assert "Nhắc lại" in page.xpath("string(//section[contains(@class,'problems')])")
    unknown = {"ma_bieu_mau": token, "quy_tac": "KHONG-CO", "vi_tri": "A1", "ly_do": "x"}
    assert an.send("POST", f"/vi/ho-so/{number}/chap-nhan", unknown, an.from_here()).status_code == 404


def test_reconciliation_is_worked_out_beside_the_page(staff: Staff) -> None:
    an = staff.of("an")
    number = number_of(staff.drop("an", "đối chiếu.csv", FIGURES.replace("2016,", "2012,")))
    for _ in range(200):
        state = an.open(bang(number, "?phan=doi-chieu")).xpath("string(//section/@data-judged)")
        if state != "running":
            break
        time.sleep(0.2)
    assert state == "done"


def test_a_window_of_a_long_sheet_is_shown_and_the_rest_led_to(staff: Staff, tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(tmp_path / "dài.xlsx")) as book:
        sheet = book.add_worksheet("Dài")
        for row in range(450):
            sheet.write_row(row, 0, [f"dòng {row + 1}", *range(40)])
    an = staff.of("an")
    number = number_of(staff.drop("an", "dài.xlsx", (tmp_path / "dài.xlsx").read_bytes()))
    page = an.open(bang(number, "?hang=205"))
    numbers = [int(t) for t in page.xpath("//table[@data-grid]/tbody/tr/th/text()")]
    assert (numbers[0], numbers[-1], len(numbers)) == (201, 300, 100)
    assert len(page.xpath("//table[@data-grid]/thead/tr/th")) == 31
    assert page.xpath("//nav[@class='pager']//a[contains(@href,'hang=301')]")
    assert an.open(bang(number, "?o=AF450")).xpath("//td[contains(@class,'here')]")


def test_an_unknown_layout_is_told_with_its_way_on(staff: Staff, tmp_path: Path) -> None:
    number = number_of(staff.drop("an", "lạ.xlsx", write_book(tmp_path / "a.xlsx")))
    page = staff.of("an").open(bang(number))
    assert page.xpath("//a[contains(@class,'strong')]/@href") == [f"/vi/ho-so/{number}/cong-thuc"]
    assert "Không có vấn đề" not in page.xpath("string(//section[contains(@class,'problems')])")
    assert page.xpath("//td[contains(@class,'r-header')]")
