"""Files of a submission: as it came, with comments on its cells, its report, its form filled with what is published."""

from __future__ import annotations

import json
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from lienvung.errors import NoSuchAddress
from lienvung.gate import needs
from lienvung.present.annotations import annotate
from lienvung.present.findings import finding_records
from lienvung.present.grid import read_findings
from lienvung.web.answers import lang_of
from lienvung.web.grid import tell_unread
from lienvung.web.office import PRIVATE, attached, open_submission
from lienvung.workflow.actors import Right

router = APIRouter()
_OFFICE_XML = "application/vnd.openxmlformats-officedocument"
PAPERS = {
    ".pdf": "application/pdf", ".p7s": "application/pkcs7-signature", ".p7m": "application/pkcs7-mime",
    ".docx": f"{_OFFICE_XML}.wordprocessingml.document", ".xlsx": f"{_OFFICE_XML}.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text", ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}  # fmt: skip
"""Kinds of covering documents by their names; any other, XML too, goes out as bytes that no browser shows."""


@router.get("/vi/ho-so/{number}/tep", name="file-vi", dependencies=[needs(Right.SEE_SUBMISSIONS)])
@router.get("/en/submissions/{number}/file", name="file-en", dependencies=[needs(Right.SEE_SUBMISSIONS)])
def send_file(request: Request, number: str) -> Response:
    """The file, unchanged as it came; always as a download, never opened as a page."""
    opened = open_submission(request, number)
    name, path = opened.works.file_of(number, opened.actor)
    return FileResponse(path, media_type="application/octet-stream", headers={**PRIVATE, **attached(name)})


@router.get("/vi/ho-so/{number}/ban-da-ky", name="paper-vi", dependencies=[needs(Right.SEE_SUBMISSIONS)])
@router.get("/en/submissions/{number}/signed-file", name="paper-en", dependencies=[needs(Right.SEE_SUBMISSIONS)])
def send_paper(request: Request, number: str, so: str = "") -> Response:
    """The signed file of a covering document, unchanged; the newest where none is named."""
    return _send_covering(request, number, so, False)


@router.get("/vi/ho-so/{number}/chu-ky", name="paper-signature-vi", dependencies=[needs(Right.SEE_SUBMISSIONS)])
@router.get(
    "/en/submissions/{number}/signature", name="paper-signature-en", dependencies=[needs(Right.SEE_SUBMISSIONS)]
)
def send_paper_signature(request: Request, number: str, so: str = "") -> Response:
    """The detached signature that came beside a covering document."""
    return _send_covering(request, number, so, True)


def _send_covering(request: Request, number: str, which: str, is_signature: bool) -> Response:
    """A kept file of a covering document, always as a download.

    Raises:
        UnknownSubmission. NoSuchAddress: the submission has no such covering document, or it has no such file.
    """
    opened = open_submission(request, number)
    is_number = which.isascii() and which.isdigit() and len(which) < 10
    found = None
    if is_number or not which:
        named = int(which) if is_number else None
        found = opened.works.covering_file(number, opened.actor, is_signature=is_signature, number=named)
    if found is None:
        raise NoSuchAddress(address=request.url.path)
    name, path = found
    kind = PAPERS.get(Path(name).suffix.lower(), "application/octet-stream")
    return FileResponse(path, media_type=kind, headers={**PRIVATE, **attached(Path(name).name)})


@router.get("/vi/ho-so/{number}/chu-thich.xlsx", name="annotated-vi", dependencies=[needs(Right.SEE_SUBMISSIONS)])
@router.get("/en/submissions/{number}/annotated.xlsx", name="annotated-en", dependencies=[needs(Right.SEE_SUBMISSIONS)])
def send_annotated(request: Request, number: str) -> Response:
    """The agency's own workbook with a comment on each cell that has a problem."""
    opened, lang = open_submission(request, number), lang_of(request)
    raw = opened.works.raw_of(number, opened.actor)
    sheets, _ = opened.works.look_at(number, opened.actor)
    grids = [(s.name or raw.name, s.rows) for s in sheets]
    content = raw.path.read_bytes() if raw.kind == "xlsx" else None
    made = annotate(content, grids, read_findings(opened.found.report), lang)
    stem = raw.name.rpartition(".")[0] or raw.name
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    marked = "co-chu-thich" if lang == "vi" else "annotated"
    return Response(made.content, media_type=kind, headers={**PRIVATE, **attached(f"{stem}-{marked}.xlsx")})


@router.get("/vi/ho-so/{number}/bao-cao.json", name="report-vi", dependencies=[needs(Right.SEE_SUBMISSIONS)])
@router.get("/en/submissions/{number}/report.json", name="report-en", dependencies=[needs(Right.SEE_SUBMISSIONS)])
def send_report(request: Request, number: str) -> Response:
    """Everything that was found, for scripts."""
    opened, lang = open_submission(request, number), lang_of(request)
    found = opened.found
    told = {
        "submission": found.id, "state": found.state, "version": found.version, "file": found.file_name,
        "sha256": found.file_sha256, "recipe": found.recipe, "parser": found.parser,
        "understood": found.report.get(f"understood_{lang}"), "rows": found.report.get("rows"),
        "accepted": found.rows, "unread": tell_unread(found.report.get("unread"), lang),
        "findings": finding_records(read_findings(found.report), lang),
    }  # fmt: skip
    text = json.dumps(told, ensure_ascii=False, indent=1)
    return Response(text, media_type="application/json", headers={**PRIVATE, **attached(f"{found.id}.json")})


@router.get("/vi/ho-so/{number}/bieu-mau", name="form-vi", dependencies=[needs(Right.SEE_SUBMISSIONS)])
@router.get("/en/submissions/{number}/form", name="form-en", dependencies=[needs(Right.SEE_SUBMISSIONS)])
def send_form(request: Request, number: str) -> Response:
    """The agency's own form with the published figures in its cells, so that nobody types them again."""
    opened = open_submission(request, number)
    made = opened.works.fill_form(opened.found.id, opened.actor)
    headers = {**PRIVATE, **attached(made.name)}
    return Response(made.content, media_type="application/octet-stream", headers=headers)
