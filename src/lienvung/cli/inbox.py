"""``lienvung inbox``: what waits for me, what I have in work, what is owed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lienvung.cli.context import Door
from lienvung.cli.output import print_json

if TYPE_CHECKING:
    from lienvung.domain.calendar import Duty
    from lienvung.workflow.submissions import Submission


@click.command("inbox")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.pass_obj
def command(door: Door, form: str) -> None:
    """Việc cần làm: hồ sơ chờ tôi, hồ sơ của tôi, báo cáo phải nộp và quá hạn.

    What waits for me, what I have in work, what my agency owes and by when.

    \b
    Ví dụ · Examples:
      lienvung inbox
      lienvung inbox --format json
    """
    from lienvung.present.plain import plain

    found = door.works.inbox(door.actor)
    if form == "json":
        print_json(plain(found, without=("report", "claims_sha256", "changes")))
        return
    parts = (
        (door.say("Chờ tôi", "Waiting for me"), [_line(door, s) for s in found.waiting]),
        (door.say("Của tôi", "Mine, in work"), [_line(door, s) for s in found.mine]),
        (door.say("Quá hạn", "Overdue"), [_due(door, d) for d in found.overdue]),
        (door.say("Sắp phải nộp", "Owed"), [_due(door, d) for d in found.owed]),
        (door.say("Nhắc việc", "Reminders"), [n.text(door.lang) for n in found.notices]),
    )
    for heading, lines in parts:
        click.echo(f"{heading}: {len(lines)}")
        for line in lines:
            click.echo(f"  {line}")


def _line(door: Door, found: Submission) -> str:
    from lienvung.workflow.submissions import STATE_NAMES

    state, step = STATE_NAMES[found.state], found.next_step()
    said = door.say(f"{state.vi}. Bước tiếp: {step.vi}", f"{state.en}. Next: {step.en}")
    return f"{found.id}  {found.file_name}  {said}"


def _due(door: Door, duty: Duty) -> str:
    return f"{duty.due:%d/%m/%Y}  {duty.obligation.agency}  {duty.obligation.title(door.lang)}  {duty.period}"
