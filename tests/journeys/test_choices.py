"""A choice among claims goes through every door without ever counting as a figure."""

from __future__ import annotations

import pytest

from lienvung.app import create_app
from lienvung.assemble import open_world
from lienvung.pipeline import Works
from lienvung.settings import load_settings
from lienvung.store.packs import load_catalogue
from lienvung.workflow.actors import local_operator
from tests.api.asgi import Client
from tests.conftest import PACK, Home

FACT = {"indicator": "FDI_CAP_CUM", "area_key": "74@2004", "activity": "_T", "breakdown": "_T", "period": "2016"}
ROWS = (
    "# lienvung: tidy/1\n# boundary: 2004\nindicator,area,period,value,unit,issuer,published\n"
    "FDI_CAP_CUM,74,2016,26599.7,USD_MN,GSO,2017-06\n"
    "FDI_CAP_CUM,74,2016,26696.668401,USD_MN,FIA,2017-06\n"
)


@pytest.fixture
def client(empty: Home) -> Client:
    settings = load_settings({"LIENVUNG_HOME": str(empty.path), "LIENVUNG_PACK": str(empty.pack)})
    works = Works(settings, load_catalogue(empty.pack))
    path = empty.path.parent / "a.csv"
    path.write_text(ROWS, "utf-8")
    submission, _ = works.submit_file(path, local_operator("an"))
    works.approve(submission.id, local_operator("binh"))
    works.publish([submission.id], local_operator("binh"))
    works.choose_claim(FACT, "FIA", local_operator("chi"), "Cơ quan cấp phép")
    return Client(create_app(open_world(settings)))


def test_every_door_shows_two_figures_and_no_third(client: Client) -> None:
    plain = client.get("/api/observations?indicator=FDI_CAP_CUM&areas=74@2004")
    assert plain.status_code == 200
    rows = plain.json()["rows"]
    assert [(r["issuer"], r["is_chosen"], r["choice_by"]) for r in rows] == [
        ("FIA", True, "chi"),
        ("GSO", False, "chi"),
    ]
    flow = load_catalogue(PACK).dataflow_of("FDI_CAP_CUM")
    message = client.get(
        f"/sdmx/v2/data/dataflow/LIENVUNG/{flow}/1.0.0?c[INDICATOR]=FDI_CAP_CUM",
        {"Accept": "application/vnd.sdmx.data+csv;version=2.0.0"},
    )
    assert message.status_code == 200
    assert len(message.text.strip().splitlines()) == 3 and "CHOICE" not in message.text
    pages = (
        "/vi/", "/vi/chi-tieu/FDI_CAP_CUM", "/vi/chi-tieu/FDI_CAP_CUM/tai-ve.xlsx", "/vi/dia-ban/74@2004",
        "/vi/dot-cong-bo",
    )  # fmt: skip
    answers = {address: client.get(address) for address in pages}
    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(pages, 200)
    assert "Chọn số: FDI_CAP_CUM 74@2004 2016: FIA" in answers["/vi/dot-cong-bo"].text


def test_the_checks_do_not_take_a_choice_for_a_third_claim(client: Client, empty: Home) -> None:
    del client
    settings = load_settings({"LIENVUNG_HOME": str(empty.path), "LIENVUNG_PACK": str(empty.pack)})
    judged = Works(settings, load_catalogue(empty.pack)).check_published()
    assert [[f.issuer for f in j.discrepancy.facts] for j in judged] == [["FIA", "GSO"]]
