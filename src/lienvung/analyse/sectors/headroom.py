"""Headroom: how near a series is to a ceiling, what capacity is in use, and whether capital brings ever less.

A short series seldom shows a ceiling; then the fit is refused with its reason, and only the peak is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
from scipy.stats import kendalltau, theilslopes

from lienvung.analyse.methods.growth_accounts import calc_icor_of_rates
from lienvung.analyse.methods.saturation import CURVES, OPEN_TOP, Saturation, estimate_saturation
from lienvung.analyse.sectors.panel import Panel, short_name
from lienvung.analyse.targets.figures import pick_yearly
from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import Question
from lienvung.domain.observations import TOTAL
from lienvung.domain.sectors import Headroom, Row
from lienvung.domain.tracking import YearFigure
from lienvung.errors import Both
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader

FITTED = ("PADDY_AREA", "PADDY_PROD", "AQUA_PROD", "CATTLE", "WOOD_OUTPUT", "FREIGHT_TRAFFIC", "PASSENGERS_ROAD")
"""Amounts in kind: sums of money at current prices rise with prices and show no ceiling."""
OCCUPANCY = "IP_OCCUPANCY"
LEVEL = 0.9
WIDEST, FEW_YEARS = 50.0, 12
TOO_WIDE = Both(
    "khoảng của mức sử dụng quá rộng để kết luận", "the interval of the share in use is too wide to conclude"
)
_INVESTED, _OUTPUT, _VOLUME = "INVEST_REALISED", "GDP_CUR", "GDP_C2010"
FORM_NAMES = {"logistic": Both("lô-gi-xtíc", "logistic"), "gompertz": Both("Gompertz", "Gompertz")}
ICOR_WAY = Both(
    "ICOR theo tốc độ: tỷ lệ đầu tư trên GDP (giá hiện hành) chia tốc độ tăng GDP (giá so sánh 2010)",
    "ICOR by rates: investment over GDP (current prices) by GDP growth (constant 2010 prices)",
)


def fit_sector(panel: Panel, sector: str, area: str) -> Headroom:
    """The saturation curve of one series, by the form that misses less; refused with the reason, the peak told anyway.

    Refused also where the interval of the share in use spans more than 50 points.
    """
    years = panel.years(sector, area)
    figures = {y: f for y in years if (f := panel.of(sector, area, y))}
    return _fit(f"saturation.{sector}", area, figures, panel.breaks.get(sector, frozenset()))


def fit_fdi_per_head(panel: Panel, area: str) -> Headroom:
    """Registered FDI per head, fitted the same way."""
    code = "FDI_CAP_CUM"
    base = panel.sectors[code].base if code in panel.sectors else ""
    found: dict[int, YearFigure] = {}
    for year in panel.years(code, area):
        capital, people = panel.of(code, area, year), panel.of(base, area, year)
        if capital and people and people.value:
            found[year] = YearFigure(year, capital.value / people.value, capital.row, (people.row,))
    return _fit("saturation.FDI_PER_HEAD", area, found, panel.breaks.get(code, frozenset()))


def _fit(key: str, area: str, figures: Mapping[int, YearFigure], breaks: frozenset[int]) -> Headroom:
    years = sorted(figures)
    period = f"{years[0]}-{years[-1]}" if years else ""
    rows = tuple(
        r for y in reversed(years) for r in (figures[y].row, *(figures[y].others if "PER_HEAD" in key else ()))
    )
    if not years:
        why = Both("nguồn không có chuỗi này của địa bàn", "the source has no such series of this place")
        return Headroom(key, area, "saturation", period, Both("", ""), (), reason=why)
    levels = [figures[y].value for y in years]
    best = _best_form(levels, years)
    name = FORM_NAMES[best.form]
    percent = f"{LEVEL:.0%}".rstrip("%")
    convention = Both(
        f"đường bão hòa {name.vi}, khoảng {percent} % theo hợp lý biên",
        f"{name.en} curve, {percent} % profile interval",
    )
    said = [*_peak(years, levels)]
    said += [
        Both(f"chuỗi có đứt gãy năm {y}", f"the series breaks in {y}")
        for y in sorted(breaks)
        if years[0] < y <= years[-1]
    ]
    if len(years) < FEW_YEARS:
        said.append(Both(f"chỉ {len(years)} năm: đọc thận trọng", f"{len(years)} years only: read with care"))
    used, low, high = (100 * v if v is not None else None for v in (best.used, best.used_low, best.used_high))
    if used is None:
        return Headroom(key, area, "saturation", period, convention, rows, reason=best.reason, said=tuple(said))
    if low is None or high is None or high - low > WIDEST:
        reason = OPEN_TOP if best.reason is OPEN_TOP else TOO_WIDE
        return Headroom(
            key, area, "saturation", period, convention, rows, low=low, high=high, reason=reason, said=tuple(said)
        )
    return Headroom(key, area, "saturation", period, convention, rows, used, low, high, best.ceiling, said=tuple(said))


def _best_form(levels: list[float], years: list[int]) -> Saturation:
    fits = [estimate_saturation(levels, years, form, LEVEL) for form in CURVES]  # type: ignore[arg-type]
    known = [f for f in fits if f.residual_deviation is not None]
    return min(known, key=lambda f: f.residual_deviation or 0.0) if known else fits[0]


def _peak(years: list[int], levels: list[float]) -> Iterable[Both]:
    """When the series was highest, and how far below that it is now."""
    top = int(np.argmax(levels))
    if years[top] < years[-1] and levels[top] > 0:
        below = 100 * (1 - levels[-1] / levels[top])
        yield Both(
            f"cao nhất năm {years[top]}; năm {years[-1]} thấp hơn đỉnh {_pct(below)} %".replace(".", ","),
            f"highest in {years[top]}; {years[-1]} is {_pct(below)} % below that",
        )


def _pct(value: float) -> str:
    return f"{value:.1f}"


def find_occupancy(reader: Reader, catalogue: Catalogue, areas: Iterable[str]) -> list[Headroom]:
    """The printed occupancy of industrial parks, newest first known; what else was printed before stands beside it."""
    if OCCUPANCY not in catalogue.indicators:
        return []
    keys = tuple(areas)
    question = Question((OCCUPANCY,), tuple(AreaKey.parse(k) for k in keys), activities=(TOTAL,))
    rows = find_observations(reader, question, [catalogue.dataflow_of(OCCUPANCY)]).table.to_pylist()
    convention = Both(
        "tỷ lệ lấp đầy do cơ quan công bố; ngày và cách tính khác nhau", "as printed; days and ways differ"
    )
    found = []
    for area in keys:
        own = sorted(
            (r for r in rows if r["area_key"] == area and r["value"] is not None), key=lambda r: r["period_end"]
        )
        if not own:
            name = short_name(area, catalogue)
            why = Both(f"chưa có tỷ lệ lấp đầy của {name.vi}", f"no occupancy published for {name.en}")
            found.append(Headroom(OCCUPANCY, area, "use", "", convention, (), reason=why))
            continue
        newest = own[-1]
        said = [Both(str(r["note"]), str(r["note"])) for r in (newest,) if r["note"]]
        slope = _per_year(own)
        found.append(
            Headroom(
                OCCUPANCY,
                area,
                "use",
                newest["period"],
                convention,
                tuple(reversed(own)),
                newest["value"],
                slope=slope,
                said=tuple(said),
            )
        )
    return found


def _per_year(rows: list[Row]) -> float | None:
    """Points a year between the first and the last, at least five years apart."""
    span = (rows[-1]["period_end"] - rows[0]["period_end"]).days / 365.25
    return float((rows[-1]["value"] - rows[0]["value"]) / span) if span >= 5 else None


def find_icor(reader: Reader, catalogue: Catalogue) -> Headroom | None:
    """The country's ICOR by rates, yearly, with its trend; None where its parts are not listed."""
    codes = (_INVESTED, _OUTPUT, _VOLUME)
    if any(c not in catalogue.indicators for c in codes):
        return None
    areas = tuple(a.key for a in catalogue.gazetteer.areas.values() if a.level == "country")
    question = Question(codes, areas, freqs=("A",), activities=(TOTAL,), breakdowns=(TOTAL,))
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in find_observations(reader, question).table.to_pylist():
        rows[row["indicator"]].append(row)
    series = {c: pick_yearly(rows[c], catalogue.indicators[c].unit, catalogue) for c in codes}
    volume = series[_VOLUME]
    years = _comparable(catalogue, series)
    if not years:
        return None
    invested, output = ([series[c][y].value for y in years] for c in (_INVESTED, _OUTPUT))
    shares = 100 * np.array(invested) / np.array(output)
    growth = [100 * (volume[y].value / volume[y - 1].value - 1) for y in years]
    values = calc_icor_of_rates(shares, growth)
    inputs = (*(series[c][years[-1]].row for c in codes), volume[years[-1] - 1].row)
    slope, said = _icor_trend(years, [float(v) for v in values])
    period = f"{years[0]}-{years[-1]}"
    return Headroom("ICOR", str(areas[0]), "icor", period, ICOR_WAY, inputs, float(values[-1]), slope=slope, said=said)


