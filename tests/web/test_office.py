"""Decisions, lists, inbox and calendar through forms alone; what is refused, and that nothing is half done."""

from __future__ import annotations

import pytest

from tests.gate.browser import Browser
from tests.web.staff import FIGURES, Staff, number_of, open_staff


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Staff:
    return open_staff(tmp_path_factory.mktemp("staff"))


def handed_in(staff: Staff, year: int) -> str:
    """A submission of An's that waits for approval."""
    an = staff.of("an")
    number = number_of(
        staff.drop("an", f"fdi-{year}.csv", FIGURES.replace("2016,", f"{year},", 1).replace("2015,", f"{year - 1},"))
    )
    page = an.fill(an.open(f"/vi/ho-so/{number}/bang"), "/nop")
    assert state_of(page) == "chờ duyệt", page.xpath("string(//main)")
    return number


def state_of(page: object) -> str:
    return str(page.xpath("string(//div[@class='titled']//span)"))  # type: ignore[attr-defined]


def post(browser: Browser, number: str, step: str, **fields: str) -> int:
    """Send a step by hand with the right token; the status of the answer."""
    token = browser.open("/vi/tai-khoan").xpath("string(//input[@name='ma_bieu_mau']/@value)")
    address = f"/vi/ho-so/{number}/{step}"
    return browser.send("POST", address, {"ma_bieu_mau": token, **fields}, browser.from_here()).status_code


def test_the_steward_finds_approves_and_publishes(staff: Staff) -> None:
    number, chi = handed_in(staff, 2011), staff.of("chi")
    inbox = chi.open("/vi/viec-can-lam")
    assert inbox.xpath(f"//section[@aria-labelledby='waiting']//a[@href='/vi/ho-so/{number}']")
    page = chi.open(f"/vi/ho-so/{number}")
    assert "thêm 2 số mới" in page.xpath("string(//section[@aria-labelledby='difference'])")
    page = chi.fill(page, "/duyet", chac_chan="1")
    assert state_of(page) == "đã duyệt"
    page = chi.fill(page, "/cong-bo", chac_chan="1", ten_vi="FDI 2011")
    assert state_of(page) == "đã công bố"
    trace = staff.of("").open("/vi/nguon-so/FDI_CAP_CUM/74@2004/2011")
    assert "26.411,3" in trace.xpath("string(//main)")
    page = chi.fill(chi.open(f"/vi/ho-so/{number}"), "/thu-hoi", chac_chan="1", ly_do="Sai đơn vị")
    assert state_of(page) == "đã thu hồi"
    assert post(chi, number, "thu-hoi", chac_chan="1", ly_do="Lần nữa") == 409


def test_nobody_decides_on_their_own_and_a_provider_never(staff: Staff) -> None:
    number, an = handed_in(staff, 2008), staff.of("an")
    for step in ("duyet", "tra-lai", "cong-bo", "thu-hoi", "bo-hen"):
        assert post(an, number, step, chac_chan="1", ly_do="x") == 403, step
    assert state_of(an.open(f"/vi/ho-so/{number}")) == "chờ duyệt"
    chi = staff.of("chi")
    own = number_of(staff.drop("chi", "cua-chi.csv", FIGURES.replace("26411.3", "26411.7")))
    assert post(chi, own, "nop") == 303
    page = chi.open(f"/vi/ho-so/{own}")
    assert not [f for f in page.forms if str(f.action).endswith("/duyet")]
    assert post(chi, own, "duyet", chac_chan="1") == 403


def test_a_step_wants_its_token_its_confirmation_its_reason_and_the_file_that_was_seen(staff: Staff) -> None:
    number, chi = handed_in(staff, 2005), staff.of("chi")
    bare = chi.send("POST", f"/vi/ho-so/{number}/duyet", {"chac_chan": "1"}, chi.from_here())
    assert bare.status_code == 403
    assert post(chi, number, "duyet") == 400
    assert post(chi, number, "tra-lai", chac_chan="1", ly_do="  ") == 400
    assert post(chi, number, "duyet", chac_chan="1", tep_thu="7") == 409
    assert post(chi, "S99999", "duyet", chac_chan="1") == 404
    assert state_of(chi.open(f"/vi/ho-so/{number}")) == "chờ duyệt"
    assert post(chi, number, "duyet", chac_chan="1") == 303
    assert post(chi, number, "duyet", chac_chan="1") == 409
    assert post(chi, number, "cong-bo", chac_chan="1", luc="2020-01-01T08:00") == 400
    assert post(chi, number, "cong-bo", chac_chan="1", luc="hôm qua") == 400
    assert post(chi, number, "cong-bo", chac_chan="1", luc="2099-01-01T08:00") == 303
    page = chi.open(f"/vi/ho-so/{number}")
    assert state_of(page) == "hẹn giờ công bố"
    assert "08:00 1/1/2099" in page.xpath("string(//main)")
    assert staff.of("").send("GET", "/vi/nguon-so/FDI_CAP_CUM/74@2004/2005").status_code == 404


