"""Numbers and facts in the words of a finding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lienvung.domain.discrepancies import Fact
from lienvung.domain.observations import KEY, TOTAL

_SWAP = str.maketrans(",.", ".,")


def number(value: float, lang: str) -> str:
    """A number as it is printed in a language, to at most ten digits.

    >>> number(23552.6, "vi"), number(23552.6, "en"), number(-0.0, "en")
    ('23.552,6', '23,552.6', '0')
    """
    text = f"{value + 0.0:,.10g}"
    if "e" in text:
        text = f"{value:,.0f}" if abs(value) >= 1 else f"{value:.12f}".rstrip("0").rstrip(".")
    return text.translate(_SWAP) if lang == "vi" else text


def rounded(value: float, digits: int, lang: str) -> str:
    """A computed number, to some digits after the sign.

    >>> rounded(2.8708885, 3, "vi")
    '2,871'
    """
    text = f"{round(value, digits) + 0.0:,.{digits}f}"
    return text.translate(_SWAP) if lang == "vi" else text


def about(value: float, lang: str) -> str:
    """A number to two significant digits, for a tolerance.

    >>> about(0.35001, "vi"), about(0.0, "en")
    ('0,35', '0')
    """
    return number(float(f"{value:.2g}"), lang)


def fact_of(row: Mapping[str, Any], prefix: str = "") -> Fact:
    """A fact from a row whose columns may carry a prefix; columns without one are shared."""
    values = [row[prefix + c] if prefix + c in row else row[c] for c in (*KEY, "value")]
    return Fact(*values)


def part_of(fact: Fact) -> str:
    """Activity and breakdown, where the fact is not a total."""
    parts = [c for c in (fact.activity, fact.breakdown) if c != TOTAL]
    return f" [{', '.join(parts)}]" if parts else ""
