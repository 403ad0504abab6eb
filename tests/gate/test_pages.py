"""Signing in, one's account and administration through the pages, as a browser without JavaScript does it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from lienvung.app import create_app
from lienvung.assemble import World
from lienvung.errors import NotSignedIn
from lienvung.gate import needs
from lienvung.settings import load_settings
from lienvung.workflow import clock
from lienvung.workflow.actors import Grant, Right, Role
from lienvung.workflow.audit import find_entries
from lienvung.workflow.identity import NewAccount, Visitor
from tests.conftest import PACK
from tests.gate.browser import HOST, Browser
from tests.gate.people import OPERATOR, PASSWORD, code_of


def make_world(folder: Path, **more: str) -> World:
    return World(load_settings({"LIENVUNG_HOME": str(folder / "home"), "LIENVUNG_PACK": str(PACK), **more}))


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an administrator and a provider, made once."""
    folder = tmp_path_factory.mktemp("people")
    made = make_world(folder)
    made.identity.add_account(NewAccount("quan", "Lê Quản", "", (Grant(Role.ADMINISTRATOR),)), OPERATOR, PASSWORD)
    an = NewAccount("an", "Trần Thị An", "an@so.example", (Grant(Role.PROVIDER, "SO_TC"),))
    made.identity.add_account(an, admin_of(made), PASSWORD)
    return folder


@pytest.fixture
def world(tmp_path: Path, prepared: Path) -> World:
    shutil.copytree(prepared, tmp_path, dirs_exist_ok=True)
    return make_world(tmp_path)


def admin_of(world: World) -> Any:
    secret = world.identity.sign_in("quan", PASSWORD, Visitor("198.51.100.7")).secret
    return world.identity.actor_of_session(secret)


@pytest.fixture
def app(world: World) -> FastAPI:
    return create_app(world)


@pytest.fixture
def browser(app: FastAPI) -> Browser:
    return Browser(app)


def text(page: Any) -> str:
    return " ".join(page.text_content().split())


def actions(world: World) -> list[str]:
    with world.identity.sessions() as session:
        return [e.action for e in find_entries(session)]


def test_a_page_of_the_office_leads_to_sign_in_and_back(browser: Browser) -> None:
    page = browser.open("/vi/tai-khoan")
    assert browser.answer.request.url.path == "/vi/dang-nhap"
    page = browser.fill(page, "/vi/dang-nhap", ten="an", mat_khau=PASSWORD)
    assert browser.answer.request.url.path == "/vi/tai-khoan"
    assert "Trần Thị An" in text(page)
    assert "Cung cấp số liệu" in text(page)


