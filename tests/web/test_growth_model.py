"""The growth model's pages as a reader without JavaScript gets them."""

from __future__ import annotations

import pytest

from tests.api.asgi import Client
from tests.web.conftest import Page


def test_every_territory_with_what_is_known_and_its_targets(page: Page) -> None:
    read = page("/vi/mo-hinh-tang-truong")
    assert read.xpath("//a[@href='/vi/mo-hinh-tang-truong/74@2004']")
    row = read.xpath("//tr[th/a/@href='/vi/mo-hinh-tang-truong/79@2004']")[0]
    assert "chưa có" in row.text_content() and row.xpath(".//a[@href='/vi/muc-tieu/TG-123']")
    assert len(read.xpath("//tbody/tr")) >= 15


def test_a_computed_figure_leads_to_every_input(page: Page) -> None:
    read = page("/en/growth-model/74@2004")
    text = " ".join(read.text_content().split())
    assert "Cannot be computed: nothing published of Employed population" in text
    inputs = read.xpath("//h2[@id='icor_rates']/..//li/a/@href")
    assert "/en/trace/INVEST_REALISED/74@2004/2020?nguon=GSO&phan-to=OWN_STATE" in inputs
    assert "/en/trace/GRDP_GROWTH/74@2004/2020?nguon=PROV_74" in inputs
    for address in inputs[:3]:
        page(address)


def test_the_country_s_account_is_marked_as_an_estimate_with_its_assumptions(page: Page) -> None:
    text = " ".join(page("/vi/mo-hinh-tang-truong/VN@1976").text_content().split())
    assert "ước tính, theo giả định" in text and "khấu hao 5 %/năm" in text and "2011-2016" in text


@pytest.mark.parametrize(("key", "status"), [("99@2004", 404), ("R6-XXX", 404), ("%3Cscript%3E", 404)])
def test_an_unknown_territory_is_said(portal: Client, key: str, status: int) -> None:
    assert portal.get(f"/vi/mo-hinh-tang-truong/{key}").status_code == status
