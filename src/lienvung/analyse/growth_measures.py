"""The measures of a growth model out of yearly figures: printed where they are, else computed, else what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np

from lienvung.analyse.methods.growth_accounts import (
    calc_capital_stock,
    calc_growth_account_fixed_share,
    calc_icor_of_increments,
    calc_icor_of_period,
    calc_icor_of_rates,
)
from lienvung.domain.growth_model import COMPUTED, ESTIMATED, PRINTED, ModelFigure
from lienvung.errors import Both

CAPITAL_SHARE, DEPRECIATION = 0.4, 0.05
OTHER_SHARES, OTHER_DEPRECIATIONS = (0.3, 0.4, 0.5), (0.03, 0.05, 0.08)
"""Assumed for growth accounting, and what else might be assumed: the range that is shown beside the estimate."""
FEWEST_ACCOUNTED = 3
"""Years of growth that make an account; of fewer it is noise."""


@dataclass(frozen=True)
class Known:
    """A year's value with the published rows that it is or is added up from."""

    value: float
    rows: tuple[Mapping[str, Any], ...]

    @property
    def documents(self) -> frozenset[str]:
        """The documents that it comes from: levels of two vintages must not be compared."""
        return frozenset(str(r["document"]) for r in self.rows)


Series = Mapping[int, Known]


@dataclass(frozen=True)
class Figures:
    """The yearly figures of one territory by indicator.

    ``breaks``: years in which an indicator's series steps; ``output``, ``volume``: the indicators of output at current
    and at constant prices (the country's differ from a province's).
    """

    series: Mapping[str, Series]
    breaks: Mapping[str, frozenset[int]] = field(default_factory=dict)
    output: str = "GRDP_CUR"
    volume: str = "GRDP_C2010"

    def of(self, code: str) -> Series:
        """The figures of an indicator; none where none is published."""
        return self.series.get(code, {})

    def is_comparable(self, code: str, before: int, after: int) -> bool:
        """Both years are known, of one document, and no break lies between them."""
        own = self.of(code)
        if before not in own or after not in own or own[before].documents != own[after].documents:
            return False
        return not any(before < year <= after for year in self.breaks.get(code, frozenset()))


Result = tuple[list[ModelFigure], list[Both]]
AS_PRINTED = Both("như nguồn công bố", "as its source printed it")


def lacking(figures: Figures, codes: Iterable[str], name: Callable[[str], Both]) -> list[Both]:
    """Which of these indicators has no figure at all, by name."""
    return [
        Both(f"chưa có {name(c).vi} ({c})", f"nothing published of {name(c).en} ({c})")
        for c in codes
        if not figures.of(c)
    ]


def find_printed(figures: Figures, code: str) -> list[ModelFigure]:
    """What is published of the indicator itself."""
    return [
        ModelFigure(str(y), k.value, PRINTED, AS_PRINTED, _number(k.value), k.rows)
        for y, k in sorted(figures.of(code).items())
    ]


def measure_ratio(
    figures: Figures, code: str, above: str, below: str, scale: float, words: Both, name: Callable[[str], Both]
) -> Result:
    """A printed ratio, else the quotient of its parts in the years that have both."""
    found = find_printed(figures, code)
    printed = {f.period for f in found}
    top, bottom = figures.of(above), figures.of(below)
    for year in sorted(set(top) & set(bottom)):
        if str(year) not in printed and bottom[year].value > 0:
            value = top[year].value / bottom[year].value * scale
            told = f"{_number(top[year].value)} / {_number(bottom[year].value)}" + (
                f" × {scale:g}" if scale != 1 else ""
            )
            rows = top[year].rows + bottom[year].rows
            found.append(ModelFigure(str(year), value, COMPUTED, words, f"{told} = {value:.4g}", rows))
    missing = [] if found else [*lacking(figures, (above, below), name), *_apart(figures, (above, below), name)]
    return sorted(found, key=lambda f: f.period), missing


def _apart(figures: Figures, codes: Sequence[str], name: Callable[[str], Both]) -> list[Both]:
    years = [set(figures.of(c)) for c in codes]
    if not all(years) or set.intersection(*years):
        return []
    vi, en = (" và ".join(name(c).vi for c in codes), " and ".join(name(c).en for c in codes))
    return [Both(f"không năm nào có cả {vi}", f"no year has both {en}")]


