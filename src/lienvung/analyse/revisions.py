"""By how much an issuer moved its own figure: each vintage against the one before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import pyarrow as pa

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import Question
from lienvung.domain.observations import KEY
from lienvung.errors import NotFound
from lienvung.query.reader import Reader
from lienvung.query.revisions import find_revisions

_PRECISION = {"year": 0, "month": 1, "received": 2}


@dataclass(frozen=True)
class Vintage:
    """One document's claim of one fact, and its step from the claim before.

    Attributes:
        row: the published row (``OBSERVATIONS`` columns).
        number: 1 for the first publication known.
        revision: this value minus the one before, in the row's unit; None for the first, for a missing value, and
            where the units differ. ``revision_pct``: the same in per cent of the value before.
        stands: no later vintage replaces it, as far as was asked.
    """

    row: dict[str, Any]
    number: int
    revision: float | None
    revision_pct: float | None
    stands: bool


@dataclass(frozen=True)
class Revisions:
    """The vintages that answer a question, and the snapshot they are of."""

    steps: tuple[Vintage, ...]
    snapshot: str


def compare_series(
    catalogue: Catalogue, reader: Reader, question: Question, choices: Mapping[str, str | None]
) -> Revisions:
    """Every vintage of the series that a question names; totals unless a breakdown or activity is named.

    Args:
        question: what was read from ``choices``, which tell whether parts were asked for.

    Raises:
        NotFound: nothing was published of it by then.
    """
    totals = tuple(c for c in ("activity", "breakdown") if not choices.get(c))
    dataflows = sorted({catalogue.dataflow_of(i) for i in question.indicators})
    answer = find_revisions(reader, replace(question, prefer_totals=totals), dataflows)
    if not answer.table.num_rows:
        code = question.indicators[0]
        what = ", ".join([code, *map(str, question.areas)])
        raise NotFound(what=what, choices=f"lienvung pack list {code}")
    return Revisions(tuple(compare_revisions(answer.table)), answer.snapshot)


def compare_revisions(table: pa.Table) -> list[Vintage]:
    """All vintages, by fact and then in the order of publication.

    Args:
        table: ``OBSERVATIONS`` rows of one moment of the recorded clock, as ``find_revisions`` gives them.
    """
    rows = sorted(table.to_pylist(), key=lambda r: (*_fact(r), *_order(r)))
    return [vintage for _, claims in groupby(rows, key=_fact) for vintage in _steps(list(claims))]


def _fact(row: dict[str, Any]) -> tuple[Any, ...]:
    *series, _ = (row[k] for k in KEY)
    return (*series, row["period_start"], row["period"])


def _order(row: dict[str, Any]) -> tuple[Any, ...]:
    """As vintages stand on the publication clock: one that gives only its year may be of any day in it."""
    rank = _PRECISION.get(row["published_precision"], 3)
    return row["published_from"], row["published_to"], rank, row["release"], row["document"]


def _steps(claims: list[dict[str, Any]]) -> list[Vintage]:
    found: list[Vintage] = []
    before: dict[str, Any] | None = None
    for number, row in enumerate(claims, 1):
        revision = pct = None
        if before and before["unit"] == row["unit"] and None not in (before["value"], row["value"]):
            revision = row["value"] - before["value"]
            pct = revision / abs(before["value"]) * 100 if before["value"] else None
        found.append(Vintage(row, number, revision, pct, number == len(claims)))
        before = row
    return found
