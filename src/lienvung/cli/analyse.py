"""``lienvung analyse``: answers that no source printed."""

from __future__ import annotations

from datetime import datetime

import click

from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_records
from lienvung.domain.tracking import STATE_NAMES

_TRACKS = (
    "target",
    "territory_name",
    "name",
    "when",
    "printed",
    "latest_year",
    "latest",
    "required_low",
    "pace",
    "state_name",
)


@click.group("analyse")
def command() -> None:
    """Phân tích: theo dõi mục tiêu.

    Analyses: tracking targets.

    \b
    Ví dụ · Examples:
      lienvung analyse targets --state beyond
    """


@command.command("targets")
@click.option("--territory", help="Mã địa bàn hoặc vùng · Area key or region: 74@2004, R6-DNB")
@click.option("--indicator", help="Mã chỉ tiêu · Indicator code")
@click.option("--state", type=click.Choice(list(STATE_NAMES)), help="Chỉ một tình trạng · Only one state")
@format_option
@click.pass_obj
def targets(door: Door, /, territory: str | None, indicator: str | None, state: str | None, form: str) -> None:
    """Mọi mục tiêu còn hiệu lực so với số liệu đã công bố: cần bao nhiêu mỗi năm, đang đi với nhịp nào.

    Every target in force against what is published: what is needed each year, and at what pace things go.

    \b
    Ví dụ · Examples:
      lienvung analyse targets --territory 74@2004
      lienvung analyse targets --state beyond --format json
    """
    from lienvung.analyse.targets.tracking import track_all
    from lienvung.present.plans import track_record

    world = door.world
    wanted = [
        t for t in world.plans.targets.values()
        if world.plans.is_current(t) and territory in (None, t.territory) and indicator in (None, t.indicator)
    ]  # fmt: skip
    tracks = track_all(world.reader, world.catalogue, world.plans, wanted, datetime.now().date())
    records = [track_record(t, world.plans, world.catalogue, door.lang) for t in tracks if state in (None, t.state)]
    for record in records:
        record["required_low"] = record["required"][0]["low"] if record["required"] else None
    print_records(records, _TRACKS, form)
