"""Is this folder a pack? Every problem at once, each at its file, line and column."""

from __future__ import annotations

from pathlib import Path

from lienvung.domain.handovers import Findings
from lienvung.validate.packs.figures import check_figures
from lienvung.validate.packs.innovation import check_innovation
from lienvung.validate.packs.lists import (
    Lists,
    check_about,
    check_breaks,
    check_cells,
    check_indicators,
    check_periods,
    check_prices,
    check_sources,
    read_lists,
)
from lienvung.validate.packs.plans import check_plans
from lienvung.validate.packs.problems import RULES, PackRule, Problems
from lienvung.validate.packs.territory import check_cycles, check_regions, check_validity

__all__ = ["RULES", "PackRule", "check_pack", "check_territory"]


def check_pack(folder: Path) -> Findings:
    """Everything that is wrong with the pack in ``folder``: its lists, their sense in time, its figures.

    ``sheet`` of a finding is the file and line (``areas/areas.csv:12``), ``cell`` the column. Recipes are
    tried by the pipeline, which knows how to read them.
    """
    problems = Problems()
    lists = read_lists(folder, problems)
    check_cells(lists, problems)
    check_about(lists, problems)
    check_indicators(lists, problems)
    check_sources(lists, problems)
    check_breaks(lists, problems)
    check_prices(lists, problems)
    check_periods(lists, problems)
    check_plans(lists, problems)
    check_innovation(lists, problems)
    _check_time(lists, problems)
    check_figures(lists, problems)
    return Findings(tuple(problems.items))


def check_territory(folder: Path) -> Findings:
    """What is wrong with the areas, regions and agencies alone."""
    problems = Problems()
    lists = read_lists(folder, problems)
    check_cells(lists, problems)
    _check_time(lists, problems)
    own = ("areas/", "agencies/")
    return Findings(tuple(f for f in problems.items if (f.sheet or "").startswith(own)))


def _check_time(lists: Lists, problems: Problems) -> None:
    check_validity(lists, problems)
    check_cycles(lists, problems)
    check_regions(lists, problems)
