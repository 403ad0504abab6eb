"""A choice among conflicting claims, made ready to be released."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.clocks import OPEN_DAY
from lienvung.domain.discrepancies import Choice
from lienvung.errors import NotFound
from lienvung.store.choices import choice_columns
from lienvung.store.schema import CLAIMS

_FACT = ("indicator", "area_key", "activity", "breakdown", "period")


@dataclass(frozen=True)
class Chosen:
    """A choice, and the one row to release."""

    choice: Choice
    claims: pa.Table


def claims_of_fact(history: pa.Table, fact: Mapping[str, str]) -> pa.Table:
    """What every issuer says of a fact now."""
    mask = pc.equal(history["published_to"], pa.scalar(OPEN_DAY, pa.date32()))
    for column in _FACT:
        mask = pc.and_(mask, pc.equal(history[column], fact[column]))
    return history.filter(mask)


def choice_claims(
    claims: pa.Table, fact: Mapping[str, str], issuer: str, by: str, day: date, reason: str, release: str
) -> Chosen:
    """The row of a choice. An empty ``issuer`` takes an earlier choice back.

    Raises:
        NotFound: there is no such fact, or that issuer does not claim it.
    """
    issuers = sorted(claims["issuer"].to_pylist())
    rows = [r for r in claims.to_pylist() if r["issuer"] == issuer or not issuer]
    if not rows:
        what = " ".join((*(fact[c] for c in ("indicator", "area_key", "period")), issuer))
        raise NotFound(what=what, choices=", ".join(issuers) or f"lienvung get {fact['indicator']}")
    row = rows[0]
    value = row["value"] if issuer else None
    choice = Choice(
        **{c: row[c] for c in (*_FACT, "freq")}, issuer=issuer, value=value,
        document=row["document"] or "", by=by, day=day, reason=reason,
    )  # fmt: skip
    # each choice is a document of its own, so that two on one day stand one after the other
    record = row | choice_columns(choice) | {"value": value, "document": f"choice {release}"}
    return Chosen(choice, pa.Table.from_pylist([{c: record[c] for c in CLAIMS.names}], schema=CLAIMS))
