"""``/api/v1/submissions``: files handed in, checked, compared, looked at; the same as the command line's."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from lienvung.api.negotiation import choose_language
from lienvung.api.office import Sent, answer, number_of, read_body, receive_file, text_of, works_of
from lienvung.api.parameters import LANG, Parameter, document, read_query, whole_number
from lienvung.gate import actor_of, needs
from lienvung.present.plain import plain
from lienvung.workflow.actors import Right
from lienvung.workflow.submissions import Submission

router = APIRouter(tags=["Nghiệp vụ · Office"])
SHEET = "/api/v1/submissions"
Body = Annotated[dict[str, Any], Depends(read_body)]
File = Annotated[Sent, Depends(receive_file)]
_STATE = Parameter("state", "Trạng thái", "State", "submitted")
_PAGE = (
    Parameter("offset", "Bỏ qua bao nhiêu số liệu", "How many figures to skip", "0"),
    Parameter("limit", "Nhiều nhất bao nhiêu (tối đa 10000)", "At most this many (10000 at most)", "1000"),
)


def record(found: Submission) -> dict[str, Any]:
    """A submission as JSON, without its findings."""
    told: dict[str, Any] = plain(found, without=("report", "changes", "claims_sha256"))
    return told | {"next_step": plain(found.next_step()), "unread": found.report.get("unread")}


def sent_form(en: str, fields: dict[str, str]) -> dict[str, Any]:
    """What the OpenAPI document says of a route that takes a file."""
    texts = {name: {"type": "string", "description": said} for name, said in fields.items()}
    schema = {
        "type": "object",
        "required": ["file"],
        "properties": {"file": {"type": "string", "format": "binary"}, **texts},
    }
    form = {"content": {"multipart/form-data": {"schema": schema}}, "required": True}
    return {"x-en": en, "requestBody": form}


def sent_body(en: str, fields: dict[str, str]) -> dict[str, Any]:
    """What the OpenAPI document says of a route that takes a JSON object."""
    properties = {name: {"description": said} for name, said in fields.items()}
    return {
        "x-en": en,
        "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": properties}}}},
    }


@router.get(
    SHEET, summary="Các hồ sơ được xem", dependencies=[needs(Right.SEE_SUBMISSIONS)],
    openapi_extra=document((_STATE,), "The submissions that you may see", ""),
)  # fmt: skip
def list_submissions(request: Request) -> Response:
    """Newest first; of one state if named."""
    query = read_query(request.scope["query_string"], (_STATE,))
    rows = [record(s) for s in works_of(request).find_submissions(actor_of(request), query.get("state"))]
    return answer({"count": len(rows), "rows": rows})


@router.post(
    SHEET, summary="Gửi một tệp: thành bản nháp, hoặc nộp luôn", dependencies=[needs(Right.SUBMIT)],
    openapi_extra=sent_form(
        "Send a file: a draft, or handed in at once",
        {"agency": "mã cơ quan nộp · agency code", "recipe": "công thức đọc · recipe", "hand_in": "true: nộp luôn"},
    ),
)  # fmt: skip
def send_file(request: Request, sent: File) -> Response:
    """Keeps and checks the file; with ``hand_in=true`` it is handed in if it has no errors."""
    works, by, fields = works_of(request), actor_of(request), sent.fields
    found = works.draft_file(sent.path, by, fields.get("agency", ""), fields.get("recipe") or None, sent.name)
    if fields.get("hand_in") == "true" and found.state == "checked" and not found.errors:
        found = works.hand_in(found.id, by)
    return answer(record(found), 201)


@router.get(
    SHEET + "/{number}", summary="Một hồ sơ", dependencies=[needs(Right.SEE_SUBMISSIONS)],
    openapi_extra={"x-en": "One submission"},
)  # fmt: skip
def show_submission(request: Request, number: str) -> Response:
    """Its state, its people and moments, its files."""
    works, by = works_of(request), actor_of(request)
    found = works.find_submission(number, by)
    return answer(record(found) | {"files": plain(works.files(number, by))})


@router.get(
    SHEET + "/{number}/findings", summary="Các phát hiện, kèm ô", dependencies=[needs(Right.SEE_SUBMISSIONS)],
    openapi_extra={"x-en": "The findings, with their cells; what was understood; warnings let pass"},
)  # fmt: skip
def show_findings(request: Request, number: str) -> Response:
    """Everything that was found in the file, in both languages."""
    works, by = works_of(request), actor_of(request)
    found = works.find_submission(number, by)
    return answer({**found.report, "accepted": plain(works.accepted_warnings(number, by))})


@router.get(
    SHEET + "/{number}/difference", summary="So với số đã công bố", dependencies=[needs(Right.SEE_SUBMISSIONS)],
    openapi_extra=document((LANG,), "What it would change in what is published", ""),
)  # fmt: skip
def show_difference(request: Request, number: str) -> Response:
    """Counts, the largest change, and the changed, new and conflicting figures one by one, up to 500 of each."""
    lang = choose_language(request, read_query(request.scope["query_string"], (LANG,)))
    found = works_of(request).difference(number, actor_of(request))
    told = plain(found) | {"sentence": found.sentence(lang)}
    for rows, nouns in (("rows", found.rows), ("conflicts", found.conflicts)):
        told[rows] = [plain(c) | {"absolute": c.absolute, "relative_pct": c.relative} for c in nouns]
    return answer(told)


@router.get(
    SHEET + "/{number}/claims", summary="Số liệu đã kiểm tra", dependencies=[needs(Right.SEE_SUBMISSIONS)],
    openapi_extra=document(_PAGE, "The checked figures", ""),
)  # fmt: skip
def show_claims(request: Request, number: str) -> Response:
    """The figures as they would be published, each with its cell."""
    query = read_query(request.scope["query_string"], _PAGE)
    offset = whole_number(query.get("offset"), "offset", 0) or 0
    limit = min(whole_number(query.get("limit"), "limit") or 1000, 10_000)
    claims = works_of(request).read_claims(number, actor_of(request))
    return answer({"count": claims.num_rows, "rows": plain(claims.slice(offset, limit).to_pylist())})


@router.get(
    SHEET + "/{number}/steps", summary="Lịch sử của hồ sơ", dependencies=[needs(Right.SEE_SUBMISSIONS)],
    openapi_extra={"x-en": "The history of a submission"},
)  # fmt: skip
def show_steps(request: Request, number: str) -> Response:
    """Every step with its person, moment and reason."""
    return answer({"rows": plain(works_of(request).steps(number, actor_of(request)))})


@router.get(
    SHEET + "/{number}/comments", summary="Nhận xét", dependencies=[needs(Right.SEE_SUBMISSIONS)],
    openapi_extra={"x-en": "Comments"},
)  # fmt: skip
def show_comments(request: Request, number: str) -> Response:
    """Comments on the submission and its cells, the first one first."""
    return answer({"rows": plain(works_of(request).comments(number, actor_of(request)))})


@router.post(
    SHEET + "/{number}/comments", summary="Nhận xét về hồ sơ hoặc một ô", dependencies=[needs(Right.COMMENT)],
    openapi_extra=sent_body("Comment on a submission or a cell", {"text": "lời", "sheet": "trang", "cell": "ô: B7"}),
)  # fmt: skip
def add_comment(request: Request, number: str, body: Body) -> Response:
    """Says something of a submission, or of one of its cells."""
    place = text_of(body, "sheet", ""), text_of(body, "cell", "")
    said = works_of(request).comment(number, text_of(body, "text"), actor_of(request), *place)
    return answer(plain(said), 201)


@router.post(
    "/api/v1/comments/{comment}/answer", summary="Đánh dấu nhận xét đã giải quyết",
    dependencies=[needs(Right.COMMENT)], openapi_extra={"x-en": "Mark a comment as seen to"},
)  # fmt: skip
def answer_comment(request: Request, comment: int) -> Response:
    """Notes that a comment was seen to."""
    return answer(plain(works_of(request).answer_comment(comment, actor_of(request))))


@router.post(
    SHEET + "/{number}/file", summary="Thay bằng tệp đã sửa", dependencies=[needs(Right.SUBMIT)],
    openapi_extra=sent_form("Put a mended file in its place", {"recipe": "công thức đọc · recipe"}),
)  # fmt: skip
def replace_file(request: Request, number: str, sent: File) -> Response:
    """The older file stays in the history."""
    recipe = sent.fields.get("recipe") or None
    found = works_of(request).replace_file(number, sent.path, actor_of(request), sent.name, recipe)
    return answer(record(found))


@router.post(
    SHEET + "/{number}/recheck", summary="Đọc và kiểm tra lại", dependencies=[needs(Right.SUBMIT)],
    openapi_extra=sent_body("Read and check its file again", {"recipe": "công thức đọc · recipe"}),
)  # fmt: skip
def recheck(request: Request, number: str, body: Body) -> Response:
    """Reads the kept file anew, with a recipe if one is named."""
    recipe = text_of(body, "recipe", "") or None
    return answer(record(works_of(request).recheck(number, actor_of(request), recipe)))


@router.post(
    SHEET + "/{number}/warnings", summary="Chấp nhận một cảnh báo, có lý do", dependencies=[needs(Right.SUBMIT)],
    openapi_extra=sent_body(
        "Let a warning pass, with a reason", {"rule": "mã quy tắc", "place": "trang!ô", "reason": "lý do"}
    ),
)  # fmt: skip
def accept_warning(request: Request, number: str, body: Body) -> Response:
    """Holds for the present version of the file."""
    told = text_of(body, "rule"), text_of(body, "place", ""), text_of(body, "reason")
    return answer(plain(works_of(request).accept_warning(number, *told, actor_of(request))), 201)


@router.post(
    SHEET + "/{number}/hand-in", summary="Nộp", dependencies=[needs(Right.SUBMIT)],
    openapi_extra=sent_body("Hand in", {"version": "phiên bản tệp đã xem · the version that was looked at"}),
)  # fmt: skip
def hand_in(request: Request, number: str, body: Body) -> Response:
    """From now on it waits for another person."""
    return answer(record(works_of(request).hand_in(number, actor_of(request), number_of(body, "version"))))


@router.post(
    SHEET + "/{number}/discard", summary="Bỏ hồ sơ chưa nộp", dependencies=[needs(Right.SUBMIT)],
    openapi_extra={"x-en": "Put a submission aside"},
)  # fmt: skip
def discard(request: Request, number: str) -> Response:
    """Its file and history stay."""
    return answer(record(works_of(request).discard(number, actor_of(request))))
