"""One's own account: password, second factor, sessions, tokens, one's data."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response

from lienvung.errors import BadValue, NoSuchAddress
from lienvung.gate import actor_of, identity_of, needs
from lienvung.gate.cookies import SESSION, read_cookie
from lienvung.present.qr import render_qr
from lienvung.web.answers import lang_of, send_page
from lienvung.web.doors import Posted, go, links_of, text_of, texts_of, try_step
from lienvung.web.sign_in import require_same
from lienvung.workflow.actors import EVERYONE, Right

router = APIRouter(dependencies=[needs(Right.OWN)])
STEPS = {
    "password": ("mat-khau", "password"), "totp": ("hai-lop", "second-factor"),
    "totp_on": ("bat-hai-lop", "second-factor-on"), "totp_off": ("tat-hai-lop", "second-factor-off"),
    "session": ("phien", "session"), "token": ("ma-truy-cap", "token"), "token_off": ("huy-ma-truy-cap", "end-token"),
}  # fmt: skip
"""What one does with one's account: the word of the address in Vietnamese and in English."""


def steps_of(request: Request, steps: dict[str, tuple[str, str]]) -> dict[str, str]:
    """The words of steps in the language of the page."""
    return {name: words[0 if lang_of(request) == "vi" else 1] for name, words in steps.items()}


def _page(request: Request, status: int = 200, **facts: Any) -> Response:  # noqa: ANN401
    by, identity = actor_of(request), identity_of(request)
    shown = {
        "account": identity.own_account(by), "sessions": identity.own_sessions(by), "tokens": identity.own_tokens(by),
        "here": identity.number_of_session(read_cookie(request, SESSION)), "steps": steps_of(request, STEPS),
        "scopes": [r.value for r in Right if r not in EVERYONE and by.has_right(r)],
        "done": "", "problem": None, "made_token": "", "recovery": [], "totp": None,
    }  # fmt: skip
    return send_page(request, "account.html", None, status, **{**shown, **facts})


@router.get("/vi/tai-khoan", name="account-vi")
@router.get("/en/account", name="account-en")
def account(request: Request) -> Response:
    """What the office knows of me, and what I may do."""
    done = request.query_params.get("xong", "")
    return _page(request, done=done if done in ("password", "totp_off", "session", "token") else "")


@router.get("/vi/tai-khoan/du-lieu.json", name="own-data-vi")
@router.get("/en/account/data.json", name="own-data-en")
def own_data(request: Request) -> Response:
    """Everything that is kept about me."""
    return send_json(identity_of(request).export_own(actor_of(request)), "du-lieu-cua-toi.json")


def send_json(data: dict[str, object], name: str) -> Response:
    """A person's data as a file to keep."""
    text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="application/json; charset=utf-8", headers=headers)


@router.post("/vi/tai-khoan/{step}", name="account-step-vi")
@router.post("/en/account/{step}", name="account-step-en")
def change(request: Request, step: str, form: Posted) -> Response:
    """One step with one's own account."""
    name = next((n for n, word in steps_of(request, STEPS).items() if word == step), "")
    if not name:
        raise NoSuchAddress(address=request.url.path)
    return try_step(request, partial(_page, request), partial(_TAKE[name], request, form))


def _password(request: Request, form: Posted) -> Response:
    require_same(text_of(form, "moi"), text_of(form, "lai"))
    secret = read_cookie(request, SESSION)
    identity_of(request).change_password(actor_of(request), text_of(form, "cu"), text_of(form, "moi"), secret)
    return _done(request, "password")


def _totp(request: Request, _form: Posted) -> Response:
    return _page(request, totp=_drawn(request))


def _drawn(request: Request) -> dict[str, object]:
    key, address = identity_of(request).begin_totp(actor_of(request))
    return {"key": " ".join(key[i : i + 4] for i in range(0, len(key), 4)), "drawing": render_qr(address, "QR")}


def _totp_on(request: Request, form: Posted) -> Response:
    by, secret = actor_of(request), read_cookie(request, SESSION)

    def step() -> Response:
        return _page(request, recovery=identity_of(request).confirm_totp(by, text_of(form, "ma")[:10], secret))

    return try_step(request, partial(_page, request, totp=_drawn(request)), step)


def _totp_off(request: Request, form: Posted) -> Response:
    identity_of(request).stop_totp(actor_of(request), text_of(form, "cu"))
    return _done(request, "totp_off")


def _session(request: Request, form: Posted) -> Response:
    identity_of(request).end_own_session(actor_of(request), number_of(form, "so"))
    return _done(request, "session")


def _token(request: Request, form: Posted) -> Response:
    wanted = texts_of(form, "quyen")
    known = {r.value: r for r in Right}
    if unknown := [w for w in wanted if w not in known]:
        raise BadValue(value=unknown[0][:40], name="quyen", choices=", ".join(known))
    made, _ = identity_of(request).add_token(
        actor_of(request), text_of(form, "dung_cho"), [known[w] for w in wanted], number_of(form, "ngay")
    )
    return _page(request, made_token=made)


def _token_off(request: Request, form: Posted) -> Response:
    identity_of(request).end_token(actor_of(request), number_of(form, "so"))
    return _done(request, "token")


_TAKE: dict[str, Callable[[Request, Posted], Response]] = {
    "password": _password, "totp": _totp, "totp_on": _totp_on, "totp_off": _totp_off, "session": _session,
    "token": _token, "token_off": _token_off,
}  # fmt: skip


def number_of(form: Posted, name: str) -> int:
    """A field that is a number.

    Raises:
        BadValue: it is not.
    """
    text = text_of(form, name)
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise BadValue(value=text[:40], name=name, choices="1, 2, 3 …")
    return int(text)


def _done(request: Request, what: str) -> Response:
    return go(request, links_of(request).door("account", xong=what))
