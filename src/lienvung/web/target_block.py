"""The targets of a territory in brief, for the pages of areas and the first page."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from lienvung.analyse.targets.tracking import track_all
from lienvung.assemble import World
from lienvung.present.plans import track_record

MOST = 8


def brief_targets(world: World, territories: Collection[str], lang: str) -> dict[str, Any]:
    """At most eight targets in force, those that ask the most first; how many there are, and of which territories."""
    register = world.plans
    current = [t for t in register.of_territory(territories) if register.is_current(t)]
    tracks = track_all(world.reader, world.catalogue, register, current, datetime.now().date())
    rows = [track_record(t, register, world.catalogue, lang) for t in tracks[:MOST]]
    return {"rows": rows, "count": len(tracks), "territories": sorted({t.territory for t in current})}
