"""Published structures: a place's share of an activity in its GRDP, over the country's share in GDP, in the same year.

The band is what rounding leaves open: a share printed as 64.93 per cent lies within half of its last digit. Levels by
activity (value added, employed persons) are used the same way as soon as an agency hands them in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from lienvung.analyse.sectors.panel import COUNTRY, short_name
from lienvung.analyse.targets.figures import pick_yearly
from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import Question
from lienvung.domain.observations import TOTAL
from lienvung.domain.sectors import ABOVE, ALIKE, BELOW, Quotient, Row, Specialisation
from lienvung.domain.tracking import YearFigure
from lienvung.errors import Both
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader

SHARE, COUNTRY_LEVEL = "GRDP_SHARE", "GDP_CUR"
ACTIVITIES = ("AGRI", "INDU", "INDUSTRY", "CONSTR", "SERV", "TAXSUB")
CONVENTION = Both(
    "LQ theo tỷ trọng trong GRDP, so với tỷ trọng trong GDP cả nước",
    "LQ of shares in GRDP, against shares in the country's GDP",
)
LEVELS = (("GRDP_CUR", "GDP_CUR"), ("EMPLOYED", "EMPLOYED"))
"""Levels by activity of a province, and what stands for the country."""
LEVEL_WAY = Both(
    "LQ theo cơ cấu tính từ số tuyệt đối, so với cơ cấu cả nước", "LQ of shares out of levels, against the country's"
)
NO_BAND = Both(
    "không có khoảng: chưa biết số quan sát của điều tra", "no band: the survey's number of observations is not known"
)
ROUNDING = Both("sai số làm tròn của tỷ trọng đã công bố", "what rounding of the printed share leaves open")


def find_shares(reader: Reader, catalogue: Catalogue, areas: Iterable[str]) -> list[Specialisation]:
    """The quotients of published shares of GRDP, by activity and area; areas without any are named, never filled in.

    What an area prints for part of a year, or for an activity that the country does not print, is named too.
    """
    keys = tuple(areas)
    if SHARE not in catalogue.indicators or COUNTRY_LEVEL not in catalogue.indicators:
        return []
    asked = tuple(AreaKey.parse(k) for k in keys)
    flows = [catalogue.dataflow_of(SHARE)]
    rows = find_observations(reader, Question((SHARE,), asked), flows).table.to_pylist()
    whole = _country(reader, catalogue, COUNTRY_LEVEL)
    found: list[Specialisation] = []
    for area in keys:
        own = [r for r in rows if r["area_key"] == area]
        if not own:
            name = short_name(area, catalogue)
            why = Both(f"chưa công bố cơ cấu GRDP của {name.vi}", f"no structure of GRDP published for {name.en}")
            found.append(Specialisation(SHARE, area, (), (why,)))
        found += [_activity(own, activity, area, whole, catalogue) for activity in _listed(own)]
    return found + [f for own, country in LEVELS for f in _levels(reader, catalogue, asked, own, country)]


def _levels(
    reader: Reader, catalogue: Catalogue, areas: tuple[AreaKey, ...], code: str, country: str
) -> list[Specialisation]:
    """Quotients out of levels by activity, for the areas that have any."""
    if code not in catalogue.indicators or country not in catalogue.indicators:
        return []
    question = Question((code,), areas, freqs=("A",), breakdowns=(TOTAL,))
    rows = find_observations(reader, question, [catalogue.dataflow_of(code)]).table.to_pylist()
    if all(r["activity"] == TOTAL for r in rows):
        return []
    whole, unit = _country(reader, catalogue, country), catalogue.indicators[code].unit
    found = []
    for area in map(str, areas):
        own = [r for r in rows if r["area_key"] == area]
        total = pick_yearly([r for r in own if r["activity"] == TOTAL], unit, catalogue)
        for activity in sorted({r["activity"] for r in own} - {TOTAL}):
            yearly = pick_yearly([r for r in own if r["activity"] == activity], unit, catalogue)
            found.append(_level(code, activity, area, (yearly, total), (whole.get(activity, {}), whole.get(TOTAL, {}))))
    return found


_Years = Mapping[int, YearFigure]


def _level(
    code: str, activity: str, area: str, own: tuple[_Years, _Years], whole: tuple[_Years, _Years]
) -> Specialisation:
    path: list[Quotient] = []
    missing: list[Both] = []
    for year, part in own[0].items():
        total, above, below = own[1].get(year), whole[0].get(year), whole[1].get(year)
        if not (total and above and below and total.value > 0 and above.value > 0):
            lacking = Both(f"{year}: thiếu tổng số hoặc số cả nước", f"{year}: a total or the country's is missing")
            missing.append(lacking)
            continue
        value = (part.value / total.value) / (above.value / below.value)
        rows = (part.row, total.row, above.row, below.row)
        path.append(
            Quotient(
                f"{code}.{activity}",
                area,
                year,
                COUNTRY,
                LEVEL_WAY,
                value,
                (value - 1) / (value + 1),
                rows,
                notes=(NO_BAND,),
            )
        )
    return Specialisation(f"{code}.{activity}", area, tuple(path), tuple(missing))


def _listed(rows: list[Row]) -> list[str]:
    own = {str(r["activity"]) for r in rows}
    return [a for a in ACTIVITIES if a in own] + sorted(own - set(ACTIVITIES))


def _country(reader: Reader, catalogue: Catalogue, code: str) -> dict[str, dict[int, YearFigure]]:
    areas = tuple(a.key for a in catalogue.gazetteer.areas.values() if a.level == "country")
    question = Question((code,), areas, freqs=("A",), breakdowns=(TOTAL,))
    by_activity: dict[str, list[Row]] = defaultdict(list)
    for row in find_observations(reader, question, [catalogue.dataflow_of(code)]).table.to_pylist():
        by_activity[row["activity"]].append(row)
    unit = catalogue.indicators[code].unit
    return {activity: pick_yearly(rows, unit, catalogue) for activity, rows in by_activity.items()}


def _activity(
    rows: list[Row], activity: str, area: str, whole: dict[str, dict[int, YearFigure]], catalogue: Catalogue
) -> Specialisation:
    own = [r for r in rows if r["activity"] == activity]
    yearly = pick_yearly([r for r in own if r["freq"] == "A"], catalogue.indicators[SHARE].unit, catalogue)
    path: list[Quotient] = []
    missing = [
        Both(f"{period}: chỉ của một phần năm, không so với cả năm", f"{period}: of a part of a year only")
        for period in sorted({str(r["period"]) for r in own if r["freq"] != "A"})
    ]
    name = catalogue.activities[activity]
    for year, figure in yearly.items():
        part, total = whole.get(activity, {}).get(year), whole.get(TOTAL, {}).get(year)
        if part is None or total is None or part.value <= 0:
            why = Both(
                f"{year}: chưa có {name.name_vi} của cả nước", f"{year}: no {name.name_en} published for the country"
            )
            missing.append(why)
            continue
        path.append(_quotient(figure, area, activity, year, 100 * part.value / total.value, (part.row, total.row)))
    return Specialisation(f"{SHARE}.{activity}", area, tuple(path), tuple(missing))


def _quotient(
    figure: YearFigure, area: str, activity: str, year: int, share: float, whole: tuple[Row, ...]
) -> Quotient:
    value = figure.value / share
    half = 0.5 * 10.0 ** -(figure.row["decimals"] or 0)
    low, high = (figure.value - half) / share, (figure.value + half) / share
    mark = ABOVE if low > 1 else BELOW if high < 1 else ALIKE
    return Quotient(
        f"{SHARE}.{activity}", area, year, COUNTRY, CONVENTION, value, (value - 1) / (value + 1),
        (figure.row, *whole), low, high, ROUNDING, mark=mark,
    )  # fmt: skip
