"""The administrator's desk: accounts, roles, sessions, erasure. No figures are touched here."""

from __future__ import annotations

from dataclasses import dataclass, field

from lienvung.errors import AccountRefused, Both
from lienvung.workflow import accounts, attempts, audit, passwords, sessions, tokens
from lienvung.workflow.accounts import Account
from lienvung.workflow.actors import Actor, Grant, Right, Role
from lienvung.workflow.own_account import OwnDesk
from lienvung.workflow.sessions import SessionNote


@dataclass(frozen=True)
class NewAccount:
    """What an account begins with. Without a password the person is invited by a one-time code."""

    login: str
    name: str = ""
    email: str = ""
    grants: tuple[Grant, ...] = field(default=())


@dataclass(frozen=True)
class AccountDesk(OwnDesk):
    """What an administrator, or whoever runs the machine before there is one, does with accounts."""

    def add_account(self, wanted: NewAccount, by: Actor, password: str = "") -> tuple[Account, str]:
        """Make an account; it and the one-time code for its password, if none was given.

        The first account of a home manages accounts: there is no default one, and no default password.

        Raises:
            NotAllowed, AccountRefused, BadValue, WeakPassword.
        """
        by.require(Right.MANAGE_ACCOUNTS)
        if password:
            passwords.require_strength(password, (wanted.login, wanted.name, wanted.email))
        with self.sessions.begin() as session:
            is_first = accounts.count_accounts(session) == 0
            if is_first and all(g.role is not Role.ADMINISTRATOR for g in wanted.grants):
                raise AccountRefused(
                    reason=Both(
                        "tài khoản đầu tiên phải là người quản trị (--role administrator)",
                        "the first account must be an administrator (--role administrator)",
                    )
                )
            row = accounts.add_account(session, wanted.login, wanted.name, wanted.email, by.login)
            mark = accounts.mark_of(row.number)
            for grant in wanted.grants:
                accounts.grant_role(session, row.number, grant, by.login)
            audit.record(
                session, by.login, by.through, "account.add", mark, {"grants": [_plain(g) for g in wanted.grants]}
            )
            if password:
                self._set_password(session, row, password)
            code = "" if password else accounts.invite(session, row.number)
            return accounts.find_account(session, mark), code

    def find_account(self, who: str, by: Actor) -> Account:
        """An account by login or mark.

        Raises:
            NotAllowed, UnknownAccount.
        """
        by.require(Right.MANAGE_ACCOUNTS)
        with self.sessions() as session:
            return accounts.find_account(session, who)

    def find_accounts(self, by: Actor) -> list[Account]:
        """All accounts.

        Raises:
            NotAllowed.
        """
        by.require(Right.MANAGE_ACCOUNTS)
        with self.sessions() as session:
            return accounts.find_accounts(session)

    def grant(self, who: str, grant: Grant, by: Actor) -> None:
        """Give a role within an agency and areas.

        Raises:
            NotAllowed, UnknownAccount, AccountRefused.
        """
        by.require(Right.MANAGE_ACCOUNTS)
        with self.sessions.begin() as session:
            row = accounts.find_row(session, who)
            if row.state != accounts.ACTIVE:
                raise AccountRefused(reason=Both("tài khoản không còn hoạt động", "the account is not active"))
            accounts.grant_role(session, row.number, grant, by.login)
            mark = accounts.mark_of(row.number)
            audit.record(session, by.login, by.through, "account.grant", mark, _plain(grant))

    def revoke(self, who: str, role: Role, by: Actor, agency: str | None = None) -> int:
        """Take a role back; how many grants ended.

        Raises:
            NotAllowed, UnknownAccount, AccountRefused: not held, or the last administrator.
        """
        by.require(Right.MANAGE_ACCOUNTS)
        with self.sessions.begin() as session:
            row = accounts.find_row(session, who)
            ended = accounts.end_grants(session, row.number, role, by.login, agency)
            facts = {"role": role.value, "agency": agency, "ended": ended}
            audit.record(session, by.login, by.through, "account.revoke", accounts.mark_of(row.number), facts)
            return ended

    def disable(self, who: str, by: Actor) -> None:
        """Close an account: its sessions and tokens end now.

        Raises:
            NotAllowed, UnknownAccount, AccountRefused: the last administrator, or already closed.
        """
        by.require(Right.MANAGE_ACCOUNTS)
        with self.sessions.begin() as session:
            row = accounts.find_row(session, who)
            if row.state != accounts.ACTIVE:
                raise AccountRefused(reason=Both("tài khoản không còn hoạt động", "the account is not active"))
            accounts.require_another_administrator(session, row.number)
            row.state = accounts.DISABLED
            sessions.end_all(session, row.number, by.login)
            tokens.end_tokens(session, row.number, by.login)
            audit.record(session, by.login, by.through, "account.disable", accounts.mark_of(row.number))

    def enable(self, who: str, by: Actor) -> None:
        """Open a closed account again.

        Raises:
            NotAllowed, UnknownAccount, AccountRefused: it is not closed, or erased.
        """
        by.require(Right.MANAGE_ACCOUNTS)
        with self.sessions.begin() as session:
            row = accounts.find_row(session, who)
            if row.state != accounts.DISABLED:
                raise AccountRefused(reason=Both("tài khoản không ở trạng thái khóa", "the account is not closed"))
            row.state = accounts.ACTIVE
            audit.record(session, by.login, by.through, "account.enable", accounts.mark_of(row.number))

    def reset(self, who: str, by: Actor, is_operator: bool = False) -> str:
        """A one-time code to set a new password; password and second factor of before are gone, sessions end.

        Args:
            is_operator: whoever runs the machine may do this without an account; the audit says so.

        Raises:
            NotAllowed, UnknownAccount, AccountRefused: the account is not active.
        """
        if not is_operator:
            by.require(Right.MANAGE_ACCOUNTS)
        with self.sessions.begin() as session:
            row = accounts.find_row(session, who)
            if row.state != accounts.ACTIVE:
                raise AccountRefused(reason=Both("tài khoản không còn hoạt động", "the account is not active"))
            row.password_hash = row.totp_secret = row.totp_since = None
            mark = accounts.mark_of(row.number)
            sessions.end_all(session, row.number, by.login)
            tokens.end_tokens(session, row.number, by.login)
            attempts.forget_failures(session, attempts.limit_login(row.login or ""))
            facts = {"as": "operator"} if is_operator else {}
            audit.record(session, by.login, by.through, "account.reset", mark, facts)
            return accounts.invite(session, row.number)

    def erase(self, who: str, by: Actor) -> str:
        """Remove what names a person (Law 91/2025/QH15); the mark that records and audit keep.

        Raises:
            NotAllowed, UnknownAccount, AccountRefused: the last administrator.
        """
        by.require(Right.MANAGE_ACCOUNTS)
        with self.sessions.begin() as session:
            row = accounts.find_row(session, who)
            accounts.require_another_administrator(session, row.number)
            mark = accounts.mark_of(row.number)
            for role in {g.role for g in accounts.held_grants(session, row.number)}:
                accounts.end_grants(session, row.number, role, by.login)
            attempts.forget_failures(session, attempts.limit_login(row.login or ""))
            accounts.erase_person(session, row)
            audit.record(session, by.login, by.through, "account.erase", mark)
        with self.sessions() as session:  # the write-ahead log still holds what was overwritten
            if session.get_bind().dialect.name == "sqlite":
                session.connection().exec_driver_sql("pragma wal_checkpoint(truncate)")
        return mark

    def export_person(self, who: str, by: Actor) -> dict[str, object]:
        """Everything that is kept about a person (Law 91/2025/QH15).

        Raises:
            NotAllowed, UnknownAccount.
        """
        by.require(Right.MANAGE_ACCOUNTS)
        with self.sessions.begin() as session:
            row = accounts.find_row(session, who)
            audit.record(session, by.login, by.through, "account.export", accounts.mark_of(row.number))
            return self._export(session, row)

    def all_sessions(self, by: Actor) -> list[SessionNote]:
        """Who is signed in, and where.

        Raises:
            NotAllowed.
        """
        by.require(Right.MANAGE_ACCOUNTS)
        with self.sessions() as session:
            return sessions.list_sessions(session)

    def end_any_session(self, number: int, by: Actor) -> bool:
        """End anyone's session; whether it was open.

        Raises:
            NotAllowed.
        """
        by.require(Right.MANAGE_ACCOUNTS)
        with self.sessions.begin() as session:
            is_ended = sessions.end_number(session, number, by.login)
            if is_ended:
                audit.record(session, by.login, by.through, "session.end", f"session {number}", {"session": number})
            return is_ended


def _plain(grant: Grant) -> dict[str, object]:
    return {"role": grant.role.value, "agency": grant.agency, "areas": list(grant.areas)}
