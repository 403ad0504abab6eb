"""Which claim is drawn, what stands beside it, and formulas in words and in numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lienvung.present.derived import describe_drawn, list_derivations, mark_of, pick_drawn, rank_claims
from lienvung.store.packs import load_catalogue
from tests.conftest import PACK


def made(
    derivation: str, value: float | None, period: str = "2020", issuer: str = "GSO", **more: Any
) -> dict[str, Any]:
    parts = {"product": ("value", "denominator")}.get(derivation, ("value",))
    return {
        "indicator": "POP_AVG", "area_key": "75@2025-07-01", "period": period, "value": value, "derivation": derivation,
        "is_estimated": derivation == "split", "issuer": issuer, "unit": "PERSONS_TH", "decimals": 1,
        "status": "official", "published_from": date(2023, 1, 1), "published_precision": "year",
        "note": None, "mark": None,
        "formula_vi": "", "formula_en": "", "inputs": [entry(part) for part in parts], **more,
    }  # fmt: skip


def entry(part: str = "value", area: str = "70@2004", value: float | None = 1.0, **more: Any) -> dict[str, Any]:
    blank = dict.fromkeys(("document", "file", "sheet", "cell", "origin_sheet", "origin_cell"), "")
    return {
        "part": part, "indicator": "POP_AVG", "area_key": area, "period": "2020", "value": value, "unit": "PERSONS_TH",
        "share": 1.0, "issuer": "GSO", "published": date(2023, 1, 1), **blank, **more,
    }  # fmt: skip


def test_a_printed_value_is_drawn_before_any_computed_one() -> None:
    rows = [made("sum", 2.0), made("published", 3.0), made("product", 4.0)]
    assert [r["derivation"] for r in rank_claims(rows)["75@2025-07-01", "2020"]] == ["published", "sum", "product"]
    assert [r["value"] for r in pick_drawn(rows)] == [3.0]


def test_one_computed_series_is_drawn_the_fullest() -> None:
    rows = [
        made("sum", 1.0, "2019"),
        made("product", 2.0, "2019"),
        made("product", 3.0, "2020"),
        made("sum", None, "2021"),
    ]
    assert [(r["derivation"], r["period"]) for r in pick_drawn(rows)] == [("product", "2019"), ("product", "2020")]
    rows += [made("sum", 1.0, "2017"), made("sum", 1.0, "2018")]
    drawn = pick_drawn(rows)
    assert {r["derivation"] for r in drawn} == {"sum"}
    assert "cộng các thành viên (3 số)" in describe_drawn(drawn, "vi")


def test_an_estimate_is_drawn_only_where_nothing_exact_is() -> None:
    rows = [made("sum", 1.0, "2019"), made("split", 9.0, "2019"), made("split", 2.0, "2020")]
    assert [(r["derivation"], r["period"]) for r in pick_drawn(rows)] == [("sum", "2019"), ("split", "2020")]
    assert [mark_of(r) for r in rows] == ["computed", "estimated", "estimated"]


@pytest.mark.parametrize(
    ("lang", "words", "numbers"),
    [
        ("vi", "Dân số trung bình (Bình Phước) + 0,5 × Dân số trung bình (Bình Dương)", "1.000,5 + 0,5 × 3 ≈ 1.002,0"),
        (
            "en",
            "Average population (Binh Phuoc) + 0.5 × Average population (Binh Duong)",
            "1,000.5 + 0.5 × 3 ≈ 1,002.0",
        ),
    ],
)
def test_a_formula_in_words_and_in_numbers(lang: str, words: str, numbers: str) -> None:
    formula = "POP_AVG(70@2004) + 0.5 × POP_AVG(74@2004)"
    inputs = [entry(value=1000.5), entry(area="74@2004", value=3.0, share=0.5)]
    row = made("split", 1002.001, inputs=inputs, formula_vi=formula, formula_en=formula)
    (view,) = list_derivations([row], load_catalogue(PACK), lang)
    assert (view.in_words, view.in_numbers) == (words, numbers)
    assert [each.share for each in view.inputs] == ["", "50,00 %" if lang == "vi" else "50.00 %"]


def test_growth_names_the_later_level_first() -> None:
    formula = "((POP_AVG(70@2004); 2020) / (POP_AVG(70@2004); 2019) - 1) × 100"
    inputs = [entry("numerator", value=110.0), entry("denominator", value=100.0, period="2019")]
    row = made("growth", 10.0, inputs=inputs, formula_vi=formula)
    (view,) = list_derivations([row], load_catalogue(PACK), "vi")
    assert view.in_numbers == "((110) / (100) - 1) × 100 = 10,0"


def test_a_sum_that_lacks_members_names_them_and_is_no_number() -> None:
    (view,) = list_derivations([made("sum", None, note="70@2004, 74@2004")], load_catalogue(PACK), "vi")
    assert view.lacking == "Bình Phước, Bình Dương"
    assert (view.text, view.in_numbers) == ("…", "")
