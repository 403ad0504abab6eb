"""The region at a glance: the latest comparable figures of its provinces."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.indicators import Indicator
from lienvung.domain.observations import TOTAL
from lienvung.domain.periods import Period
from lienvung.present.numbers import format_number, format_period
from lienvung.present.places import name_places
from lienvung.present.texts import Texts

Total = Callable[[str, Mapping[str, float], Sequence[str]], float | None]


@dataclass(frozen=True)
class Bar:
    """One province's figure with the length of its bar, 0 to 100; no text means nothing is published."""

    key: str
    name: str
    text: str
    length: float
    status: str


@dataclass(frozen=True)
class Headline:
    """One indicator of the home page."""

    indicator: Indicator
    unit: str
    period: str
    period_name: str
    issuer: str
    issuer_code: str
    total: str
    bars: tuple[Bar, ...]
    values: Mapping[str, float]


def build_headlines(
    table: pa.Table, catalogue: Catalogue, lang: str, members: Sequence[str], calc_total: Total | None
) -> list[Headline]:
    """The headline indicators that have figures for any of these provinces.

    Args:
        table: rows of the headline indicators for the members (``OBSERVATIONS`` columns).
        members: keys of the provinces, of one boundary.
        calc_total: the rule by which a total may be made (``analyse.totals.calc_region_total``); None: there is none.
    """
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in table.to_pylist():
        if row["value"] is not None and row["breakdown"] == TOTAL and row["activity"] == TOTAL:
            rows[row["indicator"]].append(row)
    known = [catalogue.indicators[code] for code in catalogue.headline if code in catalogue.indicators]
    return [_headline(i, rows[i.code], catalogue, lang, members, calc_total) for i in known if rows[i.code]]


def _headline(
    indicator: Indicator, rows: list[dict[str, Any]], catalogue: Catalogue, lang: str, members: Sequence[str],
    calc_total: Total | None,
) -> Headline:  # fmt: skip
    issuer, period = _fullest(rows)
    chosen = {r["area_key"]: r for r in rows if (r["issuer"], r["period"]) == (issuer, period)}
    values = {key: row["value"] for key, row in chosen.items()}
    total = calc_total(indicator.aggregation, values, members) if calc_total else None
    unit, texts = catalogue.units.get(indicator.unit), Texts(lang)
    return Headline(
        indicator=indicator,
        unit=unit.name(lang) if unit else indicator.unit,
        period=period,
        period_name=format_period(period, lang),
        issuer=catalogue.issuers[issuer].name(lang) if issuer in catalogue.issuers else issuer,
        issuer_code=issuer,
        total=format_number(total, indicator.decimals, lang),
        bars=_bars(indicator, chosen, catalogue, lang, members, texts),
        values=values,
    )


def _fullest(rows: list[dict[str, Any]]) -> tuple[str, str]:
    """The issuer and the latest period that have the most provinces; years before shorter periods."""
    counts = Counter((r["issuer"], r["period"]) for r in rows)

    def rank(item: tuple[str, str]) -> tuple[int, bool, Any]:
        when = Period.parse(item[1])
        return counts[item], when.freq == "A", when.end

    return max(sorted(counts), key=rank)


def _bars(
    indicator: Indicator, chosen: Mapping[str, Mapping[str, Any]], catalogue: Catalogue, lang: str,
    members: Sequence[str], texts: Texts,
) -> tuple[Bar, ...]:  # fmt: skip
    longest = max((abs(row["value"]) for row in chosen.values()), default=0) or 1
    bars = []
    for place in name_places(members, catalogue, lang):
        row = chosen.get(place.key)
        status = row["status"] if row else ""
        bars.append(
            Bar(
                key=place.key,
                name=place.name,
                text=format_number(row["value"], indicator.decimals, lang) if row else "",
                length=round(100 * abs(row["value"]) / longest, 1) if row else 0,
                status=texts(f"status_{status}") if status not in ("", "official") else "",
            )
        )
    return tuple(bars)
