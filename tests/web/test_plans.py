"""Plans and targets as a reader without JavaScript gets them."""

from __future__ import annotations

import pytest

from tests.api.asgi import Client
from tests.web.conftest import Page


def test_register_leads_to_documents_states_and_conflicts(page: Page) -> None:
    read = page("/vi/quy-hoach")
    text = read.text_content()
    assert "27 văn bản, 161 mục tiêu" in text
    assert "Nếu 2021-2025 đạt 8,5-8,7%/năm thì 2026-2030 phải tăng 11,42 %/năm" in text
    assert read.xpath("//a[@href='/vi/quy-hoach/790-qd-ttg-2024']")
    assert read.xpath("//a[@href='/vi/muc-tieu?tinh-trang=beyond']")


def test_target_says_what_the_years_left_must_bring(page: Page) -> None:
    read = page("/vi/muc-tieu/TG-005")
    text = " ".join(read.text_content().split())
    assert "2025-2030: 11,3 %/năm" in text and "không tính 2021-2022" in text
    assert "địa bàn đã kết thúc ngày 01/07/2025" in text and "hai báo thống nhất" in text
    cells = read.xpath("//section[@aria-labelledby='figures']//td/a/@href")
    assert "/vi/nguon-so/GRDP_GROWTH/74@2004/2024?nguon=PROV_74" in cells
    assert read.xpath("//figure//svg")


def test_versions_stand_in_order_in_both_languages(page: Page) -> None:
    for address in ("/vi/muc-tieu/TG-137", "/en/targets/TG-137"):
        assert page(address).xpath("//ol[@class='sources']/li/a/text()") == ["9,3-9,8%", "8,4-8,6%", "8,1-8,6%"]


def test_plan_and_comparisons(page: Page) -> None:
    plan = page("/en/plans/893-qd-ttg-2014")
    assert plan.xpath("//a[@href='/en/plans/790-qd-ttg-2024']")
    assert len(plan.xpath("//tbody/tr")) == 4
    compared = page("/vi/doi-chieu-quy-hoach").text_content()
    assert "Suy ra 4,8 và 4,78 triệu người" in compared and "PLAN-IMPLIED" in compared


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/vi/muc-tieu/TG-999", 404),
        ("/vi/muc-tieu/%3Cscript%3E", 404),
        ("/vi/quy-hoach/128%2FNQ-CP", 404),
        ("/en/plans/none", 404),
        ("/vi/muc-tieu?tinh-trang=%3Cb%3E", 400),
    ],
)
def test_what_is_not_there_is_said(portal: Client, address: str, status: int) -> None:
    answer = portal.get(address)
    assert answer.status_code == status
    assert "<script>" not in answer.text.split("<main")[1].split("</main")[0].replace("&lt;script&gt;", "")


def test_targets_begin_with_early_warnings_and_a_target_shows_its_neighbours(page: Page) -> None:
    listed = page("/vi/muc-tieu")
    rows = listed.xpath("//h2[@id='canh-bao']/..//tbody/tr")
    assert rows and listed.xpath("//h2[@id='canh-bao']/..//a[@href='/vi/muc-tieu/TG-005']")
    assert "Thủ tướng" in rows[-1].text_content() and "chưa có trong danh mục" in listed.text_content()
    assert not page("/vi/muc-tieu?tinh-trang=behind").xpath("//h2[@id='canh-bao']")
    target = page("/en/targets/TG-005")
    names = target.xpath("//section[@aria-labelledby='yardsticks']//tbody//th/text()")
    assert names[0].strip() == "Binh Duong" and len(names) >= 7


def test_proposals_are_marked_as_such(page: Page) -> None:
    read = page("/vi/doi-chieu-quy-hoach")
    text = " ".join(read.text_content().split())
    assert "Chưa thay đổi gì" in text and "bình quân các tỉnh 9,05 → 8,50 %" in text
    assert read.xpath("//h2[@id='de-xuat']/following::a[@href='/vi/muc-tieu/TG-113']")


def test_areas_and_the_first_page_show_their_targets(page: Page) -> None:
    area = page("/vi/dia-ban/74@2004").xpath("//section[@aria-labelledby='targets']")[0]
    assert len(area.xpath(".//li")) == 8 and area.xpath(".//li/span[@class='verdict verdict-beyond']")
    assert area.xpath(".//a[@href='/vi/muc-tieu?dia-ban=74@2004']")
    assert "No target in force" in page("/en/areas/01@2004").text_content()
    home = page("/vi/").xpath("//section[@aria-labelledby='targets']")[0]
    assert 0 < len(home.xpath(".//li")) <= 8 and "Đông Nam Bộ" in home.text_content()
    listed = page("/vi/muc-tieu?dia-ban=74@2004")
    assert {c.strip() for c in listed.xpath("//table[last()]//td[@data-label='Địa bàn']/text()")} == {"Bình Dương"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("790/qd-ttg", "/vi/quy-hoach/790-qd-ttg-2024"),
        ("nghi quyet 154", "/vi/quy-hoach/154-nq-cp-2022"),
        ("TG-005", "/vi/muc-tieu/TG-005"),
        ("kinh te so binh duong", "/vi/muc-tieu/TG-012"),
    ],
)
def test_search_finds_plans_and_targets_without_accents(page: Page, text: str, found: str) -> None:
    assert found in page(f"/vi/tim?q={text.replace(' ', '+')}").xpath("//main//a/@href")


def test_a_place_alone_finds_no_targets(page: Page) -> None:
    assert not page("/vi/tim?q=dong+nai").xpath("//main//a[contains(@href, 'muc-tieu')]")
