"""What a release does to the two clocks: which rows close, which are re-inserted, which are new.

A *vintage* is one document's claim of one fact. Vintages of a fact stand in the order of publication; each is
valid on the publication clock until the next one. Adding one (at the end or, back-loading, in the middle) changes
its neighbour's ``published_to``: the neighbour's row is closed on ``recorded`` and inserted again, so that what was
recorded earlier keeps its answer for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from lienvung.domain.clocks import OPEN_DAY, OPEN_INSTANT
from lienvung.domain.observations import KEY
from lienvung.store.schema import CLAIMS, OBSERVATIONS, SORT

_KEY = ", ".join(KEY)
_ID = f"{_KEY}, published_from, document"
_CONTENT = ("value", "mark", "unit", "status")
"""What a claim says; another note or another file saying the same is no correction."""
_SAME = " and ".join(f"b.{c} is not distinct from c.{c}" for c in _CONTENT)
_COLUMNS = ", ".join(OBSERVATIONS.names)
_RANK = "case published_precision when 'year' then 0 when 'month' then 1 when 'received' then 2 else 3 end"
_OPEN_DAY = f"date '{OPEN_DAY}'"
_OPEN = f"timestamp '{OPEN_INSTANT}'"

# one claim per vintage within a release: the last cell that says it
_CLAIMS = f"""
create temp table c as
select * from claims
qualify row_number() over (partition by {_ID} order by submission desc, cell desc) = 1
"""
_BELIEVED = f"create temp table b as select * from old where recorded_to = {_OPEN}"
_FRESH = f"""
create temp table fresh as
select c.* from c where not exists (
  select 1 from b where {" and ".join(f"b.{k} = c.{k}" for k in (*KEY, "published_from", "document"))} and {_SAME})
"""
# the new belief about every fact that a fresh claim touches
_BELIEF = f"""
create temp table belief as
with touched as (select distinct {_KEY} from fresh),
kept as (
  select b.* from b semi join touched using ({_KEY})
  where not exists (select 1 from fresh f where {
    " and ".join(f"b.{k} = f.{k}" for k in (*KEY, "published_from", "document"))
})),
vintages as (
  select *, false is_new from kept
  union all by name
  select *, true is_new, $release as release, {_OPEN_DAY} as published_to,
         $recorded::timestamp as recorded_from, {_OPEN} as recorded_to from fresh)
select *, coalesce(lead(published_from) over (
  partition by {_KEY} order by published_from, {_RANK}, release, document), {_OPEN_DAY}) as next_published
from vintages
"""
_RESULT = f"""
with touched as (select distinct {_KEY} from fresh)
-- history, and facts that this release does not touch
select {_COLUMNS} from old where recorded_to < {_OPEN}
union all select {_COLUMNS} from b anti join touched using ({_KEY})
-- rows that stay as they are
union all select {_COLUMNS} from belief where not is_new and next_published = published_to
-- rows that close: replaced claims, and neighbours whose end moved
union all
select b.* replace ($recorded::timestamp as recorded_to) from (select {_COLUMNS} from b) b semi join touched using ({
    _KEY
})
where not exists (
  select 1 from belief n where not n.is_new and n.next_published = n.published_to
  and {" and ".join(f"b.{k} = n.{k}" for k in (*KEY, "published_from", "document"))})
-- rows that open
union all
select {
    _COLUMNS.replace("published_to", "next_published as published_to").replace(
        "recorded_from", "$recorded::timestamp as recorded_from"
    )
}
from belief where is_new or next_published <> published_to
order by dataflow, {", ".join(SORT)}
"""
_COUNTS = f"""
select (select count(*) from fresh anti join b using ({_KEY})) as added,
       (select count(*) from fresh semi join b using ({_KEY})) as revised,
       (select count(*) from c) - (select count(*) from fresh) as unchanged
"""

_SAME_VINTAGE = " and ".join(f"b.{k} = n.{k}" for k in (*KEY, "published_from", "document"))
_CHANGES = " or ".join(f"{c} is distinct from lag({c}) over said" for c in _CONTENT)
# what the others say of the vintages that are taken back: of each, the claim that began its last run of equal ones
_STANDS = f"""
create temp table stands as
with said as (
  select others.* from others semi join gone using ({_ID})
  qualify row_number() over (partition by {_ID}, release order by submission desc, cell desc) = 1),
