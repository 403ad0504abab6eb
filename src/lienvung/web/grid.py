"""A submission's workbook as it stands, with every problem at its cell, and the steps that are taken there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from lienvung.domain.handovers import Finding
from lienvung.domain.layouts import SheetCells, TableShape
from lienvung.errors import BadValue
from lienvung.gate import needs
from lienvung.present.cell_detail import tell_cell
from lienvung.present.coverings import tell_coverings
from lienvung.present.grid import (
    GridAsk,
    Marks,
    build_window,
    cells_read,
    findings_by_cell,
    first_sheet,
    place_of,
    read_findings,
    rows_of_cell,
    sheet_index,
    sheet_tabs,
    window_rows,
)
from lienvung.present.problems import Accepted, count_rules, group_problems, tally, tell_verdict
from lienvung.web.answers import lang_of, send_page, world_of
from lienvung.web.judging import judge
from lienvung.web.links import Links
from lienvung.web.office import (
    Opened,
    done,
    is_sent,
    office_context,
    open_submission,
    saved_upload,
    way_back,
    works_of,
)
from lienvung.workflow.actors import Right

router = APIRouter()
SEVERITIES = ("", "error", "warning", "info")
CELL_PART, JUDGED_PART = "chi-tiet", "doi-chieu"
"""``phan=chi-tiet``: the chosen cell alone, ``phan=doi-chieu``: the reconciliation alone, for a page that is open."""
Words = Annotated[str, Form()]
MOST_REASON = 2_000
"""Letters of a reason, as the form allows them."""


def read_ask(request: Request) -> GridAsk:
    """What part of the workbook the address asks for.

    Raises:
        BadValue: a number or severity that is none.
    """
    query = request.query_params
    severity = query.get("muc", "")
    if severity not in SEVERITIES:
        raise BadValue(value=severity, name="muc", choices=", ".join(SEVERITIES[1:]))
    cell = query.get("o", "").upper()
    return GridAsk(
        sheet=_number(query.get("trang"), "trang", 0), row=_number(query.get("hang"), "hang", 0),
        column=_number(query.get("cot"), "cot", 0), cell=cell if place_of(cell) else "", severity=severity,
        rule=query.get("quy-tac", "")[:80], only=bool(query.get("chi-van-de")), search=query.get("tim", "")[:100],
    )  # fmt: skip


def _number(text: str | None, name: str, plain: int) -> int:
    if not text:
        return plain
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise BadValue(value=text[:20], name=name, choices="1, 2, 3 …")
    return int(text)


def _settled(ask: GridAsk, sheets: Sequence[SheetCells], findings: Sequence[Finding], shapes: Sequence[TableShape]
             ) -> GridAsk:  # fmt: skip
    """The question with its sheet and window filled in: the window of the chosen cell where none is named."""
    sheet = ask.sheet if 1 <= ask.sheet <= len(sheets) else first_sheet(sheets, findings, shapes) + 1
    at = place_of(ask.cell)
    row = ask.row or (at[0] + 1 if at else 1)
    return replace(ask, sheet=sheet, row=row, column=ask.column or (at[1] + 1 if at else 1))


def kept_query(ask: GridAsk) -> dict[str, str | None]:
    """The filters as parameters."""
    return {
        "muc": ask.severity or None, "quy-tac": ask.rule or None, "chi-van-de": "1" if ask.only else None,
        "tim": ask.search or None,
    }  # fmt: skip


@router.get("/vi/ho-so/{number}/bang", name="grid-vi", dependencies=[needs(Right.SEE_SUBMISSIONS)])
@router.get("/en/submissions/{number}/grid", name="grid-en", dependencies=[needs(Right.SEE_SUBMISSIONS)])
def show_grid(request: Request, number: str) -> Response:
    """The workbook beside its problems."""
    opened, lang = open_submission(request, number), lang_of(request)
    findings = read_findings(opened.found.report)
    sheets, shapes = opened.works.look_at(number, opened.actor)
    ask = _settled(read_ask(request), sheets, findings, shapes)
    accepted = {
        (w.rule, w.place): Accepted(w.reason, w.by) for w in opened.works.accepted_warnings(number, opened.actor)
    }
    comments = opened.works.comments(number, opened.actor)
    parts = _sheet_parts(request, opened, ask, findings, accepted, comments) if sheets else {"detail": None}
    back = str(request.url.path) + (f"?{request.url.query}" if request.url.query else "")
    if request.query_params.get("phan") == CELL_PART:
        back = back.replace(f"&phan={CELL_PART}", "")
        return send_page(request, "grid_cell.html", None, view=opened.view, may=opened.may, back=back, **parts)
    if request.query_params.get("phan") == JUDGED_PART:
        return send_page(request, "grid_judged.html", None, view=opened.view, may=opened.may,
                         checked=judge(request, opened))  # fmt: skip
    unread = opened.found.report.get("unread")
    return send_page(
        request, "grid.html", None, view=opened.view, may=opened.may, ask=ask, has_cells=bool(sheets),
        unread=tell_unread(unread, lang), verdict=tell_verdict(opened.found, tally(findings, accepted), lang),
        understood=opened.found.report.get(f"understood_{lang}") or [], rules=count_rules(findings),
        groups=group_problems(findings, accepted, sheets, ask, lang, bool(ask.rule)), kept=kept_query(ask),
        checked=judge(request, opened),
        covering=tell_coverings(opened.works.coverings(number, opened.actor), lang),
        has_form=bool(sheets) and opened.found.rows > 0, back=back, **parts, **office_context(request),
    )  # fmt: skip


def tell_unread(unread: Any, lang: str) -> dict[str, str] | None:  # noqa: ANN401 - of a report
    """Why a file was not understood, of its report; None if it was."""
    if not isinstance(unread, dict):
        return None
    return {"said": str(unread[f"message_{lang}"]), "todo": str(unread[f"suggestion_{lang}"])}


def _sheet_parts(
    request: Request, opened: Opened, ask: GridAsk, findings: list[Finding],
    accepted: dict[tuple[str, str], Accepted], comments: Sequence[Any],
) -> dict[str, Any]:  # fmt: skip
    """The window of the chosen sheet and what is known of the chosen cell."""
    lang, works = lang_of(request), opened.works
    sheets, shapes = works.look_at(opened.found.id, opened.actor)
    at = ask.sheet - 1
    sheet, is_only = sheets[at], len(sheets) == 1
    claims = works.read_claims(opened.found.id, opened.actor)
    said = [c for c in comments if sheet_index(sheets, c.sheet) == at]
    marks = Marks(
        findings_by_cell(findings, sheets, at), accepted.keys(),
        {c.cell: sum(d.cell == c.cell for d in said) for c in said},
        [s for s in shapes if sheet_index(sheets, s.sheet) == at],
    ).shown(ask)  # fmt: skip
    first, last = window_rows(sheet, marks, ask)
    read = cells_read(claims, sheet, is_only, first, last)
    detail = None
    if place := place_of(ask.cell):
        rows = rows_of_cell(claims, sheet, is_only, ask.cell)
        if not rows and place in marks.findings and (every := works.rows_of(opened.found.id, opened.actor)) is not None:
            rows = rows_of_cell(every, sheet, is_only, ask.cell)
        detail = tell_cell(ask.cell, sheet, marks, rows, accepted, sheets, [c for c in said if c.cell == ask.cell],
                           world_of(request).catalogue, lang)  # fmt: skip
    link = Links(lang).grid(opened.found.id, kept_query(ask), trang=str(ask.sheet))
    return {
        "window": build_window(sheet, marks, read, ask, lang), "detail": detail, "cell_link": f"{link}&o=",
        "close_link": f"{link}&hang={ask.row}",
        "sheet_name": sheet.name or opened.found.file_name, "sheet_key": sheet.name,
        "tabs": sheet_tabs(sheets, findings, at, opened.found.file_name),
    }  # fmt: skip


@router.post("/vi/ho-so/{number}/chap-nhan", name="accept-vi", dependencies=[needs(Right.SUBMIT)])
@router.post("/en/submissions/{number}/accept", name="accept-en", dependencies=[needs(Right.SUBMIT)])
def accept(
    request: Request, number: str, quy_tac: Words = "", vi_tri: Words = "", ca_nhom: Words = "", ly_do: Words = "",
    ve: Words = "",
) -> Response:  # fmt: skip
    """Explain a warning, or all of one rule."""
    opened = open_submission(request, number)
    if ca_nhom:
        opened.works.accept_group(number, quy_tac, ly_do, opened.actor)
    else:
        opened.works.accept_warning(number, quy_tac, vi_tri, ly_do, opened.actor)
    return done(way_back(request, opened.found.id, ve), "accepted")


@router.post("/vi/ho-so/{number}/chap-nhan-doi-chieu", name="accept-finding-vi", dependencies=[needs(Right.RECONCILE)])
@router.post("/en/submissions/{number}/accept-finding", name="accept-finding-en", dependencies=[needs(Right.RECONCILE)])
def accept_finding(request: Request, number: str, phat_hien: Words = "", ly_do: Words = "") -> Response:
    """Let a discrepancy with what is published stand."""
    opened = open_submission(request, number)
    opened.works.accept_finding(phat_hien[:40], opened.actor, ly_do[:MOST_REASON], number)
    return done(f"{Links(lang_of(request)).grid(opened.found.id)}#reconcile", "finding_accepted")


@router.post("/vi/ho-so/{number}/rut-doi-chieu", name="withdraw-finding-vi", dependencies=[needs(Right.RECONCILE)])
@router.post(
    "/en/submissions/{number}/withdraw-finding", name="withdraw-finding-en", dependencies=[needs(Right.RECONCILE)]
)
def withdraw_finding(request: Request, number: str, phat_hien: Words = "", ly_do: Words = "") -> Response:
    """Take an acceptance back; the discrepancy is open again."""
    opened = open_submission(request, number)
    opened.works.withdraw_finding(phat_hien[:40], opened.actor, ly_do[:MOST_REASON])
    return done(f"{Links(lang_of(request)).grid(opened.found.id)}#reconcile", "finding_withdrawn")


@router.post("/vi/ho-so/{number}/thay-tep", name="replace-vi", dependencies=[needs(Right.SUBMIT)])
@router.post("/en/submissions/{number}/replace", name="replace-en", dependencies=[needs(Right.SUBMIT)])
def replace_file(request: Request, number: str, tep: Annotated[UploadFile | None, File()] = None) -> Response:
    """Put a mended file in the place of the first."""
    opened = open_submission(request, number)
    if tep is None or not is_sent(tep):
        raise BadValue(value="", name="tep", choices=".xlsx, .xls, .ods, .csv …")
    with saved_upload(tep, opened.works.size_limit) as path:
        opened.works.replace_file(number, path, opened.actor, tep.filename)
    return done(Links(lang_of(request)).grid(opened.found.id), "replaced")


@router.post("/vi/ho-so/{number}/doc-lai", name="recheck-vi", dependencies=[needs(Right.SUBMIT)])
@router.post("/en/submissions/{number}/recheck", name="recheck-en", dependencies=[needs(Right.SUBMIT)])
def recheck(request: Request, number: str) -> Response:
    """Read the file again, as recipes and code lists are now."""
    opened = open_submission(request, number)
    opened.works.recheck(number, opened.actor)
    return done(Links(lang_of(request)).grid(opened.found.id), "rechecked")


@router.post("/vi/ho-so/{number}/nop", name="hand-in-vi", dependencies=[needs(Right.SUBMIT)])
@router.post("/en/submissions/{number}/hand-in", name="hand-in-en", dependencies=[needs(Right.SUBMIT)])
def hand_in(request: Request, number: str, tep_thu: Words = "") -> Response:
    """Hand the checked file in."""
    opened = open_submission(request, number)
    version = int(tep_thu) if tep_thu.isascii() and tep_thu.isdigit() else None
    opened.works.hand_in(number, opened.actor, version)
    return done(Links(lang_of(request)).submission(opened.found.id), "handed_in")


@router.post("/vi/ho-so/{number}/huy", name="discard-vi", dependencies=[needs(Right.SUBMIT)])
@router.post("/en/submissions/{number}/discard", name="discard-en", dependencies=[needs(Right.SUBMIT)])
def discard(request: Request, number: str) -> Response:
    """Put a submission aside."""
    works_of(request).discard(number, open_submission(request, number).actor)
    return done(Links(lang_of(request)).submissions(), "discarded")
