"""Shares of a total, from current prices only: parts in constant prices need not add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from lienvung.analyse.methods.growth import calc_share_pct
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.observations import KEY, TOTAL
from lienvung.domain.prices import basis_name, is_constant
from lienvung.errors import BadValue, Both, NotComputable

SHARE = Both("cơ cấu", "a structure")


@dataclass(frozen=True)
class Share:
    """One part of a total, per cent, with the two published rows (``OBSERVATIONS`` columns) it was made from."""

    part: dict[str, Any]
    whole: dict[str, Any]
    value_pct: float
    formula: str


def compare_shares(table: pa.Table, catalogue: Catalogue, column: str = "activity") -> list[Share]:
    """Each part's share in the total that the same document prints for the same area, issuer and period.

    Args:
        table: ``OBSERVATIONS`` rows with parts and totals. column: ``activity`` or ``breakdown``.

    Raises:
        NotComputable: constant prices, or an indicator that is not added up; current prices are offered instead.
    """
    if column not in ("activity", "breakdown"):
        raise BadValue(value=column, name="column", choices="activity, breakdown")
    for code in sorted(set(table["indicator"].to_pylist())):
        _require_additive(code, catalogue)
    names = (*(c for c in KEY if c != column), "document")
    rows = [r for r in table.to_pylist() if r["value"] is not None]
    totals = {tuple(r[c] for c in names): r for r in rows if r[column] == TOTAL and r["value"]}
    found = []
    for row in rows:
        whole = totals.get(tuple(row[c] for c in names))
        if row[column] != TOTAL and whole and whole["unit"] == row["unit"]:
            code, period = row["indicator"], row["period"]
            formula = f"{code}[{row[column]}, {period}] / {code}[{TOTAL}, {period}] × 100"
            formula += f" = {row['value']:.12g} / {whole['value']:.12g} × 100"
            found.append(Share(row, whole, calc_share_pct(row["value"], whole["value"]), formula))
    return found


def _require_additive(code: str, catalogue: Catalogue) -> None:
    indicator = catalogue.indicators[code]
    if is_constant(indicator):
        stem = code.split("_")[0]
        current = [
            i.code for i in catalogue.indicators.values() if i.price_basis == "current" and i.unit == indicator.unit
        ]
        near = [c for c in current if c.split("_")[0] == stem] or current
        name = basis_name(indicator.price_basis)
        why = Both(f"{name.vi}; cơ cấu tính theo giá hiện hành", f"{name.en}; structures are told in current prices")
        raise NotComputable(what=SHARE, indicator=code, reason=why, choices=", ".join(near) or "—")
    if indicator.aggregation not in ("sum", "stock"):
        why = Both("chỉ tiêu này không cộng được", "it does not add up")
        raise NotComputable(what=SHARE, indicator=code, reason=why, choices=indicator.numerator or "—")
