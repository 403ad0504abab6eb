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


def _crosswalk() -> ir.Table:
    """The links of the covers: lists of equal length, one entry a link, handed in as parameters."""
    names = ("cover", "target", "source", "share", "since", "until", "needed")
    lists = {name: _list(f"cw_{name}") for name in names}
    rows = ibis.range(0, lists["source"].length()).unnest().name("i").as_table()
    t = rows.select(**{name: column[rows.i] for name, column in lists.items()})
    return t.mutate(
        share=t.share.cast("float64"),
        since=t.since.cast("date"),
        until=t.until.cast("date"),
        needed=t.needed.cast("int64"),
    )


_PLACED = ("cover", "target", "activity", "breakdown", "freq", "period", "period_start", "period_end")
"""What names a value on another boundary, beside its issuer."""


def _placed(indicator: str, periods: str = "") -> ir.Table:
    """Published rows beside every cover that they belong to; of two documents of one day, one.

    Args:
        indicator: name of the parameter with its code; ``codes`` is one with several. periods: name of a parameter
            with periods that take the place of the question's own, where it has any.
    """
    t = _obs()
    one = _list("codes").contains(t.indicator) if indicator == "codes" else t.indicator == _text(indicator)
    t = _as_of(t.filter(one))
    if periods:
        other = _list(periods).length() > 0
        inside = (t.period_start >= _text("first").cast("date")) & (t.period_end <= _text("last").cast("date"))
        t = t.filter(_in_or_all(t.area_key, "areas"), ibis.ifelse(other, _list(periods).contains(t.period), inside))
        t = _totals(t.filter(_in_or_all(t.activity, "activities"), _in_or_all(t.breakdown, "breakdowns")))
    else:
        t = _totals(_chosen(t))
    links = _crosswalk()
    joined = t.join(links, [t.area_key == links.source, t.period_end >= links.since, t.period_end < links.until])
    same = ibis.window(
        group_by=[joined[c] for c in ("indicator", *_PLACED, "source", "issuer")],
        order_by=[joined.published_from.desc(), joined.recorded_from.desc(), joined.document, joined.file_sha256],
    )
    return joined.mutate(place=ibis.row_number().over(same)).filter(lambda x: x.place == 0).drop("place")


def crosswalk_inputs() -> ir.Table:
    """The published rows that values on another boundary are made from, each with its cover and share."""
    t = _placed("codes", "other_periods")
    return t.order_by("target", "cover", *SORT)


def _added(t: ir.Table) -> ir.Table:
    """Sums over whole covers; null where a member has no value. Added in the order of the keys, always the same."""
    t = t.mutate(part=t.value * t.share)
    grouped = t.group_by(*_PLACED, "issuer", "unit").aggregate(
        total=t.part.collect(order_by=t.source).sums(), have=t.part.count(), needed=t.needed.max()
    )
    return grouped.mutate(value=ibis.ifelse(grouped.have == grouped.needed, grouped.total, ibis.null("float64")))


def crosswalk_sums() -> ir.Table:
    """Additive values on another boundary."""
    return _added(_placed("indicator")).drop("total").order_by(*_PLACED, "issuer")


def crosswalk_ratios() -> ir.Table:
    """Ratios of sums: every claim of the numerator with every claim of the denominator."""
    above, below = _added(_placed("indicator")).drop("total"), _added(_placed("other", "other_periods")).drop("total")
    every = _list("other_periods").length() > 0
    below = below.select(
        "target", "activity", "breakdown",
        span=ibis.ifelse(every, "", below.freq.concat(" ", below.period)),
        other_cover=below.cover, other_issuer=below.issuer, other_period=below.period, below=below.value,
    )  # fmt: skip
    above = above.mutate(span=ibis.ifelse(every, "", above.freq.concat(" ", above.period)))
    both = above.join(below, ["target", "activity", "breakdown", "span"])
    value = ibis.ifelse(both.below == 0, ibis.null("float64"), both.value / both.below * _text("scale").cast("float64"))
    return (
        both.select(*_PLACED, "issuer", "other_cover", "other_issuer", "other_period", "have", "needed", value=value)
        .order_by(*_PLACED, "issuer", "other_cover", "other_issuer", "other_period")
    )  # fmt: skip


def crosswalk_products() -> ir.Table:
    """Sums of value × other value over whole covers, and of the other values alone: weighted means and their parts."""
    one, other = _placed("indicator"), _placed("other")
    whole = _list("whole").contains("activity")  # the other indicator is known for all activities together
    one = one.mutate(branch=ibis.ifelse(whole, TOTAL, one.activity))
    other = other.select(
        "cover", "target", "source", "breakdown", "freq", "period",
        branch=other.activity, other_value=other.value, other_issuer=other.issuer,
    )  # fmt: skip
    both = one.join(other, ["cover", "target", "source", "breakdown", "freq", "period", "branch"])
    weight = ibis.ifelse(both.value.notnull(), both.other_value * both.share, ibis.null("float64"))
    both = both.mutate(part=both.value * both.other_value * both.share, weight=weight)
    grouped = both.group_by(*_PLACED, "issuer", "other_issuer").aggregate(
        part=both.part.collect(order_by=both.source).sums(), weight=both.weight.collect(order_by=both.source).sums(),
        have=both.part.count(), needed=both.needed.max(),
    )  # fmt: skip
    return grouped.filter(grouped.have == grouped.needed).order_by(*_PLACED, "issuer", "other_issuer")


def crosswalk_growths() -> ir.Table:
    """Change in percent against the same period of the year before, of sums over whole covers."""
    now = _added(_placed("indicator")).drop("total")
    before = now.select(
        "cover", "target", "activity", "breakdown", "freq", "issuer",
        period_start=(now.period_start + ibis.interval(years=1)).cast("date"),
        before=now.value, before_period=now.period,
    )  # fmt: skip
    both = now.join(before, ["cover", "target", "activity", "breakdown", "freq", "issuer", "period_start"])
    value = ibis.ifelse(both.before == 0, ibis.null("float64"), (both.value / both.before - 1) * 100)
    kept = both.filter(both.value.notnull(), both.before.notnull())
    return kept.select(*_PLACED, "issuer", "before_period", "have", "needed", value=value).order_by(*_PLACED, "issuer")


SHAPES = {
    "observations": observations,
    "observations_many": observations_many,
    "vintages": vintages,
    "latest": latest,
    "series": series,
    "crosswalk_inputs": crosswalk_inputs,
    "crosswalk_sums": crosswalk_sums,
    "crosswalk_ratios": crosswalk_ratios,
    "crosswalk_products": crosswalk_products,
    "crosswalk_growths": crosswalk_growths,
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
