"""The growth model by the command line: real figures in, formula and inputs with each value, refusals named."""

from __future__ import annotations

import pytest

from tests.conftest import Home


def test_icor_of_binh_duong_from_its_published_cells(southern: Home) -> None:
    (found,) = southern.run("analyse", "growth-model", "--area", "74@2004", "--format", "json").json
    measures = {m["measure"]: m for m in found["measures"]}
    icor = next(f for f in measures["icor_rates"]["figures"] if f["period"] == "2020")
    parts = {(r["indicator"], r["part"]): r["value"] for r in icor["inputs"]}
    invested = sum(v for (code, part), v in parts.items() if code == "INVEST_REALISED")
    assert len(parts) == 5
    expected = invested / parts["GRDP_CUR", ""] * 100 / parts["GRDP_GROWTH", ""]
    assert icor["value"] == pytest.approx(expected) and icor["way"] == "computed"
    assert not measures["productivity"]["figures"] and "EMPLOYED" in measures["productivity"]["missing"][0]
    assert [t["target"] for t in measures["digital_share"]["targets"]] == ["TG-012"]


def test_every_territory_in_one_table(southern: Home) -> None:
    done = southern.run("analyse", "growth-model", "--format", "csv", lang="en")
    assert done.code == 0 and "R6-DNB" in done.out and "79@2025-07-01" in done.out
    assert southern.run("analyse", "growth-model", "--area", "xyz").code == 5