def measure_productivity_growth(figures: Figures, name: Callable[[str], Both]) -> Result:
    """Growth of output per employed person at constant prices; never across a break or two vintages."""
    found = find_printed(figures, "LABOUR_PRODUCTIVITY_GROWTH")
    printed = {f.period for f in found}
    output, workers = figures.of(figures.volume), figures.of("EMPLOYED")
    words = Both(
        "(GRDP giá so sánh / lao động) năm nay so với năm trước, trừ 1",
        "(output at constant prices / employed) over that of the year before, less 1",
    )
    for year in sorted(set(output) & set(workers)):
        pairs = figures.is_comparable(figures.volume, year - 1, year) and figures.is_comparable(
            "EMPLOYED", year - 1, year
        )
        if not pairs or str(year) in printed:
            continue
        now, before = (output[y].value / workers[y].value for y in (year, year - 1))
        rows = sum((s[y].rows for y in (year - 1, year) for s in (output, workers)), ())
        told = f"{now:.5g} / {before:.5g} − 1"
        found.append(ModelFigure(str(year), (now / before - 1) * 100, COMPUTED, words, told, rows))
    missing = [] if found else lacking(figures, (figures.volume, "EMPLOYED"), name)
    if not found and not missing:
        missing = [
            Both(
                "không có hai năm liền nhau cùng một đợt công bố của GRDP giá so sánh và lao động",
                "no two years in a row of one vintage of output at constant prices and the employed",
            )
        ]
    return sorted(found, key=lambda f: f.period), missing


def find_growth(figures: Figures, year: int) -> tuple[float, tuple[Mapping[str, Any], ...]] | None:
    """Real growth of a year in per cent: printed, else of two levels of one document."""
    printed = figures.of("GRDP_GROWTH").get(year)
    if printed:
        return printed.value, printed.rows
    if not figures.is_comparable(figures.volume, year - 1, year):
        return None
    levels = figures.of(figures.volume)
    return (levels[year].value / levels[year - 1].value - 1) * 100, levels[year - 1].rows + levels[year].rows


def measure_icor_rates(figures: Figures, name: Callable[[str], Both]) -> Result:
    """ICOR by rates: investment in per cent of output at current prices, over real growth in per cent."""
    words = Both(
        "(vốn đầu tư / GRDP, giá hiện hành, %) / (tốc độ tăng GRDP, %)",
        "(investment / output at current prices, %) / (real growth, %)",
    )
    found, missing = [], []
    money, output = figures.of("INVEST_REALISED"), figures.of(figures.output)
    for year in sorted(set(money) & set(output)):
        growth = find_growth(figures, year)
        if growth is None:
            continue
        share = money[year].value / output[year].value * 100
        ratio = float(calc_icor_of_rates([share], [growth[0]])[0])
        if np.isnan(ratio):
            missing.append(
                Both(
                    f"năm {year}: GRDP không tăng ({_comma(growth[0])} %), tỷ số không có nghĩa",
                    f"{year}: output did not grow ({growth[0]:.2f} %), the ratio means nothing",
                )
            )
            continue
        rows = money[year].rows + output[year].rows + growth[1]
        found.append(ModelFigure(str(year), ratio, COMPUTED, words, f"{share:.4g} / {growth[0]:.4g}", rows))
    if not found and not missing:
        missing = lacking(figures, ("INVEST_REALISED", figures.output), name)
        if not figures.of("GRDP_GROWTH") and not figures.of(figures.volume):
            missing += lacking(figures, ("GRDP_GROWTH",), name)
        missing = missing or [
            Both(
                "không năm nào có cả vốn đầu tư, GRDP và tốc độ tăng",
                "no year has investment, output and growth together",
            )
        ]
    return found, missing


def measure_icor_increments(figures: Figures, name: Callable[[str], Both]) -> Result:
    """ICOR by increments and of the whole period, where investment is published at constant prices."""
    words = Both("vốn đầu tư / mức tăng GRDP, cùng giá so sánh", "investment / increase of output, constant prices")
    money, output = figures.of("INVEST_REALISED_C2010"), figures.of(figures.volume)
    found: list[ModelFigure] = []
    run: list[int] = []
    for year in sorted(money):
        if not figures.is_comparable(figures.volume, year - 1, year):
            run = []
            continue
        value = float(
            calc_icor_of_increments([np.nan, money[year].value], [output[y].value for y in (year - 1, year)])[1]
        )
        if np.isnan(value):
            run = []
            continue
        run = [*run, year] if run and run[-1] == year - 1 else [year]
        rows = money[year].rows + output[year - 1].rows + output[year].rows
        told = f"{_number(money[year].value)} / ({_number(output[year].value)} − {_number(output[year - 1].value)})"
        found.append(ModelFigure(str(year), value, COMPUTED, words, told, rows))
    if len(run) > 1:
        found.append(_icor_period(money, output, run))
    if found:
        return found, []
    return [], lacking(figures, ("INVEST_REALISED_C2010", figures.volume), name)


