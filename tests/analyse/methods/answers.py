"""What our methods answer to each worked case, by the case's number, under the names the case gives its figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from lienvung.analyse.methods import (
    balancing,
    complexity,
    concentration,
    disaggregation,
    input_output,
    location,
    plants,
    regionalisation,
    relatedness,
    shift_share,
)

Answer = dict[str, Any]
Given = dict[str, Any]


def lq_single(g: Given) -> Answer:
    return {"LQ": location.calc_lq([[g["e_ij"]]], [g["e_i"]], [g["e_j"]], g["e"])[0, 0]}


def lq_matrix(g: Given) -> Answer:
    lq = location.calc_lq(g["matrix"])
    return {
        "LQ": lq,
        "RCA_binary_ge1": location.calc_presence(location.calc_rca_balassa(g["matrix"])),
        "HHI": [concentration.calc_hhi(row) for row in g["matrix"]],
        "entropy_bits": [concentration.calc_shannon_bits(row) for row in g["matrix"]],
    }


def hoover(g: Given) -> Answer:
    return {
        "hoover_percent": 100 * concentration.calc_hoover(g["industry"], g["population"]),
        "hoover_gini": concentration.calc_locational_gini_weighted(g["industry"], g["population"]),
    }


def _one_region(g: Given) -> tuple[list[Any], ...]:
    return [g["region_t0"]], [g["region_t1"]], g["nation_t0"], g["nation_t1"]


def dunn(g: Given) -> Answer:
    found = shift_share.calc_shift_share_classic(*_one_region(g))
    parts = {k: v[0] for k, v in found.by_place().items()}
    net = parts["industry_mix"] + parts["regional"]
    return {**parts, "growth": found.change.sum(), "net_total_shift": net}


def esteban(g: Given) -> Answer:
    found = shift_share.calc_shift_share_esteban_marquillas(*_one_region(g))
    return {k: v[0] for k, v in found.by_place().items()}


def dynamic(g: Given) -> Answer:
    found = shift_share.calc_shift_share_dynamic(np.asarray(g["region"], float)[:, None, :], g["nation"])
    names = ("national", "industry_mix", "regional")
    return {
        "total": {k: found.parts[k].sum() for k in names} | {"growth": found.change.sum()},
        "by_step": {k: [step.parts[k].sum() for step in found.steps] for k in names},
    }


def ellison_glaeser(g: Given) -> Answer:
    names = list(g["region_employment"])
    at = [names.index(r) for r in g["plant_region"]]
    found = plants.calc_ellison_glaeser(g["plants"], at, list(g["region_employment"].values()))
    return {"gamma": found.gamma, "G": found.raw_concentration, "H": found.plant_herfindahl, "z": found.z}


def hhi(g: Given) -> Answer:
    return {
        "HHI": concentration.calc_hhi(g["x"]),
        "HHI_norm": concentration.calc_hhi_normalised(g["x"]),
        "equivalent_number": concentration.calc_equivalent_number(g["x"]),
    }


def theil(g: Given) -> Answer:
    # the collection calls this figure T / ln n; it is Theil's L (mean logarithmic deviation), not divided
    found = concentration.calc_theil_l(g["x"])
    return {"theil_l": found, "theil_over_ln_n": found}


def theil_groups(g: Given) -> Answer:
    found = concentration.calc_theil_decomposed(g["y"], g["group"])
    return {"T": found.total, "between": found.between, "within": found.within}


def krugman(g: Given) -> Answer:
    both = [g["j"], g["l"]]
    return {
        "K": concentration.calc_krugman_pairs(both)[0, 1],
        "similarity_1_minus_half_K": concentration.calc_similarity_finger_kreinin(both)[0, 1],
    }


def gini(g: Given) -> Answer:
    return {"gini": concentration.calc_locational_gini_of_quotients(g["e_ij"], g["e_j"])}


def reflections(g: Given) -> Answer:
    places, products = complexity.calc_reflections(g["M"], 2)
    return {f"kc{i}": k for i, k in enumerate(places)} | {f"kp{i}": k for i, k in enumerate(products)}


def relatedness_of_counts(g: Given) -> Answer:
    return {
        "cosine_row1": relatedness.calc_relatedness_cosine(g["cooccurrence"])[0],
        "jaccard_row1": relatedness.calc_relatedness_jaccard(g["cooccurrence"])[0],
    }


def density(g: Given) -> Answer:
    return {"density": 100 * relatedness.calc_density_with_self(g["presence"], g["relatedness"])}


def litzenberger(g: Given) -> Answer:
    pairs = (g["e_ij"], g["e_i"]), (g["a_j"], g["a"]), (g["p_j"], g["p"]), (g["b_ij"], g["b_i"])
    return {"CI": location.calc_cluster_index_litzenberger_sternberg(*pairs)}


def fitness(g: Given) -> Answer:
    found = complexity.calc_fitness(g["M"], g["iterations"])
    return {"fitness": found.fitness, "complexity": found.complexity}


def miller_blair(g: Given) -> Answer:
    x = np.asarray(g["Z"]).sum(1) + g["f"]
    made = input_output.calc_coefficients(g["Z"], x)
    system = input_output.calc_leontief(made)
    return {
        "x": system.solve(g["f"]),
        "A": made.a,
        "L": system.invert(),
        "x_new": system.solve(g["f_new"]),
        "labour_new": input_output.calc_effect(system, g["f_new"], g["labour_coeff"]),
    }


def germany(g: Given) -> Answer:
    x = np.asarray(g["output"])
    system = input_output.calc_leontief(input_output.calc_coefficients(g["Z"], x))
    return {
        "backward_linkages": input_output.calc_multipliers_per_demand(system),
        "gva_multipliers": input_output.calc_multipliers_per_demand(system, np.asarray(g["gva"]) / x),
        "employment_multipliers": input_output.calc_multipliers_per_demand(system, g["employment_1000"] / x),
        "L_diag": np.diagonal(system.invert()),
    }


def slq_two_regions(g: Given) -> Answer:
    x = np.asarray(g["x"], float)
    whole = x[:5] + x[5:]
    slq = np.concatenate([regionalisation.calc_slq(part, whole) for part in (x[:5], x[5:])])
    a = input_output.calc_coefficients(g["Z"], x).a
    return {"A_adjusted": regionalisation.calc_regional_coefficients(a, slq, "SLQ").a}


def ipf(g: Given) -> Answer:
    return {"balanced": balancing.calc_ras(g["seed"], g["rows"], g["cols"]).table}


def slq_cilq(g: Given) -> Answer:
    region, nation, a = g["E_region"], g["E_nation"], g["A_nation"]
    slq, cilq = regionalisation.calc_slq(region, nation), regionalisation.calc_cilq(region, nation)
    return {
        "SLQ": slq,
        "CILQ": cilq,
        "A_slq": regionalisation.calc_regional_coefficients(a, slq, "SLQ").a,
        "A_cilq": regionalisation.calc_regional_coefficients(a, cilq, "CILQ").a,
    }


def denton(g: Given) -> Answer:
    return {"quarterly": disaggregation.calc_denton_proportional(g["annual"], g["indicator"], 4)}


ANSWERS: dict[str, Callable[[Given], Answer]] = {
    "a01": lq_single, "a03": lq_matrix, "a06": hoover, "a08": dunn, "a10": esteban, "a12": dunn, "a14": dynamic,
    "a16": ellison_glaeser, "a18": hhi, "a20": theil, "a22": theil_groups, "a23": krugman, "a25": gini,
    "a29": reflections, "a33": relatedness_of_counts, "a35": density, "a37": litzenberger, "a39": fitness,
    "b01": miller_blair, "b03": germany, "b06": slq_two_regions, "b09": ipf, "b11": slq_cilq, "e01": denton,
}  # fmt: skip


def compare(found: Any, expected: Any, within: Any, name: str) -> None:
    """Every expected figure within its tolerance; a figure expected but not answered fails."""
    if isinstance(expected, dict):
        for key, value in expected.items():
            assert key in found, f"{name}: no answer named {key}"
            here = within.get(key, 1e-9) if isinstance(within, dict) else within
            compare(found[key], value, here, f"{name}.{key}")
        return
    np.testing.assert_allclose(found, expected, rtol=0, atol=max(within, 1e-12), err_msg=name)
