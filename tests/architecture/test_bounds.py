"""Every number in the operator's table of bounds is the constant that the code goes by."""

from __future__ import annotations

import importlib
import re
from functools import reduce
from pathlib import Path

import pytest

OPERATOR = Path(__file__).parents[2] / "docs" / "operator.md"
ROW = re.compile(r"^\| .+ \| ([\d.]+)( MB| s| byte)? \| `([\w.]+)` \|$", re.MULTILINE)


def table() -> str:
    return OPERATOR.read_text("utf-8").partition("## Bounds · Giới hạn")[2].partition("\n## ")[0]


def constant(dotted: str) -> float:
    """What a module of the package, or an object in one, calls by this name."""
    parts = dotted.split(".")
    for count in range(len(parts) - 1, 0, -1):
        try:
            module = importlib.import_module(".".join(["lienvung", *parts[:count]]))
        except ModuleNotFoundError:
            continue
        return float(reduce(getattr, parts[count:], module))  # type: ignore[arg-type]
    raise AssertionError(dotted)


@pytest.mark.parametrize(("number", "unit", "name"), ROW.findall(table()), ids=lambda v: v)
def test_each_bound_is_the_constant_in_the_code(number: str, unit: str, name: str) -> None:
    told = int(number.replace(".", ""))
    if unit.strip() == "MB" and name != "settings.Settings.upload_mb":
        told *= 2**20
    assert constant(name) == told


def test_every_row_of_the_table_is_read() -> None:
    rows = [line for line in table().splitlines() if line.startswith("| ")]
    assert len(ROW.findall(table())) == len(rows) - 1 > 25
