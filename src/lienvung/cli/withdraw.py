"""``lienvung withdraw``: take published figures back by a new release."""

from __future__ import annotations

import click

from lienvung.cli.context import Door


@click.command("withdraw")
@click.argument("submission", metavar="S12")
@click.option("--reason", required=True, help="Lý do · The reason.")
@click.pass_obj
def command(door: Door, submission: str, reason: str) -> None:
    """Thu hồi một hồ sơ đã công bố bằng một đợt mới: số liệu trước đó đứng lại, quá khứ không đổi.

    Take a published submission back by a new release: what stood before stands again, and what was recorded earlier
    keeps its answer.

    \b
    Ví dụ · Examples:
      lienvung withdraw S12 --reason "Nhầm đơn vị tính, công văn 12/CTK"
    """
    note = door.works.withdraw(submission, door.actor, reason)
    click.echo(
        door.say(
            f"Đã thu hồi bằng đợt {note.id}: {note.revised} số liệu trở về như trước.",
            f"Withdrawn by release {note.id}: {note.revised} figures are as before.",
        )
    )
