"""``lienvung trace``: one number, down to its cell."""

from __future__ import annotations

import click

from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_json, print_records


@click.command("trace")
@click.argument("indicator")
@click.argument("area")
@click.argument("period")
@click.option("--issuer", help="Nơi công bố · Issuer code")
@click.option("--breakdown", help="Phân tổ · Breakdown code")
@click.option("--activity", help="Ngành · Activity code")
@format_option
@click.pass_obj
def command(door: Door, /, indicator: str, area: str, period: str, form: str, **choices: str | None) -> None:
    """Truy một con số: mọi bản đã công bố, văn bản, tệp, trang tính, ô.

    Trace one number: every vintage, the document, the file, the sheet, the cell.

    \b
    Ví dụ · Examples:
      lienvung trace FDI_CAP_CUM 74 2020
      lienvung trace GRDP_GROWTH 74 2023 --format json
    """
    from lienvung.chain import ask_vintages
    from lienvung.present.lineage import lineage_records, render_lineage

    catalogue = door.world.catalogue
    table = ask_vintages(catalogue, door.world.reader, indicator, area, period, choices)
    records = lineage_records(table, catalogue, door.lang)
    if form == "json":
        print_json(records)
    elif form == "csv":
        print_records(records, tuple(records[0]), form)
    else:
        click.echo(render_lineage(records, catalogue, door.lang))
