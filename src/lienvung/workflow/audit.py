"""The audit: what was done or refused, by whom and through which door; a chain that shows any change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from lienvung.workflow.tables import AuditHeadRow, AuditRow

NOTHING_BEFORE = "0" * 64
"""What the first entry names as the hash before it."""


@dataclass(frozen=True)
class Entry:
    """One line of the audit."""

    number: int
    at: datetime
    actor: str
    through: str
    action: str
    subject: str
    detail: Mapping[str, object]
    previous: str
    hash: str


@dataclass(frozen=True)
class Flaw:
    """Where the chain does not hold: ``changed``, ``removed``, ``reordered``, ``truncated`` or ``unknown``."""

    number: int
    kind: str


def hash_entry(entry: Entry) -> str:
    """The hash of an entry: SHA-256 over its other fields as canonical JSON (sorted keys, no blanks, UTF-8)."""
    fields = {
        "number": entry.number, "at": entry.at.isoformat(timespec="microseconds"), "actor": entry.actor,
        "through": entry.through, "action": entry.action, "subject": entry.subject, "detail": entry.detail,
        "previous": entry.previous,
    }  # fmt: skip
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def record(
    session: Session, actor: str, through: str, action: str, what: str, detail: Mapping[str, object] | None = None
) -> Entry:
    """Add an entry in the transaction of the act itself: both are kept or neither is.

    The head's row is locked first, so that two writers queue for their numbers.
    """
    session.execute(update(AuditHeadRow).where(AuditHeadRow.one == 1).values(one=1))
    head = session.execute(select(AuditHeadRow.number, AuditHeadRow.hash)).one()
    clean = json.loads(json.dumps(dict(detail or {}), ensure_ascii=False, default=str))
    entry = Entry(
        head.number + 1, datetime.now(UTC).replace(tzinfo=None), actor, through, action, what, clean, head.hash, ""
    )
    entry = Entry(**{**vars(entry), "hash": hash_entry(entry)})
    session.add(AuditRow(**vars(entry)))
    session.execute(update(AuditHeadRow).values(number=entry.number, hash=entry.hash))
    session.flush()
    return entry


def find_entries(session: Session, what: str | None = None) -> Iterator[Entry]:
    """Entries in the order of their numbers; of one subject if named."""
    query = select(AuditRow).order_by(AuditRow.number)
    for row in session.scalars(query.where(AuditRow.subject == what) if what else query).yield_per(1000):
        yield Entry(**{name: getattr(row, name) for name in Entry.__dataclass_fields__})


def find_head(session: Session) -> tuple[int, str]:
    """Number and hash of the newest entry, as the head's row says."""
    head = session.execute(select(AuditHeadRow.number, AuditHeadRow.hash)).one()
    return head.number, head.hash


def find_flaws(entries: Iterable[Entry], head: tuple[int, str] | None = None) -> list[Flaw]:
    """Where the chain does not hold.

    Args:
        head: number and hash of the newest entry as known from elsewhere; tells a truncated end.
    """
    flaws: list[Flaw] = []
    number, before = 0, NOTHING_BEFORE
    seen: dict[int, str] = {}
    for entry in entries:
        if entry.number <= number:
            flaws.append(Flaw(entry.number, "reordered"))
        elif entry.number > number + 1:
            flaws.append(Flaw(number + 1, "removed"))
        elif entry.previous != before:
            flaws.append(Flaw(entry.number, "unknown"))
        if hash_entry(entry) != entry.hash:
            flaws.append(Flaw(entry.number, "changed"))
        number, before = max(number, entry.number), entry.hash
        seen[entry.number] = entry.hash
    if head and head[0] > number:
        flaws.append(Flaw(number + 1, "truncated"))
    elif head and head[0] and seen.get(head[0]) != head[1]:
        flaws.append(Flaw(head[0], "changed"))
    return flaws
