"""Duplication: which provinces have ever more alike structures, and which plan the same kind of facility.

Products of different units have no common sum. A province's structure is therefore made of its shares in the country's
output of each product, scaled to 1: what it is more of, not what it earns by. Likeness of two structures is that of
Finger & Kreinin (1979) on these; it is judged among all pairs of provinces, because a number alone says little.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
from scipy.stats import kendalltau, theilslopes

from lienvung.analyse.methods.arrays import Array, calc_row_shares, divide
from lienvung.analyse.methods.concentration import calc_similarity_finger_kreinin
from lienvung.analyse.sectors.panel import Panel
from lienvung.analyse.targets.comparisons import name_areas
from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import Question
from lienvung.domain.observations import TOTAL
from lienvung.domain.plans import PlanRegister, Target
from lienvung.domain.sectors import FacilityType, Likeness, Row, SamePlan, Sector
from lienvung.errors import Both
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader

SINCE, FEWEST_YEARS, FEWEST_SECTORS = 2005, 8, 5
VERY_ALIKE_PCT, CHANCE = 90.0, 0.05
"""Alarm: more alike than 90 % of all pairs, and a rise that chance would bring in under 5 % of such sets of pairs."""
LIKENESS = Both(
    "giống nhau theo Finger và Kreinin, trên tỷ phần của tỉnh trong sản lượng cả nước của từng sản phẩm",
    "Finger-Kreinin similarity, on the provinces' shares in the country's output of each product",
)


def panel_sectors(panel: Panel, years: Sequence[int]) -> tuple[list[Sector], list[Sector]]:
    """Products that every province has a figure of in all these years, none contained in another; and the rest."""
    products = [s for s in panel.sectors.values() if s.kind and s.kind != "investment" and not s.part_of]
    whole = [
        s for s in products
        if all(not np.isnan(panel.column(s.key, year, panel.provinces)).any() for year in years)
    ]  # fmt: skip
    return whole, [s for s in products if s not in whole]


def common_years(panel: Panel, since: int = SINCE) -> list[int]:
    """The years from ``since`` to the last that has figures of every province for as many products, but one."""
    years = sorted({y for s, _, y in panel.figures if y >= since and panel.sectors[s].kind})
    counts = {year: len(panel_sectors(panel, [year])[0]) for year in years}
    most = max(counts.values(), default=0)
    full = [year for year, count in counts.items() if count >= max(most - 1, FEWEST_SECTORS)]
    return list(range(since, full[-1] + 1)) if full else []


def compare_structures(panel: Panel, areas: Iterable[str], years: Sequence[int]) -> list[Likeness]:
    """Every two of the places: how alike, the rank among all pairs of the country, the trend; likest first."""
    sectors, _ = panel_sectors(panel, years)
    at = [panel.provinces.index(a) for a in areas if a in panel.provinces]
    pairs = list(combinations(at, 2))
    if len(sectors) < FEWEST_SECTORS or len(years) < FEWEST_YEARS or not pairs:
        return []
    structures = {year: _structures(panel, sectors, year) for year in years}
    alike = {year: calc_similarity_finger_kreinin(found) for year, found in structures.items()}
    last = years[-1]
    every = alike[last][np.triu_indices(len(panel.provinces), 1)]
    found = [_pair(panel, sectors, pair, alike, structures[last], every, len(pairs)) for pair in pairs]
    return sorted(found, key=lambda f: (not f.is_alarm, -f.value))


def _structures(panel: Panel, sectors: Sequence[Sector], year: int) -> Array:
    amounts = np.column_stack([panel.column(s.key, year, panel.provinces) for s in sectors])
    return calc_row_shares(divide(amounts, amounts.sum(0)[None, :]))


def _pair(
    panel: Panel, sectors: Sequence[Sector], pair: tuple[int, int], alike: dict[int, Array], structure: Array,
    every: Array, pairs: int,
) -> Likeness:  # fmt: skip
    path = {year: float(matrix[pair]) for year, matrix in alike.items()}
    years, values = list(path), list(path.values())
    chance = float(kendalltau(years, values).pvalue)
    slope = float(theilslopes(values, years)[0]) * 10
    rank = 100 * float((every < values[-1]).mean())
    shared = np.minimum(structure[pair[0]], structure[pair[1]])
    most = [sectors[i].key for i in np.argsort(-shared)[:3] if shared[i] > 0]
    is_alarm = rank >= VERY_ALIKE_PCT and slope > 0 and chance < CHANCE / pairs
    one, other = (panel.provinces[i] for i in pair)
    return Likeness(one, other, values[-1], rank, slope, chance, is_alarm, path, tuple(most))


def find_same_plans(
    reader: Reader, catalogue: Catalogue, register: PlanRegister, facilities: Iterable[FacilityType], region: str
) -> list[SamePlan]:
    """Facilities that targets in force of more than one territory of the region speak of, beside what is in use."""
    members = {str(m.area) for m in catalogue.gazetteer.members(region)}
    current = [t for t in register.targets.values() if register.is_current(t)]
    found = []
    for facility in facilities:
        about = [t for t in current if _speaks_of(t, facility)]
        own = [t for t in about if t.territory in members]
        regional = [t for t in about if t.territory in catalogue.gazetteer.regions]
        use = _use(reader, catalogue, facility, members)
        found.append(_same(facility, own, regional, use, catalogue, members))
    return found


def _speaks_of(target: Target, facility: FacilityType) -> bool:
    words = f"{target.name_vi} {target.coverage_vi} {target.printed}".lower()
    return target.indicator in facility.indicators or any(w.lower() in words for w in facility.words)


def _use(reader: Reader, catalogue: Catalogue, facility: FacilityType, members: set[str]) -> tuple[Row, ...]:
    code = facility.use_indicator
    if code not in catalogue.indicators:
        return ()
    question = Question((code,), tuple(AreaKey.parse(m) for m in sorted(members)), activities=(TOTAL,))
    rows = find_observations(reader, question, [catalogue.dataflow_of(code)]).table.to_pylist()
    newest: dict[str, Row] = {}
    for row in sorted(rows, key=lambda r: r["period_end"]):
        if row["value"] is not None:
            newest[row["area_key"]] = row
    return tuple(newest.values())


def _same(
    facility: FacilityType, own: list[Target], regional: list[Target], use: tuple[Row, ...], catalogue: Catalogue,
    members: set[str],
) -> SamePlan:  # fmt: skip
    areas = tuple(dict.fromkeys(t.territory for t in own))
    silent = sorted(members - set(areas))
    names, others = (name_areas(keys, catalogue.gazetteer) for keys in (areas, silent))
    said = [
        Both(
            f"{len(areas)} địa bàn có mục tiêu còn hiệu lực: {names.vi}",
            f"{len(areas)} territories have targets in force: {names.en}",
        )
    ]
    said.append(
        Both(f"sổ quy hoạch chưa có mục tiêu loại này của: {others.vi}", f"none in the register of: {others.en}")
    )
    if not regional:
        said.append(
            Both(
                "văn bản cấp vùng trong sổ không nêu con số: không kết luận được thừa hay thiếu so với nhu cầu vùng",
                "no regional document in the register names a figure: whether it is beyond need is not told",
            )
        )
    if facility.use_indicator:
        lacking = name_areas(sorted(members - {str(r["area_key"]) for r in use}), catalogue.gazetteer)
        said.append(Both(f"không có tỷ lệ sử dụng của: {lacking.vi}", f"no rate of use of: {lacking.en}"))
    targets, above = tuple(t.key for t in own), tuple(t.key for t in regional)
    return SamePlan(facility.key, facility.name, targets, areas, above, use, tuple(said))
