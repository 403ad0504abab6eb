"""Nouns as plain values for JSON: dataclasses become records, moments ISO text in UTC."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any


def plain(value: Any, without: Iterable[str] = ()) -> Any:  # noqa: ANN401 - any noun in, plain values out
    """A value fit for JSON.

    Args:
        without: names of fields that are left out of a record.

    >>> from dataclasses import dataclass
    >>> @dataclass
    ... class Told:
    ...     at: datetime
    ...     names: tuple[str, ...]
    >>> plain(Told(datetime(2026, 1, 2, 3), ("a",)))
    {'at': '2026-01-02T03:00:00Z', 'names': ['a']}
    """
    left_out = frozenset(without)
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name), left_out) for f in fields(value) if f.name not in left_out}
    if isinstance(value, datetime):
        return value.isoformat() + ("Z" if value.tzinfo is None else "")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(k): plain(v, left_out) for k, v in value.items() if k not in left_out}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(v, left_out) for v in (sorted(value) if isinstance(value, set | frozenset) else value)]
    return value
