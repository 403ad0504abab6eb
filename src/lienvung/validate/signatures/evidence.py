"""What was found out about one signature, and the judgement on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from asn1crypto import cms, x509
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus

from lienvung.domain.signatures import (
    BY_CLAIM,
    BY_STAMP,
    INVALID,
    UNREADABLE,
    VALID_TRUSTED,
    VALID_UNTRUSTED,
    Signature,
)
from lienvung.errors import Both
from lienvung.validate.signatures.trust import Trust, as_utc, printable

WEAK_DIGESTS = {"md2", "md4", "md5", "sha1"}
MIN_BITS = {"rsa": 2048, "rsassa_pss": 2048, "dsa": 2048, "ec": 224}
CLOCK_TOLERANCE = timedelta(minutes=15)
"""How far a signer's clock may run ahead of ours."""

REVOCATION = Both("chưa kiểm tra thu hồi chứng thư", "revocation of the certificate was not checked")
_WEAK = Both("thuật toán yếu: {0}; không coi là tin cậy", "weak algorithm: {0}; not taken as trusted")
_FUTURE = Both("thời điểm ký tự khai nằm trong tương lai", "the claimed time of signing lies in the future")
_NO_TIME = Both("chữ ký không ghi thời điểm ký", "the signature does not say when it was made")
_STAMP_FAULT = Both(
    "có dấu thời gian nhưng chưa tin cậy được, nên lấy giờ người ký tự khai",
    "there is a time stamp, but it cannot be trusted; the signer's claim is taken",
)
_PARTLY = Both("chữ ký không bao gồm toàn bộ tệp hiện tại", "the signature does not cover the whole file as it is now")


@dataclass(frozen=True)
class Stamp:
    """A time stamp's moment, and whether it can be trusted."""

    at: datetime
    is_trusted: bool


@dataclass(frozen=True)
class Evidence:
    """One signature, verified but not yet judged. ``fault`` says why it is broken; None: it is intact."""

    form: str
    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...] = ()
    fault: Both | None = None
    digests: tuple[str, ...] = ()
    claimed_at: datetime | None = None
    stamp: Stamp | None = None
    covers_whole: bool | None = None
    remarks: tuple[Both, ...] = ()


def unreadable(form: str, vi: str, en: str) -> Signature:
    """A signature that is there and cannot be verified."""
    return Signature(form, UNREADABLE, Both(vi, en))


def judge(found: Evidence, trust: Trust) -> Signature:
    """What a signature is worth, with everything that a reader should know of it."""
    try:
        return _judge(found, trust)
    except Exception as error:
        # asn1crypto decodes only what is asked for: a broken certificate may show itself as late as here
        why = printable(f"{type(error).__name__}: {error}")
    return unreadable(found.form, f"chứng thư trong chữ ký hỏng ({why})", f"its certificate is broken ({why})")


def _judge(found: Evidence, trust: Trust) -> Signature:
    certificate = found.certificate
    weak = _weak_parts(certificate, found.digests)
    at, time_from, remarks = _moment(found)
    reason = found.fault or _distrust(found, trust, at, time_from, weak)
    state = INVALID if found.fault else VALID_UNTRUSTED if reason else VALID_TRUSTED
    if not found.fault:
        remarks = (*remarks, *_remarks(found, trust, time_from))
    subject = certificate.subject.native
    issuer = certificate.issuer.native
    return Signature(
        form=found.form, state=state, reason=reason, signer=_name(subject, "common_name"),
        organisation=_name(subject, "organization_name"),
        issuer=_name(issuer, "common_name") or _name(issuer, "organization_name"),
        serial=f"{certificate.serial_number:X}"[:64], signed_at=at.replace(tzinfo=None) if at else None,
        time_from=time_from, algorithm=_algorithm(certificate, found.digests), has_weak_algorithm=bool(weak),
        covers_whole=found.covers_whole, valid_from=certificate.not_valid_before.replace(tzinfo=None),
        valid_to=certificate.not_valid_after.replace(tzinfo=None), remarks=(*found.remarks, *remarks),
    )  # fmt: skip


def _moment(found: Evidence) -> tuple[datetime | None, str, tuple[Both, ...]]:
    """When it was signed, on whose word, and what to say of that."""
    if found.stamp and found.stamp.is_trusted:
        return found.stamp.at, BY_STAMP, ()
    remarks = (_STAMP_FAULT,) if found.stamp else ()
    if found.claimed_at:
        return as_utc(found.claimed_at), BY_CLAIM, remarks
    return None, "", (*remarks, _NO_TIME)


def _distrust(found: Evidence, trust: Trust, at: datetime | None, time_from: str, weak: list[str]) -> Both | None:
    if weak:
        return Both(_WEAK.vi.format(", ".join(weak)), _WEAK.en.format(", ".join(weak)))
    if at and time_from == BY_CLAIM and at > trust.now + CLOCK_TOLERANCE:
        return _FUTURE
    return trust.find_fault(found.certificate, found.others, at or trust.now)


def _remarks(found: Evidence, trust: Trust, time_from: str) -> tuple[Both, ...]:
    end = found.certificate.not_valid_after
    late = Both(
        f"chứng thư đã hết hạn ngày {end:%d/%m/%Y}; việc ký khi còn hạn chỉ dựa vào lời khai của người ký",
        f"the certificate expired on {end:%Y-%m-%d}; that it was valid when signing rests on the signer's word",
    )
    said = [late] if end < trust.now and time_from == BY_CLAIM else []
    return (*said, *([_PARTLY] if found.covers_whole is False else []), REVOCATION)


def read_stamp(token: cms.SignedData, trust: Trust, imprint: Callable[[str], bytes]) -> Stamp | None:
    """A time stamp (RFC 3161) over what ``imprint`` hashes; None if there is no readable one."""
    try:
        at = as_utc(token["encap_content_info"]["content"].parsed["gen_time"].native)
        values = asyncio.run(validate_tst_signed_data(token, trust.context(at), imprint))
        status = TimestampSignatureStatus(**values)
        return Stamp(at, bool(trust.roots and status.intact and status.valid and status.trusted))
    except Exception:
        return None


def _weak_parts(certificate: x509.Certificate, digests: tuple[str, ...]) -> list[str]:
    kind, bits = _key(certificate)
    weak = [_digest_name(d) for d in dict.fromkeys(digests) if d in WEAK_DIGESTS]
    return weak + ([f"{kind.upper()} {bits} bit"] if bits and bits < MIN_BITS.get(kind, 0) else [])


def _key(certificate: x509.Certificate) -> tuple[str, int]:
    try:
        return certificate.public_key.algorithm, int(certificate.public_key.bit_size)
    except (ValueError, TypeError, AttributeError, KeyError):
        return str(certificate.public_key.algorithm), 0


def _algorithm(certificate: x509.Certificate, digests: tuple[str, ...]) -> str:
    kind, bits = _key(certificate)
    return ", ".join([f"{kind.upper()} {bits or ''}".strip(), *dict.fromkeys(_digest_name(d) for d in digests)])


def _digest_name(digest: str) -> str:
    return "SHA-" + digest[3:].replace("_", "-") if digest.startswith("sha") else digest.upper()


def _name(names: dict[str, object], part: str) -> str:
    value = names.get(part, "")
    return printable(", ".join(map(str, value)) if isinstance(value, list) else value)
