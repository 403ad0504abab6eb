"""``lienvung pack``: what the pack knows, whether it is right, templates to fill."""

from __future__ import annotations

from pathlib import Path

import click

from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_json, print_records
from lienvung.domain.names import fold
from lienvung.errors import EXIT_FINDINGS


@click.group("pack")
def command() -> None:
    """Gói dữ liệu của vùng: danh mục, kiểm tra, mẫu nhập.

    The region's pack: lists, check, templates.

    \b
    Ví dụ · Examples:
      lienvung pack check
      lienvung pack list fdi
      lienvung pack areas "tây ninh"
      lienvung pack template GRDP_CUR,POP_AVG --out mau.xlsx
    """


@command.command("check")
@click.argument("folder", required=False, type=click.Path(path_type=Path, exists=True, file_okay=False))
@format_option
@click.pass_context
def check(ctx: click.Context, folder: Path | None, form: str) -> None:
    """Kiểm tra gói theo lược đồ: sai gì, ở tệp nào, dòng nào · Check a pack: what is wrong where.

    \b
    Ví dụ · Examples:
      lienvung pack check
      lienvung pack check packs/another-region --format json
    """
    from lienvung.pipeline import inspect_pack
    from lienvung.present.findings import finding_records, render_findings

    door: Door = ctx.obj
    where = folder or door.settings.pack
    findings = inspect_pack(where)
    if form == "json":
        print_json(finding_records(findings.items, door.lang))
    elif form == "csv":
        columns = ("rule", "severity", "sheet", "cell", "message", "suggestion", "count")
        print_records(finding_records(findings.items, door.lang), columns, form)
    else:
        report = {f"understood_{door.lang}": [str(where)], "rows": findings.count("info")}
        text = render_findings(report, findings.items, door.lang).splitlines()
        click.echo("\n".join([*text[:2], *text[3:]]))
    ctx.exit(EXIT_FINDINGS if findings.has_errors else 0)


@command.command("list")
@click.argument("words", nargs=-1)
@format_option
@click.pass_obj
def list_indicators(door: Door, words: tuple[str, ...], form: str) -> None:
    """Danh mục chỉ tiêu, lọc theo từ (không cần dấu) · Indicators, filtered by words without accents.

    \b
    Ví dụ · Examples:
      lienvung pack list
      lienvung pack list dan so
      lienvung pack list T05 --format csv
    """
    records = [
        {
            "code": i.code,
            "indicator_key": i.indicator_key,
            "name_vi": i.name_vi,
            "name_en": i.name_en,
            "unit": i.unit,
            "aggregation": i.aggregation,
            "price_basis": i.price_basis,
            "comparison": i.comparison,
            "direction": i.direction,
            "frequency": i.frequency,
            "group": i.group,
            "code_status": i.code_status,
        }
        for i in door.world.catalogue.indicators.values()
        if all(fold(w) in fold(f"{i.code} {i.indicator_key} {i.name_vi} {i.name_en}") for w in words)
    ]
    print_records(records, ("code", "indicator_key", f"name_{door.lang}", "unit", "aggregation", "frequency"), form)


@command.command("areas")
@click.argument("words", nargs=-1)
@format_option
@click.pass_obj
def list_areas(door: Door, words: tuple[str, ...], form: str) -> None:
    """Danh mục địa bàn trước và sau 1/7/2025 · Areas before and after 1 July 2025.

    \b
    Ví dụ · Examples:
      lienvung pack areas
      lienvung pack areas long an
    """
    places = door.world.catalogue.gazetteer
    records = [
        {
            "area": str(a.key),
            "level": a.level,
            "kind_vi": a.kind_vi,
            "name_vi": a.name_vi,
            "name_en": a.name_en,
            "valid_to": "" if a.valid_to.year == 9999 else a.valid_to.isoformat(),
            "successors": " ".join(str(s.successor) for s in places.successors(a.key)),
        }
        for a in sorted(places.areas.values(), key=lambda a: a.key)
        if all(fold(w) in fold(f"{a.key} {a.name_vi} {a.name_en}") for w in words)
    ]
    print_records(records, ("area", "level", f"name_{door.lang}", "valid_to", "successors"), form)


@command.command("recipes")
@format_option
@click.pass_obj
def list_recipes(door: Door, form: str) -> None:
    """Các công thức đọc tệp · Recipes for reading files.

    \b
    Ví dụ · Examples:
      lienvung pack recipes
    """
    records = [
        {"id": r.id, "reader": r.reader, "issuer": r.issuer, "title_vi": r.title_vi, "title_en": r.title_en}
        for r in door.works.recipes.values()
    ]
    print_records(records, ("id", "reader", "issuer", f"title_{door.lang}"), form)


@command.command("template")
@click.argument("indicators")
@click.option("--areas", help="Mã địa bàn · Area codes; cả vùng nếu bỏ trống · the whole region if left out.")
@click.option("--periods", default="", help="Thời kỳ · Periods: 2024,2025")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="Tệp .xlsx hoặc .csv · File to write.")
@click.pass_obj
def template(door: Door, indicators: str, areas: str | None, periods: str, out: Path) -> None:
    """Mẫu nhập số liệu để đơn vị điền và nộp · A template that an agency fills and submits.

    \b
    Ví dụ · Examples:
      lienvung pack template GRDP_CUR,POP_AVG --periods 2024,2025 --out mau.xlsx
      lienvung pack template UNEMP_RATE --areas 74@2004 --periods 2023 --out mau.csv
    """
    from lienvung.chain import read_question
    from lienvung.present.template import write_template

    catalogue = door.world.catalogue
    choices = {"areas": areas} if areas else {"region": catalogue.region}
    question = read_question(catalogue, indicators.split(","), choices)
    write_template(catalogue, question.indicators, question.areas, [p for p in periods.split(",") if p], out)
    click.echo(door.say(f"Đã ghi mẫu: {out}", f"Template written: {out}"))
