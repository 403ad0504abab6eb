"""The SDMX structure route: kinds, references, detail, items, versions, errors."""

from __future__ import annotations

from typing import Any

import pytest

from tests.api.asgi import Client
from tests.present.sdmx.schemas import complaints

BASE = "/sdmx/v2/structure"
ALL_LISTS = 10


def data(api: Client, address: str, **headers: str) -> Any:
    answer = api.get(address, headers=headers)
    assert answer.status_code == 200, answer.text
    version = answer.headers["content-type"].partition("version=")[2] or "2.1.0"
    assert complaints(answer.json(), "structure", version) == []
    return answer.json()["data"]


@pytest.mark.parametrize("version", ["2.0.0", "2.1.0"])
def test_everything(api: Client, version: str) -> None:
    found = data(api, BASE, accept=f"application/vnd.sdmx.structure+json;version={version}")
    counts = {place: len(artefacts) for place, artefacts in found.items()}
    expected = {"dataflows": 2, "dataStructures": 1, "conceptSchemes": 1, "agencySchemes": 1, "codelists": ALL_LISTS}
    assert counts == expected


@pytest.mark.parametrize(
    ("address", "places"),
    [
        ("/dataflow", {"dataflows": 2}),
        ("/dataflow/LIENVUNG/NATIONAL_ACCOUNTS", {"dataflows": 1}),
        ("/dataflow/LIENVUNG/NATIONAL_ACCOUNTS/1.0.0?references=children", {"dataflows": 1, "dataStructures": 1}),
        (
            "/dataflow/LIENVUNG/NATIONAL_ACCOUNTS/+?references=descendants",
            {"dataflows": 1, "dataStructures": 1, "conceptSchemes": 1, "codelists": ALL_LISTS},
        ),
        ("/datastructure/LIENVUNG/LV_DSD/1.0.0?references=parents", {"dataStructures": 1, "dataflows": 2}),
        ("/codelist/LIENVUNG/CL_AREA,CL_UNIT/~", {"codelists": 2}),
        (
            "/codelist/LIENVUNG/CL_AREA/1.0.0?references=ancestors",
            {"codelists": 1, "dataStructures": 1, "dataflows": 2},
        ),
        ("/conceptscheme/*/*/*", {"conceptSchemes": 1}),
        ("/agencyscheme/SDMX", {"agencySchemes": 1}),
        ("/dataflow/LIENVUNG/NATIONAL_ACCOUNTS?references=codelist", {"dataflows": 1, "codelists": ALL_LISTS}),
    ],
)
def test_addresses_and_references(api: Client, address: str, places: dict[str, int]) -> None:
    assert {place: len(artefacts) for place, artefacts in data(api, BASE + address).items()} == places


def test_stubs_and_items(api: Client) -> None:
    stub = data(api, f"{BASE}/codelist/LIENVUNG/CL_AREA?detail=allstubs")["codelists"][0]
    assert "codes" not in stub
    one = data(api, f"{BASE}/codelist/LIENVUNG/CL_AREA/1.0.0/74@2004")["codelists"][0]
    assert ([c["id"] for c in one["codes"]], one["isPartial"]) == (["74@2004"], True)
    mixed = data(api, f"{BASE}/dataflow/LIENVUNG/NATIONAL_ACCOUNTS?references=descendants&detail=referencestubs")
    assert "structure" in mixed["dataflows"][0]
    assert "dataStructureComponents" not in mixed["dataStructures"][0]


def test_names_follow_the_language_and_both_are_sent(api: Client) -> None:
    flow = data(api, f"{BASE}/dataflow/LIENVUNG/LAND_POPULATION", **{"accept-language": "en-GB,en;q=0.9"})["dataflows"][
        0
    ]
    assert (flow["name"], flow["names"]["vi"]) == ("Population", "Dân số")


def test_a_known_structure_is_not_sent_again(api: Client) -> None:
    tag = api.get(BASE).headers["etag"]
    assert api.get(BASE, headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("address", "status", "place"),
    [
        ("/codelist/LIENVUNG/CL_NOPE", 404, "LIENVUNG:CL_AREA(1.0.0)"),
        ("/dataflow/LIENVUNG/NATIONAL_ACCOUNTS/3.0.0", 404, "LIENVUNG:NATIONAL_ACCOUNTS(1.0.0)"),
        ("/metadataflow", 501, "dataflow"),
        ("/dataflow?references=cousins", 400, "descendants"),
        ("/dataflow?detail=some", 400, "allstubs"),
        ("/dataflow?detial=full", 400, "detail"),
    ],
)
def test_wrong_questions(api: Client, address: str, status: int, place: str) -> None:
    answer = api.get(BASE + address)
    assert answer.status_code == status
    assert place in answer.json()["errors"][0]["detail"]


def test_only_json_is_offered(api: Client) -> None:
    assert api.get(BASE, headers={"accept": "application/vnd.sdmx.structure+xml"}).status_code == 406
