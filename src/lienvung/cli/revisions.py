"""``lienvung revisions``: what was said of a series, vintage by vintage."""

from __future__ import annotations

import click

from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_records, render_table


@click.command("revisions")
@click.argument("indicator")
@click.argument("area")
@click.option("--from", "start", help="Từ · From: 2016")
@click.option("--to", "end", help="Đến · To")
@click.option("--issuer", help="Nơi công bố · Issuer code")
@click.option("--breakdown", help="Phân tổ, 'all' là mọi phân tổ · Breakdown code, 'all' for all")
@click.option("--activity", help="Ngành, 'all' là mọi ngành · Activity code, 'all' for all")
@click.option("--published", help="Chỉ các lần công bố đến ngày · Only vintages published by: 2023-12-31")
@click.option("--recorded", help="Các lần công bố hệ thống biết lúc · Vintages this database knew at: 2026-11-20")
@format_option
@click.pass_obj
def command(door: Door, /, indicator: str, area: str, form: str, **choices: str | None) -> None:
    """Mọi lần công bố của một chuỗi: thời kỳ theo dòng, ngày công bố theo cột, mức sửa, văn bản, tệp.

    Every vintage of a series: periods down, days of publication across, size of the revisions, document, file.

    \b
    Ví dụ · Examples:
      lienvung revisions POP_AVG 74
      lienvung revisions GRDP_GROWTH 74 --from 2023 --to 2023 --format json
      lienvung revisions FDI_CAP_CUM 74 --issuer FIA --published 2018-12-31
    """
    from lienvung.analyse.revisions import compare_series
    from lienvung.chain import read_question
    from lienvung.present.revisions import revision_records, revision_triangle

    catalogue = door.world.catalogue
    question = read_question(catalogue, [indicator], {**choices, "areas": area})
    steps = compare_series(catalogue, door.world.reader, question, choices).steps
    if form != "table":
        records = revision_records(steps, catalogue, door.lang)
        print_records(records, tuple(records[0]), form)
        return
    table = revision_triangle(steps, catalogue, door.lang)
    click.echo(table.title)
    click.echo(render_table([[str(c) for c in row] for row in table.rows], [c.heading for c in table.columns]))
    click.echo("\n".join(("", *table.notes)))
