"""What the office's routes share: the making half, JSON bodies, files as they stream in."""

from __future__ import annotations

import json
import tempfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.types import Message

from lienvung.api.answers import plain_json
from lienvung.api.world import world_of
from lienvung.errors import BadValue, Both, FileTooLarge
from lienvung.pipeline import Works

LONGEST_BODY = 64 * 1024
"""The largest JSON body, in bytes."""
FORM_ALLOWANCE = 64 * 1024
"""What a form may hold besides its file, in bytes."""
PRIVATE = {"Cache-Control": "private, no-store"}


def works_of(request: Request) -> Works:
    """The making half that this application works with, opened once."""
    state = request.app.state
    if not hasattr(state, "works"):
        world = world_of(request)
        state.works = Works(world.settings, world.catalogue)
    found: Works = state.works
    return found


def answer(content: Mapping[str, Any], status: int = 200) -> Response:
    """JSON for one person: no cache keeps it."""
    sent = plain_json(content, PRIVATE)
    sent.status_code = status
    return sent


def _too_large(limit: int) -> FileTooLarge:
    return FileTooLarge(file="POST", size=f"> {limit / 2**20:.3g} MB", limit=f"{limit / 2**20:.3g} MB")


async def read_body(request: Request) -> dict[str, Any]:
    """The JSON object of a request; an empty body is an empty one.

    Raises:
        BadValue: it is no JSON object. FileTooLarge.
    """
    got = bytearray()
    async for piece in request.stream():
        got += piece
        if len(got) > LONGEST_BODY:
            raise _too_large(LONGEST_BODY)
    try:
        found = json.loads(got) if got.strip() else {}
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        name = Both("nội dung gửi", "the body")
        raise BadValue(value=bytes(got[:40]).decode("utf-8", "replace"), name=name, choices='{"reason": "…"}')
    return found


def text_of(body: Mapping[str, Any], name: str, default: str | None = None) -> str:
    """A text of a body.

    Raises:
        BadValue: it is not there and has no default, or is no text.
    """
    value = body.get(name, default)
    if not isinstance(value, str):
        raise BadValue(value="" if value is None else str(value)[:40], name=name, choices=Both("chữ", "text"))
    return value


def number_of(body: Mapping[str, Any], name: str) -> int | None:
    """A whole number of a body, or None if it is not there.

    Raises:
        BadValue: it is something else.
    """
    value = body.get(name)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise BadValue(value=str(value)[:40], name=name, choices=Both("số nguyên", "a whole number"))
    return value


@dataclass(frozen=True)
class Sent:
    """A file that was sent, on disk until the request ends; ``fields`` came with it."""

    path: Path
    name: str
    fields: Mapping[str, str]


async def receive_file(request: Request) -> AsyncIterator[Sent]:
    """The file of a multipart form, counted as it streams in and never held in memory whole.

    Raises:
        FileTooLarge: refused as soon as the limit is passed. BadValue: no form, or no file in it.
    """
    limit = works_of(request).size_limit + FORM_ALLOWANCE
    try:
        form = await _bounded(request, limit).form(max_files=1, max_fields=20)
    except HTTPException:
        raise _no_file() from None
    try:
        files = [v for v in form.values() if isinstance(v, UploadFile)]
        if not files:
            raise _no_file()
        fields = {k: v for k, v in form.items() if isinstance(v, str)}
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sent"
            await run_in_threadpool(_copy, files[0], path)
            yield Sent(path, files[0].filename or "?", fields)
    finally:
        await form.close()


def _bounded(request: Request, limit: int) -> Request:
    said = request.headers.get("content-length", "0")
    if said.isdigit() and int(said) > limit:
        raise _too_large(limit)
    got = 0

    async def receive() -> Message:
        nonlocal got
        message = await request.receive()
        got += len(message.get("body", b""))
        if got > limit:
            raise _too_large(limit)
        return message

    return Request(request.scope, receive)


def _copy(sent: UploadFile, path: Path) -> None:
    with path.open("wb") as out:
        while piece := sent.file.read(1 << 20):
            out.write(piece)


def _no_file() -> BadValue:
    choices = Both("biểu mẫu multipart/form-data với trường file", "a multipart/form-data form with the field file")
    return BadValue(value="", name="file", choices=choices)
