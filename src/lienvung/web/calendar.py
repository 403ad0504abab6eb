"""The reporting calendar: which agency owes which table by when; kept by stewards and administrators."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Form, Request, Response

from lienvung.domain.calendar import Obligation
from lienvung.errors import BadDate
from lienvung.gate import actor_of, needs
from lienvung.present.duties import by_month, tell_duties
from lienvung.web.answers import lang_of, send_page
from lienvung.web.links import Links
from lienvung.web.office import agencies_of, agency_namer, done, office_context, today, works_of
from lienvung.workflow.actors import Right

router = APIRouter()
Words = Annotated[str, Form()]


@router.get("/vi/lich-bao-cao", name="calendar-vi", dependencies=[needs(Right.OWN)])
@router.get("/en/calendar", name="calendar-en", dependencies=[needs(Right.OWN)])
def show_calendar(request: Request) -> Response:
    """Duties by the month that they fall due in."""
    lang, actor = lang_of(request), actor_of(request)
    duties = works_of(request).calendar(actor)
    lines = tell_duties(duties, agency_namer(request), today(), lang)
    return send_page(
        request, "calendar.html", None, months=by_month(duties, lines, lang),
        may_keep=actor.has_right(Right.KEEP_CALENDAR), agencies=agencies_of(request, Right.KEEP_CALENDAR),
        **office_context(request),
    )  # fmt: skip


@router.post("/vi/lich-bao-cao", name="keep-calendar-vi", dependencies=[needs(Right.KEEP_CALENDAR)])
@router.post("/en/calendar", name="keep-calendar-en", dependencies=[needs(Right.KEEP_CALENDAR)])
def keep(
    request: Request, co_quan: Words = "", ten_vi: Words = "", ten_en: Words = "", chi_tieu: Words = "",
    ky: Words = "", thang: Words = "", ngay: Words = "", can_cu: Words = "", tu: Words = "",
) -> Response:  # fmt: skip
    """Keep another obligation."""
    codes = tuple(c.strip().upper() for c in chi_tieu.split(",") if c.strip())
    told = Obligation(
        0, co_quan.strip(), ten_vi.strip()[:300], ten_en.strip()[:300], ky.strip(), _count(thang), _count(ngay),
        indicators=codes, legal_basis=can_cu.strip()[:300], valid_from=_day(tu),
    )  # fmt: skip
    works_of(request).keep_obligation(told, actor_of(request))
    return done(Links(lang_of(request)).calendar(), "calendar")


def _count(text: str) -> int:
    return int(text) if text.strip().isascii() and text.strip().isdigit() and len(text) < 5 else -1


def _day(text: str) -> date:
    """A day as a browser's field writes it.

    Raises:
        BadDate: it is none.
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise BadDate(value=text[:40]) from None
