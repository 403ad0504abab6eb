"""Records keep the names, the missing values and the dates of what is published."""

from __future__ import annotations

from lienvung.present.records import RECORD_KEYS, observation_records
from tests.present.small_world import observations, small_catalogue


def test_a_record_carries_every_promised_name_and_both_clocks() -> None:
    records = observation_records(observations(), small_catalogue(), "vi")
    first = records[0]
    assert tuple(first) == RECORD_KEYS
    assert (first["indicator"], first["area"], first["area_valid_from"]) == ("GRDP_CUR", "74", "2004")
    assert first["area_name"] == "Bình Dương"
    assert (first["period"], first["value"], first["unit"], first["status"]) == ("2019", 100.5, "VND_BN", "official")
    assert (first["published"], first["published_precision"]) == ("2020-12-31", "year")
    assert first["recorded"] == "2024-01-31T08:05:00Z"


def test_a_missing_value_is_null_with_its_mark_and_not_zero() -> None:
    missing = [r for r in observation_records(observations(), small_catalogue(), "en") if r["mark"]]
    assert [(r["value"], r["mark"]) for r in missing] == [(None, "not_available")]


def test_names_follow_the_language() -> None:
    names = {r["area_name"] for r in observation_records(observations(), small_catalogue(), "en")}
    assert names == {"Binh Duong", "Ho Chi Minh City (new)"}
