"""Do the areas, regions and agencies of a pack make sense in time?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise

from lienvung.domain.clocks import OPEN_DAY
from lienvung.store.packs import Line
from lienvung.validate.packs.lists import (
    ACTIVITIES,
    AGENCIES,
    AGENCY_SUCCESSION,
    AREA_SUCCESSION,
    AREAS,
    BREAKDOWNS,
    ISSUERS,
    MEMBERS,
    REGIONS,
    Lists,
)
from lienvung.validate.packs.problems import Problems

Span = tuple[date, date]


def _day(line: Line, column: str, empty: date, problems: Problems, may_be_year: bool = False) -> date | None:
    found = line.text(column)
    if not found:
        return empty
    try:
        return date(int(found), 1, 1) if may_be_year and len(found) == 4 else date.fromisoformat(found)
    except ValueError:
        problems.add("PACK-DATE", line.place(), column, f"không hiểu ngày '{found}'", f"'{found}' is not a date")
        return None


def _span(line: Line, problems: Problems, may_be_year: bool) -> Span | None:
    first = _day(line, "valid_from", date.min, problems, may_be_year)
    last = _day(line, "valid_to", OPEN_DAY, problems)
    if not first or not last:
        return None
    if first >= last:
        vi = f"kết thúc {last} không sau bắt đầu {first}"
        problems.add("PACK-DATE", line.place(), "valid_to", vi, f"it ends {last}, not after it begins {first}")
        return None
    return first, last


def check_validity(lists: Lists, problems: Problems) -> None:
    """Spans of areas, regions and agencies; one code, one territory on any day."""
    areas = _spans(lists, AREAS, problems, True)
    _spans(lists, REGIONS, problems, True)
    agencies = _spans(lists, AGENCIES, problems, False)
    _check_overlaps(lists, areas, problems)
    _check_successions(lists, AREA_SUCCESSION, areas, problems)
    _check_successions(lists, AGENCY_SUCCESSION, agencies, problems)
    _check_shares(lists, problems)


def _spans(lists: Lists, name: str, problems: Problems, may_be_year: bool) -> dict[str, Span]:
    found: dict[str, Span] = {}
    for line in lists.of(name):
        span = _span(line, problems, may_be_year)
        key = f"{line.text('code')}@{line.text('valid_from')}" if name == AREAS else line.text("code")
        if span:
            found[key] = span
    return found


def _check_overlaps(lists: Lists, spans: Mapping[str, Span], problems: Problems) -> None:
    by_code: dict[str, list[tuple[Span, Line]]] = {}
    for line in lists.of(AREAS):
        span = spans.get(f"{line.text('code')}@{line.text('valid_from')}")
        if span:
            by_code.setdefault(line.text("code"), []).append((span, line))
    for code, found in by_code.items():
        found.sort(key=lambda pair: pair[0])
        for ((_, ends), earlier), ((begins, _), later) in pairwise(found):
            if begins < ends and earlier.text("valid_from") != later.text("valid_from"):
                vi = f"mã '{code}' còn hiệu lực đến {ends} ở {earlier.place()}"
                en = f"the code '{code}' is valid until {ends} at {earlier.place()}"
                problems.add("PACK-OVERLAP", later.place(), "valid_from", vi, en)


def _check_successions(lists: Lists, name: str, spans: Mapping[str, Span], problems: Problems) -> None:
    for line in lists.of(name):
        day = _day(line, "day", OPEN_DAY, problems)
        old, new = spans.get(line.text("predecessor")), spans.get(line.text("successor"))
        if not day or day == OPEN_DAY:
            continue
        if old and not old[0] < day <= old[1]:
            vi = f"ngày {day} nằm ngoài hiệu lực của '{line.text('predecessor')}'"
            en = f"{day} is outside the validity of '{line.text('predecessor')}'"
            problems.add("PACK-DATE", line.place(), "day", vi, en)
        if new and not new[0] <= day < new[1]:
            vi = f"ngày {day} '{line.text('successor')}' không tồn tại"
            problems.add("PACK-DATE", line.place(), "day", vi, f"'{line.text('successor')}' does not exist on {day}")


def _check_shares(lists: Lists, problems: Problems) -> None:
    sums: dict[tuple[str, str], tuple[float, Line]] = {}
    for line in lists.of(AREA_SUCCESSION):
        try:
            share = float(line.text("share"))
        except ValueError:
            continue
        if not 0 < share <= 1:
            vi, en = f"share {share:g} không nằm trong (0, 1]", f"a share of {share:g} is not within (0, 1]"
            problems.add("PACK-SHARE", line.place(), "share", vi, en)
        key = line.text("predecessor"), line.text("day")
        before, first = sums.get(key, (0.0, line))
        sums[key] = before + share, first
    for (predecessor, day), (total, line) in sums.items():
        if abs(total - 1) > 1e-6:
            vi = f"các phần của '{predecessor}' ngày {day} cộng lại {total:g}"
            problems.add("PACK-SHARE", line.place(), "share", vi, f"the shares of '{predecessor}' make {total:g}")


def check_cycles(lists: Lists, problems: Problems) -> None:
    """No line of succession, and no line of parents, comes back to where it began."""
    for name in (AREA_SUCCESSION, AGENCY_SUCCESSION):
        _check_cycle([(x.text("predecessor"), x.text("successor"), x) for x in lists.of(name)], "successor", problems)
    for name in (BREAKDOWNS, ACTIVITIES, ISSUERS):
        _check_cycle([(x.text("code"), x.text("parent"), x) for x in lists.of(name)], "parent", problems)


def _check_cycle(steps: Iterable[tuple[str, str, Line]], column: str, problems: Problems) -> None:
    onward: dict[str, list[tuple[str, Line]]] = {}
    for start, end, line in steps:
        onward.setdefault(start, []).append((end, line))
    done: set[str] = set()

    def walk(code: str, path: tuple[str, ...]) -> None:
        for end, line in onward.get(code, []):
            if end in path:
                ring = " → ".join((*path[path.index(end) :], end))
                problems.add("PACK-CYCLE", line.place(), column, f"vòng tròn: {ring}", f"a circle: {ring}")
            elif end and end not in done:
                walk(end, (*path, end))
        done.add(code)

    for code in onward:
        if code not in done:
            walk(code, (code,))


def check_regions(lists: Lists, problems: Problems) -> None:
    """Every region has members."""
    filled = {line.text("region") for line in lists.of(MEMBERS)}
    for line in lists.of(REGIONS):
        if line.text("code") not in filled:
            code = line.text("code")
            problems.add(
                "PACK-MEMBERS", line.place(), "code", f"vùng '{code}' không có thành viên", f"'{code}' has no members"
            )
