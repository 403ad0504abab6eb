"""``lienvung comment``: say something of a submission or of a cell."""

from __future__ import annotations

import click

from lienvung.cli.context import Door
from lienvung.errors import BadValue


@click.command("comment")
@click.argument("submission", metavar="S12", required=False)
@click.argument("text", required=False)
@click.option("--cell", default="", metavar="TRANG!B7", help="Ô · The cell, with its sheet if there are several.")
@click.option("--answer", type=int, metavar="7", help="Đánh dấu nhận xét này đã giải quyết · Mark it as seen to.")
@click.pass_obj
def command(door: Door, submission: str | None, text: str | None, cell: str, answer: int | None) -> None:
    """Nhận xét về một hồ sơ hoặc một ô; --answer đánh dấu đã giải quyết.

    Comment on a submission or a cell; --answer marks a comment as seen to.

    \b
    Ví dụ · Examples:
      lienvung comment S12 "Vì sao giảm 40%?" --cell "Bang 1!B7"
      lienvung comment --answer 7
    """
    if answer is not None:
        said = door.works.answer_comment(answer, door.actor)
        click.echo(door.say(f"Nhận xét {said.number}: đã giải quyết.", f"Comment {said.number}: seen to."))
        return
    if not submission or not text:
        raise BadValue(value=submission or "", name="S12 TEXT", choices='lienvung comment S12 "…"')
    sheet, _, place = cell.rpartition("!")
    said = door.works.comment(submission, text, door.actor, sheet, place)
    click.echo(door.say(f"Đã ghi nhận xét {said.number}.", f"Comment {said.number} is kept."))
