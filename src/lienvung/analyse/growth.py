"""Growth, averages and rebased indices out of published figures, each with its formula and its inputs.

Levels give growth only in constant prices (or where no price is in them: persons, tonnes); at current prices the
nearest lawful answer is named. What an index is 100 of decides what it says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pyarrow as pa

from lienvung.analyse.methods.growth import (
    calc_average_growth_pct,
    calc_chained_index,
    calc_growth_of_index_pct,
    calc_growth_pct,
    calc_mean_of_rates_pct,
    calc_rebased,
)
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.indicators import Indicator
from lienvung.domain.prices import basis_name, is_constant, require_one_basis, require_one_comparison
from lienvung.domain.units import CURRENCIES
from lienvung.errors import BadValue, Both, NotComputable

GROWTH, INDEX = Both("tốc độ tăng", "growth"), Both("chỉ số gốc cố định", "a fixed-base index")
_SERIES = ("indicator", "area_key", "activity", "breakdown", "issuer", "freq")
_INPUT = (
    "indicator", "area_key", "activity", "breakdown", "period", "value", "unit", "status", "issuer", "document",
    "published_from", "published_precision", "recorded_from", "file_name", "file_sha256", "sheet", "cell",
    "origin_sheet", "origin_cell",
)  # fmt: skip
_LINKS = ("previous_year", "same_period")
"""Comparisons whose index of a year follows on the year before, so that years can be chained."""


@dataclass(frozen=True)
class Computed:
    """A number that no source printed.

    Attributes:
        kind: rate, index_rate, average, average_of_rates, required, rebased, chained.
        key: indicator, area_key, activity, breakdown, issuer, freq.
        period, against: of the result, and what it is compared with.
        value: per cent for rates, 100 in the base period for indices.
        formula: with indicator codes, then with the numbers put in.
        inputs: the published rows it was made from, with their addresses.
        marks: ``vintages`` (inputs published on different days), ``break`` (a known break lies between),
            ``nominal`` (money with no price basis declared), ``chained``.
    """

    kind: str
    key: dict[str, str]
    period: str
    against: str
    value: float
    unit: str
    formula: str
    inputs: tuple[dict[str, Any], ...]
    marks: tuple[str, ...] = ()


def compare_growth(table: pa.Table, catalogue: Catalogue) -> list[Computed]:
    """Growth of each period on the same period of the year before; periods without a level before are left out.

    An index of 'previous = 100' is converted: 105,8 is 5,8 %, against what it is 100 of.

    Args:
        table: ``OBSERVATIONS`` rows of one indicator.

    Raises:
        NotComputable: current prices, a rate, a share, a rank or a score; or no two periods follow each other.
    """
    indicator = _only(table, catalogue)
    method = _method(indicator, catalogue)
    if method == "rate":
        raise _refused(indicator, catalogue, Both("đã là tốc độ tăng", "it is a rate of growth already"))
    found: list[Computed] = []
    for rows in _series(table):
        by_period = {r["period"]: r for r in rows}
        for row in rows:
            if method == "index":
                found.append(_of_index(row, indicator))
            elif before := by_period.get(_year_before(row["period"])):
                found += _rate(before, row, catalogue)
    return found or _nothing(indicator, catalogue)


def compare_average_growth(table: pa.Table, catalogue: Catalogue) -> list[Computed]:
    """Average annual growth from the first to the last year of each series; of printed rates, their geometric mean.

    Raises:
        NotComputable: as ``compare_growth``; or a year is missing among printed rates or links.
    """
    indicator = _only(table, catalogue)
    method = _method(indicator, catalogue)
    found: list[Computed] = []
    for rows in _series(table):
        years = [r for r in rows if r["freq"] == "A"]
        if method == "level" and len(years) > 1 and years[0]["value"] * years[-1]["value"] > 0:
            found.append(_average(years[0], years[-1], catalogue))
        elif method in ("rate", "index") and years and _is_whole(years):
            found.append(_average_of_rates(years, indicator, catalogue))
    return found or _nothing(indicator, catalogue)


def estimate_required_growth(table: pa.Table, catalogue: Catalogue, target: float, year: int) -> list[Computed]:
    """Growth needed each year to reach a level by a year, from the last level of each series.

    Args:
        target: in the unit and the prices of the indicator.

    Raises:
        NotComputable: as ``compare_growth``; or the year is not after the last level.
    """
    indicator = _only(table, catalogue)
    if _method(indicator, catalogue) != "level":
        raise _refused(indicator, catalogue, Both("cần một mức, không phải chỉ số hay tỷ lệ", "a level is needed"))
    found: list[Computed] = []
    for rows in _series(table):
        last = next((r for r in reversed(rows) if r["freq"] == "A"), None)
        count = year - int(last["period"]) if last else 0
        if last and count > 0 and last["value"] > 0 < target:
            value = calc_average_growth_pct(last["value"], target, count)
            code, period = indicator.code, last["period"]
            said = f"(({target:.12g} / {code}[{period}])^(1/{count}) − 1) × 100"
            said += f" = (({target:.12g} / {last['value']:.12g})^(1/{count}) − 1) × 100"
            found.append(_computed("required", last, str(year), period, value, said, [last], catalogue))
    return found or _nothing(indicator, catalogue)


def compare_index(table: pa.Table, catalogue: Catalogue, base: str) -> list[Computed]:
    """Each series with the period ``base`` as 100: levels and base-year indices are rebased, yearly links chained.

    Raises:
        NotComputable: current prices, or an index that is 100 of something that cannot be chained; no such period;
            a year is missing among the links.
    """
    indicator = _only(table, catalogue)
    method = _method(indicator, catalogue)
    is_link = method == "index" and indicator.comparison in _LINKS
    if method != "level" and not is_link:
        why = Both("gốc so sánh này không nối chuỗi được", "what it is 100 of cannot be chained")
        raise _refused(indicator, catalogue, why, INDEX)
    found: list[Computed] = []
    for rows in _series(table):
        own = [r for r in rows if r["freq"] == "A"] if is_link else rows
        if is_link:
            found += _chained(own, indicator, catalogue, base)
        elif start := next((r for r in own if r["period"] == base and r["value"]), None):
            found += _rebased(own, start, catalogue)
    return found or _nothing(indicator, catalogue, INDEX)


def _only(table: pa.Table, catalogue: Catalogue) -> Indicator:
    """The indicator of all rows; two of other prices or comparisons are refused with that reason."""
    indicators = [catalogue.indicators[c] for c in dict.fromkeys(table["indicator"].to_pylist())]
    require_one_basis(indicators)
    require_one_comparison(indicators)
    if len(indicators) != 1:
        one = Both("mỗi lần một chỉ tiêu", "one indicator at a time")
        raise BadValue(value=", ".join(i.code for i in indicators) or "—", name="indicator", choices=one)
    return indicators[0]


def _method(indicator: Indicator, catalogue: Catalogue) -> str:
    """``level``, ``index`` (of a moving comparison) or ``rate``; refuses what says nothing about growth."""
    base = catalogue.units[indicator.unit].base
    if indicator.aggregation == "growth" or (base == "PCT" and indicator.code.endswith(("_GROWTH", "_GROWTH_AVG"))):
        return "rate"
    if indicator.price_basis == "current":
        why = Both(f"{basis_name('current').vi} gồm cả phần tăng giá", "current prices contain the rise of prices")
        raise _refused(indicator, catalogue, why)
    if indicator.comparison == "reference_area":
        why = Both("chỉ số so giữa các địa bàn, không theo thời gian", "it compares places, not times")
        raise _refused(indicator, catalogue, why)
    if indicator.comparison and indicator.comparison != "base_year":
        return "index"
    if base in ("PCT", "PERMILLE", "PCT_POINTS", "RANK", "POINTS"):
        why = Both(
            "tỷ lệ, điểm và thứ hạng chỉ so được bằng hiệu số", "shares, scores and ranks are compared by difference"
        )
        raise _refused(indicator, catalogue, why)
    return "level"


def _refused(indicator: Indicator, catalogue: Catalogue, why: Both, what: Both = GROWTH) -> NotComputable:
    return NotComputable(what=what, indicator=indicator.code, reason=why, choices=lawful_instead(indicator, catalogue))


def _nothing(indicator: Indicator, catalogue: Catalogue, what: Both = GROWTH) -> list[Computed]:
    why = Both("không có đủ các kỳ liền nhau của cùng một nơi công bố", "no issuer gives the periods that are needed")
    raise _refused(indicator, catalogue, why, what)


def lawful_instead(indicator: Indicator, catalogue: Catalogue) -> str:
    """Where growth may be taken from instead: the same thing in constant prices, then printed rates of it."""
    stem = (indicator.numerator or indicator.code).split("_")[0]
    every = [i for i in catalogue.indicators.values() if i.code != indicator.code and i.code.split("_")[0] == stem]
    levels = [i.code for i in every if is_constant(i) and i.aggregation in ("sum", "stock")]
    printed = [i.code for i in every if i.aggregation == "growth"]
    ways = [f"lienvung grow {c}" for c in levels] + [f"lienvung get {c}" for c in printed]
    return ", ".join(ways) or f"lienvung get {indicator.code}"


def _series(table: pa.Table) -> list[list[dict[str, Any]]]:
    """The rows that have a value, by series and then by time."""
    rows = [r for r in table.to_pylist() if r["value"] is not None]

    def series(row: Mapping[str, Any]) -> tuple[Any, ...]:
        return tuple(row[c] for c in _SERIES)

    rows.sort(key=lambda r: (series(r), r["period_start"], r["period"]))
    return [list(group) for _, group in groupby(rows, key=series)]


def _year_before(period: str) -> str:
    return f"{int(period[:4]) - 1:04d}{period[4:]}"


def _is_whole(years: Sequence[Mapping[str, Any]]) -> bool:
    return int(years[-1]["period"]) - int(years[0]["period"]) == len(years) - 1


def _rate(before: dict[str, Any], row: dict[str, Any], catalogue: Catalogue) -> list[Computed]:
    if before["value"] <= 0 or before["unit"] != row["unit"]:
        return []
    code = row["indicator"]
    formula = f"({code}[{row['period']}] / {code}[{before['period']}] − 1) × 100"
    formula += f" = ({row['value']:.12g} / {before['value']:.12g} − 1) × 100"
    value = calc_growth_pct(before["value"], row["value"])
    return [_computed("rate", row, row["period"], before["period"], value, formula, [before, row], catalogue)]


def _of_index(row: dict[str, Any], indicator: Indicator) -> Computed:
    formula = f"{indicator.code}[{row['period']}] − 100 = {row['value']:.12g} − 100"
    value = calc_growth_of_index_pct(row["value"])
    return Computed("index_rate", _key(row), row["period"], indicator.comparison, value, "PCT", formula, (_input(row),))


def _average(first: dict[str, Any], last: dict[str, Any], catalogue: Catalogue) -> Computed:
    code, count = first["indicator"], int(last["period"]) - int(first["period"])
    formula = f"(({code}[{last['period']}] / {code}[{first['period']}])^(1/{count}) − 1) × 100"
    formula += f" = (({last['value']:.12g} / {first['value']:.12g})^(1/{count}) − 1) × 100"
    value = calc_average_growth_pct(first["value"], last["value"], count)
    return _computed("average", last, last["period"], first["period"], value, formula, [first, last], catalogue)


def _average_of_rates(years: list[dict[str, Any]], indicator: Indicator, catalogue: Catalogue) -> Computed:
    is_index = indicator.aggregation == "index"
    rates = [calc_growth_of_index_pct(r["value"]) if is_index else r["value"] for r in years]
    count, first, last = len(years), years[0]["period"], years[-1]["period"]
    said = " × ".join(f"{1 + r / 100:.12g}" for r in rates)
    term = f"({indicator.code}[t] / 100)" if is_index else f"(1 + {indicator.code}[t] / 100)"
    formula = f"((∏ {term}, t = {first}…{last})^(1/{count}) − 1) × 100 = (({said})^(1/{count}) − 1) × 100"
    value = calc_mean_of_rates_pct(rates)
    before = _year_before(first)
    return _computed("average_of_rates", years[-1], last, before, value, formula, years, catalogue)


def _rebased(rows: list[dict[str, Any]], start: dict[str, Any], catalogue: Catalogue) -> list[Computed]:
    code, base = start["indicator"], start["period"]
    found = []
    for row, value in zip(rows, calc_rebased([r["value"] for r in rows], start["value"]), strict=True):
        formula = f"{code}[{row['period']}] / {code}[{base}] × 100 = {row['value']:.12g} / {start['value']:.12g} × 100"
        used = [row] if row is start else [start, row]
        found.append(_computed("rebased", row, row["period"], base, value, formula, used, catalogue, "INDEX"))
    return found


def _chained(rows: list[dict[str, Any]], indicator: Indicator, catalogue: Catalogue, base: str) -> list[Computed]:
    """Levels out of yearly links; the base may be the year before the first link."""
    periods = [r["period"] for r in rows]
    known = [_year_before(periods[0]), *periods] if rows else []
    if base not in known or not _is_whole(rows):
        return []
    at = known.index(base) - 1
    found = []
    for i, value in enumerate(calc_chained_index([r["value"] for r in rows], at)):
        low, high = sorted((i, at))
        used = rows[low + 1 : high + 1]
        said = " × ".join(f"{r['value']:.12g}/100" for r in used)
        formula = "100" if i == at else f"100 × {said}" if i > at else f"100 / ({said})"
        made = _computed("chained", rows[i], periods[i], base, value, formula, used or [rows[i]], catalogue, "INDEX")
        found.append(made)
    return found


def _computed(
    kind: str, row: dict[str, Any], period: str, against: str, value: float, formula: str,
    used: Sequence[dict[str, Any]], catalogue: Catalogue, unit: str = "PCT",
) -> Computed:  # fmt: skip
    marks = ["chained"] if kind == "chained" else []
    if len({r["published_from"] for r in used}) > 1:
        marks.append("vintages")
    if len(used) > 1 and _has_break(used[0], used[-1], catalogue):
        marks.append("break")
    indicator = catalogue.indicators[row["indicator"]]
    if catalogue.units[row["unit"]].base in CURRENCIES and not indicator.price_basis:
        marks.append("nominal")
    inputs = tuple(_input(r) for r in used)
    return Computed(kind, _key(row), period, against, value, unit, formula, inputs, tuple(marks))


def _has_break(first: Mapping[str, Any], last: Mapping[str, Any], catalogue: Catalogue) -> bool:
    """Whether a known break lies after the first period and not after the last."""
    start, end = first["period"][:4], last["period"][:4]
    return any(
        start < b.period[:4] <= end
        and b.issuer in ("", last["issuer"])
        and b.area in ("", last["area_key"], last["area_key"].split("@")[0])
        for b in catalogue.breaks_of(last["indicator"])
    )


def _key(row: Mapping[str, Any]) -> dict[str, str]:
    return {c: row[c] for c in _SERIES}


def _input(row: Mapping[str, Any]) -> dict[str, Any]:
    return {c: row[c] for c in _INPUT}
