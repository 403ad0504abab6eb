"""The headings of a form carried to another year: the years that the form itself is about, and no others."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from lienvung.domain.forms import RewrittenHeading
from lienvung.present.forms.places import Place, Written, address
from lienvung.present.forms.values import is_number

LONGEST = 400
_DEFAULT = re.compile(r"\s*#(?!\s*(?:period|thời kỳ|kỳ|năm|year)\b)", re.IGNORECASE)
"""A line ``# published: 2024-12`` of our template, which says when, not of what year."""
_YEAR = re.compile(r"(?<![\d/.])(?:19|20)\d\d(?!\d)")
_DATED_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBERED = re.compile(r"\d+/(?:19|20)\d\d/[A-ZĐ]")
"""A legal document's number, ``124/2004/QĐ-TTg``, which no year changes."""
_BASE = re.compile(
    r"(?:so sánh|năm gốc|gốc so sánh|constant|base year)\s*(?:năm\s*)?(?:19|20)\d\d|(?:19|20)\d\d\s*(?:=\s*100|prices)",
    re.IGNORECASE,
)
"""The year that prices or indices are based on."""


def carry_years(text: str, years: Collection[int], by: int, with_days: bool) -> str:
    """A text with each of ``years`` moved; a year within a day (20/12/2020) only on demand.

    >>> carry_years("Sơ bộ 2018 (QĐ 12/2018/QĐ-BTC ngày 5/12/2018)", {2018}, 1, False)
    'Sơ bộ 2019 (QĐ 12/2018/QĐ-BTC ngày 5/12/2018)'
    >>> carry_years("GRDP 2018 theo giá so sánh 2010, năm 2011 = 100", {2010, 2011, 2018}, 1, False)
    'GRDP 2019 theo giá so sánh 2010, năm 2011 = 100'
    >>> carry_years("đến 20/12/2020", {2020}, 1, True)
    'đến 20/12/2021'
    """
    kept = [m.span() for form in (_NUMBERED, _BASE) for m in form.finditer(text)]

    def move(found: re.Match[str]) -> str:
        is_kept = any(start <= found.start() < end for start, end in kept)
        return found[0] if is_kept or int(found[0]) not in years else str(int(found[0]) + by)

    return (_DATED_YEAR if with_days else _YEAR).sub(move, text)


def carry_headings(
    cells: Mapping[Place, object], figures: Collection[Place], years: Collection[int], by: int, with_days: bool
) -> tuple[dict[Place, Written], list[RewrittenHeading]]:
    """New content of the cells above and beside the figures that name one of ``years``; notes below stay."""
    rows, columns = {p[:2] for p in figures}, {(p[0], p[2]) for p in figures}
    last: dict[str | None, int] = {}
    for sheet, row, _ in figures:
        last[sheet] = max(last.get(sheet, row), row)
    edits: dict[Place, Written] = {}
    told: list[RewrittenHeading] = []
    for place, held in sorted(cells.items(), key=lambda pair: (str(pair[0][0]), pair[0][1:])):
        sheet, row, column = place
        is_beside = (sheet, row) not in rows or (sheet, column) not in columns
        if place in figures or not is_beside or row > last.get(sheet, -1):
            continue
        fresh: Written = None
        if isinstance(held, str) and len(held) <= LONGEST and not _DEFAULT.match(held):
            fresh = carry_years(held, years, by, with_days)
        elif is_number(held) and int(float(str(held))) == held and int(held) in years:
            fresh = int(held) + by
        if fresh is not None and fresh != held:
            edits[place] = fresh
            told.append(RewrittenHeading(sheet, address(row, column), str(held), str(fresh)))
    return edits, told
