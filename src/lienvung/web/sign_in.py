"""Signing in and out: password, second factor, invitation, the agency's own provider."""

from __future__ import annotations

from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response

from lienvung.errors import Both, FormForged, SignOnFailed, WeakPassword
from lienvung.gate import actor_of, finish_visit, identity_of, needs, network_of, visitor_form_token, visitor_of
from lienvung.gate.cookies import BROWSER, SESSION, drop_cookie, read_cookie, set_cookie
from lienvung.gate.forms import browser_secret
from lienvung.web.answers import send_page
from lienvung.web.doors import Posted, go, links_of, safe_onward, text_of, try_step
from lienvung.workflow.actors import Right
from lienvung.workflow.signing_in import SignedIn

router = APIRouter()
ENTER, LEAVE = [needs(Right.SIGN_IN)], [needs(Right.OWN)]
BACK = "/vi/dang-nhap/tra-ve"
"""Where the agency's provider sends the browser back to; this address is agreed with it."""
FIRST = "lienvung user add TEN --role administrator"


def _page(request: Request, template: str = "sign_in.html", status: int = 200, **facts: Any) -> Response:  # noqa: ANN401
    identity = identity_of(request)
    shown = {
        "done": "", "problem": None, "onward": "", "agency_address": "", "first_command": FIRST,
        "has_accounts": True, "has_agency": identity.provider is not None,
        "form_token": visitor_form_token(request),
    }  # fmt: skip
    return send_page(request, template, None, status, **{**shown, **facts})


@router.get("/vi/dang-nhap", name="sign-in-vi", dependencies=ENTER)
@router.get("/en/sign-in", name="sign-in-en", dependencies=ENTER)
def ask(request: Request) -> Response:
    """The form for login and password."""
    onward = safe_onward(request.query_params.get("tiep", ""), "")
    if not actor_of(request).is_public:
        return go(request, onward or links_of(request).door("account"))
    done = {"ra": "out", "moi": "welcome"}.get(request.query_params.get("xong", ""), "")
    return _page(request, onward=onward, done=done, has_accounts=identity_of(request).has_accounts())


@router.post("/vi/dang-nhap", name="sign-in-vi-post", dependencies=ENTER)
@router.post("/en/sign-in", name="sign-in-en-post", dependencies=ENTER)
def sign_in(request: Request, form: Posted) -> Response:
    """Open a session; what is wrong is not said more closely."""
    onward = safe_onward(text_of(form, "tiep"), "")

    def step() -> Response:
        opened = identity_of(request).sign_in(
            text_of(form, "ten"), text_of(form, "mat_khau"), visitor_of(request), read_cookie(request, SESSION)
        )
        return _let_in(request, opened, onward)

    return try_step(request, partial(_page, request, onward=onward), step)


def _let_in(request: Request, opened: SignedIn, onward: str) -> Response:
    """On to the page that was asked for, with the new cookie; or to the second factor."""
    links = links_of(request)
    code_page = links.door("code", tiep=onward or None)
    answer = go(request, code_page if opened.owes_code else onward or links.door("account"))
    set_cookie(request, answer, SESSION, opened.secret)
    if not opened.owes_code:
        drop_cookie(request, answer, BROWSER)
    return answer


@router.get("/vi/dang-nhap/ma", name="code-vi", dependencies=ENTER)
@router.get("/en/sign-in/code", name="code-en", dependencies=ENTER)
def ask_code(request: Request) -> Response:
    """The form for the second factor."""
    return _page(request, "sign_in_code.html", onward=safe_onward(request.query_params.get("tiep", ""), ""))


