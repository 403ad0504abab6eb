"""The plain JSON routes: rows as on the command line, lists, releases, the path of a number."""

from __future__ import annotations

import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from lienvung.present.records import RECORD_KEYS
from lienvung.query.reader import Reader
from tests.api.asgi import Client
from tests.api.conftest import SmallWorld, make_app
from tests.present.small_world import small_catalogue


def test_rows_carry_the_promised_names(api: Client) -> None:
    found = api.get("/api/observations?indicator=GRDP_CUR&areas=74&from=2019&to=2019").json()
    assert found["count"] == 1
    (row,) = found["rows"]
    assert tuple(row) == RECORD_KEYS
    assert (row["area"], row["area_valid_from"], row["value"], row["status"]) == ("74", "2004", 111.0, "revised")
    assert row["recorded"] == "2025-01-15T00:00:00Z"
    assert found["snapshot"]


def test_another_boundary_and_a_total_carry_their_formula_and_inputs(api: Client) -> None:
    found = api.get("/api/observations?indicator=GRDP_CUR&areas=79&boundary=2025-07-01&from=2020").json()
    assert (found["boundary"], found["notes"]) == ("2025-07-01", [])
    assert {r["area_valid_from"] for r in found["rows"]} == {"2025-07-01"}
    assert all(r["derivation"] == "published" and r["inputs"][0]["cell"] for r in found["rows"])
    assert [(r["value"], r["mark"]) for r in found["rows"]] == [(None, "not_available")]
    plain = api.get("/api/observations?indicator=GRDP_CUR&areas=74&boundary=source&from=2019&to=2019").json()
    assert "notes" not in plain and plain["rows"][0]["derivation"] == "published"
    assert api.get("/api/observations?indicator=GRDP_CUR&boundary=1999").status_code == 400
    assert api.get("/api/observations?indicator=GRDP_CUR&total=true").status_code == 400


@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("published=2022", [100.5]),
        ("recorded=2024-12-31", [100.5]),
        ("recorded=2025-01-15T07:00:01%2B07:00", [111.0]),
        ("issuer=GSO", [111.0]),
    ],
)
def test_clocks_and_issuers(api: Client, query: str, values: list[float]) -> None:
    rows = api.get(f"/api/observations?indicator=GRDP_CUR&areas=74&from=2019&to=2019&{query}").json()["rows"]
    assert [r["value"] for r in rows] == values


def test_names_in_english(api: Client) -> None:
    rows = api.get("/api/observations?indicator=POP_AVG&lang=en").json()["rows"]
    assert [r["area_name"] for r in rows] == ["Binh Duong"]


@pytest.mark.parametrize(
    ("address", "status", "place"),
    [
        ("/api/observations", 400, "indicator"),
        ("/api/observations?indicator=GRDP_CRU", 404, "GRDP_CUR"),
        ("/api/observations?indicator=GRDP_CUR&areas=79", 400, "79@2004"),
        ("/api/observations?indicator=GRDP_CUR&from=2022&to=2016", 400, "2022"),
        ("/api/observations?indicator=GRDP_CUR&issuer=NOBODY", 404, "NOBODY"),
        ("/api/observations?indicator=GRDP_CUR&area=74", 400, "areas"),
        ("/api/observations?indicator=GRDP_CUR&from=2035", 404, "2035"),
        ("/api/observations?indicator=GRDP_CUR&lang=fr", 400, "vi, en"),
        ("/api/indicators?group=T99", 400, "T05"),
        ("/api/areas?on=yesterday", 400, "yesterday"),
        ("/api/trace/GRDP_CUR/74@2004/1999", 404, "1999"),
        ("/api/trace/GRDP_CUR/74@2004/20200", 400, "20200"),
        ("/api/nothing", 404, "/api/docs"),
    ],
)
def test_wrong_questions(api: Client, address: str, status: int, place: str) -> None:
    answer = api.get(address)
    assert answer.status_code == status, answer.text
    assert place in answer.json()["errors"][0]["detail"]


def test_a_known_answer_is_not_sent_again(api: Client) -> None:
    address = "/api/observations?indicator=GRDP_CUR"
    tag = api.get(address).headers["etag"]
    assert api.get(address, headers={"if-none-match": tag}).status_code == 304


