"""A computed value with what it was made from: its formula in words and its inputs down to their cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from lienvung.analyse.methods.shares import pick_year
from lienvung.domain.areas import AreaKey
from lienvung.domain.areas.crosswalk import Cover
from lienvung.errors import Both
from lienvung.store.schema import OBSERVATIONS

Row = dict[str, Any]
_TEXT, _NUMBER = pa.string(), pa.float64()
INPUT = pa.struct([
    ("part", _TEXT), ("indicator", _TEXT), ("area_key", _TEXT), ("period", _TEXT), ("value", _NUMBER),
    ("unit", _TEXT), ("share", _NUMBER), ("issuer", _TEXT), ("status", _TEXT), ("document", _TEXT),
    ("published", pa.date32()), ("release", _TEXT), ("file", _TEXT), ("sheet", _TEXT), ("cell", _TEXT),
    ("origin_sheet", _TEXT), ("origin_cell", _TEXT),
])  # fmt: skip
"""One published number that went into a computed one; ``part``: value, numerator, denominator, weight or split."""

DERIVED = pa.schema([
    *OBSERVATIONS,
    pa.field("derivation", _TEXT), pa.field("boundary", _TEXT), pa.field("is_estimated", pa.bool_()),
    pa.field("formula_vi", _TEXT), pa.field("formula_en", _TEXT), pa.field("inputs", pa.list_(INPUT)),
])  # fmt: skip
"""Published columns, then how the value came about."""

DERIVATIONS = ("published", "same", "sum", "ratio", "product", "weighted_mean", "growth", "split")
"""As printed · printed for the same territory under an older or newer key · added up · ratio of sums · level from a
ratio times its denominator · mean by a weight · growth of sums · estimated from a divided unit."""

_FINALITY = ("plan", "estimate", "preliminary", "revised", "official")
SAME = ("target", "cover", "activity", "breakdown", "freq", "period", "issuer")


def place_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """What names a value beside its claims: target, parts, period."""
    return tuple(row[c] for c in ("target", "activity", "breakdown", "freq", "period"))


@dataclass
class Inputs:
    """The published rows behind some covers, found by what they were added to."""

    covers: Mapping[tuple[str, str], Cover]
    by_value: dict[tuple[Any, ...], list[Row]] = field(default_factory=dict)

    def add(self, table: pa.Table) -> None:
        """Index one indicator's rows, as ``query.boundaries.find_inputs`` gives them."""
        found: dict[tuple[Any, ...], list[Row]] = {}
        for row in table.to_pylist():
            found.setdefault((row["indicator"], *(row[c] for c in SAME)), []).append(row)
        self.by_value |= found

    def of(self, indicator: str, row: Mapping[str, Any], **other: Any) -> list[Row]:  # noqa: ANN401
        """The rows of an indicator that went into a result row; ``other`` replaces parts of its name."""
        wanted = {**row, **other}
        return self.by_value.get((indicator, *(wanted[c] for c in SAME)), [])

    def cover(self, row: Mapping[str, Any]) -> Cover:
        """The cover of a result row."""
        return self.covers[row["target"], row["cover"]]


@dataclass
class Weights:
    """What splits go by: one indicator's values by year and unit, and which were used."""

    indicator: str
    rows: dict[int, dict[AreaKey, Row]]
    used: dict[int, dict[AreaKey, Row]] = field(default_factory=dict)

    @classmethod
    def of(cls, indicator: str, table: pa.Table) -> Weights:
        """Weights by year from published rows; where several issuers speak, the one that names most units."""
        rows = [r for r in table.to_pylist() if r["value"] is not None]
        counts: dict[str, int] = {}
        for row in rows:
            counts[row["issuer"]] = counts.get(row["issuer"], 0) + 1
        issuer = min(counts, key=lambda i: (-counts[i], i), default="")
        found: dict[int, dict[AreaKey, Row]] = {}
        for row in rows:
            if row["issuer"] == issuer:
                found.setdefault(row["period_end"].year, {})[AreaKey.parse(row["area_key"])] = row
        return cls(indicator, found)

    @property
    def years(self) -> list[int]:
        """The years that have any."""
        return sorted(self.rows)

    def pick(self, parts: Sequence[AreaKey], year: int) -> dict[AreaKey, float] | None:
        """Weights of all parts in one year, as near before the wanted one as there are."""
        values = {y: {k: float(r["value"]) for k, r in known.items()} for y, known in self.rows.items()}
        found = pick_year(values, parts, year)
        if found is None:
            return None
        self.used.setdefault(year, {}).update({p: self.rows[found][p] for p in parts})
        return {p: values[found][p] for p in parts}

    def inputs(self, cover: Cover) -> list[Row]:
        """The weights that a cover's shares were made from."""
        return [make_input(row, "split", None) for row in self.used.get(cover.since.year, {}).values()]


