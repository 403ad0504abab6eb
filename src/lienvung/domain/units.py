"""From one unit to another: sizes of one base exactly, currencies only by a dated rate that names its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lienvung.domain.indicators import Unit
from lienvung.domain.periods import Period
from lienvung.errors import Both, NoExchangeRate, NotConvertible

LOCAL = "VND"
"""The currency that every rate is told in."""
CURRENCIES = (LOCAL, "USD", "EUR", "JPY", "CNY")
"""Bases of units that are money."""

RATE_KINDS = ("average", "end", "implied", "plan")
"""average: printed for the whole period · end: of its last day · implied: one document prints the same thing in both
currencies, or two documents do · plan: a planning document equates two amounts."""
_FLOW, _STOCK = ("average", "implied", "end", "plan"), ("end", "average", "implied", "plan")


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """What one unit of a currency was in đồng, in a period (``2024``, ``2024-06-28``), by which document."""

    currency: str
    period: str
    vnd_per_unit: float
    kind: str
    document: str
    note_vi: str = ""
    note_en: str = ""

    def note(self, lang: str) -> str:
        """How the rate was come by, in ``vi`` or ``en``."""
        return self.note_vi if lang == "vi" else self.note_en


def is_money(unit: Unit) -> bool:
    """Whether a unit is an amount of some currency."""
    return unit.base in CURRENCIES


def convert_size(value: float, unit: Unit, target: Unit) -> float:
    """The same amount in another size of the same base; divides where it can, so that 265.697 tỷ is 265,697 nghìn tỷ.

    >>> bn, tn = Unit("VND_BN", "", "", "VND", 1e9), Unit("VND_TN", "", "", "VND", 1e12)
    >>> convert_size(265697.0, bn, tn), convert_size(265.697, tn, bn)
    (265.697, 265697.0)

    Raises:
        NotConvertible: the units measure different things, or are two currencies.
    """
    if unit.base != target.base:
        both = is_money(unit) and is_money(target)
        reason = (
            Both("hai đồng tiền, cần tỷ giá của từng kỳ", "two currencies, which need a rate for each period")
            if both
            else Both("hai đơn vị đo những thứ khác nhau", "they measure different things")
        )
        raise NotConvertible(unit=unit.code, target=target.code, reason=reason, choices=unit.base)
    if unit.factor >= target.factor:
        return value * (unit.factor / target.factor)
    return value / (target.factor / unit.factor)


def find_rate(rates: Iterable[ExchangeRate], currency: str, period: Period, is_stock: bool = False) -> ExchangeRate:
    """The rate of a currency for a period: of the period itself, else of the year that it lies in.

    Printed averages come before implied ones; for a stock at a date the rate at the end of the period comes first.

    Raises:
        NoExchangeRate: there is none; nothing is taken from another year.
    """
    own = [r for r in rates if r.currency == currency]
    year = str(period.start.year) if period.start.year == period.end.year else ""
    order = _STOCK if is_stock else _FLOW
    for wanted in (period.text, year):
        found = sorted((r for r in own if r.period == wanted), key=lambda r: order.index(r.kind))
        if found:
            return found[0]
    known = ", ".join(sorted({r.period for r in own})) or "—"
    raise NoExchangeRate(currency=currency, period=period.text, choices=known)


def convert_currency(value: float, unit: Unit, target: Unit, rates: tuple[ExchangeRate, ...]) -> float:
    """An amount in another currency, through đồng.

    Args:
        rates: what was found for the two currencies other than đồng, the unit's first; see ``find_rate``.
    """
    by_currency = {r.currency: r.vnd_per_unit for r in rates} | {LOCAL: 1.0}
    return value * unit.factor * by_currency[unit.base] / by_currency[target.base] / target.factor
