"""``lienvung publish``: approved submissions become one release."""

from __future__ import annotations

import click

from lienvung.cli.context import Door


@click.command("publish")
@click.argument("submissions", nargs=-1, required=True, metavar="S12…")
@click.option("--title", help="Tên đợt công bố · Title of the release.")
@click.pass_obj
def command(door: Door, submissions: tuple[str, ...], title: str | None) -> None:
    """Công bố các hồ sơ đã duyệt thành một đợt: tất cả cùng hiện, hoặc không gì cả.

    Publish approved submissions as one release: all of it is seen, or none.

    \b
    Ví dụ · Examples:
      lienvung publish S12
      lienvung publish S12 S13 --title "Báo cáo tháng 11/2026"
    """
    note = door.works.publish_now(submissions, door.actor, title or "")
    click.echo(
        door.say(
            f"Đã công bố đợt {note.id}: {note.added} mới, {note.revised} điều chỉnh, {note.unchanged} không đổi.",
            f"Published release {note.id}: {note.added} new, {note.revised} revised, {note.unchanged} unchanged.",
        )
    )
