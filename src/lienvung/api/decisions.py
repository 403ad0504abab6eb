"""``/api/v1/submissions/{number}/approve`` and its like: decisions and releases."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from lienvung.api.office import answer, number_of, text_of, works_of
from lienvung.api.submissions import SHEET, Body, record, sent_body
from lienvung.errors import BadDate, BadValue, Both
from lienvung.gate import actor_of, needs
from lienvung.present.plain import plain
from lienvung.workflow.actors import Right

router = APIRouter(tags=["Nghiệp vụ · Office"])
_TITLES = {"title_vi": "tên đợt", "title_en": "title", "at": "2026-12-01T09:00+07:00: hẹn giờ · a moment to come"}


def read_at(text: str) -> datetime | None:
    """A moment with its offset from UTC; None for an empty text.

    Raises:
        BadDate: no moment, or without its offset.
    """
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise BadDate(date=text[:40]) from None
    if at.tzinfo is None:
        raise BadDate(date=text[:40])
    return at.astimezone(UTC)


@router.post(
    SHEET + "/{number}/approve", summary="Duyệt", dependencies=[needs(Right.DECIDE)],
    openapi_extra=sent_body("Approve", {"version": "phiên bản tệp đã xem · the version that was looked at"}),
)  # fmt: skip
def approve(request: Request, number: str, body: Body) -> Response:
    """Nobody approves what they handed in themselves."""
    return answer(record(works_of(request).approve(number, actor_of(request), number_of(body, "version"))))


@router.post(
    SHEET + "/{number}/return", summary="Trả lại, có lý do", dependencies=[needs(Right.DECIDE)],
    openapi_extra=sent_body("Return, with a reason", {"reason": "lý do"}),
)  # fmt: skip
def return_submission(request: Request, number: str, body: Body) -> Response:
    """Back to its officer."""
    return answer(record(works_of(request).return_submission(number, actor_of(request), text_of(body, "reason"))))


@router.post(
    SHEET + "/{number}/publish", summary="Công bố ngay hoặc hẹn giờ", dependencies=[needs(Right.PUBLISH)],
    openapi_extra=sent_body("Publish at once or at a moment", _TITLES),
)  # fmt: skip
def publish(request: Request, number: str, body: Body) -> Response:
    """One submission as one release."""
    return _publish(request, [number], body)


@router.post(
    "/api/v1/releases", summary="Công bố nhiều hồ sơ thành một đợt", dependencies=[needs(Right.PUBLISH)],
    openapi_extra=sent_body("Publish several submissions as one release", {"submissions": '["S12", "S13"]', **_TITLES}),
)  # fmt: skip
def release(request: Request, body: Body) -> Response:
    """All of them are seen, or none."""
    numbers = body.get("submissions")
    if not isinstance(numbers, list) or not numbers or not all(isinstance(n, str) for n in numbers):
        choices = Both('danh sách: ["S12", "S13"]', 'a list: ["S12", "S13"]')
        raise BadValue(value=str(numbers)[:40], name="submissions", choices=choices)
    return _publish(request, numbers[:1000], body)


def _publish(request: Request, numbers: list[str], body: dict[str, Any]) -> Response:
    works, by = works_of(request), actor_of(request)
    titles = text_of(body, "title_vi", ""), text_of(body, "title_en", "")
    note = works.publish(numbers, by, *titles, at=read_at(text_of(body, "at", "")))
    rows = [record(works.find_submission(n, by)) for n in numbers]
    return answer({"release": plain(note), "submissions": rows}, 202 if note is None else 201)


@router.post(
    SHEET + "/{number}/unschedule", summary="Hủy hẹn giờ công bố", dependencies=[needs(Right.PUBLISH)],
    openapi_extra=sent_body("Take it off its scheduled release", {"reason": "lý do"}),
)  # fmt: skip
def unschedule(request: Request, number: str, body: Body) -> Response:
    """It is approved again."""
    return answer(record(works_of(request).unschedule(number, actor_of(request), text_of(body, "reason"))))


@router.post(
    SHEET + "/{number}/withdraw", summary="Thu hồi bằng một đợt mới", dependencies=[needs(Right.PUBLISH)],
    openapi_extra=sent_body("Withdraw by a new release", {"reason": "lý do"}),
)  # fmt: skip
def withdraw(request: Request, number: str, body: Body) -> Response:
    """What stood before its figures stands again; what was recorded earlier keeps its answer."""
    works, by = works_of(request), actor_of(request)
    note = works.withdraw(number, by, text_of(body, "reason"))
    return answer({"release": plain(note), "submission": record(works.find_submission(number, by))}, 201)
