"""The words in a PX-Web header cell or row label: which are its period, its status, its footnote mark?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lienvung.domain.names import fold, nfc

PERIOD = re.compile(
    r"(?:(?<!\w)(?P<status>prel|pre|est|sơ bộ|ước tính|ước)\b\.?\s*)?"
    r"(?<!\d)(?P<first>(?:19|20)\d\d)(?:\s*[-–]\s*(?P<second>(?:19|20)\d\d))?(?!\d)",
    re.IGNORECASE,
)
_STATUS = {"prel": "preliminary", "pre": "preliminary", "sơ bộ": "preliminary"}
_STATUS |= {"est": "estimate", "ước": "estimate", "ước tính": "estimate"}
STAR = re.compile(r"\(\s*\*+\s*\)")


@dataclass(frozen=True)
class Label:
    """A header or row label taken apart: ``key`` is what is left, folded."""

    printed: str
    key: str
    period: str
    status: str
    star: str


def take_apart(text: str, is_second: bool = False, is_dated: bool = True) -> Label:
    """``2016 (*) Area (Km2)`` → key ``area km2``, period ``2016``, star ``*``; a label not dated keeps its years."""
    printed = nfc(text)
    stars = STAR.findall(printed)
    bare = STAR.sub(" ", printed)
    found = PERIOD.search(bare) if is_dated else None
    period = status = ""
    if found:
        period = _period(int(found["first"]), int(found["second"] or 0), is_second)
        status = _STATUS.get((found["status"] or "").casefold(), "")
        bare = bare[: found.start()] + " " + bare[found.end() :]
    return Label(printed, fold(bare), period, status, stars[0].strip("() ") if stars else "")


def _period(first: int, second: int, is_second: bool) -> str:
    """A year; a school year by its first or second one; several years as a range."""
    if second - first > 1:
        return f"{first}-01-01/P{second - first + 1}Y"
    return str(second if second and is_second else first)


def column_letter(index: int) -> str:
    """The spreadsheet name of a column counted from 0.

    >>> column_letter(0), column_letter(25), column_letter(26), column_letter(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
