"""The paper of methods names every formula of the files it is about, and none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "src" / "lienvung" / "analyse" / "methods"
PAPER = (ROOT / "docs" / "methods.md").read_text("utf-8")
FORMULA = r"(?:calc|estimate|forecast)_\w+"


def test_every_formula_is_named_with_its_source() -> None:
    files = re.findall(r"`(\w+\.py)`", "\n".join(re.findall(r"^## .*", PAPER, re.MULTILINE)))
    assert len(files) > 15
    there = {n for f in files for n in re.findall(rf"^def ({FORMULA})", (FOLDER / f).read_text("utf-8"), re.MULTILINE)}
    assert there == set(re.findall(rf"`({FORMULA})`", PAPER))


def test_every_row_says_source_and_where_undefined() -> None:
    rows = [line.split("|")[1:-1] for line in PAPER.splitlines() if line.startswith("| ") and "`" in line]
    assert len(rows) > 50
    assert all(len(row) == 4 and all(cell.strip() for cell in row) for row in rows)
