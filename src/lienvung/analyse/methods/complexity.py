"""Economic complexity: what a place's set of sectors, and a sector's set of places, tell about each other.

M is presence, places × products, (n, m), of 0 and 1 (``location.calc_presence``); a whole row or column may be NaN.
D is diversity (row sums), U ubiquity (column sums). Places without a product and products without a place are left
out and get NaN; the others are as if those had never been listed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import eigh
from scipy.sparse import csr_array
from scipy.sparse.linalg import LinearOperator, eigsh

from lienvung.analyse.methods.arrays import Array, Flags, divide, not_negative, refuse, take_matrix, take_vector
from lienvung.errors import Both

DENSE_UP_TO = 250
TIED, SAME = 1e-9, 1e-6
SIGMA3_WITHIN = 1e-2
BASIS = 12

TOO_SMALL = Both("cần ít nhất 3 địa bàn và 3 sản phẩm có mặt", "at least 3 places and 3 products are needed")
DISCONNECTED = Both(
    "mạng địa bàn - sản phẩm tách rời: véc-tơ thứ hai chỉ cho biết thành phần, không cho biết độ phức tạp",
    "the network of places and products falls apart: the second vector tells the pieces, not complexity",
)
NO_GAP = Both(
    "giá trị riêng thứ hai và thứ ba trùng nhau: hướng của chỉ số tùy ý",
    "the second and third values coincide: the direction of the index is arbitrary",
)
NO_SIGN = Both(
    "chỉ số không tương quan với độ đa dạng: không định được dấu",
    "the index is not correlated with diversity: its sign is undecided",
)


@dataclass(frozen=True, slots=True)
class Complexity:
    """ECI (n,) and PCI (m,) with one sign, in one scale; the singular values that tell how firm they are.

    ``eci`` has mean 0 and deviation 1 over the places kept; ``pci`` is moved and scaled by the same two numbers, so
    that a place's ECI is exactly the mean PCI of its products. ``gap`` = σ2 − σ3: near 0, the index is near arbitrary.
    ``reason`` says why everything is NaN, else None.
    """

    eci: Array
    pci: Array
    sigma2: float
    sigma3: float
    reason: Both | None

    @property
    def gap(self) -> float:
        """σ2 − σ3."""
        return self.sigma2 - self.sigma3


def take_presence(presence: npt.ArrayLike) -> tuple[Array, Flags, Flags]:
    """The presence matrix with what is missing as 0, and which rows and columns have anything at all."""
    given = np.asarray(presence)
    single = given.dtype == np.float32 and given.ndim == 2 and given.size > 0
    found = given if single else take_matrix(presence, "presence", is_whole=False)
    missing = np.isnan(found)
    if missing.any():
        partly = missing & ~missing.all(1, keepdims=True) & ~missing.all(0, keepdims=True)
        if partly.any():
            first = tuple(int(i) for i in np.argwhere(partly)[0])
            raise refuse(
                "presence", f"NaN {first}", Both("NaN chỉ cho cả hàng hoặc cả cột", "NaN for whole rows or columns")
            )
        found = np.where(missing, 0.0, found)
    if np.count_nonzero(found) != np.count_nonzero(found == 1):
        raise refuse("presence", "other numbers", Both("0 hoặc 1", "0 or 1"))
    ones = np.ones(found.shape[0], found.dtype), np.ones(found.shape[1], found.dtype)
    return found, np.asarray(found @ ones[1] > 0), np.asarray(ones[0] @ found > 0)


def _keep(m: Array, has_product: Flags, has_place: Flags) -> Array:
    """The matrix without its empty rows and columns, in double precision."""
    whole = has_product.all() and has_place.all()
    return np.asarray(m if whole else m[np.ix_(has_product, has_place)], dtype=np.float64)


def _sparse(m: Array) -> csr_array:
    """The presence matrix by its cells of 1."""
    flat = np.flatnonzero(m > 0)
    starts = np.searchsorted(flat, np.arange(m.shape[0] + 1) * m.shape[1]).astype(np.int32)
    columns = (flat - np.repeat(np.arange(m.shape[0]) * m.shape[1], np.diff(starts))).astype(np.int32)
    return csr_array((np.ones(len(flat)), columns, starts), shape=m.shape)


def _second_vectors_densely(m: Array, root_d: Array, root_u: Array) -> tuple[Array, float, float]:
    b = m / root_d[:, None] / root_u[None, :]
    is_wide = b.shape[1] > b.shape[0]
    square = b @ b.T if is_wide else b.T @ b
    size = len(square)
    values, vectors = eigh(square, subset_by_index=[size - 3, size - 1])
    sigma = np.sqrt(np.maximum(values, 0))
    right = vectors[:, 1] @ b if is_wide else vectors[:, 1]
    return np.asarray(right) / root_u, float(sigma[1]), float(sigma[0])


def _second_vectors(m: Array) -> tuple[Array, float, float]:
    """U^-1/2 v2 of B = D^-1/2 M U^-1/2, and σ2, σ3; densely when small, else by Lanczos with σ1 taken out.

    σ3 only tells how firm the index is: by Lanczos it has two or three digits, and the index all of them.
    """
    root_d, root_u = np.sqrt(m.sum(1)), np.sqrt(m.sum(0))
    if min(m.shape) <= DENSE_UP_TO:
        return _second_vectors_densely(m, root_d, root_u)
    b = _sparse(m)
    b.data = b.data / np.repeat(root_d, np.diff(b.indptr)) / root_u[b.indices]
    is_wide = m.shape[1] > m.shape[0]
    first, rest = (b.T.tocsr(), b) if is_wide else (b, b.T.tocsr())
    known = root_d if is_wide else root_u
    taken = [known / np.linalg.norm(known)]

    def gram(x: Array) -> Array:
        flat = np.ravel(x)
        return np.asarray(
            rest @ (first @ flat) - sum(v * (w * (v @ flat)) for v, w in zip(taken, weights, strict=True))
        )

    size, weights = len(known), [1.0]
    start = np.cos(np.arange(size, dtype=np.float64))
    operator = LinearOperator((size, size), matvec=gram, dtype=np.float64)
    values, vectors = eigsh(operator, k=1, v0=start, ncv=BASIS, tol=1e-13)
    second = vectors[:, 0]
    taken.append(second)
    weights.append(float(values[0]))
    third = eigsh(operator, k=1, v0=start, ncv=BASIS, tol=SIGMA3_WITHIN, return_eigenvectors=False)
    right = first @ second if is_wide else second
    sigma = np.sqrt(np.maximum([values[0], third[0]], 0))
    return np.asarray(right) / root_u, float(sigma[0]), float(sigma[1])


def calc_complexity(presence: npt.ArrayLike) -> Complexity:
    """ECI and PCI: the second singular vectors of B = D^-1/2 M U^-1/2, brought back by D^-1/2 and U^-1/2.

    The same as the second eigenvectors of D^-1 M U^-1 M' and its mirror, from one decomposition and hence with one
    sign: corr(ECI, diversity) > 0. Hidalgo, C. A. & Hausmann, R. (2009), "The building blocks of economic complexity",
    *PNAS* 106(26); Hausmann, R. et al. (2014), *The Atlas of Economic Complexity*, MIT Press (scale of PCI).

    Returns:
        Everything NaN with a reason where fewer than 3 places or products remain, where the network falls into
        pieces (σ2 = 1), where σ2 = σ3, or where the sign is undecided. With fewer than about 20 places compute PCI
        on a larger panel and use ``calc_projected_eci``.
    """
    m, has_product, has_place = take_presence(presence)
    kept = _keep(m, has_product, has_place)
    eci, pci = np.full(m.shape[0], np.nan), np.full(m.shape[1], np.nan)
    if min(kept.shape) < 3:
        return Complexity(eci, pci, float("nan"), float("nan"), TOO_SMALL)
    products, sigma2, sigma3 = _second_vectors(kept)
    diversity = kept.sum(1)
    places = (kept @ products) / diversity
    spread = places.std()
    lean = float((places - places.mean()) @ (diversity - diversity.mean()))
    reason = DISCONNECTED if sigma2 > 1 - TIED else NO_GAP if sigma2 - sigma3 < SAME * sigma2 else None
    if reason is None and (spread == 0 or abs(lean) <= TIED * len(places) * spread * max(diversity.std(), TIED)):
        reason = NO_SIGN
    if reason is None:
        sign = np.sign(lean)
        eci[has_product] = sign * (places - places.mean()) / spread
        pci[has_place] = sign * (products - places.mean()) / spread
    return Complexity(eci, pci, sigma2, sigma3, reason)


def calc_projected_eci(presence: npt.ArrayLike, pci: npt.ArrayLike) -> Array:
    """ECI of places outside the panel that PCI came from: the mean PCI of the products they have, (n,).

    In the panel's scale (Hausmann et al. 2014). Products without a PCI are left out; NaN for a place with none left.
    """
    m, _, _ = take_presence(presence)
    known = take_vector(pci, "pci", m.shape[1], is_whole=False)
    has = ~np.isnan(known)
    return divide(m[:, has] @ known[has], m[:, has].sum(1))


def calc_reflections(presence: npt.ArrayLike, steps: int) -> tuple[list[Array], list[Array]]:
    """Method of reflections: k_c,N = Σ_p M_cp k_p,N−1 / k_c,0 and its mirror, for N = 0 … ``steps``.

    Hidalgo & Hausmann (2009). Even steps of places approach ECI up to scale; use ``calc_complexity`` for its limit.

    Returns:
        Places (n,) and products (m,) for each step; NaN for the empty ones.
    """
    m, has_product, has_place = take_presence(presence)
    kept = _keep(m, has_product, has_place)
    d, u = kept.sum(1), kept.sum(0)
    places, products = [d], [u]
    for _ in range(steps):
        places, products = [*places, kept @ products[-1] / d], [*products, places[-1] @ kept / u]

    def spread(values: Array, where: Flags) -> Array:
        out = np.full(len(where), np.nan)
        out[where] = values
        return out

    return [spread(k, has_product) for k in places], [spread(k, has_place) for k in products]


@dataclass(frozen=True, slots=True)
class Fitness:
    """Fitness (n,) and complexity (m,) after a fixed number of steps, each with mean 1.

    ``stable_from`` is the first step since which the ranking of places has not changed, None if it changed in the last.
    """

    fitness: Array
    complexity: Array
    iterations: int
    stable_from: int | None


def calc_fitness(presence: npt.ArrayLike, iterations: int = 100) -> Fitness:
    """Fitness and complexity: F_c ← Σ_p M_cp Q_p, Q_p ← 1 / Σ_c (M_cp / F_c), both from the step before, mean 1 each.

    Tacchella, A. et al. (2012), "A new metrics for countries' fitness and products' complexity", *Scientific Reports*
    2:723. Values can sink to 0 with the shape of M (Pugliese, Zaccaria & Pietronero 2016, *Eur. Phys. J. Spec. Top.*
    225): read ranks, after a stated number of steps. NaN for places and products that are empty.
    """
    if iterations < 1:
        raise refuse("iterations", iterations, Both("1 trở lên", "1 or more"))
    m, has_product, has_place = take_presence(presence)
    fit, cplx = np.full(m.shape[0], np.nan), np.full(m.shape[1], np.nan)
    if not has_product.any():
        return Fitness(fit, cplx, iterations, None)
    kept = _keep(m, has_product, has_place)
    forward = _sparse(kept)
    back = forward.T.tocsr()
    f, q = np.ones(kept.shape[0]), np.ones(kept.shape[1])
    ranks, stable = np.argsort(f, kind="stable"), 0
    least = np.finfo(np.float64).tiny
    for step in range(1, iterations + 1):
        grown, rare = forward @ q, 1 / (back @ (1 / np.maximum(f, least)))
        f, q = grown / grown.mean(), rare / rare.mean()
        order = np.argsort(f, kind="stable")
        stable, ranks = (stable if np.array_equal(order, ranks) else step), order
    fit[has_product], cplx[has_place] = f, q
    return Fitness(fit, cplx, iterations, stable if stable < iterations else None)


def calc_prody(exports: npt.ArrayLike, income: npt.ArrayLike) -> Array:
    """PRODY: Σ_c w_cp Y_c, w_cp = (x_cp / X_c) / Σ_c (x_cp / X_c): the income of those who export a product, (m,).

    Hausmann, R., Hwang, J. & Rodrik, D. (2007), "What you export matters", *Journal of Economic Growth* 12(1).

    Args:
        exports: places × products. income: per head of each place, (n,), in the unit of the result.

    Returns:
        NaN for a product that no place has. A place whose total is 0 takes no part.
    """
    x = not_negative(take_matrix(exports, "exports"), "exports")
    y = take_vector(income, "income", len(x))
    shares = np.nan_to_num(divide(x, x.sum(1, keepdims=True)), nan=0.0)
    return divide(y @ shares, shares.sum(0))


def calc_expy(exports: npt.ArrayLike, prody: npt.ArrayLike) -> Array:
    """EXPY: Σ_p (x_cp / X_c) PRODY_p: the income level of a place's exports, (n,); source as for PRODY.

    NaN for a place whose total is 0, or that exports a product without PRODY.
    """
    x = not_negative(take_matrix(exports, "exports"), "exports")
    levels = take_vector(prody, "prody", x.shape[1], is_whole=False)
    shares = divide(x, x.sum(1, keepdims=True))
    return np.asarray(np.where(shares == 0, 0.0, shares * levels).sum(1))