@pytest.mark.parametrize(
    "onward", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_site(browser: Browser, onward: str) -> None:
    browser.sign_in("an", PASSWORD, onward)
    assert str(browser.answer.request.url).startswith(f"{HOST}/vi/tai-khoan")


def test_cookies_cannot_be_read_by_scripts_nor_sent_by_other_sites(browser: Browser) -> None:
    page = browser.open("/vi/dang-nhap")
    browser.send("POST", "/vi/dang-nhap", {
        "ten": "an", "mat_khau": PASSWORD, "ma_bieu_mau": page.forms[-1].fields["ma_bieu_mau"],
    }, browser.from_here())  # fmt: skip
    cookie = next(c for c in browser.answer.headers.get_list("set-cookie") if c.startswith("lv_phien="))
    for part in ("HttpOnly", "Path=/", "SameSite=lax"):
        assert part in cookie
    assert "Domain" not in cookie
    assert "Secure" not in cookie, "plain http here; __Host- and Secure come with https"


def test_behind_https_cookies_are_of_this_host_alone_and_browsers_are_told_to_stay(tmp_path: Path) -> None:
    world = make_world(tmp_path, LIENVUNG_HTTPS="yes")
    world.identity.add_account(NewAccount("quan", "", "", (Grant(Role.ADMINISTRATOR),)), OPERATOR, PASSWORD)
    browser = Browser(create_app(world), "https://cong.test")
    browser.sign_in("quan", PASSWORD)
    assert set(browser.cookies) == {"__Host-lv_phien"}
    assert browser.answer.headers["strict-transport-security"].startswith("max-age=31536000")
    lines = browser.send("GET", "/vi/dang-nhap").headers.get_list("set-cookie")
    assert all("Secure" in line for line in lines)


def test_only_a_trusted_proxy_is_believed(tmp_path: Path) -> None:
    said = {"x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.1"}
    trusting = create_app(make_world(tmp_path / "a", LIENVUNG_PROXIES="203.0.113.0/24"))
    assert "strict-transport-security" in Browser(trusting).send("GET", "/vi/dang-nhap", headers=said).headers
    strict = create_app(make_world(tmp_path / "b"))
    assert "strict-transport-security" not in Browser(strict).send("GET", "/vi/dang-nhap", headers=said).headers


def test_failures_from_a_forged_address_are_counted_on_the_real_one(app: FastAPI) -> None:
    browser = Browser(app)
    page = browser.open("/vi/dang-nhap")
    token = page.forms[-1].fields["ma_bieu_mau"]
    codes = [
        browser.send(
            "POST", "/vi/dang-nhap", {"ten": f"nobody{n}", "mat_khau": "x", "ma_bieu_mau": token},
            {**browser.from_here(), "x-forwarded-for": f"192.0.2.{n}"},
        ).status_code
        for n in range(31)
    ]  # fmt: skip
    assert codes == [401] * 30 + [429]
    assert int(browser.answer.headers["retry-after"]) > 0


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
        {"origin": "null"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://cong.test.evil.example"},
    ],
)
def test_forms_of_other_sites_are_refused_even_with_the_field(
    browser: Browser, world: World, headers: dict[str, str]
) -> None:
    page = browser.sign_in("an", PASSWORD)
    token = page.forms[0].fields["ma_bieu_mau"]
    answer = browser.send("POST", "/vi/dang-xuat", {"ma_bieu_mau": token}, headers)
    assert answer.status_code == 403
    assert "Biểu mẫu này không phải do trang của bạn gửi" in answer.text
    assert actions(world)[-1] == "form.refused"
    assert "Trần Thị An" in text(browser.open("/vi/tai-khoan"))


@pytest.mark.parametrize("field", [{}, {"ma_bieu_mau": ""}, {"ma_bieu_mau": "0" * 64}])
def test_forms_without_the_right_field_are_refused(browser: Browser, field: dict[str, str]) -> None:
    browser.sign_in("an", PASSWORD)
    assert browser.send("POST", "/vi/tai-khoan/phien", {"so": "1", **field}, browser.from_here()).status_code == 403
    strange = Browser(browser._app)
    assert strange.send("POST", "/vi/dang-nhap", {"ten": "an", "mat_khau": PASSWORD, **field}).status_code == 403


def test_a_form_of_an_earlier_session_or_of_another_person_is_refused(app: FastAPI) -> None:
    an, quan = Browser(app), Browser(app)
    of_an = an.sign_in("an", PASSWORD).forms[0].fields["ma_bieu_mau"]
    quan.sign_in("quan", PASSWORD)
    assert quan.send("POST", "/vi/dang-xuat", {"ma_bieu_mau": of_an}, quan.from_here()).status_code == 403
    an.fill(an.open("/vi/tai-khoan"), "/vi/dang-xuat")
    an.sign_in("an", PASSWORD)
    assert an.send("POST", "/vi/dang-xuat", {"ma_bieu_mau": of_an}, an.from_here()).status_code == 403


def test_a_stolen_cookie_after_sign_out(browser: Browser, app: FastAPI, world: World) -> None:
    page = browser.sign_in("an", PASSWORD)
    thief = Browser(app, address="192.0.2.66")
    thief.cookies = dict(browser.cookies)
    assert "Trần Thị An" in text(thief.open("/vi/tai-khoan"))
    browser.fill(page, "/vi/dang-xuat")
    assert thief.send("GET", "/vi/tai-khoan").status_code == 303
    assert thief.send("GET", "/vi/tai-khoan/du-lieu.json").status_code == 303
    assert actions(world)[-1] == "session.dead_cookie"


def test_pages_of_signed_in_people_are_kept_nowhere(browser: Browser) -> None:
    browser.open("/vi/dang-nhap")
    assert browser.answer.headers["cache-control"] == "private, no-store"
    browser.sign_in("an", PASSWORD)
    for path in ("/vi/tai-khoan", "/vi/tai-khoan/du-lieu.json", "/vi/khong-co"):
        headers = browser.send("GET", path).headers
        assert headers["cache-control"] == "private, no-store", path
        assert "etag" not in headers


