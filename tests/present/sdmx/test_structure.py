"""Structure messages: the official schemas accept them and pysdmx finds the same dimensions and codes in them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from lienvung.present.sdmx.availability import build_constraint
from lienvung.present.sdmx.message import build_meta
from lienvung.present.sdmx.model import COMPONENTS, DIMENSIONS, urn
from lienvung.present.sdmx.structure import build_artefacts, build_structures, keep_items
from lienvung.store.schema import SERIES_COLUMNS
from tests.present.sdmx.schemas import complaints
from tests.present.small_world import small_catalogue


def message(version: str = "2.0.0", lang: str = "vi") -> Any:
    meta = build_meta("structure", version, datetime(2024, 1, 1, tzinfo=UTC), lang)
    opening = {"$schema": meta.pop("schema")} if version >= "2.1" else {}
    return opening | {"meta": meta, "data": build_structures(build_artefacts(small_catalogue(), lang))}


@pytest.mark.parametrize("version", ["2.0.0", "2.1.0"])
def test_the_official_schema_accepts_everything(version: str) -> None:
    assert complaints(message(version), "structure", version) == []


def test_one_dataflow_for_each_group_and_one_structure_for_all() -> None:
    data = message()["data"]
    assert [f["id"] for f in data["dataflows"]] == ["NATIONAL_ACCOUNTS", "LAND_POPULATION"]
    assert {f["structure"] for f in data["dataflows"]} == {urn("datastructure", "LV_DSD")}
    parts = data["dataStructures"][0]["dataStructureComponents"]
    assert [d["id"] for d in parts["dimensionList"]["dimensions"]] == [d.id for d in DIMENSIONS]


def test_every_enumeration_is_a_code_list_that_is_sent() -> None:
    data = message()["data"]
    sent = {urn("codelist", c["id"]) for c in data["codelists"]}
    assert {urn("codelist", c.codelist) for c in COMPONENTS if c.codelist} == sent


def test_area_codes_carry_their_boundary_and_both_names() -> None:
    areas = next(c for c in message(lang="en")["data"]["codelists"] if c["id"] == "CL_AREA")
    assert [c["id"] for c in areas["codes"]] == ["74@2004", "79@2004", "79@2025-07-01"]
    assert areas["codes"][0]["names"] == {"vi": "Bình Dương", "en": "Binh Duong"}
    assert areas["codes"][0]["name"] == "Binh Duong"


def test_pysdmx_reads_the_structure() -> None:
    from pysdmx.io import read_sdmx

    read = read_sdmx(json.dumps(message()), validate=False)
    dsd = read.get_data_structure_definitions()[0]
    assert [d.id for d in dsd.components.dimensions][:-1] == [d.id for d in DIMENSIONS]
    area = next(c for c in read.get_codelists() if c.id == "CL_AREA")
    assert [c.id for c in area.codes] == ["74@2004", "79@2004", "79@2025-07-01"]
    assert len(read.get_dataflows()) == 2


def test_stubs_have_no_codes_and_items_can_be_picked() -> None:
    artefacts = build_artefacts(small_catalogue(), "vi")
    stubs = build_structures([], artefacts)
    assert all("codes" not in c for c in stubs["codelists"])
    picked = keep_items(build_structures(artefacts), ["74@2004"])
    area = next(c for c in picked["codelists"] if c["id"] == "CL_AREA")
    assert ([c["id"] for c in area["codes"]], area["isPartial"]) == (["74@2004"], True)


def test_availability_lists_codes_with_data_and_the_span() -> None:
    known = {
        "dataflow": "NATIONAL_ACCOUNTS",
        "area_key": "74@2004",
        "activity": "_T",
        "breakdown": "_T",
        "issuer": "GSO",
    }
    spans = [("GRDP_CUR", 2010, 2020, 11), ("IIP", 2012, 2022, 5)]
    rows = [
        known
        | {"indicator": code, "freq": "A", "observations": count}
        | {"first_day": datetime(first, 1, 1).date(), "last_day": datetime(last, 12, 31).date()}
        for code, first, last, count in spans
    ]
    series = pa.Table.from_pylist(rows, SERIES_COLUMNS)
    constraint = build_constraint(series, small_catalogue().groups["T05"], "vi")
    keys = {k["id"]: k for k in constraint["cubeRegions"][0]["keyValues"]}
    assert keys["INDICATOR"]["values"] == [{"value": "GRDP_CUR"}, {"value": "IIP"}]
    assert keys["TIME_PERIOD"]["timeRange"]["startPeriod"]["period"] == "2010-01-01"
    assert {a["id"]: a["title"] for a in constraint["annotations"]} == {"series_count": "2", "obs_count": "16"}
    meta = build_meta("structure", "2.0.0", datetime(2024, 1, 1, tzinfo=UTC), "vi")
    assert complaints({"meta": meta, "data": {"dataConstraints": [constraint]}}, "structure", "2.0.0") == []
