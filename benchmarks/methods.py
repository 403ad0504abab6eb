"""The formulas beside their peers, in one run on one machine: complexity, input-output, balancing.

``python benchmarks/methods.py [SCALE] [cpu]`` prints milliseconds (median of a few), the ratio to the peer of the same
run, the goal, and the greatest difference of the results. SCALE shrinks the sides (0.2 for a trial run). On a machine
that is busy with other work take ``OPENBLAS_NUM_THREADS=1 … cpu``: processor time of one thread instead of the clock.

The peers are the published algorithms written out here in plain NumPy, as the packages of the field compute them, and
named so; the packages themselves are not installed by this project:
- eig of the whole matrix: second eigenvector of D^-1 M U^-1 M' on the larger side by a dense general solver (the way of
  econcomplex); measured on a smaller panel and scaled by n³, because in full it takes minutes;
- 20 reflections (the way of economic-complexity): not exact, its distance from the eigenvector is printed;
- dense general eig on the smaller side with melted tables (the way of py-ecomplexity), only its numerical part;
- the whole inverse for every shock (the way of pymrio's calc_all);
- IPF that scales the table row by row and column by column (the way of ipfn), and the same on whole arrays;
- fitness with dense products (the way of econcomplex).
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from lienvung.analyse.methods.balancing import calc_ras
from lienvung.analyse.methods.complexity import calc_complexity, calc_fitness
from lienvung.analyse.methods.input_output import calc_leontief, calc_multipliers_per_demand
from lienvung.analyse.methods.location import calc_lq, calc_presence
from lienvung.analyse.methods.relatedness import calc_density_with_self, calc_proximity

Array = npt.NDArray[Any]


CLOCK = time.process_time if "cpu" in sys.argv else time.perf_counter


def seconds(act: Callable[[], object], rounds: int = 3) -> float:
    """Median of a few rounds, after one to warm up when it is short."""
    times = []
    for _ in range(rounds):
        start = CLOCK()
        act()
        times.append(CLOCK() - start)
    return statistics.median(times)


def tell(what: str, ours: float, peer: str, theirs: float, goal: str, difference: float | None = None) -> None:
    off = "" if difference is None else f"  off {difference:.1e}"
    sides = f"{what:<28} {ours * 1e3:9.1f} ms | {peer:<36} {theirs * 1e3:10.1f} ms"
    print(f"{sides} | {theirs / ours:8.2f} × ({goal}){off}", flush=True)


def made_up_exports(places: int, products: int, seed: int = 7) -> Array:
    """Exports that never were: able places make hard products, with noise and gaps, as trade does."""
    rng = np.random.default_rng(seed)
    able, hard = rng.random(places), rng.random(products)
    x = np.exp(1.5 * rng.standard_normal((places, products)) + 6 * (able[:, None] - 0.5) * (hard[None, :] - 0.5))
    return np.where(rng.random((places, products)) < 0.4, x, 0.0)


def eig_on(m: Array) -> Array:
    """ECI by a dense general eigensolver of D^-1 M U^-1 M' on the side of the rows."""
    matrix = (m / m.sum(1, keepdims=True)) @ (m / m.sum(0)).T
    values, vectors = np.linalg.eig(matrix)
    k = vectors[:, np.argsort(-values.real)[1]].real
    k = k * np.sign(np.corrcoef(k, m.sum(1))[0, 1])
    return np.asarray((k - k.mean()) / k.std())


def twenty_reflections(x: Array) -> Array:
    """RCA, then ECI by 20 reflections, z-scored."""
    rca = (x / x.sum(1, keepdims=True)) / (x.sum(0) / x.sum())
    m = (rca >= 1).astype(float)
    d, u = m.sum(1), m.sum(0)
    kc, kp = d, u
    for _ in range(20):
        kc, kp = m @ kp / d, m.T @ kc / u
    k = kc * np.sign(np.corrcoef(kc, d)[0, 1])
    return np.asarray((k - k.mean()) / k.std())


def plain_proximity(m: Array) -> Array:
    """Both conditional probabilities in double precision, and the lesser of them."""
    both = m.T @ m
    u = m.sum(0)
    return np.minimum(both / u[:, None], both / u[None, :])


def plain_density(m: Array, phi: Array) -> Array:
    return np.asarray(m @ phi / phi.sum(0))


def plain_fitness(m: Array, steps: int) -> Array:
    f, q = np.ones(len(m)), np.ones(m.shape[1])
    for _ in range(steps):
        grown, rare = (m * q).sum(1), 1 / (m / f[:, None]).sum(0)
        f, q = grown / grown.mean(), rare / rare.mean()
    return f


def plain_ipf(z: Array, rows: Array, columns: Array, tolerance: float) -> Array:
    table = z.copy()
    while True:
        table = table * (rows / table.sum(1))[:, None]
        table = table * (columns / table.sum(0))
        if np.abs(table.sum(1) - rows).max() <= tolerance * rows.max():
            return table


def looped_ipf(z: Array, rows: Array, columns: Array, tolerance: float) -> Array:
    """The same, one row and one column at a time."""
    table = z.copy()
    while True:
        for i in range(len(rows)):
            table[i] *= rows[i] / table[i].sum()
        for j in range(len(columns)):
            table[:, j] *= columns[j] / table[:, j].sum()
        if np.abs(table.sum(1) - rows).max() <= tolerance * rows.max():
            return table


