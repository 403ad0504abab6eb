"""Administration: accounts, roles, sessions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response

from lienvung.domain.areas import AreaKey
from lienvung.errors import BadValue, NoSuchAddress, ReasonMissing
from lienvung.gate import actor_of, identity_of, needs
from lienvung.gate.cookies import SESSION, read_cookie
from lienvung.web.account import number_of, send_json, steps_of
from lienvung.web.answers import send_page, world_of
from lienvung.web.doors import Posted, go, links_of, text_of, try_step
from lienvung.workflow.actors import Grant, Right, Role
from lienvung.workflow.identity import NewAccount

router = APIRouter(dependencies=[needs(Right.MANAGE_ACCOUNTS)])
STEPS = {
    "grant": ("giao", "grant"), "revoke": ("thu", "revoke"), "reset": ("dat-lai", "reset"),
    "disable": ("khoa", "close"), "enable": ("mo", "open"), "erase": ("xoa", "erase"),
    "export": ("du-lieu.json", "data.json"),
}  # fmt: skip
"""What an administrator does with an account: the word of the address in Vietnamese and in English."""


def _list(request: Request, status: int = 200, **facts: Any) -> Response:  # noqa: ANN401
    found = identity_of(request).find_accounts(actor_of(request))
    shown = {"found": found, "roles": list(Role), "done": "", "problem": None, "invitation": ""}
    return send_page(request, "accounts.html", None, status, **{**shown, **facts})


def _one(request: Request, who: str, status: int = 200, **facts: Any) -> Response:  # noqa: ANN401
    found = identity_of(request).find_account(who, actor_of(request))
    shown = {
        "account": found, "roles": list(Role), "steps": steps_of(request, STEPS), "done": "", "problem": None,
        "invitation": "",
    }  # fmt: skip
    return send_page(request, "account_admin.html", None, status, **{**shown, **facts})


@router.get("/vi/quan-tri/tai-khoan", name="accounts-vi")
@router.get("/en/admin/accounts", name="accounts-en")
def accounts(request: Request) -> Response:
    """Everyone who has an account."""
    return _list(request)


@router.post("/vi/quan-tri/tai-khoan", name="account-add-vi")
@router.post("/en/admin/accounts", name="account-add-en")
def add(request: Request, form: Posted) -> Response:
    """Make an account; its invitation is shown once."""

    def step() -> Response:
        wanted = NewAccount(
            text_of(form, "ten"), text_of(form, "ho_ten"), text_of(form, "thu"), (_grant(request, form),)
        )
        _, code = identity_of(request).add_account(wanted, actor_of(request))
        return _list(request, invitation=code)

    return try_step(request, partial(_list, request), step)


def _grant(request: Request, form: Posted) -> Grant:
    return read_grant(request, text_of(form, "vai_tro"), text_of(form, "co_quan"), text_of(form, "dia_ban").split(","))


def read_grant(request: Request, role: str, agency: str, areas: list[str]) -> Grant:
    """A role within an agency and areas that exist.

    Raises:
        BadValue: no such role. CatalogueError: no such agency or area.
    """
    catalogue = world_of(request).catalogue
    if role not in {r.value for r in Role}:
        raise BadValue(value=role[:40], name="vai_tro", choices=", ".join(Role))
    found = [str(catalogue.gazetteer.area(AreaKey.parse(a.strip())).key) for a in areas if a.strip()]
    return Grant(Role(role), catalogue.require_agency(agency) if agency.strip() else "", tuple(found))


@router.get("/vi/quan-tri/phien", name="all-sessions-vi")
@router.get("/en/admin/sessions", name="all-sessions-en")
def all_sessions(request: Request) -> Response:
    """Who is signed in."""
    identity = identity_of(request)
    return send_page(
        request, "account_sessions.html", sessions=identity.all_sessions(actor_of(request)), problem=None,
        here=identity.number_of_session(read_cookie(request, SESSION)),
        done="session" if request.query_params.get("xong") else "",
    )  # fmt: skip


@router.post("/vi/quan-tri/phien", name="session-end-vi")
@router.post("/en/admin/sessions", name="session-end-en")
def end_session(request: Request, form: Posted) -> Response:
    """End anyone's session."""
    identity_of(request).end_any_session(number_of(form, "so"), actor_of(request))
    return go(request, links_of(request).door("sessions", xong="1"))


@router.get("/vi/quan-tri/tai-khoan/{mark}/du-lieu.json", name="account-data-vi")
@router.get("/en/admin/accounts/{mark}/data.json", name="account-data-en")
def export(request: Request, mark: str) -> Response:
    """Everything that is kept about a person."""
    return send_json(identity_of(request).export_person(mark, actor_of(request)), f"{mark}.json")


@router.get("/vi/quan-tri/tai-khoan/{mark}", name="account-admin-vi")
@router.get("/en/admin/accounts/{mark}", name="account-admin-en")
def one(request: Request, mark: str) -> Response:
    """One account, its roles with their history, what can be done."""
    done = request.query_params.get("xong", "")
    return _one(request, mark, done=done if done in STEPS else "")


@router.post("/vi/quan-tri/tai-khoan/{mark}/{step}", name="account-admin-step-vi")
@router.post("/en/admin/accounts/{mark}/{step}", name="account-admin-step-en")
def change(request: Request, mark: str, step: str, form: Posted) -> Response:
    """One step with an account."""
    name = next((n for n, word in steps_of(request, STEPS).items() if word == step), "")
    if name not in _TAKE:
        raise NoSuchAddress(address=request.url.path)
    return try_step(request, partial(_one, request, mark), partial(_TAKE[name], request, mark, form))


def _give(request: Request, mark: str, form: Posted) -> Response:
    identity_of(request).grant(mark, _grant(request, form), actor_of(request))
    return _done(request, mark, "grant")


def _revoke(request: Request, mark: str, form: Posted) -> Response:
    role = _grant(request, form).role
    identity_of(request).revoke(mark, role, actor_of(request), text_of(form, "co_quan"))
    return _done(request, mark, "revoke")


def _reset(request: Request, mark: str, form: Posted) -> Response:
    _require_sure(form)
    return _one(request, mark, invitation=identity_of(request).reset(mark, actor_of(request)))


def _disable(request: Request, mark: str, form: Posted) -> Response:
    _require_sure(form)
    identity_of(request).disable(mark, actor_of(request))
    return _done(request, mark, "disable")


def _enable(request: Request, mark: str, _form: Posted) -> Response:
    identity_of(request).enable(mark, actor_of(request))
    return _done(request, mark, "enable")


def _erase(request: Request, mark: str, form: Posted) -> Response:
    _require_sure(form)
    identity_of(request).erase(mark, actor_of(request))
    return _done(request, mark, "erase")


_TAKE: dict[str, Callable[[Request, str, Posted], Response]] = {
    "grant": _give, "revoke": _revoke, "reset": _reset, "disable": _disable, "enable": _enable, "erase": _erase,
}  # fmt: skip


def _require_sure(form: Posted) -> None:
    if not text_of(form, "chac_chan"):
        raise ReasonMissing()


def _done(request: Request, mark: str, what: str) -> Response:
    return go(request, links_of(request).door("accounts", mark, xong=what))
