"""A choice between two issuers' claims, as a reader sees it."""

from __future__ import annotations

import pytest
from lxml import html

from lienvung.app import create_app
from lienvung.assemble import open_world
from lienvung.pipeline import Works
from lienvung.settings import load_settings
from lienvung.store.packs import load_catalogue
from lienvung.workflow.actors import local_operator
from tests.api.asgi import Client
from tests.conftest import Home

ROWS = (
    "# lienvung: tidy/1\n# boundary: 2004\nindicator,area,period,value,unit,issuer,published\n"
    "FDI_CAP_CUM,74,2016,26599.7,USD_MN,GSO,2017-06\n"
    "FDI_CAP_CUM,74,2016,26411.3,USD_MN,FIA,2017-06\n"
)


@pytest.fixture
def chosen(empty: Home) -> Client:
    """A portal where Chi chose the investment agency's figure over the statistics office's."""
    settings = load_settings({"LIENVUNG_HOME": str(empty.path), "LIENVUNG_PACK": str(empty.pack)})
    works = Works(settings, load_catalogue(empty.pack))
    path = empty.path.parent / "a.csv"
    path.write_text(ROWS, "utf-8")
    submission, _ = works.submit_file(path, local_operator("an"))
    works.approve(submission.id, local_operator("binh"))
    works.publish([submission.id], local_operator("binh"))
    fact = ("check", "choose", "FDI_CAP_CUM", "74", "2016")
    assert empty.run(*fact, "--issuer", "FIA", "--reason", "Cơ quan cấp phép", user="chi").code == 0
    return Client(create_app(open_world(settings)))


def page_of(portal: Client, address: str) -> html.HtmlElement:
    answer = portal.get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content)


@pytest.mark.parametrize(("issuer", "said"), [("FIA", "Số được chọn"), ("GSO", "số được chọn là của")])
def test_table_and_trace_say_who_chose_when_and_why(chosen: Client, issuer: str, said: str) -> None:
    table = page_of(chosen, f"/vi/chi-tieu/FDI_CAP_CUM?dia-ban=74@2004&nguon={issuer}")
    (mark,) = table.xpath("//table[contains(@class,'figures')]//td//abbr[text()='✓']/@title")
    trace = page_of(chosen, f"/vi/nguon-so/FDI_CAP_CUM/74@2004/2016?nguon={issuer}")
    notice = trace.xpath("//p[contains(@class,'chosen')]")[0].text_content()
    for text in (mark, notice):
        assert said in text
        assert "chi" in text
        assert "Cơ quan cấp phép" in text
    assert "lựa chọn giữa các nơi công bố" in table.xpath("//ul[contains(@class,'legend')]")[0].text_content()


def test_where_nobody_chose_nothing_is_said(chosen: Client) -> None:
    before = page_of(chosen, "/vi/chi-tieu/FDI_CAP_CUM?dia-ban=74@2004&cong-bo=2017-12-31")
    assert before.xpath("//table[contains(@class,'figures')]//td/a/text()")
    assert not before.xpath("//abbr[text()='✓']")
