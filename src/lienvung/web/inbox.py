"""What waits for a person: to decide, to mend, to hand in."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from lienvung.gate import actor_of, needs
from lienvung.present.duties import tell_duties
from lienvung.present.submissions import list_submissions
from lienvung.present.texts import Texts
from lienvung.web.answers import lang_of, send_page
from lienvung.web.office import agency_namer, office_context, today, works_of
from lienvung.workflow.actors import Right

router = APIRouter()
MOST_DUTIES = 60


@router.get("/vi/viec-can-lam", name="inbox-vi", dependencies=[needs(Right.OWN)])
@router.get("/en/inbox", name="inbox-en", dependencies=[needs(Right.OWN)])
def show_inbox(request: Request) -> Response:
    """The first page of everyone who is signed in."""
    lang, actor = lang_of(request), actor_of(request)
    found, named, texts = works_of(request).inbox(actor), agency_namer(request), Texts(lang)
    waiting = {s.id for s in found.waiting}
    roles = dict.fromkeys((g.role, g.agency) for g in actor.grants)
    return send_page(
        request, "inbox.html", None, waiting=list_submissions(found.waiting, named, lang),
        mine=list_submissions([s for s in found.mine if s.id not in waiting], named, lang),
        owed=tell_duties(found.owed[:MOST_DUTIES], named, today(), lang),
        overdue=tell_duties(found.overdue[-MOST_DUTIES:], named, today(), lang),
        roles="; ".join(texts(f"role_of_{r}") + (f" ({named(a)})" if a else "") for r, a in roles),
        may_submit=actor.has_right(Right.SUBMIT), may_list=actor.has_right(Right.SEE_SUBMISSIONS),
        **office_context(request),
    )  # fmt: skip
