"""Numbers and dates of documents as Decree 30/2020/NĐ-CP writes them, and nothing else."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from lienvung.domain.covering import MAX_TEXT, CoveringDocument, read_dated, read_line, read_number
from lienvung.domain.signatures import INVALID, VALID_UNTRUSTED, Signature, SignatureReport
from lienvung.errors import BadDate, BadValue, Both

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("1234/BC-CTK", "1234/BC-CTK"),
        ("Số: 05/QĐ-UBND", "05/QĐ-UBND"),
        ("số 215 / SKH&ĐT – TH", "215/SKH&ĐT-TH"),
        ("58/2024/NĐ-CP", "58/2024/NĐ-CP"),
        ("112/QyĐ-UBND", "112/QyĐ-UBND"),
        ("15a/TTr-SKHĐT", "15a/TTr-SKHĐT"),
        ("7/KH-BCĐ138", "7/KH-BCĐ138"),
        (unicodedata.normalize("NFD", "12/KH-BCĐÔN"), "12/KH-BCĐÔN"),
    ],
)
def test_a_number_in_one_form(said: str, plain: str) -> None:
    assert read_number(said) == plain


@pytest.mark.parametrize(
    "said",
    ["", "1234", "BC-CTK", "0/BC-CTK", "12/bc-ctk", "12//BC", "12/BC CTK", "12/1850/NQ-CP", "12/BC-CTK;drop",
     "1234567/BC", "-1/BC-CTK", "12/" + "A" * 100, "12/B" + "-B" * 40_000],
)  # fmt: skip
def test_what_is_no_number(said: str) -> None:
    with pytest.raises(BadValue) as refused:
        read_number(said)
    assert "1234/BC-CTK" in refused.value.suggestion("vi")


@pytest.mark.parametrize("said", ["2026-11-02", "02/11/2026", "2.11.2026", "ngày 02 tháng 11 năm 2026", " 2-11-2026 "])
def test_a_day_in_its_ways_of_writing(said: str) -> None:
    assert read_dated(said, "1234/BC-CTK", TODAY) == date(2026, 11, 2)


@pytest.mark.parametrize("said", ["", "2026-11", "31/02/2026", "11-2026", "hôm qua", "2026-13-01"])
def test_what_is_no_day(said: str) -> None:
    with pytest.raises(BadDate):
        read_dated(said, "1234/BC-CTK", TODAY)


@pytest.mark.parametrize(
    ("said", "number"), [("2026-11-24", "1/BC-CTK"), ("1945-09-01", "1/BC-CTK"), ("2025-12-31", "1/2026/QĐ-UBND")]
)
def test_a_day_that_cannot_be(said: str, number: str) -> None:
    with pytest.raises(BadValue):
        read_dated(said, number, TODAY)


def test_a_day_in_the_year_that_the_number_names() -> None:
    assert read_dated("2026-01-05", "1/2026/QĐ-UBND", TODAY) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("names", "answer"),
    [((), None), (("NGUYEN VAN A",), True), (("Văn thư", "Nguyễn Văn A"), True), (("Nguyễn Văn B",), False)],
)
def test_whether_a_signature_bears_the_declared_name(names: tuple[str, ...], answer: bool | None) -> None:
    report = SignatureReport(tuple(Signature("pdf", VALID_UNTRUSTED, signer=n) for n in names))
    assert CoveringDocument("1/BC-CTK", TODAY, "Nguyễn Văn A", report=report).has_signers_name is answer


def test_a_broken_signature_says_nothing_of_names() -> None:
    report = SignatureReport((Signature("pdf", INVALID, signer="Nguyễn Văn A"),))
    assert CoveringDocument("1/BC-CTK", TODAY, "Nguyễn Văn A", report=report).has_signers_name is None


def test_a_line_of_text() -> None:
    name = Both("người ký", "signer")
    assert read_line("  Nguyễn  Văn A ", name, is_needed=True) == "Nguyễn Văn A"
    assert read_line("", name) == ""
    for wrong in ("", "...", "A" * (MAX_TEXT + 1), "A\x00B"):
        with pytest.raises(BadValue):
            read_line(wrong, name, is_needed=True)
