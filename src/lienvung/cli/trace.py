"""``lienvung trace``: one number, down to its cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lienvung.cli.boundaries import boundary_options, flatten_inputs, print_notes
from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_json, print_records


@click.command("trace")
@click.argument("indicator")
@click.argument("area")
@click.argument("period")
@click.option("--issuer", help="Nơi công bố · Issuer code")
@click.option("--breakdown", help="Phân tổ · Breakdown code")
@click.option("--activity", help="Ngành · Activity code")
@boundary_options
@click.option("--published", help="Số đã công bố đến ngày (khi có --boundary) · As published by (with --boundary)")
@click.option("--recorded", help="Số hệ thống biết lúc (khi có --boundary) · As known at (with --boundary)")
@format_option
@click.pass_obj
def command(door: Door, /, indicator: str, area: str, period: str, form: str, **choices: str | None) -> None:
    """Truy một con số: mọi bản đã công bố, văn bản, tệp, trang tính, ô.

    Trace one number: every vintage, the document, the file, the sheet, the cell.

    \b
    Ví dụ · Examples:
      lienvung trace FDI_CAP_CUM 74 2020
      lienvung trace GRDP_GROWTH 74 2023 --format json
      lienvung trace GRDP_CUR 79 2020 --boundary 2025-07-01
      lienvung trace POP_AVG KTTD-PN 2020
    """
    from lienvung.chain import ask_derivation, ask_vintages, is_derived
    from lienvung.present.lineage import lineage_records, render_lineage
    from lienvung.present.records import observation_records

    catalogue = door.world.catalogue
    if is_derived(catalogue, area, choices):
        answer = ask_derivation(catalogue, door.world.reader, indicator, area, period, choices)
        made = observation_records(answer.table, catalogue, door.lang)
        _print_derivation(made, door, form)
        print_notes(answer, door)
        return
    table = ask_vintages(catalogue, door.world.reader, indicator, area, period, choices)
    records = lineage_records(table, catalogue, door.lang)
    if form == "json":
        print_json(records)
    elif form == "csv":
        print_records(records, tuple(records[0]), form)
    else:
        click.echo(render_lineage(records, catalogue, door.lang))


def _print_derivation(records: Sequence[dict[str, Any]], door: Door, form: str) -> None:
    from lienvung.present.derivations import render_derivations

    if form == "json":
        print_json(list(records))
    elif form == "csv":
        print_records(flatten_inputs(records), tuple(records[0]), form)
    else:
        click.echo(render_derivations(records, door.world.catalogue, door.lang))
