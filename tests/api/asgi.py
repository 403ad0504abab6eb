"""A client that calls the application in this process, without a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import httpx
from starlette.types import ASGIApp


class Client:
    """``get`` and ``request`` an address of an application; a fault of the application is its 500 answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return self.request("GET", address, headers)

    def request(self, method: str, address: str, headers: Mapping[str, str] | None = None) -> httpx.Response:
        return asyncio.run(self._send(method, address, headers))

    async def _send(self, method: str, address: str, headers: Mapping[str, str] | None) -> httpx.Response:
        transport = httpx.ASGITransport(app=self._app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, address, headers=dict(headers or {}))
