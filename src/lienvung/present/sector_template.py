"""The template for employment and value added by section of VSIC, that an agency fills and hands in."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.observations import TOTAL

INDICATORS = ("EMPLOYED", "GRDP_CUR")
_HEADING = ("indicator", "area", "period", "activity", "activity_name", "value", "unit", "status")


def section_codes(catalogue: Catalogue) -> list[str]:
    """The total and the sections of VSIC 2007 by letter."""
    return [TOTAL, *(c for c in sorted(catalogue.activities) if c.startswith("VSIC_") and len(c) == len("VSIC_A"))]


def write_sector_template(
    catalogue: Catalogue,
    areas: Sequence[str],
    periods: Sequence[str],
    path: Path,
    indicators: Sequence[str] = INDICATORS,
) -> int:
    """Write a row for every indicator, area, period and section, values left blank; the number of rows.

    A line whose value stays blank must be taken out, or be given ``..`` (not available) or ``-`` (does not occur).
    """
    codes = section_codes(catalogue)
    rows = [
        (code, area, period, activity, catalogue.activities[activity].name_vi, "", catalogue.indicator(code).unit, "")
        for code in indicators
        for area in areas
        for period in periods
        for activity in codes
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        stream.write("# lienvung: tidy/1\n# issuer:\n# published:\n# boundary: 2004\n")
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(_HEADING)
        writer.writerows(rows)
    return len(rows)
