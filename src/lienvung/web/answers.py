"""What every page gets and how it is sent: language, addresses, cache by snapshot."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from functools import partial
from typing import Any

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

import lienvung
from lienvung.assemble import World
from lienvung.gate import PRIVATE, SECURITY_HEADERS, actor_of, finish_visit, form_token, identity_of
from lienvung.present.pages import render_page
from lienvung.web.assets import find_bundle
from lienvung.web.links import LANGS, Links, other_language
from lienvung.workflow.accounts import is_mark

HEADERS = {**SECURITY_HEADERS, "Cache-Control": "public, max-age=0, must-revalidate"}
PAGE_HEADERS = {**HEADERS, "Vary": "Cookie"}
"""A page shows who is signed in, a file does not."""

MOST_KEPT = 128
_KEPT: OrderedDict[str, str] = OrderedDict()
"""Pages by ETag, which changes with the release: a kept page is never stale."""
_LOCK = threading.Lock()


def world_of(request: Request) -> World:
    """The store and the pack behind this request."""
    world: World = request.app.state.world
    return world


def lang_of(request: Request) -> str:
    """The language of the address; of the reader's browser where the address has none."""
    first = request.url.path.split("/")[1]
    return first if first in LANGS else preferred_lang(request.headers.get("accept-language", ""))


def preferred_lang(header: str) -> str:
    """``en`` if the browser asks for English and not earlier for Vietnamese; else ``vi``.

    >>> preferred_lang("en-GB,en;q=0.9,vi;q=0.8"), preferred_lang("fr"), preferred_lang("vi,en")
    ('en', 'vi', 'vi')
    """
    for part in header.lower().split(","):
        lang = part.strip()[:2]
        if lang in LANGS:
            return lang
    return "vi"


def etag_of(request: Request, snapshot: str) -> str:
    """Changes with the address, the release, the pack and the program."""
    catalogue = world_of(request).catalogue
    parts = (str(request.url), snapshot, catalogue.pack, catalogue.version, lienvung.__version__, find_bundle().version)
    return 'W/"' + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:24] + '"'


def not_modified(request: Request, etag: str) -> Response | None:
    """The answer that needs no work: empty for a reader who has this very page, else the page as it was last made.

    Never for who is signed in: their pages are made for them, and kept nowhere.
    """
    if not actor_of(request).is_public:
        return None
    known = [tag.strip() for tag in request.headers.get("if-none-match", "").split(",")]
    if etag in known:
        return Response(status_code=304, headers={"ETag": etag, **PAGE_HEADERS})
    with _LOCK:
        html = _KEPT.get(etag)
        if html is not None:
            _KEPT.move_to_end(etag)
    return HTMLResponse(html, headers=_page_headers(lang_of(request), etag)) if html is not None else None


def _keep(etag: str, html: str) -> None:
    with _LOCK:
        _KEPT[etag] = html
        while len(_KEPT) > MOST_KEPT:
            _KEPT.popitem(last=False)


def _page_headers(lang: str, etag: str | None) -> dict[str, str]:
    return {**PAGE_HEADERS, "Content-Language": lang, **({"ETag": etag} if etag else {})}


def page_context(request: Request) -> dict[str, Any]:
    """What the frame of every page needs."""
    lang = lang_of(request)
    path, query = request.url.path, request.url.query
    return {
        "links": Links(lang),
        "languages": {other: other_language(path, query, other) for other in LANGS},
        "bundle": find_bundle(),
        "portal": world_of(request).catalogue,
        "searched": request.query_params.get("q", ""),
        "actor": actor_of(request),
        "form_token": form_token(request),
        "person": partial(name_person, request),
    }


def name_person(request: Request, mark: str) -> str:
    """The name of the person behind a mark such as ``TK7``, where it is still known; else the mark.

    Only who is signed in is told names of others.
    """
    if actor_of(request).is_public or not is_mark(mark):
        return mark
    names: dict[str, str] = request.scope.setdefault("state", {}).setdefault("names", {})
    if mark not in names:
        names[mark] = identity_of(request).names([mark]).get(mark, mark)
    return names[mark]


def send_page(
    request: Request, template: str, etag: str | None = None, status: int = 200, **context: object
) -> Response:
    """A page in the language of its address; one for a signed-in person is kept nowhere."""
    lang, is_shared = lang_of(request), actor_of(request).is_public
    html = render_page(template, lang, **{**page_context(request), **context})
    if etag and status == 200 and is_shared:
        _keep(etag, html)
    answer = HTMLResponse(html, status, _page_headers(lang, etag if is_shared else None))
    if not is_shared:
        answer.headers["Cache-Control"] = PRIVATE
    return finish_visit(request, answer)
