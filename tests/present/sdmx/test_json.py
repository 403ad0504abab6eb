"""SDMX-JSON data messages: the official schemas accept them, and reading them back gives the rows again."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pytest

from lienvung.present.sdmx import json as sdmx_json
from lienvung.present.sdmx.json import JsonForm, write_json
from lienvung.present.sdmx.model import BY_ID
from tests.present.sdmx.schemas import complaints
from tests.present.small_world import observations, row, small_catalogue


def message(table: pa.Table, form: JsonForm | None = None) -> Any:
    return json.loads(b"".join(write_json(table, small_catalogue(), form)))


def rows_of(sent: Any) -> list[dict[str, Any]]:
    """Read a message as a client would: codes by number, attributes by number, null as missing."""
    found = []
    for data_set in sent["data"]["dataSets"]:
        structure = sent["data"]["structures"][data_set["structure"]]
        at = structure["dimensions"]
        of = structure["attributes"]
        blocks = data_set.get("series") or {"": {"observations": data_set["observations"], "attributes": []}}
        for series_key, series in blocks.items():
            fixed = _named(at["series"], series_key.split(":") if series_key else [])
            fixed |= _named(of["series"], series["attributes"])
            for key, (value, *attributes) in series["observations"].items():
                full = fixed | _named(at["observation"], key.split(":")) | _named(of["observation"], attributes)
                found.append(full | {"OBS_VALUE": value})
    return found


def _named(components: list[Any], numbers: list[Any]) -> dict[str, Any]:
    shown = {}
    for component, number in zip(components, numbers, strict=True):
        value = None if number is None else component["values"][int(number)]
        shown[component["id"]] = value and value.get("id", value.get("value"))
    return shown


def expected(table: pa.Table) -> list[dict[str, Any]]:
    kept = ("FREQ", "INDICATOR", "REF_AREA", "ACTIVITY", "BREAKDOWN", "ISSUER", "TIME_PERIOD", "OBS_VALUE", "MARK")
    return [
        {name: r[BY_ID[name].column] for name in (*kept, "UNIT_MEASURE", "DOCUMENT", "NOTE")} for r in table.to_pylist()
    ]


@pytest.mark.parametrize("version", ["2.0.0", "2.1.0"])
@pytest.mark.parametrize("is_flat", [False, True])
def test_the_official_schema_accepts_it_and_reading_back_gives_the_rows(version: str, is_flat: bool) -> None:
    table = observations()
    sent = message(table, JsonForm(version=version, is_flat=is_flat))
    assert complaints(sent, "data", version) == []
    got = [{k: r[k] for k in expected(table)[0]} for r in rows_of(sent)]
    assert got == expected(table)


def test_a_schema_complaint_can_be_seen() -> None:
    sent = message(observations())
    del sent["meta"]["id"]
    assert complaints(sent, "data", "2.0.0") != []


def test_missing_is_null_with_status_m_and_zero_stays_zero() -> None:
    rows = rows_of(message(observations()))
    missing = [r for r in rows if r["OBS_VALUE"] is None]
    assert [(r["OBS_STATUS"], r["MARK"], r["DECIMALS"]) for r in missing] == [("M", "not_available", None)]
    zero = [r for r in rows if r["OBS_VALUE"] == 0]
    assert [(r["OBS_STATUS"], r["MARK"]) for r in zero] == [("P", None)]


def test_dates_of_both_clocks_are_sent() -> None:
    first = rows_of(message(observations()))[0]
    assert (first["PUBLISHED"], first["PUBLISHED_PRECISION"]) == ("2020-12-31", "year")
    assert first["RECORDED"] == "2024-01-31T08:05:00Z"


def test_names_are_always_sent_in_both_languages() -> None:
    sent = message(observations(), JsonForm(lang="en"))
    area = next(d for d in sent["data"]["structures"][0]["dimensions"]["series"] if d["id"] == "REF_AREA")
    assert area["values"][0] == {
        "id": "74@2004",
        "name": "Binh Duong",
        "names": {"vi": "Bình Dương", "en": "Binh Duong"},
    }


def test_several_dataflows_are_several_data_sets() -> None:
    other = pa.Table.from_pylist(
        [row("POP_AVG", "74@2004", "2020", 2580.5, dataflow="LAND_POPULATION", unit="PERSONS_TH")],
        observations().schema,
    )
    sent = message(pa.concat_tables([observations(), other]))
    assert complaints(sent, "data", "2.0.0") == []
    assert [r["INDICATOR"] for r in rows_of(sent)].count("POP_AVG") == 1
    assert len(sent["data"]["dataSets"]) == 2


def test_a_series_that_crosses_a_batch_is_one_series(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sdmx_json, "BATCH", 2)
    many = [row("GRDP_CUR", "74@2004", str(year), float(year)) for year in range(2000, 2007)]
    table = pa.Table.from_pylist(many, observations().schema)
    sent = message(table)
    assert len(sent["data"]["dataSets"][0]["series"]) == 1
    assert [r["OBS_VALUE"] for r in rows_of(sent)] == [float(y) for y in range(2000, 2007)]


def test_rows_of_a_series_apart_from_each_other_are_put_together() -> None:
    table = observations()
    mixed = table.take([0, 4, 1, 5, 3, 2, 6])
    sent = json.loads(b"".join(write_json(mixed, small_catalogue())), object_pairs_hook=_without_repeats)
    got = sorted((r["INDICATOR"], r["REF_AREA"], r["ISSUER"], r["TIME_PERIOD"]) for r in rows_of(sent))
    assert got == sorted((r["INDICATOR"], r["REF_AREA"], r["ISSUER"], r["TIME_PERIOD"]) for r in expected(table))


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert len({k for k, _ in pairs}) == len(pairs), "a key is repeated"
    return dict(pairs)


def test_no_attributes_and_no_measure_still_make_a_message() -> None:
    sent = message(observations(), JsonForm(attributes=(), has_measure=False))
    assert complaints(sent, "data", "2.0.0") == []
    assert all(o == [] for s in sent["data"]["dataSets"][0]["series"].values() for o in s["observations"].values())


def test_the_same_question_gives_the_same_bytes() -> None:
    first = b"".join(write_json(observations(), small_catalogue()))
    assert first == b"".join(write_json(observations(), small_catalogue()))
