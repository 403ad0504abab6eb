"""A submission held against what is published, worked out beside the page: it takes seconds, a page may not."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from fastapi import Request

from lienvung.errors import LienVungError
from lienvung.present.problems import JudgedLine, tell_judged
from lienvung.web.answers import lang_of, world_of
from lienvung.web.office import Opened

MOST_SHOWN, MOST_KEPT = 50, 64
DECIDED = ("published", "superseded", "withdrawn", "discarded")
"""States in which there is nothing left to hold against what is published."""
_RUNNER = ThreadPoolExecutor(1, "reconcile")
_RUNNING: OrderedDict[tuple[str, ...], Future[Any]] = OrderedDict()
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Reconciled:
    """How far it is: ``none`` (nothing to hold against), ``running``, ``done`` or ``failed`` with the reason."""

    state: str
    lines: tuple[JudgedLine, ...] = ()
    more: int = 0
    said: str = ""


def judge(request: Request, opened: Opened) -> Reconciled:
    """What would not agree if a submission were published now; begun at the first look, told when it is done."""
    found, lang = opened.found, lang_of(request)
    if not found.rows or found.state in DECIDED:
        return Reconciled("none")
    world = world_of(request)
    key = (str(world.settings.home), found.id, found.claims_sha256, world.reader.snapshot)
    with _LOCK:
        if key not in _RUNNING:
            _RUNNING[key] = _RUNNER.submit(opened.works.check_submission, found.id, opened.actor)
            while len(_RUNNING) > MOST_KEPT:
                _RUNNING.popitem(last=False)[1].cancel()
        running = _RUNNING[key]
    if not running.done():
        return Reconciled("running")
    try:
        judged = running.result()
    except LienVungError as error:
        return Reconciled("failed", said=error.message(lang))
    standing = opened.works.acceptances()
    lines = tell_judged([replace(j, acceptance=standing.get(j.discrepancy.id)) for j in judged], lang)
    return Reconciled("done", lines[:MOST_SHOWN], max(len(lines) - MOST_SHOWN, 0))
