"""Passwords: Argon2id, and a word about those that would be guessed."""

from __future__ import annotations

import gzip
import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib import resources

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from lienvung.errors import Both, WeakPassword

SHORTEST, LONGEST = 12, 128
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""Argon2id with 19 MiB, two passes and one lane: the second of the settings that OWASP recommends."""
OWN_WORDS = frozenset(
    {
        "matkhau", "lienvung", "vietnam", "hanoi", "saigon", "binhduong", "dongnai", "hochiminh", "anhyeuem",
        "emyeuanh", "xinchao", "thongke", "sotaichinh", "congthongtin", "quantri", "nguoidung", "kinhte", "sokehoach",
        "cucthongke",
    }
)  # fmt: skip
_AT_ONCE = threading.BoundedSemaphore(4)
_LEET = str.maketrans({"@": "a", "4": "a", "3": "e", "1": "i", "!": "i", "0": "o", "5": "s", "$": "s", "7": "t"})
_ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")


@cache
def frequent_passwords() -> frozenset[str]:
    """About 20 000 passwords that are used most (see NOTICE for where the list is from)."""
    packed = resources.files(__package__).joinpath("frequent_passwords.txt.gz").read_bytes()
    return frozenset(gzip.decompress(packed).decode("utf-8").split()) | OWN_WORDS


def hash_password(password: str) -> str:
    """The hash to keep, with its own salt and parameters."""
    with _AT_ONCE:
        return HASHER.hash(_normal(password))


def verify_password(password: str, kept: str | None) -> bool:
    """Whether a password is the one kept; takes as long where none is kept."""
    with _AT_ONCE:
        try:
            return HASHER.verify(kept or _nobody(), _normal(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than today's."""
    return HASHER.check_needs_rehash(kept)


def require_strength(password: str, personal: Iterable[str] = ()) -> None:
    """Refuse a password that would be guessed.

    Args:
        personal: login, name, e-mail of the person: what another would try first.

    Raises:
        WeakPassword: too short, too long, frequent, a row of keys, repeated, or made of what is known of the person.
    """
    password = _normal(password)
    if len(password) < SHORTEST:
        raise WeakPassword(reason=Both(f"ngắn hơn {SHORTEST} ký tự", f"shorter than {SHORTEST} characters"))
    if len(password) > LONGEST:
        raise WeakPassword(reason=Both(f"dài hơn {LONGEST} ký tự", f"longer than {LONGEST} characters"))
    plain = _fold(password)
    if _is_frequent(plain) or _is_frequent(plain.translate(_LEET)):
        raise WeakPassword(reason=Both("nhiều người dùng, dễ đoán", "many people use it"))
    if len(set(plain)) < 5 or len(_without_rows(plain)) < 5:
        raise WeakPassword(reason=Both("là dãy phím hoặc ký tự lặp lại", "a row of keys or a repetition"))
    if len(_without(plain, personal)) < 8:
        raise WeakPassword(reason=Both("gồm tên hoặc tên đăng nhập của chính bạn", "made of your own name or login"))


def _normal(password: str) -> str:
    """The same signs for the same letters, however the keyboard composes Vietnamese; overlong input is cut."""
    return unicodedata.normalize("NFC", password[: LONGEST + 1])


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def _is_frequent(plain: str) -> bool:
    """In the list; or is after taking off figures and signs at its ends; or is two of the list."""
    known = frequent_passwords()
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    bare = re.sub(r"[\W_]+", "", plain)
    if plain in known or bare in known or (len(core) >= 4 and core in known):
        return True
    return any(bare[:i] in known and bare[i:] in known for i in range(4, len(bare) - 3))


def _without_rows(plain: str) -> str:
    """What is left when every step along the alphabet, the figures or a row of keys, and every repeat, is taken out."""
    steps = {row[i : i + 2] for row in _ROWS for i in range(len(row) - 1)}
    steps |= {s[::-1] for s in steps}
    return "".join(b for a, b in zip(" " + plain, plain, strict=False) if a != b and a + b not in steps)


def _without(plain: str, personal: Iterable[str]) -> str:
    """What is left without the words known of the person, and without blanks and signs."""
    plain = re.sub(r"[\W_]+", "", plain)
    for text in personal:
        words = [w for w in re.split(r"[\W_]+", _fold(text)) if w]
        for word in sorted({"".join(words), *words}, key=len, reverse=True):
            if len(word) >= 3:
                plain = plain.replace(word, "")
    return plain


@cache
def _nobody() -> str:
    """A hash that no password has, so that an unknown login takes the same time."""
    return HASHER.hash("nobody has this password")
