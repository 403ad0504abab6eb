"""Random secrets: what the person holds, and the hash that is kept."""

from __future__ import annotations

import hashlib
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Signs that are not taken for each other when read aloud or typed."""


def new_secret() -> str:
    """256 random bits as text for a cookie or a header."""
    return secrets.token_urlsafe(32)


def new_code(groups: int = 5) -> str:
    """A code that a person types: groups of five signs, almost five bits each: 123 in all.

    >>> len(new_code()), new_code().count("-")
    (29, 4)
    """
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(5)) for _ in range(groups))


def clean_code(text: str) -> str:
    """A typed code as it was given: capitals, no blanks, groups of five.

    >>> clean_code(" abcde fghjk ")
    'ABCDE-FGHJK'
    """
    plain = "".join(text.upper().replace("-", "").split())
    return "-".join(plain[i : i + 5] for i in range(0, len(plain), 5))


def hash_secret(secret: str) -> str:
    """SHA-256 of a secret: enough for random ones; passwords go through Argon2id."""
    return hashlib.sha256(secret.encode()).hexdigest()
