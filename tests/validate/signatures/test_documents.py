"""Signatures inside a PDF: trusted, unknown, altered, updated after signing, several, stamped, hostile."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from asn1crypto import keys
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from lienvung.domain.signatures import (
    BY_CLAIM,
    BY_STAMP,
    INVALID,
    UNREADABLE,
    VALID_TRUSTED,
    VALID_UNTRUSTED,
    SignatureReport,
)
from tests.validate.signatures.authority import DAY, Holder, issue, look, trust_folder

CLOCK = datetime.now(UTC).replace(tzinfo=None, microsecond=0)  # the signer writes the time of day
LATER = CLOCK + timedelta(minutes=5)


@cache
def root() -> Holder:
    return issue("CA gốc PDF", is_authority=True, start=CLOCK - 900 * DAY, end=CLOCK + 900 * DAY)


@cache
def person(name: str = "Trần Thị B", start: int = -300, end: int = 300) -> Holder:
    return issue(name, root(), organisation="UBND thử nghiệm", start=CLOCK + start * DAY, end=CLOCK + end * DAY)


@cache
def stamper() -> Holder:
    return issue("TSA thử", root(), is_stamper=True, start=CLOCK - 400 * DAY, end=CLOCK + 400 * DAY)


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    return trust_folder(tmp_path / "trust", root())


@cache
def plain_pdf(text: str = "Cong van so 1234/BC-CTK") -> bytes:
    writer = PdfFileWriter(stream_xrefs=False)
    font = generic.DictionaryObject({
        generic.pdf_name("/Type"): generic.pdf_name("/Font"), generic.pdf_name("/Subtype"): generic.pdf_name("/Type1"),
        generic.pdf_name("/BaseFont"): generic.pdf_name("/Helvetica"),
    })  # fmt: skip
    fonts = generic.DictionaryObject({generic.pdf_name("/F1"): writer.add_object(font)})
    content = generic.StreamObject(stream_data=f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET".encode())
    page = PageObject(
        contents=writer.add_object(content), media_box=(0, 0, 595, 842),
        resources=generic.DictionaryObject({generic.pdf_name("/Font"): fonts}),
    )  # fmt: skip
    writer.insert_page(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def sign(data: bytes, holder: Holder, field: str = "Ky1", *, stamp_at: datetime | None = None, digest: str = "sha256",
         lock: MDPPerm | None = None) -> bytes:  # fmt: skip
    store = SimpleCertificateStore()
    for each in holder.chain:
        store.register(Holder(each, holder.key).plain)
    signer = signers.SimpleSigner(holder.plain, keys.PrivateKeyInfo.load(holder.key_der), store)
    meta = signers.PdfSignatureMetadata(
        field_name=field, md_algorithm=digest, certify=lock is not None, docmdp_permissions=lock or MDPPerm.FILL_FORMS
    )
    clock = _stamper(stamp_at) if stamp_at else None
    out = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), meta, signer, timestamper=clock)
    return bytes(out.getvalue())


def _stamper(at: datetime) -> DummyTimeStamper:
    own = keys.PrivateKeyInfo.load(stamper().key_der)
    return DummyTimeStamper(stamper().plain, own, SimpleCertificateStore(), fixed_dt=at.replace(tzinfo=UTC))


def update(data: bytes, text: str = "BT /F1 12 Tf 72 600 Td (da sua) Tj ET") -> bytes:
    """The PDF with an update appended that writes over the page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    page[generic.pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=text.encode()))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def see(data: bytes, trust: Path, now: datetime = LATER) -> SignatureReport:
    return look(data, trust, None, now)


def test_a_signed_pdf(trust: Path) -> None:
    (found,) = see(sign(plain_pdf(), person()), trust).signatures
    assert (found.form, found.state, found.reason) == ("pdf", VALID_TRUSTED, None)
    assert (found.signer, found.organisation, found.issuer) == ("Trần Thị B", "UBND thử nghiệm", "CA gốc PDF")
    assert found.covers_whole and found.time_from == BY_CLAIM
    assert found.signed_at and abs(found.signed_at - datetime.now(UTC).replace(tzinfo=None)) < timedelta(minutes=5)


def test_a_pdf_without_a_signature(trust: Path) -> None:
    assert see(plain_pdf(), trust).is_unsigned