runs as (
  select *, row_number() over said = 1 or {_CHANGES} as begins from said
  window said as (partition by {_ID} order by release, submission))
select * exclude (begins) from runs where begins
qualify row_number() over (partition by {_ID} order by release desc, submission desc) = 1
"""
# the vintages whose row must go, because the one who said it is taken back
_TAKEN = f"""
create temp table fresh as
select distinct {_ID} from b semi join gone using ({_ID})
where not exists (
  select 1 from stands n where {_SAME_VINTAGE} and n.release = b.release
  and {" and ".join(f"b.{c} is not distinct from n.{c}" for c in _CONTENT)})
"""
_BELIEF_AFTER = f"""
create temp table belief as
with touched as (select distinct {_KEY} from fresh),
vintages as (
  select *, false is_new from b semi join touched using ({_KEY}) anti join fresh using ({_ID})
  union all by name
  select *, true is_new, {_OPEN_DAY} as published_to, $recorded::timestamp as recorded_from, {_OPEN} as recorded_to
  from stands semi join fresh using ({_ID}))
select *, coalesce(lead(published_from) over (
  partition by {_KEY} order by published_from, {_RANK}, release, document), {_OPEN_DAY}) as next_published
from vintages
"""


@dataclass(frozen=True)
class Merge:
    """The whole new content of the dataflows that a release touches, and what it changed."""

    table: pa.Table
    added: int
    revised: int
    unchanged: int


def merge_claims(old: pa.Table, claims: pa.Table, recorded: datetime, release: str) -> Merge:
    """Apply checked claims to the published rows of their dataflows.

    Args:
        old: ``OBSERVATIONS`` rows of all dataflows that ``claims`` touch. claims: ``CLAIMS`` rows.
        recorded: the moment of this release (naive UTC), later than any in ``old``.
        release: the release's id; ids sort by time.
    """
    db = duckdb.connect()
    try:
        db.register("old", old.select(OBSERVATIONS.names))
        db.register("claims", claims.select(CLAIMS.names))
        for statement in (_CLAIMS, _BELIEVED, _FRESH):
            db.execute(statement)
        moment = recorded.isoformat(sep=" ")
        db.execute(_BELIEF, {"release": release, "recorded": moment})
        table = db.sql(_RESULT, params={"recorded": moment}).to_arrow_table()
        counts = db.execute(_COUNTS).fetchone() or (0, 0, 0)
    finally:
        db.close()
    return Merge(table.cast(OBSERVATIONS), *map(int, counts))


def take_back_claims(old: pa.Table, gone: pa.Table, others: pa.Table, recorded: datetime) -> Merge:
    """Take one submission's claims back: from ``recorded`` on the belief is what it would be had they never come.

    Args:
        old: ``OBSERVATIONS`` rows of all dataflows that ``gone`` touches. gone: the claims taken back (``CLAIMS``).
        others: what every other submission that counts says there (``CLAIMS`` and ``release``).
        recorded: the moment of this release (naive UTC), later than any in ``old``.

    ``revised`` of the result counts the vintages that changed hands or went.
    """
    db = duckdb.connect()
    try:
        db.register("old", old.select(OBSERVATIONS.names))
        db.register("gone", gone.select(CLAIMS.names))
        db.register("others", others.select([*CLAIMS.names, "release"]))
        for statement in (_BELIEVED, _STANDS, _TAKEN):
            db.execute(statement)
        moment = recorded.isoformat(sep=" ")
        db.execute(_BELIEF_AFTER, {"recorded": moment})
        table = db.sql(_RESULT, params={"recorded": moment}).to_arrow_table()
        taken, asked = db.execute(
            f"select (select count(*) from fresh), (select count(*) from (select distinct {_ID} from gone))"
        ).fetchone() or (0, 0)
    finally:
        db.close()
    return Merge(table.cast(OBSERVATIONS), 0, int(taken), int(asked) - int(taken))
