"""The published history laid out for the checks: what stands now, every vintage, and what the catalogue says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa

from lienvung.domain.areas import Area, AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY, OPEN_INSTANT
from lienvung.domain.discrepancies import Fact
from lienvung.domain.indicators import Code
from lienvung.domain.observations import KEY, TOTAL
from lienvung.validate.reconcile.wording import number, part_of

_INDICATORS = pa.schema(
    [
        ("indicator", pa.string()),
        ("unit", pa.string()),
        ("shown_decimals", pa.int32()),
        ("price_basis", pa.string()),
        ("comparison", pa.string()),
        ("aggregation", pa.string()),
        ("numerator", pa.string()),
        ("denominator", pa.string()),
        ("scale", pa.float64()),
    ]
)
_KIN = pa.schema([(n, pa.string()) for n in ("kind", "code", "family", "parent")] + [("family_size", pa.int32())])
_PARTS = pa.schema(
    [("whole_set", pa.string()), ("whole_key", pa.string()), ("part_key", pa.string()), ("until", pa.date32())]
)
_BREAKS = pa.schema([(n, pa.string()) for n in ("indicator", "issuer", "area", "period", "note_vi", "note_en")])

RECONCILED = (
    *KEY, "value", "mark", "decimals", "unit", "document", "period_start", "period_end", "published_from",
    "published_to", "recorded_to", "release",
)  # fmt: skip
"""The columns of ``store.schema.OBSERVATIONS`` that the checks look at."""

COUNTED = (
    "PERSONS", "HOUSEHOLDS", "UNITS", "PROJECTS", "ENTERPRISES", "CASES", "TRANSACTIONS", "PATENTS", "APPLICATIONS",
)  # fmt: skip
"""Units of things that are counted one by one: a figure to the last unit carries no rounding."""

# ``half`` is half the last printed digit, read from the figures: the last digit that most cells of the
# table's column need (one cell may end in a zero), or of the document where the column is short, or the cell's own.
_ROUNDED = f"""
create temp table every_row as
with said as (
  select h.* exclude (recorded_to, published_to, release), i.unit as own_unit, i.shown_decimals, i.aggregation,
    published_to = date '{OPEN_DAY}' as is_current,
    split_part(area_key, '@', 1) as code, cast(abs(value) as varchar) as w,
    hash(indicator, document, issuer, freq) as doc, hash(indicator, document, issuer, freq, period) as col
  from history h join indicators i using (indicator)
  where recorded_to = timestamp '{OPEN_INSTANT}'),
placed as (
  select *, case when value is null or value = 0 or w like '%e%' then null
    when w not like '%.0' then length(split_part(w, '.', 2))
    when zeros < case when own_unit in {COUNTED} then 3 else 2 end then 0 else -zeros end as place
  from (select *, length(w) - length(rtrim(w[:-3], '0')) - 2 as zeros from said)),
cols as (select col, count(place) as n, quantile_disc(place, 0.5) as of_col from placed group by col),
docs as (select doc, quantile_disc(place, 0.5) as of_doc from placed group by doc),
usual as (
  select *, coalesce(greatest(place, case when n >= 5 then of_col else of_doc end), shown_decimals) as last_place
  from placed join cols using (col) join docs using (doc))
select * exclude (w, zeros, place, last_place, doc, col, n, of_col, of_doc, shown_decimals),
  case when last_place = 0 and own_unit in {COUNTED} then 0.0 else 0.5 * power(10.0, -last_place) end as half
