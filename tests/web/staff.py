"""A portal with people on an empty store, each with a browser without JavaScript."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from lxml import html
from starlette.types import ASGIApp

from lienvung.app import create_app
from lienvung.assemble import World
from lienvung.settings import load_settings
from lienvung.workflow.actors import Grant, Role, local_operator
from lienvung.workflow.identity import NewAccount, Visitor
from tests.conftest import PACK, Home
from tests.gate.browser import Browser, form_values

PASSWORD = "bảy con mèo trên mái ngói"  # noqa: S105
FIGURES = (
    "# lienvung: tidy/1\n# boundary: 2004\nindicator,area,period,value,unit,issuer,published\n"
    "FDI_CAP_CUM,74,2015,24021.4,USD_MN,PROV_74,2017-06\n"
    "FDI_CAP_CUM,74,2016,26411.3,USD_MN,PROV_74,2017-06\n"
)
WITH_ERRORS = FIGURES + "FDI_CAP_CUM,74,2017,<b>hai mươi</b>,USD_MN,PROV_74,2017-06\n"


@dataclass
class Staff:
    """The portal, and whoever has signed in so far."""

    app: ASGIApp
    browsers: dict[str, Browser] = field(default_factory=dict)

    def of(self, login: str) -> Browser:
        """The browser of a person, signed in at the first use; a fresh one for nobody."""
        if login not in self.browsers:
            self.browsers[login] = Browser(self.app)
            if login:
                self.browsers[login].sign_in(login, PASSWORD)
        return self.browsers[login]

    def count(self, login: str) -> int:
        """How many submissions a person sees."""
        return len(self.of(login).open("/vi/ho-so").xpath("//table[contains(@class,'list')]/tbody/tr"))

    def drop(self, login: str, name: str, content: bytes | str, path: str = "/vi/nop-tep") -> httpx.Response:
        """Hand a file in through its form; the answer, redirects not followed."""
        browser = self.of(login)
        page = browser.open("/vi/nop-tep")
        fields = form_values(next(f for f in page.forms if str(f.action).endswith("/vi/nop-tep")))
        data = {k: v for k, v in fields.items() if k not in ("tep", "cv_tep", "cv_chu_ky")}
        return self.post(browser, path, data, {"tep": (name, content)})

    def post(
        self, browser: Browser, path: str, data: Mapping[str, str], files: Mapping[str, tuple[str, bytes | str]]
    ) -> httpx.Response:
        """A form with files."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app, raise_app_exceptions=False, client=(browser.address, 5000))
            async with httpx.AsyncClient(transport=transport, base_url=browser.host, cookies=browser.cookies) as client:
                headers = browser.from_here() | {"user-agent": "Firefox"}
                return await client.post(path, data=dict(data), files=dict(files), headers=headers)

        return asyncio.run(send())


def number_of(answer: httpx.Response) -> str:
    """The submission that an answer leads to."""
    assert answer.status_code == 303, html.fromstring(answer.content).xpath("string(//*[@role='alert'])")
    return answer.headers["location"].split("/")[3]


def open_staff(folder: Path) -> Staff:
    """A steward, an officer of each of two agencies, and an administrator, on a pack without figures."""
    pack = folder / "pack"
    shutil.copytree(PACK, pack, ignore=shutil.ignore_patterns("figures"))
    (pack / "figures").mkdir()
    home = Home(folder / "home", pack)
    assert home.run("init").code == 0
    world = World(load_settings({"LIENVUNG_HOME": str(home.path), "LIENVUNG_PACK": str(home.pack)}))
    people = (
        ("an", Grant(Role.PROVIDER, "PROV_74")),
        ("binh", Grant(Role.PROVIDER, "SKHDT-BD")),
        ("chi", Grant(Role.STEWARD)),
    )
    operator = local_operator("máy")
    world.identity.add_account(NewAccount("quan", "Lê Quản", "", (Grant(Role.ADMINISTRATOR),)), operator, PASSWORD)
    admin = world.identity.actor_of_session(world.identity.sign_in("quan", PASSWORD, Visitor("198.51.100.7")).secret)
    assert admin
    for login, grant in people:
        world.identity.add_account(NewAccount(login, login.title(), "", (grant,)), admin, PASSWORD)
    return Staff(create_app(world))


def write_book(path: Path) -> bytes:
    """A small unknown workbook: a title, a unit, years across, three rows."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Dân số")
        sheet.write(0, 0, "Bảng 1. Dân số trung bình tỉnh Bình Dương phân theo giới tính")
        sheet.write(1, 2, "Đơn vị tính: Người")
        sheet.write_row(2, 0, ["", 2015, 2016])
        for row, cells in enumerate((("Tổng số", 1947220, 1995817), ("Nam", 938500, 961000), ("Nữ", 1008720, 1034817))):
            sheet.write_row(3 + row, 0, cells)
        sheet.write(7, 0, "=1+1 không phải công thức")
    return path.read_bytes()
