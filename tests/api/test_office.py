"""The office through the API, with a token: every step, and what is refused."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from lienvung.assemble import World
from lienvung.errors import NotSignedIn
from lienvung.pipeline import Works
from lienvung.publish.release import prepare_store
from lienvung.settings import load_settings
from lienvung.workflow.actors import Actor, Grant, Role
from tests.api.conftest import make_app
from tests.conftest import PACK

TIDY = "# lienvung: tidy/1\n# indicator: UNEMP_RATE\n# issuer: PROV_74\n# boundary: 2004\n# published: {published}\n"
PEOPLE = {
    "an": Actor("an", "An", (Grant(Role.PROVIDER, "PROV_74"),), "token"),
    "bay": Actor("bay", "Bảy", (Grant(Role.PROVIDER, "PROV_75"),), "token"),
    "chi": Actor("chi", "Chi", (Grant(Role.STEWARD),), "token"),
}


def actor_of_token(token: str) -> Actor:
    if token not in PEOPLE:
        raise NotSignedIn()
    return PEOPLE[token]


Ask = Callable[..., httpx.Response]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """Ask as a person: ``ask("an", "GET", "/api/v1/inbox")``."""
    pack = tmp_path / "pack"
    shutil.copytree(PACK, pack, ignore=shutil.ignore_patterns("figures"))
    (pack / "figures").mkdir()
    env = {"LIENVUNG_HOME": str(tmp_path / "home"), "LIENVUNG_PACK": str(pack), "LIENVUNG_UPLOAD_MB": "1"}
    world = World(load_settings(env))
    prepare_store(world.settings.store)
    identity = SimpleNamespace(actor_of_token=actor_of_token, note_refusal=lambda *_: None)
    app = make_app(SimpleNamespace(settings=world.settings, catalogue=world.catalogue, reader=world.reader,
                                   identity=identity))  # type: ignore[arg-type]  # fmt: skip

    async def send(who: str, method: str, address: str, **more: Any) -> httpx.Response:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        headers = {"Authorization": f"Bearer {who}"} if who else {}
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, address, headers=headers, **more)

    def call(who: str, method: str, address: str, **more: Any) -> httpx.Response:
        return asyncio.run(send(who, method, address, **more))

    call.works = Works(world.settings, world.catalogue)  # type: ignore[attr-defined]
    return call


def tidy(value: str, published: str = "2025-01") -> dict[str, tuple[str, bytes]]:
    text = TIDY.format(published=published) + f"area,period,value,status\n74,2024,{value},estimate\n"
    return {"file": ("../../bảng 1.csv", text.encode())}


def send(ask: Ask, value: str, published: str = "2025-01", who: str = "an") -> str:
    done = ask(who, "POST", "/api/v1/submissions", files=tidy(value, published), data={"hand_in": "true"})
    assert done.status_code == 201, done.text
    assert done.json()["state"] == "submitted"
    return str(done.json()["id"])


def test_from_file_to_withdrawal_with_a_token(ask: Ask) -> None:
    first = send(ask, "2.61")
    shown = ask("an", "GET", f"/api/v1/submissions/{first}").json()
    assert (shown["file_name"], shown["agency"], shown["version"]) == ("bảng 1.csv", "PROV_74", 1)
    assert [s["id"] for s in ask("chi", "GET", "/api/v1/inbox").json()["waiting"]] == [first]
    assert ask("chi", "POST", f"/api/v1/submissions/{first}/approve", json={"version": 1}).json()["state"] == "approved"
    assert ask("chi", "POST", f"/api/v1/submissions/{first}/publish").status_code == 201
    second = send(ask, "2.5", "2026-01")
    told = ask("chi", "GET", f"/api/v1/submissions/{second}/difference?lang=vi").json()
    assert (told["changed"], told["new"], told["sentence"]) == (
        1,
        0,
        "Hồ sơ thay đổi 1 số đã công bố, lớn nhất −4,2 %.",
    )
    assert (told["rows"][0]["old"], told["rows"][0]["new"], told["rows"][0]["cell"]) == (2.61, 2.5, "C7")
    said = ask("chi", "POST", f"/api/v1/submissions/{second}/comments", json={"text": "Vì sao giảm?", "cell": "C7"})
    assert said.status_code == 201
    back = ask("chi", "POST", f"/api/v1/submissions/{second}/return", json={"reason": "giải trình ô C7"})
    assert (back.json()["state"], back.json()["return_reason"]) == ("returned", "giải trình ô C7")
    assert ask("an", "GET", "/api/v1/inbox").json()["waiting"][0]["id"] == second
    mended = ask("an", "POST", f"/api/v1/submissions/{second}/file", files=tidy("2.55", "2026-01")).json()
    assert (mended["state"], mended["version"]) == ("checked", 2)
    assert ask("an", "POST", f"/api/v1/comments/{said.json()['number']}/answer").json()["answered_by"] == "an"
    assert ask("an", "POST", f"/api/v1/submissions/{second}/hand-in").json()["state"] == "submitted"
    stale = ask("chi", "POST", f"/api/v1/submissions/{second}/approve", json={"version": 1})
    assert stale.status_code == 409 and "SubmissionChanged" in stale.text
    assert ask("chi", "POST", f"/api/v1/submissions/{second}/approve").status_code == 200
    assert ask("chi", "POST", "/api/v1/releases", json={"submissions": [second]}).status_code == 201
    assert ask("an", "GET", f"/api/v1/submissions/{first}").json()["state"] == "superseded"
    gone = ask("chi", "POST", f"/api/v1/submissions/{second}/withdraw", json={"reason": "nhầm biểu"})
    assert (gone.status_code, gone.json()["submission"]["state"]) == (201, "withdrawn")
    assert ask("chi", "POST", f"/api/v1/submissions/{second}/withdraw", json={"reason": "x"}).status_code == 409
    assert ask("", "GET", "/api/observations?indicator=UNEMP_RATE").json()["rows"][0]["value"] == 2.61
    kinds = [s["kind"] for s in ask("an", "GET", f"/api/v1/submissions/{second}/steps").json()["rows"]]
    assert kinds == [
        "draft", "hand_in", "comment", "return", "replace", "answer", "hand_in", "approve", "publish", "withdraw",
    ]  # fmt: skip


def test_a_release_is_scheduled_and_seen_by_nobody_before(ask: Ask) -> None:
    number = send(ask, "2.61")
    ask("chi", "POST", f"/api/v1/submissions/{number}/approve")
    past = ask("chi", "POST", f"/api/v1/submissions/{number}/publish", json={"at": "2020-01-01T09:00+07:00"})
    assert past.status_code == 400 and "EmbargoPast" in past.text
    assert (
        ask("chi", "POST", f"/api/v1/submissions/{number}/publish", json={"at": "2050-01-01T09:00"}).status_code == 400
    )
    later = (datetime.now(UTC) + timedelta(days=2)).isoformat()
    done = ask("chi", "POST", f"/api/v1/submissions/{number}/publish", json={"at": later})
    assert (done.status_code, done.json()["release"]) == (202, None)
    assert done.json()["submissions"][0]["state"] == "scheduled"
    assert ask("", "GET", "/api/observations?indicator=UNEMP_RATE").json().get("count", 0) == 0
    off = ask("chi", "POST", f"/api/v1/submissions/{number}/unschedule", json={"reason": "chờ văn bản"})
    assert off.json()["state"] == "approved"


def test_another_agency_s_draft_reads_like_one_that_does_not_exist(ask: Ask) -> None:
    number = send(ask, "2.61")
    for tail in ("", "/findings", "/difference", "/claims", "/steps", "/comments"):
        theirs = ask("bay", "GET", f"/api/v1/submissions/{number}{tail}")
        none = ask("bay", "GET", f"/api/v1/submissions/S99{tail}")
        assert (theirs.status_code, none.status_code) == (404, 404), tail
        assert theirs.text.replace(number, "S99") == none.text
    for step in ("file", "hand-in", "discard", "recheck", "warnings"):
        more: dict[str, Any] = {"files": tidy("1")} if step == "file" else {"json": {"rule": "x", "reason": "x"}}
        assert ask("bay", "POST", f"/api/v1/submissions/{number}/{step}", **more).status_code == 404, step
    same = ask("bay", "POST", "/api/v1/submissions", files=tidy("2.61"))
    assert same.status_code == 201, "the same file of another agency is nobody's business"
    assert [s["id"] for s in ask("bay", "GET", "/api/v1/submissions").json()["rows"]] == [same.json()["id"]]
    assert ask("an", "POST", "/api/v1/submissions", files=tidy("2.61")).status_code == 409


@pytest.mark.parametrize(("who", "step", "status"), [
    ("an", "approve", 403), ("an", "publish", 403), ("an", "withdraw", 403), ("an", "return", 403),
    ("", "approve", 401), ("nobody", "approve", 401), ("chi", "publish", 409), ("chi", "withdraw", 409),
])  # fmt: skip
def test_steps_without_the_right_or_out_of_order(ask: Ask, who: str, step: str, status: int) -> None:
    number = send(ask, "2.61")
    done = ask(who, "POST", f"/api/v1/submissions/{number}/{step}", json={"reason": "x"})
    assert done.status_code == status, done.text
    assert ask("an", "GET", f"/api/v1/submissions/{number}").json()["state"] == "submitted"


@pytest.mark.parametrize("body", [b"[1]", b"{", b'{"reason": 3}', b'{"reason": ""}', b"\xff", b"[" * 60_000])
def test_bodies_that_are_none(ask: Ask, body: bytes) -> None:
    number = send(ask, "2.61")
    assert ask("chi", "POST", f"/api/v1/submissions/{number}/return", content=body).status_code == 400
    assert ask("chi", "POST", f"/api/v1/submissions/{number}/return", content=b" " * 70_000).status_code == 413


def test_files_past_the_limit_stop_as_they_stream(ask: Ask) -> None:
    big = {"file": ("a.csv", b"x" * (2 * 2**20))}
    assert ask("an", "POST", "/api/v1/submissions", files=big).status_code == 413

    async def endless() -> Any:
        yield b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        for _ in range(400):
            yield b"x" * 2**16

    kind = {"content": endless(), "params": {}}
    done = ask("an", "POST", "/api/v1/submissions", **kind)
    assert done.status_code in (400, 413)
    assert ask("an", "POST", "/api/v1/submissions", data={"agency": "x"}).status_code == 400


def test_the_calendar_and_what_is_owed(ask: Ask) -> None:
    told = {"agency": "PROV_74", "title_vi": "Thất nghiệp", "freq": "A", "due_day": 31, "due_months": 1,
            "indicators": ["UNEMP_RATE"], "legal_basis": "thử", "valid_from": "2024-01-01"}  # fmt: skip
    assert ask("an", "POST", "/api/v1/calendar", json=told).status_code == 403
    assert ask("chi", "POST", "/api/v1/calendar", json=told | {"due_day": 40}).status_code == 400
    assert ask("chi", "POST", "/api/v1/calendar", json=told | {"agency": "KHONG"}).status_code == 404
    kept = ask("chi", "POST", "/api/v1/calendar", json=told)
    assert (kept.status_code, kept.json()["number"]) == (201, 1)
    duties = ask("an", "GET", "/api/v1/calendar").json()["rows"]
    assert {d["state"] for d in duties} <= {"owed", "overdue"} and duties
    assert ask("bay", "GET", "/api/v1/calendar").json()["rows"] == []
    text = ask("an", "GET", "/api/v1/calendar.ics?lang=vi").text
    assert text.count("BEGIN:VEVENT") == len(duties) and "Thất nghiệp" in text
    assert ask("", "GET", "/api/v1/inbox").status_code == 401