from usual
"""
_VALUES = """
create temp table every as select * replace (coalesce(value, 0.0) as value) from every_row
where value is not null or mark = 'nil'
"""
_CURRENT = "create temp view val as select * from every where is_current"


class Evidence:
    """A history and its catalogue in one DuckDB connection.

    Tables: ``history`` (every believed vintage, as handed over), ``every`` (those with a number, with ``half`` of the
    last printed digit), ``val`` (those of them that stand now), ``indicators``, ``kin`` (parts of a total in the code
    lists), ``parts`` (members of a region or country), ``breaks``.
    """

    def __init__(self, history: pa.Table, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._db = duckdb.connect(config={"threads": "2"})
        self._db.register("history", history.select(RECONCILED))
        self._register("indicators", _indicator_rows(catalogue), _INDICATORS)
        self._register("kin", list(_kin_rows(catalogue)), _KIN)
        self._register("parts", list(_part_rows(catalogue)), _PARTS)
        self._register("breaks", _break_rows(catalogue), _BREAKS)
        for statement in (_ROUNDED, _VALUES, _CURRENT):
            self._db.execute(statement)

    def _register(self, name: str, rows: list[tuple[Any, ...]], schema: pa.Schema) -> None:
        records = [dict(zip(schema.names, row, strict=True)) for row in rows]
        self._db.register(name, pa.Table.from_pylist(records, schema=schema))

    def close(self) -> None:
        """Give the memory back."""
        self._db.close()

    def rows(self, sql: str, **parameters: object) -> list[dict[str, Any]]:
        """The rows of a query, as records."""
        found: list[dict[str, Any]] = self._db.sql(sql, params=parameters or None).to_arrow_table().to_pylist()
        return found

    def keep(self, name: str, sql: str) -> None:
        """Keep a query's rows as a table for the queries after it."""
        self._db.execute(f"create or replace temp table {name} as {sql}")

    def once(self, name: str, sql: str) -> str:
        """Keep a query's rows under a name if nobody did yet, and give the name."""
        self._db.execute(f"create temp table if not exists {name} as {sql}")
        return name

    def family(self, kind: str, name: str, parent: str) -> set[str]:
        """The codes of one list of parts."""
        rows = _kin_rows(self.catalogue)
        return {code for k, code, n, p, _ in rows if (k, n, p) == (kind, name, parent)}

    def area(self, key: str, lang: str) -> str:
        """An area's name with its key."""
        found = self.catalogue.gazetteer.areas.get(AreaKey.parse(key))
        return f"{found.name(lang)} ({key})" if found else key

    def place(self, fact: Fact, lang: str) -> str:
        """Indicator, part, area and period of a fact."""
        return f"{fact.indicator}{part_of(fact)}, {self.area(fact.area_key, lang)}, {fact.period}"

    def shown(self, fact: Fact, lang: str) -> str:
        """A fact with its value and issuer."""
        value = "…" if fact.value is None else number(fact.value, lang)
        return f"{self.place(fact, lang)}: {value} ({fact.issuer})"


def _indicator_rows(catalogue: Catalogue) -> list[tuple[Any, ...]]:
    return [
        (i.code, i.unit, i.decimals, i.price_basis, i.comparison, i.aggregation, i.numerator, i.denominator, i.scale)
        for i in catalogue.indicators.values()
    ]


def _kin_rows(catalogue: Catalogue) -> Iterator[tuple[Any, ...]]:
    """Codes that may make up a total: by their parent, and by the part of the code that names the kind of list."""
    for kind, codes in (("breakdown", catalogue.breakdowns), ("activity", catalogue.activities)):
        families: dict[tuple[str, str], list[Code]] = {}
        for code in codes.values():
            if code.code == TOTAL or not code.parent:
                continue
            stem = re.split(r"_|(?<=[A-Z])(?=\d)", code.code)[0]
            name = stem if kind == "breakdown" or stem == "VSIC" else "·"
            families.setdefault((name, code.parent), []).append(code)
            if kind == "activity" and stem == "VSIC" and code.parent != TOTAL:
                families.setdefault((name, TOTAL), []).append(code)
        for (name, parent), found in families.items():
            yield from ((kind, c.code, name, parent, len(found)) for c in found)


def _part_rows(catalogue: Catalogue) -> Iterator[tuple[Any, ...]]:
    """What each region and the country is the sum of, on every list of units.

    ``until``: the first day on which the part was no more (Hà Tây); null for the units that every table has.
    """
    places = catalogue.gazetteer
    provinces = [a for a in places.areas.values() if a.level == "province"]
    for area in places.areas.values():
        if area.level == "region" and area.key.code in places.regions:
            members = [places.areas[m.area] for m in places.members(area.key.code) if not m.is_partial]
            ended = [p for p in provinces if _went_into(catalogue, p, {m.key for m in members})]
            yield from _set_of(area, [m for m in members if m.key.valid_from == area.key.valid_from], ended)
        if area.level == "country":
            for boundary in sorted({p.key.valid_from for p in provinces}):
                listed = [p for p in provinces if p.key.valid_from == boundary]
                last = max(p.valid_to for p in listed)
                yield from _set_of(
                    area, [p for p in listed if p.valid_to == last], [p for p in listed if p.valid_to < last]
                )


def _went_into(catalogue: Catalogue, area: Area, members: set[AreaKey]) -> bool:
    after = catalogue.gazetteer.successors(area.key)
    return area.key not in members and any(
        s.successor in members and s.successor.valid_from == area.key.valid_from for s in after
    )


def _set_of(whole: Area, parts: list[Area], ended: list[Area]) -> Iterator[tuple[Any, ...]]:
    if not parts:
        return
    name = f"{whole.key}/{parts[0].key.valid_from}"
    yield from ((name, str(whole.key), str(p.key), None) for p in parts)
    yield from ((name, str(whole.key), str(p.key), p.valid_to) for p in ended)


def _break_rows(catalogue: Catalogue) -> list[tuple[Any, ...]]:
    return [(b.indicator, b.issuer, b.area, b.period, b.note_vi, b.note_en) for b in catalogue.breaks]
