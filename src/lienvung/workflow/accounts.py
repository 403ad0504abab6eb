"""Accounts, and the roles given to them within agencies and areas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from lienvung.errors import AccountRefused, BadValue, Both, CodeNotValid, UnknownAccount
from lienvung.workflow import clock
from lienvung.workflow.actors import Grant, Role
from lienvung.workflow.credentials import clean_code, hash_secret, new_code
from lienvung.workflow.tables import (
    AccountRow,
    GrantRow,
    InvitationRow,
    RecoveryCodeRow,
    SessionRow,
    SignOnRow,
    TokenRow,
)

ACTIVE, DISABLED, ERASED = "active", "disabled", "erased"
INVITATION = timedelta(hours=72)
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")
_RESERVED = re.compile(r"tk\d+|pack|system")
_MARK = re.compile(r"TK(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class GrantNote:
    """A grant with its history. ``ended_at`` is None while it holds."""

    number: int
    grant: Grant
    by: str
    at: datetime
    ended_by: str | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Account:
    """An account as people see it: no secrets. ``login``, ``name`` and ``email`` are empty once erased."""

    number: int
    login: str
    name: str
    email: str
    state: str
    has_password: bool
    has_totp: bool
    has_sign_on: bool
    created_by: str
    created_at: datetime
    grants: tuple[GrantNote, ...]

    @property
    def mark(self) -> str:
        """What the records call the account: ``TK7``."""
        return mark_of(self.number)

    @property
    def held(self) -> tuple[Grant, ...]:
        """The roles that hold now."""
        return tuple(g.grant for g in self.grants if g.ended_at is None)


def mark_of(number: int) -> str:
    """The pseudonym under which audit and records know an account.

    >>> mark_of(7)
    'TK7'
    """
    return f"TK{number}"


def is_mark(text: str) -> bool:
    """Whether a text is an account's mark.

    >>> is_mark("TK7"), is_mark("an")
    (True, False)
    """
    return _MARK.fullmatch(text) is not None


def count_accounts(session: Session) -> int:
    """How many accounts there ever were."""
    return session.scalar(select(func.count()).select_from(AccountRow)) or 0


def add_account(session: Session, login: str, name: str, email: str, by: str) -> AccountRow:
    """Make an account without a password, which nobody can sign in to yet.

    Raises:
        BadValue: no such login can be. AccountRefused: it is taken.
    """
    login = login.strip().lower()
    if not _LOGIN.fullmatch(login) or _RESERVED.fullmatch(login):
        raise BadValue(value=login, name="login", choices="a-z 0-9 . _ -, 2-40")
    if session.scalar(select(AccountRow.number).where(AccountRow.login == login)):
        raise AccountRefused(reason=Both(f"tên đăng nhập '{login}' đã có", f"the login '{login}' is taken"))
    row = AccountRow(
        login=login, name=" ".join(name.split()) or login, email=email.strip(), state=ACTIVE, totp_counter=0,
        created_by=by, created_at=clock.utc_now(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def find_row(session: Session, who: str) -> AccountRow:
    """The row of an account, by its login or its mark.

    Raises:
        UnknownAccount: there is none.
    """
    mark = _MARK.fullmatch(who.strip())
    wanted = AccountRow.number == int(mark[1]) if mark else AccountRow.login == who.strip().lower()
    row = session.scalar(select(AccountRow).where(wanted))
    if row is None:
        raise UnknownAccount(account=who)
    return row


def find_account(session: Session, who: str) -> Account:
    """An account by its login or its mark.

    Raises:
        UnknownAccount: there is none.
    """
    return _see(session, find_row(session, who))


def find_accounts(session: Session) -> list[Account]:
    """All accounts in the order in which they were made."""
    return [_see(session, row) for row in session.scalars(select(AccountRow).order_by(AccountRow.number))]


def name_marks(session: Session, marks: Iterable[str]) -> dict[str, str]:
    """The names of the people behind marks, where there still are any."""
    numbers = {int(found[1]) for m in marks if (found := _MARK.fullmatch(m))}
    query = select(AccountRow.number, AccountRow.name).where(AccountRow.number.in_(numbers))
    return {mark_of(number): name for number, name in session.execute(query) if name}


def held_grants(session: Session, account: int) -> tuple[Grant, ...]:
    """The roles that an account holds now."""
    rows = session.scalars(select(GrantRow).where(GrantRow.account == account, GrantRow.ended_at.is_(None)))
    return tuple(Grant(Role(r.role), r.agency, tuple(r.areas)) for r in rows)


def grant_role(session: Session, account: int, grant: Grant, by: str) -> GrantRow:
    """Give a role.

    Raises:
        AccountRefused: it is held already.
    """
    if grant in held_grants(session, account):
        raise AccountRefused(reason=Both("vai trò này đang có hiệu lực", "this role is held already"))
    row = GrantRow(
        account=account, role=grant.role.value, agency=grant.agency, areas=list(grant.areas), by=by,
        at=clock.utc_now(),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def end_grants(session: Session, account: int, role: Role, by: str, agency: str | None = None) -> int:
    """Take a role back, everywhere or within one agency; how many grants ended.

    Raises:
        AccountRefused: it is not held, or nobody would be left to manage accounts.
    """
    query = select(GrantRow).where(
        GrantRow.account == account, GrantRow.role == role.value, GrantRow.ended_at.is_(None)
    )
    rows = list(session.scalars(query if agency is None else query.where(GrantRow.agency == agency)))
    if not rows:
        raise AccountRefused(reason=Both("tài khoản không có vai trò này", "the account does not hold this role"))
    if role is Role.ADMINISTRATOR:
        require_another_administrator(session, account)
    for row in rows:
        row.ended_by, row.ended_at = by, clock.utc_now()
    return len(rows)


def require_another_administrator(session: Session, account: int) -> None:
    """Someone else must be able to manage accounts.

    Raises:
        AccountRefused: this is the last administrator.
    """
    query = (
        select(func.count())
        .select_from(GrantRow)
        .join(AccountRow, AccountRow.number == GrantRow.account)
        .where(
            GrantRow.role == Role.ADMINISTRATOR.value, GrantRow.ended_at.is_(None), GrantRow.account != account,
            AccountRow.state == ACTIVE,
        )
    )  # fmt: skip
    if not session.scalar(query):
        raise AccountRefused(reason=Both("đây là người quản trị cuối cùng", "this is the last administrator"))


def invite(session: Session, account: int) -> str:
    """A code with which the person sets a password, once, within three days; codes given before are void."""
    now, code = clock.utc_now(), new_code()
    session.execute(delete(InvitationRow).where(InvitationRow.account == account, InvitationRow.used_at.is_(None)))
    session.add(
        InvitationRow(hash=hash_secret(code), account=account, made_at=now, expires_at=now + INVITATION, used_at=None)
    )
    session.flush()
    return code


def find_invited(session: Session, code: str = "", hashed: str = "") -> AccountRow:
    """Whom a code invites; the code stays good.

    Raises:
        CodeNotValid: it is unknown, used, out of date, or from a moment that the clock has not reached.
    """
    row = session.get(InvitationRow, hashed or hash_secret(clean_code(code)))
    now = clock.utc_now()
    if row is None or row.used_at or row.expires_at <= now or clock.is_set_back(now, row.made_at):
        raise CodeNotValid()
    account = session.get_one(AccountRow, row.account)
    if account.state != ACTIVE:
        raise CodeNotValid()
    return account


def use_invitation(session: Session, code: str = "", hashed: str = "") -> AccountRow:
    """Whom a code invites; it is spent.

    Raises:
        CodeNotValid: as ``find_invited``, and for the second of two who use it at once.
    """
    hashed = hashed or hash_secret(clean_code(code))
    account = find_invited(session, hashed=hashed)
    spent = (
        update(InvitationRow)
        .where(InvitationRow.hash == hashed, InvitationRow.used_at.is_(None))
        .values(used_at=clock.utc_now())
    )
    if not session.execute(spent).rowcount:  # type: ignore[attr-defined]  # a result of an update has it
        raise CodeNotValid()
    return account


def erase_person(session: Session, row: AccountRow) -> None:
    """Remove everything that names the person or lets them in; the number stays, so the records keep their sense."""
    number = row.number
    row.login = row.name = row.email = row.password_hash = row.password_at = None
    row.totp_secret = row.totp_since = None
    row.state = ERASED
    for table in (RecoveryCodeRow, InvitationRow, SignOnRow, SessionRow, TokenRow):
        session.execute(delete(table).where(table.account == number))


def _notes(session: Session, account: int) -> Sequence[GrantNote]:
    rows = session.scalars(select(GrantRow).where(GrantRow.account == account).order_by(GrantRow.number))
    return [
        GrantNote(r.number, Grant(Role(r.role), r.agency, tuple(r.areas)), r.by, r.at, r.ended_by, r.ended_at)
        for r in rows
    ]


def _see(session: Session, row: AccountRow) -> Account:
    linked = session.scalar(select(SignOnRow.number).where(SignOnRow.account == row.number).limit(1))
    return Account(
        row.number, row.login or "", row.name or "", row.email or "", row.state, row.password_hash is not None,
        row.totp_since is not None, linked is not None, row.created_by, row.created_at,
        tuple(_notes(session, row.number)),
    )  # fmt: skip