def test_the_api_knows_tokens_of_the_right_scope_and_no_cookies(browser: Browser, app: FastAPI, world: World) -> None:
    app.add_api_route("/api/nop", lambda: {"ok": True}, methods=["POST"], dependencies=[needs(Right.SUBMIT)])
    browser.sign_in("an", PASSWORD)
    assert browser.send("POST", "/api/nop", {}, browser.from_here()).status_code == 401
    assert browser.answer.headers["www-authenticate"].startswith("Bearer")
    by = world.identity.actor_of_session(browser.cookies["lv_phien"])
    assert by
    outside = Browser(app)
    for scopes, status in (([Right.COMMENT], 403), ([Right.SUBMIT], 200), ([Right.SUBMIT, Right.OWN], 200)):
        secret, _ = world.identity.add_token(by, "t", scopes, 30)
        answer = outside.send("POST", "/api/nop", {}, {"authorization": f"Bearer {secret}"})
        assert answer.status_code == status
        assert answer.headers["cache-control"].endswith("no-store")
        assert "access-control-allow-origin" not in answer.headers
    assert outside.send("GET", "/vi/tai-khoan", headers={"authorization": f"Bearer {secret}"}).status_code == 303
    for wrong in ("Bearer lv_" + "x" * 43, "Bearer ", "Basic YTpi", "Bearer"):
        assert outside.send("POST", "/api/nop", {}, {"authorization": wrong}).status_code == 401, wrong
    assert actions(world)[-1] == "token.refused"
    refused = [e for e in actions(world) if e == "access.refused"]
    assert len(refused) == 1, "the wrong scope is written down"


def test_second_factor_through_the_pages(browser: Browser, app: FastAPI) -> None:
    page = browser.fill(browser.sign_in("an", PASSWORD), "/hai-lop")
    drawn = page.xpath("//svg[@class='qr']")
    assert drawn and "style" not in drawn[0].attrib
    key = re.sub(r"\s", "", page.xpath("//code")[0].text)
    page = browser.fill(page, "/bat-hai-lop", ma=code_of(key, clock.utc_now()))
    codes = [c.text for c in page.xpath("//ul[@class='codes']//code")]
    assert len(codes) == 10
    other = Browser(app)
    page = other.sign_in("an", PASSWORD)
    assert other.answer.request.url.path == "/vi/dang-nhap/ma"
    assert other.send("GET", "/vi/tai-khoan").status_code == 303, "the password alone opens nothing"
    page = other.fill(page, "/dang-nhap/ma", ma="000000")
    assert other.answer.status_code == 401
    page = other.fill(page, "/dang-nhap/ma", ma=codes[3])
    assert "Trần Thị An" in text(page)


def test_password_change_through_the_pages(browser: Browser) -> None:
    page = browser.sign_in("an", PASSWORD)
    page = browser.fill(page, "/mat-khau", cu=PASSWORD, moi="Matkhau@123456", lai="Matkhau@123456")
    assert browser.answer.status_code == 422
    assert "nhiều người dùng" in text(page)
    page = browser.fill(page, "/mat-khau", cu=PASSWORD, moi="một cụm từ khác hẳn", lai="một cụm từ khác hẳm")
    assert "hai lần nhập không giống nhau" in text(page)
    page = browser.fill(page, "/mat-khau", cu=PASSWORD, moi="một cụm từ khác hẳn", lai="một cụm từ khác hẳn")
    assert "Đã đổi mật khẩu" in text(page)


def test_tokens_through_the_pages_are_shown_once(browser: Browser, world: World) -> None:
    page = browser.fill(
        browser.sign_in("an", PASSWORD), "/ma-truy-cap", dung_cho="máy chủ", ngay="30", quyen=["submit"]
    )
    secret = page.xpath("//p[@class='secret']/code")[0].text
    assert world.identity.actor_of_token(secret).scopes == frozenset({Right.SUBMIT})
    assert secret not in browser.open("/vi/tai-khoan").text_content()
    page = browser.fill(
        browser.open("/vi/tai-khoan"), "/ma-truy-cap", dung_cho="x", ngay="30", quyen=["manage_accounts"]
    )
    assert browser.answer.status_code == 403
    browser.fill(browser.open("/vi/tai-khoan"), "/huy-ma-truy-cap")
    with pytest.raises(NotSignedIn):
        world.identity.actor_of_token(secret)