def _icor_period(money: Series, output: Series, run: Sequence[int]) -> ModelFigure:
    first, last = output[run[0] - 1], output[run[-1]]
    value = calc_icor_of_period([money[y].value for y in run], first.value, last.value)
    words = Both("tổng vốn đầu tư / mức tăng GRDP cả giai đoạn", "all investment / increase of output over the period")
    told = f"{_number(sum(money[y].value for y in run))} / ({_number(last.value)} − {_number(first.value)})"
    rows = (*sum((money[y].rows for y in run), ()), *first.rows, *last.rows)
    return ModelFigure(f"{run[0]}-{run[-1]}", value, COMPUTED, words, told, rows)


def measure_tfp(figures: Figures, name: Callable[[str], Both]) -> Result:
    """The printed share of TFP in growth; else an account with named assumptions, where everything else is known."""
    found = find_printed(figures, "TFP_SHARE")
    needed = (figures.volume, "INVEST_REALISED_C2010", "EMPLOYED")
    if found:
        return found, []
    if missing := lacking(figures, needed, name):
        return [], missing
    output, money, workers = (figures.of(c) for c in needed)
    run: list[int] = []
    for year in sorted(set(output) & set(workers)):
        follows = run and run[-1] == year - 1 and year in money and all(
            figures.is_comparable(c, year - 1, year) for c in (figures.volume, "EMPLOYED")
        )  # fmt: skip
        run = [*run, year] if follows else run if len(run) > FEWEST_ACCOUNTED else [year]
    if len(run) <= FEWEST_ACCOUNTED:
        few = f"{FEWEST_ACCOUNTED + 1}"
        return [], [Both(f"cần ít nhất {few} năm liền nhau đủ số", f"at least {few} years in a row are needed")]
    return [_account(output, money, workers, run)], []


def _account(output: Series, money: Series, workers: Series, run: Sequence[int]) -> ModelFigure:
    y, lab = ([s[t].value for t in run] for s in (output, workers))
    invested = [money[t].value for t in run[1:]]
    shares = {
        pair: _tfp_share(y, invested, lab, *pair) for pair in product(OTHER_SHARES, OTHER_DEPRECIATIONS)
    }  # fmt: skip
    value = shares[CAPITAL_SHARE, DEPRECIATION]
    words = Both(
        "phần tăng trưởng không giải thích được bằng vốn và lao động (hạch toán tăng trưởng Solow)",
        "the part of growth that capital and labour do not explain (Solow's growth accounting)",
    )
    said = (
        Both(
            f"giả định: tỷ trọng của vốn {_comma(CAPITAL_SHARE, 1)} (khoảng 0,3 đến 0,5), khấu hao 5 %/năm (3 đến 8 %)",
            f"assumed: capital's share {CAPITAL_SHARE} (0.3 to 0.5), depreciation 5 % a year (3 to 8 %)",
        ),
        Both(
            f"giả định trạng thái dừng: vốn cuối {run[0]} = đầu tư {run[1]} / (tăng trưởng bình quân + khấu hao)",
            f"a steady state assumed: capital, end of {run[0]} = investment of {run[1]} / (growth + depreciation)",
        ),
    )
    rows = (
        *(r for t in run for s in (output, workers) for r in s[t].rows),
        *(r for t in run[1:] for r in money[t].rows),
    )
    return ModelFigure(
        f"{run[1]}-{run[-1]}", value, ESTIMATED, words, "Σ (ΔlnY − α ΔlnK − (1 − α) ΔlnL) / Σ ΔlnY", rows,
        min(shares.values()), max(shares.values()), said,
    )  # fmt: skip


def _tfp_share(
    y: Sequence[float], invested: Sequence[float], lab: Sequence[float], alpha: float, depreciation: float
) -> float:
    growth = (y[-1] / y[0]) ** (1 / (len(y) - 1)) - 1
    capital = calc_capital_stock(invested, invested[0] / (growth + depreciation), depreciation)
    account = calc_growth_account_fixed_share(y, capital, lab, alpha)
    return float(account.tfp.sum() / account.output.sum() * 100)


def _number(value: float) -> str:
    return f"{value:.6g}" if abs(value) < 1000 else f"{value:.0f}"


def _comma(value: float, decimals: int = 2) -> str:
    return f"{value:.{decimals}f}".replace(".", ",")
