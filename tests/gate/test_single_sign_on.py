"""OpenID Connect against a real provider on this machine: linked by invitation, nothing gained by itself."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import pytest

from lienvung.app import create_app
from lienvung.assemble import World
from lienvung.settings import load_settings
from lienvung.workflow.actors import Grant, Role
from lienvung.workflow.audit import find_entries
from lienvung.workflow.identity import NewAccount
from lienvung.workflow.single_sign_on import Provider, challenge_of
from tests.conftest import PACK
from tests.gate.browser import HOST, Browser, query_of
from tests.gate.people import HERE, OPERATOR, PASSWORD

SERVER = """
import sys, warnings
warnings.simplefilter("ignore")
from oidc_provider_mock import app
app().run("127.0.0.1", int(sys.argv[1]), debug=False, use_reloader=False, threaded=True)
"""


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-c", SERVER, str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(150):
            try:
                httpx.get(f"{address}/.well-known/openid-configuration", trust_env=False, timeout=2)
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture
def world(tmp_path: Path, issuer: str) -> World:
    env = {
        "LIENVUNG_HOME": str(tmp_path / "home"), "LIENVUNG_PACK": str(PACK), "LIENVUNG_OIDC_ISSUER": issuer,
        "LIENVUNG_OIDC_CLIENT_ID": "lienvung", "LIENVUNG_OIDC_CLIENT_SECRET": "bí mật đã thỏa thuận",
    }  # fmt: skip
    made = World(load_settings(env))
    made.identity.add_account(NewAccount("quan", "Lê Quản", "", (Grant(Role.ADMINISTRATOR),)), OPERATOR, PASSWORD)
    return made


@pytest.fixture
def browser(world: World) -> Browser:
    return Browser(create_app(world))


def invite(world: World, login: str, email: str = "", role: Role = Role.PROVIDER) -> str:
    admin = world.identity.actor_of_session(world.identity.sign_in("quan", PASSWORD, HERE).secret)
    assert admin
    return world.identity.add_account(NewAccount(login, login.title(), email, (Grant(role),)), admin)[1]


def provider_says(issuer: str, subject: str, **claims: object) -> None:
    done = httpx.put(f"{issuer}/users/{subject}", json=claims, trust_env=False)
    assert done.status_code in (200, 204), done.text


def at_provider(address: str, subject: str) -> str:
    """What the person does at the provider: the address of ours that it sends the browser back to."""
    parts = urlsplit(address)
    done = httpx.post(address, data={"sub": subject}, trust_env=False, follow_redirects=False)
    assert done.status_code == 302, (done.status_code, done.text[:300], parts.query)
    location = done.headers["location"]
    assert location.startswith(HOST)
    return location[len(HOST) :]


def begin(browser: Browser) -> str:
    browser.send("GET", "/vi/dang-nhap/co-quan")
    assert browser.answer.status_code == 303, browser.answer.text
    return browser.answer.headers["location"]


def link(browser: Browser, code: str, subject: str) -> None:
    page = browser.fill(browser.open("/vi/dang-nhap/loi-moi"), "/loi-moi", ma=code, lien_ket="1")
    address = page.xpath("//a[contains(@href, 'authorize')]/@href")[0]
    browser.open(at_provider(address, subject))


def test_the_request_carries_state_nonce_and_pkce(browser: Browser, issuer: str) -> None:
    first, second = (query_of(begin(browser)) for _ in range(2))
    assert first["response_type"] == "code"
    assert first["code_challenge_method"] == "S256"
    assert first["redirect_uri"] == f"{HOST}/vi/dang-nhap/tra-ve"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43
        assert first[name] != second[name]


def test_the_challenge_is_that_of_rfc_7636() -> None:
    assert challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == (
        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    )


def test_linked_by_invitation_then_signed_in_with_one_click(browser: Browser, world: World) -> None:
    code = invite(world, "an")
    link(browser, code, "subject-1")
    assert browser.answer.request.url.path == "/vi/tai-khoan"
    assert "An" in browser.answer.text
    again = Browser(browser._app)
    again.open(at_provider(begin(again), "subject-1"))
    assert again.answer.request.url.path == "/vi/tai-khoan"
    with world.identity.sessions() as session:
        assert [e.subject for e in find_entries(session) if e.action == "account.link"] == ["TK2"]
    stranger = Browser(browser._app)
    stranger.open(at_provider(begin(stranger), "subject-2"))
    assert stranger.answer.status_code == 401


def test_nobody_gains_an_account_or_a_right_by_themselves(browser: Browser, world: World, issuer: str) -> None:
    provider_says(issuer, "intruder", email="quan@so.example", name="Lê Quản", roles=["administrator"])
    browser.open(at_provider(begin(browser), "intruder"))
    assert browser.answer.status_code == 401
    assert "chưa có tài khoản nào ở đây được mời" in browser.answer.text
    with world.identity.sessions() as session:
        last = list(find_entries(session))[-1]
    assert (last.action, last.detail["what"]) == ("session.refused", "openid")


def test_a_verified_email_finds_the_invitation_an_unverified_one_does_not(
    browser: Browser, world: World, issuer: str
) -> None:
    invite(world, "binh", "Binh@so.example")
    provider_says(issuer, "liar", email="binh@so.example", email_verified=False)
    browser.open(at_provider(begin(browser), "liar"))
    assert browser.answer.status_code == 401
    provider_says(issuer, "binh-1", email="binh@so.example", email_verified=True)
    browser.open(at_provider(begin(browser), "binh-1"))
    assert browser.answer.request.url.path == "/vi/tai-khoan"
    provider_says(issuer, "binh-2", email="binh@so.example", email_verified=True)
    second = Browser(browser._app)
    second.open(at_provider(begin(second), "binh-2"))
    assert second.answer.status_code == 401, "an invitation links once"


def test_the_way_back_works_once_and_in_the_browser_that_began(browser: Browser, world: World) -> None:
    link(browser, invite(world, "chi"), "chi-1")
    fresh = Browser(browser._app)
    back = at_provider(begin(fresh), "chi-1")
    thief = Browser(browser._app)
    thief.open("/vi/dang-nhap")
    thief.open(back)
    assert thief.answer.status_code == 401, "another browser"
    fresh.open(back)
    assert fresh.answer.status_code == 401, "the way back was used up by the thief's attempt"
    fresh.open(at_provider(begin(fresh), "chi-1"))
    assert fresh.answer.status_code == 200
    fresh.cookies.pop("lv_phien")
    fresh.open(fresh.answer.request.url.raw_path.decode())


@pytest.mark.parametrize(
    "query", ["", "?code=x", "?state=x", "?code=x&state=y", "?error=access_denied&state=x", "?code=&state="]
)
def test_a_way_back_that_nobody_began_is_refused(browser: Browser, query: str) -> None:
    browser.open("/vi/dang-nhap")
    assert browser.send("GET", f"/vi/dang-nhap/tra-ve{query}").status_code == 401


def test_a_code_that_the_provider_did_not_give_is_refused(browser: Browser) -> None:
    state = query_of(begin(browser))["state"]
    browser.send("GET", f"/vi/dang-nhap/tra-ve?{urlencode({'state': state, 'code': 'bịa'})}")
    assert browser.answer.status_code == 401
    assert "mã không được chấp nhận" in browser.answer.text


def test_a_closed_account_is_not_let_in(browser: Browser, world: World) -> None:
    link(browser, invite(world, "dung"), "dung-1")
    admin = world.identity.actor_of_session(world.identity.sign_in("quan", PASSWORD, HERE).secret)
    assert admin
    world.identity.disable("dung", admin)
    assert browser.send("GET", "/vi/tai-khoan").status_code == 303
    browser.open(at_provider(begin(browser), "dung-1"))
    assert browser.answer.status_code == 401


def test_a_token_of_another_issuer_audience_nonce_or_key_is_not_believed(issuer: str) -> None:
    from joserfc import jwt
    from joserfc.jwk import KeySet, RSAKey

    from lienvung.errors import SignOnFailed

    key, other = RSAKey.generate_key(2048, auto_kid=True), RSAKey.generate_key(2048, auto_kid=True)
    keys = KeySet([key]).as_dict()
    provider, now = Provider(issuer, "lienvung"), int(time.time())
    good = {"iss": issuer, "sub": "s", "aud": "lienvung", "exp": now + 60, "iat": now, "nonce": "n"}

    def verify(claims: dict[str, object], by: RSAKey = key, alg: str = "RS256") -> object:
        return provider._verify(jwt.encode({"alg": alg, "kid": by.kid}, claims, by), keys, "n")["sub"]

    assert verify(good) == "s"
    for change in (
        {"iss": "https://evil.example"}, {"aud": "another"}, {"nonce": "m"}, {"exp": now - 3600},
        {"iat": now + 3600, "nbf": now + 3600}, {"aud": ["lienvung", "x"], "azp": "x"},
    ):  # fmt: skip
        with pytest.raises(SignOnFailed):
            verify({**good, **change})
    for missing in ("nonce", "sub", "exp", "iss", "aud"):
        with pytest.raises(SignOnFailed):
            verify({k: v for k, v in good.items() if k != missing})
    with pytest.raises(SignOnFailed):
        verify(good, other)
    header = re.sub(r"=", "", "eyJhbGciOiJub25lIn0")
    body = jwt.encode({"alg": "RS256"}, good, key).split(".")[1]
    for token in ("", "x", f"{header}.{body}."):
        with pytest.raises(SignOnFailed):
            provider._verify(token, keys, "n")


@pytest.mark.parametrize("address", ["http://idp.example", "ftp://127.0.0.1", "http://10.0.0.1", "file:///etc/passwd"])
def test_a_provider_without_https_is_not_asked(address: str) -> None:
    from lienvung.errors import SignOnFailed

    with pytest.raises(SignOnFailed):
        Provider(address, "lienvung").find_metadata()
