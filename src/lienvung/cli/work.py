"""``lienvung work``: does what is due: scheduled releases, reminders, releases that were cut off."""

from __future__ import annotations

import signal
import sys
import threading
from types import FrameType

import click

from lienvung.cli.context import Door


@click.command("work")
@click.option("--once", is_flag=True, help="Làm những việc đến hạn rồi thôi · Do what is due, then end.")
@click.option("--list", "listing", is_flag=True, help="Các việc đang chờ · What waits.")
@click.option("--with-parent", is_flag=True, hidden=True, help="Thôi khi đầu vào đóng · End when the input closes.")
@click.option("--every", default=5.0, show_default=True, help="Số giây giữa hai lần xem · Seconds between two looks.")
@click.pass_obj
def command(door: Door, once: bool, listing: bool, with_parent: bool, every: float) -> None:
    """Công bố hồ sơ đến giờ, nhắc báo cáo, hoàn tất đợt công bố bị ngắt. 'lienvung serve' đã chạy sẵn một tiến trình.

    Publish what was scheduled for now, remind of reports, finish releases that were cut off. Several may run: a job is
    leased by one at a time. If the machine's clock is set back, the office goes by the latest moment it has seen.

    \b
    Ví dụ · Examples:
      lienvung work --once
      lienvung work --list
    """
    if listing:
        for job in door.works.jobs():
            click.echo(f"{job.run_after:%Y-%m-%d %H:%M:%S} UTC  {job.kind}  {job.subject}  {job.state}")
        return
    if once:
        for done in door.works.run_due():
            said = done.error.message(door.lang) if done.error else door.say("xong", "done")
            click.echo(f"{done.job.kind} {done.job.subject}: {said}")
        return
    over = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        over.set()

    if with_parent:
        threading.Thread(target=_wait_for_end, args=(over,), daemon=True).start()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, stop)
    door.works.work(every, over)


def _wait_for_end(over: threading.Event) -> None:
    """The input closes when whoever started this process is gone."""
    sys.stdin.read()
    over.set()
