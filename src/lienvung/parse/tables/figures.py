"""The figures of a table as numbers: one decision on the decimal sign for all of its text cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from lienvung.parse.decimals import read_numbers
from lienvung.parse.tables.cells import cut_note_mark, is_blank, show


@dataclass(frozen=True)
class Figures:
    """Values in the order of the cells.

    Attributes:
        texts: as printed. values: None where there is none. marks, decimals: as in ``ROWS_SCHEMA``.
        notes: footnote marks. sign: decided decimal sign, empty where no cell is text.
        doubt: as ``decimals.Numbers``; doubtful: positions. percents: how many cells are printed with %.
        reason: what the sign was decided from: ``stated``, ``forms``, ``groups`` or nothing.
    """

    texts: list[str]
    values: list[float | None]
    marks: list[str | None]
    decimals: list[int | None]
    notes: list[str]
    sign: str
    doubt: str
    doubtful: list[int]
    percents: int
    reason: str = ""


_GROUPED, _SHORT = re.compile(r"[+-]?[1-9]\d{0,2}(?:([.,])\d{3})+"), re.compile(r"[+-]?\d{1,3}")


def read_figures(cells: Sequence[object], declared: str = "") -> Figures:
    """Read the cells of one table.

    Args:
        declared: the decimal sign where the recipe says it.
    """
    texts = [show(c) for c in cells]
    cut = [cut_note_mark(t) if isinstance(c, str) else (t, "") for c, t in zip(cells, texts, strict=True)]
    typed = [n for n, c in enumerate(cells) if isinstance(c, str) and not is_blank(c)]
    bare = [cut[n][0].removesuffix("%").rstrip() for n in typed]
    by_groups = "" if declared else sign_of_groups(bare)
    numbers = read_numbers(pa.array(bare, pa.string()), declared or by_groups)
    values: list[float | None] = [float(c) if isinstance(c, (int, float)) else None for c in cells]
    marks: list[str | None] = ["not_applicable" if is_blank(c) else None for c in cells]
    decimals: list[int | None] = [None] * len(cells)
    for n, value, mark, places in zip(
        typed, numbers.value.to_pylist(), numbers.mark.to_pylist(), numbers.decimals.to_pylist(), strict=True
    ):
        values[n], marks[n], decimals[n] = value, mark, places
    doubtful = [typed[int(i)] for i in numbers.doubtful]
    percents = sum(1 for n in typed if cut[n][0].endswith("%"))
    sign = numbers.sign if typed else ""
    is_told = sign and any(re.search(r"\d[.,]\d", t) for t in bare)
    reason = "stated" if declared else "groups" if by_groups else "forms" if is_told and not numbers.doubt else ""
    return Figures(texts, values, marks, decimals, [m for _, m in cut], sign, numbers.doubt, doubtful, percents, reason)


def sign_of_groups(texts: Sequence[str]) -> str:
    """The decimal sign where every sign stands before exactly three digits, and numbers without one are all short.

    Counts such as 987, 1.234, 2.345, 56 have no decimals: what sets a thousand apart stands in every number beyond
    999 and in no smaller one. Two of each kind are asked for.

    >>> sign_of_groups(["987", "1.234", "2.345", "56"]), sign_of_groups(["1.234", "2.345"])
    (',', '')
    >>> sign_of_groups(["1,234", "2,345", "5", "1234"]), sign_of_groups(["1,5", "1,234", "1,235", "7", "8"])
    ('', '')
    """
    plain = [t for t in texts if re.search(r"\d", t)]
    grouped = [m for t in plain if (m := _GROUPED.fullmatch(t))]
    short = [t for t in plain if _SHORT.fullmatch(t)]
    signs = {m[1] for m in grouped}
    if len(signs) != 1 or len(grouped) < 2 or len(short) < 2 or len(grouped) + len(short) < len(plain):
        return ""
    return "," if signs == {"."} else "."
