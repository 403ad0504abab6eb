"""Saturation: the ceiling is found where there is one, its interval holds it, and the rest is refused in words."""

from __future__ import annotations

import numpy as np
import pytest

from lienvung.analyse.methods import saturation as s
from lienvung.errors import BadValue

YEARS = np.arange(2000.0, 2020.0)


@pytest.mark.parametrize("form", ["logistic", "gompertz"])
def test_a_curve_without_noise_gives_its_own_numbers(form: str) -> None:
    y = s.CURVES[form](YEARS, 100.0, 0.35, 2008.0)
    found = s.estimate_saturation(y, YEARS, form)  # type: ignore[arg-type]
    assert found.ceiling == pytest.approx(100, rel=1e-4) and found.rate == pytest.approx(0.35, rel=1e-3)
    assert found.midpoint == pytest.approx(2008, abs=0.01) and found.used == pytest.approx(y[-1] / 100, rel=1e-4)
    assert found.reason is None


def test_the_interval_holds_the_ceiling_as_often_as_it_says() -> None:
    held = []
    for seed in range(1000, 1040):
        noise = np.random.default_rng(seed).standard_normal(len(YEARS))
        found = s.estimate_saturation(s.calc_logistic(YEARS, 100, 0.35, 2007) + 1.5 * noise, YEARS)
        assert found.ceiling is not None and found.ceiling_low is not None and found.ceiling_high is not None
        assert found.ceiling_low <= found.ceiling <= found.ceiling_high
        assert found.used_low is not None and found.used_high is not None and found.used_low <= found.used_high
        held.append(found.ceiling_low <= 100 <= found.ceiling_high)
    assert np.mean(held) == pytest.approx(0.9, abs=0.1)


def test_scale_and_calendar_do_not_matter() -> None:
    y = s.calc_logistic(YEARS, 100, 0.35, 2009) + np.sin(YEARS)
    one, two = s.estimate_saturation(y, YEARS), s.estimate_saturation(1000 * y, YEARS - 1990)
    assert one.ceiling and two.ceiling and two.ceiling == pytest.approx(1000 * one.ceiling, rel=1e-3)
    assert one.used == pytest.approx(two.used, rel=1e-3)


def test_what_shows_no_ceiling_is_refused_with_the_reason() -> None:
    for levels, reason in (
        (np.exp(0.08 * (YEARS - 2000)), s.NO_CEILING),
        (np.exp(-0.05 * (YEARS - 2000)), s.NO_RISE),
        (np.where(YEARS < 2014, np.nan, 5.0), s.TOO_FEW),
        (YEARS - 2000, s.NOT_POSITIVE),
    ):
        found = s.estimate_saturation(levels, YEARS)
        assert found.reason is reason and found.ceiling is None and found.used is None


def test_an_early_series_has_an_open_top() -> None:
    early = np.arange(2000.0, 2011.0)
    y = s.calc_logistic(early, 100, 0.35, 2009) * (1 + 0.08 * np.random.default_rng(4).standard_normal(len(early)))
    found = s.estimate_saturation(y, early)
    assert found.reason is s.OPEN_TOP and found.ceiling_high is None and found.used_low is None


def test_a_missing_year_is_left_out() -> None:
    y = s.calc_logistic(YEARS, 100, 0.35, 2008)
    y[5] = np.nan
    found = s.estimate_saturation(y, YEARS)
    assert found.points == 19 and found.ceiling == pytest.approx(100, rel=1e-3)


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(BadValue):
        s.estimate_saturation([1, 2], [2001, 2000])
    with pytest.raises(BadValue):
        s.estimate_saturation([1, 2], [2000, 2001], "linear")  # type: ignore[arg-type]
