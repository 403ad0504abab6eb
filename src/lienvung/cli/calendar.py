"""``lienvung calendar``: who owes which table when."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_records


@click.group("calendar", invoke_without_command=True)
@format_option
@click.pass_context
def command(ctx: click.Context, form: str) -> None:
    """Lịch báo cáo: cơ quan nào nộp biểu nào, kỳ nào, hạn nào.

    The reporting calendar: every duty of the last 400 and the next 120 days, and what became of it.

    \b
    Ví dụ · Examples:
      lienvung calendar
      lienvung calendar --format csv
    """
    if ctx.invoked_subcommand:
        return
    door: Door = ctx.obj
    columns = ("due", "state", "agency", "title", "period", "submission", "obligation")
    rows = [
        {
            "due": d.due.isoformat(), "state": d.state, "agency": d.obligation.agency,
            "title": d.obligation.title(door.lang), "period": d.period, "submission": d.submission,
            "obligation": f"O{d.obligation.number}",
        }
        for d in door.works.calendar(door.actor)
    ]  # fmt: skip
    print_records(rows, columns, form)


@command.command("keep")
@click.option("--number", default=0, metavar="N", help="Số của nghĩa vụ cần sửa · Number of the one to be changed.")
@click.option("--agency", required=True, help="Mã cơ quan nộp · Code of the agency.")
@click.option("--title", "title_vi", required=True, help="Tên báo cáo · Title in Vietnamese.")
@click.option("--title-en", default="", help="Tên tiếng Anh · Title in English.")
@click.option("--freq", required=True, type=click.Choice(["A", "S", "Q", "M"]), help="Kỳ · Year, half, quarter, month.")
@click.option("--due-day", required=True, type=int, help="Ngày đến hạn · Day of the month.")
@click.option("--due-months", default=1, show_default=True, help="Số tháng sau kỳ · Months after the period's last.")
@click.option("--recipe", default="", help="Công thức đọc của biểu · Recipe of the table.")
@click.option("--indicators", default="", help="Hoặc các chỉ tiêu, cách bằng dấu phẩy · Or indicators, with commas.")
@click.option("--legal-basis", default="", help="Căn cứ pháp lý · The law that asks for it.")
@click.option("--from", "valid_from", default="1945-09-02", help="Từ ngày · From this day.")
@click.option("--to", "valid_to", default="9999-12-31", help="Đến ngày · Until this day.")
@click.pass_obj
def keep(door: Door, /, valid_from: str, valid_to: str, indicators: str, **told: Any) -> None:  # noqa: ANN401 - options
    """Ghi hoặc sửa một nghĩa vụ báo cáo.

    Keep an obligation: a new one, or another wording of the one of --number.

    \b
    Ví dụ · Examples:
      lienvung calendar keep --agency PROV_74 --title "Tỷ lệ thất nghiệp" --freq A --due-day 31 \
        --indicators UNEMP_RATE --legal-basis "…"
    """
    from lienvung.domain.calendar import Obligation

    names = tuple(filter(None, (c.strip() for c in indicators.split(","))))
    days = _day(valid_from), _day(valid_to)
    obligation = Obligation(**told, indicators=names, valid_from=days[0], valid_to=days[1])
    kept = door.works.keep_obligation(obligation, door.actor)
    click.echo(door.say(f"Đã ghi nghĩa vụ O{kept.number}.", f"Obligation O{kept.number} is kept."))


@command.command("ics")
@click.option("-o", "--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="Tệp .ics · File.")
@click.pass_obj
def ics(door: Door, out: Path) -> None:
    """Xuất lịch báo cáo dạng iCalendar.

    Write the reporting calendar as iCalendar.

    \b
    Ví dụ · Examples:
      lienvung calendar ics -o lich-bao-cao.ics
    """
    from lienvung.present.ics import render_ics

    duties = door.works.calendar(door.actor)
    out.write_text(render_ics(duties, door.lang, datetime.now(UTC).replace(tzinfo=None)), "utf-8", newline="")
    click.echo(door.say(f"Đã ghi {out}: {len(duties)} kỳ.", f"Wrote {out}: {len(duties)} duties."))


def _day(text: str) -> date:
    from lienvung.errors import BadDate

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadDate(date=text[:40]) from None
