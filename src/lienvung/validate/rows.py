"""From a reader's rows to checked claims: every problem of the file in one go, rows with errors left out."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import ERROR, Finding, Findings, RawFile, Rows
from lienvung.store.schema import CLAIMS
from lienvung.validate.columns import cut as cut_text
from lienvung.validate.columns import glue, map_distinct
from lienvung.validate.draft import Draft, build_draft
from lienvung.validate.registry import ROW_CHECKS

_STRING = pa.string()


def check_rows(rows: Rows, catalogue: Catalogue, raw: RawFile, received: date) -> tuple[pa.Table, Findings]:
    """The claims that can be believed (``store.schema.CLAIMS``), and everything there is to say about the file.

    Args:
        rows: as a reader made them, its own findings included.
        raw: the file, for its name and hash. received: the day it came, which bounds an undated document.
    """
    found = list(rows.findings)
    if rows.table.num_rows == 0:
        return CLAIMS.empty_table(), Findings((*found, _nothing()))
    draft = build_draft(rows, catalogue, raw, received)
    _convert(draft)
    for check in ROW_CHECKS:
        found += check.findings(draft)
    return _claims(draft, rows, raw), Findings(tuple(sorted(found, key=lambda f: f.severity != ERROR)))


def _nothing() -> Finding:
    return Finding(
        "ROWS-NONE", ERROR, "Tệp không có số liệu nào.", "The file holds no figures.",
        suggestion_vi="Kiểm tra lại tệp hoặc trang đã chọn.", suggestion_en="Check the file or the sheet.",
    )  # fmt: skip


def _convert(draft: Draft) -> None:
    """Values in the indicator's own unit; printed digits move with the decimal sign."""
    units = draft.catalogue.units

    def factor(pair: str) -> float | None:
        unit, own = (units.get(code) for code in cut_text(pair))
        return unit.factor / own.factor if unit and own and unit.base == own.base else None

    pairs = glue([draft.known["unit"], draft.known["own_unit"]])
    factors = np.nan_to_num(_numbers(map_distinct(pairs, factor, pa.float64())), nan=1.0)
    value = _numbers(draft.printed["value"])
    # dividing by 1000 is exact to the last digit, multiplying by 0.001 is not
    with np.errstate(all="ignore"):
        value = np.where(factors >= 1, value * factors, value / np.where(factors < 1, 1 / factors, 1.0))
        shift = np.rint(np.log10(factors))
    is_power = np.isclose(factors, 10.0**shift, rtol=1e-12)
    printed = _numbers(draft.printed["decimals"].cast(pa.float64()))
    decimals = np.where(is_power, np.maximum(printed - shift, 0), np.nan)
    changed = (factors != 1) & ~np.isnan(decimals) & np.isfinite(value)
    for digits in np.unique(decimals[changed]):
        here = changed & (decimals == digits)
        value[here] = np.round(value[here], int(digits))
    draft.known["value"] = pa.array(value, from_pandas=True)
    draft.known["decimals"] = pa.array(decimals, from_pandas=True).cast(pa.int32())


def _numbers(column: pa.Array) -> np.ndarray:
    """Floats with NaN for null, as a copy that may be written to."""
    return np.array(pc.fill_null(column, np.nan).to_numpy(zero_copy_only=False), dtype=np.float64)


def _claims(draft: Draft, rows: Rows, raw: RawFile) -> pa.Table:
    columns = {n: draft.printed[n] for n in ("note", "mark", "sheet", "cell", "origin_sheet", "origin_cell")}
    columns |= {n: c for n, c in draft.known.items() if n in CLAIMS.names}
    columns["unit"] = draft.known["own_unit"]
    constants = {"file_name": raw.name, "file_sha256": raw.sha256, "parser": rows.parser, "submission": None}
    columns |= {n: pa.repeat(pa.scalar(v, _STRING), draft.size) for n, v in constants.items()}
    table = pa.table([columns[n] for n in CLAIMS.names], schema=CLAIMS)
    return table.filter(pa.array(~draft.bad)) if draft.bad.any() else table
