"""Discrepancies as a reader sees them: what does not agree, the arithmetic, who let it stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lienvung.domain.discrepancies import Acceptance, Discrepancy
from lienvung.present.records import iso_instant

_SIGNS = {"error": ("LỖI", "ERROR"), "warning": ("CẢNH BÁO", "WARNING"), "info": ("GHI CHÚ", "NOTE")}


def discrepancy_record(found: Discrepancy, acceptance: Acceptance | None, lang: str) -> dict[str, Any]:
    """One discrepancy as a plain record in one language; scripts rely on the names."""
    return {
        "id": found.id,
        "rule": found.rule,
        "severity": found.severity,
        "message": found.message(lang),
        "suggestion": found.suggestion(lang),
        "indicator": found.facts[0].indicator,
        "area": found.facts[0].area_key,
        "period": found.facts[0].period,
        "facts": len(found.facts),
        "accepted_by": acceptance.by if acceptance else None,
        "accepted_at": iso_instant(acceptance.at) if acceptance else None,
        "reason": acceptance.reason if acceptance else None,
    }


def render_discrepancies(records: Sequence[dict[str, Any]], hidden: str, lang: str) -> str:
    """The whole list as text; ``hidden`` says what is not shown."""
    which = 0 if lang == "vi" else 1
    lines = []
    for record in records:
        lines.append(f"{_SIGNS[record['severity']][which]} {record['rule']}  {record['id']}")
        lines.append(f"    {record['message']}")
        if record["suggestion"]:
            lines.append(f"    → {record['suggestion']}")
        if record["accepted_by"]:
            said = ("Đã chấp nhận", "Accepted")[which]
            lines.append(f"    ✓ {said}: {record['accepted_by']}, {record['accepted_at']}: {record['reason']}")
    if not records:
        lines.append(("Không có điểm nào chưa khớp.", "Everything agrees.")[which])
    return "\n".join([*lines, *([hidden] if hidden else [])])
