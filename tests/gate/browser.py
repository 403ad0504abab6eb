"""A browser without JavaScript: keeps cookies, fills forms as they stand in the page."""

from __future__ import annotations

import asyncio
import atexit
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from lxml import html
from starlette.types import ASGIApp

HOST = "http://cong.test"
LOOP = asyncio.new_event_loop()
"""One for all requests: its threads are kept from one to the next."""
atexit.register(LOOP.close)
Fields = Mapping[str, str | Sequence[str]]


class Browser:
    """``open`` an address, ``fill`` a form of the page, ``send`` anything by hand."""

    def __init__(self, app: ASGIApp, host: str = HOST, address: str = "203.0.113.9") -> None:
        self._app, self.host, self.address = app, host, address
        self.cookies: dict[str, str] = {}
        self.answer = httpx.Response(200)

    def send(
        self, method: str, path: str, data: Fields | None = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """One request, redirects not followed."""
        sent = {"user-agent": "Firefox", **(headers or {})}
        if self.cookies:
            sent["cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        content = b""
        if data is not None:
            content = urlencode(data, doseq=True).encode()
            sent.setdefault("content-type", "application/x-www-form-urlencoded")
        self.answer = LOOP.run_until_complete(self._send(method, path, content, sent))
        for line in self.answer.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            if "max-age=0" in line.lower() or not value.strip('"'):
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = value
        return self.answer

    async def _send(self, method: str, path: str, content: bytes, headers: dict[str, str]) -> httpx.Response:
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=False, client=(self.address, 5000))
        async with httpx.AsyncClient(transport=transport, base_url=self.host) as client:
            return await client.request(method, path, content=content, headers=headers)

    def open(self, path: str) -> html.HtmlElement:
        """A page, redirects within the site followed."""
        return self._follow(self.send("GET", path))

    def fill(self, page: html.HtmlElement, action: str, **fields: str | Sequence[str]) -> html.HtmlElement:
        """Send the form whose address ends so, its hidden fields as they stand."""
        form = next(f for f in page.forms if str(f.action).endswith(action))
        return self._follow(self.send("POST", form.action, {**form_values(form), **fields}, self.from_here()))

    def from_here(self) -> dict[str, str]:
        """What a browser says of a form of this very site."""
        return {"origin": self.host, "sec-fetch-site": "same-origin"}

    def _follow(self, answer: httpx.Response) -> html.HtmlElement:
        while answer.status_code in (302, 303, 307) and answer.headers["location"].startswith("/"):
            answer = self.send("GET", answer.headers["location"])
        return html.fromstring(answer.content) if answer.content else html.fromstring("<p></p>")

    def sign_in(self, login: str, password: str, onward: str = "/vi/tai-khoan") -> html.HtmlElement:
        """Through the sign-in page."""
        page = self.open(f"/vi/dang-nhap?{urlencode({'tiep': onward})}")
        return self.fill(page, "/vi/dang-nhap", ten=login, mat_khau=password)


def form_values(form: Any) -> dict[str, str]:
    """What a form would send as it stands: hidden fields above all."""
    return {str(k): str(v) for k, v in form.form_values()}


def query_of(address: str) -> dict[str, str]:
    """The parameters of an address."""
    return dict(parse_qsl(urlsplit(address).query))
