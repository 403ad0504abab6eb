"""``lienvung init``: a store with the pack's figures."""

from __future__ import annotations

import click

from lienvung.cli.context import Door


@click.command("init")
@click.pass_obj
def command(door: Door) -> None:
    """Tạo kho và nạp gói dữ liệu của vùng; chạy lại không nạp hai lần.

    Make the store and load the region's pack; running it again loads nothing twice.

    \b
    Ví dụ · Examples:
      lienvung init
      LIENVUNG_HOME=/srv/lienvung lienvung init
    """
    catalogue, settings = door.world.catalogue, door.settings
    name = catalogue.name_vi if door.lang == "vi" else catalogue.name_en
    click.echo(door.say(f"Gói: {name} ({catalogue.version})", f"Pack: {name} ({catalogue.version})"))
    click.echo(door.say(f"Kho: {settings.home}", f"Store: {settings.home}"))

    def progress(done: int, total: int, what: str) -> None:
        click.echo(f"  [{done + 1:>3}/{total}] {what}")

    note = door.works.load_pack(progress=progress)
    waiting = door.works.refused_of_pack()
    for refused in waiting:
        click.echo(
            door.say(
                f"  ! {refused.file_name}: {refused.errors} lỗi, chưa nạp",
                f"  ! {refused.file_name}: {refused.errors} errors, not loaded",
            ),
            err=True,
        )
    if note is None:
        click.echo(door.say("Không có gì mới để nạp.", "There is nothing new to load."))
        return
    click.echo(
        door.say(
            f"Đã công bố đợt {note.id}: {note.added:,} số liệu mới, {note.revised:,} bản điều chỉnh.",
            f"Published release {note.id}: {note.added:,} new figures, {note.revised:,} further vintages.",
        )
    )
