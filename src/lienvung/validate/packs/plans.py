"""Do the plans and targets of a pack make sense: chains, ranges, periods, and territories that still exist?"""

from __future__ import annotations

from lienvung.domain.clocks import OPEN_DAY, last_day
from lienvung.domain.periods import Period
from lienvung.errors import BadDate, BadPeriod
from lienvung.store.packs import Line
from lienvung.store.packs.columns import PLANS, TARGETS
from lienvung.validate.packs.lists import AREAS, REGIONS, UNITS, Lists
from lienvung.validate.packs.problems import Problems

_BOTH = ("=", "~", "range")


def check_plans(lists: Lists, problems: Problems) -> None:
    """Plans and targets: dates, chains, territories, ranges and units."""
    _check_chains(lists, PLANS, "plan", "replaced_by", problems)
    _check_chains(lists, TARGETS, "target", "replaces", problems)
    territories = lists.codes(AREAS) | lists.codes(REGIONS) | {"VN"}
    for file in (PLANS, TARGETS):
        for line in lists.of(file):
            territory = line.text("territory")
            if territory and territory not in territories:
                problems.unknown(line.place(), "territory", territory, territories, f"{AREAS}, {REGIONS}")
    for line in lists.of(PLANS):
        _check_day(line, problems)
    for line in lists.of(TARGETS):
        _check_range(line, problems)
        _check_period(line, problems)
    _check_ended(lists, problems)
    _check_units(lists, problems)


def _check_chains(lists: Lists, file: str, own: str, other: str, problems: Problems) -> None:
    following = {line.text(own): line.text(other) for line in lists.of(file)}
    for line in lists.of(file):
        seen, at = {line.text(own)}, line.text(other)
        while at and at not in seen:
            seen.add(at)
            at = following.get(at, "")
        if at == line.text(own):
            vi, en = f"'{at}' thay thế chính nó", f"'{at}' replaces itself"
            problems.add("PACK-CYCLE", line.place(), other, vi, en)


def _check_day(line: Line, problems: Problems) -> None:
    try:
        last_day(line.text("published"))
    except BadDate:
        found = line.text("published")
        problems.add("PACK-DATE", line.place(), "published", f"không hiểu '{found}'", f"'{found}' was not understood")


def _check_range(line: Line, problems: Problems) -> None:
    low, high, operator = line.text("low"), line.text("high"), line.text("operator")
    wanted = {"low"} if operator in (">", ">=") else {"high"} if operator in ("<", "<=") else {"low", "high"}
    given = {name for name, found in (("low", low), ("high", high)) if found}
    if operator and given != wanted:
        needs, has = ", ".join(sorted(wanted)), ", ".join(sorted(given))
        vi = f"toán tử '{operator}' cần {needs}, đang có {has or 'không ô nào'}"
        en = f"the operator '{operator}' needs {needs}, there is {has or 'none'}"
        problems.add("PACK-RANGE", line.place(), "operator", vi, en)
    elif operator in _BOTH and _number(low) > _number(high):
        problems.add("PACK-RANGE", line.place(), "low", f"{low} lớn hơn {high}", f"{low} is above {high}")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0  # PACK-NUMBER says it


def _check_period(line: Line, problems: Problems) -> None:
    try:
        period = Period.parse(line.text("period"))
    except BadPeriod:
        return  # PACK-PERIOD or PACK-EMPTY says it
    if line.text("period_kind") in ("mean", "sum") and period.freq != "R":
        found = f"{line.text('period_kind')} {line.text('period')}"
        vi = f"'{found}': bình quân và tổng cần một khoảng nhiều năm"
        en = f"'{found}': a mean or a sum needs a span of years"
        problems.add("PACK-PERIOD", line.place(), "period_kind", vi, en)


def _check_ended(lists: Lists, problems: Problems) -> None:
    """A plan issued for a territory that had ended by then."""
    ends = {f"{a.text('code')}@{a.text('valid_from')}": a for a in lists.of(AREAS)}
    for line in lists.of(PLANS):
        area = ends.get(line.text("territory"))
        try:
            issued = last_day(line.text("published"))
            end = area.day("valid_to", OPEN_DAY) if area else OPEN_DAY
        except Exception:  # noqa: S112 - the day itself is judged elsewhere
            continue
        if issued >= end:
            vi = f"'{line.text('territory')}' đã kết thúc ngày {end}, văn bản ban hành {issued}"
            en = f"'{line.text('territory')}' ended on {end}, the document is of {issued}"
            problems.add("PACK-ENDED", line.place(), "territory", vi, en)


def _check_units(lists: Lists, problems: Problems) -> None:
    """A target's unit is a multiple of its indicator's; money may be in another currency."""
    bases = {u.text("code"): u.text("base") for u in lists.of(UNITS)}
    own = {i.text("code"): i.text("unit") for i in lists.of("indicators")}
    for line in lists.of(TARGETS):
        unit, wanted = bases.get(line.text("unit")), bases.get(own.get(line.text("indicator"), ""))
        if unit and wanted and unit != wanted and {unit, wanted} != {"VND", "USD"}:
            vi = f"{line.text('unit')} không đổi được sang {own[line.text('indicator')]}"
            en = f"{line.text('unit')} does not convert to {own[line.text('indicator')]}"
            problems.add("PACK-UNIT", line.place(), "unit", vi, en)
