"""``lienvung user``: accounts, roles, sessions; the first administrator; recovery by whoever runs the machine."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from lienvung.cli.context import Door
from lienvung.cli.output import format_option, print_json, print_records
from lienvung.errors import NotSignedIn

if TYPE_CHECKING:
    from lienvung.workflow.actors import Actor, Grant

ROLES = ("provider", "steward", "analyst", "coordinator", "administrator")


@click.group("user")
def command() -> None:
    """Tài khoản, vai trò, phiên đăng nhập; người quản trị đầu tiên; khôi phục.

    Accounts, roles, sessions; the first administrator; recovery.

    \b
    Ví dụ · Examples:
      lienvung user add quan --name "Lê Quản" --role administrator
      lienvung user add an --name "Trần Thị An" --role provider --agency SO_TC_BD
      lienvung user reset quan
    """


def operator(door: Door) -> tuple[Actor, bool]:
    """Who gives the command, and whether they only run the machine and are nobody's account here."""
    from lienvung.workflow.actors import local_operator

    try:
        return door.actor, door.actor.account is None
    except NotSignedIn:
        return local_operator(door.settings.user), True


def ask_password(door: Door, from_stdin: bool) -> str:
    """A new password, typed twice and not shown; or the first line of the standard input."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    text = door.say("Mật khẩu mới (từ 12 ký tự)", "New password (12 characters or more)")
    password: str = click.prompt(text, hide_input=True, confirmation_prompt=True, err=True)
    return password


def _grant(door: Door, role: str, agency: str, areas: str) -> Grant:
    from lienvung.domain.areas import AreaKey
    from lienvung.workflow.actors import Grant, Role

    catalogue = door.world.catalogue
    keys = [AreaKey.parse(a.strip()) for a in areas.split(",") if a.strip()]
    held_for = catalogue.require_agency(agency) if agency.strip() else ""
    return Grant(Role(role), held_for, tuple(str(catalogue.gazetteer.area(k).key) for k in keys))


def _print_code(door: Door, login: str, code: str) -> None:
    click.echo(
        door.say(
            f"Mã mời của '{login}' (một lần, 72 giờ): {code}\nĐặt mật khẩu tại: /vi/dang-nhap/loi-moi",
            f"Invitation of '{login}' (once, within 72 hours): {code}\nSet the password at: /en/sign-in/invitation",
        )
    )


@command.command("add")
@click.argument("login")
@click.option("--name", default="", help="Họ tên · Name.")
@click.option("--email", default="", help="Thư điện tử · E-mail.")
@click.option("--role", type=click.Choice(ROLES), multiple=True, help="Vai trò · Role; may be repeated.")
@click.option("--agency", default="", help="Mã cơ quan; trống: mọi cơ quan · Agency; empty: any.")
@click.option("--areas", default="", help="Địa bàn, cách nhau dấu phẩy · Areas, with commas.")
@click.option("--ask", is_flag=True, help="Hỏi mật khẩu ngay · Ask for the password now.")
@click.option("--password-stdin", is_flag=True, help="Đọc mật khẩu từ đầu vào · Read it from the standard input.")
@click.pass_obj
def add(
    door: Door, login: str, name: str, email: str, role: tuple[str, ...], agency: str, areas: str, ask: bool,
    password_stdin: bool,
) -> None:  # fmt: skip
    """Thêm tài khoản: người quản trị đầu tiên đặt mật khẩu ngay, người khác nhận mã mời một lần.

    Add an account: the first administrator sets a password at once, others get a code that works once.

    \b
    Ví dụ · Examples:
      lienvung user add quan --name "Lê Quản" --role administrator
      lienvung user add an --name "Trần Thị An" --role provider --agency SO_TC_BD --areas 74@2004
    """
    from lienvung.workflow.identity import NewAccount

    identity = door.world.identity
    wanted = NewAccount(login, name, email, tuple(_grant(door, r, agency, areas) for r in role))
    is_asked = ask or password_stdin or not identity.has_accounts()
    made, code = identity.add_account(wanted, door.actor, ask_password(door, password_stdin) if is_asked else "")
    click.echo(door.say(f"Đã thêm {made.mark} '{made.login}'.", f"Added {made.mark} '{made.login}'."))
    if code:
        _print_code(door, made.login, code)


@command.command("list")
@format_option
@click.pass_obj
def list_accounts(door: Door, form: str) -> None:
    """Các tài khoản, vai trò đang có.

    The accounts and the roles they hold.

    \b
    Ví dụ · Examples:
      lienvung user list
      lienvung user list --format json
    """
    records = [
        {
            "mark": a.mark, "login": a.login, "name": a.name, "state": a.state,
            "roles": "; ".join(_scope(g) for g in a.held),
            "second_factor": "x" if a.has_totp else "", "sign_on": "x" if a.has_sign_on else "",
        }
        for a in door.world.identity.find_accounts(door.actor)
    ]  # fmt: skip
    print_records(records, ("mark", "login", "name", "state", "roles", "second_factor"), form)


def _scope(grant: Grant) -> str:
    areas = ":" + ",".join(grant.areas) if grant.areas else ""
    return f"{grant.role}({grant.agency or '*'}{areas})"


@command.command("grant")
@click.argument("login")
@click.argument("role", type=click.Choice(ROLES))
@click.option("--agency", default="", help="Mã cơ quan; trống: mọi cơ quan · Agency; empty: any.")
@click.option("--areas", default="", help="Địa bàn, cách nhau dấu phẩy · Areas, with commas.")
@click.pass_obj
def grant(door: Door, login: str, role: str, agency: str, areas: str) -> None:
    """Giao vai trò, trong phạm vi cơ quan và địa bàn.

    Give a role within an agency and areas.

    \b
    Ví dụ · Examples:
      lienvung user grant an provider --agency SO_TC_BD
      lienvung user grant binh steward
    """
    door.world.identity.grant(login, _grant(door, role, agency, areas), door.actor)
    click.echo(door.say(f"Đã giao '{role}' cho '{login}'.", f"'{login}' is now '{role}'."))


@command.command("revoke")
@click.argument("login")
@click.argument("role", type=click.Choice(ROLES))
@click.option("--agency", help="Chỉ trong cơ quan này · Only within this agency.")
@click.pass_obj
def revoke(door: Door, login: str, role: str, agency: str | None) -> None:
    """Thu lại vai trò; lịch sử vẫn còn.

    Take a role back; its history stays.

    \b
    Ví dụ · Examples:
      lienvung user revoke an provider
    """
    from lienvung.workflow.actors import Role

    ended = door.world.identity.revoke(login, Role(role), door.actor, agency)
    click.echo(door.say(f"Đã thu {ended} lần giao '{role}'.", f"Took back {ended} grants of '{role}'."))


@command.command("disable")
@click.argument("login")
@click.option("--undo", is_flag=True, help="Mở lại · Open it again.")
@click.pass_obj
def disable(door: Door, login: str, undo: bool) -> None:
    """Khóa tài khoản: mọi phiên và mã truy cập kết thúc ngay.

    Close an account: its sessions and tokens end now.

    \b
    Ví dụ · Examples:
      lienvung user disable an
      lienvung user disable an --undo
    """
    step = door.world.identity.enable if undo else door.world.identity.disable
    step(login, door.actor)
    vi, en = ("mở lại", "open again") if undo else ("khóa", "closed")
    click.echo(door.say(f"Đã {vi} '{login}'.", f"'{login}' is {en}."))


@command.command("reset")
@click.argument("login")
@click.pass_obj
def reset(door: Door, login: str) -> None:
    """Cấp mã đặt lại mật khẩu; mật khẩu và xác thực hai lớp cũ mất hiệu lực. Người vận hành máy cũng làm được.

    Give a code to set a new password; the old one and the second factor are void. Whoever runs the machine may do
    this without an account, and the audit says so.

    \b
    Ví dụ · Examples:
      lienvung user reset quan
    """
    by, is_operator = operator(door)
    _print_code(door, login, door.world.identity.reset(login, by, is_operator))


@command.command("erase")
@click.argument("login")
@click.option("--yes", is_flag=True, help="Không hỏi lại · Do not ask again.")
@click.pass_obj
def erase(door: Door, login: str, yes: bool) -> None:
    """Xóa dữ liệu cá nhân (Luật 91/2025/QH15); hồ sơ và nhật ký chỉ giữ ký hiệu tài khoản.

    Erase personal data (Law 91/2025/QH15); records and audit keep only the account's mark.

    \b
    Ví dụ · Examples:
      lienvung user erase an
    """
    if not yes:
        click.confirm(
            door.say(f"Xóa vĩnh viễn dữ liệu cá nhân của '{login}'?", f"Erase '{login}' for good?"),
            abort=True,
            err=True,
        )
    mark = door.world.identity.erase(login, door.actor)
    click.echo(door.say(f"Đã xóa; còn lại ký hiệu {mark}.", f"Erased; the mark {mark} stays."))


@command.command("export")
@click.argument("login")
@click.pass_obj
def export(door: Door, login: str) -> None:
    """Toàn bộ dữ liệu hệ thống giữ về một người, dạng JSON (Luật 91/2025/QH15).

    Everything that is kept about a person, as JSON (Law 91/2025/QH15).

    \b
    Ví dụ · Examples:
      lienvung user export an
    """
    print_json(door.world.identity.export_person(login, door.actor))


@command.command("sessions")
@click.option("--end", type=int, metavar="SỐ", help="Kết thúc phiên này · End this session.")
@format_option
@click.pass_obj
def sessions(door: Door, end: int | None, form: str) -> None:
    """Ai đang đăng nhập; kết thúc một phiên.

    Who is signed in; end a session.

    \b
    Ví dụ · Examples:
      lienvung user sessions
      lienvung user sessions --end 12
    """
    identity = door.world.identity
    if end is not None:
        is_ended = identity.end_any_session(end, door.actor)
        click.echo(door.say("Đã kết thúc." if is_ended else "Không có.", "Ended." if is_ended else "No such session."))
        return
    found = identity.all_sessions(door.actor)
    names = identity.names(f"TK{s.account}" for s in found)
    records = [
        {
            "number": s.number, "person": names.get(f"TK{s.account}", f"TK{s.account}"),
            "begun": str(s.created_at)[:16],
            "seen": str(s.seen_at)[:16], "address": s.address, "browser": s.browser,
        }
        for s in found
    ]  # fmt: skip
    print_records(records, ("number", "person", "begun", "seen", "address", "browser"), form)
