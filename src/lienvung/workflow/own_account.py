"""One's own account: password, second factor, sessions, tokens, and everything that is kept about oneself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lienvung.errors import AccountRefused, Both, CodeNotValid, NotSignedIn, SignInFailed
from lienvung.workflow import accounts, attempts, audit, clock, passwords, second_factor, sessions, tokens
from lienvung.workflow.accounts import Account
from lienvung.workflow.actors import Actor, Right
from lienvung.workflow.credentials import hash_secret, new_code
from lienvung.workflow.recognition import Recognising
from lienvung.workflow.sessions import SessionNote
from lienvung.workflow.tables import AccountRow, RecoveryCodeRow, SessionRow, SignOnRow
from lienvung.workflow.tokens import TokenNote


@dataclass(frozen=True)
class OwnDesk(Recognising):
    """What a signed-in person does with their own account."""

    def own_account(self, by: Actor) -> Account:
        """The account of who asks.

        Raises:
            NotSignedIn: nobody is.
        """
        with self.sessions() as session:
            return accounts.find_account(session, self._own(session, by).login or by.login)

    def change_password(self, by: Actor, present: str, new: str, kept_secret: str = "") -> None:
        """Set another password; every other session ends, and so does every token.

        Raises:
            SignInFailed: the present one is wrong. WeakPassword. TooManyAttempts: a pause is due.
        """
        with self.sessions.begin() as session:
            row = self._own(session, by)
            limit = attempts.limit_login(f"{by.login}/password")
            attempts.refuse_blocked(session, (limit,))
            passwords.require_strength(new, (row.login or "", row.name or "", row.email or ""))
            is_right = passwords.verify_password(present, row.password_hash)
            if is_right:
                self._set_password(session, row, new)
                sessions.end_all(session, row.number, by.login, kept_secret)
                tokens.end_tokens(session, row.number, by.login)
                attempts.forget_failures(session, limit)
                audit.record(session, by.login, by.through, "account.password", by.login)
            else:
                attempts.note_failure(session, (limit,))
                audit.record(session, by.login, by.through, "session.refused", by.login, {"what": "password"})
        if not is_right:
            raise SignInFailed()

    def set_first_password(self, code: str, new: str, address: str = "") -> None:
        """Set a password with a one-time code; every session and token of before ends.

        Raises:
            CodeNotValid, TooManyAttempts. WeakPassword: the code stays good.
        """
        limit = attempts.limit_address(address)
        try:
            with self.sessions.begin() as session:
                attempts.refuse_blocked(session, (limit,))
                row = accounts.find_invited(session, code)
                passwords.require_strength(new, (row.login or "", row.name or "", row.email or ""))
                accounts.use_invitation(session, code)
                mark = accounts.mark_of(row.number)
                self._set_password(session, row, new)
                sessions.end_all(session, row.number, mark)
                tokens.end_tokens(session, row.number, mark)
                attempts.forget_failures(session, attempts.limit_login(row.login or ""))
                audit.record(session, mark, "portal", "account.password", mark, {"with": "invitation"})
        except CodeNotValid:
            with self.sessions.begin() as session:
                attempts.note_failure(session, (limit,))
                facts = {"what": "invitation", "network": attempts.network_of(address)}
                audit.record(session, "", "portal", "session.refused", "", facts)
            raise

    def invited(self, code: str) -> str:
        """The login of whom a one-time code invites.

        Raises:
            CodeNotValid: it is unknown, used or out of date.
        """
        with self.sessions() as session:
            return accounts.find_invited(session, code).login or ""

    def begin_totp(self, by: Actor) -> tuple[str, str]:
        """A new secret and its ``otpauth`` address; it holds once a code of it has been given.

        Raises:
            AccountRefused: a second factor is on already.
        """
        with self.sessions.begin() as session:
            row = self._own(session, by)
            if row.totp_since is not None:
                raise AccountRefused(reason=Both("xác thực hai lớp đang bật", "the second factor is on already"))
            row.totp_secret = row.totp_secret or second_factor.new_totp_secret()
            return row.totp_secret, second_factor.totp_address(row.totp_secret, row.login or by.login)

    def confirm_totp(self, by: Actor, code: str, kept_secret: str = "") -> list[str]:
        """Switch the second factor on with its first code; recovery codes, shown now and never again.

        Raises:
            SignInFailed: the code is not right. TooManyAttempts: a pause is due.
        """
        made: list[str] = []
        with self.sessions.begin() as session:
            row, limit = self._own(session, by), attempts.limit_login(f"{by.login}/code")
            attempts.refuse_blocked(session, (limit,))
            step = second_factor.match_code(row.totp_secret or "", code, row.totp_counter, clock.utc_now())
            if row.totp_secret and row.totp_since is None and step is not None:
                row.totp_since, row.totp_counter = clock.utc_now(), step
                made = self._new_recovery_codes(session, row.number)
                sessions.end_all(session, row.number, by.login, kept_secret)
                sessions.note_code(session, kept_secret)
                audit.record(session, by.login, by.through, "account.totp.on", by.login)
            else:
                attempts.note_failure(session, (limit,))
        if not made:
            raise SignInFailed()
        return made

    def stop_totp(self, by: Actor, password: str) -> None:
        """Switch the second factor off, with the password.

        Raises:
            SignInFailed: the password is wrong. TooManyAttempts: a pause is due.
        """
        with self.sessions.begin() as session:
            row, limit = self._own(session, by), attempts.limit_login(f"{by.login}/password")
            attempts.refuse_blocked(session, (limit,))
            is_right = passwords.verify_password(password, row.password_hash)
            if is_right:
                row.totp_secret = row.totp_since = None
                session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account == row.number))
                audit.record(session, by.login, by.through, "account.totp.off", by.login)
            else:
                attempts.note_failure(session, (limit,))
        if not is_right:
            raise SignInFailed()

    def own_sessions(self, by: Actor) -> list[SessionNote]:
        """Where one is signed in."""
        with self.sessions() as session:
            return sessions.list_sessions(session, self._own(session, by).number)

    def number_of_session(self, secret: str) -> int:
        """The number of this browser's own session; 0 if there is none."""
        with self.sessions() as session:
            found = session.scalar(select(SessionRow.number).where(SessionRow.hash == hash_secret(secret)))
            return found or 0

    def end_own_session(self, by: Actor, number: int) -> None:
        """End one of one's own sessions; another's number does nothing and says nothing."""
        with self.sessions.begin() as session:
            if sessions.end_number(session, number, by.login, self._own(session, by).number):
                audit.record(session, by.login, by.through, "session.end", by.login, {"session": number})

    def own_tokens(self, by: Actor) -> list[TokenNote]:
        """One's own tokens, newest first."""
        with self.sessions() as session:
            return tokens.list_tokens(session, self._own(session, by).number)

    def add_token(self, by: Actor, name: str, scopes: Iterable[Right], days: int) -> tuple[str, int]:
        """Make a token that may do no more than its owner now may; the secret, shown once, and its number.

        Raises:
            NotAllowed: a scope that is not held. AccountRefused: no scope, or too long a life.
        """
        wanted = frozenset(scopes)
        for right in sorted(wanted):
            by.require(right)
        with self.sessions.begin() as session:
            row = self._own(session, by)
            secret, number = tokens.add_token(session, row.number, name, wanted, days)
            facts = {"token": number, "scopes": sorted(wanted), "days": days}
            audit.record(session, by.login, by.through, "token.add", by.login, facts)
            return secret, number

    def end_token(self, by: Actor, number: int) -> bool:
        """End one of one's own tokens, or anyone's with the right to manage accounts; whether it held."""
        with self.sessions.begin() as session:
            own = None if by.has_right(Right.MANAGE_ACCOUNTS) else self._own(session, by).number
            is_ended = tokens.end_token(session, number, by.login, own)
            if is_ended:
                audit.record(session, by.login, by.through, "token.end", by.login, {"token": number})
            return is_ended

    def export_own(self, by: Actor) -> dict[str, object]:
        """Everything that is kept about who asks (Law 91/2025/QH15)."""
        with self.sessions() as session:
            return self._export(session, self._own(session, by))

    @staticmethod
    def _export(session: Session, row: AccountRow) -> dict[str, object]:
        mark = accounts.mark_of(row.number)
        links = session.scalars(select(SignOnRow).where(SignOnRow.account == row.number))
        kept = session.scalars(select(SessionRow).where(SessionRow.account == row.number).order_by(SessionRow.number))
        shown = ("number", "state", "method", "address", "browser", "created_at", "seen_at", "expires_at", "ended_at")
        return {
            "account": asdict(accounts.find_account(session, mark)) | {"mark": mark},
            "sign_ons": [{"issuer": s.issuer, "subject": s.subject, "at": s.at} for s in links],
            "sessions": [{name: getattr(s, name) for name in shown} for s in kept],
            "tokens": [asdict(t) for t in tokens.list_tokens(session, row.number)],
            "audit": [
                {"number": e.number, "at": e.at, "action": e.action, "subject": e.subject, "detail": dict(e.detail)}
                for e in audit.find_entries(session)
                if mark in (e.actor, e.subject)
            ],
        }

    @staticmethod
    def _own(session: Session, by: Actor) -> AccountRow:
        if by.account is None:
            raise NotSignedIn()
        by.require(Right.OWN)
        return session.get_one(AccountRow, by.account)

    @staticmethod
    def _set_password(session: Session, row: AccountRow, new: str) -> None:
        row.password_hash, row.password_at = passwords.hash_password(new), clock.utc_now()
        session.flush()

    @staticmethod
    def _new_recovery_codes(session: Session, account: int) -> list[str]:
        session.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.account == account))
        made = [new_code() for _ in range(second_factor.RECOVERY_CODES)]
        session.add_all(RecoveryCodeRow(hash=hash_secret(code), account=account) for code in made)
        return made
