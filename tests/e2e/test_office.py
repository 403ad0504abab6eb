"""Officer → steward → published → revised → withdrawn, in a real browser, with the difference shown before approval."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Home
from tests.e2e.staff import CHROMIUM, FLAGS, SIZES, faults_of, make_office, serving, sign_in

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not CHROMIUM.exists() and not os.environ.get("CI"), reason="chromium is not installed"),
]
HEAD = "# lienvung: tidy/1\n# boundary: 2004\nindicator,area,period,value,unit,issuer,published,status\n"
FIRST = HEAD + "".join(
    f"FDI_CAP_CUM,74,{year},{value},USD_MN,PROV_74,2017-06,preliminary\n"
    for year, value in ((2014, 20174.7), (2015, 24021.4), (2016, 26411.3))
)
REVISED = HEAD + "".join(
    f"FDI_CAP_CUM,74,{year},{value},USD_MN,PROV_74,2018-06,official\n"
    for year, value in ((2014, 20174.7), (2015, 23252.7), (2016, 26599.7))
)
"""A preliminary table of three years, and its official vintage: 2014 stands, 2015 falls by 3,2 %, 2016 rises."""


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


@pytest.fixture(scope="module")
def people(address: str, browser: Any) -> Iterator[dict[str, Any]]:
    """A page for each, signed in."""
    pages = {}
    for login in ("an", "binh", "chi"):
        pages[login] = browser.new_context(viewport={"width": 1360, "height": 900}, bypass_csp=True).new_page()
        pages[login].set_default_timeout(30000)
        sign_in(pages[login], address, login)
    yield pages
    for page in pages.values():
        page.context.close()


def shot(page: Any, name: str) -> None:
    """A screenshot where somebody asked for them."""
    if folder := os.environ.get("LIENVUNG_TEST_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def hand_in(page: Any, url: str, path: Path, text: str) -> str:
    """Drop a file, explain its warnings, hand it in; returns the submission's number."""
    path.write_text(text, "utf-8")
    page.goto(url + "/vi/nop-tep")
    page.set_input_files("input[name='tep']", str(path))
    page.click("main form.intake button")
    page.wait_for_url("**/bang?xong=drafted")
    while page.locator("details.group form.accept").count():
        page.locator("details.group form.accept input[name='ly_do']").first.fill("Theo báo cáo chính thức của tỉnh")
        page.locator("details.group form.accept button").first.click()
        page.wait_for_selector(".notice.good")
    page.click(".bar-actions form button")
    page.wait_for_url("**/ho-so/S*?xong=handed_in")
    return str(page.url).rpartition("/")[2].partition("?")[0]


def step(page: Any, label: str, **fields: str) -> None:
    """Take a step of the submission's page: open it, fill it, confirm it."""
    box = page.locator("section.actions details.step").filter(has=page.locator(f"summary:text-is('{label}')"))
    if not box.get_attribute("open") and not box.evaluate("box => box.open"):
        box.locator("summary").click()
    for name, value in fields.items():
        box.locator(f"[name='{name}']").fill(value)
    box.locator("input[name='chac_chan']").check()
    box.locator("button").click()
    page.wait_for_selector(".notice.good")


def value_of(page: Any, url: str, period: str) -> list[str]:
    """What the public page of the number shows now, one text for every vintage, the newest first."""
    page.goto(f"{url}/vi/nguon-so/FDI_CAP_CUM/74@2004/{period}?nguon=PROV_74")
    return [t.strip() for t in page.locator(".vintage .value").all_inner_texts()]


