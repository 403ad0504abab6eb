"""Every rule about packs has a pack that keeps it and one that breaks it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lienvung.domain.handovers import Finding
from lienvung.store.packs import MAY_BE_ABSENT
from lienvung.validate.packs import RULES, check_pack, check_territory
from tests.store.tiny_pack import FILES, write_changed, write_pack

SOUTHERN = Path(__file__).parents[2] / "packs" / "southern"

BROKEN: list[tuple[str, str, str, str, str, str | None]] = [
    # rule, file, what stands there, what is put instead, place, column
    ("PACK-FILE", "pack.yaml", "region: V1", "region: ", "pack.yaml", "region"),
    ("PACK-COLUMN", "areas/areas.csv", ",aliases,", ",alias,", "areas/areas.csv:1", "aliases"),
    ("PACK-COLUMN", "areas/areas.csv", ",aliases,", ",alias,", "areas/areas.csv:1", "alias"),
    ("PACK-COLUMN", "areas/members.csv", "V1,72@2004,0,", "V1,72@2004,0", "areas/members.csv:2", None),
    ("PACK-EMPTY", "areas/areas.csv", "Long An,Long An", "Long An,", "areas/areas.csv:3", "name_en"),
    ("PACK-EMPTY", "indicators/T01.csv", "PERSONS_TH,1", ",1", "indicators/T01.csv:2", "unit"),
    ("PACK-DATE", "areas/areas.csv", "72,2004,2025-07-01", "72,2004,1/7/2025", "areas/areas.csv:2", "valid_to"),
    ("PACK-DATE", "areas/areas.csv", "72,2004,2025-07-01", "72,2004,2003-07-01", "areas/areas.csv:2", "valid_to"),
    ("PACK-DATE", "areas/areas.csv", "72,2004,", "72,04,", "areas/areas.csv:2", "valid_from"),
    ("PACK-DATE", "areas/regions.csv", "region,,,thử", "region,x,,thử", "areas/regions.csv:2", "valid_from"),
    ("PACK-DATE", "areas/succession.csv", "01,2025-07-01,1", "01,2026-07-01,1", "areas/succession.csv:2", "day"),
    ("PACK-DATE", "agencies/succession.csv", "2025-03-01", "2025-01-01", "agencies/succession.csv:2", "day"),
    ("PACK-DATE", "sources/gso.csv", "2021-06", "06/2021", "sources/gso.csv:2", "published"),
    ("PACK-DATE", "figures/grdp.csv", "2026-06-30", "30.6.2026", "figures/grdp.csv:3", "published"),
    ("PACK-NUMBER", "codelists/exchange_rates.csv", "24164.89", "0", "codelists/exchange_rates.csv:2", "vnd_per_unit"),
    ("PACK-NUMBER", "codelists/exchange_rates.csv", "24164.89", "x", "codelists/exchange_rates.csv:2", "vnd_per_unit"),
    ("PACK-PERIOD", "codelists/exchange_rates.csv", "USD,2024", "USD,24", "codelists/exchange_rates.csv:2", "period"),
    ("PACK-CHOICE", "codelists/exchange_rates.csv", "USD,", "VND,", "codelists/exchange_rates.csv:2", "currency"),
    ("PACK-CHOICE", "codelists/exchange_rates.csv", "implied", "guess", "codelists/exchange_rates.csv:2", "kind"),
    ("PACK-REFERENCE", "codelists/exchange_rates.csv", "2020,", "2021,", "codelists/exchange_rates.csv:2", "document"),
    ("PACK-CHOICE", "codelists/price_links.csv", "t_2020", "t_2015", "codelists/price_links.csv:2", "to_basis"),
    ("PACK-NUMBER", "codelists/price_links.csv", "1.5", "-1.5", "codelists/price_links.csv:2", "factor"),
    ("PACK-REFERENCE", "codelists/price_links.csv", ",80,", ",99,", "codelists/price_links.csv:2", "scope"),
    ("PACK-NUMBER", "codelists/units.csv", "PERSONS,1000", "PERSONS,nghìn", "codelists/units.csv:3", "factor"),
    ("PACK-NUMBER", "indicators/T05.csv", "VND_BN,0,current", "VND_BN,1.5,current", "indicators/T05.csv:2", "decimals"),
    ("PACK-NUMBER", "figures/grdp.csv", "131892", '"131,892"', "figures/grdp.csv:2", "value"),
    ("PACK-NUMBER", "figures/grdp.csv", "131892", "nan", "figures/grdp.csv:2", "value"),
    ("PACK-NUMBER", "figures/grdp.csv", "131892", "131_892", "figures/grdp.csv:2", "value"),
    ("PACK-DUPLICATE", "indicators/T05.csv", "GRDP_CON,T", "POP_AVG,T", "indicators/T05.csv:3", "code"),
    ("PACK-DUPLICATE", "codelists/units.csv", "VND_MN,", "VND_BN,", "codelists/units.csv:5", "code"),
    ("PACK-DUPLICATE", "sources/gso.csv", "yearbook-2025,", "yearbook-2020,", "sources/gso.csv:3", "document"),
    ("PACK-DUPLICATE", "figures/population.csv", "URBAN", "_T", "figures/population.csv:6", None),
    ("PACK-DUPLICATE", "figures/population.csv", "Tây Ninh", "Long An", "figures/population.csv:7", None),
    ("PACK-REFERENCE", "areas/succession.csv", "72@2004", "73@2004", "areas/succession.csv:2", "predecessor"),
    ("PACK-REFERENCE", "areas/members.csv", "72@2004", "72@2005", "areas/members.csv:2", "area"),
    ("PACK-REFERENCE", "agencies/succession.csv", "STC", "STCX", "agencies/succession.csv:2", "successor"),
    ("PACK-REFERENCE", "codelists/breakdowns.csv", "Urban,_T", "Urban,_X", "codelists/breakdowns.csv:3", "parent"),
    ("PACK-REFERENCE", "codelists/activities.csv", "_T,", "T,", "codelists/activities.csv", "code"),
    ("PACK-REFERENCE", "indicators/T05.csv", "VND_BN,0,cur", "VND_B,0,cur", "indicators/T05.csv:2", "unit"),
    ("PACK-REFERENCE", "indicators/T05.csv", "POP_AVG,,1000", "POP,,1000", "indicators/T05.csv:5", "denominator"),
    ("PACK-REFERENCE", "indicators/groups.csv", "T05,", "T06,", "indicators/T05.csv:2", "code"),
    ("PACK-REFERENCE", "sources/gso.csv", "yearbook-2025,GSO", "yearbook-2025,NSO", "sources/gso.csv:3", "issuer"),
    ("PACK-REFERENCE", "breaks/breaks.csv", "POP_AVG", "POP_SUM", "breaks/breaks.csv:2", "indicator"),
    ("PACK-REFERENCE", "breaks/breaks.csv", "80@2004", "81@2004", "breaks/breaks.csv:2", "area"),
    ("PACK-REFERENCE", "pack.yaml", "region: V1", "region: V2", "pack.yaml", "region"),
    ("PACK-REFERENCE", "pack.yaml", "GRDP_CUR, GRDP_PC", "GRDP_CUR, PCI", "pack.yaml", "headline"),
    ("PACK-REFERENCE", "figures/grdp.csv", "GRDP_PC", "GRDP_PCX", "figures/grdp.csv:4", "indicator"),
    ("PACK-REFERENCE", "figures/population.csv", "document: y", "document: x", "figures/population.csv:5", "document"),
    ("PACK-REFERENCE", "figures/population.csv", "Tây Ninh", "Bình Dương", "figures/population.csv:7", "area"),
    ("PACK-REFERENCE", "figures/population.csv", "URBAN", "CITY", "figures/population.csv:6", "breakdown"),
    ("PACK-CHOICE", "areas/areas.csv", "72,2004,2025-07-01,province", "72,2004,2025-07-01,tỉnh", "areas/areas.csv:2",
     "level"),
    ("PACK-CHOICE", "areas/members.csv", "80@2025-07-01,1", "80@2025-07-01,có", "areas/members.csv:3", "is_partial"),
    ("PACK-CHOICE", "indicators/T05.csv", "BN,0,current", "BN,0,nominal", "indicators/T05.csv:2", "price_basis"),
    ("PACK-CHOICE", "indicators/T05.csv", "previous_year", "last_year", "indicators/T05.csv:4", "comparison"),
    ("PACK-CHOICE", "indicators/T01.csv", ",sum,", ",,", "indicators/T01.csv:2", "aggregation"),
    ("PACK-CHOICE", "indicators/T05.csv", "up,A Q", "up,A W", "indicators/T05.csv:2", "frequency"),
    ("PACK-CHOICE", "indicators/T05.csv", "up,A Q", "good,A Q", "indicators/T05.csv:2", "direction"),
    ("PACK-CHOICE", "sources/gso.csv", ",2004,\n", ",2005,\n", "sources/gso.csv:2", "boundary"),
    ("PACK-CHOICE", "sources/gso.csv", "2026,,,,", "2026,,,abc,", "sources/gso.csv:3", "file_sha256"),
    ("PACK-CHOICE", "figures/population.csv", "preliminary", "sơ bộ", "figures/population.csv:7", "status"),
    ("PACK-AGGREGATION", "indicators/T05.csv", "POP_AVG,,1000", ",,1000", "indicators/T05.csv:5", "denominator"),
    ("PACK-AGGREGATION", "indicators/T05.csv", "growth,GRDP_CON", "growth,", "indicators/T05.csv:4", "numerator"),
    ("PACK-AGGREGATION", "indicators/T05.csv", "growth,GRDP_CON", "growth,GRDP_CUR", "indicators/T05.csv:4",
     "numerator"),
    ("PACK-AGGREGATION", "indicators/T05.csv", "ratio,GRDP_CUR", "ratio,GRDP_CON", "indicators/T05.csv:5", "numerator"),
    ("PACK-AGGREGATION", "indicators/T05.csv", "constant_2010,previous_year", "constant_2020,previous_year",
     "indicators/T05.csv:4", "numerator"),
    ("PACK-AGGREGATION", "indicators/T01.csv", ",sum,", ",weighted_mean,", "indicators/T01.csv:2", "weight"),
    ("PACK-SHARE", "areas/succession.csv", "72@2004,80@2025-07-01,2025-07-01,1", "72@2004,80@2025-07-01,2025-07-01,0.4",
     "areas/succession.csv:2", "share"),
    ("PACK-SHARE", "areas/succession.csv", "72@2004,80@2025-07-01,2025-07-01,1", "72@2004,80@2025-07-01,2025-07-01,-1",
     "areas/succession.csv:2", "share"),
    ("PACK-RANGE", "plans/targets.csv", "at,9,10,", "at,10,9,", "plans/targets.csv:2", "low"),
    ("PACK-ENDED", "plans/documents.csv", "2023-12", "2025-12", "plans/documents.csv:2", "territory"),
    ("PACK-OVERLAP", "areas/areas.csv", "80,2004,2025-07-01", "80,2004,2025-12-31", "areas/areas.csv:4", "valid_from"),
    ("PACK-CYCLE", "agencies/succession.csv", "thử\n", "thử\nSTC,SKHDT,2025-04-01,\n", "agencies/succession.csv:3",
     "successor"),
    ("PACK-CYCLE", "codelists/breakdowns.csv", "Total,,", "Total,URBAN,", "codelists/breakdowns.csv:3", "parent"),
    ("PACK-MEMBERS", "areas/regions.csv", "thử\n", "thử\nV2,V,Vùng hai,Second,,,thử\n", "areas/regions.csv:3", "code"),
    ("PACK-PERIOD", "breaks/breaks.csv", ",2019,", ",năm 2019,", "breaks/breaks.csv:2", "period"),
    ("PACK-PERIOD", "figures/grdp.csv", "Tây Ninh,2025", "Tây Ninh,2025-Q5", "figures/grdp.csv:4", "period"),
    ("PACK-UNIT", "figures/grdp.csv", "131892,VND_BN", "131892,PERSONS_TH", "figures/grdp.csv:2", "unit"),
    ("PACK-COLUMN", "figures/grdp.csv", ",unit,", ",units,", "figures/grdp.csv:1", "units"),
    ("PACK-COLUMN", "figures/grdp.csv", ",value,", ",number,", "figures/grdp.csv:1", "value"),
    ("PACK-EMPTY", "figures/grdp.csv", "80,2020,131892", ",2020,131892", "figures/grdp.csv:2", "area"),
]  # fmt: skip


def found_at(findings: list[Finding], rule: str, place: str, column: str | None) -> list[Finding]:
    return [f for f in findings if (f.rule, f.sheet, f.cell) == (rule, place, column)]


def test_a_whole_pack_has_no_findings(tmp_path: Path) -> None:
    assert list(check_pack(write_pack(tmp_path))) == []


@pytest.mark.parametrize(("rule", "file", "old", "new", "place", "column"), BROKEN)
def test_a_broken_pack_is_told_where(
    tmp_path: Path, rule: str, file: str, old: str, new: str, place: str, column: str | None
) -> None:
    found = found_at(list(check_pack(write_changed(tmp_path, file, old, new))), rule, place, column)
    assert len(found) >= 1
    assert found[0].severity == "error"
    assert all((found[0].message_vi, found[0].message_en, found[0].suggestion_vi, found[0].suggestion_en))


def test_every_rule_is_broken_by_some_case() -> None:
    assert {case[0] for case in BROKEN} == set(RULES)


MAY_BE_MISSING = ("figures/", "breaks/", "sources/", *MAY_BE_ABSENT)


def test_rates_and_price_links_may_be_absent(tmp_path: Path) -> None:
    assert list(check_pack(write_pack(tmp_path, **dict.fromkeys(MAY_BE_ABSENT)))) == []


@pytest.mark.parametrize("file", sorted(f for f in FILES if not f.startswith(MAY_BE_MISSING)))
def test_a_missing_file_is_found(tmp_path: Path, file: str) -> None:
    findings = list(check_pack(write_pack(tmp_path, **{file: None})))
    expected = {"indicators/T01.csv": "PACK-REFERENCE", "indicators/T05.csv": "PACK-REFERENCE"}.get(file, "PACK-FILE")
    assert any(f.rule == expected and (expected != "PACK-FILE" or f.sheet == file) for f in findings)


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    folder = write_pack(
        tmp_path,
        **{
            "areas/members.csv": "region,area,is_partial,note\nV1,99@2004,2,\n",
            "codelists/units.csv": FILES["codelists/units.csv"].replace(",1000\n", ",x\n"),
            "figures/grdp.csv": FILES["figures/grdp.csv"].replace("131892", "abc"),
        },
    )
    rules = {f.rule for f in check_pack(folder)}
    assert {"PACK-REFERENCE", "PACK-CHOICE", "PACK-NUMBER"} <= rules


def test_one_bad_value_on_many_lines_is_one_finding_with_a_count(tmp_path: Path) -> None:
    rows = "".join(f"80,{year},..,,offcial\n" for year in range(1995, 2015))
    header = "\n".join(FILES["figures/population.csv"].splitlines()[:4]) + "\n"
    findings = list(check_pack(write_pack(tmp_path, **{"figures/population.csv": header + rows})))
    assert [(f.rule, f.sheet, f.cell, f.count) for f in findings] == [
        ("PACK-CHOICE", "figures/population.csv:5", "status", 20)
    ]


def test_many_doubles_are_told_briefly(tmp_path: Path) -> None:
    rows = "".join(f"GRDP_CUR,80,{year},1,,yearbook-2020,\n" for year in range(1990, 2020)) * 2
    header = FILES["figures/grdp.csv"].splitlines()[0] + "\n"
    findings = list(check_pack(write_pack(tmp_path, **{"figures/grdp.csv": header + rows})))
    assert {f.rule for f in findings} == {"PACK-DUPLICATE"}
    assert (len(findings), sum(f.count for f in findings)) == (21, 30)


def test_an_area_is_read_on_the_boundary_of_its_document(tmp_path: Path) -> None:
    text = "indicator,area,period,value,document,boundary\nPOP_AVG,{area},2020,1,{document},{boundary}\n"

    def problems(area: str, document: str, boundary: str = "") -> list[str]:
        figures = text.format(area=area, document=document, boundary=boundary)
        return [f.rule for f in check_pack(write_pack(tmp_path, **{"figures/grdp.csv": figures}))]

    assert problems("72", "yearbook-2020") == []
    assert problems("72", "yearbook-2025") == ["PACK-REFERENCE"]
    assert problems("72", "yearbook-2025", "2004") == []
    assert problems("72@2004", "yearbook-2025") == []
    assert problems("80@2004", "yearbook-2020", "2025-07-01") == []


def test_the_same_figure_in_two_documents_is_two_vintages(tmp_path: Path) -> None:
    assert list(check_pack(write_pack(tmp_path))) == []
    findings = list(check_pack(write_changed(tmp_path, "figures/grdp.csv", "yearbook-2025,2026", "yearbook-2020,2026")))
    assert [f.rule for f in findings] == ["PACK-DUPLICATE"]


def test_the_territory_of_the_southern_pack_is_sound() -> None:
    assert [(f.rule, f.sheet, f.cell, f.message_vi) for f in check_territory(SOUTHERN)] == []


def test_the_southern_pack_is_sound() -> None:
    assert [(f.rule, f.sheet, f.cell, f.message_vi) for f in check_pack(SOUTHERN)] == []
