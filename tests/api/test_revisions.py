"""``/api/revisions``: the triangle and the records of a series."""

from __future__ import annotations

import pytest

from tests.api.asgi import Client


def test_every_vintage_of_a_series(api: Client) -> None:
    found = api.get("/api/revisions/GRDP_CUR/74@2004?from=2019&to=2019&lang=en").json()
    assert found["count"] == 2
    assert [(r["value"], r["published"], r["revision"]) for r in found["rows"]] == [
        (100.5, "2020-12-31", None), (111.0, "2023-12-31", 10.5),
    ]  # fmt: skip
    triangle = found["triangle"]
    assert [c["key"] for c in triangle["columns"]] == ["period", "2020-12-31", "2023-12-31"]
    assert triangle["rows"] == [["2019", "100.5", "111.0"]]
    assert triangle["notes"][1] == "2020-12-31: GSO, doc-1, official, a.csv (1 figures)"


@pytest.mark.parametrize(
    ("query", "values"),
    [("published=2022", [100.5]), ("recorded=2024-12-31", [100.5]), ("issuer=GSO", [100.5, 111.0])],
)
def test_both_clocks_and_the_issuer(api: Client, query: str, values: list[float]) -> None:
    rows = api.get(f"/api/revisions/GRDP_CUR/74?from=2019&to=2019&{query}").json()["rows"]
    assert [r["value"] for r in rows] == values


def test_a_known_answer_is_not_sent_again(api: Client) -> None:
    address = "/api/revisions/GRDP_CUR/74@2004"
    tag = api.get(address).headers["etag"]
    assert api.get(address, headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("address", "status", "place"),
    [
        ("/api/revisions/GRDP_CRU/74@2004", 404, "GRDP_CUR"),
        ("/api/revisions/GRDP_CUR/79", 400, "79@2004"),
        ("/api/revisions/GRDP_CUR/74@2004?published=1999", 404, "GRDP_CUR"),
        ("/api/revisions/GRDP_CUR/74@2004?area=74", 400, "published"),
    ],
)
def test_wrong_questions(api: Client, address: str, status: int, place: str) -> None:
    answer = api.get(address)
    assert answer.status_code == status, answer.text
    assert place in answer.text
