"""The growth model of a province, a region or the country: what is known of it, beside its targets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lienvung.analyse.growth_measures import (
    Figures,
    Known,
    Result,
    Series,
    find_printed,
    lacking,
    measure_icor_increments,
    measure_icor_rates,
    measure_productivity_growth,
    measure_ratio,
    measure_tfp,
)
from lienvung.analyse.targets.figures import pick_yearly
from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY
from lienvung.domain.growth_model import GrowthModel, ModelMeasure
from lienvung.domain.handovers import Question
from lienvung.domain.observations import TOTAL
from lienvung.domain.plans import PlanRegister
from lienvung.errors import Both
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader

OWNERS = ("OWN_STATE", "OWN_NONSTATE", "OWN_FDI")
"""The three ownerships that total investment consists of."""
PRINTED_ONLY = (("DIGITAL_SHARE", "PCT", 2), ("PII", "POINTS", 2), ("PII_RANK", "RANK", 0))
_SUMMED = ("GRDP_CUR", "INVEST_REALISED", "EMPLOYED", "LABOUR_FORCE")
_ASKED = (
    "LABOUR_PRODUCTIVITY", "LABOUR_PRODUCTIVITY_GROWTH", "ICOR", "TFP_SHARE", "DIGITAL_SHARE", "RD_GRDP_RATIO",
    "RD_EXP", "PII", "PII_RANK", "GRDP_CUR", "GRDP_C2010", "GRDP_GROWTH", "GDP_CUR", "GDP_C2010", "EMPLOYED",
    "LABOUR_FORCE", "INVEST_REALISED", "INVEST_REALISED_C2010",
)  # fmt: skip
_PER_WORKER = Both("GRDP giá hiện hành / lao động có việc làm", "output at current prices / employed persons")
_PER_FORCE = Both("GRDP giá hiện hành / lực lượng lao động", "output at current prices / labour force")
_RESEARCH = Both("chi nghiên cứu và phát triển / GRDP", "expenditure on research and development / output")

Rows = Sequence[Mapping[str, Any]]


def model_growth(
    reader: Reader, catalogue: Catalogue, register: PlanRegister, territories: Sequence[str]
) -> list[GrowthModel]:
    """The growth models of several territories (area keys, region codes), all figures asked for at once.

    A region's amounts are those printed for it, else the sum of its provinces where all of them have the year.
    """
    members = {t: region_members(catalogue, t) for t in territories}
    keys = sorted({k for t in territories for k in (*own_keys(catalogue, t), *members[t])})
    codes = tuple(c for c in _ASKED if c in catalogue.indicators)
    question = Question(codes, tuple(AreaKey.parse(k) for k in keys), freqs=("A", "Q"))
    flows = sorted({catalogue.dataflow_of(c) for c in codes})
    rows: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in find_observations(reader, question, flows).table.to_pylist():
        rows[row["area_key"]].append(row)
    known = {k: _yearly(rows[k], catalogue) for k in keys}
    return [_model(t, own_keys(catalogue, t), members[t], known, catalogue, register) for t in territories]


def own_keys(catalogue: Catalogue, territory: str) -> tuple[str, ...]:
    """The area keys under which a territory's own figures stand."""
    if "@" in territory:
        return (territory,)
    return tuple(str(a.key) for a in catalogue.gazetteer.areas.values() if a.key.code == territory)[:1]


def region_members(catalogue: Catalogue, territory: str) -> tuple[str, ...]:
    """The provinces whose sum a region is: those of the older boundary where it has members on both.

    None where only a part of a province belongs to the region: it would be counted in full.
    """
    places = catalogue.gazetteer
    if territory not in places.regions:
        return ()
    found = places.members(territory)
    ended = [m for m in found if places.area(m.area).valid_to != OPEN_DAY]
    chosen = ended or found
    return () if any(m.is_partial for m in chosen) else tuple(str(m.area) for m in chosen)


def regions_within(catalogue: Catalogue) -> list[str]:
    """The pack's region, and the regions all of whose provinces belong to it."""
    places = catalogue.gazetteer
    own = {m.area for m in places.members(catalogue.region)}
    within = [r for r in places.regions if r != catalogue.region and {m.area for m in places.members(r)} <= own]
    return [catalogue.region, *within]


def region_territories(catalogue: Catalogue) -> list[str]:
    """Whose growth models are shown: the country, the pack's region and those within it, its provinces."""
    places = catalogue.gazetteer
    country = [str(a.key) for a in places.areas.values() if a.level == "country"]
    return [*country, *regions_within(catalogue), *(str(m.area) for m in places.members(catalogue.region))]


def _yearly(rows: Rows, catalogue: Catalogue) -> dict[str, Series]:
    by_code: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        by_code[row["indicator"]].append(row)
    found = {c: _whole(own, catalogue.indicators[c].unit, catalogue) for c, own in by_code.items()}
    return {c: s for c, s in found.items() if s}


def _whole(rows: Rows, unit: str, catalogue: Catalogue) -> Series:
    """One value a year: the printed total, else the sum of ownerships, else the mean of the four quarters."""
    yearly = [r for r in rows if r["freq"] == "A" and r["activity"] == TOTAL]

    def pick(some: Iterable[Mapping[str, Any]]) -> dict[int, Known]:
        return {y: Known(f.value, (f.row,)) for y, f in pick_yearly(some, unit, catalogue).items()}

    found = pick(r for r in yearly if r["breakdown"] == TOTAL)
    if rows[0]["indicator"].startswith("INVEST_REALISED"):
        parts = [pick(r for r in yearly if r["breakdown"] == owner) for owner in OWNERS]
        found = _added(parts) | found
    if rows[0]["indicator"] == "EMPLOYED":
        quarters = [r for r in rows if r["freq"] == "Q" and r["activity"] == r["breakdown"] == TOTAL]
        found = _mean_of_quarters(quarters, unit, catalogue) | found
    return dict(sorted(found.items()))


