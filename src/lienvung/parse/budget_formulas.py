"""The arithmetic that a budget form prints about itself: ``3=4+5`` and ``8=9+10+…+18`` under its headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_NUMBERED = re.compile(r"(?:[A-Z]|\(?\d{1,2}\)?)(?:\s*=.*)?")
_FORMULA = re.compile(r"\(?(\d{1,2})\)?\s*=\s*(.+)")
_TERM = re.compile(r"([+\-–−]?)\s*(\d{1,2}|\.{2,}|…)\s*")
_RANGE_MARKS = ("…", "..", "...")
_REL = 1e-12
_MAX_DIGITS = 6


@dataclass(frozen=True)
class Identity:
    """``target`` equals the signed sum of ``terms``; both are indexes of columns. ``text`` is as printed."""

    target: int
    terms: tuple[tuple[int, int], ...]
    text: str


@dataclass(frozen=True)
class Verdict:
    """What an identity says about one row: the sum, how far the printed figure is from it, and what is allowed."""

    printed: float
    total: float
    allowed: float

    @property
    def holds(self) -> bool:
        """Whether the difference is no more than the rounding of the cells."""
        return abs(self.printed - self.total) <= self.allowed


def is_numbering(cells: Sequence[object]) -> bool:
    """Whether a row holds only column letters, numbers and formulas: ``A | B | 1 | 2 | 3=4+5``."""
    texts = [_label(c) for c in cells if str(c).strip()]
    return len(texts) >= 3 and all(_NUMBERED.fullmatch(t) for t in texts)


def read_formulas(cells: Sequence[object]) -> tuple[list[Identity], list[tuple[int, str]]]:
    """The identities of a row of column numbers, and the formulas (index, text) that are no plain sums."""
    labels = {i: _label(c) for i, c in enumerate(cells) if str(c).strip()}
    by_number = {int(m[1]): i for i, t in labels.items() if (m := re.match(r"\(?(\d{1,2})", t))}
    found: list[Identity] = []
    strange: list[tuple[int, str]] = []
    for index, text in labels.items():
        formula = _FORMULA.fullmatch(text)
        if formula:
            numbers = _terms(formula[2])
            if numbers and all(n in by_number for _, n in numbers):
                found.append(Identity(index, tuple((sign, by_number[n]) for sign, n in numbers), text))
            else:
                strange.append((index, text))
    return found, strange


def name_identity(text: str, by_key: Mapping[str, int]) -> Identity | None:
    """An identity of the recipe, ``EXP = REV + BAL - SURPLUS``; None where the table lacks one of its columns."""
    left, _, right = text.partition("=")
    parts = re.findall(r"([+\-]?)\s*([A-Za-z0-9_/]+)", right)
    if left.strip() not in by_key or not all(key in by_key for _, key in parts):
        return None
    return Identity(by_key[left.strip()], tuple((-1 if s == "-" else 1, by_key[k]) for s, k in parts), "")


def judge(printed: float, terms: Sequence[tuple[int, float]]) -> Verdict:
    """Compare a printed figure with the signed sum of others; each may be off by half its last printed digit."""
    total = sum(sign * value for sign, value in terms)
    allowed = sum(_half_digit(v) for v in (printed, *(v for _, v in terms)))
    return Verdict(printed, total, allowed + abs(printed) * _REL)


def _label(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def _terms(text: str) -> list[tuple[int, int]]:
    """Signs and column numbers; ``10+…+18`` is written out. Empty: not a sum."""
    found: list[tuple[int, int]] = []
    at, is_range = 0, False
    while at < len(text):
        term = _TERM.match(text, at)
        if not term or (at > 0 and not term[1]):
            return []
        at, sign = term.end(), -1 if term[1] in ("-", "–", "−") else 1
        if term[2] in _RANGE_MARKS or set(term[2]) == {"."}:
            is_range = bool(found)
            continue
        number = int(term[2])
        found += [(sign, n) for n in range(found[-1][1] + 1, number)] if is_range else []
        found.append((sign, number))
        is_range = False
    return found


def _half_digit(value: float) -> float:
    for digits in range(_MAX_DIGITS):
        if round(value, digits) == value:
            return float(0.5 * 10**-digits)
    return float(0.5 * 10**-_MAX_DIGITS)
