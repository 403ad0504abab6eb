"""``lienvung doctor``: is everything in its place?"""

from __future__ import annotations

import click

from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_json


@click.command("doctor")
@format_option
@click.pass_context
def command(ctx: click.Context, form: str) -> None:
    """Khám kho, gói và môi trường; nói rõ chỗ hỏng và cách sửa.

    Examine store, pack and environment; says what is broken and how to mend it.

    \b
    Ví dụ · Examples:
      lienvung doctor
      lienvung doctor --format json
    """
    from lienvung.checkup import examine

    door: Door = ctx.obj
    signs = examine(door.settings)
    if form == "json":
        print_json([{"part": s.part, "is_well": s.is_well, "found": s.found(door.lang)} for s in signs])
    else:
        for sign in signs:
            click.echo(f"{'✓' if sign.is_well else '✗'} {sign.part}: {sign.found(door.lang)}")
    ctx.exit(0 if all(s.is_well for s in signs) else 1)
