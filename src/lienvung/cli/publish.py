"""``lienvung publish``: approved submissions become one release, at once or at a moment to come."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import click

from lienvung.cli.context import Door
from lienvung.errors import BadDate

VIETNAM = timezone(timedelta(hours=7))


@click.command("publish")
@click.argument("submissions", nargs=-1, required=True, metavar="S12…")
@click.option("--title", help="Tên đợt công bố · Title of the release.")
@click.option("--at", metavar="2026-12-01T09:00", help="Hẹn giờ (giờ Việt Nam nếu không ghi múi giờ) · At this moment.")
@click.option("--cancel", is_flag=True, help="Hủy hẹn giờ · Take off the schedule.")
@click.option("--reason", default="", help="Lý do hủy · Reason of the cancellation.")
@click.pass_obj
def command(
    door: Door, submissions: tuple[str, ...], title: str | None, at: str | None, cancel: bool, reason: str
) -> None:
    """Công bố các hồ sơ đã duyệt thành một đợt: tất cả cùng hiện, hoặc không gì cả; --at hẹn giờ.

    Publish approved submissions as one release: all of it is seen, or none. With --at nothing is seen anywhere
    before that moment; 'lienvung work' (or 'serve') publishes it then.

    \b
    Ví dụ · Examples:
      lienvung publish S12
      lienvung publish S12 S13 --title "Báo cáo tháng 11/2026"
      lienvung publish S12 --at 2026-12-01T09:00+07:00
      lienvung publish S12 --cancel --reason "Chờ văn bản"
    """
    if cancel:
        for number in submissions:
            done = door.works.unschedule(number, door.actor, reason)
            click.echo(door.say(f"{done.id}: đã hủy hẹn giờ.", f"{done.id}: taken off the schedule."))
        return
    moment = read_moment(at) if at else None
    note = door.works.publish(submissions, door.actor, title or "", at=moment)
    if note is None:
        when = f"{moment:%d/%m/%Y %H:%M %z}"
        click.echo(door.say(f"Đã hẹn công bố lúc {when}.", f"Scheduled for {when}."))
        return
    click.echo(
        door.say(
            f"Đã công bố đợt {note.id}: {note.added} mới, {note.revised} điều chỉnh, {note.unchanged} không đổi.",
            f"Published release {note.id}: {note.added} new, {note.revised} revised, {note.unchanged} unchanged.",
        )
    )


def read_moment(text: str) -> datetime:
    """A moment as it is typed; without an offset it is Việt Nam's time.

    Raises:
        BadDate: no moment.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadDate(date=text[:40]) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
