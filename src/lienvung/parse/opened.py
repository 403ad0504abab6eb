"""A workbook is opened once, however many readers look at it before one reads it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from lienvung.domain.handovers import RawFile
from lienvung.parse.workbook import Sheet, read_workbook


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of cycles: a hundred thousand new cells would wake it often, and it would find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@lru_cache(maxsize=1)
def read_once(raw: RawFile) -> list[Sheet]:
    """``read_workbook``, the last answer kept until ``read_once.cache_clear()``; nobody may change the sheets."""
    with uncollected():
        return read_workbook(raw)