def test_a_pdf_of_an_unknown_signer(tmp_path: Path) -> None:
    (found,) = see(sign(plain_pdf(), person()), tmp_path / "none").signatures
    assert (found.state, found.is_intact) == (VALID_UNTRUSTED, True)


@pytest.mark.parametrize("mark", [b"1234/BC-CTK", b"/Helvetica", b"/MediaBox"])
def test_one_changed_byte(trust: Path, mark: bytes) -> None:
    data = bytearray(sign(plain_pdf(), person()))
    data[data.index(mark) + 1] ^= 1
    (found,) = see(bytes(data), trust).signatures
    assert found.state == INVALID
    assert found.reason and "thay đổi" in found.reason.vi


def test_every_byte_outside_the_signature_counts(trust: Path) -> None:
    data = sign(plain_pdf(), person())
    start = data.index(b"/ByteRange")
    for place in (5, 100, start + 12, len(data) - 10, len(data) - 3):
        changed = bytearray(data)
        changed[place] ^= 1
        report = see(bytes(changed), trust)
        assert not report.is_unsigned
        assert all(s.state in (INVALID, UNREADABLE) for s in report.signatures), place


def test_an_update_after_signing_that_changes_the_page(trust: Path) -> None:
    (found,) = see(update(sign(plain_pdf(), person())), trust).signatures
    assert (found.state, found.covers_whole) == (INVALID, False)
    assert found.reason and "sửa thêm sau khi ký" in found.reason.vi


def test_bytes_after_the_end(trust: Path) -> None:
    (found,) = see(sign(plain_pdf(), person()) + b"\n% them vao", trust).signatures
    assert (found.state, found.covers_whole) == (INVALID, False)
    (found,) = see(sign(plain_pdf(), person()) + b"\r\n", trust).signatures
    assert (found.state, found.covers_whole) == (VALID_TRUSTED, False)


def test_a_change_before_signing_is_no_harm(trust: Path) -> None:
    (found,) = see(sign(update(plain_pdf()), person()), trust).signatures
    assert (found.state, found.covers_whole) == (VALID_TRUSTED, True)


def test_two_signatures_one_after_the_other(trust: Path) -> None:
    stranger = issue("Người lạ", issue("CA lạ", is_authority=True), start=CLOCK - DAY, end=CLOCK + DAY)
    first, second = see(sign(sign(plain_pdf(), person()), stranger, "Ky2"), trust).signatures
    assert (first.signer, first.state, first.covers_whole) == ("Trần Thị B", VALID_TRUSTED, False)
    assert any("thêm chữ ký khác" in r.vi for r in first.remarks)
    assert (second.signer, second.state, second.covers_whole) == ("Người lạ", VALID_UNTRUSTED, True)


def test_a_second_signature_that_the_first_forbade(trust: Path) -> None:
    locked = sign(plain_pdf(), person(), lock=MDPPerm.FILL_FORMS)
    assert [s.state for s in see(sign(locked, person(), "Ky2"), trust).signatures] == [VALID_TRUSTED] * 2
    store = SimpleCertificateStore()
    own = signers.SimpleSigner(person().plain, keys.PrivateKeyInfo.load(person().key_der), store)
    shut = sign(plain_pdf(), person(), lock=MDPPerm.NO_CHANGES)
    with pytest.raises(Exception, match=r".+"):  # the signer refuses; a forger would not
        signers.sign_pdf(
            IncrementalPdfFileWriter(io.BytesIO(shut)), signers.PdfSignatureMetadata(field_name="Ky2"), own
        )
    (found,) = see(update(shut), trust).signatures
    assert found.state == INVALID


def test_a_certificate_that_had_ended(trust: Path) -> None:
    (found,) = see(sign(plain_pdf(), person("Hết hạn", -300, -1)), trust).signatures
    assert found.state == VALID_UNTRUSTED
    assert found.reason and "không bao gồm thời điểm ký" in found.reason.vi


def test_a_trusted_time_stamp_counts_before_the_signers_word(trust: Path) -> None:
    at = CLOCK - 2 * DAY
    (found,) = see(sign(plain_pdf(), person("Hết hạn", -300, -1), stamp_at=at), trust).signatures
    assert (found.state, found.signed_at, found.time_from) == (VALID_TRUSTED, at, BY_STAMP)


