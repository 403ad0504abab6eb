"""Tables drawn for the identities: small, of whole numbers, with zeros among them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

Array = npt.NDArray[np.float64]

unhurried = settings(deadline=None, max_examples=60)
"""Identities are drawn often enough, and not timed: the machine may be busy."""


def tables(
    least: int = 0, most: int = 1000, rows: int = 6, columns: int = 6, smallest: int = 2
) -> st.SearchStrategy[Array]:
    """A matrix of whole numbers between two bounds, as floats."""
    shape = st.tuples(st.integers(smallest, rows), st.integers(smallest, columns))
    return shape.flatmap(lambda s: arrays(np.int64, s, elements=st.integers(least, most))).map(
        lambda a: a.astype(float)
    )


def pairs_of_tables(least: int = 0, most: int = 1000) -> st.SearchStrategy[tuple[Array, Array]]:
    """Two matrices of one shape."""
    shape = st.tuples(st.integers(2, 5), st.integers(2, 5))
    cells = st.integers(least, most)
    return shape.flatmap(
        lambda s: st.tuples(arrays(np.int64, s, elements=cells), arrays(np.int64, s, elements=cells))
    ).map(lambda both: (both[0].astype(float), both[1].astype(float)))


def vectors(least: int = 0, most: int = 1000, smallest: int = 2, largest: int = 8) -> st.SearchStrategy[Array]:
    """A vector of whole numbers, as floats."""
    size = st.integers(smallest, largest)
    return size.flatmap(lambda n: arrays(np.int64, n, elements=st.integers(least, most))).map(lambda a: a.astype(float))


@st.composite
def productive_tables(draw: st.DrawFn, largest: int = 6) -> tuple[Array, Array, Array]:
    """Z, x and f with f above 0: an economy that makes more than it uses up."""
    n = draw(st.integers(2, largest))
    z = draw(arrays(np.int64, (n, n), elements=st.integers(0, 100))).astype(float)
    f = draw(arrays(np.int64, n, elements=st.integers(1, 200))).astype(float)
    rest = draw(arrays(np.int64, n, elements=st.integers(1, 200))).astype(float)
    x = np.maximum(z.sum(1) + f, z.sum(0) + rest)
    return z, x, x - z.sum(1)
