"""``lienvung analyse``: answers that no source printed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_json, print_records
from lienvung.domain.quarters import DENTON, QUARTER_METHODS
from lienvung.domain.tracking import STATE_NAMES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lienvung.domain.catalogue import Catalogue
    from lienvung.domain.tracking import Track

_MODEL = ("territory_name", "name", "period", "value", "unit", "way", "targets", "missing")
_WARNINGS = ("due", "target", "territory_name", "name", "printed", "needed", "most_text", "issuer", "agency")
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
@click.option(
    "--warnings", is_flag=True, help="Chỉ mục tiêu vượt mọi mức từng đạt · Only those beyond all ever achieved"
)
@format_option
@click.pass_obj
def targets(
    door: Door, /, territory: str | None, indicator: str | None, state: str | None, warnings: bool, form: str
) -> None:
    """Mọi mục tiêu còn hiệu lực so với số liệu đã công bố: cần bao nhiêu mỗi năm, đang đi với nhịp nào.

    Every target in force against what is published: what is needed each year, and at what pace things go.

    \b
    Ví dụ · Examples:
      lienvung analyse targets --territory 74@2004
      lienvung analyse targets --state beyond --format json
      lienvung analyse targets --warnings
    """
    from lienvung.analyse.targets.tracking import track_all
    from lienvung.present.plans import track_record

    world = door.world
    wanted = [
        t for t in world.plans.targets.values()
        if world.plans.is_current(t) and territory in (None, t.territory) and indicator in (None, t.indicator)
    ]  # fmt: skip
    tracks = track_all(world.reader, world.catalogue, world.plans, wanted, datetime.now().date())
    if warnings:
        print_warnings(door, [t for t in tracks if state in (None, t.state)], form)
        return
    records = [track_record(t, world.plans, world.catalogue, door.lang) for t in tracks if state in (None, t.state)]
    for record in records:
        record["required_low"] = record["required"][0]["low"] if record["required"] else None
    print_records(records, _TRACKS, form)


def print_warnings(door: Door, tracks: Sequence[Track], form: str) -> None:
    """The early warnings among these targets, the first due first."""
    from lienvung.analyse.targets.yardsticks import find_warnings
    from lienvung.present.yardsticks import warning_record

    world = door.world
    found = find_warnings(world.reader, world.catalogue, world.plans, tracks, datetime.now().date())
    records = [warning_record(w, world.plans, world.catalogue, door.lang) for w in found]
    for record in records:
        record["most_text"] = f"{record['most']['text']} ({record['most_territory_name']} {record['most']['when']})"
    print_records(records, _WARNINGS, form)


@command.command("growth-model")
@click.option("--area", "areas", help="Mã địa bàn hoặc vùng, cách nhau dấu phẩy · Areas or regions: 74@2004,R6-DNB,VN")
@format_option
@click.pass_obj
def growth_model(door: Door, /, areas: str | None, form: str) -> None:
    """Mô hình tăng trưởng: năng suất lao động, ICOR, TFP, kinh tế số, R&D, đổi mới sáng tạo so với mục tiêu.

    Growth model: labour productivity, ICOR, TFP, digital share, R&D, innovation, beside their targets.

    JSON: từng số kèm công thức và số đầu vào; thiếu số thì nói thiếu gì · every figure with its formula and inputs.

    \b
    Ví dụ · Examples:
      lienvung analyse growth-model
      lienvung analyse growth-model --area 74@2004,R6-DNB,VN --format json
    """
    from lienvung.analyse.growth_model import model_growth, region_territories
    from lienvung.present.growth_model import flat_records, model_record
    from lienvung.web.links import Links

    world = door.world
    asked = [resolve_territory(a.strip(), world.catalogue) for a in (areas or "").split(",") if a.strip()]
    models = model_growth(world.reader, world.catalogue, world.plans, asked or region_territories(world.catalogue))
    records = [model_record(m, world.plans, world.catalogue, door.lang, Links(door.lang).trace_row) for m in models]
    if form == "json":
        print_json(records)
        return
    print_records([line for record in records for line in flat_records(record)], _MODEL, form)


@command.command("quarters")
@click.argument("indicator")
@click.option("--area", required=True, help="Mã hoặc tên địa bàn · Area: 79@2004")
@click.option("--related", default="", help="Chuỗi quý của cả nước · Quarterly series of the country: GDP_CUR")
@click.option("--method", type=click.Choice(list(QUARTER_METHODS)), default=DENTON, show_default=True,
              help="Phương pháp · Method")  # fmt: skip
@format_option
@click.pass_obj
def quarters(door: Door, /, indicator: str, area: str, related: str, method: str, form: str) -> None:
    """Ước số quý của một chuỗi năm theo nhịp quý của cả nước; tổng bốn quý khớp đúng số năm. Luôn ghi “ước tính”.

    Quarters of a yearly series by the country's movement; they add up exactly to the year. Always marked an estimate.

    \b
    Ví dụ · Examples:
      lienvung analyse quarters GRDP_CUR --area 79@2004
      lienvung analyse quarters GRDP_CUR --area 74@2004 --method chow-lin --format json
    """
    from lienvung.analyse.quarters import estimate_quarters
    from lienvung.present.quarters import quarter_record
    from lienvung.web.links import Links

    world = door.world
    key = world.catalogue.gazetteer.resolve_asked(area, None, None)
    found = estimate_quarters(world.reader, world.catalogue, indicator, key, related, method)
    record = quarter_record(found, world.catalogue, door.lang, Links(door.lang).trace_row)
    if form == "json":
        print_json(record)
        return
    if form == "table":
        click.echo(f"{record['name']}, {record['area_name']}: {record['status']}, {record['method_name']}")
        click.echo("\n".join(f"– {said}" for said in record["assumptions"]))
        click.echo(door.say("Lệch lớn nhất so với số năm: ", "Largest difference from a year: ") + f"{found.gap:.1e}")
    print_records(record["quarters"], ("period", "text", "unit", "status", "range", "related_text"), form)


def resolve_territory(text: str, catalogue: Catalogue) -> str:
    """An area key or a region's code, as somebody wrote it."""
    places = catalogue.gazetteer
    return text if text in places.regions else str(places.resolve_asked(text, None, None))
