"""Who acts: an account with its grants, as a door has recognised it; what a role may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lienvung.errors import NotAllowed, NotSignedIn


class Role(StrEnum):
    """What a person is in the office."""

    PROVIDER = "provider"
    STEWARD = "steward"
    ANALYST = "analyst"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """What may be done. A right on a submission holds within the agency and areas of the grant."""

    READ = "read"  # what is published: everyone, signed in or not
    SIGN_IN = "sign_in"  # pages of signing in: everyone
    OWN = "own"  # one's own account, sessions, tokens: everyone signed in
    SUBMIT = "submit"
    SEE_SUBMISSIONS = "see_submissions"
    COMMENT = "comment"
    DECIDE = "decide"  # approve or return
    PUBLISH = "publish"  # publish, schedule, embargo, withdraw
    RECONCILE = "reconcile"  # accept a discrepancy, choose among claims
    KEEP_RECIPES = "keep_recipes"
    KEEP_CALENDAR = "keep_calendar"
    ANALYSE = "analyse"  # scenarios, plans' drafts
    COORDINATE = "coordinate"  # tasks, conflicts between plans
    MANAGE_ACCOUNTS = "manage_accounts"
    READ_AUDIT = "read_audit"


EVERYONE = frozenset({Right.READ, Right.SIGN_IN})
SIGNED_IN = EVERYONE | {Right.OWN}
ROLE_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.PROVIDER: frozenset({Right.SUBMIT, Right.SEE_SUBMISSIONS, Right.COMMENT, Right.KEEP_RECIPES}),
    Role.STEWARD: frozenset(
        {
            Right.SUBMIT, Right.SEE_SUBMISSIONS, Right.COMMENT, Right.DECIDE, Right.PUBLISH, Right.RECONCILE,
            Right.KEEP_RECIPES, Right.KEEP_CALENDAR,
        }
    ),
    Role.ANALYST: frozenset({Right.ANALYSE}),
    Role.COORDINATOR: frozenset({Right.ANALYSE, Right.COORDINATE, Right.SEE_SUBMISSIONS, Right.COMMENT}),
    Role.ADMINISTRATOR: frozenset({Right.MANAGE_ACCOUNTS, Right.READ_AUDIT, Right.KEEP_CALENDAR}),
}  # fmt: skip
"""An administrator manages accounts and does not touch figures; a steward does not manage accounts."""


@dataclass(frozen=True)
class Grant:
    """A role, within one agency (empty: any) and some areas (none: any)."""

    role: Role
    agency: str = ""
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Actor:
    """Who is acting, and through which door: ``portal``, ``cli``, ``token`` or ``system``.

    ``login`` is what records and audit keep: an account's pseudonym ``TK7``, so that erasing the person touches neither
    (docs/decisions/0011); the plain name of whoever runs a machine without accounts. ``name`` is for showing only.
    ``scopes`` are a token's; None means every right of the grants. ``account`` is None for the public and the system.
    """

    login: str
    name: str
    grants: tuple[Grant, ...] = ()
    through: str = "portal"
    account: int | None = None
    scopes: frozenset[Right] | None = None

    @property
    def is_public(self) -> bool:
        """Nobody has signed in."""
        return not self.login

    def has_right(self, right: Right, agency: str | None = None, areas: Iterable[str] = ()) -> bool:
        """Whether a right is held, anywhere or on one agency's matter concerning some areas."""
        if right in EVERYONE:
            return True
        if self.scopes is not None and right not in self.scopes:
            return False
        if right is Right.OWN:
            return not self.is_public
        return any(_covers(g, right, agency, frozenset(areas)) for g in self.grants)

    def require(self, right: Right, agency: str | None = None, areas: Iterable[str] = ()) -> None:
        """Raises NotSignedIn or NotAllowed unless the right is held."""
        if self.has_right(right, agency, areas):
            return
        if self.is_public:
            raise NotSignedIn()
        raise NotAllowed(actor=self.login, right=right.value)


def _covers(grant: Grant, right: Right, agency: str | None, areas: frozenset[str]) -> bool:
    if right not in ROLE_RIGHTS[grant.role]:
        return False
    if agency is not None and grant.agency and grant.agency != agency:
        return False
    return not (grant.areas and areas and not areas <= set(grant.areas))


PUBLIC = Actor("", "")
"""Nobody signed in."""


def local_operator(name: str) -> Actor:
    """Whoever runs the command line in a home folder that has no accounts yet: the machine's own rights guard it."""
    return Actor(name, name, tuple(Grant(role) for role in Role), "cli")


PACK = Actor("pack", "pack", tuple(Grant(role) for role in Role), "system")
"""The pack's figures come in under this name: the operator installed them, and they were approved before shipping."""
