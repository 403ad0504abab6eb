"""Indicators on other boundaries and as a total, as a reader sees them; computed figures down to their cells."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from tests.api.asgi import Client
from tests.web.conftest import Page

NEW = "dia-gioi=2025-07-01"
TABLE = "//table[contains(@class,'figures')]"


def number(text: str) -> Decimal:
    return Decimal(text.strip().replace(".", "").replace(",", "."))


@pytest.mark.parametrize(
    "address",
    [
        f"/vi/chi-tieu/GRDP_CUR?{NEW}",
        f"/en/indicators/POP_AVG?{NEW}&hinh=ban-do&ky=2022",
        f"/vi/chi-tieu/POP_AVG?{NEW}&tong=1&hinh=cot",
        f"/vi/chi-tieu/PCI?{NEW}",
        f"/en/trace/GRDP_CUR/79@2025-07-01/2020?{NEW}",
        "/vi/dieu-chinh/POP_AVG/74@2004",
        "/en/revisions/GRDP_GROWTH/74@2004",
    ],
)
def test_every_page_is_whole(address: str, page: Page, portal: Client) -> None:
    tree = page(address)
    assert tree.get("lang") == address[1:3]
    assert len(tree.xpath("//h1")) == 1
    assert not tree.xpath("//script[not(@src) and not(@type='application/json')] | //*[@style] | //style")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    etag = portal.get(address).headers["etag"]
    assert portal.get(address, {"If-None-Match": etag}).status_code == 304
    other = tree.xpath(f"//link[@hreflang='{'en' if address[1:3] == 'vi' else 'vi'}']/@href")[0]
    assert portal.get(other).status_code == 200


def test_published_stands_first_and_computed_ones_beside_it_marked(page: Page) -> None:
    tree = page(f"/vi/chi-tieu/GRDP_CUR?{NEW}&dia-ban=79@2025-07-01&tu=2020&den=2020")
    cell = tree.xpath(f"{TABLE}//td")[0]
    assert [a.text for a in cell.xpath(".//a")] == ["2.053.176", "2.070.845", "2.053.159"]
    assert cell.xpath("./a/following-sibling::sup[contains(@class,'made')]") == []
    assert cell.xpath("./span//sup[contains(@class,'made')]/abbr/text()") == ["TT", "TT"]
    assert "hệ thống tính từ số đã công bố" in tree.xpath("//ul[contains(@class,'legend')]")[0].text_content()


def test_the_drawing_shows_one_computed_series_and_says_which(page: Page) -> None:
    tree = page(f"/vi/chi-tieu/GRDP_CUR?{NEW}&dia-ban=79@2025-07-01")
    said = tree.xpath("//figure/following-sibling::p")[0].text_content()
    assert "như đã công bố" in said
    assert "cộng các thành viên" in said
    assert "tỷ số × mẫu số" not in said


def test_a_computed_figure_opens_to_its_formula_and_down_to_cells(page: Page) -> None:
    cell = page(f"/vi/chi-tieu/POP_AVG?{NEW}&dia-ban=79@2025-07-01&tu=2022&den=2022").xpath(f"{TABLE}//td//a")[0]
    trace = page(cell.get("href"))
    inputs = trace.xpath("//table[contains(@class,'inputs')]//tbody//td[contains(@class,'right')][1]/a")
    assert len(inputs) == 3
    total = sum(number(a.text) for a in inputs)
    assert abs(total - number(cell.text)) <= Decimal("0.05"), "the table shows one decimal"
    assert total == number(trace.xpath("//*[@class='value']/text()")[0])
    said = [e.text_content() for e in trace.xpath("//dd[@class='formula']")]
    assert "Dân số trung bình (Bình Dương)" in said[0]
    assert " + ".join(a.text for a in inputs) in said[1]
    leaf = page(inputs[0].get("href"))
    assert inputs[0].text in [e.text_content() for e in leaf.xpath("//*[@class='value']")]
    assert leaf.xpath("//code")[0].text.isalnum()


def test_an_estimate_is_marked_and_what_is_lost_is_told(page: Page) -> None:
    tree = page(f"/vi/chi-tieu/POP_AVG?{NEW}&tong=1&tu=2022&den=2022")
    assert tree.xpath(f"{TABLE}//td//sup/abbr/text()")[0] == "ƯL"
    box = tree.xpath("//div[contains(@class,'territory')]")[0].text_content()
    assert "Đồng Tháp (trước 1/7/2025)" in box
    assert "KTTD-PN@" not in box
    trace = page(tree.xpath(f"{TABLE}//td/a/@href")[0])
    assert "ước tính: phần chia theo Dân số trung bình" in trace.text_content()
    assert trace.xpath("//td[@data-label='Phần tính' and contains(., '%')]")


def test_a_total_on_old_boundaries_is_exact_while_all_members_speak(page: Page) -> None:
    tree = page("/vi/chi-tieu/POP_AVG?dia-gioi=2004&tong=1&tu=2022&den=2022")
    assert tree.xpath(f"{TABLE}//td/a/text()") == ["22.330,3"]
    assert tree.xpath(f"{TABLE}//td//sup/abbr/text()") == ["TT"]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        (f"/vi/chi-tieu/PCI?{NEW}", "không suy ra được từ các địa bàn thành phần"),
        ("/vi/chi-tieu/IIP?tong=1", "quyền số không được công bố"),
        ("/en/indicators/GRDP_GROWTH?dia-gioi=2004&tong=1", "is lacking"),
    ],
)
def test_what_no_rule_allows_is_explained_and_leads_on(address: str, reason: str, page: Page) -> None:
    tree = page(address)
    said = tree.xpath("//section[contains(@class,'refusal')]")[0]
    assert reason in said.text_content()
    assert "lienvung get" not in said.text_content()
    nearest = page(said.xpath(".//li/a/@href")[0])
    assert nearest.xpath(f"{TABLE}//td/a")
    assert tree.xpath("//select[@name='dia-gioi']")


def test_an_unknown_boundary_is_an_error_with_the_choices(portal: Client) -> None:
    answer = portal.get("/vi/chi-tieu/POP_AVG?dia-gioi=1900")
    assert answer.status_code == 400
    assert "2025-07-01" in answer.text


def test_as_published_is_the_same_page_as_without_a_choice(page: Page) -> None:
    plain, asked = (page(f"/vi/chi-tieu/POP_AVG{q}").xpath(f"{TABLE}//td/a/text()") for q in ("", "?dia-gioi=nguon"))
    assert plain == asked


def test_all_members_of_the_region_mean_the_region(page: Page) -> None:
    plain = page("/vi/chi-tieu/POP_AVG")
    checked = plain.xpath("//input[@name='dia-ban' and @checked]/@value")
    assert len(checked) == 8
    tree = page(f"/vi/chi-tieu/POP_AVG?{NEW}&" + "&".join(f"dia-ban={key}" for key in checked))
    assert tree.xpath(f"{TABLE}//thead/tr/th/text()")[1:] == ["Đồng Nai", "TP. Hồ Chí Minh", "Tây Ninh"]
    assert len(tree.xpath("//div[contains(@class,'territory')]//li")) == 1


def test_the_form_keeps_boundary_and_total(page: Page) -> None:
    tree = page("/vi/chi-tieu/POP_AVG?dia-gioi=2004&tong=1")
    assert tree.xpath("//select[@name='dia-gioi']/option[@selected]/@value") == ["2004"]
    assert tree.xpath("//input[@name='tong']/@checked")


def test_downloads_say_how_each_value_came_about(portal: Client) -> None:
    answer = portal.get(f"/vi/chi-tieu/GRDP_CUR/tai-ve.csv?{NEW}&dia-ban=79@2025-07-01&tu=2020&den=2020")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["derivation"] for row in rows] == ["published", "sum", "product"]
    assert rows[1]["formula"] == "GRDP_CUR(74@2004) + GRDP_CUR(77@2004) + GRDP_CUR(79@2004)"
    assert "GRDP_CUR 74@2004 2020 = 389605.0" in rows[1]["inputs"]
    assert {row["boundary"] for row in rows} == {"2025-07-01"}


def test_both_clocks_are_told_and_carried_to_the_trace(page: Page) -> None:
    tree = page(f"/vi/chi-tieu/POP_AVG?{NEW}&dia-ban=79@2025-07-01&tu=2016&den=2016&cong-bo=2018-12-31")
    banner = tree.xpath("//p[contains(@class,'clocks')]")[0]
    assert "như đã công bố đến ngày 31/12/2018" in banner.text_content()
    assert "cong-bo" not in banner.xpath("./a/@href")[0]
    cell = tree.xpath(f"{TABLE}//td/a")[0]
    now = page(f"/vi/chi-tieu/POP_AVG?{NEW}&dia-ban=79@2025-07-01&tu=2016&den=2016").xpath(f"{TABLE}//td/a")[0]
    assert cell.text != now.text
    trace = page(cell.get("href"))
    assert cell.text in trace.xpath("//*[@class='value']/text()")
    assert trace.xpath("//p[contains(@class,'clocks')]")


def test_the_triangle_shows_who_said_what_when_and_by_how_much(page: Page) -> None:
    tree = page("/vi/dieu-chinh/POP_AVG/74@2004?tu=2016&den=2017")
    rows = [[td.text_content().split() for td in tr.xpath("./td")] for tr in tree.xpath(f"{TABLE}//tbody/tr")]
    assert rows[1][0] == ["1.995,8"]
    assert rows[1][1][0] == "2.138,8"
    assert rows[0][0] == []
    sizes = tree.xpath("//section[@aria-labelledby='sizes']")[0].text_content()
    assert "+143 (+7,17 %)" in sizes
    assert "gso-2023-population.csv" in sizes


def test_indicator_and_trace_lead_to_the_revisions(page: Page) -> None:
    links = page("/vi/chi-tieu/POP_AVG?dia-ban=74@2004").xpath("//a/@href")
    assert "/vi/dieu-chinh/POP_AVG/74@2004" in links
    assert "/vi/dieu-chinh/POP_AVG/74@2004" in page("/vi/nguon-so/POP_AVG/74@2004/2016").xpath("//a/@href")
