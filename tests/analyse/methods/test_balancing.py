"""RAS and GRAS: margins met, signs and zeros kept, and honest where they cannot be met."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.analyse.methods.drawn import Array, pairs_of_tables, unhurried

from lienvung.analyse.methods import balancing as b
from lienvung.errors import BadValue


@unhurried
@given(pairs_of_tables(least=1), st.floats(1e-3, 1e3))
def test_ras_meets_its_margins_whatever_the_scale_of_the_seed(both: tuple[Array, Array], scale: float) -> None:
    seed, target = both
    found = b.calc_ras(seed, target.sum(1), target.sum(0))
    assert found.reason is None and found.gap <= 1e-9
    assert np.allclose(found.table.sum(1), target.sum(1), rtol=1e-8) and np.allclose(found.table.sum(0), target.sum(0))
    assert np.allclose(found.table, seed * np.outer(found.row_factors, found.column_factors))
    assert np.allclose(b.calc_ras(seed * scale, target.sum(1), target.sum(0)).table, found.table, rtol=1e-6)


@unhurried
@given(pairs_of_tables(least=1))
def test_a_table_with_its_own_margins_stays(both: tuple[Array, Array]) -> None:
    seed = both[0] * (both[1] > 300) + np.eye(*both[0].shape)
    same = b.calc_ras(seed, seed.sum(1), seed.sum(0))
    assert np.allclose(same.table, seed) and same.steps <= 2 and ((same.table == 0) == (seed == 0)).all()


@st.composite
def signed(draw: st.DrawFn) -> tuple[Array, Array]:
    """A seed with negative cells and a target of the same signs, so that a solution exists."""
    first, second = draw(pairs_of_tables(least=1, most=100))
    signs = np.where(first % 7 == 0, -1.0, 1.0)
    signs[0, :] = signs[:, 0] = 1.0
    return first * signs, second * signs


@unhurried
@given(signed())
def test_gras_meets_its_margins_and_keeps_every_sign(both: tuple[Array, Array]) -> None:
    seed, target = both
    found = b.calc_gras(seed, target.sum(1) + 0.0, target.sum(0)) if _fits(seed, target) else None
    if found is None:
        return
    assert (np.sign(found.table) == np.sign(seed)).all()
    if found.reason is None:
        scale = max(np.abs(target.sum(1)).max(), np.abs(target.sum(0)).max())
        assert np.allclose(found.table.sum(1), target.sum(1), atol=1e-8 * scale)
        assert np.allclose(found.table.sum(0), target.sum(0), atol=1e-8 * scale)


def _fits(seed: Array, target: Array) -> bool:
    """A margin of 0 or below is asked only of rows and columns with negative cells."""
    rows = (seed < 0).any(1) | (target.sum(1) > 0)
    return bool(rows.all() and ((seed < 0).any(0) | (target.sum(0) > 0)).all())


@unhurried
@given(pairs_of_tables(least=1))
def test_gras_without_negative_cells_is_ras(both: tuple[Array, Array]) -> None:
    seed, target = both
    one, two = (f(seed, target.sum(1), target.sum(0)).table for f in (b.calc_ras, b.calc_gras))
    assert np.allclose(one, two, rtol=1e-6)


def test_gras_of_junius_and_oosterhaven_by_its_conditions() -> None:
    # the solution is r P s − N / (r s): each positive cell scaled by r s, each negative one by 1 / (r s)
    seed = np.array([[7.0, 3.0, 5.0, -3.0], [2.0, 9.0, 8.0, 1.0], [-2.0, 0.0, 2.0, 1.0]])
    found = b.calc_gras(seed, [15.0, 26.0, -1.0], [9.0, 16.0, 17.0, -2.0])
    both = np.outer(found.row_factors, found.column_factors)
    assert found.reason is None and np.allclose(found.table, np.where(seed > 0, seed * both, seed / both))
    assert np.allclose(found.table.sum(1), [15, 26, -1]) and np.allclose(found.table.sum(0), [9, 16, 17, -2])


def test_empty_rows_stay_and_impossible_patterns_say_so() -> None:
    found = b.calc_ras([[1.0, 2.0], [0.0, 0.0]], [6.0, 0.0], [2.0, 4.0])
    assert found.table.tolist() == [[2, 4], [0, 0]] and found.reason is None
    stuck = b.calc_ras([[1.0, 1.0], [0.0, 1.0]], [1.0, 9.0], [8.0, 2.0], most_steps=200)
    assert stuck.reason is b.NOT_REACHED and stuck.gap > 1e-6


@pytest.mark.parametrize(
    ("seed", "rows", "columns"),
    [
        ([[1.0, 1.0]], [2.0], [1.0, 2.0]),  # different totals
        ([[1.0, -1.0]], [2.0], [1.0, 1.0]),  # negative cell
        ([[0.0, 0.0], [1.0, 1.0]], [1.0, 1.0], [1.0, 1.0]),  # asked of an empty row
        ([[1.0, np.nan]], [2.0], [1.0, 1.0]),
    ],
)
def test_what_cannot_be_balanced_is_refused(seed: object, rows: object, columns: object) -> None:
    with pytest.raises(BadValue):
        b.calc_ras(seed, rows, columns)  # type: ignore[arg-type]


def test_gras_refuses_a_margin_of_the_wrong_sign() -> None:
    with pytest.raises(BadValue):
        b.calc_gras([[1.0, 2.0], [-1.0, -1.0]], [-1.0, 3.0], [1.0, 1.0])
