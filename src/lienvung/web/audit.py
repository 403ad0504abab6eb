"""The audit: read, filtered, taken away as a file that can be verified alone."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse

from lienvung.gate import actor_of, identity_of, needs
from lienvung.web.answers import send_page
from lienvung.workflow.actors import Right
from lienvung.workflow.audit import Flaw, Wanted

router = APIRouter(dependencies=[needs(Right.READ_AUDIT)])
CHECKED_UP_TO = 20_000
"""So many entries are verified for each look; longer chains by ``lienvung audit verify``."""


@router.get("/vi/nhat-ky", name="audit-vi")
@router.get("/en/audit", name="audit-en")
def audit(request: Request) -> Response:
    """Entries, newest first, and whether the chain holds."""
    asked, by, identity = request.query_params, actor_of(request), identity_of(request)
    before = asked.get("truoc", "")
    wanted = Wanted(
        asked.get("ai", "").strip()[:60], asked.get("ve", "").strip()[:200], asked.get("viec", "").strip()[:60],
        int(before) if before.isascii() and before.isdigit() and len(before) < 12 else None,
    )  # fmt: skip
    entries = identity.entries(by, wanted)
    newest = entries[0].number if entries else 0
    number, flaws = _check(request) if newest <= CHECKED_UP_TO else (None, [])
    return send_page(
        request, "audit.html", entries=entries, wanted=wanted, number=number,
        flaws=", ".join(f"{f.number} ({f.kind})" for f in flaws[:10]),
        details={e.number: json.dumps(dict(e.detail), ensure_ascii=False) for e in entries},
        older=entries[-1].number if len(entries) == wanted.most else None,
    )  # fmt: skip


def _check(request: Request) -> tuple[int | None, list[Flaw]]:
    number, _, flaws = identity_of(request).audit_flaws()
    return number, flaws


@router.get("/vi/nhat-ky/xuat.jsonl", name="audit-export-vi")
@router.get("/en/audit/export.jsonl", name="audit-export-en")
def export(request: Request) -> Response:
    """The whole chain, one entry a line, its head last."""
    lines = identity_of(request).export_entries(actor_of(request))
    headers = {"Content-Disposition": 'attachment; filename="nhat-ky.jsonl"'}
    return StreamingResponse((f"{line}\n" for line in lines), media_type="application/x-ndjson", headers=headers)
