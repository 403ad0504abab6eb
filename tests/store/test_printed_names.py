"""Every place name that the source files print is known to the southern pack, on the list of 2004."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from lienvung.store.packs import load_catalogue

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
NOT_PLACES = {"", "NA", "NEC.", "Nec.", "Oil & Gas", "Other provinces", "Units are not included in provinces"}

pytestmark = [pytest.mark.real, pytest.mark.skipif(not DATA.exists(), reason="the source files are not here")]


def _budget_and_indices() -> Iterator[str]:
    for name in ("VNbudget_final", "VNbudget_plan", "papi", "pci"):
        with (DATA / "vietnamdata-budget-pci-papi" / f"{name}.csv").open(encoding="utf-8") as file:
            yield from (row["prov"] for row in csv.DictReader(file))


def _panel() -> Iterator[str]:
    with (DATA / "province-panel-2016-2022" / "province_panel_2016_2022.csv").open(encoding="utf-8") as file:
        yield from (row["name"] for row in csv.DictReader(file))


def _papi() -> Iterator[str]:
    for path in (DATA / "papi-2015-2023").glob("*.json"):
        yield from (row["Province"] for row in json.loads(path.read_text("utf-8")))


def _pxweb() -> Iterator[str]:
    for path in (DATA / "gso-tables-2018").rglob("*by province*.csv"):
        data = path.read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:  # one file of 334
            text = data.decode("iso-8859-1")
        for row in list(csv.reader(text.splitlines(), delimiter=";"))[3:]:
            is_year = row and row[0].strip().removeprefix("Prel. ").isdigit()
            if row and not is_year and "universities" not in row[0]:
                yield row[0]


@pytest.mark.parametrize("read", [_budget_and_indices, _panel, _papi, _pxweb])
def test_every_printed_place_is_known(read: Callable[[], Iterator[str]]) -> None:
    gazetteer = load_catalogue(ROOT / "packs" / "southern").gazetteer
    names = set(read()) - NOT_PLACES
    assert len(names) >= 63
    assert sorted(n for n in names if not gazetteer.resolve_printed(n, date(2004, 1, 1))) == []
