"""What was published when."""

from __future__ import annotations

from lienvung.query.reader import Reader
from lienvung.store.pointer import ReleaseNote

__all__ = ["ReleaseNote", "find_releases"]


def find_releases(reader: Reader) -> list[ReleaseNote]:
    """Every release, newest first."""
    return list(reversed(reader.releases))
