"""Recognising who acts: by a session, by a token, or as whoever runs a machine without accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session, sessionmaker

from lienvung.errors import NotSignedIn
from lienvung.workflow import accounts, audit, sessions, tokens
from lienvung.workflow.actors import Actor, Right, Role, local_operator
from lienvung.workflow.attempts import Limit, network_of, note_failure
from lienvung.workflow.credentials import hash_secret
from lienvung.workflow.single_sign_on import Provider
from lienvung.workflow.tables import AccountRow

_RIGHTS = {r.value: r for r in Right}


@dataclass(frozen=True)
class Recognising:
    """What every part of the accounts' desk works with."""

    sessions: sessionmaker[Session]
    provider: Provider | None = None
    guarded: frozenset[Role] = frozenset()
    """Roles that a person holds only in a session with a second factor, or opened by the agency's provider."""

    def has_accounts(self) -> bool:
        """Whether anyone was ever given an account here."""
        with self.sessions() as session:
            return accounts.count_accounts(session) > 0

    def actor_of_session(self, secret: str) -> Actor | None:
        """Who is signed in with this cookie, if anyone still is."""
        with self.sessions.begin() as session:
            found = sessions.find_session(session, secret)
            if found is None:
                return None
            actor = self._act(session, found[1], "portal")
            if _is_strong(found[0].method):
                return actor
            return replace(actor, grants=tuple(g for g in actor.grants if g.role not in self.guarded))

    def actor_of_token(self, secret: str, through: str = "token") -> Actor:
        """Whom a token speaks for, within its scopes.

        Raises:
            NotSignedIn: it is unknown, ended, or out of date.
        """
        with self.sessions.begin() as session:
            found = tokens.find_token(session, secret)
            if found:
                scopes = frozenset(_RIGHTS[s] for s in found[0].scopes if s in _RIGHTS)
                return self._act(session, found[1], through, scopes)
        raise NotSignedIn()

    def actor_at_terminal(self, token: str, user: str) -> Actor:
        """Who runs a command: while there are no accounts, whoever runs the machine; then the token's account.

        Raises:
            NotSignedIn: there are accounts, and no token, or one that does not hold.
        """
        if not self.has_accounts():
            return local_operator(user)
        if not token:
            raise NotSignedIn()
        return self.actor_of_token(token, "cli")

    def end_secret(self, token: str) -> None:
        """End the token of a secret: whoever holds it may."""
        with self.sessions.begin() as session:
            found = tokens.find_token(session, token)
            if found:
                mark = accounts.mark_of(found[1].number)
                tokens.end_token(session, found[0].number, mark)
                audit.record(session, mark, "cli", "token.end", mark, {"token": found[0].number})

    def names(self, marks: Iterable[str]) -> Mapping[str, str]:
        """The names of the people behind marks such as ``TK7``, where they are still known."""
        with self.sessions() as session:
            return accounts.name_marks(session, marks)

    def note_refusal(
        self, actor: Actor, action: str, subject: str, detail: Mapping[str, object], address: str = ""
    ) -> None:
        """Write a refusal into the audit; of strangers only the first thirty of a day from one address."""
        with self.sessions.begin() as session:
            if actor.is_public and note_failure(session, (Limit(f"refused:{network_of(address)}", 30),)):
                return
            facts = {**detail, **({"network": network_of(address)} if actor.is_public else {})}
            audit.record(session, actor.login, actor.through, action, subject, facts)

    def note_dead_cookie(self, secret: str, path: str, address: str) -> None:
        """Write down that a cookie came back after its session was ended; one that only ran out is not worth a line."""
        with self.sessions.begin() as session:
            account = sessions.find_ended(session, secret)
            if account is None or note_failure(session, (Limit(f"cookie:{hash_secret(secret)[:16]}", 5),)):
                return
            facts = {"path": path, "network": network_of(address)}
            audit.record(session, "", "portal", "session.dead_cookie", accounts.mark_of(account), facts)

    @staticmethod
    def _act(session: Session, row: AccountRow, through: str, scopes: frozenset[Right] | None = None) -> Actor:
        grants = accounts.held_grants(session, row.number)
        mark = accounts.mark_of(row.number)
        return Actor(mark, row.name or mark, grants, through, row.number, scopes)


def _is_strong(method: str) -> bool:
    return method.endswith("+code") or method.startswith("openid")
