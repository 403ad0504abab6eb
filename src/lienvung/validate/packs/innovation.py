"""Does the innovation register of a pack make sense: dates, territories, periods, amounts with their unit?"""

from __future__ import annotations

from collections.abc import Callable

from lienvung.domain.clocks import last_day
from lienvung.domain.periods import Period
from lienvung.errors import LienVungError
from lienvung.store.packs.columns import PROGRAMMES, RESULTS, SUPPORTS
from lienvung.validate.packs.lists import AREAS, REGIONS, Lists
from lienvung.validate.packs.problems import Problems


def check_innovation(lists: Lists, problems: Problems) -> None:
    """Programmes, supported firms and results: what the codes alone do not tell."""
    areas = lists.codes(AREAS)
    for file, known in ((PROGRAMMES, areas | lists.codes(REGIONS) | {"VN"}), (SUPPORTS, areas), (RESULTS, areas)):
        for line in lists.of(file):
            if line.text("territory") and line.text("territory") not in known:
                problems.unknown(line.place(), "territory", line.text("territory"), known, f"{AREAS}, {REGIONS}")
    _check_read(lists, PROGRAMMES, "published", "PACK-DATE", last_day, problems)
    _check_read(lists, SUPPORTS, "granted", "PACK-DATE", last_day, problems)
    _check_read(lists, RESULTS, "period", "PACK-PERIOD", Period.parse, problems)
    for line in lists.of(SUPPORTS):
        if line.text("amount") and not line.text("unit"):
            problems.add("PACK-EMPTY", line.place(), "unit", "số tiền không có đơn vị", "an amount without its unit")


def _check_read(
    lists: Lists, file: str, column: str, rule: str, read: Callable[[str], object], problems: Problems
) -> None:
    for line in lists.of(file):
        found = line.text(column)
        try:
            _ = read(found) if found else None
        except LienVungError:
            problems.add(rule, line.place(), column, f"không hiểu '{found}'", f"'{found}' was not understood")
