"""The portal on the southern pack, in this process."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import html

from lienvung.app import create_app
from lienvung.assemble import open_world
from lienvung.settings import load_settings
from tests.api.asgi import Client
from tests.conftest import Home

Page = Callable[[str], html.HtmlElement]


@pytest.fixture(scope="session")
def portal(southern: Home) -> Client:
    settings = load_settings({"LIENVUNG_HOME": str(southern.path), "LIENVUNG_PACK": str(southern.pack)})
    return Client(create_app(open_world(settings)))


@pytest.fixture
def page(portal: Client) -> Page:
    """A page as a reader without JavaScript gets it."""

    def read(address: str) -> html.HtmlElement:
        answer = portal.get(address)
        assert answer.status_code == 200, f"{address}: {answer.status_code}"
        return html.fromstring(answer.content)

    return read
