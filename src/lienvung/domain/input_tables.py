"""An input-output table as it was read: flows between sectors, what they sell to final users, what they earn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from lienvung.errors import Both

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class InputTable:
    """One table, n sectors.

    Attributes:
        flows: sellers × buyers, (n, n). demand: sellers × final users, (n, k), named by ``users``. output,
            value_added: (n,); jobs: (n,) or None. is_domestic: whether flows hold domestic products only.
        row_gaps, column_gaps: what rows and columns lack to their printed total, (n,); reported, never spread.
    """

    title: Both
    source: str
    unit: Both
    codes: tuple[str, ...]
    names: tuple[Both, ...]
    users: tuple[str, ...]
    flows: Array
    demand: Array
    output: Array
    value_added: Array
    jobs: Array | None
    is_domestic: bool
    row_gaps: Array
    column_gaps: Array


@dataclass(frozen=True)
class TableStudy:
    """Each (n,): multipliers per unit of demand of output, value added, jobs; linkages around 1; gaps in per cent."""

    output: Array
    value_added: Array
    jobs: Array | None
    backward: Array
    forward: Array
    column_gap_pct: Array
