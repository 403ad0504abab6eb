"""Every error has four sentences, an exit code and a status, and stands in the drawn tree."""

from __future__ import annotations

import pytest

from lienvung import errors
from lienvung.errors import EXIT_CODES, HTTP_STATUSES, LienVungError


def family(parent: type[LienVungError]) -> list[type[LienVungError]]:
    return [parent, *(c for child in parent.__subclasses__() for c in family(child))]


@pytest.mark.parametrize("kind", family(LienVungError), ids=lambda k: k.__name__)
def test_every_class_is_placed(kind: type[LienVungError]) -> None:
    assert kind in EXIT_CODES
    assert kind in HTTP_STATUSES
    assert kind is LienVungError or kind.__name__ in (errors.__doc__ or "")
    if not kind.__subclasses__():
        assert kind.vi != LienVungError.vi and kind.en != LienVungError.en
        assert kind.todo_vi and kind.todo_en


def test_tables_hold_nothing_else() -> None:
    assert set(EXIT_CODES) == set(HTTP_STATUSES) == set(family(LienVungError))
    assert all(code != 0 for code in EXIT_CODES.values())
