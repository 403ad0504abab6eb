"""What an indicator page asks for another boundary or a whole region: printed and computed values of one issuer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa

from lienvung.assemble import World
from lienvung.chain import ask_on_boundary
from lienvung.domain.handovers import DerivedAnswer
from lienvung.domain.observations import TOTAL
from lienvung.web.choices import Choice
from lienvung.web.state import IndicatorState


def ask_converted(
    world: World, code: str, choice: Choice, state: IndicatorState, areas: tuple[str, ...],
    instead: Mapping[str, str | None] | None = None,
) -> DerivedAnswer:  # fmt: skip
    """The printed and computed values of a view; of the key region where no area is named.

    Args:
        instead: choices in place of the view's own, as ``chain.ask_on_boundary`` reads them.
    """
    is_region = not areas or bool(state.total) or is_whole_region(world, areas)
    where = {"region": world.catalogue.region} if is_region else {"areas": ",".join(areas)}
    parts = {"activity": choice.activity, "breakdown": choice.breakdown}
    choices = {
        **state.conversion(), **where, **{name: part for name, part in parts.items() if part != TOTAL},
        "start": state.start or None, "end": state.end or None, **(instead or {}),
    }  # fmt: skip
    answer = ask_on_boundary(world.catalogue, world.reader, [code], choices)
    table = _of_one(_of_one(answer.table, "freq", choice.freq), "issuer", choice.issuer, is_fixed=bool(state.issuer))
    return replace(answer, table=table)


def is_whole_region(world: World, areas: tuple[str, ...]) -> bool:
    """Whether these are all units of the key region on one list, as the form offers them: the region is meant."""
    lists: dict[str, set[str]] = {}
    for member in world.catalogue.gazetteer.members(world.catalogue.region):
        if not member.is_partial:
            lists.setdefault(member.area.valid_from, set()).add(str(member.area))
    return set(areas) in lists.values()


def _of_one(table: pa.Table, column: str, wanted: str, is_fixed: bool = False) -> pa.Table:
    """The rows of one frequency or issuer: the one chosen; where it has no value and was not asked for, the fullest."""
    valued = [
        code for code, value in zip(table[column].to_pylist(), table["value"].to_pylist(), strict=True)
        if value is not None
    ]  # fmt: skip
    if not is_fixed and valued and wanted not in valued:
        wanted = max(sorted(set(valued)), key=valued.count)
    codes = table[column].to_pylist()
    return table.take([at for at, code in enumerate(codes) if code == wanted])
