"""Signatures inside a PDF: each field's, whether it covers the file, and what came after it."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import islice
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

from lienvung.domain.signatures import Signature, SignatureReport
from lienvung.errors import Both
from lienvung.validate.signatures.apart import Limits
from lienvung.validate.signatures.evidence import Evidence, judge, read_stamp, unreadable
from lienvung.validate.signatures.messages import ALTERED, certificates_of, digest, examine_signer
from lienvung.validate.signatures.trust import Trust, as_utc, printable

_KINDS = {"/adbe.pkcs7.detached", "/ETSI.CAdES.detached", "/ETSI.RFC3161", "/PBAD.PAdES"}
_MARKS = re.compile(rb"/ByteRange|/Contents\s{0,9}<\s{0,9}30[89]")
"""What a signature leaves in the bytes of a PDF, where no field leads to it."""
_CHANGED = Both(
    "nội dung tệp PDF đã bị sửa thêm sau khi ký", "the content of the PDF was changed by an update after signing"
)
_GAP = Both(
    "vùng được ký của tệp PDF bất thường: chữ ký không bao trọn phiên bản được ký",
    "the signed range of the PDF is irregular: the signature does not cover the signed revision",
)
_LOOSE = Both(
    "sau phần được ký còn dữ liệu không thuộc phiên bản nào của tệp PDF",
    "after the signed part stand bytes that belong to no revision of the PDF",
)
_LATER = {
    ModificationLevel.LTA_UPDATES: Both(
        "sau chữ ký này, tệp chỉ có thêm dấu thời gian hoặc dữ liệu lưu trữ dài hạn",
        "after this signature only time stamps or long-term validation data were added",
    ),
    ModificationLevel.FORM_FILLING: Both(
        "sau chữ ký này, tệp có thêm chữ ký khác hoặc ô biểu mẫu được điền",
        "after this signature other signatures were added or form fields filled",
    ),
    ModificationLevel.ANNOTATIONS: Both(
        "sau chữ ký này, tệp có thêm chú thích", "after this signature annotations were added"
    ),
}
_HYBRID = Both(
    "tệp PDF kiểu lai (hai bảng tham chiếu): phần mềm cũ có thể hiển thị khác",
    "a hybrid PDF (two cross-reference tables): old programs may show it differently",
)


def examine_pdf(data: bytes, trust: Trust, limits: Limits) -> SignatureReport:
    """Every signature of a PDF, oldest first."""
    marks = bool(_MARKS.search(data))
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        if reader.encrypted:
            reader.decrypt("")
        fields = list(islice(enumerate_sig_fields(reader, filled_status=True), limits.signatures + 1))
    except Exception as error:
        why = printable(f"{type(error).__name__}: {error}")
        if marks:
            seen = unreadable("pdf", f"tệp PDF có chữ ký nhưng không đọc được cấu trúc ({why})",
                              f"the PDF bears a signature, but its structure cannot be read ({why})")  # fmt: skip
            return SignatureReport((seen,))
        return SignatureReport((), Both(
            f"không đọc được cấu trúc tệp PDF nên không biết có chữ ký số hay không ({why})",
            f"the PDF cannot be read, so it is not known whether it is signed ({why})",
        ))  # fmt: skip
    found = [_examine_field(reader, data, field, trust, limits) for field in fields[: limits.signatures]]
    if not found and marks:
        found = [unreadable("pdf", "tệp PDF có dấu vết chữ ký nằm ngoài các ô chữ ký",
                            "the PDF has traces of a signature outside its signature fields")]  # fmt: skip
    return SignatureReport(tuple(found), too_many(limits) if len(fields) > limits.signatures else None)


def too_many(limits: Limits) -> Both:
    """What is said where a file has more signatures than are examined."""
    return Both(f"chỉ kiểm tra {limits.signatures} chữ ký đầu", f"only the first {limits.signatures} were examined")


def _examine_field(
    reader: PdfFileReader, data: bytes, field: tuple[str, Any, Any], trust: Trust, limits: Limits
) -> Signature:
    form, (name, value, place) = "pdf", field
    try:
        kind = value.get_object().get("/SubFilter", None)
        if kind not in _KINDS:
            said = printable(kind, 60)
            return unreadable(form, f"kiểu chữ ký {said} không hỗ trợ", f"signatures of type {said} are not supported")
        embedded = EmbeddedPdfSignature(reader, place, name)
        embedded.compute_integrity_info()  # type: ignore[no-untyped-call]
        if embedded.sig_object_type == "/DocTimeStamp" or kind == "/ETSI.RFC3161":
            form = "pdf_stamp"
            found = _stamp_evidence(embedded, trust, limits)
        else:
            signed = embedded.signed_data
            found = examine_signer(
                form, signed, embedded.signer_info, certificates_of(signed, limits), trust, embedded.compute_digest
            )
        if isinstance(found, Signature):
            return found
        return judge(_with_coverage(found, embedded, reader, data), trust)
    except Exception as error:
        why = printable(f"{type(error).__name__}: {error}")
    return unreadable(form, f"không kiểm tra được ({why})", f"it could not be verified ({why})")


def _stamp_evidence(embedded: EmbeddedPdfSignature, trust: Trust, limits: Limits) -> Evidence | Signature:
    """A document time stamp: the authority's signature over a hash of the file."""
    signed = embedded.signed_data
    content = bytes(signed["encap_content_info"]["content"])

    signer, inside = extract_signer_info(signed), certificates_of(signed, limits)
    found = examine_signer("pdf_stamp", signed, signer, inside, trust, lambda name: digest(name, content))
    if isinstance(found, Signature):
        return found
    info = signed["encap_content_info"]["content"].parsed
    imprint = info["message_imprint"]
    same = embedded.compute_digest(imprint["hash_algorithm"]["algorithm"].native) == imprint["hashed_message"].native
    stamp = read_stamp(signed, trust, embedded.compute_digest)
    fault = found.fault or (None if same else ALTERED)
    return replace(found, claimed_at=as_utc(info["gen_time"].native), stamp=stamp, fault=fault)