def test_a_time_stamp_of_an_unknown_authority_does_not(tmp_path: Path) -> None:
    holder = person()
    folder = trust_folder(tmp_path / "only-the-signer", holder)
    (found,) = see(sign(plain_pdf(), holder, stamp_at=CLOCK - 2 * DAY), folder).signatures
    assert (found.state, found.time_from) == (VALID_TRUSTED, BY_CLAIM)
    assert any("dấu thời gian nhưng chưa tin cậy" in r.vi for r in found.remarks)


def test_a_document_time_stamp(trust: Path) -> None:
    out = PdfTimeStamper(_stamper(CLOCK)).timestamp_pdf(
        IncrementalPdfFileWriter(io.BytesIO(sign(plain_pdf(), person()))), "sha256"
    )
    signature, stamp = see(out.getvalue(), trust).signatures
    assert signature.state == VALID_TRUSTED
    assert (stamp.form, stamp.state, stamp.signed_at, stamp.time_from) == ("pdf_stamp", VALID_TRUSTED, CLOCK, BY_STAMP)
    data = bytearray(out.getvalue())
    data[data.index(b"1234/BC-CTK")] ^= 1
    assert {s.state for s in see(bytes(data), trust).signatures} == {INVALID}


def test_a_weak_digest(trust: Path) -> None:
    (found,) = see(sign(plain_pdf(), person(), digest="sha1"), trust).signatures
    assert (found.state, found.has_weak_algorithm) == (VALID_UNTRUSTED, True)


def test_a_gap_that_hides_more_than_the_signature(trust: Path) -> None:
    """The signed range is moved so that it leaves out bytes that are not the signature's value."""
    data = sign(plain_pdf(), person())
    start = data.index(b"/ByteRange [") + len(b"/ByteRange [")
    end = data.index(b"]", start)
    numbers = [int(n) for n in data[start:end].split()]
    moved = [numbers[0], numbers[1] - 20, numbers[2], numbers[3]]
    forged = data[:start] + " ".join(map(str, moved)).encode().ljust(end - start) + data[end:]
    (found,) = see(forged, trust).signatures
    assert found.state == INVALID


def test_an_unknown_kind_of_signature(trust: Path) -> None:
    (found,) = see(
        sign(plain_pdf(), person()).replace(b"adbe.pkcs7.detached", b"adbe.x509.rsa_sha1."), trust
    ).signatures
    assert found.state == UNREADABLE
    assert found.reason and "không hỗ trợ" in found.reason.vi


def test_a_signature_that_no_field_holds(trust: Path) -> None:
    data = sign(plain_pdf(), person()).replace(b"/AcroForm", b"/AcroGorm")
    (found,) = see(data, trust).signatures
    assert found.state == UNREADABLE
    assert found.reason and "dấu vết" in found.reason.vi


@pytest.mark.parametrize("part", [0.5, 0.7, 0.9, 0.99])
def test_a_pdf_cut_off_is_never_called_unsigned_nor_valid(trust: Path, part: float) -> None:
    data = sign(plain_pdf(), person())
    report = see(data[: int(len(data) * part)], trust)
    assert not report.is_unsigned
    assert all(not s.is_intact for s in report.signatures)


LOOP = b"""%PDF-1.7
1 0 obj <</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[3 0 R]>>>> endobj
2 0 obj <</Type/Pages/Kids[]/Count 0>> endobj
3 0 obj <</FT/Sig/T(a)/Kids[3 0 R]/V 3 0 R/Parent 3 0 R>> endobj
"""


def _with_table(body: bytes) -> bytes:
    places = [body.index(b"%d 0 obj" % n) for n in (1, 2, 3)]
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % p for p in places)
    return body + table + b"trailer <</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(body)


@pytest.mark.parametrize(
    "data",
    [
        _with_table(LOOP),
        _with_table(LOOP).replace(b"trailer <<", b"trailer <</Prev 300 "),
        b"%PDF-1.7\nstartxref\n0\n%%EOF",
        b"%PDF-1.7\n" + b"[" * 100_000,
        b"%PDF-1.7\n1 0 obj " + b"<<" * 50_000 + b"\nstartxref\n9\n%%EOF",
    ],
    ids=["loop", "prev", "table-at-0", "brackets", "dictionaries"],
)
def test_a_hostile_pdf_ends(trust: Path, data: bytes) -> None:
    report = see(data, trust)
    assert not report.is_unsigned
    assert all(not s.is_intact for s in report.signatures)
