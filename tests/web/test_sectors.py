"""The sectors' pages as a reader without JavaScript gets them."""

from __future__ import annotations

import pytest

from tests.api.asgi import Client
from tests.web.conftest import Page


def _text(read: object) -> str:
    return " ".join(read.text_content().split())  # type: ignore[attr-defined]


def test_the_region_side_by_side(page: Page) -> None:
    read = page("/vi/nganh")
    row = next(r for r in read.xpath("//table[@class='figures']//tbody/tr") if "Lúa (sản lượng)" in _text(r))
    assert len(row.xpath("td")) == 8 and row.xpath(".//a[@href='/vi/nganh/80@2004#special']")
    assert "không liệt kê" in _text(read) and read.xpath("//a[@href='/vi/muc-tieu/TG-144']")
    assert read.xpath("//a[@href='/vi/nguon-so/IP_OCCUPANCY/74@2004/2024?nguon=PROV_74']")
    assert "35,70" in _text(read) and "1629" in str(read.xpath("//a/@href"))


def test_a_province_in_short_and_every_sentence_leads_to_its_figures(page: Page) -> None:
    read = page("/vi/nganh/80@2004")
    said = read.xpath("//section[@aria-labelledby='said']//li")
    assert len(said) >= 6 and "Lúa (sản lượng) (LQ 3,66 năm 2016, thứ 5/63)" in _text(said[0])
    for anchor in {a for line in said for a in line.xpath("a/@href")}:
        assert read.xpath(f"//h2[@id='{anchor.removeprefix('#')}']"), anchor
    inputs = read.xpath("//section[@aria-labelledby='special']//li/a/@href")
    assert any("PADDY_PROD/80@2004/2016" in a for a in inputs)
    page(next(a for a in inputs if "PADDY_PROD/80@2004/2016" in a))


def test_another_region_and_english(page: Page) -> None:
    assert "Cần Thơ" in _text(page("/vi/nganh?vung=R6-DBSCL"))
    text = _text(page("/en/sectors/77@2004"))
    assert "Oil and gas extraction: 54.35 % of GRDP (2024 H1)" in text and "growth of the period -1.42 %" in text


@pytest.mark.parametrize(
    ("address", "status"),
    [("/vi/nganh/74", 307), ("/vi/nganh/99@2004", 404), ("/vi/nganh/79@2025-07-01", 404), ("/vi/nganh?vung=X", 404)],
)
def test_a_bare_code_and_unknown_places(portal: Client, address: str, status: int) -> None:
    assert portal.get(address).status_code == status


def test_curves_with_an_interval_or_the_reason_of_their_refusal(page: Page) -> None:
    read = page("/vi/nganh/80@2004/du-dia")
    rows = {_text(r.xpath("th")[0]): _text(r) for r in read.xpath("//tbody/tr")}
    assert "chuỗi không tăng" in rows["Gỗ khai thác"] and "năm 2016 thấp hơn đỉnh 60,3 %" in rows["Gỗ khai thác"]
    assert "quá rộng để kết luận" in rows["Lúa (diện tích)"] and "%" in rows["Bò"] and "…" in rows["Bò"]
    assert read.xpath("//a[@href='/vi/nguon-so/CATTLE/80@2004/2016?nguon=GSO']")
