"""Input-output tables in the layout of the OECD's national tables (csv), also with domestic flows, imports and jobs.

Rows ``TTL_x`` (total flows) or ``DOM_x`` (domestic), then ``VALU``, ``OUTPUT`` and whatever stands between (taxes,
imports); columns ``Dx``, then final users, ``OUTPUT`` perhaps last. Lines that begin with ``# key: text`` before the
header name the table. OECD (2021), *Input-Output Tables*, file ``<ISO3><year>ttl.csv``.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from lienvung.domain.input_tables import Array, InputTable
from lienvung.errors import BadValue, Both

_ROWS = ("DOM_", "TTL_")
_NOT_FLOWS = ("TTL_INT_FNL",)
_WANTED = Both("bảng theo bố cục IOT của OECD: DOM_… hoặc TTL_…, VALU, OUTPUT", "a table in the OECD IOT layout")


def parse_input_table(path: Path) -> InputTable:
    """Read a table; columns and rows that miss their total are kept, with the gap.

    Raises:
        BadValue: no flows, a sector that is a row but no column, no VALU or OUTPUT, a cell that is no number.
    """
    about, header, rows = _read(path)
    prefix = next((p for p in _ROWS if any(r.startswith(p) for r in rows)), None)
    if prefix is None or "VALU" not in rows or "OUTPUT" not in rows:
        raise BadValue(name=path.name, value=", ".join(list(rows)[:5]), choices=_WANTED)
    columns = [c.removeprefix("D") for c in header]
    codes = [c for c in columns if prefix + c in rows and prefix + c not in _NOT_FLOWS]
    extra = [r for r in rows if r.startswith(prefix) and r not in _NOT_FLOWS and r.removeprefix(prefix) not in codes]
    if not codes or extra:
        raise BadValue(name=path.name, value=", ".join(extra[:5]) or "—", choices=_WANTED)
    at = [columns.index(c) for c in codes]
    users = [c for c in header if c.removeprefix("D") not in codes and c != "OUTPUT"]
    whole = np.array([_numbers(rows[prefix + c], path) for c in codes])
    flows, demand = whole[:, at], whole[:, [header.index(u) for u in users]]
    output, value_added = (np.array(_numbers(rows[r], path))[at] for r in ("OUTPUT", "VALU"))
    jobs = np.array(_numbers(rows["EMP"], path))[at] if "EMP" in rows else None
    printed = whole[:, header.index("OUTPUT")] if "OUTPUT" in header else output
    between = [r for r in rows if not r.startswith(prefix) and r not in ("VALU", "OUTPUT", "EMP")]
    used = flows.sum(0) + value_added + sum((np.array(_numbers(rows[r], path))[at] for r in between), np.zeros(len(at)))
    return InputTable(
        Both(about.get("title_vi", path.stem), about.get("title_en", path.stem)), about.get("source", path.name),
        Both(about.get("unit_vi", ""), about.get("unit_en", "")), tuple(codes), tuple(_name(about, c) for c in codes),
        tuple(users), flows, demand, output, value_added, jobs, prefix == "DOM_",
        printed - flows.sum(1) - demand.sum(1), output - used,
    )  # fmt: skip


def _read(path: Path) -> tuple[dict[str, str], list[str], dict[str, list[str]]]:
    lines = path.read_text("utf-8-sig").splitlines()
    about = dict(line[2:].split(": ", 1) for line in lines if line.startswith("# ") and ": " in line)
    table = list(csv.reader(line for line in lines if line.strip() and not line.startswith("#")))
    if len(table) < 2:
        raise BadValue(name=path.name, value="—", choices=_WANTED)
    header = [c.strip() for c in table[0][1:]]
    return about, header, {row[0].strip(): row[1:] for row in table[1:]}


def _numbers(cells: list[str], path: Path) -> Array:
    try:
        return np.array([float(c) if c.strip() else 0.0 for c in cells], dtype=np.float64)
    except ValueError as error:
        raise BadValue(name=path.name, value=str(error), choices=_WANTED) from None


def _name(about: dict[str, str], code: str) -> Both:
    vi, _, en = about.get(code, code).partition(" | ")
    return Both(vi, en or vi)
