"""What is wrong in a pack."""

from __future__ import annotations

from pathlib import Path

from lienvung.domain.handovers import ERROR, Finding, Findings
from lienvung.errors import PackInvalid
from lienvung.parse.recipes import load_recipes
from lienvung.validate.packs import check_pack


def inspect_pack(folder: Path) -> Findings:
    """Everything that is wrong in a pack, its recipes included."""
    found = list(check_pack(folder))
    try:
        load_recipes(folder / "recipes")
    except PackInvalid as error:
        said = (error.message("vi"), error.message("en"), "recipes", None)
        found.append(Finding("PACK-RECIPE", ERROR, *said, error.suggestion("vi"), error.suggestion("en")))
    return Findings(tuple(found))
