"""The moment of an act, in one place, so that a test can set it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

SET_BACK = timedelta(minutes=5)
"""A moment kept earlier that lies further ahead than this says that the clock was set back since."""


def utc_now() -> datetime:
    """Now, as naive UTC."""
    return datetime.now(UTC).replace(tzinfo=None)


def is_set_back(now: datetime, kept: datetime) -> bool:
    """Whether the clock was set back since a moment was kept."""
    return kept > now + SET_BACK
