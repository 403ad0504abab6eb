"""Yearly totals divided into quarters or months by an indicator, so that the parts add up again exactly.

x is the indicator at high frequency, (n,); b the benchmarks at low frequency, (k,); each covers ``per`` periods, the
first benchmark the first ``per``. Where n > k · per the last periods have no benchmark yet and are extrapolated.
``total`` says what a benchmark is of its periods: ``sum`` (flows), ``mean`` (indices, averages), ``last`` (stocks).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.linalg import solve_triangular
from scipy.optimize import minimize_scalar
from scipy.stats import t as student

from lienvung.analyse.methods.arrays import Array, cannot, one_of, refuse, take_matrix, take_vector, within
from lienvung.errors import Both

Total = Literal["sum", "mean", "last"]


def _aggregator(n: int, k: int, per: int, total: str) -> Array:
    """C, (k, n): what adds the periods of each benchmark."""
    one_of(total, "total", ("sum", "mean", "last"))
    if per < 2 or k * per > n:
        raise refuse("per", per, Both(f"từ 2, và {k} × per ≤ {n}", f"2 or more, and {k} × per ≤ {n}"))
    rows = {"sum": np.ones(per), "mean": np.full(per, 1 / per), "last": np.eye(per)[-1]}[total]
    c = np.zeros((k, n))
    for i in range(k):
        c[i, i * per : (i + 1) * per] = rows
    return c


def _differences(n: int, order: int, is_free_start: bool) -> Array:
    """The matrix of first or second differences: without the first rows (Cholette) or with them (Denton)."""
    if order not in (1, 2):
        raise refuse("differences", order, Both("1 hoặc 2", "1 or 2"))
    step = np.eye(n) - np.eye(n, k=-1)
    whole = np.linalg.matrix_power(step, order)
    return np.asarray(whole[order:] if is_free_start else whole)


def _benchmark(x: Array, b: Array, c: Array, d: Array, scale: Array) -> Array:
    """The y nearest in movement: min |D (y − x)/scale|² subject to C y = b, by its optimality conditions."""
    n, k = len(x), len(b)
    weighed = d / scale[None, :]
    size = float(np.abs(weighed).max()) ** 2
    system = np.zeros((n + k, n + k))
    system[:n, :n] = weighed.T @ weighed / size
    system[:n, n:], system[n:, :n] = c.T, c
    right = np.concatenate((system[:n, :n] @ x, b))
    try:
        found = np.linalg.solve(system, right)
    except np.linalg.LinAlgError as error:
        few = Both("quá ít mốc năm cho bậc sai phân này", "too few benchmarks for differences of this order")
        raise cannot(Both("chuỗi chia nhỏ", "the disaggregated series"), few, Both("bậc 1", "order 1")) from error
    return np.asarray(found[:n])


def _take(indicator: npt.ArrayLike, benchmarks: npt.ArrayLike, differences: int) -> tuple[Array, Array]:
    x, b = take_vector(indicator, "indicator"), take_vector(benchmarks, "benchmarks")
    if len(b) < differences:
        few = Both(f"ít nhất {differences} mốc", f"at least {differences} benchmarks")
        raise refuse("benchmarks", len(b), few)
    return x, b


def calc_denton_additive(
    benchmarks: npt.ArrayLike,
    indicator: npt.ArrayLike,
    per: int,
    total: Total = "sum",
    differences: int = 1,
    is_cholette: bool = True,
) -> Array:
    """Additive Denton: y with C y = b that keeps the indicator's movement, min Σ (Δ^d (y − x))²; (n,).

    Denton, F. T. (1971), *JASA* 66. ``is_cholette`` leaves the first d differences out, so that no starting value is
    supposed (Cholette, P. A. 1984, *Survey Methodology* 10); without it y is tied to x before the first period. An
    additive correction may make a small figure negative.

    Raises:
        BadValue: fewer benchmarks than ``differences``, or shapes that do not fit.
    """
    x, b = _take(indicator, benchmarks, differences)
    c = _aggregator(len(x), len(b), per, total)
    return _benchmark(x, b, c, _differences(len(x), differences, is_cholette), np.ones(len(x)))


def calc_denton_proportional(
    benchmarks: npt.ArrayLike,
    indicator: npt.ArrayLike,
    per: int,
    total: Total = "sum",
    differences: int = 1,
    is_cholette: bool = True,
) -> Array:
    """Proportional Denton: y with C y = b that keeps the indicator's rates, min Σ (Δ^d (y / x))²; (n,).

    Denton (1971) with the correction of Cholette (1984); the form that IMF, *Quarterly National Accounts Manual*
    (2017), chapter 6, recommends. Beyond the last benchmark the last ratio y / x is carried on (d = 1).

    Raises:
        BadValue: an indicator that is not above 0 everywhere; otherwise as the additive form.
    """
    x, b = _take(indicator, benchmarks, differences)
    if not (x > 0).all():
        raise refuse("indicator", float(x.min()), Both("mọi giá trị lớn hơn 0", "all above 0"))
    c = _aggregator(len(x), len(b), per, total)
    return _benchmark(x, b, c, _differences(len(x), differences, is_cholette), x)


@dataclass(frozen=True, slots=True)
class Regressed:
    """A series disaggregated by regression: values with their interval, coefficients, ρ; (n,), (n,), (n,), (p,)."""

    method: str
    values: Array
    low: Array
    high: Array
    coefficients: Array
    rho: float
    is_rho_at_bound: bool


def _with_constant(indicators: npt.ArrayLike) -> Array:
    x = np.asarray(indicators, dtype=np.float64)
    x = take_matrix(x[:, None] if x.ndim == 1 else x, "indicators")
    return np.column_stack((np.ones(len(x)), x))


def _ar1_covariance(n: int, rho: float) -> Array:
    power = np.abs(np.arange(n)[:, None] - np.arange(n))
    return np.asarray(rho**power / (1 - rho**2))


def _walk_covariance(n: int) -> Array:
    at = np.arange(1, n + 1, dtype=np.float64)
    return np.minimum(at[:, None], at)


def _gls(b: Array, xl: Array, vl: Array) -> tuple[Array, Array, float, float]:
    """β, (X'V⁻¹X)⁻¹, the residual u'V⁻¹u, and ln |V| of the low-frequency regression."""
    root = np.linalg.cholesky(vl)
    z, y = solve_triangular(root, xl, lower=True), solve_triangular(root, b, lower=True)
    inner = np.linalg.inv(z.T @ z)
    beta = inner @ (z.T @ y)
    rest = y - z @ beta
    return beta, inner, float(rest @ rest), 2 * float(np.log(np.diagonal(root)).sum())


def _regress(b: Array, x: Array, c: Array, v: Array, level: float) -> tuple[Array, Array, Array]:
    xl, vl = c @ x, c @ v @ c.T
    beta, inner, rest, _ = _gls(b, xl, vl)
    free = len(b) - x.shape[1]
    gain = np.linalg.solve(vl, c @ v).T
    values = x @ beta + gain @ (b - xl @ beta)
    left = x - gain @ xl
    spread = np.maximum(np.diagonal(v - gain @ c @ v) + np.einsum("ij,jk,ik->i", left, inner, left), 0)
    quantile = float(student.ppf(0.5 + within(level, "level", 0.5, 0.999) / 2, free))
    return values, quantile * np.sqrt(spread * rest / free), beta


def _prepare(benchmarks: npt.ArrayLike, indicators: npt.ArrayLike, per: int, total: str) -> tuple[Array, Array, Array]:
    x, b = _with_constant(indicators), take_vector(benchmarks, "benchmarks")
    c = _aggregator(len(x), len(b), per, total)
    if len(b) < x.shape[1] + 3:
        few = Both(
            f"cần ít nhất {x.shape[1] + 3} mốc, có {len(b)}", f"{x.shape[1] + 3} benchmarks needed, {len(b)} given"
        )
        raise cannot(Both("hồi quy Chow-Lin", "the Chow-Lin regression"), few, Both("Denton", "Denton"))
    if np.linalg.matrix_rank(c @ x) < x.shape[1]:
        flat = Both("chỉ tiêu phụ trợ không biến động theo năm", "the indicator does not vary between benchmarks")
        raise cannot(Both("hồi quy Chow-Lin", "the Chow-Lin regression"), flat, Both("Denton", "Denton"))
    return x, b, c


def estimate_chow_lin(
    benchmarks: npt.ArrayLike, indicators: npt.ArrayLike, per: int, total: Total = "sum", level: float = 0.9
) -> Regressed:
    """Chow-Lin: y = X β̂ + V C' (C V C')⁻¹ (b − C X β̂), u_t = ρ u_{t−1} + ε, β by GLS, ρ by maximum likelihood.

    Chow, G. C. & Lin, A.-L. (1971), *Review of Economics and Statistics* 53(4); ρ: Bournay, J. & Laroque, G. (1979),
    *Annales de l'INSEE* 36, here over 0 … 0,999 (a negative ρ makes a saw of the quarters). A constant is added. The
    interval (Student's t) takes ρ as known, and is therefore too narrow by an unknown bit.

    Args:
        indicators: (n,) or (n, p).

    Raises:
        NotComputable: fewer benchmarks than coefficients + 3, or an indicator that does not vary between benchmarks.
    """
    x, b, c = _prepare(benchmarks, indicators, per, total)
    n, k = len(x), len(b)

    def less_likely(rho: float) -> float:
        _, _, rest, log_det = _gls(b, c @ x, c @ _ar1_covariance(n, rho) @ c.T)
        return k * float(np.log(max(rest, 1e-300) / k)) + log_det

    grid = np.concatenate((np.linspace(0, 0.95, 20), [0.98, 0.999]))
    at = int(np.argmin([less_likely(r) for r in grid]))
    bounds = (float(grid[max(at - 1, 0)]), float(grid[min(at + 1, len(grid) - 1)]))
    near = minimize_scalar(less_likely, bounds=bounds, method="bounded", options={"xatol": 1e-8})
    rho = min((float(near.x), float(grid[at])), key=less_likely)
    values, half, beta = _regress(b, x, c, _ar1_covariance(n, rho), level)
    return Regressed("chow_lin", values, values - half, values + half, beta, rho, rho < 1e-6 or rho > 0.9989)


def estimate_fernandez(
    benchmarks: npt.ArrayLike, indicators: npt.ArrayLike, per: int, total: Total = "sum", level: float = 0.9
) -> Regressed:
    """Fernández: as Chow-Lin with a random walk for u (ρ = 1), nothing estimated but β.

    Fernández, R. B. (1981), *Review of Economics and Statistics* 63(3). Arguments, interval and errors as Chow-Lin.
    """
    x, b, c = _prepare(benchmarks, indicators, per, total)
    values, half, beta = _regress(b, x, c, _walk_covariance(len(x)), level)
    return Regressed("fernandez", values, values - half, values + half, beta, 1.0, False)
