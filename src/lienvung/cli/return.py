"""``lienvung return``: give a submission back to its officer."""  # noqa: N999 - the command is called so

from __future__ import annotations

import click

from lienvung.cli.context import Door


@click.command("return")
@click.argument("submission", metavar="S12")
@click.option("--reason", required=True, help="Lý do · The reason.")
@click.pass_obj
def command(door: Door, submission: str, reason: str) -> None:
    """Trả lại một hồ sơ để sửa, có lý do; người nộp thấy trong 'lienvung inbox'.

    Give a submission back to its officer, with the reason.

    \b
    Ví dụ · Examples:
      lienvung return S12 --reason "Ô B7 lệch 10 lần so với năm trước"
    """
    done = door.works.return_submission(submission, door.actor, reason)
    click.echo(door.say(f"Đã trả lại {done.id} ({done.file_name}).", f"Returned {done.id} ({done.file_name})."))
