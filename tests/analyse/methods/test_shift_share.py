"""Shift-share: the parts of every form add up to the change, cell by cell."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given
from tests.analyse.methods.drawn import Array, pairs_of_tables, unhurried

from lienvung.analyse.methods import shift_share as ss
from lienvung.errors import BadValue

FORMS = [ss.calc_shift_share_classic, ss.calc_shift_share_esteban_marquillas, ss.calc_shift_share_arcelus]


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.__name__)
@unhurried
@given(pairs_of_tables())
def test_parts_add_to_the_change_in_every_place(
    form: Callable[[Array, Array], ss.ShiftShare], both: tuple[Array, Array]
) -> None:
    e0, e1 = both
    assume(e0.sum() > 0)
    found = form(e0, e1)
    assert np.allclose(sum(found.by_place().values()), (e1 - e0).sum(1))
    whole = ~found.is_zero_base
    assert np.allclose(sum(found.parts.values())[whole], found.change[whole])


@unhurried
@given(pairs_of_tables(least=1))
def test_the_reference_as_a_whole_has_no_mix_and_no_regional_part(both: tuple[Array, Array]) -> None:
    found = ss.calc_shift_share_classic(*both)
    assert np.isclose(found.parts["industry_mix"].sum(), 0, atol=1e-6)
    assert np.allclose(found.parts["regional"].sum(0), 0, atol=1e-6)


@unhurried
@given(pairs_of_tables(least=1))
def test_competitive_and_allocation_divide_the_regional_part(both: tuple[Array, Array]) -> None:
    classic, split = ss.calc_shift_share_classic(*both), ss.calc_shift_share_esteban_marquillas(*both)
    joined = split.parts["competitive_homothetic"] + split.parts["allocation"]
    assert np.allclose(joined, classic.parts["regional"])
    eight = ss.calc_shift_share_arcelus(*both).parts
    assert np.allclose(eight["national_expected"] + eight["national_differential"], classic.parts["national"])
    assert np.allclose(
        eight["industry_mix_expected"] + eight["industry_mix_differential"], classic.parts["industry_mix"]
    )
    assert len(eight) == 8


def test_a_base_of_zero_goes_to_the_regional_part_and_is_marked() -> None:
    e0, e1 = [[0.0, 100.0], [50.0, 50.0]], [[30.0, 110.0], [50.0, 60.0]]
    classic = ss.calc_shift_share_classic(e0, e1)
    assert classic.parts["regional"][0, 0] == 30 and classic.is_zero_base.tolist() == [[True, False], [False, False]]
    split = ss.calc_shift_share_esteban_marquillas(e0, e1)
    assert np.isnan(split.parts["allocation"][0, 0]) and split.undivided[0, 0] == 30
    assert not np.isnan(split.by_place()["allocation"]).any()


def test_a_sector_unknown_to_the_reference_is_undefined_not_zero() -> None:
    found = ss.calc_shift_share_classic([[5.0, 10.0]], [[6.0, 10.0]], [0.0, 100.0], [0.0, 110.0])
    assert np.isnan(found.parts["industry_mix"][0, 0]) and np.isnan(found.by_place()["regional"][0])


@unhurried
@given(pairs_of_tables(least=1))
def test_dynamic_of_two_dates_is_classic_and_steps_add_up(both: tuple[Array, Array]) -> None:
    e0, e1 = both
    once, classic = ss.calc_shift_share_dynamic([e0, e1]), ss.calc_shift_share_classic(e0, e1)
    three = ss.calc_shift_share_dynamic([e0, e1, 2 * e0 + e1])
    assert all(np.allclose(once.parts[k], classic.parts[k]) for k in classic.parts)
    assert np.allclose(sum(three.parts.values()), three.change) and len(three.steps) == 2


@unhurried
@given(pairs_of_tables(least=1))
def test_spatial_with_everyone_else_as_neighbours_adds_up(both: tuple[Array, Array]) -> None:
    e0, e1 = both
    near = np.ones((len(e0), len(e0))) - np.eye(len(e0))
    found = ss.calc_shift_share_spatial(e0, e1, near)
    assert np.allclose(sum(found.parts.values()), e1 - e0)
    scaled = ss.calc_shift_share_spatial(e0, e1, near * 7)
    assert all(np.allclose(scaled.parts[k], found.parts[k]) for k in found.parts)


def test_a_place_without_neighbours_is_undefined() -> None:
    found = ss.calc_shift_share_spatial([[1.0], [2.0]], [[2.0], [2.0]], [[0, 0], [1, 0]])
    assert np.isnan(found.parts["local"][0, 0]) and not np.isnan(found.parts["local"][1, 0])


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(BadValue):
        ss.calc_shift_share_classic([[1.0, 2.0]], [[1.0]])
    with pytest.raises(BadValue):
        ss.calc_shift_share_classic([[1.0]], [[2.0]], [1.0])
    with pytest.raises(BadValue):
        ss.calc_shift_share_spatial([[1.0], [1.0]], [[1.0], [1.0]], np.eye(2))
    with pytest.raises(BadValue):
        ss.calc_shift_share_dynamic([[[1.0, 2.0]]])
    with pytest.raises(BadValue):
        ss.calc_shift_share_classic([[np.nan, 2.0]], [[1.0, 2.0]])
