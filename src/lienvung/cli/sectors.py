"""``lienvung sectors``: what provinces are good at, copy, depend on, what runs out, what could be next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_json, print_records

if TYPE_CHECKING:
    from lienvung.analyse.sectors.panel import Panel
    from lienvung.domain.areas import AreaKey
    from lienvung.present.sectors import Speaker

_SPECIAL = ("area_name", "name", "year", "text", "range", "mark_name", "stars", "rank", "missing")
_GROWTH = ("area_name", "name", "from", "to", "rate_text", "parts", "reason")
_ALIKE = ("one_name", "other_name", "text", "rank_pct", "slope_text", "is_alarm", "common")
_ROOM = ("area_name", "name", "when", "text", "range", "slope_text", "reason", "said")
_DEPEND = ("name", "area_name", "when", "text", "way_name", "said")
_TABLE = ("name", "output_multiplier", "value_added_multiplier", "jobs_per_unit", "backward", "forward", "column_gap")
_EFFECT = ("name", "output", "value_added", "jobs")
_NEXT = ("area_name", "name", "year", "answers", "reasons")


def area_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option ``--area``: one province instead of the whole region."""
    text = "Một địa bàn · One area: 74, 74@2004, Long An"
    return click.option("--area", "areas", multiple=True, help=text)(command)


@click.group("sectors")
def command() -> None:
    """Ngành của vùng: lợi thế, đà tăng, trùng lặp, dư địa, phụ thuộc, ngành kế tiếp.

    The region's sectors: strengths, growth, duplication, headroom, dependence, what next.

    \b
    Ví dụ · Examples:
      lienvung sectors special --area 74
      lienvung sectors same
    """


@command.command("special")
@area_option
@click.option("--sector", "sectors", multiple=True, help="Khóa ngành · Key of a sector: PADDY_PROD, FDI_CAP_CUM")
@click.option("--against", default="VN", show_default=True, help="So với · Against: VN, R6-DNB, KTTD-PN")
@click.option("--issuer", multiple=True, help="Nơi công bố số của ngành · Issuer of the sector's figures: GSO")
@click.option("--published", help="Như đã công bố đến ngày · As published by this day: 2018-12-31")
@click.option("--shares", is_flag=True, help="Cơ cấu GRDP đã công bố · Published structures of GRDP")
@format_option
@click.pass_obj
def special(
    door: Door, /, areas: Sequence[str], sectors: Sequence[str], against: str, issuer: Sequence[str],
    published: str | None, shares: bool, form: str,
) -> None:  # fmt: skip
    """Địa bàn mạnh về gì: thương số vùng (LQ) hiện nay và qua các năm, khoảng, dấu, đầu vào.

    What places are good at: location quotients now and over the years, with band, mark and inputs.

    \b
    Ví dụ · Examples:
      lienvung sectors special --area 74 --sector FDI_CAP_CUM --against R6-DNB --issuer GSO --published 2018-12-31
      lienvung sectors special --shares --format json
    """
    from lienvung.analyse.sectors.panel import find_panel
    from lienvung.analyse.sectors.shares import find_shares
    from lienvung.analyse.sectors.special import specialise
    from lienvung.present.sectors import special_record

    world = door.world
    day = datetime.fromisoformat(published).date() if published else None
    listed = [s for s in world.sectors.sectors if not sectors or s.key in sectors]
    _known(sectors, [s.key for s in world.sectors.sectors])
    panel = find_panel(world.reader, world.catalogue, listed, day, issuer)
    keys = _areas(door, areas, panel)
    _known([against], ["VN", *panel.members])
    if shares:
        found = find_shares(world.reader, world.catalogue, keys)
    else:
        found = specialise(panel, world.catalogue, [s.key for s in listed if s.key in panel.sectors], keys, against)
    _print([special_record(f, _speaker(door, panel)) for f in found], _SPECIAL, form)


@command.command("growth")
@area_option
@click.option("--from", "first", type=int, help="Năm gốc · Base year")
@click.option("--to", "last", type=int, help="Năm cuối · Last year")
@click.option("--sections", is_flag=True, help="Lao động cả nước theo ngành · The country's employment by section")
@format_option
@click.pass_obj
def growth(
    door: Door, /, areas: Sequence[str], first: int | None, last: int | None, sections: bool, form: str
) -> None:  # fmt: skip
    """Tăng do đâu: đà chung, cơ cấu ngành, hay riêng địa phương; thiếu năm gốc thì từ chối.

    What growth came from: the whole, the mix of sectors, the place; refused where a base is missing.

    \b
    Ví dụ · Examples:
      lienvung sectors growth --area 80 --from 2006 --to 2016
      lienvung sectors growth --sections
    """
    from lienvung.analyse.sectors.growth import split_products, split_sections
    from lienvung.analyse.sectors.study import open_panel
    from lienvung.present.sectors import growth_record

    world = door.world
    panel = open_panel(world.reader, world.catalogue, world.sectors)
    if sections:
        found = split_sections(world.reader, world.catalogue, first, last)
    else:
        found = split_products(panel, world.catalogue, _areas(door, areas, panel), first=first, last=last)
    _print([growth_record(f, _speaker(door, panel)) for f in found], _GROWTH, form)


