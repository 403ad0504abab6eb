"""Findings as a reader sees them: what was understood, then every problem with its place and the way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lienvung.domain.handovers import Finding

_SIGNS = {"error": ("LỖI", "ERROR"), "warning": ("CẢNH BÁO", "WARNING"), "info": ("GHI CHÚ", "NOTE")}


def finding_records(findings: Sequence[Finding], lang: str) -> list[dict[str, object]]:
    """Findings as plain records in one language; scripts rely on the names."""
    return [
        {
            "rule": f.rule,
            "severity": f.severity,
            "sheet": f.sheet,
            "cell": f.cell,
            "message": f.message(lang),
            "suggestion": f.suggestion(lang),
            "count": f.count,
        }
        for f in findings
    ]


def _place(finding: Finding) -> str:
    if finding.sheet and finding.cell:
        return f"{finding.sheet}!{finding.cell}"
    return finding.cell or finding.sheet or ""


def _lines(finding: Finding, lang: str) -> list[str]:
    sign = _SIGNS[finding.severity][0 if lang == "vi" else 1]
    times = f" ×{finding.count}" if finding.count > 1 else ""
    lines = [f"  {sign} {finding.rule}{times}  {_place(finding)}", f"      {finding.message(lang)}"]
    return lines + ([f"      → {finding.suggestion(lang)}"] if finding.suggestion(lang) else [])


def render_findings(report: Mapping[str, object], findings: Sequence[Finding], lang: str) -> str:
    """The whole report of a file as text."""
    understood = report[f"understood_{lang}"]
    head = "Đã hiểu" if lang == "vi" else "Understood"
    lines = [f"{head}:", *(f"  {line}" for line in (understood if isinstance(understood, list) else []))]
    rows = report["rows"]
    lines.append(f"  {rows} số liệu đọc được" if lang == "vi" else f"  {rows} figures read")
    if not findings:
        lines.append("Không có vấn đề nào." if lang == "vi" else "No problem was found.")
    for severity in _SIGNS:
        for finding in findings:
            if finding.severity == severity:
                lines += _lines(finding, lang)
    return "\n".join(lines)