def complexity(places: int, products: int) -> None:
    """RCA, ECI and PCI of one year."""
    x = made_up_exports(places, products)
    m = calc_presence(calc_lq(x))

    def ours() -> Array:
        return calc_complexity(calc_presence(calc_lq(x))).eci

    found, mine = calc_complexity(m), seconds(ours, 5)
    off = float(np.abs(ours() - twenty_reflections(x)).max())
    tell(
        "RCA + ECI + PCI", mine, "RCA + 20 reflections, ECI only", seconds(lambda: twenty_reflections(x), 5), "≥ 3", off
    )
    part = min(places, 800)
    sub = m[:part][:, m[:part].any(0)]
    scaled = seconds(lambda: eig_on(sub), 1) * (places / part) ** 3
    off = float(np.abs(calc_complexity(sub).eci - eig_on(sub)).max())
    tell("", mine, f"dense eig, rows (from {part}, n³)", scaled, "≥ 100", off)
    exact, pci = eig_on(m.T), (found.pci - found.pci.mean()) / found.pci.std()
    pci = pci * np.sign(pci @ exact)
    print(f"   PCI beside the dense eigenvector on the smaller side: off {np.abs(pci - exact).max():.1e}")


def relatedness(places: int, products: int) -> None:
    """Proximity, density and fitness of one year."""
    m = calc_presence(calc_lq(made_up_exports(places, products)))
    single, phi = m.astype(np.float32), calc_proximity(m)
    phi32 = phi.astype(np.float32)
    near = seconds(lambda: calc_proximity(single), 5)
    tell("Proximity", near, "one single-precision M'M", seconds(lambda: single.T @ single, 5), "≥ 0.67")
    off = float(np.abs(phi - plain_proximity(m)).max())
    tell("", near, "numpy, both probabilities", seconds(lambda: plain_proximity(m)), "—", off)
    dense = seconds(lambda: calc_density_with_self(single, phi32, np.float32), 5)
    off = float(np.abs(calc_density_with_self(single, phi32, np.float32) - plain_density(m, phi)).max())
    tell(
        "Density, single precision", dense, "one single-precision Mφ", seconds(lambda: single @ phi32, 5), "≥ 0.83", off
    )
    tell("", dense, "numpy M φ / Σφ, double", seconds(lambda: plain_density(m, phi)), "—")
    fit = seconds(lambda: calc_fitness(m, 100))
    off = float(np.abs(calc_fitness(m, 100).fitness - plain_fitness(m, 100)).max())
    tell("Fitness, 100 steps", fit, "numpy, dense", seconds(lambda: plain_fitness(m, 100), 1), "≥ 5", off)


def panel(places: int, products: int, years: int) -> None:
    """Every year's RCA, ECI, PCI, proximity and density; the peer's one year scaled."""
    made = [made_up_exports(places, products, s) for s in range(2)]

    def one(x: Array) -> None:
        m = calc_presence(calc_lq(x))
        calc_complexity(m)
        single = m.astype(np.float32)
        calc_density_with_self(single, calc_proximity(single), np.float32)

    def peer(x: Array) -> None:
        m = calc_presence(calc_lq(x))
        eig_on(m.T)
        plain_density(m, plain_proximity(m))

    ours = seconds(lambda: [one(made[year % 2]) for year in range(years)], 1)
    tell(
        f"Panel of {years} years",
        ours,
        "dense eig, small side (1 year scaled)",
        seconds(lambda: peer(made[0]), 1) * years,
        "—",
    )


def input_output(n: int) -> None:
    """The inverse, shocks without it, multipliers, and RAS."""
    rng = np.random.default_rng(11)
    a = rng.random((n, n)) ** 8
    a *= 0.6 / a.sum(0).mean()
    whole, system = np.linalg.inv(np.eye(n) - a), calc_leontief(a)
    invert = seconds(lambda: np.linalg.inv(np.eye(n) - a))
    off = float(np.abs(system.invert() - whole).max())
    tell(f"Leontief inverse, n = {n}", seconds(lambda: calc_leontief(a).invert()), "numpy inv", invert, "≥ 0.91", off)
    shocks = rng.random((n, 8))
    off = float(np.abs(system.solve(shocks) - whole @ shocks).max())
    tell(
        "First answer to 8 shocks",
        seconds(lambda: calc_leontief(a).solve(shocks)),
        "numpy inv, product",
        invert,
        "≥ 2.5",
        off,
    )
    tell("Each later one", seconds(lambda: system.solve(shocks), 9), "numpy inv, product", invert, "≥ 100, ≤ 50 ms")
    tell(
        "All output multipliers",
        seconds(lambda: calc_multipliers_per_demand(system), 9),
        "numpy inv, sums",
        invert,
        "≥ 500",
    )
    z, rows, columns = a + 1e-6, rng.random(n) + 0.5, rng.random(n) + 0.5
    columns *= rows.sum() / columns.sum()
    off = float(np.abs(calc_ras(z, rows, columns).table - plain_ipf(z, rows, columns, 1e-10)).max())
    mine = seconds(lambda: calc_ras(z, rows, columns))
    loops = seconds(lambda: looped_ipf(z, rows, columns, 1e-10), 1)
    tell("RAS to 1e-10", mine, "IPF, row by row", loops, "≥ 8", off)
    tell("", mine, "numpy IPF on the whole table", seconds(lambda: plain_ipf(z, rows, columns, 1e-10)), "—")


def main() -> None:
    scale = next((float(a) for a in sys.argv[1:] if a != "cpu"), 1.0)
    places, products, n = (max(60, round(side * scale)) for side in (3000, 1200, 2835))
    print(
        f"numpy {np.__version__}; ours | peer | peer / ours (goal) greatest difference; {places} × {products}; n = {n}"
    )
    complexity(places, products)
    relatedness(places, products)
    panel(places, products, 20)
    input_output(n)
    print(f"peak memory of all of it {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