def _with_coverage(found: Evidence, embedded: EmbeddedPdfSignature, reader: PdfFileReader, data: bytes) -> Evidence:
    """What the signature covers, and what later updates changed."""
    if found.claimed_at is None:
        found = replace(found, claimed_at=embedded.self_reported_timestamp)
    covers, remarks, fault = False, list(found.remarks), found.fault
    if not _gap_is_own(embedded, data):
        fault = fault or _GAP
    elif embedded.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        covers = fault is None
    elif embedded.coverage != SignatureCoverageLevel.ENTIRE_REVISION:
        fault = fault or _GAP
    elif not isinstance(embedded.diff_result, DiffResult) or not _is_allowed(embedded, embedded.diff_result):
        fault = fault or _CHANGED
    elif _has_loose_end(embedded, reader, data):
        fault = fault or _LOOSE
    else:
        later = _LATER.get(embedded.diff_result.modification_level)
        remarks += [later] if later else []
    if reader.xrefs.hybrid_xrefs_present:
        remarks.append(_HYBRID)
    return replace(found, covers_whole=covers, remarks=tuple(remarks), fault=fault)


def _is_allowed(embedded: EmbeddedPdfSignature, diff: DiffResult) -> bool:
    level, allowed = diff.modification_level, embedded.docmdp_level
    return level != ModificationLevel.OTHER and (allowed is None or level.value <= allowed.value)


def _has_loose_end(embedded: EmbeddedPdfSignature, reader: PdfFileReader, data: bytes) -> bool:
    """Whether more than blanks follow the signed revision though it is the last: some program may show them."""
    end = int(embedded.byte_range[2]) + int(embedded.byte_range[3])
    is_last = embedded.signed_revision == reader.xrefs.total_revisions - 1
    return bool(is_last and data[end:].strip(b"\0\t\n\f\r "))


def _gap_is_own(embedded: EmbeddedPdfSignature, data: bytes) -> bool:
    """Whether what the signed range leaves out is this signature's own value and nothing else."""
    try:
        start, length, second, rest = (int(n) for n in embedded.byte_range)
        left_out = data[length:second]
        own = bytes.fromhex(left_out[1:-1].decode("ascii"))
    except (ValueError, TypeError):
        return False
    framed = left_out[:1] == b"<" and left_out[-1:] == b">"
    return start == 0 and 0 < length < second <= second + rest <= len(data) and framed and own == embedded.pkcs7_content
