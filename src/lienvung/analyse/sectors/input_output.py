"""What an input-output table says: multipliers, linkages, and what a demand sets going."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from lienvung.analyse.methods.arrays import Array, divide, refuse
from lienvung.analyse.methods.input_output import (
    Leontief,
    calc_coefficients,
    calc_effect,
    calc_leontief,
    calc_multipliers_per_demand,
)
from lienvung.analyse.methods.linkages import calc_backward_linkages_rasmussen, calc_forward_linkages_ghosh
from lienvung.domain.input_tables import InputTable, TableStudy
from lienvung.errors import Both


def solve_table(table: InputTable) -> Leontief:
    """The table's Leontief system, factored once."""
    return calc_leontief(calc_coefficients(table.flows, table.output))


def _per_output(amounts: Array, table: InputTable) -> Array:
    """Amounts per unit of output; an idle sector, which has neither, weighs nothing."""
    return np.nan_to_num(divide(amounts, table.output), nan=0.0)


def study_table(table: InputTable) -> TableStudy:
    """Multipliers of type I and linkages of every sector; NaN for idle ones."""
    system = solve_table(table)
    jobs = calc_multipliers_per_demand(system, _per_output(table.jobs, table)) if table.jobs is not None else None
    return TableStudy(
        calc_multipliers_per_demand(system),
        calc_multipliers_per_demand(system, _per_output(table.value_added, table)), jobs,
        calc_backward_linkages_rasmussen(system), calc_forward_linkages_ghosh(system, table.output),
        100 * divide(table.column_gaps, table.output),
    )  # fmt: skip


def set_going(table: InputTable, demand: Mapping[str, float]) -> dict[str, Array]:
    """Output, value added and jobs by sector that a demand for products sets going.

    Raises:
        BadValue: a code that the table has not.
    """
    for code in demand:
        if code not in table.codes:
            raise refuse("demand", code, Both(", ".join(table.codes), ", ".join(table.codes)))
    system = solve_table(table)
    f = np.array([demand.get(code, 0.0) for code in table.codes])
    found = {"output": calc_effect(system, f)}
    found["value_added"] = calc_effect(system, f, _per_output(table.value_added, table))
    if table.jobs is not None:
        found["jobs"] = calc_effect(system, f, _per_output(table.jobs, table))
    return found