def test_comments_lead_to_their_cells_and_are_seen_to(staff: Staff) -> None:
    number, chi, an = handed_in(staff, 2002), staff.of("chi"), staff.of("an")
    said = '<script>alert("x")</script> xem lại'
    assert post(chi, number, "gop-y", noi_dung=said, o="D4") == 303
    page = an.open(f"/vi/ho-so/{number}")
    comment = page.xpath("//section[@aria-labelledby='comments']//div[@class='comment']")[0]
    assert said in comment.text_content()
    assert comment.xpath(".//a/@href") == [f"/vi/ho-so/{number}/bang?trang=1&o=D4#o-D4"]
    assert an.open(f"/vi/ho-so/{number}/bang").xpath("//td[@id='o-D4']/sup")
    assert post(chi, number, "gop-y", noi_dung="  ") == 400
    assert post(an, number, "da-xu-ly", so="999") == 400
    page = an.fill(page, "/da-xu-ly")
    assert "đã xử lý" in page.xpath("string(//section[@aria-labelledby='comments'])")
    assert post(staff.of("binh"), number, "gop-y", noi_dung="x") == 404


def test_the_list_is_filtered_and_shows_only_ones_own(staff: Staff) -> None:
    an, chi = staff.of("an"), staff.of("chi")
    assert staff.count("chi") >= staff.count("an") - 2
    assert staff.count("binh") == 0
    rows = chi.open("/vi/ho-so?trang-thai=scheduled").xpath("//td//span[contains(@class,'state')]/text()")
    assert set(rows) <= {"hẹn giờ công bố"}
    assert an.open("/vi/ho-so?tim=fdi-2008").xpath("//tbody/tr/th/a/text()") == ["fdi-2008.csv"]
    assert an.send("GET", "/vi/ho-so?trang-thai=xyz").status_code == 400
    english = an.open("/en/submissions?trang-thai=submitted")
    assert english.xpath("//h1/text()") == ["Submissions"]
    assert english.xpath("//a[@hreflang='vi']/@href") == ["/vi/ho-so?trang-thai=submitted"]


def test_a_steward_keeps_the_calendar_and_the_agency_sees_what_it_owes(staff: Staff) -> None:
    chi = staff.of("chi")
    page = chi.open("/vi/lich-bao-cao")
    told = {"co_quan": "PROV_74", "ten_vi": "Vốn FDI lũy kế", "chi_tieu": "FDI_CAP_CUM", "ky": "M", "thang": "1",
            "ngay": "12", "tu": "2026-01-01", "can_cu": "Kế hoạch vùng"}  # fmt: skip
    form = next(f for f in page.forms if str(f.action).endswith("/lich-bao-cao"))
    token = form.fields["ma_bieu_mau"]
    sent = chi.send("POST", "/vi/lich-bao-cao", {**told, "ma_bieu_mau": token}, chi.from_here())
    assert sent.status_code == 303
    assert chi.send("POST", "/vi/lich-bao-cao", {**told, "ngay": "40", "ma_bieu_mau": token},
                    chi.from_here()).status_code == 400  # fmt: skip
    mine = staff.of("an").open("/vi/lich-bao-cao")
    assert "Vốn FDI lũy kế" in mine.xpath("string(//main)")
    assert not [f for f in mine.forms if str(f.action).endswith("/lich-bao-cao")]
    assert "Vốn FDI lũy kế" in staff.of("an").open("/vi/viec-can-lam").xpath("string(//main)")
    assert "Vốn FDI lũy kế" not in staff.of("binh").open("/vi/lich-bao-cao").xpath("string(//main)")
    assert staff.of("").send("GET", "/vi/lich-bao-cao").status_code == 303


def test_pages_of_the_office_are_kept_nowhere_and_hold_no_script_of_their_own(staff: Staff) -> None:
    an = staff.of("an")
    for path in ("/vi/viec-can-lam", "/vi/ho-so", "/vi/nop-tep", "/vi/lich-bao-cao"):
        answer = an.send("GET", path)
        assert answer.headers["cache-control"] == "private, no-store"
        page = an.open(path)
        assert page.xpath("//script[not(@src)] | //style | //*[@style] | //*[@onclick]") == []
