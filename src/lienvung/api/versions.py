"""Versions as SDMX asks for them: ``1.0.0``, ``1.0+.0``, ``+``, ``~``, ``*``, ``latest``, several with commas."""

from __future__ import annotations

import re

from lienvung.errors import BadValue, Both

_ANY = ("*", "+", "~", "latest")
_PART = re.compile(r"(\d+)([+~]?)")


def is_version_wanted(asked: str, have: str) -> bool:
    """Whether a version that exists is among those asked for.

    >>> [is_version_wanted(a, "1.0.0") for a in ("~", "1.0.0", "1.0", "1+.0.0", "2.0.0", "0.9.0,1.0.0")]
    [True, True, True, True, False, True]

    Raises:
        BadValue: not a version.
    """
    return any(_matches(one.strip(), have) for one in asked.split(","))


def _matches(asked: str, have: str) -> bool:
    if asked in _ANY:
        return True
    parts = [_PART.fullmatch(p) for p in asked.split(".")]
    if not all(parts) or len(parts) > 3:
        raise BadValue(value=asked, name=Both("phiên bản", "version"), choices="1.0.0, 1.0+.0, +, ~, *, latest")
    wanted = [(int(p[1]), bool(p[2])) for p in parts if p]
    at = 0
    for at, (number, is_open) in enumerate(wanted):
        if is_open:
            return tuple(int(p) for p in have.split(".")[at:]) >= (number, *(n for n, _ in wanted[at + 1 :]))
        if number != int(have.split(".")[at]):
            return False
    return True