def test_an_administrator_adds_grants_ends_and_erases(browser: Browser, app: FastAPI, world: World) -> None:
    browser.sign_in("quan", PASSWORD)
    page = browser.open("/vi/quan-tri/tai-khoan")
    page = browser.fill(page, "/quan-tri/tai-khoan", ten="binh", ho_ten="Lý Bình", vai_tro="steward")
    code = page.xpath("//p[@class='secret']/code")[0].text
    binh = Browser(app)
    page = binh.fill(binh.open("/vi/dang-nhap/loi-moi"), "/loi-moi", ma=code, moi=PASSWORD, lai=PASSWORD)
    assert "Đã đặt mật khẩu" in text(page)
    binh.sign_in("binh", PASSWORD)
    page = browser.open("/vi/quan-tri/phien")
    assert "Lý Bình" in text(page)
    rows = [r for r in page.xpath("//tbody/tr") if "Lý Bình" in r.text_content()]
    number = rows[0].xpath(".//input[@name='so']")[0].value
    browser.fill(page, "/quan-tri/phien", so=number)
    assert binh.send("GET", "/vi/tai-khoan").status_code == 303
    page = browser.open("/vi/quan-tri/tai-khoan/TK3")
    page = browser.fill(page, "/giao", vai_tro="coordinator", co_quan="", dia_ban="74@2004")
    assert "Điều phối" in text(page) and "74@2004" in text(page)
    page = browser.fill(page, "/giao", vai_tro="coordinator", co_quan="PROV74")
    assert browser.answer.status_code == 404
    assert "PROV_74" in page.xpath("string(//*[@role='alert'])")
    exported = json.loads(browser.send("GET", "/vi/quan-tri/tai-khoan/TK3/du-lieu.json").text)
    assert exported["account"]["name"] == "Lý Bình"
    assert "argon2" not in json.dumps(exported)
    page = browser.fill(browser.open("/vi/quan-tri/tai-khoan/TK3"), "/xoa", chac_chan="1")
    assert "Đã xóa dữ liệu cá nhân" in text(page)
    assert "Lý Bình" not in browser.open("/vi/nhat-ky").text_content()
    assert "TK3" in browser.open("/vi/nhat-ky").text_content()


def test_the_last_administrator_stays(browser: Browser) -> None:
    browser.sign_in("quan", PASSWORD)
    for step in ("/khoa", "/xoa"):
        page = browser.fill(browser.open("/vi/quan-tri/tai-khoan/TK1"), step, chac_chan="1")
        assert browser.answer.status_code == 409
        assert "người quản trị cuối cùng" in text(page)


def test_others_are_refused_and_the_audit_says_so(browser: Browser, world: World) -> None:
    browser.sign_in("an", PASSWORD)
    for path in ("/vi/quan-tri/tai-khoan", "/vi/quan-tri/tai-khoan/TK1", "/vi/quan-tri/phien", "/vi/nhat-ky"):
        assert browser.send("GET", path).status_code == 403, path
        assert actions(world)[-1] == "access.refused"
    assert "Quản trị" not in text(browser.open("/vi/tai-khoan"))


def test_english_pages_and_the_way_between_languages(browser: Browser) -> None:
    browser.sign_in("quan", PASSWORD)
    for path, other in (
        ("/en/account", "/vi/tai-khoan"), ("/en/admin/accounts/TK2", "/vi/quan-tri/tai-khoan/TK2"),
        ("/en/admin/sessions", "/vi/quan-tri/phien"), ("/en/audit?ai=TK1", "/vi/nhat-ky?ai=TK1"),
    ):  # fmt: skip
        page = browser.open(path)
        assert browser.answer.status_code == 200, path
        assert page.xpath("//link[@hreflang='vi']/@href") == [other]
        assert page.xpath("//link[@hreflang='en']/@href") == [path]


def test_a_home_without_accounts_says_how_to_begin(tmp_path: Path) -> None:
    page = Browser(create_app(make_world(tmp_path))).open("/vi/dang-nhap")
    assert "lienvung user add" in text(page)


def test_a_body_past_the_limit_is_refused_before_it_is_kept(tmp_path: Path) -> None:
    browser = Browser(create_app(make_world(tmp_path, LIENVUNG_UPLOAD_MB="1")))
    for path in ("/vi/dang-nhap", "/vi/nop-tep", "/api/v1/submissions"):
        answer = browser.send("POST", path, {"x": "y" * (4 * 2**20)}, browser.from_here())
        assert answer.status_code == 413, path
        assert "Traceback" not in answer.text
