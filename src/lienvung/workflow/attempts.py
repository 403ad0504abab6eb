"""Failures slow down: counted for each login and each client's address, in the database that all processes share."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from lienvung.errors import TooManyAttempts
from lienvung.workflow import clock
from lienvung.workflow.credentials import hash_secret
from lienvung.workflow.tables import AttemptRow

LONGEST_PAUSE = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class Limit:
    """So many failures are free; then each doubles the pause, from ``first`` to a quarter of an hour."""

    key: str
    free: int
    first: timedelta = timedelta(seconds=30)

    def pause(self, failures: int) -> timedelta:
        """The pause after so many failures."""
        if failures < self.free:
            return timedelta(0)
        doubled: int = 1 << min(failures - self.free, 10)
        return min(self.first * doubled, LONGEST_PAUSE)


def limit_login(login: str) -> Limit:
    """Five failures on one login, known or not. The login itself is not kept."""
    return Limit(f"login:{hash_secret(login.strip().lower())[:32]}", 5)


def limit_address(address: str) -> Limit:
    """Thirty failures from one client's address; an IPv6 client by its network of 64 bits."""
    return Limit(f"address:{_network(address, 32, 64)}", 30)


def network_of(address: str) -> str:
    """The network of an address, for the audit: tells attacks apart without keeping who it was.

    >>> network_of("203.0.113.77"), network_of("?")
    ('203.0.113.0/24', '')
    """
    return _network(address, 24, 48)


def _network(address: str, bits_4: int, bits_6: int) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network((address, bits_4 if found.version == 4 else bits_6), strict=False))


def refuse_blocked(session: Session, limits: tuple[Limit, ...]) -> None:
    """Refuse while a pause lasts.

    A clock that was set back does not shorten a pause: it then starts again.

    Raises:
        TooManyAttempts: with the seconds that are left.
    """
    now, left = clock.utc_now(), timedelta(0)
    for limit in limits:
        row = session.get(AttemptRow, limit.key)
        if row is None or row.blocked_until is None:
            continue
        if clock.is_set_back(now, row.last_at):
            row.blocked_until, row.last_at = now + (row.blocked_until - row.last_at), now
        left = max(left, row.blocked_until - now)
    if left > timedelta(0):
        raise TooManyAttempts(seconds=int(left.total_seconds()) + 1)


def note_failure(session: Session, limits: tuple[Limit, ...]) -> bool:
    """Count a failure; whether a pause begins."""
    now = clock.utc_now()
    counted = [_count(session, limit, now) for limit in limits]
    return any(counted)


def _count(session: Session, limit: Limit, now: datetime) -> bool:
    raised = update(AttemptRow).where(AttemptRow.key == limit.key).values(failures=AttemptRow.failures + 1)
    if not session.execute(raised).rowcount:  # type: ignore[attr-defined]  # a result of an update has it
        session.add(AttemptRow(key=limit.key, failures=1, last_at=now, blocked_until=None))
        session.flush()
        return False
    row = session.scalars(
        select(AttemptRow).where(AttemptRow.key == limit.key).execution_options(populate_existing=True)
    ).one()
    if now - row.last_at > FORGOTTEN_AFTER:
        row.failures = 1
    pause = limit.pause(row.failures)
    row.last_at, row.blocked_until = now, now + pause if pause else None
    return bool(pause)


def forget_failures(session: Session, limit: Limit) -> None:
    """After a success nothing is held against the login; addresses keep their count."""
    session.execute(delete(AttemptRow).where(AttemptRow.key == limit.key))


def forget_old(session: Session) -> None:
    """Drop what is too old to matter."""
    session.execute(delete(AttemptRow).where(AttemptRow.last_at < clock.utc_now() - 2 * FORGOTTEN_AFTER))
