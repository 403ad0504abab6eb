"""CMS signatures (PKCS#7): with their content (.p7m), or detached beside a file (.p7s); any number of signers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from asn1crypto import cms, core, pem, x509
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import (
    extract_self_reported_ts,
    extract_tst_data_iter,
    message_imprint_checker,
    validate_sig_integrity,
)

from lienvung.domain.signatures import Signature
from lienvung.errors import Both
from lienvung.validate.signatures.apart import Limits
from lienvung.validate.signatures.evidence import Evidence, Stamp, judge, read_stamp, unreadable
from lienvung.validate.signatures.trust import Trust, printable

ALTERED = Both(
    "nội dung đã bị thay đổi sau khi ký (mã băm không khớp)",
    "the content was changed after signing (its digest does not match)",
)
BROKEN = Both("giá trị chữ ký không khớp với chứng thư", "the signature value does not match the certificate")
_NO_CERTIFICATE = ("chữ ký không kèm chứng thư của người ký", "the signer's certificate is not in the signature")


def load_signed_data(blob: bytes) -> cms.SignedData:
    """The SignedData of a CMS message in DER, BER or PEM.

    Raises:
        ValueError: it is none.
    """
    der = pem.unarmor(blob)[2] if pem.detect(blob[:4096]) else blob
    message = cms.ContentInfo.load(der)
    if message["content_type"].native != "signed_data":
        raise ValueError(message["content_type"].native)
    signed: cms.SignedData = message["content"]
    signed["signer_infos"].native  # noqa: B018 - decode now, so that a broken one shows itself here
    return signed


def examine_message(blob: bytes, content: bytes | None, trust: Trust, limits: Limits) -> list[Signature]:
    """Every signature of a CMS message; ``content`` is the file beside it, None if the message holds its own."""
    form = "cms" if content is None else "cms_detached"
    try:
        signed = load_signed_data(blob)
        inner = signed["encap_content_info"]["content"]
        own = None if isinstance(inner, core.Void) or inner is core.VOID else bytes(inner)
        certificates = certificates_of(signed, limits)
    except Exception as error:
        why = printable(error)
        return [unreadable(form, f"tệp chữ ký hỏng hoặc không phải CMS ({why})", f"not a readable CMS message ({why})")]
    if own is None and content is None:
        return [unreadable(form, "chữ ký rời, thiếu tệp được ký", "a detached signature without its file")]
    mismatch = own is not None and content is not None and own != content
    signed_bytes = own if own is not None else content or b""
    found = []
    for signer in list(signed["signer_infos"])[: limits.signatures]:
        evidence = examine_signer(form, signed, signer, certificates, trust, lambda name: digest(name, signed_bytes))
        if isinstance(evidence, Evidence):
            evidence = judge(_whole(evidence, ALTERED if mismatch else evidence.fault), trust)
        found.append(evidence)
    if not found:
        return [unreadable(form, "thông điệp CMS không có người ký", "the CMS message has no signer")]
    return found


def examine_signer(
    form: str, signed: cms.SignedData, signer: cms.SignerInfo, certificates: tuple[x509.Certificate, ...],
    trust: Trust, digest_of: Callable[[str], bytes],
) -> Evidence | Signature:  # fmt: skip
    """Verify one signer of a CMS message over content that ``digest_of`` hashes."""
    try:
        certificate = next((c for c in certificates if _is_signer(signer["sid"], c)), None)
        if certificate is None:
            return unreadable(form, *_NO_CERTIFICATE)
        name = signer["digest_algorithm"]["algorithm"].native
        kind = signed["encap_content_info"]["content_type"].native
        fault = _check(signer, certificate, kind, digest_of(name))
        return Evidence(
            form=form, certificate=certificate, others=tuple(c for c in certificates if c is not certificate),
            fault=fault, digests=(name, _signature_digest(signer, name)), claimed_at=extract_self_reported_ts(signer),
            stamp=_stamp(signer, trust),
        )  # fmt: skip
    except SignatureValidationError as error:
        why = printable(error.failure_message)
    except Exception as error:
        why = printable(f"{type(error).__name__}: {error}")
    return unreadable(form, f"không kiểm tra được ({why})", f"it could not be verified ({why})")


def _check(signer: cms.SignerInfo, certificate: x509.Certificate, kind: str, digest_value: bytes) -> Both | None:
    intact, valid = validate_sig_integrity(signer, certificate, kind, digest_value)
    if not valid:
        return BROKEN
    return None if intact else ALTERED


def _signature_digest(signer: cms.SignerInfo, otherwise: str) -> str:
    try:
        return str(signer["signature_algorithm"].hash_algo)
    except ValueError:
        return otherwise


def _stamp(signer: cms.SignerInfo, trust: Trust) -> Stamp | None:
    best: Stamp | None = None
    for token in list(extract_tst_data_iter(signer, signed=False))[:3]:
        stamp = read_stamp(token, trust, message_imprint_checker(signer))
        if stamp and (best is None or stamp.is_trusted):
            best = stamp
    return best


def certificates_of(signed: cms.SignedData, limits: Limits) -> tuple[x509.Certificate, ...]:
    """The X.509 certificates inside a CMS message."""
    if signed["certificates"] is core.VOID or isinstance(signed["certificates"], core.Void):
        return ()
    chosen = [c.chosen for c in list(signed["certificates"])[: limits.certificates]]
    return tuple(c for c in chosen if isinstance(c, x509.Certificate))


def _is_signer(sid: cms.SignerIdentifier, certificate: x509.Certificate) -> bool:
    if sid.name == "issuer_and_serial_number":
        same = sid.chosen["issuer"].dump() == certificate.issuer.dump() or sid.chosen["issuer"] == certificate.issuer
        return bool(same and sid.chosen["serial_number"].native == certificate.serial_number)
    return bool(certificate.key_identifier and sid.chosen.native == certificate.key_identifier)


def digest(name: str, data: bytes) -> bytes:
    """The digest of bytes by an algorithm's ASN.1 name."""
    return hashlib.new(name, data, usedforsecurity=False).digest()


def _whole(evidence: Evidence, fault: Both | None) -> Evidence:
    return replace(evidence, fault=fault, covers_whole=fault is None)
