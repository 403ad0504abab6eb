"""SDMX-ML 2.1 structure-specific data."""

from __future__ import annotations

from pathlib import Path

import pytest

from lienvung import source
from lienvung.domain.handovers import RawFile
from lienvung.errors import DamagedFile, LayoutNotRecognised, WrongFileType
from lienvung.parse.recipes import Recipe, load_recipes
from lienvung.parse.sdmx_ml import parse_sdmx_ml, read_header

ROOT = Path(__file__).parents[2]
REAL = ROOT.parent / "shared" / "data" / "nsdp-sdmx-2024q3"
RECIPE = Recipe(
    "test", "sdmx_ml", "Thử", "Test", "GSO", "2004",
    match={"structure": "IMF:ECOFIN_DSD"},
    layout={
        "areas": {"VN": "VN"},
        "missing": ["na"],
        "units": {"persons": {"3": "PERSONS_TH"}},
        "series": [
            {"where": {"INDICATOR": "LF"}, "indicator": "LABOUR_FORCE", "kind": "persons"},
            {"where": {"INDICATOR": "LUR"}, "indicator": "UNEMP_RATE", "unit": "PCT"},
            {"where": {"INDICATOR": "SE"}, "indicator": "POP_AVG", "area": "R6-DNB", "breakdown": "SEX_F", "unit": "X"},
        ],
    },
)  # fmt: skip
MESSAGE = "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message"


def message(body: str, root: str = "StructureSpecificData") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><m:{root} xmlns:m="{MESSAGE}"><m:Header><m:ID>X</m:ID>'
        "<m:Prepared>2024-11-13T06:49:09Z</m:Prepared><m:Structure><Structure><Ref agencyID='IMF' id='ECOFIN_DSD'/>"
        f"</Structure></m:Structure></m:Header><m:DataSet REF_AREA='VN'>{body}</m:DataSet></m:{root}>"
    )


def take(text: str | bytes, keep: Path) -> RawFile:
    return source.fetch_bytes("a.xml", text.encode() if isinstance(text, str) else text, keep)


def test_every_observation_of_a_mapped_series_becomes_a_row(tmp_path: Path) -> None:
    body = (
        '<Series INDICATOR="LF" UNIT_MULT="3"><Obs TIME_PERIOD="2012-Q1" OBS_VALUE="51978.4"/>'
        '<Obs TIME_PERIOD="2012-Q2" OBS_VALUE="na"/></Series>'
        '<Series INDICATOR="LUR" UNIT_MULT="3"><Obs TIME_PERIOD="2012" OBS_VALUE="2.1" OBS_STATUS="P"/></Series>'
        '<Series INDICATOR="SE" UNIT_MULT="0"><Obs TIME_PERIOD="2012" OBS_VALUE="7" OBS_STATUS="B"/></Series>'
        '<Series INDICATOR="ZZ"><Obs TIME_PERIOD="2012" OBS_VALUE="1"/><Obs TIME_PERIOD="2013" OBS_VALUE="1"/></Series>'
    )
    rows = parse_sdmx_ml(take(message(body), tmp_path), RECIPE)
    got = rows.table.select(["indicator", "area_text", "period", "value", "mark", "unit", "status", "cell"]).to_pylist()
    assert [tuple(r.values()) for r in got] == [
        ("LABOUR_FORCE", "VN", "2012-Q1", 51978.4, None, "PERSONS_TH", "official", "Series[1]/Obs[1]"),
        ("LABOUR_FORCE", "VN", "2012-Q2", None, "not_available", "PERSONS_TH", "official", "Series[1]/Obs[2]"),
        ("UNEMP_RATE", "VN", "2012", 2.1, None, "PCT", "preliminary", "Series[2]/Obs[1]"),
        ("POP_AVG", "R6-DNB", "2012", 7.0, None, "X", "official", "Series[3]/Obs[1]"),
    ]
    assert rows.table["note"].to_pylist()[-1] == "OBS_STATUS=B"
    assert set(rows.table["published"].to_pylist()) == {"2024-11-13"}
    assert [(f.rule, f.severity, f.count, f.cell) for f in rows.findings] == [
        ("SDMX-UNMAPPED", "warning", 2, "Series[4]/Obs[1]")
    ]


def test_flat_observations_carry_their_own_dimensions(tmp_path: Path) -> None:
    body = "".join(f'<Obs INDICATOR="LUR" TIME_PERIOD="{year}" OBS_VALUE="2.1"/>' for year in (2012, 2013))
    rows = parse_sdmx_ml(take(message(body), tmp_path), RECIPE)
    assert rows.table["cell"].to_pylist() == ["Obs[1]", "Obs[2]"]


def test_a_multiplier_without_a_unit_is_an_error(tmp_path: Path) -> None:
    body = (
        '<Series INDICATOR="LUR"><Obs TIME_PERIOD="2012" OBS_VALUE="2"/></Series>'
        '<Series INDICATOR="LF" UNIT_MULT="6"><Obs TIME_PERIOD="2012" OBS_VALUE="52"/></Series>'
    )
    rows = parse_sdmx_ml(take(message(body), tmp_path), RECIPE)
    assert [(f.rule, f.severity) for f in rows.findings] == [("SDMX-UNIT-MULT", "error")]
    assert rows.table.num_rows == 1


@pytest.mark.parametrize("root", ["GenericData", "Structure"])
def test_another_message_is_not_recognised(tmp_path: Path, root: str) -> None:
    with pytest.raises(LayoutNotRecognised, match=root):
        parse_sdmx_ml(take(message("", root), tmp_path), RECIPE)


def test_a_cut_off_message_is_damaged(tmp_path: Path) -> None:
    whole = message('<Series INDICATOR="LUR"><Obs TIME_PERIOD="2012" OBS_VALUE="2"/></Series>')
    with pytest.raises(DamagedFile):
        parse_sdmx_ml(take(whole[:-40], tmp_path), RECIPE)


def test_a_document_type_is_refused_before_it_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("password")
    evil = f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]><a>&x;</a>'
    with pytest.raises(WrongFileType, match="DOCTYPE"):
        read_header(take(evil, tmp_path))


@pytest.mark.skipif(not REAL.exists(), reason="the messages are not here")
def test_the_real_messages_are_read(tmp_path: Path) -> None:
    recipe = load_recipes(ROOT / "packs" / "southern" / "recipes")["nsdp"]
    counts = {}
    for path in sorted(REAL.glob("*.xml")):
        raw = source.fetch_file(path, tmp_path)
        rows = parse_sdmx_ml(raw, recipe)
        left_out = sum(f.count for f in rows.findings)
        counts[path.name] = (rows.table.num_rows, rows.table.num_rows + left_out)
    assert {n: total for n, (_, total) in counts.items()} == {
        "CPIVNM.xml": 1683, "IIPVNM.xml": 470, "LMIVNM.xml": 737, "POPVNM.xml": 165,
    }  # fmt: skip
    assert counts["POPVNM.xml"][0] == 165
