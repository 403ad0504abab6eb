"""The document that a submission came with, for reading: number, date, signer, and what its signatures are worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lienvung.domain.covering import CoveringDocument
from lienvung.domain.signatures import FORMS, STATES, TIMES, UNSIGNED, Signature, SignatureReport
from lienvung.errors import Both
from lienvung.present.numbers import format_date, format_instant
from lienvung.present.texts import Texts


@dataclass(frozen=True)
class CoveringView:
    """A covering document for reading; ``told``: what was found of signatures, a line each."""

    id: int
    number: str
    day: str
    agency: str
    signer: str
    signer_title: str
    abstract: str
    file_name: str
    told: tuple[str, ...]
    has_detached: bool


def tell_coverings(coverings: Sequence[Any], lang: str) -> tuple[CoveringView, ...]:
    """Covering documents, the newest first.

    Args:
        coverings: ``workflow.covering.Covering``.
    """
    return tuple(_covering(c.id, c.document, lang) for c in coverings)


def _covering(number: int, document: CoveringDocument, lang: str) -> CoveringView:
    told = tell_signatures(document.report, lang) if document.report else (Texts(lang)("cover_no_file"),)
    return CoveringView(
        number, document.number, format_date(document.dated, lang), document.agency, document.signer,
        document.signer_title, document.abstract, document.file_name, told, document.detached_sha256 is not None,
    )  # fmt: skip


def tell_signatures(report: SignatureReport, lang: str) -> tuple[str, ...]:
    """Every signature with how far it can be believed; the absence of any is said too."""
    if report.is_unsigned:
        return (_said(UNSIGNED, lang),)
    lines = [_signature(s, lang) for s in report.signatures]
    return (*lines, *([_said(report.problem, lang)] if report.problem else []))


def _signature(signature: Signature, lang: str) -> str:
    who = ", ".join(t for t in (signature.signer, signature.organisation) if t)
    when = format_instant(signature.signed_at, lang)
    source = _said(TIMES[signature.time_from], lang) if signature.time_from in TIMES else ""
    reason = _said(signature.reason, lang) if signature.reason else ""
    parts = (
        f"{_said(STATES[signature.state], lang)} ({_said(FORMS[signature.form], lang)})", who,
        f"{when} ({source})" if when and source else when, reason, *(_said(r, lang) for r in signature.remarks),
    )  # fmt: skip
    return "; ".join(p for p in parts if p)


def _said(both: Both, lang: str) -> str:
    return both.vi if lang == "vi" else both.en
