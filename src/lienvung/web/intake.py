"""Handing a file in: it is kept and read, and its workbook opens with every problem at its cell."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, Response, UploadFile

from lienvung.errors import HTTP_STATUSES, LienVungError
from lienvung.gate import actor_of, needs
from lienvung.pipeline import Letter
from lienvung.present.duties import tell_duties
from lienvung.present.texts import Texts
from lienvung.web.answers import lang_of, send_page
from lienvung.web.links import Links
from lienvung.web.office import (
    agencies_of,
    agency_namer,
    done,
    is_sent,
    office_context,
    open_submission,
    saved_upload,
    today,
    works_of,
)
from lienvung.workflow.actors import Right

router = APIRouter()
MOST_SHEETS, MOST_DUTIES = 500, 20
MOST_OF_COVER = 50 * 2**20
Sent = Annotated[UploadFile | None, File()]
Words = Annotated[str, Form()]


@router.get("/vi/nop-tep", name="submit-vi", dependencies=[needs(Right.SUBMIT)])
@router.get("/en/submit", name="submit-en", dependencies=[needs(Right.SUBMIT)])
def choose_file(request: Request) -> Response:
    """Where a file is dropped."""
    return _form(request, None, 200)


def _form(request: Request, refused: dict[str, str] | None, status: int, **chosen: str) -> Response:
    works, lang, actor = works_of(request), lang_of(request), actor_of(request)
    recipes = [(r.id, r.title_vi if lang == "vi" else r.title_en) for r in works.recipes.values()]
    inbox = works.inbox(actor)
    dues = tell_duties([*inbox.overdue, *inbox.owed][:MOST_DUTIES], agency_namer(request), today(), lang)
    return send_page(
        request, "intake.html", None, status, refused=refused, chosen={"agency": "", "recipe": "", **chosen},
        bounds={"megabytes": works.size_limit // 2**20, "sheets": MOST_SHEETS}, owed=dues,
        agencies=agencies_of(request, Right.SUBMIT), recipes=sorted(recipes, key=lambda r: r[1]),
        **office_context(request),
    )  # fmt: skip


@router.post("/vi/nop-tep", name="submit-file-vi", dependencies=[needs(Right.SUBMIT)])
@router.post("/en/submit", name="submit-file-en", dependencies=[needs(Right.SUBMIT)])
def take_file(
    request: Request, tep: Sent = None, co_quan: Words = "", cong_thuc: Words = "", cv_so: Words = "",
    cv_ngay: Words = "", cv_nguoi_ky: Words = "", cv_chuc_vu: Words = "", cv_co_quan: Words = "",
    cv_trich_yeu: Words = "", cv_tep: Sent = None, cv_chu_ky: Sent = None,
) -> Response:  # fmt: skip
    """Keep the file as a draft and read it."""
    works, lang, actor = works_of(request), lang_of(request), actor_of(request)
    texts, links = Texts(lang), Links(lang)
    if tep is None or not is_sent(tep):
        refused = {"said": texts("intake_no_file"), "todo": texts("intake_no_file_todo")}
        return _form(request, refused, 400, agency=co_quan, recipe=cong_thuc)
    try:
        with saved_upload(tep, works.size_limit) as path:
            found = works.draft_file(path, actor, co_quan, cong_thuc or None, tep.filename)
        cover = (cv_so, cv_ngay, cv_nguoi_ky, cv_chuc_vu, cv_co_quan, cv_trich_yeu)
        if any(cover) or is_sent(cv_tep):
            attach(request, found.id, cover, cv_tep, cv_chu_ky)
    except LienVungError as error:
        refused = {"said": error.message(lang), "todo": error.suggestion(lang)}
        return _form(request, refused, HTTP_STATUSES[type(error)], agency=co_quan, recipe=cong_thuc)
    return done(links.grid(found.id), "drafted")


def attach(
    request: Request,
    number: str,
    cover: tuple[str, str, str, str, str, str],
    file: UploadFile | None,
    signature: UploadFile | None,
) -> None:
    """Keep a covering document with a submission.

    Args:
        cover: number, date, signer, the signer's title, agency, abstract.

    Raises:
        BadValue, BadDate: a field is not what it should be. SourceError: the signed file cannot be taken.
    """
    paper, beside = _read_sent(file), _read_sent(signature)
    dated, signer, title, agency, abstract = cover[1:]
    letter = Letter(cover[0], dated, signer, agency, title, abstract, paper, beside)
    works_of(request).attach_covering(number, letter, actor_of(request))


def _read_sent(upload: UploadFile | None) -> tuple[str, bytes] | None:
    if upload is None or not upload.filename:
        return None
    with saved_upload(upload, MOST_OF_COVER) as path:
        return upload.filename, path.read_bytes()


@router.post("/vi/ho-so/{number}/cong-van", name="cover-vi", dependencies=[needs(Right.SUBMIT)])
@router.post("/en/submissions/{number}/cover", name="cover-en", dependencies=[needs(Right.SUBMIT)])
def add_cover(
    request: Request, number: str, cv_so: Words = "", cv_ngay: Words = "", cv_nguoi_ky: Words = "",
    cv_chuc_vu: Words = "", cv_co_quan: Words = "", cv_trich_yeu: Words = "", cv_tep: Sent = None,
    cv_chu_ky: Sent = None,
) -> Response:  # fmt: skip
    """Keep a covering document with a submission in work."""
    opened = open_submission(request, number)
    attach(request, opened.found.id, (cv_so, cv_ngay, cv_nguoi_ky, cv_chuc_vu, cv_co_quan, cv_trich_yeu), cv_tep,
           cv_chu_ky)  # fmt: skip
    return done(Links(lang_of(request)).grid(opened.found.id), "covered")
