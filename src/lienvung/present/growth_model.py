"""A growth model as people and scripts read it: each measure with its figures, formula, inputs, targets and gaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.growth_model import WAY_NAMES, GrowthModel, ModelFigure, ModelMeasure
from lienvung.domain.observations import TOTAL
from lienvung.domain.plans import PlanRegister
from lienvung.present.numbers import format_number
from lienvung.present.plans import name_territory, say, target_record

Address = Callable[[Mapping[str, Any]], str]
"""Where a published row is traced: the door knows."""


def model_record(
    model: GrowthModel, register: PlanRegister, catalogue: Catalogue, lang: str, address: Address
) -> dict[str, Any]:
    """The growth model of a territory."""
    return {
        "territory": model.territory,
        "territory_name": name_territory(model.territory, catalogue, lang),
        "measures": [measure_record(m, register, catalogue, lang, address) for m in model.measures],
    }


def measure_record(
    measure: ModelMeasure, register: PlanRegister, catalogue: Catalogue, lang: str, address: Address
) -> dict[str, Any]:
    """One measure, its newest figure first."""
    unit = catalogue.units.get(measure.unit)
    figures = [_figure_record(f, measure, catalogue, lang, address) for f in reversed(measure.figures)]
    return {
        "measure": measure.key,
        "indicator": measure.indicator,
        "name": say(measure.name, lang),
        "unit": unit.name(lang) if unit else measure.unit,
        "figures": figures,
        "targets": [target_record(t, register, catalogue, lang) for t in measure.targets],
        "missing": [say(m, lang) for m in measure.missing],
    }


def _figure_record(
    figure: ModelFigure, measure: ModelMeasure, catalogue: Catalogue, lang: str, address: Address
) -> dict[str, Any]:
    texts = {n: format_number(v, measure.decimals, lang) for n, v in (("low", figure.low), ("high", figure.high)) if v}
    return {
        "period": figure.period,
        "value": figure.value,
        "text": format_number(figure.value, measure.decimals, lang),
        "low": figure.low,
        "high": figure.high,
        "range": " … ".join(texts.values()),
        "way": figure.way,
        "way_name": say(WAY_NAMES[figure.way], lang),
        "formula": say(figure.formula, lang),
        "numbers": figure.numbers.replace(".", ",") if lang == "vi" else figure.numbers,
        "assumptions": [say(a, lang) for a in figure.assumptions],
        "inputs": [_input_record(r, catalogue, lang, address) for r in figure.inputs],
    }


def _input_record(row: Mapping[str, Any], catalogue: Catalogue, lang: str, address: Address) -> dict[str, Any]:
    area = next((a for a in catalogue.gazetteer.areas.values() if str(a.key) == row["area_key"]), None)
    part = row["breakdown"] if row["breakdown"] != TOTAL else row["activity"]
    return {
        "indicator": row["indicator"],
        "area": row["area_key"],
        "area_name": area.name(lang) if area else row["area_key"],
        "part": "" if part == TOTAL else part,
        "period": row["period"],
        "value": row["value"],
        "text": format_number(row["value"], None, lang),
        "issuer": row["issuer"],
        "address": address(row),
    }


def flat_records(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A line for each measure, with its newest figure: for tables and CSV."""
    return [
        {
            "territory": record["territory"],
            "territory_name": record["territory_name"],
            "measure": m["measure"],
            "name": m["name"],
            "period": m["figures"][0]["period"] if m["figures"] else None,
            "value": m["figures"][0]["value"] if m["figures"] else None,
            "unit": m["unit"],
            "way": m["figures"][0]["way_name"] if m["figures"] else None,
            "targets": "; ".join(f"{t['printed']} ({t['when']})" for t in m["targets"]),
            "missing": "; ".join(m["missing"]),
        }
        for m in record["measures"]
    ]
