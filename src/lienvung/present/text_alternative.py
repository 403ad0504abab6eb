"""What a drawing shows, in words, for readers who do not see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lienvung.present.numbers import format_number, format_period
from lienvung.present.texts import Texts


def describe_lines(
    title: str, unit: str, lines: Sequence[tuple[str, Sequence[float | None]]], periods: Sequence[str], decimals: int,
    lang: str,
) -> str:  # fmt: skip
    """The span, and the last figure of every line."""
    texts = Texts(lang)
    ends = []
    for name, values in lines:
        last = next((i for i in range(len(values) - 1, -1, -1) if values[i] is not None), None)
        if last is None:
            ends.append(texts("words_item", name=name, value=texts("words_none")))
            continue
        value = format_number(values[last], decimals, lang)
        ends.append(texts("words_line_end", name=name, value=value, period=format_period(periods[last], lang)))
    first, last_period = format_period(periods[0], lang), format_period(periods[-1], lang)
    return texts("words_line", title=title, unit=unit, first=first, last=last_period, ends="; ".join(ends) + ".")


def describe_bars(title: str, unit: str, period: str, items: Sequence[tuple[str, str]], lang: str) -> str:
    """Every bar with its figure."""
    texts = Texts(lang)
    said = "; ".join(texts("words_item", name=name, value=value or texts("words_none")) for name, value in items)
    return texts("words_bar", title=title, period=format_period(period, lang), unit=unit, items=said + ".")


def describe_map(
    title: str, unit: str, period: str, values: Mapping[str, float | None], missing: int, decimals: int, lang: str
) -> str:
    """How many provinces have figures, the highest and the lowest.

    Args:
        values: name of a province → figure. missing: provinces without any.
    """
    texts = Texts(lang)
    known = {name: value for name, value in values.items() if value is not None}
    if not known:
        return texts("words_map_none", title=title)
    top, bottom = max(known, key=lambda n: known[n]), min(known, key=lambda n: known[n])
    named = {
        place: texts("words_item", name=name, value=format_number(known[name], decimals, lang))
        for place, name in (("top", top), ("bottom", bottom))
    }
    return texts(
        "words_map",
        title=title,
        period=format_period(period, lang),
        unit=unit,
        count=len(known),
        missing=missing,
        **named,
    )
