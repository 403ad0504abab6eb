"""Yearly figures of a province in quarters, by the movement of a related series: estimates, marked as such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from lienvung.analyse.methods.disaggregation import calc_denton_proportional, estimate_chow_lin
from lienvung.analyse.targets.figures import pick_yearly
from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import Question
from lienvung.domain.observations import TOTAL
from lienvung.domain.quarters import CHOW_LIN, DENTON, QUARTER_METHODS, QuarterEstimate, QuarterFigure
from lienvung.domain.tracking import YearFigure
from lienvung.errors import BadValue, Both, NotComputable
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader

RELATED = {"GRDP_CUR": "GDP_CUR", "GRDP_C2010": "GDP_C2010"}
"""The country's quarterly series that a province's yearly one is thought to move with."""
FLOWS = (*RELATED, "INVEST_REALISED", "RETAIL_SALES", "EXPORTS", "IMPORTS", "BUDGET_REV", "BUDGET_EXP")
"""What is earned, made or spent over a year, so that its quarters add up to it; averages and stocks do not."""
TOLERANCE = 1e-9
"""How exactly quarters must add up to their year, as a part of the year."""
Rows = Sequence[Mapping[str, Any]]


def estimate_quarters(
    reader: Reader,
    catalogue: Catalogue,
    indicator: str,
    area: AreaKey,
    related: str = "",
    method: str = DENTON,
) -> QuarterEstimate:
    """The quarters of a yearly series that adds up over the year, over its longest run of years without a hole.

    Args:
        related: the indicator of the country that is published by quarters; else the one usual for this indicator.

    Raises:
        NotComputable: quarters are published, the series does not add up, no related series, no year with all quarters.
        BadValue: an unknown method.
    """
    if method not in QUARTER_METHODS:
        raise BadValue(value=method, name="method", choices=", ".join(QUARTER_METHODS))
    own = catalogue.indicator(indicator)
    other = catalogue.indicator(related or RELATED.get(own.code, own.code)).code
    if own.code not in FLOWS:
        raise _refusal(own.code, Both("các quý không cộng lại thành năm", "its quarters do not add up to a year"))
    country = next(a.key for a in catalogue.gazetteer.areas.values() if a.level == "country")
    rows = _ask(reader, catalogue, own.code, area)
    if any(r["freq"] == "Q" for r in rows):
        raise _refusal(own.code, Both("số quý đã được công bố", "quarters are published"))
    benchmarks = pick_yearly([r for r in rows if r["freq"] == "A"], own.unit, catalogue)
    quarters = _quarters([r for r in _ask(reader, catalogue, other, country) if r["freq"] == "Q"])
    if not quarters:
        why = Both(f"cả nước không có chuỗi quý liên quan ({other})", f"the country has no related series ({other})")
        raise _refusal(own.code, why)
    run = _longest_run(sorted(y for y in benchmarks if all((y, q) in quarters for q in range(1, 5))))
    if not run:
        why = Both(f"không năm nào có cả số năm và bốn quý của {other}", f"no year has it and all quarters of {other}")
        raise _refusal(own.code, why)
    found = _estimate(own.code, area, other, str(country), method, run, benchmarks, quarters, own.unit)
    near = ("", str(area), area.code)
    steps = sorted({b.period[:4] for b in catalogue.breaks_of(own.code) if b.area in near and int(b.period[:4]) in run})
    if not steps:
        return found
    listed = ", ".join(steps)
    said = Both(f"chuỗi năm có chỗ gãy: {listed}", f"the yearly series breaks in {listed}")
    return replace(found, assumptions=(*found.assumptions, said))


def _refusal(code: str, reason: Both) -> NotComputable:
    what, instead = Both("ước số quý", "an estimate of quarters"), Both(f"get {code}", f"get {code}")
    return NotComputable(what=what, indicator=code, reason=reason, choices=instead)


def _ask(reader: Reader, catalogue: Catalogue, code: str, area: AreaKey) -> Rows:
    question = Question((code,), (area,), freqs=("A", "Q"), activities=(TOTAL,), breakdowns=(TOTAL,))
    rows: Rows = find_observations(reader, question, [catalogue.dataflow_of(code)]).table.to_pylist()
    return [r for r in rows if r["value"] is not None and r["status"] != "plan"]


def _quarters(rows: Rows) -> dict[tuple[int, int], Mapping[str, Any]]:
    """The latest published row of each quarter."""
    ordered = sorted(rows, key=lambda r: r["published_from"])
    return {(r["period_start"].year, (r["period_start"].month + 2) // 3): r for r in ordered}


def _longest_run(years: Sequence[int]) -> list[int]:
    """Of several as long, the latest."""
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return max(runs, key=lambda r: (len(r), r[-1]), default=[])


def _estimate(
    code: str, area: AreaKey, other: str, country: str, method: str, run: Sequence[int],
    benchmarks: Mapping[int, YearFigure], quarters: Mapping[tuple[int, int], Mapping[str, Any]], unit: str,
) -> QuarterEstimate:  # fmt: skip
    keys = [(y, q) for y in run for q in range(1, 5)]
    b, x = [benchmarks[y].value for y in run], [quarters[k]["value"] for k in keys]
    if method == CHOW_LIN:
        found = estimate_chow_lin(b, x, 4)
        values, lows, highs = found.values, found.low, found.high
    else:
        values = calc_denton_proportional(b, x, 4)
        lows = highs = np.full(len(values), np.nan)
    gap = float(np.abs(values.reshape(-1, 4).sum(axis=1) / np.asarray(b) - 1).max())
    if gap > TOLERANCE:
        raise _refusal(code, Both("các quý không cộng khớp năm", "the quarters do not add up to their year"))
    figures = tuple(
        QuarterFigure(f"{y}-Q{q}", float(v), quarters[y, q], *((float(lo), float(hi)) if lo == lo else (None, None)))
        for (y, q), v, lo, hi in zip(keys, values, lows, highs, strict=True)
    )
    years = {y: benchmarks[y].row for y in run}
    return QuarterEstimate(
        code, str(area), other, country, method, unit, figures, years, gap, _assumptions(other, method, years)
    )


def _assumptions(other: str, method: str, years: Mapping[int, Mapping[str, Any]]) -> tuple[Both, ...]:
    name = QUARTER_METHODS[method]
    said = [
        Both(
            f"nhịp theo quý của địa bàn giống nhịp của cả nước ({other}); {name.vi}",
            f"the territory moves within the year as the country does ({other}); {name.en}",
        )
    ]
    if method == CHOW_LIN:
        said.append(Both("khoảng 90 %, coi ρ là đã biết: hẹp hơn thực tế", "90 % band, ρ taken as known: too narrow"))
    issuers = sorted({str(r["issuer"]) for r in years.values()})
    if len(issuers) > 1:
        listed = ", ".join(issuers)
        said.append(Both(f"số năm của nhiều nơi công bố: {listed}", f"the years are of several issuers: {listed}"))
    return tuple(said)
