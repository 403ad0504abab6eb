"""What claims would do to the figures that stand, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb
import pyarrow as pa

from lienvung.domain.clocks import OPEN_DAY, OPEN_INSTANT
from lienvung.domain.observations import KEY
from lienvung.publish.vintages import merge_claims

_KEY = ", ".join(KEY)
_FACT = tuple(k for k in KEY if k != "issuer")
_SAID = ("value", "mark", "status", "document", "published_from")
_DIFFERS = "o.value is distinct from n.value or o.mark is distinct from n.mark or o.unit is distinct from n.unit"
_STANDING = f"published_to = date '{OPEN_DAY}'"
_SIZE = "abs(new_value - old_value) / nullif(abs(old_value), 0)"

_TABLES = f"""
create temp table o as select * from old where {_STANDING};
create temp table n as
select * from merged semi join (select distinct {_KEY} from claims) using ({_KEY})
where {_STANDING} and recorded_to = timestamp '{OPEN_INSTANT}';
create temp table added as
select distinct {_KEY} from merged where release = $release;
"""
_EFFECT = f"""
create temp table effect as
select case when o.indicator is null then 'new'
            when {_DIFFERS} then 'changed'
            when a.indicator is not null and n.release <> $release then 'older'
            else 'unchanged' end as kind,
       {", ".join(f"n.{k}" for k in KEY)}, n.unit, n.sheet, n.cell, '' as other_issuer,
       {", ".join(f"o.{c} as old_{c}, n.{c} as new_{c}" for c in _SAID)}
from n left join o using ({_KEY}) left join added a using ({_KEY})
"""
_CONFLICTS = f"""
create temp table conflicts as
select 'conflict' as kind, {", ".join(f"n.{k}" for k in KEY)}, n.unit, n.sheet, n.cell, o.issuer as other_issuer,
       {", ".join(f"o.{c} as old_{c}, n.{c} as new_{c}" for c in _SAID)}
from n join o using ({", ".join(_FACT)}) where o.issuer <> n.issuer and o.value is distinct from n.value
"""
_COUNTS = """
select count(*) filter (kind = 'new'), count(*) filter (kind = 'changed'), count(*) filter (kind = 'unchanged'),
       count(*) filter (kind = 'older'), (select count(*) from conflicts),
       count(*) filter (kind = 'unchanged' and old_status is distinct from new_status) from effect
"""


@dataclass(frozen=True)
class Effect:
    """How many figures of each kind (new, changed, unchanged, older, conflict, restated), and the largest of each."""

    counts: tuple[int, ...]
    changes: pa.Table
    conflicts: pa.Table
    largest: pa.Table


def compare_claims(old: pa.Table, claims: pa.Table, release: str, moment: datetime, most: int) -> Effect:
    """What would stand after claims were released, beside what stands now.

    Args:
        old: every believed vintage of the dataflows that ``claims`` touch (``OBSERVATIONS``).
        most: how many rows of changes, and of conflicts, are told.
    """
    merged = merge_claims(old, claims, moment, release).table
    db = duckdb.connect()
    try:
        for name, table in (("old", old), ("merged", merged), ("claims", claims)):
            db.register(name, table)
        for statement in _TABLES.split(";"):
            if statement.strip():
                db.execute(statement, {"release": release} if "$release" in statement else {})
        db.execute(_EFFECT, {"release": release})
        db.execute(_CONFLICTS)
        counts = tuple(map(int, db.execute(_COUNTS).fetchall()[0]))
        order = f"order by {_SIZE} desc nulls last, kind, {_KEY} limit {int(most)}"
        changes = db.sql(f"select * from effect where kind in ('new', 'changed') {order}").to_arrow_table()
        largest = db.sql(
            "select * from effect where kind = 'changed' order by abs(new_value - old_value) desc nulls last limit 1"
        ).to_arrow_table()
        return Effect(counts, changes, db.sql(f"select * from conflicts {order}").to_arrow_table(), largest)
    finally:
        db.close()
