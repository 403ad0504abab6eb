"""Answers in another unit: exact sizes, rates told on the value, refusals with the reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from lienvung.analyse.units import convert_answer
from lienvung.domain.catalogue import Catalogue
from lienvung.errors import NoExchangeRate, NotConvertible, UnknownCode
from lienvung.store.packs import load_catalogue
from lienvung.store.schema import OBSERVATIONS
from tests.present.small_world import row

PACK = Path(__file__).parents[2] / "packs" / "southern"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(PACK)


def table(indicator: str, period: str, value: float | None, **other: Any) -> pa.Table:
    return pa.Table.from_pylist([row(indicator, "74@2004", period, value, **other)], OBSERVATIONS)


def convert(found: pa.Table, catalogue: Catalogue, unit: str, lang: str = "vi") -> dict[str, Any]:
    converted = convert_answer(found, catalogue, unit, lang)
    assert converted.schema == OBSERVATIONS
    (only,) = converted.to_pylist()
    return dict(only)


def test_a_size_is_exact_and_keeps_its_printed_digits(catalogue: Catalogue) -> None:
    told = convert(table("GRDP_CUR", "2016", 265697.0, decimals=0), catalogue, "VND_TN")
    assert (told["value"], told["unit"], told["decimals"], told["note"]) == (265.697, "VND_TN", 3, None)
    back = convert(table("GRDP_CUR", "2016", 265.697, decimals=3, unit="VND_TN"), catalogue, "VND_BN")
    assert (back["value"], back["decimals"]) == (265697.0, 0)
    assert convert(table("GRDP_CUR", "2016", 1.0, note="gốc"), catalogue, "VND_BN")["note"] == "gốc"


def test_a_currency_takes_the_rate_of_its_own_year_and_says_so(catalogue: Catalogue) -> None:
    told = convert(table("GRDP_CUR", "2022", 456740.0, decimals=0, note="gốc"), catalogue, "USD_MN")
    assert told["value"] == pytest.approx(456740e9 / 23271.21 / 1e6)
    assert told["decimals"] == 0
    assert told["note"] == "gốc; tỷ giá 2022: 1 USD = 23.271,21 đồng (suy ra từ văn bản, wb-wdi-2025-10)"
    english = convert(table("GRDP_CUR", "2020", 389605.0), catalogue, "USD_BN", "en")
    assert english["note"] == "rate of 2020: 1 USD = 23,208.37 VND (implied by the document, wb-wdi-2025-10)"


def test_there_and_back_is_the_same_amount(catalogue: Catalogue) -> None:
    there = convert_answer(table("GRDP_CUR", "2022", 456740.0), catalogue, "USD_MN")
    assert convert(there, catalogue, "VND_BN")["value"] == pytest.approx(456740.0, rel=1e-12)


def test_missing_stays_missing(catalogue: Catalogue) -> None:
    told = convert(table("GRDP_CUR", "2016", None, mark="not_available"), catalogue, "USD_MN")
    assert (told["value"], told["mark"], told["unit"]) == (None, "not_available", "USD_MN")


@pytest.mark.parametrize(
    ("indicator", "period", "unit", "target", "refusal"),
    [
        ("POP_AVG", "2020", "PERSONS_TH", "VND_BN", NotConvertible),
        ("GRDP_CUR", "2009", "VND_BN", "USD_MN", NoExchangeRate),
        ("GRDP_C2010", "2020", "VND_BN", "USD_MN", NotConvertible),
        ("GRDP_CUR", "2020", "VND_BN", "XYZ", UnknownCode),
    ],
)
def test_what_cannot_be_converted_is_refused(
    catalogue: Catalogue, indicator: str, period: str, unit: str, target: str, refusal: type[Exception]
) -> None:
    for value in (1.0, None):
        with pytest.raises(refusal):
            convert_answer(table(indicator, period, value, unit=unit), catalogue, target)


def test_constant_prices_change_size_but_not_currency(catalogue: Catalogue) -> None:
    assert convert(table("GRDP_C2010", "2024", 260229.0), catalogue, "VND_TN")["value"] == 260.229
