"""People of the office for the browser tests: a home of their own, a server on it, signing in through the page."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lienvung.assemble import World
from lienvung.settings import load_settings
from lienvung.workflow.actors import Grant, Role, local_operator
from lienvung.workflow.identity import NewAccount, Visitor
from tests.conftest import ROOT, Home

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking")  # fmt: skip
PASSWORD = "bảy con mèo trên mái ngói"  # noqa: S105
AGENCY = "PROV_74"
SIZES = ((1280, "light"), (1280, "dark"), (390, "light"), (390, "dark"))


def make_office(southern: Home, folder: Path) -> Home:
    """A copy of the loaded home, with an officer of one agency, another agency's, a steward and an administrator."""
    home = Home(folder / "home", southern.pack)
    shutil.copytree(southern.path, home.path)
    identity = World(load_settings({"LIENVUNG_HOME": str(home.path), "LIENVUNG_PACK": str(home.pack)})).identity
    operator = local_operator("máy")
    identity.add_account(NewAccount("quan", "Lê Quản", "", (Grant(Role.ADMINISTRATOR),)), operator, PASSWORD)
    admin = identity.actor_of_session(identity.sign_in("quan", PASSWORD, Visitor("198.51.100.7")).secret)
    assert admin
    for login, name, grant in (
        ("an", "Nguyễn Văn An", Grant(Role.PROVIDER, AGENCY)),
        ("binh", "Phạm Thị Bình", Grant(Role.PROVIDER, "SKHDT-BD")),
        ("chi", "Trần Thị Chi", Grant(Role.STEWARD)),
    ):
        identity.add_account(NewAccount(login, name, "", (grant,)), admin, PASSWORD)
    return home


@contextmanager
def serving(home: Home) -> Iterator[str]:
    """The address of a server of its own on a home."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {
        "LIENVUNG_HOME": str(home.path), "LIENVUNG_PACK": str(home.pack), "PYTHONPATH": str(ROOT / "src"),
    }  # fmt: skip
    command = [sys.executable, "-m", "uvicorn", "--factory", "lienvung.app:serve_app", "--port", str(port)]
    server = subprocess.Popen([*command, "--log-level", "error"], env=env)  # noqa: S603
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            try:
                urllib.request.urlopen(url + "/vi/tim")  # noqa: S310
                break
            except OSError:
                time.sleep(0.2)
        yield url
    finally:
        server.terminate()
        server.wait(20)


def sign_in(page: Any, url: str, login: str) -> None:
    """Through the sign-in page, as a person does it."""
    page.goto(url + "/vi/dang-nhap?tiep=%2Fvi%2Fviec-can-lam")
    page.fill("input[name='ten']", login)
    page.fill("input[name='mat_khau']", PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/vi/viec-can-lam*")


def faults_of(page: Any, width: int) -> list[tuple[str, str, list[object]]]:
    """What axe finds on a page, and whether it scrolls sideways."""
    from axe_playwright_python.sync_playwright import Axe

    found = [
        (page.url, fault["id"], [node["target"] for node in fault["nodes"]][:3])
        for fault in Axe().run(page).response["violations"]
    ]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [*found, *([(page.url, f"scrolls sideways: {wide}", [])] if wide > width else [])]
