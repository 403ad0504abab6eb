"""Figures of the pack, by their key: what a reading of the three workbooks has to find again."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[3] / "packs" / "southern" / "figures"
MISSING = ("..", "...", "-", "")


class Key(NamedTuple):
    """What names a figure; ``area`` is the code of 2004."""

    indicator: str
    area: str
    activity: str
    period: str


@cache
def known_figures(name: str) -> dict[Key, str]:
    """The figures of one file of the pack as printed, those without a breakdown."""
    defaults: dict[str, str] = {}
    with (FOLDER / f"{name}.csv").open(encoding="utf-8") as stream:
        lines = list(_body(stream.read().splitlines(), defaults))
    found = {}
    for row in csv.DictReader(lines):
        said = defaults | {k: v for k, v in row.items() if v}
        if said.get("breakdown", "_T") == "_T":
            key = Key(said["indicator"], said["area"], said.get("activity", "_T"), said["period"])
            found[key] = row["value"]
    return found


def _body(lines: list[str], defaults: dict[str, str]) -> Iterator[str]:
    for line in lines:
        if line.startswith("#"):
            key, _, value = line.lstrip("# ").partition(":")
            defaults[key.strip()] = value.strip()
        else:
            yield line


def figure(name: str, indicator: str, area: str, period: object, activity: str = "_T") -> float:
    """One figure of the pack as a number."""
    return float(known_figures(name)[Key(indicator, area, activity, str(period))])


def vietnamese(value: float, decimals: int = 1) -> str:
    """A number as a Vietnamese typist writes it.

    >>> vietnamese(1802.5), vietnamese(3050, 0)
    ('1.802,5', '3.050')
    """
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
