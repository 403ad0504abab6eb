"""The SDMX data route: formats, keys, filters, clocks, caching and every kind of wrong question."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from tests.api.asgi import Client
from tests.present.sdmx.schemas import complaints

FLOW = "/sdmx/v2/data/dataflow/LIENVUNG/NATIONAL_ACCOUNTS/1.0.0"
CSV = {"accept": "application/vnd.sdmx.data+csv;version=2.0.0"}


def rows(api: Client, address: str, **headers: str) -> list[dict[str, str]]:
    answer = api.get(address, headers=CSV | headers)
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


def keys(found: list[dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(r["INDICATOR"], r["REF_AREA"], r["TIME_PERIOD"]) for r in found]


def test_a_whole_dataflow(api: Client) -> None:
    found = rows(api, FLOW)
    assert len(found) == 7
    assert {r["STRUCTURE_ID"] for r in found} == {"LIENVUNG:NATIONAL_ACCOUNTS(1.0.0)"}


@pytest.mark.parametrize(
    "start",
    [
        "/sdmx/v2/data",
        "/sdmx/v2/data/*/*/*/*/*",
        "/sdmx/v2/data/*",
        "/sdmx/v2/data/dataflow",
        "/sdmx/v2/data/dataflow/LIENVUNG",
    ],
)
def test_trailing_parts_may_be_left_out(api: Client, start: str) -> None:
    found = rows(api, start)
    assert [r["INDICATOR"] for r in found].count("POP_AVG") == 1
    assert len(found) == 8


@pytest.mark.parametrize("path", [FLOW, f"{FLOW}/*", "/sdmx/v2/structure/dataflow", "/sdmx/v2/structure"])
def test_a_slash_at_the_end_changes_nothing(api: Client, path: str) -> None:
    assert api.get(f"{path}/").status_code == api.get(path).status_code == 200


def test_pysdmx_can_ask_us(api: Client) -> None:
    from pysdmx.api.qb.data import DataContext, DataQuery
    from pysdmx.api.qb.util import ApiVersion

    key = "A.GRDP_CUR.74@2004"
    asked = DataQuery(DataContext.DATAFLOW, "LIENVUNG", "NATIONAL_ACCOUNTS", "1.0.0", key)
    for version in (ApiVersion.V2_0_0, ApiVersion.V2_1_0, ApiVersion.V2_2_0):
        for is_short in (False, True):
            address = asked.get_url(version, is_short).replace("dimensionAtObservation=AllDimensions", "")
            assert len(rows(api, f"/sdmx/v2{address}")) == 3, address


@pytest.mark.parametrize("version", ["*", "+", "~", "latest", "1.0.0", "1.0+.0", "1"])
def test_versions(api: Client, version: str) -> None:
    assert len(rows(api, f"/sdmx/v2/data/dataflow/LIENVUNG/NATIONAL_ACCOUNTS/{version}")) == 7


@pytest.mark.parametrize(
    ("key", "count"),
    [
        ("A.GRDP_CUR.74@2004._T._T.GSO", 2),
        ("A.GRDP_CUR.74@2004", 3),
        ("A.GRDP_CUR.74", 3),
        ("*.*.79@2025-07-01", 1),
        ("*", 7),
        ("M.IIP.*.C", 2),
        ("M.IIP,A.GRDP_CUR.79@2025-07-01", 3),
        ("A.GRDP_CUR.74%402004.*.*.CTK_74", 1),
    ],
)
def test_keys(api: Client, key: str, count: int) -> None:
    assert len(rows(api, f"{FLOW}/{key}")) == count


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("c[INDICATOR]=IIP", 3),
        ("c%5BINDICATOR%5D=IIP,GRDP_CUR", 7),
        ("c[INDICATOR]=ne:IIP", 4),
        ("c[TIME_PERIOD]=ge:2020+le:2020", 6),
        ("c[TIME_PERIOD]=ge:2020%20le:2020", 6),
        ("c[TIME_PERIOD]=ge:2020%2Ble:2020", 6),
        ("c[TIME_PERIOD]=gt:2019", 6),
        ("c[TIME_PERIOD]=lt:2020", 1),
        ("c[TIME_PERIOD]=2019,2020-06", 2),
        ("c[TIME_PERIOD]=ge:2020-07+le:2020-09", 2),
        ("c[TIME_PERIOD]=le:2019,ge:2020-07+le:2020-07", 2),
        ("c[ISSUER]=CTK_74", 1),
        ("c[REF_AREA]=ne:74@2004", 1),
        ("c[REF_AREA]=74", 6),
        ("c[OBS_VALUE]=ge:101", 4),
        ("c[OBS_VALUE]=eq:0", 1),
        ("c[OBS_STATUS]=M", 1),
        ("c[MARK]=not_available", 1),
        ("c[DECIMALS]=ge:2", 3),
        ("c[NOTE]=co:tính", 1),
        ("c[INDICATOR]=sw:GRDP", 4),
        ("c[PUBLISHED]=ge:2023", 1),
        ("firstNObservations=1", 5),
        ("lastNObservations=1", 5),
        ("offset=2&limit=3", 3),
    ],
)
def test_filters(api: Client, query: str, count: int) -> None:
    assert len(rows(api, f"{FLOW}?{query}")) == count


def test_first_and_last_are_the_ends_of_each_series(api: Client) -> None:
    one = f"{FLOW}/A.GRDP_CUR.74@2004._T._T.GSO"
    assert [r["TIME_PERIOD"] for r in rows(api, f"{one}?firstNObservations=1")] == ["2019"]
    assert [r["TIME_PERIOD"] for r in rows(api, f"{one}?lastNObservations=1")] == ["2020"]


@pytest.mark.parametrize(
    ("clock", "value"),
    [
        ("", "111"),
        ("&published=2022-12-31", "100.5"),
        ("&published=2023", "111"),
        ("&recorded=2024-06-01", "100.5"),
        ("&asOf=2024-06-01T00:00:00Z", "100.5"),
        ("&asOf=2025-01-15T07:00:01%2B07:00", "111"),
        ("&asOf=2025-01-15T06:59:00+07:00", "100.5"),
    ],
)
def test_both_clocks(api: Client, clock: str, value: str) -> None:
    found = rows(api, f"{FLOW}/A.GRDP_CUR.74@2004._T._T.GSO?c[TIME_PERIOD]=2019{clock}")
    assert [r["OBS_VALUE"] for r in found] == [value]


def test_nothing_was_recorded_before_the_first_release(api: Client) -> None:
    assert api.get(f"{FLOW}?asOf=2020-01-01").status_code == 204


@pytest.mark.parametrize(
    ("accept", "status", "kind"),
    [
        ("*/*", 200, "application/vnd.sdmx.data+json;version=2.1.0"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 200, "application/vnd.sdmx.data+json;version=2.1.0"),
        ("application/vnd.sdmx.data+json;version=2.0.0", 200, "application/vnd.sdmx.data+json;version=2.0.0"),
        ("application/vnd.sdmx.data+csv; version=2.1.0", 200, "application/vnd.sdmx.data+csv;version=2.1.0"),
        ("application/vnd.sdmx.data+csv", 200, "application/vnd.sdmx.data+csv;version=2.1.0"),
        ("application/json", 200, "application/json; charset=utf-8"),
        ("text/csv", 200, "text/csv; charset=utf-8"),
        ("application/vnd.sdmx.data+xml;version=3.0.0, text/csv;q=0.5", 200, "text/csv; charset=utf-8"),
        ("application/vnd.sdmx.data+csv;version=1.0.0", 406, "application/json"),
        ("image/png", 406, "application/json"),
    ],
)
def test_the_format_follows_the_accept_header(api: Client, accept: str, status: int, kind: str) -> None:
    answer = api.get(FLOW, headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (status, kind)


@pytest.mark.parametrize("version", ["2.0.0", "2.1.0"])
@pytest.mark.parametrize("layout", ["", "?dimensionAtObservation=AllDimensions", "?attributes=none&measures=none"])
def test_json_messages_satisfy_the_official_schema(api: Client, version: str, layout: str) -> None:
    accept = {"accept": f"application/vnd.sdmx.data+json;version={version}"}
    sent: Any = api.get(f"/sdmx/v2/data{layout}", headers=accept).json()
    assert complaints(sent, "data", version) == []
    assert len(sent["data"]["dataSets"]) == 2


def test_the_action_tells_whether_all_was_sent(api: Client) -> None:
    new = "application/vnd.sdmx.data+csv;version=2.1.0"
    assert {r["ACTION"] for r in rows(api, FLOW, accept=new)} == {"R"}
    assert {r["ACTION"] for r in rows(api, f"{FLOW}?c[FREQ]=A", accept=new)} == {"M"}
    assert {r["ACTION"] for r in rows(api, FLOW)} == {"I"}


def test_csv_options_by_media_type_and_by_query(api: Client) -> None:
    by_header = rows(api, FLOW, accept="application/vnd.sdmx.data+csv;version=2.0.0;labels=both;keys=series")
    assert by_header[0]["REF_AREA: Địa bàn"] == "74@2004: Bình Dương"
    assert by_header[0]["SERIES_KEY"] == "A.GRDP_CUR.74@2004._T._T.CTK_74"
    by_query = rows(api, f"{FLOW}?labels=both&lang=en")
    assert by_query[0]["REF_AREA: Reference area"] == "74@2004: Binh Duong"


def test_format_in_the_address_is_a_download(api: Client) -> None:
    answer = api.get(f"{FLOW}?format=csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="NATIONAL_ACCOUNTS.csv"'


def test_attributes_can_be_chosen(api: Client) -> None:
    first = rows(api, f"{FLOW}?attributes=OBS_STATUS,UNIT_MEASURE")[0]
    assert list(first)[-3:] == ["OBS_VALUE", "UNIT_MEASURE", "OBS_STATUS"]


def test_a_known_answer_is_not_sent_again(api: Client) -> None:
    first = api.get(FLOW, headers=CSV)
    tag = first.headers["etag"]
    assert first.headers["vary"] == "Accept, Accept-Language"
    assert first.headers["last-modified"] == "Wed, 15 Jan 2025 00:00:00 GMT"
    again = api.get(FLOW, headers=CSV | {"if-none-match": tag})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    for other in ({"accept": "application/json"}, CSV | {"accept-language": "en"}):
        assert api.get(FLOW, headers=other | {"if-none-match": tag}).status_code == 200


def test_a_fine_question_without_rows_is_204(api: Client) -> None:
    answer = api.get(f"{FLOW}?c[TIME_PERIOD]=ge:2030")
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize(
    ("address", "status", "place"),
    [
        ("/sdmx/v2/data/dataflow/LIENVUNG/NO_SUCH_FLOW", 404, "NATIONAL_ACCOUNTS, LAND_POPULATION"),
        ("/sdmx/v2/data/dataflow/ESTAT/NATIONAL_ACCOUNTS", 404, "LIENVUNG:NATIONAL_ACCOUNTS(1.0.0)"),
        ("/sdmx/v2/data/dataflow/LIENVUNG/NATIONAL_ACCOUNTS/2.0.0", 404, "LIENVUNG:NATIONAL_ACCOUNTS(1.0.0)"),
        ("/sdmx/v2/data/dataflow/LIENVUNG/NATIONAL_ACCOUNTS/x", 400, "'x'"),
        (f"{FLOW}/A.GRDP_CRU", 404, "GRDP_CUR"),
        (f"{FLOW}/A.GRDP_CUR.99@2004", 404, "99@2004"),
        (f"{FLOW}/A.GRDP_CUR.79", 400, "79@2025-07-01"),
        (f"{FLOW}/X.GRDP_CUR", 404, "CL_FREQ"),
        (f"{FLOW}/A.GRDP_CUR+IIP", 400, "c[…]=A,B"),
        (f"{FLOW}/A.B.C.D.E.F.G.H", 400, "FREQ.INDICATOR.REF_AREA"),
        (f"{FLOW}?c[INDICATR]=IIP", 400, "c[INDICATOR]"),
        (f"{FLOW}?c[ISSUER]=NOBODY", 404, "CL_ISSUER"),
        (f"{FLOW}?c[TIME_PERIOD]=ge:20x0", 400, "20x0"),
        (f"{FLOW}?c[TIME_PERIOD]=zz:2020", 400, "zz:2020"),
        (f"{FLOW}?c[TIME_PERIOD]=", 400, "c[TIME_PERIOD]"),
        (f"{FLOW}?c[OBS_VALUE]=ge:many", 400, "many"),
        (f"{FLOW}?c[FREQ]=A&c[FREQ]=M", 400, "c[FREQ]"),
        (f"{FLOW}?startPeriod=2010", 400, "startPeriod"),
        (f"{FLOW}?firstNObservations=0", 400, "firstNObservations"),
        (f"{FLOW}?limit=-1", 400, "limit"),
        (f"{FLOW}?dimensionAtObservation=NOPE", 400, "AllDimensions"),
        (f"{FLOW}?attributes=NOPE", 400, "OBS_STATUS"),
        (f"{FLOW}?labels=loud&format=csv", 400, "both"),
        (f"{FLOW}?labels=both&format=json", 400, "format=csv"),
        (f"{FLOW}?published=2023-02-30", 400, "2023-02-30"),
        (f"{FLOW}?asOf=2024-01-01&recorded=2025-01-01", 400, "asOf"),
        (f"{FLOW}?updatedAfter=2025-01-01&asOf=2024-01-01", 400, "updatedAfter"),
        (f"{FLOW}?updatedAfter=2024-01-01", 501, "updatedAfter"),
        (f"{FLOW}?includeHistory=true", 501, "includeHistory"),
        (f"{FLOW}?sort=TIME_PERIOD", 501, "sort"),
        (f"{FLOW}?dimensionAtObservation=REF_AREA", 501, "AllDimensions"),
        ("/sdmx/v2/data/datastructure/LIENVUNG/LV_DSD", 501, "/sdmx/v2/data/dataflow"),
        ("/sdmx/v2/nothing", 404, "/api/docs"),
    ],
)
def test_a_wrong_question_is_told_what_and_what_to_do(api: Client, address: str, status: int, place: str) -> None:
    answer = api.get(address, headers={"accept-language": "vi"})
    assert answer.status_code == status, answer.text
    error = answer.json()["errors"][0]
    assert error["code"] == status
    assert place in error["detail"]
    assert error["detail"] == error["details"]["vi"] != error["details"]["en"]
    assert "{" not in error["details"]["vi"] + error["details"]["en"]


def test_errors_satisfy_the_official_schema(api: Client) -> None:
    body = api.get(f"{FLOW}?limit=x").json()
    assert complaints(body, "data", "2.0.0") == []
