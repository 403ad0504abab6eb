"""Pages as HTML, without JavaScript: what is on them and where they lead."""

from __future__ import annotations

import csv
import io

import pytest

from lienvung.web.links import other_language
from tests.api.asgi import Client
from tests.web.conftest import Page

PAGES = (
    "/vi/",
    "/en/",
    "/vi/?ranh-gioi=34",
    "/vi/chi-tieu",
    "/en/indicators",
    "/vi/chi-tieu/POP_AVG",
    "/en/indicators/POP_AVG?hinh=cot",
    "/vi/chi-tieu/GRDP_CUR?hinh=ban-do",
    "/vi/dia-ban",
    "/en/areas",
    "/vi/dia-ban/74@2004",
    "/en/areas/79@2025-07-01",
    "/vi/tim?q=dong+nai",
    "/en/search",
    "/vi/dot-cong-bo",
    "/en/releases",
    "/vi/nguon-so/POP_AVG/74@2004/2016",
)


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_whole(address: str, portal: Client) -> None:
    from lxml import html

    answer = portal.get(address)
    assert answer.status_code == 200
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["etag"]
    tree = html.fromstring(answer.content)
    assert tree.get("lang") == address[1:3]
    assert len(tree.xpath("//h1")) == 1
    assert {link.get("hreflang") for link in tree.xpath("//link[@rel='alternate']")} == {"vi", "en"}
    assert not tree.xpath(
        "//script[not(@src) and not(@type='application/json')] | //*[@style] | //style | //*[@onclick]"
    )
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert portal.get(address, {"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_the_root_goes_to_the_readers_language(portal: Client) -> None:
    assert portal.get("/").headers["location"] == "/vi/"
    assert portal.get("/", {"Accept-Language": "en-GB,vi;q=0.5"}).headers["location"] == "/en/"


def test_all_indicators_are_listed_those_without_figures_too(page: Page) -> None:
    tree = page("/vi/chi-tieu")
    keys = {text.strip() for text in tree.xpath("//tbody//td[1]/text()")}
    assert len({key for key in keys if key}) >= 164
    assert "chưa có số liệu" in tree.text_content()


def test_the_table_shows_the_published_figure_and_leads_to_its_source(page: Page) -> None:
    tree = page("/vi/chi-tieu/POP_AVG?dia-ban=74@2004&tu=2016&den=2016")
    links = tree.xpath("//table[contains(@class,'figures')]//td/a")
    assert [link.text for link in links] == ["2.138,8"]
    trace = page(links[0].get("href"))
    assert {"2.138,8", "1.995,8"} <= set(trace.xpath("//*[@class='value']/text()"))
    assert trace.xpath("//code/text()")[0].isalnum()


def test_both_clocks_are_fields_and_are_obeyed(page: Page) -> None:
    tree = page("/vi/chi-tieu/POP_AVG?dia-ban=74@2004&tu=2016&den=2016&cong-bo=2018-12-31")
    assert tree.xpath("//table[contains(@class,'figures')]//td/a/text()") == ["1.995,8"]
    assert tree.xpath("//input[@name='cong-bo']/@value") == ["2018-12-31"]
    assert tree.xpath("//input[@name='ghi-nhan']")


def test_a_vintage_is_marked(page: Page) -> None:
    cell = page("/vi/chi-tieu/POP_AVG?dia-ban=74@2004&tu=2016&den=2016").xpath("//table//td")[0]
    assert "↻" in cell.text_content()


def test_the_form_keeps_the_view(page: Page) -> None:
    tree = page("/vi/chi-tieu/POP_AVG?dia-ban=74@2004&dia-ban=75@2004&tu=2016&hinh=cot")
    assert tree.xpath("//input[@type='checkbox' and @checked]/@value") == ["74@2004", "75@2004"] or set(
        tree.xpath("//input[@type='checkbox' and @checked]/@value")
    ) == {"74@2004", "75@2004"}
    assert tree.xpath("//input[@name='tu']/@value") == ["2016"]
    assert tree.xpath("//input[@type='hidden' and @name='hinh']/@value") == ["cot"]


def test_a_drawing_is_in_the_page_without_javascript(page: Page) -> None:
    tree = page("/vi/chi-tieu/POP_AVG")
    assert len(tree.xpath("//figure//*[name()='svg']")) == 2
    assert "TP. Hồ Chí Minh" in tree.xpath("//figure//*[name()='svg']/@aria-label")[0]


def test_a_code_with_two_meanings_is_refused_with_the_choices(portal: Client) -> None:
    answer = portal.get("/vi/dia-ban/80")
    assert answer.status_code == 400
    assert "80@2004" in answer.text
    assert "80@2025-07-01" in answer.text


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/vi/khong-co", 404),
        ("/vi/chi-tieu/XYZ", 404),
        ("/en/indicators/POP_AVG?tu=abc", 400),
        ("/vi/chi-tieu/POP_AVG?hinh=tron", 400),
        ("/vi/?ranh-gioi=12", 400),
        ("/vi/chi-tieu/POP_AVG/tai-ve.exe", 400),
        ("/assets/../../secrets", 404),
        ("/assets/%2e%2e/%2e%2e/errors.py", 404),
    ],
)
def test_errors_have_their_status_and_their_language(address: str, status: int, portal: Client) -> None:
    answer = portal.get(address)
    assert answer.status_code == status
    if not address.startswith("/assets"):
        assert f'<html lang="{address[1:3]}"' in answer.text
    assert "<script>alert" not in portal.get("/vi/tim?q=<script>alert(1)</script>").text


