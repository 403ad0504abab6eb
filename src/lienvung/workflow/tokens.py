"""Tokens for the API and the command line: shown once, kept as a hash, with scopes and an end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from lienvung.errors import AccountRefused, Both
from lienvung.workflow import clock
from lienvung.workflow.accounts import ACTIVE
from lienvung.workflow.actors import Right
from lienvung.workflow.credentials import hash_secret, new_secret
from lienvung.workflow.tables import AccountRow, TokenRow

PREFIX = "lv_"
"""Lets a token be recognised where it was left by mistake."""
LONGEST_DAYS = 366


@dataclass(frozen=True)
class TokenNote:
    """A token as its owner sees it."""

    number: int
    account: int
    name: str
    scopes: tuple[str, ...]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None
    ended_at: datetime | None


def add_token(session: Session, account: int, name: str, scopes: Iterable[Right], days: int) -> tuple[str, int]:
    """Make a token; the secret, shown now and never again, and its number.

    Raises:
        AccountRefused: no scope, or too long a life.
    """
    wanted = sorted({s.value for s in scopes})
    if not wanted or not 1 <= days <= LONGEST_DAYS:
        vi, en = f"cần ít nhất một quyền và thời hạn 1-{LONGEST_DAYS} ngày", f"needs a scope and 1-{LONGEST_DAYS} days"
        raise AccountRefused(reason=Both(vi, en))
    now, secret = clock.utc_now(), PREFIX + new_secret()
    row = TokenRow(
        hash=hash_secret(secret), account=account, name=name.strip()[:80] or "token", scopes=wanted, created_at=now,
        expires_at=now + timedelta(days=days),
    )  # fmt: skip
    session.add(row)
    session.flush()
    return secret, row.number


def find_token(session: Session, secret: str) -> tuple[TokenRow, AccountRow] | None:
    """The token of a secret and its account, if it holds; one found out of date is ended for good.

    A clock that was set back before its last use or its making ends it too.
    """
    query = (
        select(TokenRow, AccountRow)
        .join(AccountRow, AccountRow.number == TokenRow.account)
        .where(TokenRow.hash == hash_secret(secret), TokenRow.ended_at.is_(None))
    )
    found = session.execute(query).one_or_none()
    if found is None or found[1].state != ACTIVE:
        return None
    row, account = found
    now = clock.utc_now()
    if now >= row.expires_at or clock.is_set_back(now, row.used_at or row.created_at):
        row.ended_at, row.ended_by = now, "system"
        return None
    if row.used_at is None or now - row.used_at > timedelta(minutes=1):
        row.used_at = now
    return row, account


def end_token(session: Session, number: int, by: str, account: int | None = None) -> bool:
    """End a token, of one account only if named; whether it held."""
    row = session.get(TokenRow, number)
    if row is None or row.ended_at or (account is not None and row.account != account):
        return False
    row.ended_at, row.ended_by = clock.utc_now(), by
    return True


def end_tokens(session: Session, account: int, by: str) -> int:
    """End every token of an account; how many."""
    rows = list(session.scalars(select(TokenRow).where(TokenRow.account == account, TokenRow.ended_at.is_(None))))
    for row in rows:
        row.ended_at, row.ended_by = clock.utc_now(), by
    return len(rows)


def list_tokens(session: Session, account: int | None = None) -> list[TokenNote]:
    """Tokens, newest first; of one account if named."""
    query = select(TokenRow).order_by(TokenRow.number.desc())
    rows = session.scalars(query if account is None else query.where(TokenRow.account == account))
    return [
        TokenNote(r.number, r.account, r.name, tuple(r.scopes), r.created_at, r.expires_at, r.used_at, r.ended_at)
        for r in rows
    ]
