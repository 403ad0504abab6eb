"""The register of innovation as a reader gets it: figures lead to their cells, empty parts teach."""

from __future__ import annotations

from tests.api.asgi import Client
from tests.conftest import Home
from tests.web.conftest import Page


def test_results_are_published_figures_that_are_traced(page: Page) -> None:
    read = page("/vi/doi-moi-sang-tao")
    assert "844/QĐ-TTg" in read.text_content()
    links = [a for a in read.xpath("//table//a/@href") if "/nguon-so/PII/79@2004/2023" in a]
    assert links and "55,85" in page(links[0]).text_content()


def test_no_supported_firm_is_told_with_the_way_to_hand_them_in(page: Page, portal: Client) -> None:
    read = page("/en/innovation")
    assert "No agency has handed in a list" in read.text_content()
    answer = portal.get("/en/innovation/supports.csv")
    assert answer.status_code == 200 and "support,programme,firm,territory,granted" in answer.text
    assert portal.get("/vi/doi-moi-sang-tao/secrets.csv").status_code == 404


def test_the_command_tells_the_same(southern: Home) -> None:
    found = southern.run("plans", "innovation", "--format", "json").json
    assert len(found["programmes"]) == 3 and found["supports"] == []
    values = {(r["indicator"], r["territory"], r["period"]): r["value"] for r in found["results"]}
    assert values["PII", "74@2004", "2023"] == 48.64 and values["PII_RANK", "74@2004", "2024"] == 8
    assert "844/QĐ-TTg" in southern.run("plans", "innovation").out
