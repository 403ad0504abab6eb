"""Signing in, one's account, administration and the audit in a real browser, with JavaScript on and off."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PACK, Home
from tests.e2e.staff import CHROMIUM, FLAGS, PASSWORD, SIZES, faults_of, make_office, serving

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not CHROMIUM.exists() and not os.environ.get("CI"), reason="chromium is not installed"),
]
PAGES = ("/vi/dang-nhap", "/en/sign-in/code", "/vi/dang-nhap/loi-moi")
SIGNED_IN = ("/vi/tai-khoan", "/vi/quan-tri/tai-khoan", "/en/admin/accounts/TK2", "/vi/quan-tri/phien", "/vi/nhat-ky")


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("accounts")
    (folder / "empty").mkdir()
    with serving(make_office(Home(folder / "empty", PACK), folder)) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield opened
        opened.close()


def sign_in(page: Any, url: str, login: str) -> None:
    page.goto(url + "/vi/dang-nhap")
    page.fill("input[name='ten']", login)
    page.fill("input[name='mat_khau']", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/vi/tai-khoan*")


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_pages_are_accessible_and_fit(url: str, browser: Any, width: int, scheme: str) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    faults = []
    shots = Path(os.environ["LIENVUNG_SHOTS"]) if os.environ.get("LIENVUNG_SHOTS") else None
    for path in (*PAGES, *SIGNED_IN):
        if path == SIGNED_IN[0]:
            sign_in(page, url, "quan")
        page.goto(url + path)
        if path == SIGNED_IN[0]:
            page.click("form[action$='/hai-lop'] button")
            page.wait_for_selector("svg.qr")
        faults += faults_of(page, width)
        if shots:
            name = path.strip("/").replace("/", "_")
            page.screenshot(path=str(shots / f"{name}_{width}_{scheme}.png"), full_page=True)
    context.close()
    assert faults == []


def test_nothing_inline_is_asked_for_and_everything_works_without_scripts(url: str, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.goto(url + "/vi/tai-khoan")
    sign_in(page, url, "an")
    assert page.inner_text("h1") == "Tài khoản của tôi"
    page.click("form[action$='/hai-lop'] button")
    page.wait_for_selector("svg.qr")
    page.goto(url + "/vi/tai-khoan")
    page.click("header form[action$='/dang-xuat'] button")
    page.wait_for_url("**/vi/dang-nhap*")
    page.go_back()
    assert "Nguyễn Văn An" not in page.content(), "the back button shows nothing of the session"
    context.close()
    assert problems == []
