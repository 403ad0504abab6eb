"""What a reader is told of a covering document: every state in words, and the absence of a signature too."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from lienvung.domain.covering import CoveringDocument
from lienvung.domain.signatures import BY_STAMP, FORMS, INVALID, STATES, VALID_TRUSTED, Signature, SignatureReport
from lienvung.errors import Both
from lienvung.present.covering import covering_record, render_covering

AT = datetime(2026, 11, 2, 18, 0)
GOOD = Signature("pdf", VALID_TRUSTED, None, "Nguyễn Văn A", "Cục Thống kê", "CA", "0A", AT, BY_STAMP, "RSA 2048",
                 remarks=(Both("chưa kiểm tra thu hồi", "not checked"),))  # fmt: skip


def letter(report: SignatureReport | None, own: SignatureReport | None = None) -> CoveringDocument:
    return CoveringDocument("1234/BC-CTK", date(2026, 11, 2), "Nguyễn Văn A", "Cục Thống kê", "Cục trưởng", "Tháng 10",
                            "a" * 64, "cv.pdf", None, report, own)  # fmt: skip


def test_a_good_signature_in_both_languages() -> None:
    said = render_covering(letter(SignatureReport((GOOD,))), "an", AT, "vi")
    for part in ("1234/BC-CTK ngày 02/11/2026", "Nguyễn Văn A, Cục trưởng, Cục Thống kê", "trích yếu: Tháng 10",
                 "an, 01:00 03/11/2026", "hợp lệ, chứng thư tin cậy", "dấu thời gian tin cậy", "thu hồi"):  # fmt: skip
        assert part in said, said
    english = render_covering(letter(SignatureReport((GOOD,))), "an", AT, "en")
    assert "valid, trusted certificate" in english and "2026-11-03 01:00 (UTC+7)" in english


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("form", FORMS)
def test_every_state_and_form_has_its_words(state: str, form: str) -> None:
    report = SignatureReport((Signature(form, state, Both("vì thế", "because")),))
    for lang in ("vi", "en"):
        said = render_covering(letter(report), "an", AT, lang)
        assert getattr(STATES[state], lang) in said and getattr(FORMS[form], lang) in said
        assert getattr(Both("vì thế", "because"), lang) in said


def test_no_signature_no_file_and_an_unknown_answer_differ() -> None:
    none = render_covering(letter(SignatureReport()), "an", AT, "vi")
    no_file = render_covering(letter(None), "an", AT, "vi")
    unknown = render_covering(letter(SignatureReport((), Both("không đọc được", "unread"))), "an", AT, "vi")
    assert "Không có chữ ký số" in none
    assert "Không có chữ ký số" not in no_file + unknown
    assert "chỉ do người nộp khai" in no_file and "không đọc được" in unknown


def test_another_name_than_declared_is_told() -> None:
    other = Signature("pdf", VALID_TRUSTED, signer="Trần Văn C")
    assert "tên người ký đã khai" in render_covering(letter(SignatureReport((other,))), "an", AT, "vi")
    assert "tên người ký đã khai" not in render_covering(letter(SignatureReport((GOOD,))), "an", AT, "vi")


def test_a_signature_in_the_figures_is_told() -> None:
    own = SignatureReport((Signature("ooxml", INVALID, Both("bị sửa", "changed")),))
    said = render_covering(letter(SignatureReport((GOOD,)), own), "an", AT, "vi")
    assert "Tệp số liệu:" in said and "KHÔNG hợp lệ" in said
    assert "Tệp số liệu" not in render_covering(letter(SignatureReport((GOOD,)), SignatureReport()), "an", AT, "vi")


def test_a_record_is_plain() -> None:
    record = covering_record(letter(SignatureReport((GOOD,))), "an", AT, "vi")
    signatures = record["signatures"]
    assert isinstance(signatures, dict)
    assert signatures["signatures"][0]["signed_at"] == "2026-11-02T18:00:00Z"
    assert (record["date"], record["has_signers_name"]) == ("2026-11-02", True)
    assert record["signatures_of_figures"] is None
