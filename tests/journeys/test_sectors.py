"""Sectors by the command line, on the southern pack's real figures: each result with the cells that it is made of."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import Home


def _json(home: Home, *words: str) -> Any:
    done = home.run("sectors", *words, "--format", "json")
    assert done.code == 0, done.err
    return done.json


@pytest.mark.parametrize(
    ("options", "expected", "inputs"),
    [
        (("--against", "R6-DNB", "--issuer", "GSO", "--published", "2018-12-31"), 1.68, 14),
        (("--against", "R6-DNB", "--issuer", "FIA"), 1.61, 14),
        (("--against", "KTTD-PN", "--issuer", "FIA"), 1.82, 18),
    ],
)
def test_fdi_of_binh_duong_at_the_end_of_2016_by_its_inputs(
    southern: Home, options: tuple[str, ...], expected: float, inputs: int
) -> None:
    """Before the census revision against six provinces; the agency's workbook with revised people, six and eight."""
    (found,) = _json(southern, "special", "--area", "74", "--sector", "FDI_CAP_CUM", *options)
    by_year = {p["year"]: p["value"] for p in found["path"]}
    assert round(by_year[2016], 2) == expected
    assert len(found["inputs"]) == inputs and all(i["address"].startswith("/vi/nguon-so/") for i in found["inputs"])
    rows = {(i["indicator"], i["area"]): i["value"] for i in found["inputs"]}
    members = {a for _, a in rows}
    own = rows["FDI_CAP_CUM", "74@2004"] / sum(rows["FDI_CAP_CUM", a] for a in members)
    people = rows["POP_AVG", "74@2004"] / sum(rows["POP_AVG", a] for a in members)
    assert found["value"] == pytest.approx(own / people)


def test_published_structures_and_who_has_none(southern: Home) -> None:
    found = _json(southern, "special", "--shares")
    by_area: dict[str, list[dict[str, Any]]] = {}
    for record in found:
        by_area.setdefault(record["area"], []).append(record)
    industry = next(r for r in by_area["74@2004"] if r["sector"] == "GRDP_SHARE.INDU")
    assert industry["year"] == 2024 and industry["value"] == pytest.approx(64.93 / (100 * 4333235 / 11511870), rel=1e-4)
    assert industry["low"] < industry["value"] < industry["high"]
    for silent in ("72@2004", "75@2004", "80@2004", "82@2004"):
        assert [r["year"] for r in by_area[silent]] == [None] and by_area[silent][0]["missing"]
    oil = next(r for r in by_area["77@2004"] if r["sector"] == "GRDP_SHARE.OILGAS")
    assert oil["year"] is None and len(oil["missing"]) == 2
    assert all("P9M" in r["missing"][0] for r in by_area["70@2004"])


def test_growth_adds_up_and_a_missing_base_is_refused(southern: Home) -> None:
    found = _json(southern, "growth", "--area", "80", "--from", "2006", "--to", "2016")
    split = next(r for r in found if r["sector"] == "PADDY_PROD")
    assert sum(p["value"] for p in split["parts"]) == pytest.approx(split["change"])
    own = {i["period"]: i["value"] for i in split["inputs"] if i["area"] == "80@2004"}
    assert own["2016"] - own["2006"] == pytest.approx(split["change"])
    fdi = next(r for r in found if r["sector"] == "FDI_CAP_CUM")
    assert fdi["change"] is None and "2006" in fdi["reason"]
    sections = _json(southern, "growth", "--sections")
    known = [r for r in sections if r["change"] is not None]
    assert len(known) >= 20 and sum(p["value"] for r in known for p in r["parts"]) == pytest.approx(
        sum(r["change"] for r in known)
    )


def test_likeness_of_all_pairs_and_what_is_planned(southern: Home) -> None:
    found = _json(southern, "same")
    assert len(found["pairs"]) == 28 and all(0 <= p["value"] <= 1 for p in found["pairs"])
    assert len(found["compared"]) >= 5 and "CASSAVA_PROD" in found["left_out"]
    parks = next(p for p in found["plans"] if p["facility"] == "industrial_park")
    assert {t["target"] for t in parks["targets"]} == {"TG-144", "TG-162"} and not parks["regional"]
    assert any("không kết luận" in s for s in parks["said"]) and len(parks["use"]) >= 8


