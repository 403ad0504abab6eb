"""The audit: what was done or refused, by whom and through which door; a chain that shows any change.

The newest entry's number and hash stand in three places: the chain's end, the head's row, and a line of
``audit.anchor`` beside the database, so that whoever rewrites the whole chain must also rewrite a file
that can be kept elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from lienvung.workflow.tables import AuditHeadRow, AuditRow

_LOG = logging.getLogger(__name__)
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
    """Where the chain does not hold.

    ``changed``, ``removed``, ``reordered``, ``truncated``, ``inserted``, ``unknown`` (another was before it),
    ``rewritten`` (not what the anchor noted), ``unanchored`` (the anchor's file is gone).
    """

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
    session.info.setdefault("audit_written", []).append(entry)
    return entry


def find_entries(session: Session, what: str | None = None) -> Iterator[Entry]:
    """Entries in the order of their numbers; of one subject if named."""
    query = select(AuditRow).order_by(AuditRow.number)
    for row in session.scalars(query.where(AuditRow.subject == what) if what else query).yield_per(1000):
        yield _read(row)


def _read(row: AuditRow) -> Entry:
    return Entry(**{name: getattr(row, name) for name in Entry.__dataclass_fields__})


def find_head(session: Session) -> tuple[int, str]:
    """Number and hash of the newest entry, as the head's row says."""
    head = session.execute(select(AuditHeadRow.number, AuditHeadRow.hash)).one()
    return head.number, head.hash


@dataclass(frozen=True)
class Wanted:
    """Which entries to show, newest first: of one actor, one subject, actions that begin so, until one number."""

    actor: str = ""
    subject: str = ""
    action: str = ""
    before: int | None = None
    most: int = 100


def search_entries(session: Session, wanted: Wanted) -> list[Entry]:
    """The entries that are wanted, newest first."""
    query = select(AuditRow).order_by(AuditRow.number.desc()).limit(wanted.most)
    if wanted.actor:
        query = query.where(AuditRow.actor == wanted.actor)
    if wanted.subject:
        query = query.where(AuditRow.subject == wanted.subject)
    if wanted.action:
        query = query.where(AuditRow.action.startswith(wanted.action, autoescape=True))
    if wanted.before:
        query = query.where(AuditRow.number < wanted.before)
    return [_read(row) for row in session.scalars(query)]


def export_lines(session: Session) -> Iterator[str]:
    """The chain as JSON lines, oldest first, and a last line with the head: the file alone can be verified."""
    last = (0, NOTHING_BEFORE)
    for entry in find_entries(session):
        last = entry.number, entry.hash
        yield _line({**vars(entry), "at": entry.at.isoformat(timespec="microseconds")})
    yield _line({"head": {"number": last[0], "hash": last[1]}})


def _line(record: Mapping[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def anchor_path(session: Session) -> Path | None:
    """Where the anchor of this database is kept; none beside a database that is not a file."""
    bind = session.get_bind()
    name = bind.url.database if isinstance(bind, Engine) and bind.dialect.name == "sqlite" else None
    return Path(name).with_name("audit.anchor") if name else None


def write_anchor(session: Session) -> None:
    """After a commit: a line for every entry that it kept. Call it for every session's commits."""
    written: list[Entry] = session.info.pop("audit_written", [])
    path = anchor_path(session)
    if written and path:
        try:
            with path.open("a", encoding="ascii") as stream:
                stream.write("".join(f"{e.number} {e.hash}\n" for e in written))
        except OSError:
            _LOG.exception("audit.anchor")


def forget_unwritten(session: Session) -> None:
    """After a rollback: nothing was kept."""
    session.info.pop("audit_written", None)


def read_anchor(path: Path | None) -> dict[int, str] | None:
    """Number → hash of every entry that the anchor noted; None if its file is not there."""
    if path is None or not path.exists():
        return None
    lines = (line.split() for line in path.read_text("ascii", errors="replace").splitlines())
    return {int(words[0]): words[1] for words in lines if len(words) == 2 and words[0].isdigit()}


def check_chain(session: Session) -> tuple[int, str, list[Flaw]]:
    """Number and hash of the head, and everything that does not hold, while others may be writing."""
    head, anchors = find_head(session), read_anchor(anchor_path(session))
    flaws = [f for f in find_flaws(find_entries(session), head, anchors) if f.kind != "inserted"]
    newest = find_head(session)[0]
    beyond = select(AuditRow.number).where(AuditRow.number > newest).order_by(AuditRow.number)
    flaws += [Flaw(number, "inserted") for number in session.scalars(beyond)]
    if anchors is None and head[0] and anchor_path(session):
        flaws.append(Flaw(head[0], "unanchored"))
    return head[0], head[1], flaws


def find_flaws(
    entries: Iterable[Entry], head: tuple[int, str] | None = None, anchors: Mapping[int, str] | None = None
) -> list[Flaw]:
    """Where the chain does not hold.

    Args:
        head: number and hash of the newest entry as known from elsewhere; tells a truncated or lengthened end.
        anchors: number → hash as noted outside the database; tells a chain that was computed anew.
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
    elif head:
        flaws += [Flaw(n, "inserted") for n in seen if n > head[0]]
    return flaws + [Flaw(n, "rewritten") for n, noted in sorted((anchors or {}).items()) if seen.get(n) != noted]
