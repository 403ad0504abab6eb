"""Real figures of the southern region, from the pack to the command's answer."""

from __future__ import annotations

import csv
from collections import Counter

from tests.conftest import PACK, Home


def value(home: Home, *words: object) -> float:
    rows = home.rows(*words)
    assert len(rows) == 1, rows
    return float(rows[0]["value"])


def test_a_second_start_loads_nothing_twice(southern: Home) -> None:
    assert "Không có gì mới" in southern.run("init").out


def test_both_vintages_of_the_population(southern: Home) -> None:
    ask = ("POP_AVG", "--areas", "74", "--from", "2016", "--to", "2016")
    assert value(southern, *ask, "--published", "2018-12-31") == 1995.8
    assert value(southern, *ask) == 2138.8


def test_growth_of_2023_as_published_then_and_a_year_later(southern: Home) -> None:
    ask = ("GRDP_GROWTH", "--areas", "74", "--from", "2023", "--to", "2023")
    assert value(southern, *ask, "--published", "2023-12-31") == 5.97
    assert value(southern, *ask, "--published", "2024-12-31") == 5.0


def test_grdp_and_fdi_of_binh_duong_in_2020(southern: Home) -> None:
    when = ("--areas", "74", "--from", "2020", "--to", "2020")
    assert value(southern, "GRDP_CUR", *when) == 389605
    assert value(southern, "FDI_PROJ_CUM", *when, "--issuer", "FIA") == 3932
    assert round(value(southern, "FDI_CAP_CUM", *when, "--issuer", "FIA") / 1000, 2) == 35.50


def test_two_issuers_of_one_fact_stay_two(southern: Home) -> None:
    rows = southern.rows("FDI_CAP_CUM", "--region", "R6-DNB", "--from", "2016", "--to", "2016")
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row["issuer"]] += row["value"]
    assert round(sums["GSO"], 1) == 130500.1
    assert round(sums["FIA"], 1) == 129767.7
    projects = southern.rows("FDI_PROJ_CUM", "--region", "R6-DNB", "--from", "2016", "--to", "2016", "--issuer", "GSO")
    assert sum(r["value"] for r in projects) == 11961


def test_a_figure_is_traced_to_the_sheet_and_cell_of_the_workbook(southern: Home) -> None:
    found = southern.run("trace", "FDI_CAP_CUM", "74", "2020", "--issuer", "FIA", "--format", "json").json
    assert [(r["origin_file"], r["origin_sheet"], r["origin_cell"]) for r in found] == [
        ("FDI.2020.xlsx", "Luy ke T12 2020", "D185")
    ]
    assert found[0]["published"] == "2020-12-31" and found[0]["published_precision"] == "month"
    assert "Luy ke T12 2020!D185" in southern.run("trace", "FDI_CAP_CUM", "74", "2020").out


def test_a_reused_code_is_refused_with_its_choices(southern: Home) -> None:
    refused = southern.run("get", "POP_AVG", "--areas", "80", "--from", "2016", "--to", "2025")
    assert refused.code == 5
    assert "80@2004 (Long An)" in refused.err and "80@2025-07-01 (Tây Ninh)" in refused.err
    long_an = southern.rows("POP_AVG", "--areas", "80", "--from", "2016", "--to", "2020")
    assert {(r["area_valid_from"], r["area_name"]) for r in long_an} == {("2004", "Long An")}
    new = southern.rows("GRDP_CUR", "--areas", "80@2025-07-01")
    assert {r["area_name"] for r in new} == {"Tây Ninh"}


def test_a_province_that_is_not_listed_is_missing_not_zero(southern: Home) -> None:
    none = southern.run("get", "STATE_INV_YTD", "--areas", "70", "--from", "2024-12", "--to", "2024-12")
    assert none.code == 8


def test_json_rows_carry_the_names_that_scripts_rely_on(southern: Home) -> None:
    row = southern.rows("POP_URBAN", "--areas", "74", "--from", "2020", "--to", "2020")[0]
    names = [
        "indicator",
        "area",
        "area_valid_from",
        "period",
        "value",
        "unit",
        "status",
        "published",
        "recorded",
        "issuer",
    ]
    assert set(names) <= set(row)
    assert (row["indicator"], row["area"], row["area_valid_from"], row["period"]) == ("POP_URBAN", "74", "2004", "2020")


def test_every_key_of_the_shared_table_is_in_the_catalogue(southern: Home) -> None:
    found = southern.run("pack", "list", "--format", "json").json
    keys = {r["indicator_key"] for r in found if not r["indicator_key"].startswith("GV")}
    assert len(keys) == 164


def test_at_least_sixty_keys_have_figures(southern: Home) -> None:
    from lienvung.query.reader import Reader
    from lienvung.query.series import find_series
    from lienvung.store.packs import load_catalogue

    indicators = load_catalogue(PACK).indicators
    series = find_series(Reader(southern.path / "store"))
    with_figures = {indicators[i].indicator_key for i in set(series["indicator"].to_pylist())}
    assert len([k for k in with_figures if not k.startswith("GV")]) >= 60


def test_every_document_names_its_issuer_and_date() -> None:
    for path in (PACK / "sources").glob("*.csv"):
        with path.open(encoding="utf-8") as lines:
            for line in csv.DictReader(lines):
                assert line["issuer"] and line["title_vi"] and line["published"], (path.name, line["document"])


def test_missing_input_has_its_own_message_and_code(southern: Home) -> None:
    assert southern.run("get", "GRPD_CUR").code == 5
    assert "GRDP_CUR" in southern.run("get", "GRPD_CUR").err
    assert southern.run("get", "GRDP_CUR", "--from", "năm ngoái").code == 2
    assert southern.run("get", "GRDP_CUR", "--areas", "Atlantis").code == 5
    wrong = southern.run("get", "GRDP_CUR", "--from", "2022", "--to", "2016", lang="en")
    assert wrong.code == 2 and "What to do" in wrong.err


def test_another_unit_names_its_rate(southern: Home) -> None:
    ask = ("GRDP_CUR", "--areas", "74", "--from", "2022", "--to", "2022", "--issuer", "GSO")
    row = southern.rows(*ask, "--unit", "USD_BN")[0]
    assert row["unit"] == "USD_BN" and 19 < row["value"] < 20
    assert "2022" in row["note"] and "USD" in row["note"]
    assert southern.rows(*ask, "--unit", "VND_TN")[0]["value"] == 456.74
    assert southern.run("get", *ask, "--unit", "HA").code == 2
