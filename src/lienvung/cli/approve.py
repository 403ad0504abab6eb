"""``lienvung approve``: say that submissions are right."""

from __future__ import annotations

import click

from lienvung.cli.context import Door


@click.command("approve")
@click.argument("submissions", nargs=-1, required=True, metavar="S12…")
@click.pass_obj
def command(door: Door, submissions: tuple[str, ...]) -> None:
    """Duyệt hồ sơ do người khác nộp; hồ sơ còn lỗi không duyệt được. Xem trước: lienvung submit --show S12 --diff.

    Approve submissions that another person handed in; one that has errors cannot be approved.

    \b
    Ví dụ · Examples:
      lienvung approve S12
      lienvung approve S12 S13
    """
    for number in submissions:
        done = door.works.approve(number, door.actor)
        click.echo(
            door.say(
                f"Đã duyệt {done.id} ({done.file_name}, {done.rows} số liệu). Tiếp theo: lienvung publish {done.id}",
                f"Approved {done.id} ({done.file_name}, {done.rows} figures). Next: lienvung publish {done.id}",
            )
        )
