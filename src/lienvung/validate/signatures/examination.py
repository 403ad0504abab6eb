"""Which kind of file it is, and so where its signatures are looked for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from lienvung.domain.signatures import SignatureReport
from lienvung.validate.signatures.apart import Limits
from lienvung.validate.signatures.evidence import unreadable
from lienvung.validate.signatures.messages import examine_message
from lienvung.validate.signatures.trust import Trust, read_trust

_SIGNED_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
_OLE = b"\xd0\xcf\x11\xe0"
_OLE_SIGNATURES = tuple(name.encode("utf-16-le") for name in ("_xmlsignatures", "_signatures"))


def examine(data: bytes, detached: bytes | None, trust_folder: Path, now: datetime, limits: Limits) -> SignatureReport:
    """Every signature inside a file, then those of the signature file beside it."""
    trust = read_trust(trust_folder, now)
    inside = _examine_file(data, trust, limits)
    if detached is None:
        return inside
    beside = examine_message(detached, data, trust, limits)
    return SignatureReport((*inside.signatures, *beside), inside.problem)


def _examine_file(data: bytes, trust: Trust, limits: Limits) -> SignatureReport:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        from lienvung.validate.signatures.documents import examine_pdf

        return examine_pdf(data, trust, limits)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from lienvung.validate.signatures.packages import examine_package

        return examine_package(data, trust, limits)
    if head.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\0<")):
        from lienvung.validate.signatures.markup import examine_xml

        return examine_xml(data, trust, limits)
    if data.startswith(_OLE):
        return _examine_ole(data)
    if _SIGNED_DATA in head[:64] or head.startswith((b"-----BEGIN PKCS7", b"-----BEGIN CMS")):
        return SignatureReport(tuple(examine_message(data, None, trust, limits)))
    return SignatureReport()


def _examine_ole(data: bytes) -> SignatureReport:
    """Signatures of the old binary formats are seen, not verified."""
    if any(name in data for name in _OLE_SIGNATURES):
        seen = unreadable(
            "ooxml", "tệp nhị phân cũ (.xls, .doc) có chữ ký, hệ thống không kiểm tra được kiểu này",
            "an old binary file (.xls, .doc) bears a signature of a kind that is not verified here",
        )  # fmt: skip
        return SignatureReport((seen,))
    return SignatureReport()
