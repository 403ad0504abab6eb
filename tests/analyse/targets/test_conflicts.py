"""Plans held against each other: twin cases for each rule, and the shipped plans."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lienvung.analyse.targets.agreement import compare_parts, compare_people, compare_rates, compare_same
from lienvung.analyse.targets.comparisons import both
from lienvung.analyse.targets.conflicts import compare_plans, find_weights
from lienvung.analyse.targets.spans import compare_region, compare_stages, compare_territories
from lienvung.assemble import open_world
from lienvung.domain.comparisons import AGREES, CONFLICT, TENSION, UNKNOWN
from lienvung.domain.plans import Plan, PlanRegister, Target
from lienvung.settings import load_settings
from lienvung.store.packs import load_plans
from tests.conftest import PACK, Home
from tests.domain.test_plans import PLAN, TARGET


def other(target: Target, **changes: object) -> Target:
    return replace(target, key=f"{target.key}b", plan="qd-2", **changes)  # type: ignore[arg-type]


def register(*targets: Target) -> PlanRegister:
    plans: dict[str, Plan] = {t.plan: replace(PLAN, key=t.plan, territory=t.territory) for t in targets}
    return PlanRegister(plans, {t.key: t for t in targets})


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(8.1, 8.6, AGREES), (8.0, 9.0, AGREES), (8.4, 9.0, TENSION), (9.0, 9.5, CONFLICT), (8.6, 9.0, TENSION)],
)
def test_same_target_of_two_plans(low: float, high: float, verdict: str) -> None:
    found = list(compare_same([TARGET, other(TARGET, low=low, high=high)]))
    assert [c.verdict for c in found] == [verdict]
    assert not list(compare_same([TARGET, other(TARGET, low=low, high=high, coverage_vi="trừ dầu khí")]))
    assert not list(compare_same([TARGET, other(TARGET, low=low, high=high, period="2030")]))


@pytest.mark.parametrize(("services", "verdict"), [(25.0, AGREES), (35.0, CONFLICT), (15.0, CONFLICT)])
def test_structure_makes_a_hundred(services: float, verdict: str) -> None:
    base = replace(TARGET, indicator="GRDP_SHARE", operator="=", period="2030", period_kind="at")
    shares = {"AGRI": 9.0, "INDU": 60.0, "SERV": services, "TAXSUB": 6.0}
    targets = [replace(base, key=a, activity=a, low=v, high=v) for a, v in shares.items()]
    assert [c.verdict for c in compare_parts(targets)] == [verdict]
    without = [t for t in targets if t.activity != "TAXSUB"]
    assert [c.verdict for c in compare_parts(without)] == [CONFLICT if services > 31 else AGREES]


def test_total_is_its_parts() -> None:
    base = replace(TARGET, indicator="PUB_INV_PLAN_MT", operator="=", unit="VND_BN", low=100.0, high=100.0)
    parts = [replace(base, key=b, breakdown=b, low=v, high=v) for b, v in (("LVL_CENTRAL", 40.0), ("LVL_LOCAL", 60.0))]
    assert [c.verdict for c in compare_parts([base, *parts])] == [AGREES]
    assert [c.verdict for c in compare_parts([replace(base, low=99.0, high=99.0), *parts])] == [CONFLICT]


def money(head_usd: float) -> list[Target]:
    base = replace(TARGET, period="2030", period_kind="at", operator="=")
    return [
        replace(base, key="A", indicator="GRDP_CUR", unit="VND_BN", low=1_200_000.0, high=1_200_000.0),
        replace(base, key="B", indicator="GRDP_PC", unit="VND_MN", low=250.0, high=250.0),
        replace(base, key="C", indicator="GRDP_CUR", unit="USD_BN", low=44.0, high=44.0),
        replace(base, key="D", indicator="GRDP_PC_USD", unit="USD", low=head_usd, high=head_usd),
    ]


def test_two_currencies_imply_one_population_and_one_rate() -> None:
    assert [c.verdict for c in compare_people(money(9200.0))] == [AGREES]
    assert [c.verdict for c in compare_rates(money(9200.0))] == [AGREES]
    assert [c.verdict for c in compare_people(money(8000.0))] == [CONFLICT]
    assert [c.verdict for c in compare_rates(money(8000.0))] == [TENSION]
    people = replace(money(1)[0], key="E", indicator="POP_AVG", unit="PERSONS_MN", low=5.5, high=5.5)
    assert [c.verdict for c in compare_people([*money(9200.0)[:2], people])] == [TENSION]


def test_first_stage_leaves_the_second() -> None:
    slow = replace(TARGET, key="S", period="2021-01-01/P5Y", low=8.6, high=8.6)
    ten = replace(TARGET, key="L", low=10.0, high=10.0, plan="qd-2")
    found = list(compare_stages(register(slow, ten)))
    assert [c.verdict for c in found] == [TENSION] and "11,42" in found[0].said.vi and "11.42" in found[0].said.en
    assert [c.verdict for c in compare_stages(register(slow, replace(ten, low=8.7, high=8.7)))] == [AGREES]


def test_region_against_the_mean_of_its_provinces(southern: Home) -> None:
    places = open_world(load_settings({"LIENVUNG_HOME": str(southern.path)})).catalogue.gazetteer
    region = replace(TARGET, key="R", territory="R6-DNB", low=8.0, high=8.5)
    members = [str(m.area) for m in places.members("R6-DNB")]
    own = [replace(TARGET, key=m, territory=m, low=8.2, high=8.4) for m in members]
    weights = dict.fromkeys(members, 1.0)
    assert [c.verdict for c in compare_region([region, *own], places, weights)] == [AGREES]
    fast = [replace(t, low=9.0, high=9.5) for t in own]
    assert [c.verdict for c in compare_region([region, *fast], places, weights)] == [TENSION]
    lacking = list(compare_region([region, *own[1:]], places, weights))
    assert [c.verdict for c in lacking] == [UNKNOWN] and "chưa có: Bình Phước" in lacking[0].said.vi
    assert [c.verdict for c in compare_region([region, *own], places, {})] == [UNKNOWN]


def test_plan_for_a_territory_that_ended(southern: Home) -> None:
    places = open_world(load_settings({"LIENVUNG_HOME": str(southern.path)})).catalogue.gazetteer
    old, new = (replace(TARGET, key=t, plan=t, territory=t) for t in ("74@2004", "79@2025-07-01"))
    found = list(compare_territories(register(old, new), places))
    assert [(c.territory, c.verdict) for c in found] == [
        ("74@2004", CONFLICT)
    ] and "TP. Hồ Chí Minh (2025-07-01)" in found[0].said.vi


def test_shipped_plans(southern: Home) -> None:
    """Every conflict and tension was read against its documents' figures: all real, none a false alarm."""
    world = open_world(load_settings({"LIENVUNG_HOME": str(southern.path)}))
    places = world.catalogue.gazetteer
    members = [str(m.area) for m in places.members("R6-DNB")]
    weights = find_weights(world.reader, world.catalogue, members, 2020)
    assert len(weights) == 6
    found = compare_plans(load_plans(PACK), places, weights)
    told = {(c.rule, c.verdict, c.territory): c for c in found}
    assert [c.territory for c in found if c.rule == "PLAN-ENDED"].count("80@2004") == 2
    assert sum(c.verdict == CONFLICT for c in found) == 8
    region = told["PLAN-REGION", TENSION, "R6-DNB"]
    assert (
        region.targets[0] == "TG-079"
        and "8,87" in region.said.vi
        and "Đồng Nai (2004), Bà Rịa - Vũng Tàu" in region.said.vi
    )
    dong_nai = next(c for c in found if c.rule == "PLAN-IMPLIED" and "4,8 và 4,78" in c.said.vi)
    assert dong_nai.verdict == AGREES
    assert ("TG-079", "TG-096") in {c.targets for c in found if c.rule == "PLAN-SAME" and c.verdict == AGREES}
    assert len({c.id for c in found}) == len(found)


def test_numbers_are_written_each_language_s_way() -> None:
    said = both("{a} và {b}", "{a} and {b}", a=1234567.0, b=4.5)
    assert (said.vi, said.en) == ("1.234.567 và 4,5", "1,234,567 and 4.5")
