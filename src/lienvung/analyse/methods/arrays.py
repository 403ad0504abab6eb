"""What every formula asks of its arrays, and division that leaves the undefined undefined."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from lienvung.errors import BadValue, Both, NotComputable

Array = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Indices = npt.NDArray[np.intp]

FIGURES = Both("số liệu đã cho", "the figures given")


def refuse(name: str, found: object, allowed: Both) -> BadValue:
    """The error of an array that has another form than the formula needs."""
    return BadValue(name=name, value=found, choices=allowed)


def cannot(what: Both, reason: Both, instead: Both) -> NotComputable:
    """The error of a result that these figures do not carry."""
    return NotComputable(what=what, indicator=FIGURES, reason=reason, choices=instead)


def _take(values: npt.ArrayLike, name: str, dimensions: int, is_whole: bool) -> Array:
    found = np.asarray(values, dtype=np.float64)
    if found.ndim != dimensions or found.size == 0:
        allowed = Both(f"mảng {dimensions} chiều, không rỗng", f"an array of {dimensions} dimensions, not empty")
        raise refuse(name, f"shape {found.shape}", allowed)
    if np.isfinite(found.sum()):  # then every cell is; one pass instead of three
        return found
    bad = ~np.isfinite(found) if is_whole else np.isinf(found)
    if bad.any():
        first = tuple(int(i) for i in np.argwhere(bad)[0])
        raise refuse(name, f"{found[first]} [{', '.join(map(str, first))}]", Both("số hữu hạn", "finite numbers"))
    return found


def take_vector(values: npt.ArrayLike, name: str, length: int | None = None, *, is_whole: bool = True) -> Array:
    """A vector of floats, of that length if one is given; ``is_whole`` refuses NaN (missing) as well."""
    found = _take(values, name, 1, is_whole)
    if length is not None and len(found) != length:
        raise refuse(name, f"{len(found)}", Both(f"đúng {length} phần tử", f"exactly {length} elements"))
    return found


def take_matrix(
    values: npt.ArrayLike, name: str, shape: tuple[int, int] | None = None, *, is_whole: bool = True
) -> Array:
    """A matrix of floats, of that shape if one is given; ``is_whole`` refuses NaN (missing) as well."""
    found = _take(values, name, 2, is_whole)
    if shape is not None and found.shape != shape:
        raise refuse(name, f"shape {found.shape}", Both(f"cỡ {shape}", f"shape {shape}"))
    return found


def take_cube(values: npt.ArrayLike, name: str, *, is_whole: bool = True) -> Array:
    """An array of three dimensions."""
    return _take(values, name, 3, is_whole)


def take_square(values: npt.ArrayLike, name: str) -> Array:
    """A matrix with as many rows as columns, no cell missing."""
    found = take_matrix(values, name)
    if found.shape[0] != found.shape[1]:
        raise refuse(name, f"shape {found.shape}", Both("ma trận vuông", "a square matrix"))
    return found


def not_negative(values: Array, name: str) -> Array:
    """The same array, refused where a cell is below zero; NaN passes."""
    if values.min() >= 0:
        return values
    below = values < 0
    if below.any():
        first = tuple(int(i) for i in np.argwhere(below)[0])
        raise refuse(name, f"{values[first]} [{', '.join(map(str, first))}]", Both("số không âm", "no negative number"))
    return values


def one_of(value: str, name: str, allowed: tuple[str, ...]) -> str:
    """A convention's name, refused when it is not one of those there are."""
    if value not in allowed:
        raise refuse(name, value, Both(", ".join(allowed), ", ".join(allowed)))
    return value


def within(value: float, name: str, low: float, high: float) -> float:
    """A parameter, refused when it lies outside its closed range (or is NaN)."""
    if not low <= value <= high:
        raise refuse(name, value, Both(f"từ {low} đến {high}", f"from {low} to {high}"))
    return value


def divide(above: npt.ArrayLike, below: npt.ArrayLike) -> Array:
    """The quotient, NaN wherever the divisor is 0 or a part is missing: never infinite, never 0 for want of a base.

    >>> divide([1.0, 1.0, 0.0], [2.0, 0.0, 0.0])
    array([0.5, nan, nan])
    """
    top, base = np.broadcast_arrays(np.asarray(above, dtype=np.float64), np.asarray(below, dtype=np.float64))
    known = base != 0
    if known.all():
        return np.asarray(top / base)
    out = np.full(top.shape, np.nan)
    np.divide(top, base, out=out, where=known)
    return out


def calc_row_shares(e: Array) -> Array:
    """Each cell's share of its row's sum; NaN in a row whose sum is 0."""
    return divide(e, e.sum(axis=-1, keepdims=True))


def log_where_positive(values: Array) -> Array:
    """Natural logarithm, NaN where the value is not above 0."""
    out = np.full(values.shape, np.nan)
    np.log(values, out=out, where=values > 0)
    return out
