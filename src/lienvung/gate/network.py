"""Where a request comes from, and whether it came by https: as the socket says, or a web server that we trust."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from lienvung.settings import Settings

Networks = tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]


@dataclass(frozen=True)
class Network:
    """How this system is reached. Headers about the client are believed only from ``proxies``."""

    https: str = "auto"
    proxies: Networks = ()

    @classmethod
    def of(cls, settings: Settings) -> Network:
        """As the settings say."""
        named = getattr(settings, "proxies", ())
        return cls(getattr(settings, "https", "auto"), tuple(ipaddress.ip_network(p, strict=False) for p in named))

    def client(self, request: HTTPConnection) -> str:
        """The client's address: the last in ``X-Forwarded-For`` that is not a proxy of ours."""
        address = request.client.host if request.client else ""
        forwarded = [p.strip() for p in request.headers.get("x-forwarded-for", "").split(",") if p.strip()]
        while forwarded and self._is_ours(address):
            address = forwarded.pop()
        return address if _is_address(address) else ""

    def is_https(self, request: HTTPConnection) -> bool:
        """Whether the reader's browser speaks https."""
        if self.https != "auto":
            return self.https == "yes"
        peer = request.client.host if request.client else ""
        if self._is_ours(peer) and "x-forwarded-proto" in request.headers:
            return request.headers["x-forwarded-proto"].split(",")[-1].strip().lower() == "https"
        return request.url.scheme == "https"

    def site(self, request: HTTPConnection) -> str:
        """Scheme and host as the browser sees them."""
        scheme = "https" if self.is_https(request) else "http"
        return f"{scheme}://{request.headers.get('host', '')}"

    def _is_ours(self, address: str) -> bool:
        return _is_address(address) and any(ipaddress.ip_address(address) in n for n in self.proxies)


def network_of(request: HTTPConnection) -> Network:
    """How the application behind a request is reached."""
    found: Network = getattr(request.app.state, "network", None) or Network()
    return found


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