@command.command("same")
@format_option
@click.pass_obj
def same(door: Door, /, form: str) -> None:
    """Các tỉnh có cơ cấu ngày càng giống nhau, và cùng quy hoạch một loại công trình.

    Provinces whose structures grow alike, and that plan the same kind of facility.

    \b
    Ví dụ · Examples:
      lienvung sectors same
      lienvung sectors same --format json
    """
    from lienvung.present.sectors import likeness_record, same_plan_record

    study = _study(door)
    speaker = _speaker(door, study.panel)
    pairs = [likeness_record(p, speaker) for p in study.alike]
    plans = [same_plan_record(p, door.world.plans, speaker) for p in study.plans]
    if form == "json":
        print_json({"pairs": pairs, "plans": plans, "compared": study.compared, "left_out": study.left_out})
        return
    _print(pairs, _ALIKE, form)
    if form == "table":
        for plan in plans:
            click.echo(f"\n{plan['name']}: " + "; ".join(plan["said"]))


@command.command("room")
@area_option
@click.option("--fit", is_flag=True, help="Khớp đường bão hòa, mất vài giây · Fit saturation curves, some seconds")
@format_option
@click.pass_obj
def room(door: Door, /, areas: Sequence[str], fit: bool, form: str) -> None:
    """Còn bao nhiêu dư địa: tỷ lệ lấp đầy, ICOR, đường bão hòa có khoảng, hoặc lý do không nói được.

    How much room is left: occupancy, ICOR, saturation with its interval, or why it cannot be told.

    \b
    Ví dụ · Examples:
      lienvung sectors room
      lienvung sectors room --area 80 --fit
    """
    from lienvung.analyse.sectors.headroom import FITTED, find_icor, find_occupancy, fit_fdi_per_head, fit_sector
    from lienvung.analyse.sectors.study import open_panel
    from lienvung.present.sectors import headroom_record

    world = door.world
    panel = open_panel(world.reader, world.catalogue, world.sectors)
    keys = _areas(door, areas, panel)
    icor = find_icor(world.reader, world.catalogue)
    found = [*find_occupancy(world.reader, world.catalogue, keys), *([icor] if icor else [])]
    if fit:
        found += [fit_sector(panel, s, a) for a in keys for s in FITTED if s in panel.sectors]
        found += [fit_fdi_per_head(panel, a) for a in keys]
    _print([headroom_record(f, _speaker(door, panel)) for f in found], _ROOM, form)


@command.command("depend")
@area_option
@format_option
@click.pass_obj
def depend(door: Door, /, areas: Sequence[str], form: str) -> None:
    """Phụ thuộc vào những ngành trong danh sách cần tránh phụ thuộc; căn cứ của từng ngành.

    Dependence on flagged sectors, each with its source.

    \b
    Ví dụ · Examples:
      lienvung sectors depend
      lienvung sectors depend --area 77 --format json
    """
    from lienvung.analyse.sectors.dependence import LINKAGES, find_dependence
    from lienvung.analyse.sectors.study import open_panel
    from lienvung.present.sectors import dependence_record

    world = door.world
    panel = open_panel(world.reader, world.catalogue, world.sectors)
    flags = {f.key: f.name for f in world.sectors.flags}
    found = find_dependence(world.reader, world.catalogue, world.sectors.flags, _areas(door, areas, panel))
    _print([dependence_record(f, flags, _speaker(door, panel)) for f in found], _DEPEND, form)
    if form == "table":
        for flag in world.sectors.flags:
            click.echo(
                f"\n{door.say(flag.name.vi, flag.name.en)}: {door.say(flag.reason.vi, flag.reason.en)} ({flag.source})"
            )
        click.echo(door.say(LINKAGES.vi, LINKAGES.en))


@command.command("next")
@area_option
@format_option
@click.pass_obj
def next_command(door: Door, /, areas: Sequence[str], form: str) -> None:
    """Ngành kế tiếp: gần với cái đang có, phức tạp hơn, khả thi; mỗi câu trả lời có lý do.

    What could be next: related, complex, feasible; each answer with its reason.

    \b
    Ví dụ · Examples:
      lienvung sectors next --area 74
      lienvung sectors next --format json
    """
    from lienvung.analyse.sectors.next_sectors import LIMITS
    from lienvung.present.sectors import next_record

    study = _study(door, areas)
    if study.space.reason:
        click.echo(door.say(study.space.reason.vi, study.space.reason.en))
        return
    _print([next_record(n, _speaker(door, study.panel)) for n in study.next_sectors], _NEXT, form)
    if form == "table":
        click.echo(door.say(LIMITS.vi, LIMITS.en))


