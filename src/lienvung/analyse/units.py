"""An answer in another unit; the rate of every currency conversion is told on the value."""

from __future__ import annotations

from math import floor, log10
from typing import Any

import pyarrow as pa

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.indicators import Indicator, Unit
from lienvung.domain.names import nearest
from lienvung.domain.periods import Period
from lienvung.domain.prices import is_constant
from lienvung.domain.units import LOCAL, ExchangeRate, convert_currency, convert_size, find_rate, is_money
from lienvung.errors import Both, NotConvertible, UnknownCode

_KINDS = {
    "average": Both("bình quân kỳ", "period average"),
    "end": Both("cuối kỳ", "end of period"),
    "implied": Both("suy ra từ văn bản", "implied by the document"),
    "plan": Both("theo văn bản quy hoạch, kế hoạch", "of a plan"),
}


def convert_answer(table: pa.Table, catalogue: Catalogue, unit: str, lang: str = "vi") -> pa.Table:
    """Published rows told in another unit; missing values stay missing.

    Sizes of one base are converted exactly. Currencies go through đồng by the rate of each row's own period, which
    ``note`` then names with its kind and document. Levels in constant prices keep their currency.

    Args:
        table: ``store.schema.OBSERVATIONS`` columns. unit: code of a unit.

    Raises:
        UnknownCode: no such unit. NotConvertible: it measures something else. NoExchangeRate: a period has no rate.
    """
    if unit not in catalogue.units:
        near = nearest(unit, catalogue.units) or sorted(catalogue.units)[:8]
        raise UnknownCode(value=unit, codelist="units", choices=", ".join(near))
    target = catalogue.units[unit]
    rows = table.to_pylist()
    for row in rows:
        if row["unit"] != unit:
            _convert_row(row, catalogue, target, lang)
    return pa.Table.from_pylist(rows, table.schema)


def _convert_row(row: dict[str, Any], catalogue: Catalogue, target: Unit, lang: str) -> None:
    unit, indicator = catalogue.units[row["unit"]], catalogue.indicators[row["indicator"]]
    value: float | None = row["value"]
    if is_money(unit) and is_money(target) and unit.base != target.base:
        rates = _rates(row["period"], indicator, catalogue, unit, target)
        told = "; ".join(_tell(r, lang) for r in rates)
        row["note"] = f"{row['note']}; {told}" if row["note"] else told
        if value is not None:
            row["value"] = convert_currency(value, unit, target, rates)
            row["decimals"] = _five_digits(row["value"])
    else:
        same = convert_size(
            value or 0.0, unit, target
        )  # also refuses a unit of another kind where the value is missing
        if value is not None:
            row["value"], row["decimals"] = same, _shifted(row["decimals"], unit, target)
    row["unit"] = target.code


def _rates(
    period: str, indicator: Indicator, catalogue: Catalogue, unit: Unit, target: Unit
) -> tuple[ExchangeRate, ...]:
    if is_constant(indicator):
        reason = Both(
            "giá so sánh của một năm không đổi theo tỷ giá của từng kỳ",
            "constant prices of one year do not take the rate of each period",
        )
        raise NotConvertible(unit=unit.code, target=target.code, reason=reason, choices=unit.base)
    wanted = [u.base for u in (unit, target) if u.base != LOCAL]
    is_stock = indicator.aggregation == "stock"
    return tuple(find_rate(catalogue.rates, currency, Period.parse(period), is_stock) for currency in wanted)


def _tell(rate: ExchangeRate, lang: str) -> str:
    vi, kind = lang == "vi", _KINDS.get(rate.kind, Both(rate.kind, rate.kind))
    amount = f"{rate.vnd_per_unit:,.10g}"
    if vi:
        amount = amount.translate(str.maketrans(",.", ".,"))
        return f"tỷ giá {rate.period}: 1 {rate.currency} = {amount} đồng ({kind.vi}, {rate.document})"
    return f"rate of {rate.period}: 1 {rate.currency} = {amount} VND ({kind.en}, {rate.document})"


def _shifted(decimals: int | None, unit: Unit, target: Unit) -> int | None:
    """Printed digits after the sign, moved as the unit moves: 265.697 tỷ is 265,697 nghìn tỷ."""
    if decimals is None:
        return None
    return max(0, decimals + round(log10(target.factor / unit.factor)))


def _five_digits(value: float) -> int:
    """As many decimals as leave five significant digits: rates are known no better."""
    return max(0, 4 - floor(log10(abs(value)))) if value else 0
