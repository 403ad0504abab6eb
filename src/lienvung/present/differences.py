"""What a submission would change in what is published, for the person who decides on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.differences import CHANGED, Change, Difference
from lienvung.domain.observations import TOTAL
from lienvung.errors import LienVungError
from lienvung.present.numbers import format_number, format_period
from lienvung.present.places import name_place
from lienvung.present.texts import Texts

MOST_SHOWN = 100


@dataclass(frozen=True)
class ChangeLine:
    """One figure as it stands and as it would stand."""

    indicator: str
    part: str
    area: str
    period: str
    old: str
    new: str
    old_status: str
    new_status: str
    absolute: str
    relative: str
    issuer: str
    place: str
    href: str


@dataclass(frozen=True)
class DifferenceView:
    """The sentence, the counts, and the figures that change, the largest change first."""

    line: str
    counts: tuple[tuple[int, str], ...]
    changed: tuple[ChangeLine, ...]
    conflicts: tuple[ChangeLine, ...]
    more: int


def tell_difference(
    found: Difference, catalogue: Catalogue, lang: str, find_cell: Callable[[str, str], str]
) -> DifferenceView:
    """A difference in the reader's language.

    Args:
        find_cell: sheet and cell → the address of that cell, or nothing.
    """
    texts = Texts(lang)
    counts = (
        (found.changed, texts("diff_count_changed")), (found.new, texts("diff_count_new")),
        (found.unchanged, texts("diff_count_unchanged")), (found.conflicting, texts("diff_count_conflicts")),
    )  # fmt: skip
    changed = [c for c in found.rows if c.kind == CHANGED]
    lines = tuple(_line(c, catalogue, texts, find_cell) for c in changed[:MOST_SHOWN])
    conflicts = tuple(_line(c, catalogue, texts, find_cell) for c in found.conflicts[:MOST_SHOWN])
    shown = tuple((count, text) for count, text in counts if count)
    return DifferenceView(_sentence(found, texts), shown, lines, conflicts, max(found.changed - len(lines), 0))


def _sentence(found: Difference, texts: Texts) -> str:
    def count(number: int) -> str:
        return format_number(number, 0, texts.lang)

    if not found.changed:
        return texts("diff_line_new", count=count(found.new)) if found.new else texts("diff_line_same")
    if found.largest is None:
        return texts("diff_line_absolute", count=count(found.changed))
    return texts("diff_line", count=count(found.changed), largest=signed(found.largest.relative, 1, texts.lang) + " %")


def signed(value: float | None, decimals: int | None, lang: str) -> str:
    """A change with its sign, a true minus.

    >>> signed(-3.21, 1, "vi"), signed(14.0, 1, "en"), signed(None, 1, "vi")
    ('−3,2', '+14.0', '')
    """
    if value is None:
        return ""
    text = format_number(abs(value), decimals, lang)
    return ("−" if value < 0 else "+") + text if value else text


def _line(change: Change, catalogue: Catalogue, texts: Texts, find_cell: Callable[[str, str], str]) -> ChangeLine:
    lang = texts.lang
    indicator = catalogue.indicators.get(change.indicator)
    place = "!".join(p for p in (change.sheet, change.cell) if p)
    issuer = catalogue.issuers.get(change.other_issuer or change.issuer)
    return ChangeLine(
        indicator.name(lang) if indicator else change.indicator, _part(change, catalogue, lang),
        _area(change.area_key, catalogue, lang), format_period(change.period, lang),
        _value(change.old, change.old_mark, texts), _value(change.new, change.new_mark, texts),
        texts(f"status_{change.old_status}_short") if change.old_status else "",
        texts(f"status_{change.new_status}_short") if change.new_status else "",
        signed(change.absolute, None, lang), signed(change.relative, 1, lang) + (" %" if change.relative else ""),
        issuer.name(lang) if issuer else change.other_issuer, place, find_cell(change.sheet or "", change.cell or ""),
    )  # fmt: skip


def _value(value: float | None, mark: str | None, texts: Texts) -> str:
    return texts(f"mark_{mark}_sign") if mark else format_number(value, None, texts.lang)


def _part(change: Change, catalogue: Catalogue, lang: str) -> str:
    parts = []
    for code, listed in ((change.breakdown, catalogue.breakdowns), (change.activity, catalogue.activities)):
        if code and code != TOTAL:
            parts.append(listed[code].name(lang) if code in listed else code)
    return "; ".join(parts)


def _area(key: str, catalogue: Catalogue, lang: str) -> str:
    try:
        return name_place(key, catalogue, lang, is_full=True)
    except (LienVungError, ValueError):
        return key
