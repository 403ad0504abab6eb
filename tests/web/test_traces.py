"""A figure that was published, corrected and published again, as a reader traces it."""

from __future__ import annotations

import re

import pyarrow as pa
import pytest
from lxml import html

from lienvung.app import create_app
from lienvung.assemble import World, open_world
from lienvung.domain.clocks import OPEN_INSTANT
from lienvung.pipeline import Works
from lienvung.present.numbers import format_instant
from lienvung.query.vintages import find_vintages
from lienvung.settings import load_settings
from lienvung.store.packs import load_catalogue
from lienvung.workflow.actors import local_operator
from tests.api.asgi import Client
from tests.conftest import Home

ROW = (
    "# lienvung: tidy/1\n# boundary: 2004\nindicator,area,period,value,unit,issuer,published\n"
    "FDI_CAP_CUM,74,2016,{value},USD_MN,PROV_74,{published}\n"
)
SAID = (("26599.7", "2017-06"), ("26411.3", "2018-06"), ("26400.5", "2019-06"))


@pytest.fixture
def world(empty: Home) -> World:
    """Three publications of one figure, one after the other."""
    settings = load_settings({"LIENVUNG_HOME": str(empty.path), "LIENVUNG_PACK": str(empty.pack)})
    works = Works(settings, load_catalogue(empty.pack))
    for value, published in SAID:
        path = empty.path.parent / f"{published}.csv"
        path.write_text(ROW.format(value=value, published=published), "utf-8")
        submission, _ = works.submit_file(path, local_operator("an"))
        works.approve(submission.id, local_operator("binh"))
        works.publish([submission.id], local_operator("binh"))
    return open_world(settings)


def rows_of(world: World) -> pa.Table:
    return find_vintages(world.reader, "FDI_CAP_CUM", "74@2004", period="2016")


def cards(world: World, lang: str = "vi") -> list[html.HtmlElement]:
    word = "nguon-so" if lang == "vi" else "trace"
    answer = Client(create_app(world)).get(f"/{lang}/{word}/FDI_CAP_CUM/74@2004/2016")
    assert answer.status_code == 200
    return list(html.fromstring(answer.content).xpath("//section[contains(@class,'vintage')]"))


def recorded(card: html.HtmlElement, term: str = "Hệ thống ghi nhận") -> list[str]:
    """The lines of a card on when the store believed it."""
    (told,) = card.xpath(f".//dt[text()='{term}']/following-sibling::dd")
    return [re.sub(r"\s+", " ", line).strip() for line in told.itertext()]


def test_each_vintage_is_shown_once_what_stands_first(world: World) -> None:
    assert rows_of(world).num_rows == 5, "two of the three are kept with two beliefs each"
    found = [c.xpath("string(.//span[@class='value'])") for c in cards(world)]
    assert found == ["26.400,5", "26.411,3", "26.599,7"]
    tags = [c.xpath("string(.//span[@class='tag'])") for c in cards(world)]
    assert len(set(tags[1:])) == 1 and tags[0] != tags[1]


def test_every_record_period_of_a_vintage_is_told_with_what_was_known_then(world: World) -> None:
    rows = rows_of(world).to_pylist()
    for card, (value, _) in zip(cards(world), reversed(SAID), strict=True):
        lines = recorded(card)
        own = sorted((r for r in rows if r["value"] == float(value)), key=lambda r: r["recorded_from"], reverse=True)
        assert len(lines) == len(own)
        for line, row in zip(lines, own, strict=True):
            assert line.startswith(format_instant(row["recorded_from"], "vi"))
            is_over = row["recorded_to"] < OPEN_INSTANT
            assert (f"đến {format_instant(row['recorded_to'], 'vi')}" in line) is is_over
    first = cards(world)[2]
    newest, oldest = recorded(first)
    assert "được thay bằng bản công bố" in newest
    assert oldest.endswith("chưa có bản thay thế")
    assert recorded(cards(world, "en")[2], "Recorded here")[1].endswith("not replaced")
