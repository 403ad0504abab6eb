"""Passwords that would be guessed are refused; good ones, Vietnamese ones too, are not."""

from __future__ import annotations

import unicodedata

import pytest
from argon2 import PasswordHasher

from lienvung.errors import WeakPassword
from lienvung.workflow.passwords import (
    frequent_passwords,
    hash_password,
    is_outdated,
    require_strength,
    verify_password,
)

PERSONAL = ("nguyenvanan", "Nguyễn Văn An", "an.nv@binhduong.example")


def test_the_list_is_long_enough_to_matter() -> None:
    assert len(frequent_passwords()) > 19_000
    assert {"password", "qwerty", "123456", "matkhau"} <= frequent_passwords()


@pytest.mark.parametrize(
    "weak",
    [
        "ngan", "mười một ký", "q1w2e3r4t5y6", "1qaz2wsx3edc", "Password@2026!!", "P@ssw0rd123456", "Matkhau@123456",
        "qwertyuiop123", "abcdefghijklmnop", "aaaaaaaaaaaaaaaa", "abababababababab", "123456789012345",
        "password123456", "iloveyoupassword", "nguyenvanan2026", "Nguyễn Văn An 1990", "binhduong@2026",
        "bảy con mèo " * 11,
    ],
)  # fmt: skip
def test_weak_passwords_are_refused(weak: str) -> None:
    with pytest.raises(WeakPassword):
        require_strength(weak, PERSONAL)


@pytest.mark.parametrize(
    "good", ["bảy con mèo trên mái ngói", "correct horse battery staple", "Tg7#kq0!vXz2pL", "sông Bé chảy ngược 1998"]
)
def test_good_passwords_are_taken(good: str) -> None:
    require_strength(good, PERSONAL)


def test_the_hash_is_argon2id_with_its_own_salt() -> None:
    kept = [hash_password("bảy con mèo trên mái ngói") for _ in range(2)]
    assert kept[0] != kept[1]
    assert all(k.startswith("$argon2id$v=19$m=19456,t=2,p=1$") for k in kept)
    assert verify_password("bảy con mèo trên mái ngói", kept[0])
    assert not verify_password("bảy con mèo trên mái ngó", kept[0])


def test_however_the_keyboard_composes_the_letters() -> None:
    kept = hash_password(unicodedata.normalize("NFD", "bảy con mèo trên mái ngói"))
    assert verify_password(unicodedata.normalize("NFC", "bảy con mèo trên mái ngói"), kept)


def test_no_password_kept_opens_nothing() -> None:
    assert not verify_password("nobody has this password", None)
    assert not verify_password("anything", "not a hash")


def test_a_hash_of_older_parameters_is_told() -> None:
    assert is_outdated(PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("x"))
    assert not is_outdated(hash_password("x"))