def make_input(row: Mapping[str, Any], part: str, share: float | None) -> Row:
    """A published row as an input: who said it, where it stands."""
    kept = ("indicator", "area_key", "period", "value", "unit", "issuer", "status", "document", "release", "sheet",
            "cell", "origin_sheet", "origin_cell")  # fmt: skip
    return {
        **{name: row[name] for name in kept},
        "part": part,
        "share": share,
        "published": row["published_from"],
        "file": row["file_name"],
    }


def make_inputs(rows: Iterable[Mapping[str, Any]], part: str) -> list[Row]:
    """Published rows of a cover as inputs, each with its share."""
    return [make_input(row, part, row["share"]) for row in rows]


def write_sum(rows: Iterable[Mapping[str, Any]], times: str = "") -> str:
    """A sum over units in words: ``GRDP_CUR(74@2004) + 0.41 × GRDP_CUR(80@2025-07-01)``."""
    terms = []
    for row in rows:
        share = "" if row["share"] == 1 else f"{row['share']:.6g} × "
        other = f" × {times}({row['area_key']})" if times else ""
        terms.append(f"{share}{row['indicator']}({row['area_key']}){other}")
    return " + ".join(terms)


def write_estimate(cover: Cover, weights: Weights | None) -> Both:
    """By what the shares of a cover were estimated."""
    if not cover.is_estimated:
        return Both("", "")
    declared = {s.basis for link in cover.links for s in link.path if s.share < 1}
    rows = weights.used.get(cover.since.year, {}) if weights else {}
    periods = ", ".join(sorted({r["period"] for r in rows.values()}))
    named = [*sorted(declared), *([f"{weights.indicator} {periods}"] if weights and rows else [])]
    by = "; ".join(named)
    return Both(f" (ước tính: phần chia theo {by})", f" (estimate: shares by {by})")


def make_row(
    result: Mapping[str, Any],
    found: Mapping[str, Any],
    inputs: Sequence[Row],
    sources: Sequence[Mapping[str, Any]],
) -> Row:
    """A computed value as a row of ``DERIVED``.

    It is known from the day its last input was, has the status of its least final one, and no document of its own.

    Args:
        result: value and key as the query gave them. found: ``indicator, dataflow, unit, decimals, derivation,
            boundary, is_estimated, formula`` (a ``Both``), ``note``. inputs: as ``make_input`` makes them.
        sources: the published rows behind them.
    """
    last = max(sources, key=lambda r: (r["published_from"], r["recorded_from"]), default=None)
    statuses = [r["status"] for r in sources]
    documents = {r["document"] for r in sources}
    formula = found.get("formula") or Both("", "")
    key = ("activity", "breakdown", "issuer", "freq", "period", "period_start", "period_end")
    return {
        **dict.fromkeys(DERIVED.names),
        **{name: result[name] for name in key},
        **{k: v for k, v in found.items() if k in DERIVED.names},
        "area_key": result["target"],
        "value": result["value"],
        "status": min(statuses, key=_finality, default=None),
        "published_from": last["published_from"] if last else None,
        "published_precision": last["published_precision"] if last else None,
        "recorded_from": max((r["recorded_from"] for r in sources), default=None),
        "published_to": min((r["published_to"] for r in sources), default=None),
        "recorded_to": min((r["recorded_to"] for r in sources), default=None),
        "document": documents.pop() if len(documents) == 1 else None,
        "formula_vi": formula.vi,
        "formula_en": formula.en,
        "inputs": list(inputs),
    }


def make_printed(source: Mapping[str, Any], target: str, boundary: str) -> Row:
    """A printed value as it is: under its own key, or carried to the key that the same territory has now."""
    return {
        **{name: source[name] for name in OBSERVATIONS.names},
        "area_key": target,
        "derivation": "published" if source["area_key"] == target else "same",
        "boundary": boundary,
        "is_estimated": False,
        "formula_vi": "" if source["area_key"] == target else f"{source['indicator']}({source['area_key']})",
        "formula_en": "" if source["area_key"] == target else f"{source['indicator']}({source['area_key']})",
        "inputs": [make_input(source, "value", 1.0)],
    }


def _finality(status: str | None) -> int:
    return _FINALITY.index(status) if status in _FINALITY else 0
