"""How a form writes its figures: as number or text, in which unit, with which signs; and a figure written so."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from lienvung.present.forms.places import Place, Written

_SPACES = " \u00a0\u202f"
_TEXT = re.compile(rf"(\s*)([+\-−]?\d[\d.,{_SPACES}]*(?:[eE][+-]?\d+)?|[+\-−]?\d)(\s*.*)", re.DOTALL)
_ALIKE = 1e-9


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure's cell as the recipe read it: ``raw`` is what stands there, ``value`` in ``unit`` what it says.

    ``mark``: why there is none (``nil``, ``not_available``, ``not_applicable``).
    """

    place: Place
    raw: object
    value: float | None
    mark: str | None
    unit: str


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell writes a number. ``scale``: what a written 1 means in the unit that the recipe tells (100: percent).

    Attributes:
        sign, group: decimal and thousands sign of a text, ``?`` where the text shows none. decimals: digits of a text.
    """

    is_text: bool
    scale: float = 1.0
    sign: str = "?"
    group: str = ""
    decimals: int = 0
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Marks:
    """The signs that a form writes for a true zero and for a figure that is not there."""

    nil: str
    missing: str

    def written(self, mark: str) -> str:
        """What to write for a mark."""
        return {"nil": self.nil, "not_applicable": ""}.get(mark, self.missing)


def is_number(raw: object) -> bool:
    """Whether a cell holds a number, not a text that looks like one."""
    return isinstance(raw, (int, float)) and not isinstance(raw, bool) and math.isfinite(raw)


def is_same(one: float, two: float) -> bool:
    """Whether two numbers say the same, noise of binary fractions aside."""
    return math.isclose(one, two, rel_tol=_ALIKE, abs_tol=1e-12)


def own_style(figure: Figure) -> Style | None:
    """How this very cell writes its number; None where it holds none.

    >>> own_style(Figure((None, 0, 0), "1.995,8 (*)", 1995.8, None, "")).decimals
    1
    >>> own_style(Figure((None, 0, 0), 0.36, 36.0, None, "PCT")).scale
    100.0
    """
    if figure.value is None or figure.mark:
        return None
    if is_number(figure.raw):
        return Style(False, _scale(float(str(figure.raw)), figure.value))
    found = _TEXT.fullmatch(str(figure.raw))
    if not found:
        return None
    digits = found[2].rstrip(_SPACES)
    told = [(sign, group, number) for sign, group in _signs(digits)
            if (number := _number(digits, sign, group)) is not None]  # fmt: skip
    # 4.135,8 is 4135,8 before it is 4,1358 thousands
    for sign, group, number in sorted(told, key=lambda t: not is_same(t[2], figure.value or 0.0)):
        scale = _scale(number, figure.value)
        if is_same(number * scale, figure.value):
            places = len(digits.partition(sign)[2]) if sign in digits else 0
            known = sign if "." in digits or "," in digits else "?"
            return Style(True, scale, known, group, places, found[1], found[2][len(digits) :] + found[3])
    return None


def _signs(digits: str) -> Iterable[tuple[str, str]]:
    spaced = next((s for s in _SPACES if s in digits), "")
    for sign, other in ((".", ","), (",", ".")):
        yield sign, spaced or (other if other in digits else "")


def _number(digits: str, sign: str, group: str) -> float | None:
    plain = digits.replace("−", "-")
    plain = plain.replace(group, "") if group else plain
    try:
        return float(plain.replace(sign, "."))
    except ValueError:
        return None


def _scale(raw: float, value: float) -> float:
    """A power of ten between what is written and what it says; 1 where there is none."""
    if not raw or not value:
        return 1.0
    power = round(math.log10(abs(value / raw)))
    return 10.0**power if is_same(raw * 10.0**power, value) else 1.0


def column_styles(figures: Iterable[Figure], is_book: bool) -> Callable[[Figure], Style]:
    """How each cell is to be written: as it was, else as its column, sheet or file mostly does."""
    kept: dict[Place, Style] = {}
    tallies: dict[tuple[object, ...], Counter[Style]] = {}
    for figure in figures:
        style = own_style(figure)
        if style is None:
            continue
        kept[figure.place] = style
        bare = replace(style, before="", after="") if style.before or style.after else style
        for key in _keys(figure):
            tallies.setdefault(key, Counter())[bare] += 1
    plain = Style(not is_book, 1.0, ".")

    def choose(figure: Figure) -> Style:
        own = kept.get(figure.place)
        usual = next((_usual(tallies[key]) for key in _keys(figure) if key in tallies), plain)
        style = own or usual
        if style.is_text and style.sign == "?":
            told = (t for key in _keys(figure) for t in (_sign(tallies.get(key)),) if t)
            style = replace(style, sign=next(told, "."))
        return style

    return choose


def _keys(figure: Figure) -> tuple[tuple[object, ...], ...]:
    sheet, _, column = figure.place
    return (sheet, column, figure.unit), (sheet, figure.unit), (figure.unit,)


def _usual(tally: Counter[Style]) -> Style:
    return max(tally.items(), key=lambda pair: pair[1])[0]


def _sign(tally: Counter[Style] | None) -> str:
    return next((s.sign for s, _ in (tally or Counter()).most_common() if s.is_text and s.sign != "?"), "")


def find_marks(figures: Iterable[Figure]) -> Marks:
    """The signs that the form itself writes; a blank says 'not there' unless this form means zero by it."""
    texts: dict[str, Counter[str]] = {"nil": Counter(), "not_available": Counter()}
    for figure in figures:
        if figure.mark in texts and not is_number(figure.raw):
            texts[figure.mark][str(figure.raw).strip()] += 1
    nil, missing = texts["nil"], texts["not_available"]
    blank = "…" if "" in nil else ""
    return Marks(nil.most_common(1)[0][0] if nil else "-", missing.most_common(1)[0][0] if missing else blank)


def format_figure(value: float, style: Style, decimals: int | None = None) -> Written:
    """A value, in the unit that the recipe tells, as the form writes it; no digit of it is lost.

    Args:
        decimals: how many digits it was published with, where that is known.

    >>> format_figure(1995.8, Style(True, 1.0, ",", ".", 1)), format_figure(36.0, Style(False, 100.0))
    ('1.995,8', 0.36)
    """
    number = value / style.scale
    if decimals is not None:
        number = round(number, max(decimals + round(math.log10(style.scale)), 0))
    number = float(f"{number:.15g}")
    if not style.is_text:
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    exact = Decimal(repr(number))
    places = max(style.decimals, -int(exact.normalize().as_tuple().exponent), 0)
    text = f"{exact:,.{places}f}" if style.group else f"{exact:.{places}f}"
    signs: Mapping[str, str] = {",": style.group, ".": style.sign if style.sign != "?" else "."}
    return style.before + "".join(signs.get(c, c) for c in text) + style.after


def held_number(figure: Figure) -> float | None:
    """The number that stands in a cell, as the recipe read it; None where there is none."""
    return None if figure.value is None or figure.mark not in (None, "nil") else figure.value
