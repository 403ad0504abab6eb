"""The portal in a real browser: no accessibility fault, no sideways scroll, light and dark, desk and phone."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT, Home

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
)
PAGES = (
    "/vi/",
    "/en/?ranh-gioi=34",
    "/vi/chi-tieu",
    "/vi/chi-tieu/POP_AVG",
    "/vi/chi-tieu/GRDP_CUR?hinh=ban-do",
    "/en/indicators/FDI_CAP_CUM?hinh=cot",
    "/vi/dia-ban/74@2004",
    "/vi/nguon-so/POP_AVG/74@2004/2016",
    "/vi/chi-tieu/GRDP_CUR?dia-gioi=2025-07-01",
    "/vi/chi-tieu/POP_AVG?dia-gioi=2025-07-01&hinh=ban-do&ky=2022",
    "/en/indicators/POP_AVG?dia-gioi=2004&tong=1&cong-bo=2024-12-31&ghi-nhan=2027-01-01",
    "/vi/chi-tieu/PCI?dia-gioi=2025-07-01",
    "/vi/nguon-so/GRDP_CUR/79@2025-07-01/2020?dia-gioi=2025-07-01",
    "/en/trace/POP_AVG/KTTD-PN@2004/2024?dia-gioi=2025-07-01&tong=1",
    "/vi/dieu-chinh/POP_AVG/74@2004",
    "/en/revisions/GRDP_GROWTH/74@2004",
    "/vi/tim?q=dan+so",
    "/vi/chi-tieu/XYZ",
)
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(not CHROMIUM.exists() and not os.environ.get("CI"), reason="chromium is not installed"),
]


@pytest.fixture(scope="module")
def address(southern: Home) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {"LIENVUNG_HOME": str(southern.path), "PYTHONPATH": str(ROOT / "src")}
    command = [
        sys.executable,
        "-m",
        "uvicorn",
        "--factory",
        "lienvung.app:serve_app",
        "--port",
        str(port),
        "--log-level",
        "error",
    ]
    server = subprocess.Popen(command, env=env)  # noqa: S603
    url = f"http://127.0.0.1:{port}"
    for _ in range(150):
        try:
            urllib.request.urlopen(url + "/vi/tim")  # noqa: S310
            break
        except OSError:
            time.sleep(0.2)
    yield url
    server.terminate()
    server.wait(20)


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield opened
        opened.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_pages_are_accessible_and_fit(address: str, browser: object, width: int, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme, bypass_csp=True)  # type: ignore[attr-defined]
    page = context.new_page()
    foreign: list[str] = []
    page.on("request", lambda r: foreign.append(r.url) if not r.url.startswith((address, "data:")) else None)
    faults = []
    for path in PAGES:
        page.goto(address + path)
        for fault in Axe().run(page).response["violations"]:
            faults.append((path, fault["id"], [node["target"] for node in fault["nodes"]][:3]))
        if page.evaluate("document.documentElement.scrollWidth") > width:
            faults.append((path, "scrolls sideways", []))
    context.close()
    assert faults == []
    assert foreign == []


def test_an_indicator_page_is_light_and_the_drawing_wakes_when_touched(address: str, browser: object) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})  # type: ignore[attr-defined]
    page = context.new_page()
    page.set_default_timeout(20000)
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    sizes: list[float] = []
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    problems: list[str] = []
    page.on("console", lambda m: problems.append(m.text) if m.type == "error" else None)
    page.goto(address + "/vi/chi-tieu/GRDP_CUR", wait_until="networkidle")
    assert len(sizes) <= 15
    assert sum(sizes) <= 150_000
    page.hover(".stage")
    page.wait_for_selector(".explored svg")
    assert page.locator(".explored svg text", has_text="TP. Hồ Chí Minh").count() == 1
    context.close()
    assert problems == []


def test_a_reader_chooses_with_javascript_off(address: str, browser: object) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(address + "/vi/chi-tieu/POP_AVG?dia-ban=74@2004")
    page.click("summary >> nth=0")
    page.check("input[value='75@2004']")
    page.fill("input[name='tu']", "2018")
    page.fill("input[name='den']", "2020")
    page.click("main button")
    assert "dia-ban=75@2004" in page.url.replace("%40", "@")
    assert page.locator("table.figures tbody tr").count() == 2
    page.click("summary >> nth=0")
    page.select_option("select[name='dia-gioi']", "2025-07-01")
    page.click("main button")
    assert "dia-gioi=2025-07-01" in page.url
    assert page.locator("table.figures tbody tr").count() == 2
    page.click("table.figures sup.made >> nth=0 >> xpath=preceding-sibling::a[1]")
    assert page.locator("table.inputs tbody tr").count() >= 2
    page.click("table.inputs tbody a >> nth=0")
    assert page.locator(".vintage code").count() >= 1
    context.close()