@command.command("template")
@area_option
@click.option("--period", "periods", multiple=True, required=True, help="Thời kỳ · Period: 2024")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Tệp .csv · CSV file to write.")
@click.pass_obj
def template(door: Door, /, areas: Sequence[str], periods: Sequence[str], out: Path) -> None:
    """Mẫu nhập lao động và GRDP theo ngành VSIC để cơ quan điền và nộp.

    A template of employment and GRDP by section of VSIC, to fill and hand in.

    \b
    Ví dụ · Examples:
      lienvung sectors template --area 80 --period 2024 --out mau.csv
    """
    from lienvung.analyse.sectors.panel import BOUNDARY
    from lienvung.present.sector_template import write_sector_template

    world = door.world
    places = world.catalogue.gazetteer
    members = [str(m.area) for m in places.members(world.catalogue.region, BOUNDARY)]
    keys = [str(_resolve(door, a)) for a in areas] or members
    count = write_sector_template(world.catalogue, keys, periods, out)
    click.echo(door.say(f"Đã ghi mẫu {count} dòng: {out}", f"Template of {count} rows written: {out}"))


@command.command("io")
@click.argument("file", required=False, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--demand", "demands", multiple=True, help="Cầu thêm · Added demand: MANUF=100")
@format_option
@click.pass_obj
def io_command(door: Door, /, file: Path | None, demands: Sequence[str], form: str) -> None:
    """Bảng cân đối liên ngành: nhân tử, liên kết, tác động của một nhu cầu. Không nêu tệp: bảng nước ngoài để học.

    An input-output table: multipliers, linkages, the effect of a demand. Without a file: a foreign table, for teaching.

    \b
    Ví dụ · Examples:
      lienvung sectors io
      lienvung sectors io VNM2020ttl.csv --demand D24A=100
    """
    from lienvung.analyse.sectors.input_output import set_going, study_table
    from lienvung.pipeline.input_tables import read_table
    from lienvung.present.sector_tables import effect_records, table_notes, table_records

    table = read_table(file, door.settings.pack)
    if demands:
        asked = {code: _amount(text) for code, _, text in (d.partition("=") for d in demands)}
        print_records(effect_records(table, set_going(table, asked), door.lang), _EFFECT, form)
    else:
        print_records(table_records(table, study_table(table), door.lang), _TABLE, form)
    if form == "table":
        click.echo("\n".join(table_notes(table, door.lang)))


def _amount(text: str) -> float:
    from lienvung.errors import BadValue

    try:
        return float(text)
    except ValueError:
        raise BadValue(name="--demand", value=text, choices="MANUF=100") from None


def _study(door: Door, areas: Sequence[str] = ()) -> Any:  # noqa: ANN401 - the study's class is loaded late
    from lienvung.analyse.sectors.study import open_panel, study_sectors

    world = door.world
    panel = open_panel(world.reader, world.catalogue, world.sectors)
    keys = _areas(door, areas, panel) if areas else ()
    return study_sectors(world.reader, world.catalogue, world.sectors, world.plans, world.catalogue.region, keys)


def _areas(door: Door, areas: Sequence[str], panel: Panel) -> tuple[str, ...]:
    """The areas asked for, or those of the pack's region, on the boundary that sectors are published on."""
    if not areas:
        return panel.members.get(door.world.catalogue.region, ())
    return tuple(str(_resolve(door, a)) for a in areas)


def _resolve(door: Door, area: str) -> AreaKey:
    from lienvung.analyse.sectors.panel import BOUNDARY

    places = door.world.catalogue.gazetteer
    return places.resolve_printed(area, BOUNDARY) or places.resolve_asked(area, None, None)


def _known(asked: Sequence[str], known: Sequence[str]) -> None:
    from lienvung.errors import BadValue

    for name in asked:
        if name not in known:
            raise BadValue(name="--sector / --against", value=name, choices=", ".join(known))


def _speaker(door: Door, panel: Panel) -> Speaker:
    from lienvung.present.sectors import Speaker
    from lienvung.web.links import Links

    return Speaker(door.world.catalogue, panel.sectors, door.lang, Links(door.lang).trace_row)


def _print(records: Sequence[dict[str, Any]], columns: Sequence[str], form: str) -> None:
    """JSON carries everything; a table and CSV have lists as sentences, and the addresses of inputs alone."""
    if form == "json":
        print_json(list(records))
        return
    print_records([{k: _plain(v) for k, v in r.items()} for r in records], columns, form)


def _plain(value: Any) -> Any:  # noqa: ANN401 - any printable value
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        return round(value, 4)
    if not isinstance(value, (list, tuple)):
        return value
    return "; ".join(_word(v) for v in value)


def _word(value: Any) -> str:  # noqa: ANN401 - any printable value
    if not isinstance(value, dict):
        return str(value)
    return (
        f"{value['name']} {value['text']}" if "part" in value and "pct" in value else str(value.get("address", value))
    )
