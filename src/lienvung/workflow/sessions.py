"""Browsers that are signed in: opened at sign-in, ended at sign-out, by time, or by an administrator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lienvung.workflow import clock
from lienvung.workflow.accounts import ACTIVE
from lienvung.workflow.credentials import hash_secret, new_secret
from lienvung.workflow.tables import AccountRow, SessionRow

OPEN, PENDING, ENDED = "open", "pending", "ended"
IDLE, LONGEST, PENDING_FOR = timedelta(minutes=30), timedelta(hours=12), timedelta(minutes=5)
KEPT_FOR = timedelta(days=30)
_TOUCH = timedelta(seconds=60)


@dataclass(frozen=True)
class Visitor:
    """Who is at the other end, as far as a browser tells: for the list of one's own sessions, nothing else."""

    address: str = ""
    browser: str = ""


@dataclass(frozen=True)
class SessionNote:
    """A session as its owner or an administrator sees it."""

    number: int
    account: int
    state: str
    method: str
    address: str
    browser: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


def open_session(session: Session, account: int, visitor: Visitor, method: str, state: str = OPEN) -> str:
    """Open a session, or one that owes the second factor; the secret for the cookie, which is kept only as a hash."""
    now, secret = clock.utc_now(), new_secret()
    session.execute(delete(SessionRow).where(SessionRow.expires_at < now - KEPT_FOR))
    session.add(
        SessionRow(
            hash=hash_secret(secret), account=account, state=state, method=method, address=visitor.address[:60],
            browser=visitor.browser[:120], created_at=now, seen_at=now,
            expires_at=now + (LONGEST if state == OPEN else PENDING_FOR),
        )
    )  # fmt: skip
    session.flush()
    return secret


def find_session(session: Session, secret: str, state: str = OPEN) -> tuple[SessionRow, AccountRow] | None:
    """The session of a cookie and its account, if it still holds; one that has run out is ended for good.

    A clock that was set back ends the session too: it cannot be said how long it was idle.
    """
    query = (
        select(SessionRow, AccountRow)
        .join(AccountRow, AccountRow.number == SessionRow.account)
        .where(SessionRow.hash == hash_secret(secret), SessionRow.state == state)
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    row, account = found
    now = clock.utc_now()
    idle = now - row.seen_at > IDLE
    if account.state != ACTIVE or now >= row.expires_at or idle or clock.is_set_back(now, row.seen_at):
        _end(row, "system", now)
        return None
    if now - row.seen_at > _TOUCH:
        row.seen_at = now
    return row, account


def note_code(session: Session, secret: str) -> None:
    """The person of this session has just given a code of the second factor."""
    row = session.scalar(select(SessionRow).where(SessionRow.hash == hash_secret(secret), SessionRow.state == OPEN))
    if row is not None and not row.method.endswith("+code"):
        row.method += "+code"


def end_session(session: Session, secret: str, by: str) -> int | None:
    """End the session of a cookie, whatever its state; the account's number, if there was one."""
    query = select(SessionRow).where(SessionRow.hash == hash_secret(secret), SessionRow.state != ENDED)
    row = session.scalar(query)
    if row is None:
        return None
    _end(row, by, clock.utc_now())
    return row.account


def end_number(session: Session, number: int, by: str, account: int | None = None) -> bool:
    """End a session by its number, of one account only if named; whether it was open."""
    row = session.get(SessionRow, number)
    if row is None or row.state == ENDED or (account is not None and row.account != account):
        return False
    _end(row, by, clock.utc_now())
    return True


def end_all(session: Session, account: int, by: str, except_secret: str = "") -> int:
    """End every session of an account but one; how many."""
    kept = hash_secret(except_secret)
    rows = list(session.scalars(select(SessionRow).where(SessionRow.account == account, SessionRow.state != ENDED)))
    for row in (r for r in rows if r.hash != kept):
        _end(row, by, clock.utc_now())
    return sum(r.hash != kept for r in rows)


def find_ended(session: Session, secret: str) -> int | None:
    """Whose session a cookie was, if someone ended it: by signing out, by a new password, or as an administrator."""
    query = select(SessionRow).where(SessionRow.hash == hash_secret(secret), SessionRow.state == ENDED)
    row = session.scalar(query)
    return row.account if row is not None and row.ended_by != "system" else None


def list_sessions(session: Session, account: int | None = None) -> list[SessionNote]:
    """The sessions that are open, newest first; of one account if named."""
    now = clock.utc_now()
    query = select(SessionRow).where(
        SessionRow.state == OPEN, SessionRow.expires_at > now, SessionRow.seen_at > now - IDLE
    )
    rows = session.scalars(
        (query if account is None else query.where(SessionRow.account == account)).order_by(SessionRow.number.desc())
    )
    return [SessionNote(**{name: getattr(r, name) for name in SessionNote.__dataclass_fields__}) for r in rows]


def _end(row: SessionRow, by: str, now: datetime) -> None:
    row.state, row.ended_at, row.ended_by = ENDED, now, by
