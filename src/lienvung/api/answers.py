"""How an answer travels: its ETag, 304 and 204, pieces as they are written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import format_datetime
from typing import Any

import orjson
from fastapi import Request, Response
from fastapi.responses import StreamingResponse

import lienvung
from lienvung.api.world import world_of

VARY = "Accept, Accept-Language"


def tag_of(request: Request, snapshot: str, *parts: str) -> str:
    """A weak ETag: the same address, format and language on the same release, pack and program have the same one."""
    catalogue = world_of(request).catalogue
    program = f"{lienvung.__version__} {catalogue.pack} {catalogue.version}"
    text = "\n".join((snapshot, program, str(request.url), *parts))
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the client already holds this answer."""
    held = [t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")]
    return tag.removeprefix("W/") in held or "*" in held


def cache_headers(tag: str, lang: str, modified: datetime | None = None) -> dict[str, str]:
    """Headers by which clients and proxies keep an answer and ask again cheaply."""
    headers = {"ETag": tag, "Vary": VARY, "Cache-Control": "no-cache", "Content-Language": lang}
    if modified:
        headers["Last-Modified"] = format_datetime(modified, usegmt=False).replace("-0000", "GMT")
    return headers


def not_modified(tag: str, lang: str) -> Response:
    """304: what you hold still stands."""
    return Response(status_code=304, headers=cache_headers(tag, lang))


def no_content(tag: str, lang: str) -> Response:
    """204: the question is fine and nothing answers it."""
    return Response(status_code=204, headers=cache_headers(tag, lang))


def streamed(body: bytes | Iterator[bytes], headers: Mapping[str, str]) -> Response:
    """An answer in one piece, or sent piece by piece."""
    if isinstance(body, bytes):
        return Response(body, headers=dict(headers))
    return StreamingResponse(body, headers=dict(headers))


def plain_json(
    content: Mapping[str, Any], headers: Mapping[str, str], media_type: str = "application/json"
) -> Response:
    """A JSON answer in one piece."""
    return Response(orjson.dumps(content), headers={**headers, "Content-Type": media_type})