def _comparable(catalogue: Catalogue, series: Mapping[str, Mapping[int, YearFigure]]) -> list[int]:
    """The years since the last revision of GDP that have investment, output and growth of one series."""
    volume = series[_VOLUME]
    steps = [b.period[:4] for c in (_VOLUME, _OUTPUT) for b in catalogue.breaks_of(c) if not b.area.startswith("0")]
    first = max((int(y) for y in steps if y.isdigit()), default=0)
    return [
        y for y in sorted(volume)
        if y > first and y - 1 in volume and y in series[_INVESTED] and y in series[_OUTPUT]
        and volume[y].row["document"] == volume[y - 1].row["document"]
    ]  # fmt: skip


def _icor_trend(years: list[int], values: list[float]) -> tuple[float | None, tuple[Both, ...]]:
    told = "; ".join(f"{y}: {v:.2f}" for y, v in zip(years, values, strict=True))
    said = [Both(told.replace(".", ","), told)]
    if len(years) < 5:
        said.append(Both("dưới năm năm: không nói được xu thế", "fewer than five years: no trend is told"))
        return None, tuple(said)
    slope, chance = float(theilslopes(values, years)[0]), float(kendalltau(years, values).pvalue)
    is_clear = chance < 0.1
    text = f"{slope:+.2f}"
    said.append(
        Both(
            f"xu thế {text.replace('.', ',')}/năm, {'rõ' if is_clear else 'không rõ (chưa loại được ngẫu nhiên)'}",
            f"trend {text} a year, {'clear' if is_clear else 'not told from chance'}",
        )
    )
    return slope, tuple(said)
