"""The figures of a table as numbers: one decision on the decimal sign for all of its text cells."""

from __future__ import annotations

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


def read_figures(cells: Sequence[object], declared: str = "") -> Figures:
    """Read the cells of one table.

    Args:
        declared: the decimal sign where the recipe says it.
    """
    texts = [show(c) for c in cells]
    cut = [cut_note_mark(t) if isinstance(c, str) else (t, "") for c, t in zip(cells, texts, strict=True)]
    typed = [n for n, c in enumerate(cells) if isinstance(c, str) and not is_blank(c)]
    bare = [cut[n][0].removesuffix("%").rstrip() for n in typed]
    numbers = read_numbers(pa.array(bare, pa.string()), declared)
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
    return Figures(texts, values, marks, decimals, [m for _, m in cut], sign, numbers.doubt, doubtful, percents)
