"""An unknown table is proposed, corrected, tried and remembered through forms alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from tests.gate.browser import form_values
from tests.web.staff import FIGURES, Staff, number_of, open_staff, write_book


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Staff:
    return open_staff(tmp_path_factory.mktemp("staff"))


@pytest.fixture(scope="module")
def number(staff: Staff, tmp_path_factory: pytest.TempPathFactory) -> str:
    book = write_book(tmp_path_factory.mktemp("book") / "a.xlsx")
    return number_of(staff.drop("an", "Dân số Bình Dương.xlsx", book))


def answer(staff: Staff, number: str, page: html.HtmlElement, **fields: str) -> html.HtmlElement:
    form = next(f for f in page.forms if "proposal" in (f.get("class") or ""))
    browser = staff.of("an")
    sent = browser.send("POST", f"/vi/ho-so/{number}/cong-thuc", {**form_values(form), **fields}, browser.from_here())
    while sent.status_code == 303:
        sent = browser.send("GET", sent.headers["location"])
    return html.fromstring(sent.content)


def test_open_questions_come_first_with_the_agency_offered_as_issuer(staff: Staff, number: str) -> None:
    page = staff.of("an").open(f"/vi/ho-so/{number}/cong-thuc")
    levels = [d.get("class") for d in page.xpath("//section[@aria-labelledby='file-fields']//div[@id]")]
    assert "l-open" in levels[0]
    assert page.xpath("string(//input[@name='d:issuer']/@value)").endswith("PROV_74")
    assert page.xpath("//td[contains(@class,'r-title')]")
    assert page.xpath("//td[contains(@class,'r-unit')]")
    assert len(page.xpath("//td[contains(@class,'r-figure')]")) == 6


def test_a_word_in_no_list_is_refused_and_the_answers_so_far_stay(staff: Staff, number: str) -> None:
    page = answer(staff, number, staff.of("an").open(f"/vi/ho-so/{number}/cong-thuc"), **{"d:1.indicator": "Gì đó"})
    assert "Gì đó" in page.xpath("string(//*[@role='alert'])")


def test_it_is_tried_then_remembered_and_the_file_is_read(staff: Staff, number: str) -> None:
    page = staff.of("an").open(f"/vi/ho-so/{number}/cong-thuc")
    page = answer(staff, number, page, viec="thu")
    assert json.loads(page.xpath("string(//input[@name='tra_loi']/@value)"))["issuer"] == "PROV_74"
    assert "6 số đọc được" in page.xpath("string(//section[@aria-labelledby='tried'])")
    wrong = answer(staff, number, page, viec="nho", **{"d:id": "../../ngoai"})
    assert "ngoai" in wrong.xpath("string(//*[@role='alert'])")
    page = answer(staff, number, page, viec="nho")
    assert page.xpath("//span[contains(@class,'state')]/text()") == ["đã kiểm tra, chưa nộp"]
    assert len(page.xpath("//td[contains(@class,'r-figure')]")) == 6
    again = staff.of("an").open(f"/vi/ho-so/{number}/cong-thuc")
    assert not again.xpath("//section[@aria-labelledby='file-fields']//div[contains(@class,'l-open')]")


def test_a_layout_that_drifted_says_what_moved(staff: Staff, number: str, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    write_book(tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    book["Dân số"]["A1"] = "Bảng 3. Dân số trung bình tỉnh Bình Dương chia theo giới tính"
    book.save(tmp_path / "b.xlsx")
    other = number_of(staff.drop("an", "tháng sau.xlsx", (tmp_path / "b.xlsx").read_bytes()))
    page = staff.of("an").open(f"/vi/ho-so/{other}/cong-thuc")
    assert "Tiêu đề bảng đã đổi" in page.xpath("string(//section[@aria-labelledby='drift'])")
    assert page.xpath("//input[@name='d:id']/@value") == ["dan-so-binh-duong"]


def test_nobody_else_may_and_a_message_without_cells_has_none(staff: Staff, number: str) -> None:
    assert staff.of("binh").send("GET", f"/vi/ho-so/{number}/cong-thuc").status_code == 404
    assert staff.of("quan").send("GET", f"/vi/ho-so/{number}/cong-thuc").status_code == 403
    browser = staff.of("an")
    sent = browser.send("POST", f"/vi/ho-so/{number}/cong-thuc", {"viec": "nho"}, browser.from_here())
    assert sent.status_code == 403
    tidy = number_of(staff.drop("an", "fdi.csv", FIGURES))
    assert not browser.open(f"/vi/ho-so/{tidy}").xpath("//nav[@class='tabs']//a[contains(@href,'cong-thuc')]")
    assert browser.send("GET", f"/vi/ho-so/{number}/cong-thuc.yaml").text.startswith("# ")
