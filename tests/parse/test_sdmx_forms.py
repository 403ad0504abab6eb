"""SDMX-CSV, SDMX-JSON, SDMX-ML 3.0: one mapping for all; our exports come back in; hostile messages are refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from lienvung import source
from lienvung.domain.clocks import OPEN_DAY, OPEN_INSTANT
from lienvung.domain.handovers import Rows
from lienvung.errors import DamagedFile, FileTooLarge, LayoutNotRecognised, LienVungError, WrongFileType
from lienvung.parse import sdmx_json
from lienvung.parse.dispatch import parse_file
from lienvung.parse.recipes import Recipe, load_recipes
from lienvung.present.sdmx.csv import CsvForm, write_csv
from lienvung.present.sdmx.json import JsonForm, write_json
from lienvung.store.schema import CLAIMS, OBSERVATIONS
from lienvung.validate.rows import check_rows
from tests.faults.damaged import tidy
from tests.parse.test_sdmx_ml import RECIPE as OLD
from tests.validate.small import CATALOGUE, RECEIVED

ROOT = Path(__file__).parents[2]
MAPPED = replace(OLD, id="mapped", reader="sdmx")
RECIPES = {
    "tidy": Recipe("tidy", "tidy", "Mẫu", "Template", "", ""),
    "mapped": MAPPED,
    "sdmx-lienvung": load_recipes(ROOT / "packs" / "southern" / "recipes")["sdmx-lienvung"],
}
EXPECTED = [
    ("LABOUR_FORCE", "VN", "2012-Q1", 51978.4, None, "PERSONS_TH", "official", None),
    ("LABOUR_FORCE", "VN", "2012-Q2", None, "not_available", "PERSONS_TH", "official", None),
    ("UNEMP_RATE", "VN", "2012", 2.1, None, "PCT", "preliminary", None),
    ("POP_AVG", "R6-DNB", "2012", 7.0, None, "X", "official", "OBS_STATUS=B"),
]
CSV_ROWS = (
    "VN,LF,3,2012-Q1,51978.4,A", "VN,LF,3,2012-Q2,,A", "VN,LUR,3,2012,2.1,P", "VN,SE,0,2012,7,B", "VN,ZZ,0,2012,1,A",
)  # fmt: skip
COLUMNS = "REF_AREA,INDICATOR,UNIT_MULT,TIME_PERIOD,OBS_VALUE,OBS_STATUS"


def take(name: str, data: str | bytes, keep: Path, recipe: str | None = None) -> Rows:
    return parse_file(source.fetch_bytes(name, data.encode() if isinstance(data, str) else data, keep), RECIPES, recipe)


def got(rows: Rows) -> list[tuple[Any, ...]]:
    names = ["indicator", "area_text", "period", "value", "mark", "unit", "status", "note"]
    return [tuple(r.values()) for r in rows.table.select(names).to_pylist()]


def csv_message(kind: str) -> str:
    if kind == "1.0":
        return "\r\n".join([f"DATAFLOW,{COLUMNS}", *(f"IMF:ECOFIN_DSD(1.0),{r}" for r in CSV_ROWS)]) + "\r\n"
    head = f"STRUCTURE,STRUCTURE_ID,ACTION,{COLUMNS}"
    lines = [head, *(f"dataflow,IMF:ECOFIN_DSD(1.0.0),I,{r}" for r in CSV_ROWS)]
    if kind == "2.0 semicolons":
        return "\n".join(line.replace(",", ";") for line in lines).replace("STRUCTURE;", "STRUCTURE[|];", 1) + "\n"
    if kind == "2.1 both":
        lines[0] = "STRUCTURE,STRUCTURE_ID,ACTION," + ",".join(f"{c}: Tên" for c in COLUMNS.split(","))
        lines = [line.replace(",VN,", ",VN: Việt Nam,").replace(",LF,", ",LF: Lực lượng lao động,") for line in lines]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("kind", ["1.0", "2.0", "2.0 semicolons", "2.1 both"])
def test_sdmx_csv(kind: str, tmp_path: Path) -> None:
    rows = take("a.csv", csv_message(kind), tmp_path)
    assert got(rows) == EXPECTED
    assert (rows.parser, rows.recipe) == ("sdmx_csv/1", "mapped")
    assert rows.table["cell"][0].as_py() == ("F2" if kind == "1.0" else "H2")
    assert [(f.rule, f.count) for f in rows.findings] == [("SDMX-UNMAPPED", 1)]


def test_sdmx_csv_with_wrong_lines(tmp_path: Path) -> None:
    good = csv_message("2.0")
    for data, line in ((good + "dataflow,x\n", "7"), (good + 'dataflow,"x\n', "7")):
        with pytest.raises(DamagedFile, match=f"line {line}"):
            take("a.csv", data, tmp_path)
    with pytest.raises(LayoutNotRecognised):
        take("a.csv", good.replace("IMF:", "XX:"), tmp_path)
    with pytest.raises(LayoutNotRecognised):
        take("a.csv", good.replace("STRUCTURE", "STRUKTUR", 1), tmp_path, "mapped")


def test_deletions_are_not_carried_out(tmp_path: Path) -> None:
    data = csv_message("2.0").replace(",I,VN,LF,3,2012-Q1", ",D,VN,LF,3,2012-Q1")
    rows = take("a.csv", data, tmp_path)
    assert got(rows) == EXPECTED[1:]
    assert [(f.rule, f.cell) for f in rows.findings if f.rule == "SDMX-DELETION"] == [("SDMX-DELETION", "H2")]


def values(component: str, *ids: str) -> dict[str, Any]:
    return {"id": component, "values": [{"id": i} for i in ids]}


def json_message(version: str, is_flat: bool) -> dict[str, Any]:
    series = [values("REF_AREA", "VN"), values("INDICATOR", "LF", "LUR", "SE", "ZZ")]
    time = {"id": "TIME_PERIOD", "values": [{"value": "2012-Q1"}, {"id": "2012-Q2"}, {"id": "2012"}]}
    mult, status = values("UNIT_MULT", "3", "0"), values("OBS_STATUS", "A", "P", "B")
    link = {"rel": "dataflow", "urn": "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=IMF:ECOFIN_DSD(1.0)"}
    structure: dict[str, Any] = {
        "links": [link],
        "dimensions": {
            "dataSet": [],
            "series": [] if is_flat else series,
            "observation": [*(series if is_flat else []), time],
        },
        "attributes": {
            "dataSet": [],
            "series": [] if is_flat else [mult],
            "observation": [status, *([mult] if is_flat else [])],
        },
    }
    known = [("0:0", 0, {"0": [51978.4, 0], "1": [None, 0]}), ("0:1", 0, {"2": [2.1, 1]}), ("0:2", 1, {"2": [7, 2]}),
             ("0:3", 1, {"2": [1, 0]})]  # fmt: skip
    if is_flat:
        part: dict[str, Any] = {"observations": {f"{k}:{t}": [*v, m] for k, m, obs in known for t, v in obs.items()}}
    else:
        part = {"series": {k: {"attributes": [m], "observations": obs} for k, m, obs in known}}
    if version == "1.0":
        return {"header": {"prepared": "2024-11-13T00:00:00"}, "structure": structure, "dataSets": [part]}
    structure["measures"] = {"observation": [{"id": "OBS_VALUE"}]}
    return {
        "meta": {"prepared": "2024-11-13"},
        "data": {"structures": [structure], "dataSets": [{"structure": 0, **part}]},
    }


@pytest.mark.parametrize("is_flat", [False, True])
@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_sdmx_json(version: str, is_flat: bool, tmp_path: Path) -> None:
    rows = take("a.json", json.dumps(json_message(version, is_flat)), tmp_path)
    assert got(rows) == EXPECTED
    assert rows.table["cell"][0].as_py() == ("dataSets[0]/0:0:0" if is_flat else "dataSets[0]/0:0/0")
    assert set(rows.table["published"].to_pylist()) == {"2024-11-13"}


def test_digits_of_json_numbers_are_kept(tmp_path: Path) -> None:
    text = json.dumps(json_message("2.0", False)).replace("51978.4", "51978.40").replace("[7,", "[7e3,")
    rows = take("a.json", text, tmp_path)
    assert (rows.table["value_text"][0].as_py(), rows.table["decimals"][0].as_py()) == ("51978.40", 2)
    assert rows.table["value"][3].as_py() == 7000.0


def hostile_json() -> dict[str, tuple[str, type[LienVungError]]]:
    good = json.dumps(json_message("2.0", False))
    deep = '"x":' + "[" * 100_000 + "]" * 100_000
    return {
        "deep": (good[:-1] + f",{deep}" + "}", DamagedFile),
        "a key twice": (good.replace('"0:3"', '"0:2"'), DamagedFile),
        "cut off": (good[: len(good) // 2].replace("structures", "structures") + '"dataSets"', DamagedFile),
        "points outside": (good.replace('"0:3"', '"0:99"'), DamagedFile),
        "points from the end": (good.replace('"0:3"', '"0:-1"'), DamagedFile),
        "a key too long": (good.replace('"0:3"', '"0:3:0"'), DamagedFile),
        "a number without end": (good.replace('"0:3"', f'"0:{"9" * 100_000}"'), DamagedFile),
        "lists are texts": (good.replace('"series": {', '"series": "x", "y": {'), DamagedFile),
        "no data sets": (good.replace('"dataSets": [', '"dataSets": 5, "y": ['), LayoutNotRecognised),
        "other json": ('{"a": 1}', WrongFileType),
        "other structure": (good.replace("IMF:", "XX:"), LayoutNotRecognised),
    }


@pytest.mark.parametrize("kind", hostile_json())
def test_hostile_json_is_refused(kind: str, tmp_path: Path) -> None:
    text, error = hostile_json()[kind]
    with pytest.raises(error):
        take("a.json", text, tmp_path)


def test_json_beyond_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sdmx_json, "MAX_BYTES", 100)
    with pytest.raises(FileTooLarge):
        take("a.json", json.dumps(json_message("2.0", False)), tmp_path)


ML3 = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/"


def ml3_message(body: str) -> str:
    urn = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=IMF:ECOFIN_DSD(1.0.0)"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><m:StructureSpecificData xmlns:m="{ML3}message" xmlns:c="{ML3}common">'
        "<m:Header><m:ID>X</m:ID><m:Prepared>2024-11-13T06:49:09Z</m:Prepared><m:Structure structureID='S'>"
        f"<c:StructureUsage>{urn}</c:StructureUsage></m:Structure></m:Header>"
        f"<m:DataSet REF_AREA='VN'>{body}</m:DataSet></m:StructureSpecificData>"
    )


def test_sdmx_ml_3_with_groups(tmp_path: Path) -> None:
    body = (
        '<Group INDICATOR="LF" UNIT_MULT="3"/><Group INDICATOR="SE" UNIT_MULT="0"/>'
        '<Series INDICATOR="LF"><Obs TIME_PERIOD="2012-Q1" OBS_VALUE="51978.4"/><Obs TIME_PERIOD="2012-Q2"/></Series>'
        '<Series INDICATOR="LUR"><Obs TIME_PERIOD="2012" OBS_VALUE="2.1" OBS_STATUS="P"/></Series>'
        '<Series INDICATOR="SE"><Obs TIME_PERIOD="2012" OBS_VALUE="7" OBS_STATUS="B"/></Series>'
    )
    rows = take("a.xml", ml3_message(body), tmp_path)
    assert got(rows) == EXPECTED
    flat = '<Group INDICATOR="LF" UNIT_MULT="3"/><Obs INDICATOR="LF" TIME_PERIOD="2012-Q1" OBS_VALUE="51978.4"/>'
    assert got(take("a.xml", ml3_message(flat), tmp_path)) == EXPECTED[:1]


LINES = (
    "POP_AVG,74,2016,1995.80,,_T,_T,,", "POP_AVG,75,2017-06,-,,_T,_T,sơ bộ,",
    'POP_AVG,80,2018,..,,SEX_F,_T,,"a, ""b"": c"',
    "GRDP_CUR,79,2019-Q1,0.00001,,_T,AGRI,ước tính,x: y", "GRDP_CUR,79,2020,123456789012345,,_T,_T,kế hoạch,",
    "UNEMP_RATE,79@2025-07-01,2025,2,,_T,_T,đã điều chỉnh,", "UNEMP_RATE,74,2021,,,_T,_T,,",
)  # fmt: skip


def published(keep: Path) -> pa.Table:
    """A small answer: figures of every kind, as they are published."""
    head = b"indicator,area,period,value,unit,breakdown,activity,status,note"
    data = tidy(*LINES).replace(b"indicator,area,period,value,unit", head)
    claims, findings = check_rows(
        take("a.csv", data, keep), CATALOGUE, source.fetch_bytes("a.csv", data, keep), RECEIVED
    )
    assert claims.num_rows >= 6, [f.message_en for f in findings]
    size = claims.num_rows
    more = {
        "release": pa.array(["r"] * size), "published_to": pa.array([OPEN_DAY] * size),
        "recorded_from": pa.array([datetime(2024, 1, 1)] * size, pa.timestamp("us")),
        "recorded_to": pa.array([OPEN_INSTANT] * size, pa.timestamp("us")),
    }  # fmt: skip
    columns = {n: claims[n] if n in claims.column_names else more[n] for n in OBSERVATIONS.names}
    claims = pa.table(columns).cast(OBSERVATIONS)
    return claims.set_column(claims.column_names.index("document"), "document", pa.array([None] * size, pa.string()))


@pytest.mark.parametrize(
    "form",
    [CsvForm(), CsvForm(labels="both"), CsvForm(labels="name", keys="both"), CsvForm(action="R", labels="both"),
     JsonForm(), JsonForm(version="2.1.0"), JsonForm(is_flat=True), JsonForm(action="Replace", lang="en")],
    ids=repr,
)  # fmt: skip
def test_what_we_export_comes_back_in(form: CsvForm | JsonForm, tmp_path: Path) -> None:
    table = published(tmp_path)
    is_csv = isinstance(form, CsvForm)
    pieces = write_csv(table, CATALOGUE, form) if isinstance(form, CsvForm) else write_json(table, CATALOGUE, form)
    data = b"".join(pieces)
    name = "a.csv" if is_csv else "a.json"
    claims, findings = check_rows(
        take(name, data, tmp_path), CATALOGUE, source.fetch_bytes(name, data, tmp_path), RECEIVED
    )
    assert not [f.message_en for f in findings if f.severity == "error"]
    same = [c for c in CLAIMS.names if c not in
            ("document", "file_name", "file_sha256", "sheet", "cell", "parser", "submission", "status")]  # fmt: skip
    order = [("indicator", "ascending"), ("area_key", "ascending"), ("period", "ascending")]
    back, gone = claims.sort_by(order), table.sort_by(order)
    for column in same:
        assert back[column].to_pylist() == gone[column].to_pylist(), column
    # SDMX has one status for "missing"; the printed status of a figure that is not there is lost
    kept = [
        (b, g)
        for b, g, v in zip(*(t.to_pylist() for t in (back["status"], gone["status"], gone["value"])), strict=True)
        if v is not None
    ]
    assert all(b == g for b, g in kept)
