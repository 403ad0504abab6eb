"""Prices and comparisons that must not be mixed: 1994, 2010, 2020 and current; previous year, December, base year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lienvung.domain.indicators import Indicator
from lienvung.errors import Both, ComparisonMixed, PriceBasisMixed

_BASIS_NAMES = {
    "": Both("không ghi loại giá", "no price basis"),
    "current": Both("giá hiện hành", "current prices"),
    "constant_1994": Both("giá so sánh 1994", "constant 1994 prices"),
    "constant_2010": Both("giá so sánh 2010", "constant 2010 prices"),
    "constant_2020": Both("giá so sánh 2020", "constant 2020 prices"),
}
_COMPARISON_NAMES = {
    "": Both("không phải chỉ số", "not an index"),
    "previous_year": Both("năm trước = 100", "previous year = 100"),
    "same_period": Both("cùng kỳ năm trước = 100", "same period of the previous year = 100"),
    "previous_month": Both("tháng trước = 100", "previous month = 100"),
    "previous_quarter": Both("quý trước = 100", "previous quarter = 100"),
    "december": Both("tháng 12 năm trước = 100", "previous December = 100"),
    "base_year": Both("năm gốc = 100", "base year = 100"),
    "reference_area": Both("địa bàn gốc = 100", "reference area = 100"),
}


@dataclass(frozen=True, slots=True)
class PriceLink:
    """A published factor from one price base to another, for one area (``scope``: its code, or ``VN``)."""

    from_basis: str
    to_basis: str
    scope: str
    factor: float
    document: str


def basis_name(basis: str) -> Both:
    """A price basis in words."""
    return _BASIS_NAMES.get(basis, Both(basis, basis))


def comparison_name(comparison: str) -> Both:
    """What an index is 100 of, in words."""
    return _COMPARISON_NAMES.get(comparison, Both(comparison, comparison))


def is_constant(indicator: Indicator) -> bool:
    """Whether an indicator is told in the prices of one year, so that it may be compared over time."""
    return indicator.price_basis.startswith("constant_")


def require_one_basis(indicators: Iterable[Indicator]) -> str:
    """The price basis that all of them have; one without any (persons, hectares) goes with each.

    Raises:
        PriceBasisMixed: two of them differ. ``link_level`` carries a level over where a factor is documented.
    """
    first: Indicator | None = None
    for indicator in indicators:
        if not indicator.price_basis:
            continue
        first = first or indicator
        if indicator.price_basis != first.price_basis:
            raise PriceBasisMixed(
                first=first.code, first_basis=basis_name(first.price_basis),
                second=indicator.code, second_basis=basis_name(indicator.price_basis),
            )  # fmt: skip
    return first.price_basis if first else ""


def require_one_comparison(indicators: Iterable[Indicator]) -> str:
    """What all of these indices are 100 of; levels (no comparison) go only with levels.

    Raises:
        ComparisonMixed: two of them differ.
    """
    first: Indicator | None = None
    for indicator in indicators:
        first = first or indicator
        if indicator.comparison != first.comparison:
            raise ComparisonMixed(
                first=first.code, first_comparison=comparison_name(first.comparison),
                second=indicator.code, second_comparison=comparison_name(indicator.comparison),
            )  # fmt: skip
    return first.comparison if first else ""


def find_link(links: Iterable[PriceLink], from_basis: str, to_basis: str, scope: str) -> PriceLink | None:
    """The documented factor between two bases for an area, or for the country where the area has none of its own."""
    fitting = [x for x in links if (x.from_basis, x.to_basis) == (from_basis, to_basis)]
    return next((x for wanted in (scope, "VN") for x in fitting if x.scope == wanted), None)


def link_level(value: float, source: Indicator, target: Indicator, scope: str, links: Iterable[PriceLink]) -> float:
    """A level in the prices of another base, by a documented factor.

    Args:
        value: of ``source``. scope: code of the area, ``74``.

    Raises:
        PriceBasisMixed: no document gives the factor; a level is never carried over by a guess.
    """
    if source.price_basis == target.price_basis:
        return value
    link = find_link(links, source.price_basis, target.price_basis, scope)
    if link is None:
        raise PriceBasisMixed(
            first=source.code, first_basis=basis_name(source.price_basis),
            second=target.code, second_basis=basis_name(target.price_basis),
        )  # fmt: skip
    return value * link.factor