def test_room_says_what_is_printed_and_refuses_the_rest(southern: Home) -> None:
    found = _json(southern, "room")
    use = {r["area"]: r for r in found if r["kind"] == "use"}
    assert use["74@2004"]["value"] == 93.3 and use["74@2004"]["inputs"][0]["address"]
    icor = next(r for r in found if r["kind"] == "icor")
    assert icor["period"].startswith("2011") and icor["value"] == pytest.approx(3.94, abs=0.01)


def test_dependence_on_oil_is_printed_computed_or_missing(southern: Home) -> None:
    found = _json(southern, "depend")
    own = [r for r in found if r["area"] == "77@2004"]
    assert [(r["period"], r["way"]) for r in own] == [
        ("2024-S1", "printed"), ("2023", "printed"), ("2021", "computed"),
    ]  # fmt: skip
    assert own[1]["share_pct"] == 35.7 and own[2]["share_pct"] == pytest.approx(100 * (1 - 163.4 / 281.2))
    assert {r["area"] for r in found if r["way"] == "missing"} == {
        f"{c}@2004" for c in ("70", "72", "74", "75", "79", "80", "82")
    }


def test_next_sectors_come_with_reasons_in_both_languages(southern: Home) -> None:
    found = _json(southern, "next", "--area", "74")
    assert found and all(r["quotient"] < 1 and len(r["reasons"]) == 3 for r in found)
    said = southern.run("sectors", "next", "--area", "74", lang="en").out
    assert "nearer" in said and "no manufacturing" in said


def test_an_unknown_sector_or_area_is_refused(southern: Home) -> None:
    assert southern.run("sectors", "special", "--sector", "GOLD").code == 2
    assert southern.run("sectors", "growth", "--area", "xyz").code == 5


def _hand_in(home: Home, name: str, text: str) -> None:
    path = home.path.parent / name
    path.write_text(text, "utf-8")
    done = home.run("submit", path, "--format", "json")
    assert done.code == 0, done.out + done.err
    number = str(done.json["submission"])
    assert home.run("approve", number, user="binh").code == 0
    assert home.run("publish", number, user="binh").code == 0


COUNTRY = """# lienvung: tidy/1
# issuer: GSO
# boundary: 2004
# published: 2025-01
indicator,area,period,activity,value
GDP_CUR,VN,2024,_T,11511870
GDP_CUR,VN,2024,INDU,4333235
EMPLOYED,VN,2024,_T,50000
EMPLOYED,VN,2024,VSIC_C,10000
"""
SHARES = """# lienvung: tidy/1
# issuer: PROV_74
# boundary: 2004
# published: 2025-01
indicator,area,period,activity,value
GRDP_SHARE,74,2024,AGRI,2.73
GRDP_SHARE,74,2024,INDU,64.93
"""


def test_a_structure_handed_in_through_the_template_is_used_at_once(empty: Home) -> None:
    """Bình Dương's published structure of 2024, and employment by section (imitation figures) in the template."""
    _hand_in(empty, "country.csv", COUNTRY)
    _hand_in(empty, "shares.csv", SHARES)
    form = empty.path.parent / "mau.csv"
    assert empty.run("sectors", "template", "--area", "74", "--period", "2024", "--out", form).code == 0
    lines = form.read_text("utf-8-sig").splitlines()
    sections = [line for line in lines if line.startswith("EMPLOYED")]
    assert len(sections) == 22 and sum(line.startswith("GRDP_CUR") for line in lines) == 22
    head = (
        "\n".join(lines[:5]).replace("# issuer:", "# issuer: PROV_74").replace("# published:", "# published: 2025-01")
    )
    filled = {"_T": "1500", "VSIC_C": "900"}
    kept = [line for line in sections if line.split(",")[3] in filled]
    body = [line.replace(",,PERSONS_TH,", f",{filled[line.split(',')[3]]},PERSONS_TH,official") for line in kept]
    _hand_in(empty, "filled.csv", "\n".join([head, *body]) + "\n")
    found = {r["sector"]: r for r in _json(empty, "special", "--shares", "--area", "74")}
    assert found["GRDP_SHARE.INDU"]["value"] == pytest.approx(0.6493 / (4333235 / 11511870))
    assert found["GRDP_SHARE.AGRI"]["value"] is None and "2024" in found["GRDP_SHARE.AGRI"]["missing"][0]
    assert found["EMPLOYED.VSIC_C"]["value"] == pytest.approx((900 / 1500) / (10000 / 50000))
    assert found["EMPLOYED.VSIC_C"]["low"] is None and found["EMPLOYED.VSIC_C"]["notes"]
