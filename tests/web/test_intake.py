"""Handing a file in through the pages, without JavaScript."""

from __future__ import annotations

import pytest

from tests.web.staff import FIGURES, Staff, number_of, open_staff


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Staff:
    return open_staff(tmp_path_factory.mktemp("staff"))


def test_a_file_becomes_a_draft_and_opens_its_workbook(staff: Staff) -> None:
    number = number_of(staff.drop("an", "fdi.csv", FIGURES))
    page = staff.of("an").open(f"/vi/ho-so/{number}/bang?xong=drafted")
    assert "Đã đọc và kiểm tra tệp." in page.xpath("string(//*[@role='status'])")
    assert page.xpath("//h1/text()") == ["fdi.csv"]
    assert page.xpath("//table[@data-grid]//td/a[normalize-space()='24021.4']")


def test_same_bytes_again_are_the_same_submission(staff: Staff) -> None:
    first = number_of(staff.drop("an", "fdi.csv", FIGURES))
    assert number_of(staff.drop("an", "fdi.csv", FIGURES)) == first


@pytest.mark.parametrize(
    ("name", "content", "status", "said"),
    [
        ("a.pdf", b"%PDF-1.7 x", 415, "PDF"),
        ("a.xlsx", b"", 422, "0 byte"),
        ("a.xlsx", b"PK\x03\x04 cut", 422, "hỏng"),
        ("../../etc/passwd.csv", b"\x00\x01\x02\x03", 422, "passwd.csv"),
    ],
)
def test_what_cannot_be_read_is_told_on_the_same_page(
    staff: Staff, name: str, content: bytes, status: int, said: str
) -> None:
    from lxml import html

    before = staff.count("an")
    answer = staff.drop("an", name, content)
    assert answer.status_code in (status, 415, 422)
    page = html.fromstring(answer.content)
    assert said in page.xpath("string(//*[@role='alert'])")
    assert "etc" not in page.xpath("string(//*[@role='alert'])")
    assert page.xpath("//input[@type='file'][@name='tep']")
    assert staff.count("an") == before


def test_no_file_is_told(staff: Staff) -> None:
    browser = staff.of("an")
    page = browser.open("/vi/nop-tep")
    token = page.xpath("string(//input[@name='ma_bieu_mau']/@value)")
    answer = browser.send("POST", "/vi/nop-tep", {"ma_bieu_mau": token}, browser.from_here())
    assert answer.status_code == 400
    assert "Chưa chọn tệp nào" in answer.text


def test_a_form_without_its_token_or_from_another_site_is_refused(staff: Staff) -> None:
    browser = staff.of("an")
    page = browser.open("/vi/nop-tep")
    token = page.xpath("string(//input[@name='ma_bieu_mau']/@value)")
    files, before = {"tep": ("fdi-khac.csv", FIGURES.replace("2016", "2017"))}, staff.count("an")
    assert staff.post(browser, "/vi/nop-tep", {}, files).status_code == 403
    assert staff.post(browser, "/vi/nop-tep", {"ma_bieu_mau": "0" * 64}, files).status_code == 403
    evil = {"origin": "https://evil.example", "sec-fetch-site": "cross-site"}
    assert browser.send("POST", "/vi/nop-tep", {"ma_bieu_mau": token}, evil).status_code == 403
    assert staff.count("an") == before


def test_nobody_is_led_to_sign_in_and_an_administrator_is_refused(staff: Staff) -> None:
    answer = staff.of("").send("GET", "/vi/nop-tep")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/vi/dang-nhap")
    assert staff.of("quan").send("GET", "/vi/nop-tep").status_code == 403


def test_a_covering_document_comes_with_the_file_and_a_wrong_number_is_told(staff: Staff) -> None:
    browser = staff.of("an")
    token = browser.open("/vi/nop-tep").xpath("string(//input[@name='ma_bieu_mau']/@value)")
    cover = {"cv_so": "125/CTK-TH", "cv_ngay": "02/11/2026", "cv_nguoi_ky": "Lê Văn Ký"}
    sent = staff.post(
        browser,
        "/vi/nop-tep",
        {"ma_bieu_mau": token, **cover},
        {"tep": ("fdi-cv.csv", FIGURES.replace("24021.4", "24021.5"))},
    )
    page = browser.open(f"/vi/ho-so/{number_of(sent)}/bang")
    told = page.xpath("string(//section[@aria-labelledby='cover'])")
    for text in ("125/CTK-TH", "2/11/2026", "Lê Văn Ký", "chưa xác thực được"):
        assert text in told
    wrong = staff.post(
        browser, "/vi/nop-tep", {"ma_bieu_mau": token, **cover, "cv_so": "công văn"},
        {"tep": ("fdi2.csv", FIGURES.replace("26411.3", "26411.4"))},
    )  # fmt: skip
    assert wrong.status_code == 400
    assert "công văn" in wrong.text
