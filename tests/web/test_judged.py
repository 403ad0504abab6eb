"""What does not agree with what is published: accepted with a reason and taken back, by forms alone."""

from __future__ import annotations

import time

import pytest
from lxml import html

from tests.web.staff import Staff, number_of, open_staff

HEAD = "# lienvung: tidy/1\n# boundary: 2004\nindicator,area,period,value,unit,issuer,published\n"
PER_HEAD = HEAD + (
    "GRDP_CUR,74,2024,520205,VND_BN,PROV_74,2025-01\n"
    "POP_AVG,74,2024,2426,PERSONS_TH,PROV_74,2025-01\n"
    "GRDP_PC,74,2024,181.2,VND_MN,PROV_74,2025-01\n"
)


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Staff:
    return open_staff(tmp_path_factory.mktemp("staff"))


@pytest.fixture(scope="module")
def number(staff: Staff) -> str:
    """A submission whose value per head is not what its GRDP and its population give."""
    return number_of(staff.drop("an", "bình quân.csv", PER_HEAD))


def judged(staff: Staff, login: str, number: str, lang: str = "vi") -> html.HtmlElement:
    """The section on reconciliation once it is worked out."""
    address = f"/vi/ho-so/{number}/bang" if lang == "vi" else f"/en/submissions/{number}/grid"
    for _ in range(300):
        page = staff.of(login).open(address)
        (section,) = page.xpath("//section[@data-judged]")
        if section.get("data-judged") != "running":
            break
        time.sleep(0.2)
    assert section.get("data-judged") == "done"
    return section


def finding_of(section: html.HtmlElement) -> str:
    return str(section.xpath("string(.//input[@name='phat_hien']/@value)"))


def test_a_point_is_accepted_with_a_reason_and_opened_again(staff: Staff, number: str) -> None:
    section = judged(staff, "chi", number)
    assert "REC-RATIO-PARTS" in section.text_content()
    assert "2.870,9" in section.text_content()
    chi, step = staff.of("chi"), f"/vi/ho-so/{number}/chap-nhan-doi-chieu"
    page = chi.fill(section.getroottree().getroot(), "/chap-nhan-doi-chieu", ly_do="Dân số <b>giữa năm</b> khác")
    assert "Đã chấp nhận một điểm không khớp" in page.xpath("string(//*[@role='status'])")
    section = judged(staff, "an", number)
    told = section.text_content()
    assert "Chi chấp nhận lúc" in told
    assert "Dân số <b>giữa năm</b> khác" in told
    assert not section.xpath(".//form"), "an officer who may not reconcile sees it only"
    assert "Accepted by Chi" in judged(staff, "an", number, "en").text_content()
    page = judged(staff, "chi", number).getroottree().getroot()
    assert not page.xpath(f"//form[@action='{step}']")
    chi.fill(page, "/rut-doi-chieu", ly_do="Đã có số mới")
    assert "chấp nhận lúc" not in judged(staff, "an", number).text_content()
    journal = staff.of("quan").open("/vi/nhat-ky").text_content()
    for text in ("reconcile.accept", "reconcile.withdraw", "Đã có số mới"):
        assert text in journal


def test_no_reason_no_such_point_and_no_right_are_refused(staff: Staff, number: str) -> None:
    section = judged(staff, "chi", number)
    chi, an, binh = staff.of("chi"), staff.of("an"), staff.of("binh")
    finding = finding_of(section)
    assert finding.startswith("F")
    token = section.xpath("string(.//input[@name='ma_bieu_mau']/@value)")

    def post(browser: object, step: str, **fields: str) -> int:
        return browser.send("POST", f"/vi/ho-so/{number}/{step}", fields, browser.from_here()).status_code

    accept, withdraw = "chap-nhan-doi-chieu", "rut-doi-chieu"
    assert post(chi, accept, ma_bieu_mau=token, phat_hien=finding, ly_do="  ") == 400
    assert post(chi, accept, ma_bieu_mau=token, phat_hien="F000000000000", ly_do="x") == 404
    assert post(chi, withdraw, ma_bieu_mau=token, phat_hien=finding, ly_do="x") == 404
    assert post(chi, accept, phat_hien=finding, ly_do="x") == 403, "a form without its token"
    own = an.open(f"/vi/ho-so/{number}/bang").xpath("string(//input[@name='ma_bieu_mau']/@value)")
    for browser in (an, binh):
        assert post(browser, accept, ma_bieu_mau=own, phat_hien=finding, ly_do="x") == 403
    assert "chấp nhận lúc" not in judged(staff, "an", number).text_content()
