"""XML signatures over a document or a part of it; trusted, altered, wrapped, with what must not be expanded."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import keys
from lxml import etree
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from lienvung.domain.signatures import (
    BY_CLAIM,
    BY_STAMP,
    INVALID,
    UNREADABLE,
    VALID_TRUSTED,
    VALID_UNTRUSTED,
    Signature,
)
from tests.validate.signatures.authority import DAY, NOW, Holder, authority, issue, look, middle, officer
from tests.validate.signatures.markup_maker import DS, c14n, enveloped

XML = '<bao-cao Id="goc"><so Id="s1">1234,5</so><ghi-chu>Nghìn người</ghi-chu></bao-cao>'


def one(data: bytes, trust: Path) -> Signature:
    report = look(data, trust)
    assert report.problem is None
    (found,) = report.signatures
    return found


@pytest.mark.parametrize("uri", ["", "#goc"])
def test_a_signed_document(trust: Path, uri: str) -> None:
    found = one(enveloped(officer(), XML, uri), trust)
    assert (found.form, found.state, found.covers_whole) == ("xml", VALID_TRUSTED, True)
    assert (found.signer, found.signed_at, found.time_from) == ("Nguyễn Văn A", NOW, BY_CLAIM)
    assert found.algorithm == "RSA 2048, SHA-256"


def test_a_document_without_a_signature(trust: Path) -> None:
    assert look(XML.encode(), trust).is_unsigned
    assert look(XML.replace("ghi-chu", "Signature").encode(), trust).is_unsigned


def test_a_signer_of_an_unknown_authority(no_trust: Path) -> None:
    assert one(enveloped(officer(), XML), no_trust).state == VALID_UNTRUSTED


@pytest.mark.parametrize(("old", "new"), [("1234,5", "1234,6"), ("Nghìn", "Triệu"), ("<ghi-chu>", "<ghi-chu a='b'>")])
def test_a_changed_document(trust: Path, old: str, new: str) -> None:
    found = one(enveloped(officer(), XML).replace(_ascii(old), _ascii(new)), trust)
    assert found.state == INVALID
    assert found.reason and "thay đổi" in found.reason.vi


def _ascii(text: str) -> bytes:
    return text.encode("ascii", "xmlcharrefreplace")


def test_another_writing_of_the_same_document_is_no_change(trust: Path) -> None:
    data = enveloped(officer(), XML).replace(b'<so Id="s1">', b"<so  Id='s1' >")
    assert one(data, trust).state == VALID_TRUSTED


def test_a_changed_signature_value(trust: Path) -> None:
    data = enveloped(officer(), XML)
    at = data.index(b"<SignatureValue>") + 20
    changed = data[:at] + (b"A" if data[at : at + 1] != b"A" else b"B") + data[at + 1 :]
    found = one(changed, trust)
    assert found.state == INVALID
    assert found.reason and "giá trị chữ ký" in found.reason.vi


def test_a_signature_over_a_part_says_so(trust: Path) -> None:
    data = enveloped(officer(), XML, "#s1")
    found = one(data, trust)
    assert (found.state, found.covers_whole) == (VALID_TRUSTED, False)
    assert any("không bao gồm toàn bộ" in r.vi for r in found.remarks)
    assert one(data.replace(_ascii("Nghìn"), _ascii("Triệu")), trust).covers_whole is False
    assert one(data.replace(b"1234,5", b"9999,9"), trust).state == INVALID


def test_an_element_moved_aside_for_another_of_its_name(trust: Path) -> None:
    """Signature wrapping: the signed element stays somewhere, its id stands twice."""
    data = enveloped(officer(), XML, "#s1")
    wrapped = data.replace(b'<so Id="s1">1234,5</so>', b'<so Id="s1">9999</so><x><so Id="s1">1234,5</so></x>')
    assert one(wrapped, trust).state in (UNREADABLE, INVALID)


def test_a_certificate_that_had_ended(trust: Path) -> None:
    ended = issue("Nguyễn Văn B", middle(), start=NOW - 100 * DAY, end=NOW - 10 * DAY)
    assert one(enveloped(ended, XML, at=NOW - 20 * DAY), trust).state == VALID_TRUSTED
    assert one(enveloped(ended, XML), trust).state == VALID_UNTRUSTED
    found = one(enveloped(ended, XML, at=None), trust)
    assert (found.state, found.signed_at) == (VALID_UNTRUSTED, None)
    assert any("không ghi thời điểm ký" in r.vi for r in found.remarks)


def test_a_weak_digest(trust: Path) -> None:
    found = one(enveloped(officer(), XML, digest="sha1"), trust)
    assert (found.state, found.has_weak_algorithm) == (VALID_UNTRUSTED, True)


def stamped(data: bytes, stamper: Holder, at: datetime) -> bytes:
    """The document with an XAdES time stamp over its signature value."""
    root = etree.fromstring(data)
    made = root.find(f".//{{{DS}}}Signature")
    assert made is not None
    value = made.find(f"{{{DS}}}SignatureValue")
    assert value is not None
    clock = DummyTimeStamper(
        stamper.plain, keys.PrivateKeyInfo.load(stamper.key_der), SimpleCertificateStore(),
        fixed_dt=at.replace(tzinfo=UTC),
    )  # fmt: skip
    token = asyncio.run(clock.async_timestamp(hashlib.sha256(c14n(value)).digest(), "sha256"))
    made.append(etree.fromstring(
        f'<Object xmlns="{DS}"><SignatureTimeStamp xmlns="http://uri.etsi.org/01903/v1.3.2#"><EncapsulatedTimeStamp>'
        f"{base64.b64encode(token.dump()).decode()}</EncapsulatedTimeStamp></SignatureTimeStamp></Object>"
    ))  # fmt: skip
    return bytes(etree.tostring(root))


def test_a_trusted_time_stamp_counts_before_the_signers_word(trust: Path) -> None:
    stamper = issue("TSA", authority(), is_stamper=True)
    ended = issue("Nguyễn Văn B", middle(), start=NOW - 100 * DAY, end=NOW - 10 * DAY)
    plain = enveloped(ended, XML)
    assert one(plain, trust).state == VALID_UNTRUSTED
    found = one(stamped(plain, stamper, NOW - 20 * DAY), trust)
    assert (found.state, found.signed_at, found.time_from) == (VALID_TRUSTED, NOW - 20 * DAY, BY_STAMP)


def test_a_time_stamp_of_another_signature_does_not(trust: Path) -> None:
    stamper = issue("TSA", authority(), is_stamper=True)
    ended = issue("Nguyễn Văn B", middle(), start=NOW - 100 * DAY, end=NOW - 10 * DAY)
    other = stamped(enveloped(officer(), XML), stamper, NOW - 20 * DAY).decode()
    token = other[other.rindex("<Object") : other.rindex("</Signature>")]
    assert "EncapsulatedTimeStamp" in token
    found = one(enveloped(ended, XML).replace(b"</Signature>", token.encode() + b"</Signature>"), trust)
    assert (found.state, found.time_from) == (VALID_UNTRUSTED, BY_CLAIM)
    assert any("dấu thời gian nhưng chưa tin cậy" in r.vi for r in found.remarks)


def test_several_signatures_are_each_verified(trust: Path) -> None:
    first = enveloped(officer(), XML, "#s1").decode()
    stranger = issue("Người lạ", issue("CA lạ", is_authority=True))
    both = enveloped(stranger, first).decode()
    found = look(both.encode(), trust).signatures
    assert [(s.signer, s.state, s.covers_whole) for s in found] == [
        ("Nguyễn Văn A", VALID_TRUSTED, False), ("Người lạ", VALID_UNTRUSTED, True)
    ]  # fmt: skip


def test_more_signatures_than_are_examined(trust: Path) -> None:
    report = look(("<a>" + f'<Signature xmlns="{DS}"/>' * 30 + "</a>").encode(), trust)
    assert len(report.signatures) == 20
    assert report.problem and "20 chữ ký đầu" in report.problem.vi


@pytest.mark.parametrize(
    "old",
    [b"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/></Transforms>", b"http://www.w3.org/2001/04/xmlenc#sha256",
     b"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", b"<X509Certificate>", b"<SignedInfo>"],
)  # fmt: skip
def test_what_is_not_known_here_is_not_called_valid(trust: Path, old: bytes) -> None:
    data = enveloped(officer(), XML)
    assert old in data or old.startswith(b"http")
    changed = data.replace(old.split(b'"')[0], b"<Odd>" if old.startswith(b"<") else b"urn:odd")
    report = look(changed, trust)
    assert not report.is_unsigned
    assert all(not s.is_intact for s in report.signatures)


BOMB = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(12))
    + f']><a><Signature xmlns="{DS}">&m;</Signature></a>'
)
OUTSIDE = f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a><Signature xmlns="{DS}">&x;</Signature></a>'


@pytest.mark.parametrize("data", [BOMB, OUTSIDE, "<a><Signature", "<Signature/>" * 3, "<a>" * 5000 + "Signature"])
def test_a_hostile_document_ends(trust: Path, data: str) -> None:
    report = look(data.encode(), trust)
    assert report.problem is not None and not report.signatures
    assert "root:" not in report.problem.vi
