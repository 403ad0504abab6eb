"""A covering document from the command line: kept with a submission, its signatures told, never changed."""

from __future__ import annotations

import re
import shutil
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.conftest import PACK, Done, Home
from tests.faults import damaged
from tests.validate.signatures.authority import DAY, issue, trust_folder
from tests.validate.signatures.test_documents import person, plain_pdf, root, sign
from tests.validate.signatures.test_messages import sign as sign_beside

LETTER = ("--covering", "Số: 1234/BC-CTK", "--covering-date", "02/11/2025", "--signed-by", "Trần Thị B")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """One home for all of these tests: each hands in figures of its own year."""
    folder = tmp_path_factory.mktemp("covering")
    shutil.copytree(PACK, folder / "pack", ignore=shutil.ignore_patterns("figures"))
    (folder / "pack" / "figures").mkdir()
    made = Home(folder / "home", folder / "pack")
    assert made.run("init").code == 0
    trust_folder(made.path / "trust", root())
    return made


def figures(folder: Path, year: int) -> Path:
    path = folder / "so-lieu.csv"
    path.write_bytes(damaged.tidy(f"POP_AVG,74,{year},1995.8,"))
    return path


def number_of(done: Done) -> str:
    found = re.search(r"Hồ sơ (S\d+):", done.out)
    assert found, done.out + done.err
    return found[1]


def test_a_signed_letter_goes_in_with_the_figures(home: Home, tmp_path: Path) -> None:
    letter = tmp_path / "cong-van.pdf"
    letter.write_bytes(sign(plain_pdf(), person()))
    done = home.run("submit", figures(tmp_path, 2010), *LETTER, "--signer-title", "Cục trưởng", "--signed-file", letter)
    assert done.code == 0, done.err
    for said in ("1234/BC-CTK ngày 02/11/2025", "Trần Thị B, Cục trưởng", "hợp lệ, chứng thư tin cậy",
                 "UBND thử nghiệm", "người ký tự khai", "chưa kiểm tra thu hồi chứng thư"):  # fmt: skip
        assert said in done.out, done.out
    shown = home.run("submit", "--show", number_of(done), "--format", "json").json["covering"]
    (found,) = shown["signatures"]["signatures"]
    assert (shown["number"], shown["date"], found["state"]) == ("1234/BC-CTK", "2025-11-02", "valid_trusted")
    assert shown["signatures_of_figures"]["is_signed"] is False
    assert (home.path / "files" / shown["file_sha256"]).read_bytes() == letter.read_bytes()
    assert "Covered by 1234/BC-CTK of 2025-11-02" in home.run("submit", "--show", number_of(done)[1:], lang="en").out


def test_an_unsigned_letter_is_said_to_be_unverified(home: Home, tmp_path: Path) -> None:
    letter = tmp_path / "cong-van.pdf"
    letter.write_bytes(plain_pdf())
    done = home.run("submit", figures(tmp_path, 2011), *LETTER, "--signed-file", letter)
    assert done.code == 0, done.err
    assert "Không có chữ ký số: văn bản chưa được xác thực" in done.out
    assert "hợp lệ" not in done.out


def test_an_altered_letter_is_said_to_be_invalid(home: Home, tmp_path: Path) -> None:
    letter = tmp_path / "cong-van.pdf"
    letter.write_bytes(sign(plain_pdf(), person()).replace(b"1234/BC-CTK", b"9999/BC-CTK"))
    done = home.run("submit", figures(tmp_path, 2012), *LETTER, "--signed-file", letter)
    assert "KHÔNG hợp lệ" in done.out
    assert "đã bị thay đổi sau khi ký" in done.out


def test_a_letter_is_corrected_by_another_and_both_stay(home: Home, tmp_path: Path) -> None:
    first = home.run("submit", figures(tmp_path, 2013), *LETTER)
    assert "chỉ do người nộp khai" in first.out
    number = number_of(first)
    done = home.run("submit", "--attach", number, "--covering", "1235/BC-CTK", "--covering-date", "2025-11-03",
                    "--signed-by", "Nguyễn Văn A")  # fmt: skip
    assert done.code == 0, done.err
    out = home.run("submit", "--show", number).out
    assert out.index("1235/BC-CTK") < out.index("Bản trước") < out.index("1234/BC-CTK")
    query = "select document_number from covering_documents where submission = ? order by number"
    rows = sqlite3.connect(home.path / "workflow.sqlite").execute(query, (int(number[1:]),))
    assert [r[0] for r in rows] == ["1234/BC-CTK", "1235/BC-CTK"]


def test_a_detached_signature_of_the_letter_and_of_the_figures(home: Home, tmp_path: Path) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)
    signer = issue("Nguyễn Văn C", root(), start=now - DAY, end=now + DAY)
    letter, beside = tmp_path / "cong-van.pdf", tmp_path / "cong-van.p7s"
    letter.write_bytes(plain_pdf())
    beside.write_bytes(sign_beside(signer, plain_pdf(), at=now))
    done = home.run("submit", figures(tmp_path, 2014), *LETTER, "--signed-file", letter, "--signature", beside)
    assert "chữ ký CMS rời (.p7s): hợp lệ, chứng thư tin cậy" in done.out, done.out + done.err
    own = tmp_path / "so-lieu.p7s"
    own.write_bytes(sign_beside(signer, (tmp_path / "so-lieu.csv").read_bytes(), at=now))
    done = home.run("submit", "--attach", number_of(done), *LETTER, "--signature", own, "--format", "json")
    assert done.code == 0, done.err
    assert done.json["signatures"] is None
    assert [s["state"] for s in done.json["signatures_of_figures"]["signatures"]] == ["valid_trusted"]


WRONG = (
    (("--covering", "1234"), "--covering-date"),
    (("--covering", "1234", "--covering-date", "2025-11-02", "--signed-by", "A"), "1234/BC-CTK"),
    ((*LETTER, "--signed-file", "so-lieu.csv"), "PDF"),
    ((*LETTER, "--signature", "so-lieu.csv"), ".p7s"),
    ((*LETTER, "--signed-file", "khong-co.pdf"), "khong-co.pdf"),
)


def test_what_is_wrong_with_a_letter_is_told_before_anything_is_kept(home: Home, tmp_path: Path) -> None:
    before = len(home.run("submit", "--list", "--format", "json").json)
    path = figures(tmp_path, 2015)
    for words, said in WRONG:
        done = home.run("submit", path, *(path if w == path.name else w for w in words))
        assert done.code not in (0, 9), (words, done.out)
        assert said in done.err, (words, done.err)
    assert len(home.run("submit", "--list", "--format", "json").json) == before


def test_a_letter_without_figures_or_a_submission(home: Home) -> None:
    assert home.run("submit", *LETTER).code == 2
    assert home.run("submit", "--attach", "S1").code == 2
    assert home.run("submit", "--attach", "S999", *LETTER).code == 6