def test_search_folds_accents(page: Page) -> None:
    found = page("/vi/tim?q=dong nai").xpath("//ul[contains(@class,'results')]//a/text()")
    assert found[0].startswith("Đồng Nai")
    assert any(
        "Dân số" in text for text in page("/vi/tim?q=dan so").xpath("//ul[contains(@class,'results')]//a/text()")
    )


def test_succession_leads_from_old_to_new(page: Page) -> None:
    old = page("/vi/dia-ban/74@2004").xpath("//main//a/@href")
    assert "/vi/dia-ban/79@2025-07-01" in old
    assert "/vi/dia-ban/74@2004" in page("/vi/dia-ban/79@2025-07-01").xpath("//main//a/@href")


def test_downloads_hold_what_is_shown(portal: Client) -> None:
    view = "?dia-ban=74@2004&tu=2016&den=2018"
    rows = list(
        csv.DictReader(io.StringIO(portal.get(f"/vi/chi-tieu/POP_AVG/tai-ve.csv{view}").content.decode("utf-8-sig")))
    )
    assert [(row["area"], row["period"]) for row in rows] == [("74", "2016"), ("74", "2017"), ("74", "2018")]
    assert rows[0]["value"] == "2138.8"
    for form, start in (("xlsx", b"PK"), ("svg", b"<svg"), ("png", b"\x89PNG")):
        answer = portal.get(f"/vi/chi-tieu/POP_AVG/tai-ve.{form}{view}")
        assert answer.content.startswith(start)
        assert f"pop_avg.{form}" in answer.headers["content-disposition"]


def test_a_total_is_made_only_where_adding_is_the_rule(page: Page) -> None:
    cards = page("/vi/").xpath("//article")
    totals = {card.xpath(".//h3")[0].text_content(): bool(card.xpath(".//tr[@class='total']")) for card in cards}
    assert totals["Dân số trung bình"] is True
    assert totals["Tỷ lệ thất nghiệp"] is False


def test_the_same_page_in_the_other_language() -> None:
    assert (
        other_language("/vi/chi-tieu/POP_AVG/tai-ve.csv", "tu=2016", "en")
        == "/en/indicators/POP_AVG/download.csv?tu=2016"
    )
    assert other_language("/en/areas/74@2004", "", "vi") == "/vi/dia-ban/74@2004"


def test_a_province_that_belongs_in_part_makes_no_total(page: Page) -> None:
    assert page("/vi/").xpath("//tr[@class='total']")
    assert not page("/vi/?ranh-gioi=34").xpath("//tr[@class='total']")
