"""The files of covering documents: downloads, only for those who may see the submission."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from lxml import html

from tests.validate.signatures.authority import DAY, issue
from tests.validate.signatures.test_documents import plain_pdf, root
from tests.validate.signatures.test_messages import sign as sign_beside
from tests.web.staff import FIGURES, Staff, number_of, open_staff

NAME = "công văn; số 1.pdf"


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Staff:
    return open_staff(tmp_path_factory.mktemp("staff"))


@pytest.fixture(scope="module")
def beside() -> bytes:
    now = datetime.now(UTC).replace(tzinfo=None)
    return bytes(sign_beside(issue("Nguyễn Văn C", root(), start=now - DAY, end=now + DAY), plain_pdf(), at=now))


@pytest.fixture(scope="module")
def number(staff: Staff, beside: bytes) -> str:
    """A submission whose covering document came with a signature beside it, corrected by one without any file."""
    an = staff.of("an")
    token = an.open("/vi/nop-tep").xpath("string(//input[@name='ma_bieu_mau']/@value)")
    cover = {"ma_bieu_mau": token, "cv_so": "125/CTK-TH", "cv_ngay": "02/11/2025", "cv_nguoi_ky": "Nguyễn Văn C"}
    files = {"tep": ("fdi.csv", FIGURES), "cv_tep": (NAME, plain_pdf()), "cv_chu_ky": ("ký.p7s", beside)}
    made = number_of(staff.post(an, "/vi/nop-tep", cover, files))
    sent = staff.post(an, f"/vi/ho-so/{made}/cong-van", {**cover, "cv_so": "126/CTK-TH"}, {})
    assert sent.status_code == 303
    return made


@pytest.mark.parametrize("login", ["an", "chi"])
@pytest.mark.parametrize("page", ["", "/bang"])
def test_both_files_are_downloads_unchanged_under_their_names(
    staff: Staff, number: str, beside: bytes, login: str, page: str
) -> None:
    browser = staff.of(login)
    section = browser.open(f"/vi/ho-so/{number}{page}").xpath("//section[@aria-labelledby='cover']")[0]
    paper, signature = section.xpath(".//a/@href")
    sent = browser.send("GET", paper)
    assert sent.content == plain_pdf()
    assert sent.headers["content-type"] == "application/pdf"
    assert sent.headers["content-disposition"] == f"attachment; filename*=UTF-8''{quote(NAME, safe='')}"
    assert sent.headers["x-content-type-options"] == "nosniff"
    assert sent.headers["cache-control"] == "private, no-store"
    sent = browser.send("GET", signature)
    assert sent.content == beside
    assert sent.headers["content-type"] == "application/pkcs7-signature"
    assert sent.headers["content-disposition"].endswith(quote(f"{NAME}.p7s", safe=""))


def test_english_addresses_lead_to_the_same(staff: Staff, number: str) -> None:
    an = staff.of("an")
    paper = an.open(f"/en/submissions/{number}").xpath("string(//section[@aria-labelledby='cover']//a/@href)")
    assert paper.startswith(f"/en/submissions/{number}/signed-file")
    assert an.send("GET", paper).content == plain_pdf()


@pytest.mark.parametrize("query", ["", "?so=999", "?so=x", "?so=-1", "?so=" + "9" * 40])
def test_a_document_without_that_file_is_not_found(staff: Staff, number: str, query: str) -> None:
    """The newest has none; no other number is one of this submission's."""
    for word in ("ban-da-ky", "chu-ky"):
        assert staff.of("an").send("GET", f"/vi/ho-so/{number}/{word}{query}").status_code == 404


def test_a_document_of_another_submission_is_not_given_under_this_ones_number(staff: Staff, number: str) -> None:
    an = staff.of("an")
    paper = an.open(f"/vi/ho-so/{number}").xpath("string(//section[@aria-labelledby='cover']//a/@href)")
    other = number_of(staff.drop("an", "khác.csv", FIGURES.replace("2016,", "2013,")))
    assert an.send("GET", paper.replace(number, other)).status_code == 404


@pytest.mark.parametrize("word", ["ban-da-ky", "chu-ky"])
def test_another_agencys_paper_reads_like_one_that_does_not_exist(staff: Staff, number: str, word: str) -> None:
    binh = staff.of("binh")
    theirs, missing = (binh.send("GET", f"/vi/ho-so/{n}/{word}?so=1") for n in (number, "S987654"))
    assert theirs.status_code == missing.status_code == 404
    texts = [html.fromstring(a.content).xpath("string(//main)") for a in (theirs, missing)]
    assert texts[0].replace(number, "S987654") == texts[1]
    stranger = staff.of("").send("GET", f"/vi/ho-so/{number}/{word}")
    assert stranger.status_code == 303
    assert stranger.headers["location"].startswith("/vi/dang-nhap")
