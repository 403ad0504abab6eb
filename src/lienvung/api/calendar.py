"""``/api/v1/inbox``, ``/api/v1/calendar``: what waits for me, who owes what by when."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from lienvung.api.negotiation import choose_language
from lienvung.api.office import PRIVATE, answer, number_of, text_of, works_of
from lienvung.api.parameters import LANG, document, read_query
from lienvung.api.submissions import Body, record, sent_body
from lienvung.domain.calendar import Obligation
from lienvung.errors import BadDate, BadValue
from lienvung.gate import actor_of, needs
from lienvung.present.ics import render_ics
from lienvung.present.plain import plain
from lienvung.workflow.actors import Right

router = APIRouter(tags=["Nghiệp vụ · Office"])
_FIELDS = {
    "number": "0 hoặc bỏ trống: nghĩa vụ mới · 0 or absent: a new one", "agency": "mã cơ quan · agency code",
    "title_vi": "tên báo cáo", "title_en": "title", "freq": "A, S, Q, M", "due_day": "1–31",
    "due_months": "số tháng sau tháng cuối kỳ · months after the last one of the period",
    "recipe": "công thức đọc · recipe", "indicators": '["GRDP_CUR"]', "legal_basis": "căn cứ pháp lý · legal basis",
    "valid_from": "2026-01-01", "valid_to": "2030-12-31",
}  # fmt: skip


@router.get(
    "/api/v1/inbox", summary="Việc cần làm của tôi", dependencies=[needs(Right.OWN)],
    openapi_extra={"x-en": "What waits for me, what I have in work, what my agency owes"},
)  # fmt: skip
def show_inbox(request: Request) -> Response:
    """Submissions that wait for you, your own, duties with their days, reminders."""
    found = works_of(request).inbox(actor_of(request))
    told = {name: [record(s) for s in getattr(found, name)] for name in ("waiting", "mine")}
    return answer(told | {name: plain(getattr(found, name)) for name in ("owed", "overdue", "notices")})


@router.get(
    "/api/v1/calendar", summary="Lịch báo cáo", dependencies=[needs(Right.OWN)],
    openapi_extra={"x-en": "The reporting calendar around today"},
)  # fmt: skip
def show_calendar(request: Request) -> Response:
    """Every duty of the last 400 and the next 120 days: owed, handed in, late or overdue."""
    works, by = works_of(request), actor_of(request)
    duties = works.calendar(by)
    return answer({"count": len(duties), "rows": plain(duties), "obligations": plain(works.obligations(by))})


@router.get(
    "/api/v1/calendar.ics", summary="Lịch báo cáo dạng iCalendar", dependencies=[needs(Right.OWN)],
    openapi_extra=document((LANG,), "The reporting calendar as iCalendar", ""),
)  # fmt: skip
def export_calendar(request: Request) -> Response:
    """For Outlook, Google Calendar and telephones."""
    lang = choose_language(request, read_query(request.scope["query_string"], (LANG,)))
    made = datetime.now(UTC).replace(tzinfo=None)
    text = render_ics(works_of(request).calendar(actor_of(request)), lang, made)
    return Response(text, media_type="text/calendar; charset=utf-8", headers=PRIVATE)


@router.post(
    "/api/v1/calendar", summary="Ghi một nghĩa vụ báo cáo", dependencies=[needs(Right.KEEP_CALENDAR)],
    openapi_extra=sent_body("Keep an obligation of the reporting calendar", _FIELDS),
)  # fmt: skip
def keep_obligation(request: Request, body: Body) -> Response:
    """A new one, or another wording of the one of that number."""
    return answer(plain(works_of(request).keep_obligation(read_obligation(body), actor_of(request))), 201)


def read_obligation(body: dict[str, Any]) -> Obligation:
    """An obligation as JSON tells it.

    Raises:
        BadValue, BadDate.
    """
    named = body.get("indicators", [])
    if not isinstance(named, list) or not all(isinstance(n, str) for n in named):
        raise BadValue(value=str(named)[:40], name="indicators", choices='["GRDP_CUR"]')
    return Obligation(
        number=number_of(body, "number") or 0, agency=text_of(body, "agency", ""),
        title_vi=text_of(body, "title_vi", ""), title_en=text_of(body, "title_en", ""), freq=text_of(body, "freq", ""),
        due_months=number_of(body, "due_months") or 0, due_day=number_of(body, "due_day") or 0,
        recipe=text_of(body, "recipe", ""), indicators=tuple(named), legal_basis=text_of(body, "legal_basis", ""),
        valid_from=_day(text_of(body, "valid_from", "1945-09-02")),
        valid_to=_day(text_of(body, "valid_to", "9999-12-31")),
    )  # fmt: skip


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadDate(date=text[:40]) from None
