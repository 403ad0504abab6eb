"""``lienvung token``: tokens for the API and the command line."""

from __future__ import annotations

import click

from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_records
from lienvung.errors import BadValue


@click.group("token")
def command() -> None:
    """Mã truy cập cho API và dòng lệnh: quyền hạn chế, có thời hạn, chỉ hiện một lần.

    Tokens for the API and the command line: limited rights, an end, shown once.

    \b
    Ví dụ · Examples:
      lienvung token add "máy chủ báo cáo" --scope submit --days 90
      lienvung token list
    """


@command.command("add")
@click.argument("name")
@click.option("--scope", "scopes", multiple=True, required=True, help="Quyền · Right: submit, decide, publish …")
@click.option("--days", default=90, show_default=True, help="Số ngày · Days it holds.")
@click.pass_obj
def add(door: Door, name: str, scopes: tuple[str, ...], days: int) -> None:
    """Tạo mã truy cập; chỉ in ra lần này.

    Make a token; it is printed now and never again.

    \b
    Ví dụ · Examples:
      lienvung token add "máy chủ báo cáo" --scope submit --scope see_submissions --days 90
    """
    from lienvung.workflow.actors import EVERYONE, Right

    known = {r.value: r for r in Right if r not in EVERYONE}
    if unknown := [s for s in scopes if s not in known]:
        raise BadValue(value=unknown[0], name="--scope", choices=", ".join(known))
    secret, number = door.world.identity.add_token(door.actor, name, [known[s] for s in scopes], days)
    click.echo(door.say(f"Mã truy cập số {number}, chỉ hiện lần này:", f"Token {number}, shown only now:"), err=True)
    click.echo(secret)


@command.command("list")
@format_option
@click.pass_obj
def list_tokens(door: Door, form: str) -> None:
    """Các mã truy cập của tôi.

    My tokens.

    \b
    Ví dụ · Examples:
      lienvung token list
    """
    records = [
        {
            "number": t.number, "name": t.name, "scopes": ",".join(t.scopes), "expires": str(t.expires_at)[:16],
            "used": str(t.used_at or "")[:16], "ended": str(t.ended_at or "")[:16],
        }
        for t in door.world.identity.own_tokens(door.actor)
    ]  # fmt: skip
    print_records(records, ("number", "name", "scopes", "expires", "used", "ended"), form)


@command.command("revoke")
@click.argument("number", type=int)
@click.pass_obj
def revoke(door: Door, number: int) -> None:
    """Hủy mã truy cập ngay.

    End a token now.

    \b
    Ví dụ · Examples:
      lienvung token revoke 3
    """
    is_ended = door.world.identity.end_token(door.actor, number)
    click.echo(door.say("Đã hủy." if is_ended else "Không có.", "Ended." if is_ended else "No such token."))
