"""Every query shape as an Ibis expression, compiled once to a SQL template that is kept beside it.

``python -m lienvung.query.expressions`` writes the templates; a test compares them with these expressions, so they
are at once the fast path (Ibis costs a second to import) and the snapshots of the tests. Parameters are marked by
sentinel literals that only this file writes, and become ``$name``; an empty list means no restriction.
"""

from __future__ import annotations

import re
from pathlib import Path

import ibis
import ibis.expr.types as ir

from lienvung.domain.observations import TOTAL
from lienvung.store.schema import OBSERVATIONS, SORT

_TYPES = {
    "string": "string",
    "double": "float64",
    "int32": "int32",
    "date32[day]": "date",
    "timestamp[us]": "timestamp",
}
FOLDER = Path(__file__).parent / "templates"


def _text(name: str) -> ir.Value:
    return ibis.literal(f"⟦{name}⟧")


def _list(name: str) -> ir.ArrayValue:
    return ibis.array([_text(name)])


def _obs() -> ir.Table:
    return ibis.table({f.name: _TYPES[str(f.type)] for f in OBSERVATIONS}, name="obs")


def _in_or_all(column: ir.Value, name: str) -> ir.BooleanValue:
    return (_list(name).length() == 0) | _list(name).contains(column)


def _believed(t: ir.Table) -> ir.Table:
    """Rows as this database knew them at one moment."""
    moment = _text("recorded").cast("timestamp")
    return t.filter(t.recorded_from <= moment, t.recorded_to > moment)


def _as_of(t: ir.Table) -> ir.Table:
    """Rows as they stood on one day of publication and at one moment of record."""
    day = _text("published").cast("date")
    t = _believed(t)
    return t.filter(t.published_from <= day, t.published_to > day)


def _chosen(t: ir.Table) -> ir.Table:
    return t.filter(
        _in_or_all(t.area_key, "areas"),
        _in_or_all(t.issuer, "issuers"),
        _in_or_all(t.activity, "activities"),
        _in_or_all(t.breakdown, "breakdowns"),
        _in_or_all(t.freq, "freqs"),
        _in_or_all(t.period, "periods"),
        t.period_start >= _text("first").cast("date"),
        t.period_end <= _text("last").cast("date"),
    )


def _totals(t: ir.Table) -> ir.Table:
    """Of each column named in ``totals`` only the total, where there is one; all its parts otherwise."""
    for column in ("activity", "breakdown"):
        is_total = t[column] == TOTAL
        has_total = is_total.any().over(ibis.window(group_by=t.indicator))
        t = t.filter(~_list("totals").contains(column) | is_total | ~has_total)
    return t


def observations() -> ir.Table:
    """One indicator's values for some areas and periods, as of a day and a moment."""
    t = _obs()
    return _totals(_chosen(_as_of(t.filter(t.indicator == _text("indicator"))))).order_by(*SORT)


def observations_many() -> ir.Table:
    """The values of several indicators, as ``observations`` for each."""
    t = _obs()
    return _totals(_chosen(_as_of(t.filter(_list("indicators").contains(t.indicator))))).order_by(*SORT)


def vintages() -> ir.Table:
    """Every row of both clocks for one indicator and some series."""
    t = _obs()
    return _totals(_chosen(t.filter(t.indicator == _text("indicator")))).order_by(*SORT)


def latest() -> ir.Table:
    """The last period of every series of some areas, as of a day and a moment."""
    t = _as_of(_obs())
    t = t.filter(_in_or_all(t.area_key, "areas"), t.value.notnull())
    keys = ("dataflow", "indicator", "area_key", "activity", "breakdown", "issuer", "freq")
    window = ibis.window(group_by=keys, order_by=[t.period_end.desc(), t.period.desc()])
    ranked = t.mutate(place=ibis.row_number().over(window))
    return ranked.filter(ranked.place == 0).drop("place").order_by(*SORT)


def series() -> ir.Table:
    """What there is: one row per series of the current view."""
    t = _believed(_obs())
    grouped = t.group_by("dataflow", "indicator", "area_key", "activity", "breakdown", "issuer", "freq")
    day = _text("published").cast("date")
    shown = (t.published_from <= day) & (t.published_to > day)
    return grouped.aggregate(
        unit=t.unit.max(),
        first_period=t.period.argmin(t.period_start),
        last_period=t.period.argmax(t.period_end),
        first_day=t.period_start.min(),
        last_day=t.period_end.max(),
        observations=shown.sum(),
        vintages=t.count(),
        last_published=t.published_from.max(),
        last_recorded=t.recorded_from.max(),
    ).order_by("dataflow", "indicator", "area_key", "activity", "breakdown", "issuer", "freq")


SHAPES = {
    "observations": observations,
    "observations_many": observations_many,
    "vintages": vintages,
    "latest": latest,
    "series": series,
}


def compile_shape(name: str) -> str:
    """The SQL template of a shape."""
    sql = str(ibis.to_sql(SHAPES[name](), dialect="duckdb", pretty=True))
    sql = re.sub(r"\[\s*'⟦(\w+)⟧'\s*\]", r"$\1::varchar[]", sql)
    return re.sub(r"'⟦(\w+)⟧'", r"$\1", sql) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for shape in SHAPES:
        (FOLDER / f"{shape}.sql").write_text(compile_shape(shape), "utf-8")
