"""A home with one submission in each hidden state, people of every role, and a way to ask any route as any of them."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI

from lienvung.app import create_app
from lienvung.assemble import World
from lienvung.pipeline import Works
from lienvung.publish.release import prepare_store
from lienvung.settings import load_settings
from lienvung.workflow.actors import EVERYONE, Actor, Grant, Right, Role
from tests.conftest import PACK
from tests.gate.browser import Browser
from tests.gate.people import HERE, PASSWORD, Office, open_office

AGENCY, OTHER = "PROV_74", "PROV_75"
TIDY = """# lienvung: tidy/1
# indicator: UNEMP_RATE
# issuer: PROV_74
# boundary: 2004
# published: {published}
area,period,value,status,note
74,{period},{value},estimate,{note}
"""
STEWARD, PROVIDER = "Biên Tập Viên Bí Danh", "Nguyễn Cung Cấp Riêng"
"""Names of people: nothing that the public is shown may carry them."""


@dataclass(frozen=True)
class Hidden:
    """A submission that not everyone may see, and the marks that give it away wherever they turn up."""

    number: str
    is_draft: bool
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Asker:
    """Someone who asks: by a cookie on pages, by a token on the API."""

    name: str
    actor: Actor
    cookie: str = ""
    token: str = ""

    def acts_on(self, path: str) -> Actor | None:
        """Who this is to a route: nobody, where its kind of credential does not count."""
        if path.startswith(("/api", "/sdmx", "/health")):
            return self.actor if self.token else None
        return self.actor if self.cookie else None


@dataclass(frozen=True)
class Leaky:
    """Everything that the matrix asks."""

    app: FastAPI
    hidden: tuple[Hidden, ...]
    askers: tuple[Asker, ...]
    etags: dict[str, str]
    published: str

    def asker(self, name: str) -> Asker:
        return next(a for a in self.askers if a.name == name)

    def ask(self, asker: Asker, method: str, path: str, **more: Any) -> httpx.Response:
        browser = Browser(self.app, address="203.0.113.80")
        headers = dict(more.pop("headers", {}))
        if asker.cookie:
            browser.cookies["lv_phien"] = asker.cookie
        if asker.token:
            headers["authorization"] = f"Bearer {asker.token}"
        return browser.send(method, path, headers=headers, **more)


WATCHED = ("/vi/chi-tieu/UNEMP_RATE", "/vi/", "/vi/dot-cong-bo", "/api/observations?indicator=UNEMP_RATE",
           "/sdmx/v2/structure/dataflow", "/vi/dia-ban/74@2004")  # fmt: skip


def open_leaky(folder: Path) -> Leaky:
    pack = folder / "pack"
    shutil.copytree(PACK, pack, ignore=shutil.ignore_patterns("figures"))
    (pack / "figures").mkdir()
    world = World(load_settings({"LIENVUNG_HOME": str(folder / "home"), "LIENVUNG_PACK": str(pack)}))
    prepare_store(world.settings.store)
    office = open_office(folder / "home")
    works, app = Works(world.settings, world.catalogue), create_app(world)
    an = office.person("an", Grant(Role.PROVIDER, AGENCY), name=PROVIDER)
    chi = office.person("chi", Grant(Role.STEWARD), name=STEWARD)
    office.person("bay", Grant(Role.PROVIDER, OTHER), name="Bảy")
    office.person("tam", Grant(Role.ANALYST), name="Tám")
    office.person("chin", Grant(Role.COORDINATOR), name="Chín")

    def file(name: str, period: str, value: str, note: str, published: str = "2025-01") -> Path:
        path = folder / name
        path.write_text(TIDY.format(period=period, value=value, note=note, published=published), "utf-8")
        return path

    def submit(path: Path) -> str:
        found, _ = works.submit_file(path, an, agency=AGENCY)
        return found.id

    published = submit(file("cong-khai.csv", "2023", "2.61", "công khai"))
    works.approve(published, chi)
    works.publish([published], chi, "Đợt đầu", "First")
    etags = {path: Browser(app).send("GET", path).headers.get("etag", "") for path in WATCHED}

    draft = works.draft_file(file("nhap-kin.csv", "2024", "13.57", "GHICHUNHAP"), an, AGENCY)
    sent = submit(file("da-nop-kin.csv", "2024", "14.68", "GHICHUNOP", "2025-02"))
    works.comment(sent, "NHANXETKIN ở ô này", chi, cell="C7")
    timed = submit(file("hen-gio-kin.csv", "2024", "15.79", "GHICHUHEN", "2025-03"))
    works.approve(timed, chi)
    at = datetime.now(UTC) + timedelta(days=9)
    works.publish([timed], chi, "TIEUDEHENGIO", "TIMEDTITLE", at=at)
    hidden = (
        Hidden(draft.id, True, (*_ways("13.57"), "nhap-kin", "GHICHUNHAP")),
        Hidden(sent, False, (*_ways("14.68"), "da-nop-kin", "GHICHUNOP", "NHANXETKIN")),
        Hidden(timed, False, (*_ways("15.79"), "hen-gio-kin", "GHICHUHEN", "TIEUDEHENGIO", "TIMEDTITLE")),
    )
    return Leaky(app, hidden, tuple(_askers(office)), etags, published)


def _ways(value: str) -> tuple[str, str]:
    return value, value.replace(".", ",")


def _askers(office: Office) -> Iterator[Asker]:
    """The public; every role, signed in and with a token of all its rights; and a token of each single scope."""
    yield Asker("public", Actor("", ""))
    roles = {"provider": "an", "provider elsewhere": "bay", "steward": "chi", "analyst": "tam", "coordinator": "chin",
             "administrator": "quan"}  # fmt: skip
    for name, login in roles.items():
        cookie = office.desk.sign_in(login, PASSWORD, HERE).secret
        actor = office.desk.actor_of_session(cookie)
        assert actor
        yield Asker(name, actor, cookie)
        held = [r for r in Right if r not in EVERYONE and actor.has_right(r)]
        yield _with_token(office, f"{name}, token", actor, held)
        if name in ("provider", "steward", "administrator", "coordinator"):
            for right in held:
                yield _with_token(office, f"{name}, token {right.value}", actor, [right])


def _with_token(office: Office, name: str, actor: Actor, rights: list[Right]) -> Asker:
    token, _ = office.desk.add_token(actor, name, rights, 1)
    return Asker(name, office.desk.actor_of_token(token), token=token)


FILLED: dict[str, tuple[str, ...]] = {
    "code": ("UNEMP_RATE",), "indicator": ("UNEMP_RATE",), "area_key": ("74@2004",), "key": ("74@2004", "*"),
    "period": ("2024",), "form": ("csv", "xlsx", "svg"), "agency": ("LIENVUNG",), "dataflow": ("LABOUR_EMPLOYMENT",),
    "version": ("1.0.0",), "component": ("TIME_PERIOD", "*"), "kind": ("dataflow", "codelist"), "id": ("*",),
    "item": ("*",), "rest": ("/x",), "path": ("x",), "mark": ("TK2",), "name": ("programmes",),
    "step": ("x",), "comment": ("1",),
}  # fmt: skip
MORE = ("?published=2031-01-01", "?recorded=2031-01-01T00:00:00", "?cong-bo=2031-01-01", "?ghi-nhan=2031-01-01T00:00",
        "?toan-bo=1", "?q=15,79", "?includeHistory=true")  # fmt: skip
"""Questions that try to see what is not yet published."""


def fill(path: str, numbers: tuple[str, ...]) -> list[str]:
    """The addresses of a route, every parameter filled."""
    made = [path]
    for name in re.findall(r"{(\w+)(?::\w+)?}", path):
        values = numbers if name == "number" else FILLED[name]
        made = [re.sub(rf"{{{name}(:\w+)?}}", value, p) for p in made for value in values]
    return made


def all_of(answer: httpx.Response) -> str:
    """Everything that an answer says: headers, text, the sheets of a workbook, what is behind escapes."""
    said = [str(answer.request.url.path), *(f"{k}: {v}" for k, v in answer.headers.items())]
    if answer.content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            said += [book.read(n).decode("utf-8", "replace") for n in book.namelist()]
    else:
        said.append(answer.content.decode("utf-8", "replace"))
    return "\n".join(said[1:])


def found_in(text: str, marks: tuple[str, ...]) -> list[str]:
    """Marks that turn up, figures only where they stand alone."""
    return [
        m for m in marks if re.search(rf"(?<![\d.,]){re.escape(m)}(?!\d)" if m[0].isdigit() else re.escape(m), text)
    ]
