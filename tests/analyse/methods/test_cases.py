"""Worked cases of the literature: transcribed ones, and the whole collection where it lies beside the checkout."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from tests.analyse.methods.answers import ANSWERS, compare

from lienvung.analyse.methods import complexity, concentration, location

HERE = Path(__file__).parent / "cases"
TRANSCRIBED = [case for path in sorted(HERE.glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))]
SHARED = Path(__file__).parents[4] / "shared" / "reference" / "cases"
IS_THERE = pytest.mark.skipif(not (SHARED / "cases.json").exists(), reason="the collection is not beside the checkout")


@pytest.mark.parametrize("case", TRANSCRIBED, ids=lambda c: f"{c['number']}-{c['case']}")
def test_transcribed_case(case: dict[str, Any]) -> None:
    compare(ANSWERS[case["number"]](case["given"]), case["gives"], case["within"], case["case"])


def test_each_case_is_transcribed_once_with_its_source() -> None:
    assert sorted(c["number"] for c in TRANSCRIBED) == sorted(ANSWERS)
    assert all(len(c["source"]) > 20 for c in TRANSCRIBED)


@IS_THERE
@pytest.mark.parametrize("number", sorted(ANSWERS))
def test_collected_case(number: str) -> None:
    cases = json.loads((SHARED / "cases.json").read_text("utf-8"))
    (case,) = (c for c in cases if c["id"].startswith(f"{number}-"))
    compare(ANSWERS[number](case["inputs"]), case["expected"], case["tolerance"], case["id"])


def collected(number: str) -> tuple[dict[str, Any], list[str], list[str], Any]:
    cases = json.loads((SHARED / "cases.json").read_text("utf-8"))
    (case,) = (c for c in cases if c["id"].startswith(f"{number}-"))
    with (SHARED / case["inputs"]["file"]).open(encoding="utf-8") as file:
        head, *rows = list(csv.reader(file))
    return case, [r[0] for r in rows], head[1:], np.array([[float(v) for v in r[1:]] for r in rows])


@IS_THERE
def test_specialisation_of_the_german_laender() -> None:
    case, places, _, e = collected("a27")
    krugman, total = concentration.calc_krugman_against_mean_of_others(e), e.sum(0)
    found = {
        place: {
            "H": concentration.calc_hoover(e[i], total),
            "G": concentration.calc_locational_gini_of_quotients(e[i], total),
            "K": krugman[i],
        }
        for i, place in enumerate(places)
    }
    compare(found, case["expected"], case["tolerance"], case["id"])


@IS_THERE
def test_complexity_of_the_german_laender() -> None:
    case, places, sectors, e = collected("a31")
    presence = location.calc_presence(location.calc_lq(e))
    found = complexity.calc_complexity(presence)
    answer = {
        "ECI": dict(zip(places, found.eci, strict=True)),
        "PCI": dict(zip(sectors, found.pci, strict=True)),
        "presence_cells": presence.sum(),
    }
    compare(answer, case["expected"], case["tolerance"], case["id"])
