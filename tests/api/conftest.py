"""A small store with two releases, and a client of the API's routes alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace

import pyarrow as pa
import pytest
from fastapi import FastAPI
from starlette.exceptions import HTTPException

from lienvung.api.errors import answer_error, answer_http_error
from lienvung.api.routes import router
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import Release
from lienvung.errors import LienVungError
from lienvung.publish.release import write_release
from lienvung.query.reader import Reader
from lienvung.store.schema import CLAIMS
from tests.api.asgi import Client
from tests.present.small_world import observations, row, small_catalogue


@dataclass(frozen=True)
class SmallWorld:
    """What a door needs, without a pack on disk."""

    settings: SimpleNamespace
    catalogue: Catalogue
    reader: Reader


def _release(name: str, rows: pa.Table, recorded: datetime) -> Release:
    return Release(name, f"Đợt {name}", f"Release {name}", rows.select(CLAIMS.names).cast(CLAIMS), recorded, "test")


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """First release: seven figures and one of population. Second: Bình Dương's 2019 as revised at the end of 2023."""
    store = tmp_path_factory.mktemp("small") / "store"
    people = row("POP_AVG", "74@2004", "2020", 2580.5, dataflow="LAND_POPULATION", unit="PERSONS_TH")
    first = pa.concat_tables([observations(), pa.Table.from_pylist([people], observations().schema)])
    write_release(store, _release("r1", first, datetime(2024, 1, 31, 8, 5)))
    revised = row("GRDP_CUR", "74@2004", "2019", 111.0, status="revised", published_from=date(2023, 12, 31))
    second = pa.Table.from_pylist([revised], observations().schema)
    write_release(store, _release("r2", second, datetime(2025, 1, 15)))
    return store


@pytest.fixture(scope="session")
def small(small_store: Path) -> SmallWorld:
    return SmallWorld(SimpleNamespace(lang="vi"), small_catalogue(), Reader(small_store))


def make_app(world: SmallWorld) -> FastAPI:
    """The routes of the API and their errors, without the pages."""
    app = FastAPI(openapi_url="/api/openapi.json", docs_url=None, redoc_url=None)
    app.state.world = world
    app.include_router(router)
    app.add_exception_handler(LienVungError, answer_error)  # type: ignore[arg-type]
    app.add_exception_handler(HTTPException, answer_http_error)  # type: ignore[arg-type]
    return app


@pytest.fixture
def api(small: SmallWorld) -> Client:
    return Client(make_app(small))
