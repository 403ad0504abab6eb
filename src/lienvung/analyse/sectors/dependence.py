"""Dependence: the share of flagged sectors in a territory, printed, or computed from what leaves them out."""

from __future__ import annotations

from collections.abc import Iterable

from lienvung.analyse.sectors.panel import short_name
from lienvung.analyse.targets.figures import pick_yearly
from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import Question
from lienvung.domain.observations import TOTAL
from lienvung.domain.sectors import Dependence, FlaggedSector, Row
from lienvung.errors import Both
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader

SHARE, PER_HEAD, GROWTH, COUNTRY_LEVEL = "GRDP_SHARE", ("GRDP_PC", "GRDP_PC_USD"), "GRDP_GROWTH", "GDP_CUR"
PRINTED, COMPUTED, WIDER, MISSING = "printed", "computed", "wider", "missing"
WAY_NAMES = {
    PRINTED: Both("số công bố", "as published"),
    COMPUTED: Both("tính từ số công bố", "computed from published figures"),
    WIDER: Both("ngành rộng hơn", "of a wider sector"),
    MISSING: Both("chưa có số liệu", "nothing published"),
}
DIRECT = Both("tỷ trọng trực tiếp trong GRDP", "direct share in GRDP")
BY_HEAD = Both(
    "1 − GRDP bình quân đầu người không tính ngành này / GRDP bình quân đầu người",
    "1 − GRDP per head without the sector / GRDP per head",
)
LINKAGES = Both(
    "chưa tính được phần lan tỏa qua liên kết ngành: kho chưa có bảng cân đối liên ngành của Việt Nam",
    "the part through linkages is not computed: no input-output table of Viet Nam is in the store",
)


def find_dependence(
    reader: Reader, catalogue: Catalogue, flags: Iterable[FlaggedSector], areas: Iterable[str]
) -> list[Dependence]:
    """For every flagged sector and territory the shares by period, newest first; what is missing is named."""
    keys = tuple(areas)
    listed = tuple(c for c in (SHARE, *PER_HEAD, GROWTH) if c in catalogue.indicators)
    rows: list[Row] = []
    if listed:
        question = Question(listed, tuple(AreaKey.parse(k) for k in keys))
        rows = find_observations(reader, question).table.to_pylist()
    found: list[Dependence] = []
    for flag in flags:
        for area in keys:
            found += _of_area(flag, area, [r for r in rows if r["area_key"] == area], catalogue)
        if national := _of_country(reader, catalogue, flag):
            found.append(national)
    return found


def _of_area(flag: FlaggedSector, area: str, rows: list[Row], catalogue: Catalogue) -> list[Dependence]:
    printed = [r for r in rows if r["indicator"] == SHARE and r["activity"] == flag.activity and r["value"] is not None]
    told = [*_computed(flag, area, rows)]
    told += [
        Dependence(flag.key, area, r["period"], r["value"], PRINTED, DIRECT, (r,), _beside(flag, r, rows))
        for r in printed
    ]
    if not told:
        name = short_name(area, catalogue)
        why = Both(
            f"chưa công bố tỷ trọng {flag.name.vi} của {name.vi}", f"no share of {flag.name.en} published for {name.en}"
        )
        return [Dependence(flag.key, area, "", None, MISSING, DIRECT, (), (why,))]
    newest = sorted(told, key=lambda d: (d.inputs[0]["period_end"], d.way == PRINTED), reverse=True)
    return newest


def _computed(flag: FlaggedSector, area: str, rows: list[Row]) -> Iterable[Dependence]:
    """The share that two printed levels imply: with the sector and without it, of one period and issuer."""
    for code in PER_HEAD:
        own = [r for r in rows if r["indicator"] == code and r["activity"] == TOTAL and r["value"]]
        for without in (r for r in own if flag.excluding and r["breakdown"] == flag.excluding):
            same = [r for r in own if r["breakdown"] == TOTAL and r["period"] == without["period"]]
            mine = [r for r in same if r["issuer"] == without["issuer"]] or same
            if mine and mine[0]["value"] >= without["value"]:
                share = 100 * (1 - without["value"] / mine[0]["value"])
                said = () if mine[0]["issuer"] == without["issuer"] else (_other_issuer(without, mine[0]),)
                yield Dependence(flag.key, area, without["period"], share, COMPUTED, BY_HEAD, (without, mine[0]), said)


def _other_issuer(one: Row, other: Row) -> Both:
    names = f"{one['issuer']}, {other['issuer']}"
    return Both(f"hai số của hai cơ quan công bố ({names})", f"two issuers' figures ({names})")


def _beside(flag: FlaggedSector, row: Row, rows: list[Row]) -> tuple[Both, ...]:
    """Growth of the same period with the sector and without it."""
    growth = [
        r for r in rows
        if r["indicator"] == GROWTH and r["period"] == row["period"] and r["activity"] == TOTAL
        and r["value"] is not None
    ]  # fmt: skip
    whole = [r["value"] for r in growth if r["breakdown"] == TOTAL]
    without = [r["value"] for r in growth if r["breakdown"] == flag.excluding]
    if not (whole and without):
        return ()
    vi = f"tăng trưởng kỳ này {whole[0]:.2f} %, trừ ngành này {without[0]:.2f} %".replace(".", ",")
    return (Both(vi, f"growth of the period {whole[0]:.2f} %, without the sector {without[0]:.2f} %"),)


def _of_country(reader: Reader, catalogue: Catalogue, flag: FlaggedSector) -> Dependence | None:
    code = flag.wider if flag.wider in catalogue.activities else ""
    if not code or COUNTRY_LEVEL not in catalogue.indicators:
        return None
    areas = tuple(a.key for a in catalogue.gazetteer.areas.values() if a.level == "country")
    question = Question((COUNTRY_LEVEL,), areas, freqs=("A",), activities=(code, TOTAL))
    rows = find_observations(reader, question, [catalogue.dataflow_of(COUNTRY_LEVEL)]).table.to_pylist()
    unit = catalogue.indicators[COUNTRY_LEVEL].unit
    part, whole = (pick_yearly([r for r in rows if r["activity"] == a], unit, catalogue) for a in (code, TOTAL))
    both = sorted(part.keys() & whole.keys())
    if not both:
        return None
    year = both[-1]
    share = 100 * part[year].value / whole[year].value
    name = catalogue.activities[code]
    wide = Both(f"tỷ trọng {name.name_vi} trong GDP", f"share of {name.name_en} in GDP")
    inputs = (part[year].row, whole[year].row)
    first = both[0]
    before = 100 * part[first].value / whole[first].value
    vi, en = f"{first}: {before:.2f} %".replace(".", ","), f"{first}: {before:.2f} %"
    return Dependence(flag.key, str(areas[0]), str(year), share, WIDER, wide, inputs, (Both(vi, en),))