def _added(parts: Sequence[Series]) -> dict[int, Known]:
    """The sum in the years that every part has."""
    years = set.intersection(*(set(p) for p in parts)) if parts else set()
    return {y: Known(sum(p[y].value for p in parts), sum((p[y].rows for p in parts), ())) for y in sorted(years)}


def _mean_of_quarters(rows: Rows, unit: str, catalogue: Catalogue) -> dict[int, Known]:
    by_quarter = [[r for r in rows if r["period"].endswith(f"Q{q}")] for q in range(1, 5)]
    parts = [
        {y: Known(f.value / 4, (f.row,)) for y, f in pick_yearly(own, unit, catalogue).items()} for own in by_quarter
    ]
    return _added(parts)


def _model(
    territory: str,
    own: Sequence[str],
    members: Sequence[str],
    known: Mapping[str, Mapping[str, Series]],
    catalogue: Catalogue,
    register: PlanRegister,
) -> GrowthModel:
    series = {c: _added([known[m].get(c, {}) for m in members]) for c in _SUMMED} if members else {}
    for key in own:
        series |= {c: {**series.get(c, {}), **s} for c, s in known[key].items()}
    places = (*own, *(k.split("@")[0] for k in own), *members)
    is_country = any(a.level == "country" for a in catalogue.gazetteer.areas.values() if str(a.key) in own)
    figures = Figures(
        {c: s for c, s in series.items() if s},
        {c: _breaks(c, places, catalogue) for c in _ASKED},
        *(("GDP_CUR", "GDP_C2010") if is_country else ("GRDP_CUR", "GRDP_C2010")),
    )
    return GrowthModel(territory, tuple(_measures(figures, territory, catalogue, register)))


def _breaks(code: str, places: Sequence[str], catalogue: Catalogue) -> frozenset[int]:
    return frozenset(int(b.period[:4]) for b in catalogue.breaks_of(code) if b.area in ("", *places))


def _measures(figures: Figures, territory: str, catalogue: Catalogue, register: PlanRegister) -> Iterable[ModelMeasure]:
    def name(code: str) -> Both:
        own = catalogue.indicators.get(code)
        return Both(own.name_vi, own.name_en) if own else Both(code, code)

    def measure(key: str, code: str, unit: str, decimals: int, title: Both, result: Result) -> ModelMeasure:
        found, missing = result
        aimed = [t for t in register.of_indicator(code) if code and t.territory == territory and register.is_current(t)]
        return ModelMeasure(key, code, title, unit, decimals, tuple(found), tuple(aimed), tuple(missing))

    yield measure(
        "productivity", "LABOUR_PRODUCTIVITY", "VND_MN", 1, name("LABOUR_PRODUCTIVITY"),
        measure_ratio(figures, "LABOUR_PRODUCTIVITY", figures.output, "EMPLOYED", 1, _PER_WORKER, name),
    )  # fmt: skip
    yield measure(
        "productivity_growth", "LABOUR_PRODUCTIVITY_GROWTH", "PCT", 2, name("LABOUR_PRODUCTIVITY_GROWTH"),
        measure_productivity_growth(figures, name),
    )  # fmt: skip
    title = Both("GRDP trên một người của lực lượng lao động (không phải năng suất lao động)",
                 "Output per person of the labour force (not labour productivity)")  # fmt: skip
    result = measure_ratio(figures, "", figures.output, "LABOUR_FORCE", 1, _PER_FORCE, name)
    yield measure("per_labour_force", "", "VND_MN", 1, title, result)
    icor: Result = (find_printed(figures, "ICOR"), [])
    title = Both("ICOR theo mức tăng, giá so sánh", "ICOR by increments, constant prices")
    yield measure("icor", "ICOR", "TIMES", 2, title, icor if icor[0] else measure_icor_increments(figures, name))
    title = Both("ICOR theo tỷ lệ (tỷ lệ đầu tư / tốc độ tăng)", "ICOR by rates (investment ratio / growth)")
    yield measure("icor_rates", "", "TIMES", 2, title, measure_icor_rates(figures, name))
    yield measure("tfp", "TFP_SHARE", "PCT", 1, name("TFP_SHARE"), measure_tfp(figures, name))
    result = measure_ratio(figures, "RD_GRDP_RATIO", "RD_EXP", figures.output, 100, _RESEARCH, name)
    yield measure("research", "RD_GRDP_RATIO", "PCT", 2, name("RD_GRDP_RATIO"), result)
    level = "province" if "@" in territory and figures.output == "GRDP_CUR" else "region"
    for code, unit, decimals in PRINTED_ONLY:
        if (code == "PII_RANK" and level != "province") or (code == "PII" and figures.output != "GRDP_CUR"):
            continue  # provinces are ranked and scored; regions are at most averaged
        printed = find_printed(figures, code)
        result = printed, [] if printed else lacking(figures, (code,), name)
        yield measure(code.lower(), code, unit, decimals, name(code), result)
