"""The SDMX availability route: what the series table says, per dataflow and narrowed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.asgi import Client
from tests.present.sdmx.schemas import complaints

FLOW = "/sdmx/v2/availability/dataflow/LIENVUNG/NATIONAL_ACCOUNTS/1.0.0"


def region(api: Client, address: str) -> dict[str, Any]:
    found = api.get(address, headers={"accept": "application/vnd.sdmx.structure+json;version=2.1.0"}).json()
    assert complaints(found, "structure", "2.1.0") == []
    constraint = found["data"]["availabilityConstraints"][0]
    keys = {k["id"]: [v["value"] for v in k.get("values", [])] for k in constraint["cubeRegion"].get("keyValues", [])}
    return keys | {"counts": (constraint["seriesCount"], constraint["obsCount"])}


def test_the_codes_that_have_data(api: Client) -> None:
    found = region(api, FLOW)
    assert found["INDICATOR"] == ["GRDP_CUR", "IIP"]
    assert found["REF_AREA"] == ["74@2004", "79@2025-07-01"]
    assert found["counts"] == (5, 7)


def test_keys_filters_and_one_component(api: Client) -> None:
    assert region(api, f"{FLOW}/M")["INDICATOR"] == ["IIP"]
    assert region(api, f"{FLOW}?c[ISSUER]=CTK_74")["INDICATOR"] == ["GRDP_CUR"]
    assert set(region(api, f"{FLOW}/*/INDICATOR")) == {"INDICATOR", "counts"}
    assert region(api, f"{FLOW}?c[TIME_PERIOD]=lt:2020")["counts"][0] == 1


def test_the_older_version_is_a_data_constraint(api: Client) -> None:
    found = api.get(FLOW, headers={"accept": "application/vnd.sdmx.structure+json;version=2.0.0"}).json()
    assert complaints(found, "structure", "2.0.0") == []
    assert found["data"]["dataConstraints"][0]["role"] == "Actual"


@pytest.mark.parametrize("query", ["mode=available", "references=all", "c[NOTE]=co:a"])
def test_what_is_not_offered_is_said(api: Client, query: str) -> None:
    assert api.get(f"{FLOW}?{query}").status_code == 501
