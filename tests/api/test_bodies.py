"""Kept answers: the same bytes and headers again, a new release is seen at once, memory has a bound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from lienvung.api import bodies
from lienvung.api.bodies import Bodies
from tests.api.asgi import Client

FLOW = "/sdmx/v2/data/dataflow/LIENVUNG/NATIONAL_ACCOUNTS"


def test_the_second_answer_is_the_first_without_asking_the_store(api: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    first = api.get(FLOW)

    def fail(*_: Any) -> None:
        raise AssertionError("asked again")

    monkeypatch.setattr("lienvung.api.sdmx_data.find_observations", fail)
    again = api.get(FLOW)
    assert (again.content, dict(again.headers)) == (first.content, dict(first.headers))
    assert api.get(f"{FLOW}?limit=1").status_code == 500


def test_the_oldest_make_room_and_large_ones_are_not_kept() -> None:
    kept = Bodies(total=10)
    kept.keep("a", b"12345", {})
    kept.keep("b", b"12345", {})
    assert kept.find("a") is not None
    kept.keep("c", b"12345", {})
    assert [tag for tag in "abc" if kept.find(tag)] == ["a", "c"]
    kept.keep("d", b"x" * 11, {})
    assert kept.find("d") is None


def test_a_long_answer_is_passed_on_as_it_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "LARGEST", 10)
    taken = []

    def pieces() -> Iterator[bytes]:
        for number in range(5):
            taken.append(number)
            yield b"123456"

    passed = Bodies().gather("t", pieces(), {})
    assert not isinstance(passed, bytes)
    assert taken == [0, 1]
    assert b"".join(passed) == b"123456" * 5


def test_another_host_is_another_answer(api: Client) -> None:
    mine = api.get(FLOW, headers={"host": "a.example"})
    other = api.get(FLOW, headers={"host": "b.example"})
    assert mine.headers["etag"] != other.headers["etag"]
    assert "a.example" not in other.text