def test_indicators_are_found_without_tones(api: Client) -> None:
    rows = api.get("/api/indicators?q=dan+so").json()["rows"]
    assert [(r["code"], r["dataflow"], r["series"]) for r in rows] == [("POP_AVG", "LAND_POPULATION", 1)]
    assert len(api.get("/api/indicators?group=T05").json()["rows"]) == 2


def test_areas_by_day_and_name(api: Client) -> None:
    after = api.get("/api/areas?on=2025-07-01").json()["rows"]
    assert [r["key"] for r in after] == ["79@2025-07-01"]
    assert [r["key"] for r in api.get("/api/areas?q=binh duong").json()["rows"]] == ["74@2004"]
    assert api.get("/api/areas?level=country").json()["count"] == 0


def test_releases_newest_first(api: Client) -> None:
    rows = api.get("/api/releases").json()["rows"]
    assert [(r["id"], r["added"], r["revised"]) for r in rows][-1] == ("r1", 8, 0)
    assert [r["id"] for r in rows] == ["r2", "r1"]


def test_the_path_of_a_number(api: Client) -> None:
    rows = api.get("/api/trace/GRDP_CUR/74/2019").json()["rows"]
    assert {r["value"] for r in rows} == {100.5, 111.0}
    assert {r["cell"] for r in rows} == {"B2"}
    assert {r["title"] for r in rows} == {"Niên giám, thử"}


def test_every_route_and_parameter_is_in_the_manual_and_the_guide(api: Client) -> None:
    openapi = api.get("/api/openapi.json").json()
    guide = (Path(__file__).parents[2] / "docs" / "api.md").read_text("utf-8")
    manual = api.get("/api/docs").text
    for path, operations in openapi["paths"].items():
        assert f"`{path}`" in guide, path
        assert path in manual
        for operation in operations.values():
            parameters = operation.get("parameters", [])
            assert {p["name"] for p in parameters if p["in"] == "path"} == set(re.findall(r"{(\w+)}", path))
            for parameter in parameters:
                assert parameter["in"] == "path" or f"`{parameter['name']}`" in guide, (path, parameter["name"])
                assert parameter["name"] in manual


def test_every_example_of_the_manual_answers(api: Client) -> None:
    openapi = api.get("/api/openapi.json").json()
    for operations in openapi["paths"].values():
        example = operations.get("get", {}).get("x-example", "")
        if example and "region" not in example:
            assert api.get(example).status_code in (200, 204), example


def test_what_needs_a_token_says_so_to_whoever_has_none(api: Client) -> None:
    paths = api.get("/api/openapi.json").json()["paths"]
    office = [p for p in paths if p.startswith(("/api/v1/submissions", "/api/v1/inbox", "/api/v1/calendar"))]
    assert len(office) > 10
    for path in office:
        for method in paths[path]:
            assert api.request(method.upper(), re.sub(r"{\w+}", "1", path)).status_code == 401, (method, path)


def test_the_manual_needs_no_other_site_and_speaks_both_languages(api: Client) -> None:
    vi, en = api.get("/api/docs?lang=vi"), api.get("/api/docs?lang=en")
    assert 'lang="vi"' in vi.text
    assert "Published observations" not in vi.text
    assert "The API of Liên Vùng" in en.text
    assert "http://" not in vi.text + en.text
    assert "<script" not in vi.text
    assert "script-src" not in vi.headers["content-security-policy"]
    assert "default-src 'none'" in vi.headers["content-security-policy"]


def test_health(api: Client) -> None:
    assert api.get("/health").json()["status"] == "ok"


def test_without_a_store_the_answer_is_503_and_when_to_return(tmp_path: Path) -> None:
    app = make_app(SmallWorld(SimpleNamespace(), small_catalogue(), Reader(tmp_path / "none" / "store")))
    for address in ("/health", "/api/observations?indicator=GRDP_CUR", "/sdmx/v2/data"):
        answer = Client(app).get(address)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
        assert "lienvung init" in answer.json()["errors"][0]["detail"]
