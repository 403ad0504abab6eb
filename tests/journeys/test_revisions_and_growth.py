"""The southern pack's own figures: vintages side by side, growth opened down to its cells, refusals with a way out."""

from __future__ import annotations

import pytest

from tests.conftest import Home


def test_the_population_of_binh_duong_in_two_editions(southern: Home) -> None:
    rows = southern.run("revisions", "POP_AVG", "74", "--from", "2011", "--to", "2016", "--format", "json").json
    told = {(r["period"], r["published"]): (r["value"], r["revision"]) for r in rows if r["issuer"] == "GSO"}
    first, then = "2018-09-21", "2023-12-31"
    assert [told[(str(y), first)][0] for y in range(2011, 2017)] == [1659.1, 1731.0, 1802.5, 1873.6, 1930.4, 1995.8]
    assert [told[(str(y), then)][0] for y in range(2011, 2017)] == [1699.93, 1789.71, 1873.48, 1977.84, 2069.2, 2138.8]
    assert [told[(str(y), then)][1] for y in range(2011, 2017)] == [40.83, 58.71, 70.98, 104.24, 138.8, 143.0]
    assert {r["file_name"] for r in rows} >= {"gso-2018-population.csv", "gso-2023-population.csv"}
    table = southern.run("revisions", "POP_AVG", "74", "--from", "2016", "--to", "2016").out
    assert "1.995,8" in table and "2.138,8" in table and "+143 (+7,17 %)" in table


def test_the_growth_of_2023_as_first_told_and_as_revised(southern: Home) -> None:
    ask = ("revisions", "GRDP_GROWTH", "74", "--from", "2023", "--to", "2023", "--format", "json")
    rows = southern.run(*ask).json
    assert [(r["value"], r["published"], r["published_precision"], r["status"]) for r in rows] == [
        (5.97, "2023-12-31", "month", "estimate"), (5.0, "2024-12-31", "month", "revised"),
    ]  # fmt: skip
    assert [(r["revision"], r["revision_pct"], r["stands"]) for r in rows] == [
        (None, None, False),
        (-0.97, -16.2479, True),
    ]
    assert [r["value"] for r in southern.run(*ask, "--published", "2023-12-31").json] == [5.97]
    none = southern.run(*ask, "--recorded", "2020-01-01")
    assert none.code == 8 and none.out == ""


def test_growth_of_constant_prices_is_opened_down_to_its_cells(southern: Home) -> None:
    (found,) = southern.run(
        "grow", "GRDP_C2010", "--areas", "75", "--from", "2024", "--to", "2024", "--format", "json"
    ).json
    assert round(found["value"], 2) == 5.59 and found["marks"] == ["vintages"] and found["is_computed"]
    assert [(i["period"], i["value"], i["document"]) for i in found["inputs"]] == [
        ("2023", 246448.8, "facts-prov-75-2023-12"), ("2024", 260229.0, "facts-prov-75-2024-12-17"),
    ]  # fmt: skip
    for cell in found["inputs"]:
        traced = southern.run("trace", "GRDP_C2010", "75@2004", cell["period"], "--format", "json").json
        assert cell["cell"] in {t["cell"] for t in traced} and cell["file_sha256"] in {t["file_sha256"] for t in traced}


@pytest.mark.parametrize(
    ("words", "value"),
    [
        (("POP_AVG", "--areas", "74", "--from", "2011", "--to", "2022", "--average"), 4.5151),
        (("GRDP_GROWTH", "--areas", "74", "--from", "2020", "--to", "2024", "--average"), 5.9855),
        (("GRDP_C2010", "--areas", "75@2004", "--target", "400000", "--by", "2030"), 7.428),
        (("IIP", "--areas", "74", "--from", "2012", "--to", "2016", "--base", "2011"), 156.1935),
        (("IIP", "--areas", "74", "--from", "2016", "--to", "2016"), 8.1),
    ],
)
def test_averages_targets_and_chains(southern: Home, words: tuple[str, ...], value: float) -> None:
    found = southern.run("grow", *words, "--format", "json").json
    assert round(found[-1]["value"], 4) == value and found[-1]["formula"] and found[-1]["inputs"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("GRDP_CUR", "--areas", "74"), 2, "giá hiện hành"),
        (("GRDP_GROWTH", "--areas", "74"), 2, "lienvung grow GRDP_C2010"),
        (("POP_AVG", "--areas", "74", "--target", "3000"), 2, "--by"),
        (("POP_AVG", "--areas", "74", "--average", "--base", "2011"), 2, "--average, --base"),
        (("GRDP_C2010", "--areas", "74"), 8, "GRDP_C2010"),
    ],
)
def test_what_is_not_lawful_is_refused(southern: Home, words: tuple[str, ...], code: int, said: str) -> None:
    done = southern.run("grow", *words)
    assert done.code == code and said in done.err and done.out == ""


def test_csv_of_both_commands_has_one_line_each(southern: Home) -> None:
    lines = southern.run("revisions", "GRDP_GROWTH", "74", "--format", "csv").out.splitlines()
    assert lines[0].startswith("indicator,period,issuer") and len(lines) == 7
    grown = southern.run("grow", "POP_AVG", "--areas", "74", "--from", "2020", "--to", "2022", "--format", "csv").out
    assert len(grown.splitlines()) == 4 and "inputs" not in grown.splitlines()[0]
