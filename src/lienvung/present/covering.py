"""A covering document and its signatures as a reader sees them; 'no signature' is said as plainly as a signature."""

from __future__ import annotations

from datetime import datetime, timedelta

from lienvung.domain.covering import CoveringDocument
from lienvung.domain.signatures import FORMS, STATES, TIMES, UNSIGNED, Signature, SignatureReport
from lienvung.errors import Both

VIET_NAM = timedelta(hours=7)
"""Times of signing are shown in Việt Nam's time."""
NO_LETTER = Both("Chưa có văn bản kèm theo.", "No covering document.")
NO_FILE = Both(
    "Chưa có tệp văn bản: số, ngày, người ký chỉ do người nộp khai.",
    "No file of the document: number, date and signer are the sender's word only.",
)
OTHER_NAME = Both(
    "Không chữ ký nào mang tên người ký đã khai; hãy đối chiếu với tên trên chứng thư.",
    "No signature bears the declared signer's name; compare it with the certificate's.",
)
_ON_PAPER = Both("Tệp văn bản", "The document's file")
_ON_FIGURES = Both("Tệp số liệu", "The file of figures")


def say(both: Both, lang: str) -> str:
    """One of the two languages."""
    return both.vi if lang == "vi" else both.en


def covering_record(document: CoveringDocument, by: str, at: datetime, lang: str) -> dict[str, object]:
    """A covering document as plain values; scripts rely on the names."""
    return {
        "number": document.number,
        "date": document.dated.isoformat(),
        "agency": document.agency,
        "signer": document.signer,
        "signer_title": document.signer_title,
        "abstract": document.abstract,
        "file": document.file_name,
        "file_sha256": document.file_sha256,
        "detached_sha256": document.detached_sha256,
        "by": by,
        "at": at.isoformat(timespec="seconds"),
        "has_signers_name": document.has_signers_name,
        "signatures": report_record(document.report, lang),
        "signatures_of_figures": report_record(document.submitted_report, lang),
    }


def report_record(report: SignatureReport | None, lang: str) -> dict[str, object] | None:
    """What was found of signatures on one file; None if there was no file to look at."""
    if report is None:
        return None
    return {
        "summary": summarise(report, lang),
        "is_signed": bool(report.signatures),
        "problem": say(report.problem, lang) if report.problem else None,
        "signatures": [signature_record(s, lang) for s in report.signatures],
    }


def signature_record(signature: Signature, lang: str) -> dict[str, object]:
    """One signature as plain values; ``state`` and ``time_from`` are codes, the rest is for reading."""
    return {
        "state": signature.state,
        "state_name": say(STATES[signature.state], lang),
        "form": say(FORMS[signature.form], lang),
        "reason": say(signature.reason, lang) if signature.reason else None,
        "signer": signature.signer,
        "organisation": signature.organisation,
        "issuer": signature.issuer,
        "serial": signature.serial,
        "signed_at": signature.signed_at.isoformat(timespec="seconds") + "Z" if signature.signed_at else None,
        "time_from": signature.time_from,
        "algorithm": signature.algorithm,
        "has_weak_algorithm": signature.has_weak_algorithm,
        "covers_whole": signature.covers_whole,
        "remarks": [say(r, lang) for r in signature.remarks],
    }


def summarise(report: SignatureReport, lang: str) -> str:
    """The report in one line."""
    if report.is_unsigned:
        return say(UNSIGNED, lang)
    said = [f"{say(STATES[s.state], lang)}{f' ({s.signer})' if s.signer else ''}" for s in report.signatures]
    return "; ".join([*said, *([say(report.problem, lang)] if report.problem else [])])


def render_covering(document: CoveringDocument, by: str, at: datetime, lang: str) -> str:
    """A covering document and every signature as lines of text."""
    is_vi = lang == "vi"
    day = f"{document.dated:%d/%m/%Y}" if is_vi else f"{document.dated:%Y-%m-%d}"
    lines = [f"Văn bản kèm theo: {document.number} ngày {day}" if is_vi else f"Covered by {document.number} of {day}"]
    signer = ", ".join(part for part in (document.signer, document.signer_title, document.agency) if part)
    lines.append(f"  {'người ký' if is_vi else 'signed by'}: {signer}")
    if document.abstract:
        lines.append(f"  {'trích yếu' if is_vi else 'abstract'}: {document.abstract}")
    lines.append(f"  {'người đính kèm' if is_vi else 'attached by'}: {by}, {_local(at, lang)}")
    if document.report is None:
        lines.append(f"  {say(NO_FILE, lang)}")
    else:
        lines += _report_lines(_ON_PAPER, document.file_name, document.report, lang)
    if document.has_signers_name is False:
        lines.append(f"    {say(OTHER_NAME, lang)}")
    if document.submitted_report and not (document.submitted_report.is_unsigned and document.report):
        lines += _report_lines(_ON_FIGURES, "", document.submitted_report, lang)
    return "\n".join(lines)


def _report_lines(what: Both, name: str, report: SignatureReport, lang: str) -> list[str]:
    head = f"  {say(what, lang)}{f' {name}' if name else ''}:"
    if report.is_unsigned:
        return [f"{head} {say(UNSIGNED, lang)}"]
    lines = [head]
    for signature in report.signatures:
        lines += [f"    {line}" for line in _signature_lines(signature, lang)]
    return lines + ([f"    {say(report.problem, lang)}"] if report.problem else [])


def _signature_lines(signature: Signature, lang: str) -> list[str]:
    is_vi = lang == "vi"
    lines = [f"{say(FORMS[signature.form], lang)}: {say(STATES[signature.state], lang)}"]
    if signature.reason:
        lines.append(f"  {say(signature.reason, lang)}")
    if signature.signer:
        who = ", ".join(part for part in (signature.signer, signature.organisation) if part)
        lines.append(f"  {'chứng thư của' if is_vi else 'certificate of'}: {who}")
        issued = f"{signature.issuer}, {'số' if is_vi else 'serial'} {signature.serial}, {signature.algorithm}"
        lines.append(f"  {'nơi cấp' if is_vi else 'issued by'}: {issued}")
    if signature.signed_at:
        source = say(TIMES[signature.time_from], lang)
        lines.append(f"  {'ký lúc' if is_vi else 'signed at'}: {_local(signature.signed_at, lang)} ({source})")
    return lines + [f"  · {say(r, lang)}" for r in signature.remarks]


def _local(moment: datetime, lang: str) -> str:
    there = moment + VIET_NAM
    return f"{there:%H:%M %d/%m/%Y}" if lang == "vi" else f"{there:%Y-%m-%d %H:%M} (UTC+7)"
