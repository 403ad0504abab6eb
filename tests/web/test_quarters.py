"""Estimated quarters on real figures, by page and by command: always marked, always adding up."""

from __future__ import annotations

import pytest

from tests.api.asgi import Client
from tests.conftest import Home
from tests.web.conftest import Page


def test_the_page_marks_every_figure_and_shows_that_years_agree(page: Page) -> None:
    read = page("/vi/uoc-theo-quy/GRDP_CUR/74@2004")
    first, second = read.xpath("//table")
    rows = first.xpath(".//tbody/tr")
    assert len(rows) % 4 == 0 and len(rows) >= 28 and all("ước tính" in r.text_content() for r in rows)
    for year in second.xpath(".//tbody/tr"):
        published, added = (" ".join(c.text_content().split()) for c in year.xpath("./td[@class='right']"))
        assert published == added
    assert "/vi/nguon-so/GDP_CUR/VN@1976/2016-Q1?nguon=GSO" in first.xpath(".//a/@href")


@pytest.mark.parametrize(
    ("address", "status"), [("GDP_CUR/VN@1976", 422), ("PCI/74@2004", 422), ("GRDP_CUR/99@2004", 404)]
)
def test_refusals_have_a_page(portal: Client, address: str, status: int) -> None:
    assert portal.get(f"/en/quarters/{address}").status_code == status


def test_the_command_gives_a_band_by_regression(southern: Home) -> None:
    found = southern.run("analyse", "quarters", "GRDP_CUR", "--area", "74@2004", "--method", "chow-lin",
                         "--format", "json").json  # fmt: skip
    assert found["gap"] < 1e-9 and all(q["status"] == "ước tính" for q in found["quarters"])
    assert all(q["low"] <= q["value"] <= q["high"] for q in found["quarters"])
    for year in found["years"]:
        assert year["sum"] == pytest.approx(year["value"])
    told = southern.run("analyse", "quarters", "GRDP_CUR", "--area", "79@2004")
    assert told.code == 0 and "ước tính" in told.out and "nhịp theo quý" in told.out
    assert southern.run("analyse", "quarters", "GDP_CUR", "--area", "VN").code == 2
