"""People for the tests: a desk on an empty database, and one person of each role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pyotp
import pytest

from lienvung.workflow import clock
from lienvung.workflow.actors import Actor, Grant, Role, local_operator
from lienvung.workflow.identity import Identity, NewAccount, Visitor, open_identity

PASSWORD = "bảy con mèo trên mái ngói"  # noqa: S105
HERE = Visitor("203.0.113.9", "Firefox")


class Clock:
    """A clock that the test moves."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, **how: float) -> None:
        self.now += timedelta(**how)


def stop_clock(patch: pytest.MonkeyPatch) -> Clock:
    made = Clock(datetime(2026, 3, 2, 8, 0))
    patch.setattr(clock, "utc_now", made)
    return made


OPERATOR = local_operator("máy")


@dataclass(frozen=True)
class Office:
    """A desk and its administrator."""

    desk: Identity
    admin: Actor

    def person(self, login: str, *grants: Grant, name: str = "") -> Actor:
        made, _ = self.desk.add_account(NewAccount(login, name or login.title(), "", grants), self.admin, PASSWORD)
        return self.actor(made.login)

    def actor(self, login: str, password: str = PASSWORD) -> Actor:
        found = self.desk.actor_of_session(self.sign_in(login, password))
        assert found
        return found

    def sign_in(self, login: str, password: str = PASSWORD) -> str:
        return self.desk.sign_in(login, password, HERE).secret


def open_office(folder: Path) -> Office:
    desk = open_identity(folder / "workflow.sqlite")
    desk.add_account(NewAccount("quan", "Lê Quản", "", (Grant(Role.ADMINISTRATOR),)), OPERATOR, PASSWORD)
    admin = desk.actor_of_session(desk.sign_in("quan", PASSWORD, HERE).secret)
    assert admin
    return Office(desk, admin)


def code_of(secret: str, at: datetime) -> str:
    """The code that the authenticator would show at a moment of naive UTC."""
    from datetime import UTC

    return pyotp.TOTP(secret).at(at.replace(tzinfo=UTC))
