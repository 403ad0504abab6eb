"""``lienvung login``: sign in at the terminal; a token is kept where only this user of the machine can read it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from lienvung.cli.context import Door
from lienvung.errors import AccountRefused, Both, SignInFailed


@click.command("login")
@click.argument("login", required=False)
@click.option("--code", help="Mã xác thực hai lớp · Code of the second factor.")
@click.option("--days", default=7, show_default=True, help="Số ngày · Days it holds.")
@click.option("--password-stdin", is_flag=True, help="Đọc mật khẩu từ đầu vào · Read it from the standard input.")
@click.option("--out", "leave", is_flag=True, help="Đăng xuất · Sign out: end the token and forget it.")
@click.pass_obj
def command(door: Door, login: str | None, code: str | None, days: int, password_stdin: bool, leave: bool) -> None:
    """Đăng nhập trên dòng lệnh; LIENVUNG_TOKEN, nếu đặt, được dùng thay.

    Sign in on the command line; LIENVUNG_TOKEN, if set, is used instead.

    \b
    Ví dụ · Examples:
      lienvung login an
      lienvung login --out
    """
    path = door.settings.token_file
    if leave:
        _leave(door, path)
        return
    if not door.world.identity.has_accounts():
        raise AccountRefused(reason=Both("chưa có tài khoản nào", "there are no accounts yet"))
    name: str = login or click.prompt(door.say("Tên đăng nhập", "Login"), err=True)
    token, mark = _sign_in(door, name, _password(door, password_stdin), code, days)
    _keep(path, token)
    click.echo(door.say(f"Đã đăng nhập ({mark}); mã giữ tại {path}.", f"Signed in ({mark}); the token is in {path}."))


def _password(door: Door, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password: str = click.prompt(door.say("Mật khẩu", "Password"), hide_input=True, err=True)
    return password


def _sign_in(door: Door, login: str, password: str, code: str | None, days: int) -> tuple[str, str]:
    from lienvung.workflow.actors import EVERYONE, Right
    from lienvung.workflow.identity import Visitor

    identity, here = door.world.identity, Visitor("", "lienvung login")
    opened = identity.sign_in(login, password, here)
    if opened.owes_code:
        given = code or click.prompt(door.say("Mã xác thực", "Code"), err=True)
        opened = identity.confirm(opened.secret, given, here)
    actor = identity.actor_of_session(opened.secret)
    if actor is None:
        raise SignInFailed()
    scopes = [r for r in Right if r not in EVERYONE and actor.has_right(r)]
    token, _ = identity.add_token(actor, "lienvung login", scopes, days)
    identity.sign_out(opened.secret)
    return token, actor.login


def _keep(path: Path, token: str) -> None:
    """Only the user may read it, from the first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = path.with_suffix(".part")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as stream:
        stream.write(token + "\n")
    beside.replace(path)


def _leave(door: Door, path: Path) -> None:
    if door.settings.token and door.world.identity.has_accounts():
        door.world.identity.end_secret(door.settings.token)
    path.unlink(missing_ok=True)
    click.echo(door.say("Đã đăng xuất.", "Signed out."))
