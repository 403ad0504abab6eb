"""``lienvung plans``: the register of plans, a target held against its figures, plans held against each other."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_json, print_records
from lienvung.domain.comparisons import AGREES, HOLDS
from lienvung.errors import BadValue

_PLANS = ("plan", "published", "issuer", "territory_name", "period", "status", "targets")
_TARGETS = ("target", "territory_name", "name", "when", "printed", "unit_name", "is_current")
_PROPOSED = ("target", "territory_name", "printed", "weight_text", "proposed", "change_text", "document")
_FOUND = ("verdict_name", "rule", "territory_name", "said")


@click.group("plans")
def command() -> None:
    """Sổ quy hoạch, kế hoạch và mục tiêu: tra cứu, theo dõi, đối chiếu.

    The register of plans and targets: look up, track, compare.

    \b
    Ví dụ · Examples:
      lienvung plans list
      lienvung plans compare
    """


@command.command("list")
@click.option("--territory", help="Mã địa bàn hoặc vùng · Area key or region: 74@2004, R6-DNB")
@format_option
@click.pass_obj
def list_plans(door: Door, /, territory: str | None, form: str) -> None:
    """Các văn bản, mới nhất trước.

    The documents, newest first.

    \b
    Ví dụ · Examples:
      lienvung plans list
      lienvung plans list --territory 74@2004 --format json
    """
    from lienvung.present.plans import plan_records

    register = door.world.plans
    plans = [p for p in register.plans.values() if territory in (None, p.territory)]
    print_records(plan_records(plans, register, door.world.catalogue, door.lang), _PLANS, form)


@command.command("show")
@click.argument("plan")
@format_option
@click.pass_obj
def show(door: Door, /, plan: str, form: str) -> None:
    """Một văn bản và các mục tiêu của nó. Khóa là mã, hoặc số hiệu nếu chỉ một văn bản mang số đó.

    One document with its targets, by key, or by number where only one document bears it.

    \b
    Ví dụ · Examples:
      lienvung plans show 790-qd-ttg-2024
      lienvung plans show 154/NQ-CP --format json
    """
    from lienvung.present.plans import plan_records, target_record

    register, catalogue = door.world.plans, door.world.catalogue
    found = register.plan(plan)
    (about,) = plan_records([found], register, catalogue, door.lang)
    targets = [target_record(t, register, catalogue, door.lang) for t in register.of_plan(found.key)]
    if form == "json":
        print_json({**about, "targets": targets})
        return
    if form == "table":
        click.echo("\n".join(f"{name}: {value}" for name, value in about.items() if value))
        click.echo()
    print_records(targets, _TARGETS, form)


@command.command("target")
@click.argument("target")
@click.option("--since", type=int, help="Giữ mức bình quân kể từ năm · Hold the mean from this year: 2023")
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.pass_obj
def target_command(door: Door, /, target: str, since: int | None, form: str) -> None:
    """Một mục tiêu đối chiếu với số liệu: cần đạt bao nhiêu mỗi năm, với giả định nào, khả năng đạt.

    One target against its figures: what each year must bring, on which assumptions, how likely it is.

    \b
    Ví dụ · Examples:
      lienvung plans target TG-005
      lienvung plans target TG-005 --since 2023
    """
    from lienvung.analyse.targets.tracking import track_target
    from lienvung.analyse.targets.yardsticks import find_yardsticks
    from lienvung.present.plans import target_record, track_record, write_track
    from lienvung.present.yardsticks import yardstick_records

    world = door.world
    found = world.plans.target(target)
    track = track_target(world.reader, world.catalogue, world.plans, found, datetime.now().date(), since)
    versions = [target_record(t, world.plans, world.catalogue, door.lang) for t in world.plans.versions(found.key)]
    found_yards = find_yardsticks(world.reader, world.catalogue, world.plans, [track]).get(found.key, [])
    yards = yardstick_records(found_yards, track, world.catalogue, door.lang) if found_yards else []
    if form == "json":
        record = track_record(track, world.plans, world.catalogue, door.lang)
        print_json({**record, "versions": versions, "yardsticks": yards})
        return
    about = target_record(found, world.plans, world.catalogue, door.lang)
    click.echo(f"{found.key}  {about['territory_name']}: {about['name']}, {about['when']}: {found.printed}")
    click.echo(f"{about['document']} [{about['confidence']}]")
    if len(versions) > 1:
        click.echo(" → ".join(f"{v['printed']} ({v['document']})" for v in versions))
    click.echo()
    click.echo("\n".join(write_track(track, world.catalogue, door.lang)))
    if yards:
        title = (
            "Đã đạt được, trên số năm tương ứng (không đủ năm: số năm có)",
            "Achieved over as many years (or as there are)",
        )
        click.echo("\n" + door.say(*title))
        best, latest = door.say("cao nhất", "best"), door.say("gần nhất", "latest")
        for yard in yards:
            told = f"{best} {yard['best']['when']}: {yard['best']['text']}; {latest} {yard['latest']['when']}: "
            click.echo(f"  {yard['territory_name']}: {told}{yard['latest']['text']}")


@command.command("compare")
@click.option("--all", "every", is_flag=True, help="Cả những chỗ đã thống nhất · What agrees as well")
@format_option
@click.pass_obj
def compare(door: Door, /, every: bool, form: str) -> None:
    """Các quy hoạch có thống nhất với nhau không; mỗi chỗ kèm phép tính và văn bản.

    Do the plans agree with each other; each finding with its arithmetic and documents.

    \b
    Ví dụ · Examples:
      lienvung plans compare
      lienvung plans compare --all --format json
    """
    from lienvung.analyse.targets.conflicts import compare_region_plans
    from lienvung.present.plans import comparison_record

    world = door.world
    found = compare_region_plans(world.reader, world.catalogue, world.plans)
    told = [c for c in found if every or c.verdict != AGREES]
    records = [comparison_record(c, world.plans, world.catalogue, door.lang) for c in told]
    print_records(records, _FOUND, form)


@command.command("propose")
@click.argument("region")
@click.option("--hold", type=click.Choice(HOLDS), default="region", show_default=True,
              help="Giữ mục tiêu vùng, hay không giữ · Whose target stays")  # fmt: skip
@format_option
@click.pass_obj
def propose(door: Door, /, region: str, hold: str, form: str) -> None:
    """Phương án dung hòa mục tiêu tăng trưởng của vùng và các tỉnh: điều chỉnh ít nhất. Chỉ là đề xuất.

    How the growth targets of a region and its provinces would agree with the least change. Nothing is changed.

    \b
    Ví dụ · Examples:
      lienvung plans propose R6-DNB
      lienvung plans propose R6-DNB --hold none --format json
    """
    from lienvung.analyse.targets.proposals import propose_targets
    from lienvung.present.reconciliations import reconciliation_record

    world = door.world
    found = propose_targets(world.reader, world.catalogue, world.plans, region, hold)
    records = [reconciliation_record(p, world.plans, world.catalogue, door.lang) for p in found]
    if form == "json":
        print_json(records)
        return
    for record in records:
        if form == "table":
            click.echo(_describe_proposal(record, door))
        print_records(record["provinces"], _PROPOSED, form)


def _describe_proposal(record: dict[str, Any], door: Door) -> str:
    mark = door.say("ĐỀ XUẤT, chưa thay đổi gì", "A PROPOSAL, nothing is changed")
    means = door.say("bình quân các tỉnh {0} → {1} %, vùng {2} %", "mean of provinces {0} → {1} %, region {2} %")
    texts = record["texts"]
    told = means.format(texts["mean_before"], texts["mean_after"], texts["region_after"])
    lines = [f"{record['region_name']}: {record['printed']}, {record['document']}", f"{mark}: {record['hold_name']}"]
    if record["lacking"]:
        left_out = door.say("Không tham gia (chưa có mục tiêu cùng kỳ, cùng phạm vi)", "Left out (no such target)")
        lines.append(f"{left_out}: {', '.join(record['lacking'])}")
    if not record["is_needed"]:
        told += door.say("; hai khoảng giao nhau, không cần điều chỉnh", "; the ranges meet, nothing is to be changed")
    return "\n".join(["", *lines, told, record["method"], ""])


@command.command("innovation")
@format_option
@click.pass_obj
def innovation(door: Door, /, form: str) -> None:
    """Sổ khởi nghiệp, đổi mới sáng tạo: chương trình, doanh nghiệp được hỗ trợ, số liệu theo dõi kết quả.

    Start-ups and innovation: programmes, supported firms, figures by which results are followed.

    JSON: cả ba phần · all three parts.

    \b
    Ví dụ · Examples:
      lienvung plans innovation
      lienvung plans innovation --format json
    """
    from lienvung.analyse.innovation import find_results
    from lienvung.present.innovation import programme_record, result_records, support_record
    from lienvung.store.packs.innovation import load_innovation
    from lienvung.web.links import Links

    world, lang = door.world, door.lang
    register = load_innovation(world.settings.pack)
    rows = find_results(world.reader, world.catalogue, register)
    found = {
        "programmes": [programme_record(p, world.catalogue, lang) for p in register.programmes.values()],
        "supports": [support_record(s, world.catalogue, lang) for s in register.supports.values()],
        "results": result_records(register, rows, world.catalogue, lang, Links(lang).trace_row),
    }
    if form == "json":
        print_json(found)
        return
    if form == "table":
        print_records(found["programmes"], ("number", "published", "kind", "issuer", "territory_name", "title"), form)
        told = door.say("Doanh nghiệp được hỗ trợ: {0}", "Supported firms: {0}").format(len(found["supports"]))
        click.echo(f"\n{told}\n")
    print_records(found["results"], ("programme_name", "indicator", "territory_name", "period", "text", "unit"), form)


@command.command("overlap")
@click.argument("one", type=click.Path(path_type=Path))
@click.argument("other", type=click.Path(path_type=Path))
@click.option("--same-use", is_flag=True, help="Kể cả khi cùng mục đích · Count zones of the same use too")
@format_option
@click.pass_obj
def overlap(door: Door, /, one: Path, other: Path, same_use: bool, form: str) -> None:
    """Phần đất mà hai quy hoạch cùng sử dụng: GeoJSON, GeoPackage hoặc SHP nén, khác hệ tọa độ cũng được.

    Land that two plans both want: GeoJSON, GeoPackage or zipped SHP, of any projection.

    \b
    Ví dụ · Examples:
      lienvung plans overlap khu-cong-nghiep.geojson rung-phong-ho.gpkg
      lienvung plans overlap a.zip b.geojson --same-use --format json
    """
    from lienvung.pipeline.zones import overlay_files

    first, second, found = overlay_files(one, other, not same_use)
    records = [
        {
            "one": f.one.name, "use_one": f.one.use, "other": f.other.name, "use_other": f.other.use,
            "area_ha": round(f.area_ha, 4), "share_of_one": round(f.share_of_one, 6),
            "share_of_other": round(f.share_of_other, 6), "place_one": f.one.place, "place_other": f.other.place,
        }
        for f in found
    ]  # fmt: skip
    if form == "table":
        counts = (len(first.zones), first.crs, len(second.zones), second.crs)
        click.echo(door.say("{0} vùng ({1}) × {2} vùng ({3})", "{0} zones ({1}) × {2} zones ({3})").format(*counts))
    print_records(records, ("one", "use_one", "other", "use_other", "area_ha", "share_of_one", "share_of_other"), form)


@command.command("facilities")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--radius", type=float, default=30.0, show_default=True, help="Bán kính phục vụ, km · Catchment, km")
@click.option("--kind-radius", "own", multiple=True, help="Bán kính riêng của một loại · Of one kind: 'cảng=50'")
@click.option("--kind-column", default="", help="Cột loại công trình · Column of the kind")
@format_option
@click.pass_obj
def facilities(
    door: Door, /, files: tuple[Path, ...], radius: float, own: tuple[str, ...], kind_column: str, form: str
) -> None:
    """Cùng một loại công trình được quy hoạch hai lần trong một bán kính phục vụ: lớp điểm có cột loại.

    The same kind of facility planned twice within one catchment: layers of points with a column of their kind.

    \b
    Ví dụ · Examples:
      lienvung plans facilities quy-hoach-binh-duong.geojson quy-hoach-dong-nai.gpkg --radius 30
      lienvung plans facilities cong-trinh.geojson --kind-radius 'sân bay=100' --format json
    """
    from lienvung.pipeline.zones import compare_facilities

    layers, found = compare_facilities(files, radius, dict(_kind_radius(text) for text in own), kind_column)
    records = [
        {
            "kind": p.one.kind, "one": p.one.name, "plan_one": p.one.plan, "other": p.other.name,
            "plan_other": p.other.plan, "distance_km": round(p.distance_km, 3), "radius_km": p.radius_km,
            "place_one": p.one.place, "place_other": p.other.place,
        }
        for p in found
    ]  # fmt: skip
    if form == "table":
        told = door.say("{0}: {1} công trình ({2})", "{0}: {1} facilities ({2})")
        click.echo("\n".join(told.format(x.name, len(x.facilities), x.crs) for x in layers))
    print_records(records, ("kind", "one", "plan_one", "other", "plan_other", "distance_km", "radius_km"), form)


def _kind_radius(text: str) -> tuple[str, float]:
    kind, _, radius = text.rpartition("=")
    try:
        return kind.strip(), float(radius)
    except ValueError:
        raise BadValue(value=text, name="--kind-radius", choices="'cảng=50'") from None
