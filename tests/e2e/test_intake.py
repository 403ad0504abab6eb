"""A person's path from the drop to the checked table, handed in: in a real browser, on an unknown yearbook."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.conftest import Home
from tests.e2e.staff import CHROMIUM, FLAGS, SIZES, faults_of, make_office, serving, sign_in
from tests.parse.yearbooks import population

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not CHROMIUM.exists() and not os.environ.get("CI"), reason="chromium is not installed"),
]


@pytest.fixture(scope="module")
def address(southern: Home, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(make_office(southern, tmp_path_factory.mktemp("office"))) as url:
        yield url


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield opened
        opened.close()


def shot(page: Any, name: str) -> None:
    """A screenshot where somebody asked for them."""
    if folder := os.environ.get("LIENVUNG_TEST_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_an_officer_drops_an_unknown_yearbook_and_hands_it_in(address: str, browser: Any, tmp_path: Path) -> None:
    book = population(tmp_path / "Niên giám dân số 2016.xlsx")
    context = browser.new_context(viewport={"width": 1360, "height": 900}, accept_downloads=True)
    page = context.new_page()
    page.set_default_timeout(30000)
    problems: list[str] = []
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    sign_in(page, address, "an")
    shot(page, "01-viec-can-lam")
    page.click("main a[href='/vi/nop-tep']")
    page.set_input_files("input[name='tep']", str(book))
    page.wait_for_selector("[data-chosen]:not([hidden])")
    shot(page, "02-nop-tep")
    page.click("main form.intake button")
    page.wait_for_url("**/bang?xong=drafted")
    assert "chưa đọc được" in page.inner_text(".titled .state")
    assert page.locator("table.cells td.r-header").count() > 0
    shot(page, "03-bang-chua-doc")

    # the proposal: open questions first, one more found on another table, tried, then remembered
    page.click("a.button.strong[href$='/cong-thuc']")
    first = page.locator(".decision").first
    assert "l-open" in str(first.get_attribute("class"))
    page.fill("input[name='d:issuer']", "GSO")
    shot(page, "04-cach-doc")
    page.click("button[value='nho']")
    assert "Cơ quan công bố" not in page.inner_text("[role=alert]")
    assert "Bảng 2: Chỉ tiêu của bảng" in page.inner_text("[role=alert]")
    answers = json.loads(page.input_value("input[name='tra_loi']"))
    assert answers == {"issuer": "GSO"}
    page.click("button[value='bang:2']")
    page.fill("input[name='d:2.indicator']", "Diện tích gì đó")
    page.click("button[value='thu']")
    assert "Diện tích gì đó" in page.inner_text("[role=alert]")
    suggested = page.get_attribute("#l-indicator option[value$=' · AREA']", "value")
    page.fill("input[name='d:2.indicator']", str(suggested))
    page.click("button[value='thu']")
    page.wait_for_selector("#tried")
    assert "75 số đọc được" in page.inner_text("section[aria-labelledby='tried']")
    shot(page, "05-doc-thu")
    page.click("button[value='nho']")
    page.wait_for_url("**/bang?xong=kept")

    # the checked table: cells coloured, one told, a warning explained, the rest of its rule together
    assert page.inner_text(".outcome-line").startswith("Không còn lỗi; 10 cảnh báo")
    shot(page, "06-bang-da-doc")
    page.click("nav.sheets a:has-text('Gioi tinh')")
    assert page.locator("td.k-warning").count() >= 3
    page.wait_for_selector("table[role='grid'][data-sheet='3']")
    page.click("#o-C6 a")
    page.wait_for_selector("#detail-title:has-text('C6')")
    detail = page.inner_text("[data-detail]")
    assert "Dân số trung bình" in detail
    assert "DUP-SAME" in detail
    assert "chi-tiet" not in page.url
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    page.wait_for_selector("#detail-title:has-text('D6')")
    shot(page, "07-mot-o")
    page.fill("[data-detail] input[name='ly_do']", "Biểu 15 nhắc lại số của biểu 12")
    page.click("[data-detail] form.accept button")
    page.wait_for_selector(".notice.good")
    assert page.locator("td.k-accepted").count() == 1
    page.locator("details.group:has-text('DUP-SAME') input[name='ly_do']").fill("Các biểu sau nhắc lại biểu 12")
    page.locator("details.group:has-text('DUP-SAME') form.accept button").click()
    page.wait_for_selector(".notice.good")
    page.locator("details.group:has-text('HIDDEN-CELLS') input[name='ly_do']").fill("Dòng ẩn là số liệu thật")
    page.locator("details.group:has-text('HIDDEN-CELLS') form.accept button").click()
    page.wait_for_selector(".outcome.good")
    shot(page, "08-da-giai-trinh")

    with page.expect_download() as waiting:
        page.click("a[href$='/chu-thich.xlsx']")
    assert waiting.value.suggested_filename == "Niên giám dân số 2016-co-chu-thich.xlsx"
    annotated = load_workbook(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert "DUP-SAME" in annotated["Gioi tinh"]["C6"].comment.text
    page.wait_for_selector("[data-judged='done']", timeout=120000)

    page.click(".bar-actions form button")
    page.wait_for_url("**/ho-so/S*?xong=handed_in")
    assert page.inner_text(".titled .state") == "chờ duyệt"
    assert "Thay đổi 20 số, lớn nhất −6,7 %." in page.inner_text("section[aria-labelledby='difference']")
    shot(page, "09-da-nop")
    context.close()
    assert [p for p in problems if "the server responded with a status of 4" not in p] == []


def test_next_months_file_of_the_same_layout_needs_no_hand(address: str, browser: Any, tmp_path: Path) -> None:
    book = load_workbook(population(tmp_path / "a.xlsx"))
    book["Ty le tang"]["B5"] = 3.3
    book.save(tmp_path / "Niên giám dân số 2017.xlsx")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    sign_in(page, address, "an")
    page.goto(address + "/vi/nop-tep")
    page.set_input_files("input[name='tep']", str(tmp_path / "Niên giám dân số 2017.xlsx"))
    page.click("main form.intake button")
    assert "69" in page.inner_text(".tally")
    assert "chưa nộp" in page.inner_text(".titled .state")
    page.click("#o-D8 a")
    assert "D8" in page.inner_text("#detail-title")
    assert "Địa bàn" in page.inner_text("[data-detail]")
    context.close()


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_pages_of_intake_are_accessible_and_fit(address: str, browser: Any, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(30000)
    sign_in(page, address, "an")
    page.goto(address + "/vi/ho-so")
    number = page.locator("table.list tbody tr th a").last.get_attribute("href").rpartition("/")[2]
    faults = []
    for path in (
        "/vi/nop-tep", "/vi/ho-so", f"/vi/ho-so/{number}", f"/vi/ho-so/{number}/bang",
        f"/vi/ho-so/{number}/bang?trang=3&o=C6", f"/vi/ho-so/{number}/bang?chi-van-de=1&muc=warning",
        f"/vi/ho-so/{number}/cong-thuc?bang=5", f"/en/submissions/{number}/grid", "/en/submit",
    ):  # fmt: skip
        page.goto(address + path)
        faults += faults_of(page, width)
        if os.environ.get("LIENVUNG_TEST_SHOTS"):
            shot(page, f"x-{path.strip('/').replace('/', '-').partition('?')[0]}-{width}-{scheme}")
    context.close()
    assert faults == []
