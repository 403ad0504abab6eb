"""Signing in and out: password, second factor, the agency's own provider; failures slow down and are written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import NoReturn

from sqlalchemy import delete, func, update
from sqlalchemy.orm import Session

from lienvung.errors import Both, CodeNotValid, SignInFailed, SignOnFailed
from lienvung.workflow import accounts, attempts, audit, clock, passwords, second_factor, sessions
from lienvung.workflow.credentials import clean_code, hash_secret, new_secret
from lienvung.workflow.recognition import Recognising
from lienvung.workflow.sessions import OPEN, PENDING, Visitor
from lienvung.workflow.single_sign_on import Person, Provider
from lienvung.workflow.tables import AccountRow, InvitationRow, RecoveryCodeRow, SignOnFlowRow, SignOnRow

FLOW = timedelta(minutes=10)


@dataclass(frozen=True)
class SignedIn:
    """The secret for the cookie, and whether a code is still owed; where to go on."""

    secret: str
    owes_code: bool
    onward: str = ""


@dataclass(frozen=True)
class SigningIn(Recognising):
    """Opens and ends sessions."""

    def check_password(self, login: str, password: str, visitor: Visitor) -> int:
        """The number of the account that a login and a password open.

        Unknown login, no password, ended account and wrong password: one answer, after the same work.

        Raises:
            SignInFailed: they open none. TooManyAttempts: a pause is due.
        """
        limits = (attempts.limit_login(login), attempts.limit_address(visitor.address))
        with self.sessions.begin() as session:
            attempts.refuse_blocked(session, limits)
            kept = self._password_of(session, login)
        is_right = passwords.verify_password(password, kept)
        renewed = passwords.hash_password(password) if is_right and kept and passwords.is_outdated(kept) else None
        with self.sessions.begin() as session:
            attempts.refuse_blocked(session, limits)
            row = self._row_of(session, login)
            if is_right and row is not None and row.state == accounts.ACTIVE and row.password_hash == kept:
                row.password_hash = renewed or row.password_hash
                return row.number
            self._note_failure(session, accounts.mark_of(row.number) if row else "", limits, visitor)
        raise SignInFailed()

    def sign_in(self, login: str, password: str, visitor: Visitor, old_secret: str = "") -> SignedIn:
        """Open a session, or one that owes the second factor. The browser's session of before ends.

        Raises:
            SignInFailed, TooManyAttempts: as ``check_password``.
        """
        number = self.check_password(login, password, visitor)
        with self.sessions.begin() as session:
            attempts.forget_failures(session, attempts.limit_login(login))
            return self._open(session, number, visitor, "password", old_secret)

    def confirm(self, secret: str, code: str, visitor: Visitor) -> SignedIn:
        """Give the second factor that a session owes, by its code or a recovery code; the cookie changes.

        Raises:
            SignInFailed: wrong or used code, or the session waited too long. TooManyAttempts: a pause is due.
        """
        with self.sessions.begin() as session:
            found = sessions.find_session(session, secret, PENDING)
            mark = accounts.mark_of(found[1].number) if found else ""
            limits = (attempts.limit_login(f"{mark}/code"), attempts.limit_address(visitor.address))
            if found:
                attempts.refuse_blocked(session, limits)
            if found and self._take_code(session, found[1], code):
                attempts.forget_failures(session, limits[0])
                method = f"{found[0].method}+code"
                sessions.end_session(session, secret, mark)
                fresh = sessions.open_session(session, found[1].number, visitor, method)
                audit.record(session, mark, "portal", "session.open", mark, {"method": method})
                return SignedIn(fresh, owes_code=False)
            self._note_failure(session, mark, limits, visitor, "code")
        raise SignInFailed()

    def sign_out(self, secret: str) -> None:
        """End the session of a cookie."""
        with self.sessions.begin() as session:
            number = sessions.end_session(session, secret, "self")
            if number:
                mark = accounts.mark_of(number)
                audit.record(session, mark, "portal", "session.end", mark)

    def begin_sign_on(self, browser: str, back: str, onward: str, invitation: str = "") -> str:
        """Send the browser to the agency's provider; the address to go to.

        Args:
            browser: the secret of this browser's cookie. back: our address that the provider sends it back to.

        Raises:
            SignOnFailed: there is no provider, or it does not answer. CodeNotValid: of the invitation.
        """
        provider = self._require_provider()
        state, nonce, verifier, now = new_secret(), new_secret(), new_secret() + new_secret()[:20], clock.utc_now()
        address = provider.begin(back, state, nonce, verifier)
        with self.sessions.begin() as session:
            hashed = hash_secret(clean_code(invitation)) if invitation else ""
            if hashed:
                accounts.find_invited(session, hashed=hashed)
            session.execute(delete(SignOnFlowRow).where(SignOnFlowRow.expires_at < now))
            session.add(
                SignOnFlowRow(
                    state_hash=hash_secret(state), browser_hash=hash_secret(browser), nonce=nonce, verifier=verifier,
                    invitation_hash=hashed, onward=onward, made_at=now, expires_at=now + FLOW,
                )
            )  # fmt: skip
        return address

    def finish_sign_on(
        self, browser: str, back: str, state: str, code: str, visitor: Visitor, old_secret: str = ""
    ) -> SignedIn:
        """Take the browser back from the provider, believe the token, open the session of the linked account.

        Raises:
            SignOnFailed: no such flow in this browser, the token does not hold, or nobody here is linked to it.
        """
        provider = self._require_provider()
        with self.sessions.begin() as session:
            attempts.refuse_blocked(session, (attempts.limit_address(visitor.address),))
            flow = session.get(SignOnFlowRow, hash_secret(state))
            now = clock.utc_now()
            is_ours = flow is not None and flow.browser_hash == hash_secret(browser) and flow.expires_at > now
            if flow is not None:
                session.delete(flow)
        if flow is None or not is_ours or clock.is_set_back(now, flow.made_at):
            self._refuse_sign_on(
                visitor, "lượt đăng nhập này không bắt đầu từ đây hoặc đã dùng", "it was not begun here"
            )
        person = provider.finish(back, code, flow.nonce, flow.verifier)
        with self.sessions.begin() as session:
            row = self._account_of(session, person, flow.invitation_hash)
            opened = self._open(session, row.number, visitor, "openid", old_secret) if row is not None else None
        if opened is None:
            vi, en = "chưa có tài khoản nào ở đây được mời liên kết", "no account here was invited to link with it"
            self._refuse_sign_on(visitor, vi, en)
        return SignedIn(opened.secret, opened.owes_code, flow.onward)

    def _refuse_sign_on(self, visitor: Visitor, vi: str, en: str) -> NoReturn:
        with self.sessions.begin() as session:
            self._note_failure(session, "", (attempts.limit_address(visitor.address),), visitor, "openid")
        raise SignOnFailed(reason=Both(vi, en))

    def _require_provider(self) -> Provider:
        if self.provider is None:
            raise SignOnFailed(reason=Both("chưa được cấu hình", "it is not configured"))
        return self.provider

    def _account_of(self, session: Session, person: Person, invitation: str) -> AccountRow | None:
        """The account linked with a person at the provider; linked now if an administrator has invited it."""
        linked = session.query(SignOnRow).filter_by(issuer=person.issuer, subject=person.subject).one_or_none()
        if linked:
            known = session.get_one(AccountRow, linked.account)
            return known if known.state == accounts.ACTIVE else None
        try:
            hashed = invitation or self._invitation_by_email(session, person.email)
            row = accounts.use_invitation(session, hashed=hashed) if hashed else None
        except CodeNotValid:
            return None
        if row is not None:
            session.add(SignOnRow(account=row.number, issuer=person.issuer, subject=person.subject, at=clock.utc_now()))
            mark = accounts.mark_of(row.number)
            audit.record(session, mark, "portal", "account.link", mark, {"issuer": person.issuer})
        return row

    @staticmethod
    def _invitation_by_email(session: Session, email: str) -> str:
        """The open invitation of the one account whose e-mail the provider has verified."""
        if not email:
            return ""
        rows = (
            session.query(InvitationRow.hash)
            .join(AccountRow, AccountRow.number == InvitationRow.account)
            .filter(func.lower(AccountRow.email) == email, InvitationRow.used_at.is_(None))
            .all()
        )
        return rows[0][0] if len(rows) == 1 else ""

    def _open(self, session: Session, number: int, visitor: Visitor, method: str, old_secret: str) -> SignedIn:
        row, mark = session.get_one(AccountRow, number), accounts.mark_of(number)
        if old_secret:
            sessions.end_session(session, old_secret, mark)
        attempts.forget_old(session)
        if row.totp_since is not None:
            return SignedIn(sessions.open_session(session, number, visitor, method, PENDING), owes_code=True)
        secret = sessions.open_session(session, number, visitor, method, OPEN)
        audit.record(session, mark, "portal", "session.open", mark, {"method": method})
        return SignedIn(secret, owes_code=False)

    @staticmethod
    def _take_code(session: Session, row: AccountRow, code: str) -> bool:
        """Whether a code or a recovery code is right; it is spent at once, whoever else gives it at the same time."""
        now = clock.utc_now()
        step = second_factor.match_code(row.totp_secret or "", code, row.totp_counter, now) if row.totp_since else None
        if step is not None:
            spent = (
                update(AccountRow)
                .where(AccountRow.number == row.number, AccountRow.totp_counter < step)
                .values(totp_counter=step)
            )
        else:
            hashed = hash_secret(clean_code(code))
            spent = (
                update(RecoveryCodeRow)
                .where(
                    RecoveryCodeRow.hash == hashed, RecoveryCodeRow.account == row.number,
                    RecoveryCodeRow.used_at.is_(None),
                )
                .values(used_at=now)
            )  # fmt: skip
        return bool(session.execute(spent).rowcount)  # type: ignore[attr-defined]  # a result of an update has it

    @staticmethod
    def _note_failure(
        session: Session, mark: str, limits: tuple[attempts.Limit, ...], visitor: Visitor, what: str = "password"
    ) -> None:
        facts = {"what": what, "network": attempts.network_of(visitor.address)}
        audit.record(session, "", "portal", "session.refused", mark, facts)
        if attempts.note_failure(session, limits):
            audit.record(session, "", "portal", "session.locked", mark, facts)

    @staticmethod
    def _row_of(session: Session, login: str) -> AccountRow | None:
        return session.query(AccountRow).filter_by(login=login.strip().lower()).one_or_none()

    def _password_of(self, session: Session, login: str) -> str | None:
        row = self._row_of(session, login)
        return row.password_hash if row is not None and row.state == accounts.ACTIVE else None
