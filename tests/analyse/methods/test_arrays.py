"""What arrays are let in, and division without a base."""

from __future__ import annotations

import numpy as np
import pytest

from lienvung.analyse.methods import arrays as a
from lienvung.errors import BadValue


def test_division_without_a_base_is_undefined_never_zero_or_infinite() -> None:
    assert np.array_equal(a.divide([1.0, 0.0, np.nan, 3.0], [0.0, 0.0, 1.0, 2.0]), [np.nan, np.nan, np.nan, 1.5], True)
    assert np.isnan(a.log_where_positive(np.array([0.0, -1.0]))).all()


def test_a_refusal_names_the_argument_the_cell_and_what_is_allowed() -> None:
    with pytest.raises(BadValue) as caught:
        a.not_negative(a.take_matrix([[1, 2], [3, -4]], "e"), "e")
    assert "e" in caught.value.message("vi") and "[1, 1]" in caught.value.message("en")
    assert "không âm" in caught.value.suggestion("vi") and "negative" in caught.value.suggestion("en")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: a.take_vector([[1.0]], "x"),
        lambda: a.take_vector([1.0], "x", 2),
        lambda: a.take_vector([np.nan], "x"),
        lambda: a.take_vector([], "x"),
        lambda: a.take_square([[1.0, 2.0]], "x"),
        lambda: a.take_matrix([[1.0]], "x", (2, 1)),
        lambda: a.take_cube([[1.0]], "x"),
        lambda: a.one_of("c", "x", ("a", "b")),
        lambda: a.within(float("nan"), "x", 0, 1),
    ],
)
def test_what_does_not_fit_is_refused(ask: object) -> None:
    with pytest.raises(BadValue):
        ask()  # type: ignore[operator]


def test_missing_passes_where_it_may() -> None:
    assert np.isnan(a.take_vector([1.0, np.nan], "x", is_whole=False)[1])
