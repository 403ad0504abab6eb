"""The one application: pages and API together, headers, compression, faults, the manual under its own policy."""

from __future__ import annotations

import gzip
from typing import Any, cast

import pytest
from fastapi import FastAPI

from lienvung.app import SECURITY_HEADERS, create_app
from lienvung.assemble import World
from tests.api.asgi import Client
from tests.api.conftest import SmallWorld, small, small_store

__all__ = ["small", "small_store"]


@pytest.fixture
def app(small: SmallWorld) -> FastAPI:
    return create_app(cast("World", small))


@pytest.fixture
def client(app: FastAPI) -> Client:
    return Client(app)


@pytest.mark.parametrize("address", ["/vi/", "/api/docs", "/sdmx/v2/structure/dataflow", "/api/nothing", "/vi/nothing"])
def test_every_answer_carries_the_security_headers(client: Client, address: str) -> None:
    headers = client.get(address).headers
    for name in SECURITY_HEADERS:
        assert name in headers, name
    assert "unsafe-inline" not in headers["content-security-policy"]


def test_the_api_can_be_read_from_any_site_and_pages_cannot(client: Client) -> None:
    assert client.get("/api/releases").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.get("/vi/").headers


def test_errors_are_json_for_the_api_and_a_page_for_readers(client: Client) -> None:
    api = client.get("/sdmx/v2/data/dataflow/LIENVUNG/NO_SUCH_FLOW")
    assert (api.status_code, api.json()["errors"][0]["title"]) == (404, "UnknownDataflow")
    page = client.get("/vi/khong-co")
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")


def test_another_method_is_refused(client: Client) -> None:
    answer = client.request("DELETE", "/sdmx/v2/data/dataflow/LIENVUNG/NATIONAL_ACCOUNTS/1.0.0/*")
    assert answer.status_code == 405
    assert "DELETE" in answer.json()["errors"][0]["detail"]


def test_a_fault_shows_no_traceback(client: Client, app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("secret place")

    monkeypatch.setattr("lienvung.api.sdmx_data.find_observations", fail)
    answer = client.get("/sdmx/v2/data/dataflow/LIENVUNG/NATIONAL_ACCOUNTS")
    assert (answer.status_code, answer.json()["errors"][0]["title"]) == (500, "Unexpected")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_long_answers_are_compressed_when_asked(client: Client) -> None:
    plain = client.get("/sdmx/v2/structure", headers={"accept-encoding": "identity"})
    packed = client.get("/sdmx/v2/structure", headers={"accept-encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert len(gzip.compress(plain.content)) < len(plain.content)
    assert "Accept-Encoding" in packed.headers["vary"]


def test_the_description_lists_the_api_and_not_the_pages(client: Client) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    assert "/api/observations" in paths
    assert all(path.startswith(("/api", "/sdmx", "/health")) for path in paths)
