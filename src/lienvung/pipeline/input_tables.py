"""Input-output tables for the doors."""

from __future__ import annotations

from pathlib import Path

from lienvung.domain.input_tables import InputTable
from lienvung.parse.input_tables import parse_input_table

TEACHING = "sectors/io-teaching-germany.csv"
"""A pack's own table: another country's, for teaching."""


def read_table(path: Path | None, pack: Path) -> InputTable:
    """The table in a file, or the pack's teaching table."""
    return parse_input_table(path or pack / TEACHING)
