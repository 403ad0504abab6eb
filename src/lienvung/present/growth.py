"""Computed growth and indices as records and lines: the number, its formula, its marks, the cells it came from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Protocol

from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.prices import comparison_name
from lienvung.present.records import area_names, iso_instant

_KINDS = {
    "rate": ("tốc độ tăng so với cùng kỳ năm trước", "growth on the same period of the previous year"),
    "index_rate": ("tốc độ tăng đổi từ chỉ số", "growth converted from an index"),
    "average": ("tốc độ tăng bình quân năm", "average annual growth"),
    "average_of_rates": ("bình quân nhân của các tốc độ tăng năm", "geometric mean of yearly growth"),
    "required": ("tốc độ tăng cần có mỗi năm", "growth required each year"),
    "rebased": ("chỉ số, đổi kỳ gốc", "index, rebased"),
    "chained": ("chỉ số nối chuỗi", "chained index"),
}
MARKS = {
    "chained": ("nối chuỗi từ chỉ số liên hoàn", "chained out of yearly links"),
    "vintages": (
        "các số đầu vào công bố vào những ngày khác nhau, có thể khác phương pháp",
        "the inputs were published on different days, perhaps by different methods",
    ),
    "break": ("có đứt gãy chuỗi đã biết ở giữa", "a known break of the series lies between"),
    "nominal": ("tiền không ghi loại giá: tăng trưởng danh nghĩa", "money with no price basis: nominal growth"),
}
"""What a mark says, in both languages."""


class Result(Protocol):
    """A computed number as the analysis hands it over."""

    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def key(self) -> dict[str, str]: ...  # noqa: D102
    @property
    def period(self) -> str: ...  # noqa: D102
    @property
    def against(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> float: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def formula(self) -> str: ...  # noqa: D102
    @property
    def inputs(self) -> tuple[dict[str, Any], ...]: ...  # noqa: D102
    @property
    def marks(self) -> tuple[str, ...]: ...  # noqa: D102


def growth_records(results: Sequence[Result], catalogue: Catalogue, lang: str = "vi") -> list[dict[str, Any]]:
    """One record per computed number; ``inputs`` are the cells it came from. Keys are stable."""
    names, at = area_names(catalogue, lang), 0 if lang == "vi" else 1
    found = []
    for result in results:
        key = AreaKey.parse(result.key["area_key"])
        comparison = comparison_name(result.against)
        found.append(
            {
                "indicator": result.key["indicator"],
                "area": key.code,
                "area_valid_from": key.valid_from,
                "area_name": names.get(str(key), str(key)),
                "period": result.period,
                "against": (comparison.vi, comparison.en)[at] if result.kind == "index_rate" else result.against,
                "value": float(f"{result.value:.10g}"),
                "unit": result.unit,
                "kind": result.kind,
                "kind_name": _KINDS[result.kind][at],
                "issuer": result.key["issuer"],
                "breakdown": result.key["breakdown"],
                "activity": result.key["activity"],
                "is_computed": True,
                "formula": result.formula,
                "marks": list(result.marks),
                "notes": [MARKS[m][at] for m in result.marks],
                "inputs": [{c: _plain(v) for c, v in row.items()} for row in result.inputs],
            }
        )
    return found


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return iso_instant(value)
    return value.isoformat() if isinstance(value, date) else value


def describe_inputs(records: Sequence[dict[str, Any]], lang: str = "vi") -> list[str]:
    """Formula, marks and the cells behind each number, as lines for a terminal."""
    lines = []
    for record in records:
        lines.append(f"{record['area']}@{record['area_valid_from']} {record['period']}: {record['formula']}")
        lines += [f"  ⚠ {note}" for note in record["notes"]]
        for row in record["inputs"]:
            place = "!".join(p for p in (row["origin_sheet"] or row["sheet"], row["origin_cell"] or row["cell"]) if p)
            stood = "công bố" if lang == "vi" else "published"
            lines.append(
                f"  ← {row['indicator']} {row['period']} = {row['value']:.12g} {row['unit']} "
                f"[{row['issuer']}, {row['document']}, {place}, {stood} {row['published_from']}]"
            )
    return lines
