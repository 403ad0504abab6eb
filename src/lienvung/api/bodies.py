"""Answers kept by their ETag: a slice that many ask for is written once per release."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import Request, Response

LARGEST, TOTAL = 2_000_000, 64_000_000
"""Bytes of one answer that is kept, and of all of them."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was sent."""

    body: bytes
    headers: Mapping[str, str]


class Bodies:
    """The answers last asked for, up to a size. Safe to share between threads."""

    def __init__(self, total: int = TOTAL) -> None:
        self._total = total
        self._size = 0
        self._kept: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, tag: str) -> Response | None:
        """The answer of this tag, if it is still here."""
        with self._lock:
            kept = self._kept.get(tag)
            if kept:
                self._kept.move_to_end(tag)
        return Response(kept.body, headers=dict(kept.headers)) if kept else None

    def keep(self, tag: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Remember an answer; the ones that nobody asked for longest make room."""
        with self._lock:
            if tag in self._kept or len(body) > min(LARGEST, self._total):
                return
            self._kept[tag] = Kept(body, headers)
            self._size += len(body)
            while self._size > self._total:
                _, oldest = self._kept.popitem(last=False)
                self._size -= len(oldest.body)

    def gather(self, tag: str, pieces: Iterator[bytes], headers: Mapping[str, str]) -> bytes | Iterator[bytes]:
        """The pieces as one kept body while they are small; otherwise the pieces again, as they come."""
        begun = bytearray()
        for piece in pieces:
            begun += piece
            if len(begun) > LARGEST:
                return _resume(bytes(begun), pieces)
        self.keep(tag, bytes(begun), headers)
        return bytes(begun)


def _resume(begun: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield begun
    yield from rest


def bodies_of(request: Request) -> Bodies:
    """The answers that this application keeps."""
    state = request.app.state
    if not hasattr(state, "bodies"):
        state.bodies = Bodies()
    found: Bodies = state.bodies
    return found
