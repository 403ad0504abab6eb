"""Layers of points sent in by an analyst: the pairs, what cannot be used, and nobody else gets in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import html

from lienvung.workflow.actors import Grant, Role
from lienvung.workflow.identity import NewAccount, Visitor
from tests.gate.browser import form_values
from tests.web.staff import PASSWORD, Staff, open_staff

PAGE = "/vi/cong-trinh-trung"


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Staff:
    staff = open_staff(tmp_path_factory.mktemp("staff"))
    app: Any = staff.app
    identity = app.state.world.identity
    admin = identity.actor_of_session(identity.sign_in("quan", PASSWORD, Visitor("198.51.100.7")).secret)
    identity.add_account(NewAccount("dung", "Dung", "", (Grant(Role.ANALYST),)), admin, PASSWORD)
    return staff


def points(*places: tuple[float, float], kind: str = "cảng cạn") -> str:
    features = [
        {"type": "Feature", "properties": {"ten": f"Cảng <{n}>", "loai": kind},
         "geometry": {"type": "Point", "coordinates": place}}
        for n, place in enumerate(places)
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features})


def send(staff: Staff, login: str, radius: str, **layers: str) -> Any:
    browser = staff.of(login)
    form = next(f for f in browser.open(PAGE).forms if str(f.action).endswith(PAGE))
    data = {k: v for k, v in form_values(form).items() if not k.startswith("lop_")} | {"ban_kinh": radius}
    return staff.post(browser, PAGE, data, {k: (f"{k}.geojson", v) for k, v in layers.items()})


def test_the_pairs_within_one_catchment_are_told(staff: Staff) -> None:
    answer = send(staff, "dung", "30", lop_a=points((106, 10)), lop_b=points((106, 10.18), (107, 11)))
    read = html.fromstring(answer.content)
    assert answer.status_code == 200 and "1 cặp trong cùng bán kính" in read.text_content()
    cells = [" ".join(c.text_content().split()) for c in read.xpath("//tbody/tr/*")]
    assert cells == ["cảng cạn", "Cảng <0> lop_a.geojson", "Cảng <0> lop_b.geojson", "19,91"]
    none = send(staff, "dung", "19,5", lop_a=points((106, 10)), lop_b=points((106, 10.18)))
    assert "Không có hai công trình cùng loại" in none.text


@pytest.mark.parametrize(
    ("radius", "layer", "said"),
    [("xa", points((106, 10)), "xa"), ("30", points((10, 106)), "nằm ngoài Việt Nam"), ("30", "{", "lop_a.geojson"),
     ("-1", points((106, 10)), "-1")],
)  # fmt: skip
def test_what_cannot_be_used_is_said_above_the_form(staff: Staff, radius: str, layer: str, said: str) -> None:
    answer = send(staff, "dung", radius, lop_a=layer)
    assert 400 <= answer.status_code < 500
    assert said in html.fromstring(answer.content).xpath("string(//*[@role='alert'])")


def test_nobody_else_gets_in(staff: Staff) -> None:
    assert staff.of("an").send("GET", PAGE).status_code == 403
    assert staff.of("").send("GET", PAGE).status_code in (303, 401)
