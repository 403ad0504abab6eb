"""How a choice among conflicting claims is kept as an observation row.

A choice is a row of the reserved dataflow ``CHOICES`` under the reserved issuer ``CHOICE``, with the key of the fact
that it is about, so that it goes out through a release and stands on both clocks like any figure: ``value`` is the
chosen figure as it stood, ``origin_sheet`` the chosen issuer (null: an earlier choice is taken back),
``origin_cell`` the chosen figure's document, ``note`` the reason, ``file_name`` the person.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from lienvung.domain.discrepancies import Choice

CHOICES = "CHOICES"
"""The dataflow of choices; readers open it only when they ask for it by name."""
CHOICE = "CHOICE"
"""The issuer of choices."""
PARSER = "choice/1"


def choice_columns(choice: Choice) -> dict[str, Any]:
    """The columns of a choice's row that differ from those of the chosen figure."""
    return {
        "dataflow": CHOICES, "issuer": CHOICE, "status": "official", "note": choice.reason,
        "published_from": choice.day, "published_precision": "day", "file_name": choice.by, "file_sha256": "",
        "sheet": None, "cell": "", "origin_sheet": choice.issuer or None, "origin_cell": choice.document,
        "parser": PARSER, "submission": None,
    }  # fmt: skip


def read_choices(table: pa.Table) -> list[Choice]:
    """Choices from their rows (``OBSERVATIONS`` columns); those taken back are left out."""
    return [_choice(row) for row in table.to_pylist() if row["origin_sheet"]]


def _choice(row: Mapping[str, Any]) -> Choice:
    key = {c: row[c] for c in ("indicator", "area_key", "activity", "breakdown", "freq", "period", "value")}
    return Choice(
        **key, issuer=row["origin_sheet"], document=row["origin_cell"], by=row["file_name"],
        day=row["published_from"], reason=row["note"],
    )  # fmt: skip