@router.post("/vi/dang-nhap/ma", name="code-vi-post", dependencies=ENTER)
@router.post("/en/sign-in/code", name="code-en-post", dependencies=ENTER)
def confirm(request: Request, form: Posted) -> Response:
    """Give the second factor that the session owes."""
    onward = safe_onward(text_of(form, "tiep"), "")

    def step() -> Response:
        opened = identity_of(request).confirm(
            read_cookie(request, SESSION), text_of(form, "ma")[:40], visitor_of(request)
        )
        return _let_in(request, opened, onward)

    return try_step(request, partial(_page, request, "sign_in_code.html", onward=onward), step)


@router.get("/vi/dang-nhap/loi-moi", name="invitation-vi", dependencies=ENTER)
@router.get("/en/sign-in/invitation", name="invitation-en", dependencies=ENTER)
def ask_invitation(request: Request) -> Response:
    """The form for a one-time code and the password that it lets one set."""
    return _page(request, "sign_in_invitation.html")


@router.post("/vi/dang-nhap/loi-moi", name="invitation-vi-post", dependencies=ENTER)
@router.post("/en/sign-in/invitation", name="invitation-en-post", dependencies=ENTER)
def accept_invitation(request: Request, form: Posted) -> Response:
    """Set a password with a one-time code, or go and link the agency's account."""
    identity, code = identity_of(request), text_of(form, "ma")[:40]
    page = partial(_page, request, "sign_in_invitation.html")

    def step() -> Response:
        if text_of(form, "lien_ket"):
            address = identity.begin_sign_on(browser_secret(request), _back(request), "", code)
            return page(agency_address=address)
        require_same(text_of(form, "moi"), text_of(form, "lai"))
        identity.set_first_password(code, text_of(form, "moi"), visitor_of(request).address)
        return go(request, links_of(request).door("sign_in", xong="moi"))

    return try_step(request, page, step)


def require_same(first: str, second: str) -> None:
    """A new password is typed twice.

    Raises:
        WeakPassword: not the same.
    """
    if first != second:
        raise WeakPassword(reason=Both("hai lần nhập không giống nhau", "the two entries differ"))


@router.get("/vi/dang-nhap/co-quan", name="agency-vi", dependencies=ENTER)
@router.get("/en/sign-in/agency", name="agency-en", dependencies=ENTER)
def leave_for_agency(request: Request) -> Response:
    """To the agency's provider; a link, since the page's policy lets no form lead to another site."""

    def step() -> Response:
        onward = safe_onward(request.query_params.get("tiep", ""), links_of(request).door("account"))
        address = identity_of(request).begin_sign_on(browser_secret(request), _back(request), onward)
        return finish_visit(request, go(request, address))

    return try_step(request, partial(_page, request), step)


@router.get(BACK, name="agency-back", dependencies=ENTER)
def return_from_agency(request: Request) -> Response:
    """Back from the provider: its code is changed for a token, the token is believed only after verification."""
    asked, browser = request.query_params, read_cookie(request, BROWSER)

    def step() -> Response:
        if asked.get("error") or not asked.get("code") or not asked.get("state"):
            reason = Both("hệ thống định danh từ chối", "the provider refused")
            raise SignOnFailed(reason=reason)
        opened = identity_of(request).finish_sign_on(
            browser, _back(request), asked["state"][:200], asked["code"][:2000], visitor_of(request),
            read_cookie(request, SESSION),
        )  # fmt: skip
        return _let_in(request, opened, safe_onward(opened.onward, ""))

    return try_step(request, partial(_page, request), step)


def _back(request: Request) -> str:
    return network_of(request).site(request) + BACK


@router.post("/vi/dang-xuat", name="sign-out-vi", dependencies=LEAVE)
@router.post("/en/sign-out", name="sign-out-en", dependencies=LEAVE)
def sign_out(request: Request) -> Response:
    """End this session; its cookie opens nothing any more, wherever it was copied to."""
    secret = read_cookie(request, SESSION)
    if not secret:
        raise FormForged()
    identity_of(request).sign_out(secret)
    answer = go(request, links_of(request).door("sign_in", xong="ra"))
    drop_cookie(request, answer, SESSION)
    return answer
