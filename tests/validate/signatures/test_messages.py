"""CMS signatures: attached and detached, of one and several signers; trusted, unknown, altered, expired, weak."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import algos, cms, core, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.serialization import pkcs7

from lienvung.domain.signatures import BY_CLAIM, INVALID, UNREADABLE, VALID_TRUSTED, VALID_UNTRUSTED, Signature
from tests.validate.signatures.authority import (
    DAY,
    NOW,
    Holder,
    authority,
    issue,
    look,
    middle,
    officer,
    rsa_key,
    trust_folder,
)

CONTENT = "Báo cáo số liệu tháng 10 năm 2026".encode()


def sign(holder: Holder, content: bytes, *, detached: bool = True, at: datetime = NOW, digest: str = "sha256",
         has_certificate: bool = True) -> bytes:  # fmt: skip
    """A CMS message with one signer and a chosen time and digest."""
    return message([(holder, at, digest)], content, detached=detached, has_certificate=has_certificate)


def message(signers: list[tuple[Holder, datetime, str]], content: bytes, *, detached: bool,
            has_certificate: bool = True) -> bytes:  # fmt: skip
    infos = [_signer(*signer, content) for signer in signers]
    certificates = {
        c.public_bytes(serialization.Encoding.DER) for h, _, _ in signers for c in (h.certificate, *h.chain)
    }
    data = cms.SignedData({
        "version": "v1", "digest_algorithms": [info["digest_algorithm"] for info in infos],
        "encap_content_info": {"content_type": "data", **({} if detached else {"content": content})},
        "certificates": [cms.CertificateChoices("certificate", x509.Certificate.load(c)) for c in certificates
                         if has_certificate],
        "signer_infos": infos,
    })  # fmt: skip
    return cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()


def _signer(holder: Holder, at: datetime, digest: str, content: bytes) -> cms.SignerInfo:
    hashed = hashes.Hash(getattr(hashes, digest.upper())())
    hashed.update(content)
    moment = cms.Time("utc_time", core.UTCTime(at.replace(tzinfo=UTC)))
    attributes = cms.CMSAttributes([
        cms.CMSAttribute({"type": "content_type", "values": ["data"]}),
        cms.CMSAttribute({"type": "message_digest", "values": [hashed.finalize()]}),
        cms.CMSAttribute({"type": "signing_time", "values": [moment]}),
    ])  # fmt: skip
    own = x509.Certificate.load(holder.der)
    kind = getattr(hashes, digest.upper())()
    if isinstance(holder.key, ec.EllipticCurvePrivateKey):
        value, mechanism = holder.key.sign(attributes.dump(), ec.ECDSA(kind)), f"{digest}_ecdsa"
    else:
        value, mechanism = holder.key.sign(attributes.dump(), padding.PKCS1v15(), kind), f"{digest}_rsa"
    sid = cms.IssuerAndSerialNumber({"issuer": own.issuer, "serial_number": own.serial_number})
    return cms.SignerInfo({
        "version": "v1", "sid": cms.SignerIdentifier("issuer_and_serial_number", sid),
        "digest_algorithm": algos.DigestAlgorithm({"algorithm": digest}), "signed_attrs": attributes,
        "signature_algorithm": algos.SignedDigestAlgorithm({"algorithm": mechanism}), "signature": value,
    })  # fmt: skip


def beside(blob: bytes, trust: Path, content: bytes = CONTENT) -> Signature:
    report = look(content, trust, blob)
    assert report.problem is None
    (found,) = report.signatures
    return found


def test_a_detached_signature_of_a_known_signer(trust: Path) -> None:
    found = beside(sign(officer(), CONTENT), trust)
    assert (found.state, found.reason, found.form) == (VALID_TRUSTED, None, "cms_detached")
    assert (found.signer, found.organisation) == ("Nguyễn Văn A", "Cục Thống kê tỉnh thử nghiệm")
    assert found.issuer == "CA cơ quan nhà nước thử nghiệm"
    assert found.serial == f"{officer().certificate.serial_number:X}"
    assert (found.signed_at, found.time_from) == (NOW, BY_CLAIM)
    assert (found.algorithm, found.has_weak_algorithm, found.covers_whole) == ("RSA 2048, SHA-256", False, True)
    assert "chưa kiểm tra thu hồi" in found.remarks[-1].vi


def test_another_maker_of_messages_is_understood(trust: Path) -> None:
    now = datetime.now(UTC).replace(tzinfo=None)  # this maker writes the time of day into the message
    above = issue("CA của hôm nay", authority(), is_authority=True, start=now - DAY, end=now + DAY)
    signer = issue("Người ký hôm nay", above, start=now - DAY, end=now + DAY)
    builder = pkcs7.PKCS7SignatureBuilder().set_data(CONTENT)
    builder = builder.add_signer(signer.certificate, signer.key, hashes.SHA384())
    builder = builder.add_certificate(above.certificate)
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    folder = trust_folder(trust, above)
    for encoding in (serialization.Encoding.DER, serialization.Encoding.PEM):
        (found,) = look(CONTENT, folder, builder.sign(encoding, options), now).signatures
        assert (found.state, found.algorithm) == (VALID_TRUSTED, "RSA 2048, SHA-384")


def test_nobody_is_trusted_without_certificates_to_trust(no_trust: Path) -> None:
    found = beside(sign(officer(), CONTENT), no_trust)
    assert found.state == VALID_UNTRUSTED
    assert found.reason and "trust" in found.reason.vi and found.is_intact


def test_a_signer_of_an_unknown_authority(trust: Path) -> None:
    stranger = issue("Người lạ", issue("CA lạ", is_authority=True))
    found = beside(sign(stranger, CONTENT), trust)
    assert (found.state, found.signer) == (VALID_UNTRUSTED, "Người lạ")


def test_an_authority_of_the_same_name_is_not_the_authority(trust: Path) -> None:
    false = issue("CA gốc thử nghiệm", is_authority=True, key=rsa_key(77))
    assert beside(sign(issue("Nguyễn Văn A", false), CONTENT), trust).state == VALID_UNTRUSTED


def test_a_person_cannot_issue_certificates(trust: Path) -> None:
    below = issue("Giám đốc giả", officer())
    assert beside(sign(below, CONTENT), trust).state == VALID_UNTRUSTED


def test_a_certificate_that_was_not_issued_for_signing(trust: Path) -> None:
    found = beside(sign(issue("Máy chủ", middle(), can_sign=False), CONTENT), trust)
    assert found.state == VALID_UNTRUSTED
    assert found.reason and "không được cấp để ký" in found.reason.vi


@pytest.mark.parametrize("place", [0, 10, len(CONTENT) - 1])
def test_one_changed_byte_of_the_file(trust: Path, place: int) -> None:
    changed = CONTENT[:place] + bytes([CONTENT[place] ^ 1]) + CONTENT[place + 1 :]
    found = beside(sign(officer(), CONTENT), trust, changed)
    assert (found.state, found.covers_whole) == (INVALID, False)
    assert found.reason and "thay đổi" in found.reason.vi


def test_a_changed_signature_value(trust: Path) -> None:
    blob = bytearray(sign(officer(), CONTENT))
    blob[-5] ^= 1
    found = beside(bytes(blob), trust)
    assert found.state == INVALID
    assert found.reason and "giá trị chữ ký" in found.reason.vi


def test_a_changed_signing_time_is_seen(trust: Path) -> None:
    blob = sign(officer(), CONTENT)
    assert beside(blob.replace(b"261123030000Z", b"251123030000Z"), trust).state == INVALID


def test_a_certificate_that_had_ended_when_it_signed(trust: Path) -> None:
    ended = issue("Nguyễn Văn B", middle(), start=NOW - 100 * DAY, end=NOW - 10 * DAY)
    found = beside(sign(ended, CONTENT, at=NOW - 5 * DAY), trust)
    assert found.state == VALID_UNTRUSTED
    assert found.reason and "không bao gồm thời điểm ký 18/11/2026" in found.reason.vi


def test_a_certificate_that_ended_since_is_told(trust: Path) -> None:
    ended = issue("Nguyễn Văn B", middle(), start=NOW - 100 * DAY, end=NOW - 10 * DAY)
    found = beside(sign(ended, CONTENT, at=NOW - 15 * DAY), trust)
    assert found.state == VALID_TRUSTED
    assert any("hết hạn ngày 13/11/2026" in r.vi for r in found.remarks)


def test_a_time_in_the_future(trust: Path) -> None:
    found = beside(sign(officer(), CONTENT, at=NOW + DAY), trust)
    assert found.state == VALID_UNTRUSTED
    assert found.reason and "tương lai" in found.reason.vi


@pytest.mark.parametrize("digest", ["sha1", "md5"])
def test_a_weak_digest_is_told_and_not_trusted(trust: Path, digest: str) -> None:
    found = beside(sign(officer(), CONTENT, digest=digest), trust)
    assert (found.state, found.has_weak_algorithm) == (VALID_UNTRUSTED, True)
    assert found.reason and {"sha1": "SHA-1", "md5": "MD5"}[digest] in found.reason.vi


def test_a_short_key_is_weak(trust: Path) -> None:
    found = beside(sign(issue("Khóa ngắn", middle(), key=rsa_key(5, 1024)), CONTENT), trust)
    assert (found.state, found.algorithm) == (VALID_UNTRUSTED, "RSA 1024, SHA-256")


def test_an_elliptic_curve_key(trust: Path) -> None:
    signer = issue("Đường cong", middle(), key=ec.generate_private_key(ec.SECP256R1()))
    found = beside(sign(signer, CONTENT), trust)
    assert (found.state, found.algorithm) == (VALID_TRUSTED, "EC 256, SHA-256")


def test_a_message_with_its_content(trust: Path) -> None:
    report = look(sign(officer(), CONTENT, detached=False), trust)
    (found,) = report.signatures
    assert (found.form, found.state, found.covers_whole) == ("cms", VALID_TRUSTED, True)


def test_a_message_beside_a_file_must_hold_that_file(trust: Path) -> None:
    blob = sign(officer(), CONTENT, detached=False)
    assert beside(blob, trust).state == VALID_TRUSTED
    assert beside(blob, trust, CONTENT + b"!").state == INVALID


def test_a_detached_signature_handed_in_as_the_file(trust: Path) -> None:
    (found,) = look(sign(officer(), CONTENT), trust).signatures
    assert found.state == UNREADABLE
    assert found.reason and "thiếu tệp được ký" in found.reason.vi


def test_each_signer_is_judged_alone(trust: Path) -> None:
    stranger = issue("Người lạ", issue("CA lạ", is_authority=True))
    blob = message([(officer(), NOW, "sha256"), (stranger, NOW, "sha512")], CONTENT, detached=True)
    found = look(CONTENT, trust, blob).signatures
    assert [(s.signer, s.state) for s in found] == [("Nguyễn Văn A", VALID_TRUSTED), ("Người lạ", VALID_UNTRUSTED)]


def test_a_signature_without_its_certificate(trust: Path) -> None:
    found = beside(sign(officer(), CONTENT, has_certificate=False), trust)
    assert found.state == UNREADABLE
    assert found.reason and "không kèm chứng thư" in found.reason.vi


@pytest.mark.parametrize("blob", [b"", b"0", b"0\x80" * 5000, b"%PDF-1.7", b"\x30\x84\xff\xff\xff\xff", bytes(1000)])
def test_rubbish_beside_a_file(trust: Path, blob: bytes) -> None:
    assert beside(blob, trust).state == UNREADABLE


@pytest.mark.parametrize("size", [20, 100, 500, 1500])
def test_a_broken_message_handed_in_as_the_file_is_not_called_unsigned(trust: Path, size: int) -> None:
    (found,) = look(sign(officer(), CONTENT, detached=False)[:size], trust).signatures
    assert not found.is_intact


def test_a_broken_certificate_is_told(trust: Path) -> None:
    name = officer().certificate.subject.public_bytes()
    blob = sign(officer(), CONTENT)
    broken = name[:-12] + bytes([name[-12] ^ 0x40]) + name[-11:]
    assert beside(blob.replace(name, broken), trust).state in (UNREADABLE, INVALID, VALID_UNTRUSTED)
    assert beside(blob.replace(b"Th\xe1\xbb\x91ng", b"Th\xff\xbb\x91ng"), trust).state == UNREADABLE


@pytest.mark.parametrize("size", [20, 200, 1000, 2000])
def test_a_message_cut_off(trust: Path, size: int) -> None:
    assert beside(sign(officer(), CONTENT)[:size], trust).state in (UNREADABLE, INVALID)


def test_names_cannot_turn_the_text_around(trust: Path) -> None:
    found = beside(sign(issue("A\u202eB\nC" + "x" * 50, middle()), CONTENT), trust)
    assert found.signer == "ABC" + "x" * 50


def test_a_trust_folder_with_rubbish_names_the_file(tmp_path: Path) -> None:
    folder = trust_folder(tmp_path / "t")
    (folder / "hong.pem").write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    (folder / "ghi-chu.txt").write_text("không phải chứng thư", "utf-8")
    found = beside(sign(officer(), CONTENT), folder)
    assert found.reason and "hong.pem" in found.reason.vi and "ghi-chu" not in found.reason.vi


def test_any_certificate_of_the_folder_is_believed(tmp_path: Path) -> None:
    folder = trust_folder(tmp_path / "t", issue("CA lạ", is_authority=True), middle())
    assert beside(sign(officer(), CONTENT), folder).state == VALID_TRUSTED
    assert beside(sign(officer(), CONTENT), trust_folder(tmp_path / "u", authority())).state == VALID_TRUSTED
