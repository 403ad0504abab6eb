"""Bands of location quotients: they hold what they promise in simulation, and know where they cannot."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from lienvung.analyse.methods import location_bands as bands
from lienvung.errors import BadValue

DRAWS = 4000
BANDS = [bands.calc_lq_band_delta, bands.calc_lq_band_log, bands.calc_lq_band_fieller]


def coverage(band: Callable[..., bands.Band], place_share: float, sector_share: float, lq: float, grand: int) -> float:
    """How often the nominal 95 % band of the first place's first sector holds the truth, workers drawn one by one."""
    here = place_share * sector_share * lq
    truth = np.array([[here, place_share - here], [sector_share - here, 1 - place_share - sector_share + here]])
    drawn = np.random.default_rng(20261123).multinomial(grand, truth.ravel(), DRAWS).reshape(-1, 2, 2)
    hits = 0
    for e in drawn:
        found = band(e)
        hits += bool(found.low[0, 0] <= lq <= found.high[0, 0])
    return hits / DRAWS


@pytest.mark.parametrize("band", BANDS, ids=lambda b: b.__name__)
@pytest.mark.parametrize(("place", "lq"), [(0.02, 0.5), (0.02, 2.0), (0.1, 1.0), (0.3, 1.6)])
def test_simulated_coverage_of_the_nominal_band(band: Callable[..., bands.Band], place: float, lq: float) -> None:
    assert 0.935 <= coverage(band, place, 0.15, lq, round(500 / place)) <= 0.965


@pytest.mark.parametrize("band", BANDS, ids=lambda b: b.__name__)
def test_bands_hold_the_quotient_and_widen_with_plants(band: Callable[..., bands.Band]) -> None:
    e = [[500, 4500], [300, 9700], [0, 100]]
    plain, clustered = band(e), band(e, design_effect=[20, 20, 20])
    known = np.array([[True, True], [True, True], [False, True]])
    assert (np.isnan(plain.low) == ~known).all() and (np.isnan(plain.value) == ~known).all()
    assert (plain.low <= plain.value)[known].all() and (plain.value <= plain.high)[known].all()
    wide, narrow = clustered.high - clustered.low, plain.high - plain.low
    assert (wide > 3 * narrow)[:2].all()
    assert plain.is_above_one[0, 0] and plain.is_below_one[1, 0] and not plain.is_above_one[2, 0]


def test_bands_agree_when_counts_are_large() -> None:
    e = [[50_000, 450_000], [30_000, 970_000]]
    first, *others = [b(e) for b in BANDS]
    for other in others:
        assert np.allclose(first.low, other.low, atol=1e-3) and np.allclose(first.high, other.high, atol=1e-3)


def test_a_design_effect_below_one_is_refused() -> None:
    with pytest.raises(BadValue):
        bands.calc_lq_band_log([[5, 5], [5, 5]], design_effect=[0.5, 1])
