"""Who is who: recognising, signing in, one's own account, the administrator's desk, reading the audit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from lienvung.workflow import audit
from lienvung.workflow.account_desk import AccountDesk, NewAccount
from lienvung.workflow.actors import Actor, Right, Role
from lienvung.workflow.audit import Entry, Flaw
from lienvung.workflow.database import open_workflow
from lienvung.workflow.sessions import Visitor
from lienvung.workflow.signing_in import SignedIn, SigningIn
from lienvung.workflow.single_sign_on import Provider

__all__ = ["Identity", "NewAccount", "Provider", "SignedIn", "Visitor", "open_identity"]


@dataclass(frozen=True)
class Identity(AccountDesk, SigningIn):
    """Everything that the doors ask about people."""

    def entries(self, by: Actor, wanted: audit.Wanted | None = None) -> list[Entry]:
        """Entries of the audit that are wanted, newest first.

        Raises:
            NotAllowed.
        """
        by.require(Right.READ_AUDIT)
        with self.sessions() as session:
            return audit.search_entries(session, wanted or audit.Wanted())

    def export_entries(self, by: Actor) -> Iterator[str]:
        """The whole audit as JSON lines, the head last; that it was exported is an entry itself.

        Raises:
            NotAllowed.
        """
        by.require(Right.READ_AUDIT)
        with self.sessions.begin() as session:
            audit.record(session, by.login, by.through, "audit.export", "audit")
        with self.sessions() as session:
            yield from audit.export_lines(session)

    def audit_flaws(self) -> tuple[int, str, list[Flaw]]:
        """Number and hash of the head, and where the chain does not hold: alone, against the head, and the anchor."""
        with self.sessions() as session:
            return audit.check_chain(session)


def open_identity(path: Path, provider: Provider | None = None, guarded: Iterable[str] = ()) -> Identity:
    """The desk of a home's workflow database; ``guarded`` roles ask for a second factor."""
    return Identity(open_workflow(path), provider, frozenset(Role(r) for r in guarded))
