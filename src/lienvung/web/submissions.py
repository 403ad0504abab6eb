"""Submissions: the list, the page of one with what it changes, and every decision about it."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response

from lienvung.domain.names import fold
from lienvung.errors import BadDate, BadValue
from lienvung.gate import actor_of, needs
from lienvung.present.coverings import tell_coverings
from lienvung.present.differences import tell_difference
from lienvung.present.numbers import VIETNAM
from lienvung.present.submissions import list_submissions, tell_comments, tell_files, tell_history
from lienvung.web.answers import lang_of, send_page, world_of
from lienvung.web.links import Links
from lienvung.web.office import (
    Opened,
    agencies_of,
    agency_namer,
    done,
    office_context,
    open_submission,
    way_back,
    works_of,
)
from lienvung.workflow.actors import Right
from lienvung.workflow.submissions import STATES

router = APIRouter()
MOST_LISTED = 100
Words = Annotated[str, Form()]


@router.get("/vi/ho-so", name="submissions-vi", dependencies=[needs(Right.SEE_SUBMISSIONS)])
@router.get("/en/submissions", name="submissions-en", dependencies=[needs(Right.SEE_SUBMISSIONS)])
def list_all(request: Request) -> Response:
    """The submissions that one may see, newest first."""
    query, lang, actor = request.query_params, lang_of(request), actor_of(request)
    state, agency, search = query.get("trang-thai", ""), query.get("co-quan", ""), query.get("tim", "")[:100]
    if state not in ("", *STATES):
        raise BadValue(value=state, name="trang-thai", choices=", ".join(STATES))
    found = works_of(request).find_submissions(actor, state or None)
    named = agency_namer(request)
    names = {s.agency: named(s.agency) for s in found if s.agency}
    kept = [s for s in found if agency in ("", s.agency) and _matches(s, search)]
    start = _number(query.get("tu"))
    older = start + MOST_LISTED
    more = {"trang-thai": state, "co-quan": agency, "tim": search, "tu": str(older)} if older < len(kept) else None
    return send_page(
        request, "submissions.html", None, rows=list_submissions(kept[start:older], named, lang), count=len(kept),
        states=STATES, chosen={"state": state, "agency": agency, "search": search}, more=more,
        agencies=sorted(names.items(), key=lambda pair: pair[1]), may_submit=bool(agencies_of(request, Right.SUBMIT)),
        **office_context(request),
    )  # fmt: skip


def _matches(found: Any, search: str) -> bool:  # noqa: ANN401 - a Submission
    words = fold(search)
    return not words or words in fold(f"{found.title} {found.file_name}") or search.strip().upper() == found.id


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


@router.get("/vi/ho-so/{number}", name="submission-vi", dependencies=[needs(Right.SEE_SUBMISSIONS)])
@router.get("/en/submissions/{number}", name="submission-en", dependencies=[needs(Right.SEE_SUBMISSIONS)])
def show_submission(request: Request, number: str) -> Response:
    """One submission: where it stands, what it changes, what was said, what may be done now."""
    opened, lang = open_submission(request, number), lang_of(request)
    works, actor, links = opened.works, opened.actor, Links(lang)
    difference = None
    if opened.found.claims_sha256 and "unread" not in opened.found.report:
        told = works.difference(number, actor)
        difference = tell_difference(told, world_of(request).catalogue, lang, partial(_cell, opened, links))
    comments = tell_comments(works.comments(number, actor), lang, partial(_cell, opened, links))
    return send_page(
        request, "submission.html", None, view=opened.view, may=opened.may, difference=difference, comments=comments,
        history=tell_history(works.steps(number, actor), lang), files=tell_files(works.files(number, actor), lang),
        covering=tell_coverings(works.coverings(number, actor), lang), **office_context(request),
    )  # fmt: skip


def _cell(opened: Opened, links: Links, sheet: str, cell: str) -> str:
    """The address of a cell in the grid; nothing for what is no cell of a sheet."""
    if not cell:
        return ""
    sheets, _ = opened.works.look_at(opened.found.id, opened.actor)
    at = next((n for n, s in enumerate(sheets, 1) if s.name == sheet or len(sheets) == 1), None)
    return f"{links.grid(opened.found.id, trang=str(at), o=cell)}#o-{cell}" if at else ""


@router.post("/vi/ho-so/{number}/gop-y", name="comment-vi", dependencies=[needs(Right.COMMENT)])
@router.post("/en/submissions/{number}/comment", name="comment-en", dependencies=[needs(Right.COMMENT)])
def comment(
    request: Request, number: str, noi_dung: Words = "", trang_tinh: Words = "", o: Words = "", ve: Words = ""
) -> Response:
    """Say something of the submission or of a cell."""
    opened, links = open_submission(request, number), Links(lang_of(request))
    opened.works.comment(number, noi_dung, opened.actor, trang_tinh, o)
    back = way_back(request, opened.found.id, ve) if ve else links.submission(opened.found.id)
    return done(back, "commented")


@router.post("/vi/ho-so/{number}/da-xu-ly", name="answer-vi", dependencies=[needs(Right.COMMENT)])
@router.post("/en/submissions/{number}/answer", name="answer-en", dependencies=[needs(Right.COMMENT)])
def answer(request: Request, number: str, so: Words = "") -> Response:
    """Mark a comment as seen to."""
    opened = open_submission(request, number)
    if _number(so) not in {c.number for c in opened.works.comments(number, opened.actor)}:
        raise BadValue(value=so[:20], name="so", choices="1, 2, 3 …")
    opened.works.answer_comment(_number(so), opened.actor)
    return done(Links(lang_of(request)).submission(opened.found.id), "answered")


@router.post("/vi/ho-so/{number}/duyet", name="approve-vi", dependencies=[needs(Right.DECIDE)])
@router.post("/en/submissions/{number}/approve", name="approve-en", dependencies=[needs(Right.DECIDE)])
def approve(request: Request, number: str, chac_chan: Words = "", tep_thu: Words = "") -> Response:
    """Say that a submission is right."""
    return _step(request, number, chac_chan, "approved",
                 lambda w, by: w.approve(number, by, version=_number(tep_thu) or None))  # fmt: skip


@router.post("/vi/ho-so/{number}/tra-lai", name="return-vi", dependencies=[needs(Right.DECIDE)])
@router.post("/en/submissions/{number}/return", name="return-en", dependencies=[needs(Right.DECIDE)])
def send_back(request: Request, number: str, ly_do: Words = "", chac_chan: Words = "") -> Response:
    """Give a submission back with a reason."""
    return _step(request, number, chac_chan, "returned", lambda w, by: w.return_submission(number, by, ly_do))


@router.post("/vi/ho-so/{number}/cong-bo", name="publish-vi", dependencies=[needs(Right.PUBLISH)])
@router.post("/en/submissions/{number}/publish", name="publish-en", dependencies=[needs(Right.PUBLISH)])
def publish(
    request: Request, number: str, ten_vi: Words = "", ten_en: Words = "", luc: Words = "", chac_chan: Words = ""
) -> Response:
    """Publish an approved submission now, or at a moment to come."""
    at = _moment(luc)
    return _step(request, number, chac_chan, "scheduled" if at else "published",
                 lambda w, by: w.publish([number], by, ten_vi.strip()[:300], ten_en.strip()[:300], at))  # fmt: skip


def _moment(text: str) -> datetime | None:
    """A moment on the clock of Việt Nam as a browser's field writes it.

    Raises:
        BadDate: it is none.
    """
    if not text.strip():
        return None
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadDate(value=text[:40]) from None
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)


@router.post("/vi/ho-so/{number}/bo-hen", name="unschedule-vi", dependencies=[needs(Right.PUBLISH)])
@router.post("/en/submissions/{number}/unschedule", name="unschedule-en", dependencies=[needs(Right.PUBLISH)])
def unschedule(request: Request, number: str, ly_do: Words = "", chac_chan: Words = "") -> Response:
    """Take a submission off its release."""
    return _step(request, number, chac_chan, "unscheduled", lambda w, by: w.unschedule(number, by, ly_do))


@router.post("/vi/ho-so/{number}/thu-hoi", name="withdraw-vi", dependencies=[needs(Right.PUBLISH)])
@router.post("/en/submissions/{number}/withdraw", name="withdraw-en", dependencies=[needs(Right.PUBLISH)])
def withdraw(request: Request, number: str, ly_do: Words = "", chac_chan: Words = "") -> Response:
    """Take published figures back by a new release."""
    return _step(request, number, chac_chan, "withdrawn", lambda w, by: w.withdraw(number, by, ly_do))


def _step(request: Request, number: str, sure: str, told: str, take: Any) -> Response:  # noqa: ANN401 - a function
    """Take one step of a submission, once it was confirmed on the page.

    Raises:
        BadValue: it was not confirmed.
    """
    opened, links = open_submission(request, number), Links(lang_of(request))
    if not sure:
        raise BadValue(value="", name="chac_chan", choices="1")
    take(opened.works, opened.actor)
    return done(links.submission(opened.found.id), told)