def test_from_the_officer_to_a_withdrawn_revision(
    address: str, people: dict[str, Any], browser: Any, tmp_path: Path
) -> None:
    an, chi = people["an"], people["chi"]
    public = browser.new_context().new_page()
    first = hand_in(an, address, tmp_path / "fdi-so-bo.csv", FIRST)
    shot(an, "20-da-nop")
    assert value_of(public, address, "2015") == []

    # returned with a comment on a cell, then handed in again
    chi.goto(address + "/vi/viec-can-lam")
    assert first in chi.inner_text("section[aria-labelledby='waiting']")
    shot(chi, "21-viec-cua-bien-tap")
    chi.goto(f"{address}/vi/ho-so/{first}/bang?o=D5")
    chi.click("[data-detail] details.step summary")
    chi.fill("[data-detail] textarea[name='noi_dung']", "Đề nghị đối chiếu số dự án cùng kỳ.")
    chi.click("[data-detail] details.step button")
    chi.wait_for_selector(".notice.good")
    chi.goto(f"{address}/vi/ho-so/{first}")
    step(chi, "Trả lại", ly_do="Bổ sung giải trình tại ô D5")
    assert chi.inner_text(".titled .state") == "được trả lại"
    an.goto(address + "/vi/viec-can-lam")
    assert first in an.inner_text("section[aria-labelledby='waiting']")
    an.goto(f"{address}/vi/ho-so/{first}")
    assert "Bổ sung giải trình tại ô D5" in an.inner_text("main")
    shot(an, "22-duoc-tra-lai")
    assert an.get_attribute("section[aria-labelledby='comments'] .comment a", "href").endswith("#o-D5")
    an.click("section[aria-labelledby='comments'] button:has-text('đã xử lý')")
    an.wait_for_selector(".notice.good")
    step(an, "Nộp hồ sơ")

    # approved and published by another person
    chi.goto(f"{address}/vi/ho-so/{first}")
    step(chi, "Duyệt")
    step(chi, "Công bố", ten_vi="FDI lũy kế Bình Dương, sơ bộ", ten_en="Registered FDI, preliminary")
    assert chi.inner_text(".titled .state") == "đã công bố"
    assert value_of(public, address, "2015") == ["24.021,4"]

    # revised: the difference is shown before approval
    second = hand_in(an, address, tmp_path / "fdi-chinh-thuc.csv", REVISED)
    chi.goto(f"{address}/vi/ho-so/{second}")
    assert "Thay đổi 2 số, lớn nhất −3,2 %." in chi.inner_text("section[aria-labelledby='difference']")
    rows = chi.locator("section[aria-labelledby='changed'] tbody tr").all_inner_texts()
    assert len(rows) == 2
    assert "24.021,4" in rows[0]
    assert "23.252,7" in rows[0]
    assert "−3,2 %" in rows[0]
    shot(chi, "23-thay-doi-truoc-khi-duyet")
    assert value_of(public, address, "2015") == ["24.021,4"]
    chi.goto(f"{address}/vi/ho-so/{second}")
    step(chi, "Duyệt")
    step(chi, "Công bố", luc="2099-01-01T08:00")
    assert chi.inner_text(".titled .state") == "hẹn giờ công bố"
    assert value_of(public, address, "2015") == ["24.021,4"]
    chi.goto(f"{address}/vi/ho-so/{second}")
    step(chi, "Hủy hẹn giờ", ly_do="Công bố ngay theo yêu cầu")
    step(chi, "Công bố")
    shot(chi, "24-da-cong-bo")
    assert value_of(public, address, "2015")[0] == "23.252,7"

    # withdrawn: what stood before stands again
    chi.goto(f"{address}/vi/ho-so/{second}")
    step(chi, "Thu hồi", ly_do="Cơ quan phát hiện sai đơn vị tính")
    assert chi.inner_text(".titled .state") == "đã thu hồi"
    shot(chi, "25-da-thu-hoi")
    public.goto(f"{address}/vi/chi-tieu/FDI_CAP_CUM?dia-ban=74@2004&nguon=PROV_74")
    assert "24.021,4" in public.inner_text("table.figures")
    assert "23.252,7" not in public.inner_text("table.figures")
    public.context.close()


def test_another_agency_and_the_officer_herself_are_kept_out(
    address: str, people: dict[str, Any], tmp_path: Path
) -> None:
    an, binh = people["an"], people["binh"]
    number = hand_in(an, address, tmp_path / "fdi-2013.csv", FIRST.replace("2014,20174.7", "2013,18123.4"))
    answer = binh.goto(f"{address}/vi/ho-so/{number}/bang")
    assert answer.status == 404
    missing = binh.goto(f"{address}/vi/ho-so/S99999/bang")
    assert missing.status == 404
    assert number not in binh.goto(f"{address}/vi/ho-so").text()
    an.goto(f"{address}/vi/ho-so/{number}")
    assert an.locator("section.actions details.step").count() == 0
    token = an.locator("input[name='ma_bieu_mau']").first.get_attribute("value")
    forced = an.request.post(
        f"{address}/vi/ho-so/{number}/duyet", form={"ma_bieu_mau": token, "chac_chan": "1"},
        headers={"origin": address, "sec-fetch-site": "same-origin"},
    )  # fmt: skip
    assert forced.status == 403


@pytest.fixture(scope="module")
def waiting(address: str, people: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A submission that waits for approval."""
    text = REVISED.replace("2015,23252.7", "2012,17410.2").replace("2014,20174.7", "2011,16350.8")
    return hand_in(people["an"], address, tmp_path_factory.mktemp("waiting") / "fdi-2012.csv", text)


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_pages_of_the_office_are_accessible_and_fit(
    address: str, browser: Any, waiting: str, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(30000)
    sign_in(page, address, "chi")
    faults = []
    for path in (
        "/vi/viec-can-lam", "/vi/ho-so", f"/vi/ho-so/{waiting}", f"/vi/ho-so/{waiting}/bang?o=D4", "/vi/lich-bao-cao",
        "/en/inbox", f"/en/submissions/{waiting}", "/en/calendar",
    ):  # fmt: skip
        page.goto(address + path)
        page.evaluate("document.querySelectorAll('main details').forEach(box => { box.open = true })")
        faults += faults_of(page, width)
        shot(page, f"y{path.partition('?')[0].replace('/', '-')}-{width}-{scheme}")
    context.close()
    assert faults == []
