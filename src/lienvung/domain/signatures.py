"""Digital signatures on a file: who signed, when, and how far that can be believed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from lienvung.errors import Both

VALID_TRUSTED, VALID_UNTRUSTED = "valid_trusted", "valid_untrusted"
INVALID, UNREADABLE = "invalid", "unreadable"
STATES = {
    VALID_TRUSTED: Both("hợp lệ, chứng thư tin cậy", "valid, trusted certificate"),
    VALID_UNTRUSTED: Both(
        "nội dung nguyên vẹn, nhưng chưa tin cậy được người ký", "content intact, but the signer is not trusted"
    ),
    INVALID: Both("KHÔNG hợp lệ", "NOT valid"),
    UNREADABLE: Both("có chữ ký nhưng không kiểm tra được", "a signature is there but cannot be verified"),
}
"""What a signature can be, as a reader is told."""
UNSIGNED = Both(
    "Không có chữ ký số: văn bản chưa được xác thực bằng chữ ký số.",
    "No digital signature: the document is not verified by one.",
)
BY_STAMP, BY_CLAIM = "stamp", "claim"
TIMES = {
    BY_STAMP: Both("dấu thời gian tin cậy", "trusted time stamp"),
    BY_CLAIM: Both("người ký tự khai", "claimed by the signer"),
}
"""Where the moment of signing comes from."""
FORMS = {
    "pdf": Both("chữ ký trong PDF", "signature in the PDF"),
    "pdf_stamp": Both("dấu thời gian của tệp PDF", "document time stamp of the PDF"),
    "ooxml": Both("chữ ký trong tệp Office", "signature in the Office file"),
    "odf": Both("chữ ký trong tệp OpenDocument", "signature in the OpenDocument file"),
    "xml": Both("chữ ký trong XML", "signature in the XML"),
    "cms": Both("chữ ký CMS kèm nội dung (.p7m)", "CMS signature with its content (.p7m)"),
    "cms_detached": Both("chữ ký CMS rời (.p7s)", "detached CMS signature (.p7s)"),
}
"""How a signature is attached."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature and what became of checking it. Instants are naive UTC; names are the certificate's.

    ``covers_whole``: whether all of the file as it is now was signed; None if that cannot be told.
    ``reason`` says why the state is not the best one; ``remarks`` are what to know besides.
    """

    form: str
    state: str
    reason: Both | None = None
    signer: str = ""
    organisation: str = ""
    issuer: str = ""
    serial: str = ""
    signed_at: datetime | None = None
    time_from: str = ""
    algorithm: str = ""
    has_weak_algorithm: bool = False
    covers_whole: bool | None = None
    valid_from: datetime | None = None
    valid_to: datetime | None = None
    remarks: tuple[Both, ...] = ()

    @property
    def is_intact(self) -> bool:
        """Whether what was signed is unchanged, whoever signed it."""
        return self.state in (VALID_TRUSTED, VALID_UNTRUSTED)


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """Every signature found on a file; ``problem`` says why it cannot be told whether there are (more)."""

    signatures: tuple[Signature, ...] = ()
    problem: Both | None = None

    @property
    def is_unsigned(self) -> bool:
        """Whether it is certain that no signature is there."""
        return not self.signatures and self.problem is None

    def as_record(self) -> dict[str, Any]:
        """The report as plain values that JSON can hold."""
        record = asdict(self)
        for signature in record["signatures"]:
            for name in _INSTANTS:
                signature[name] = signature[name].isoformat() if signature[name] else None
        return record

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> SignatureReport:
        """The report that ``as_record`` wrote.

        Raises:
            KeyError, TypeError, ValueError: it is no such record.
        """
        return cls(tuple(_signature(s) for s in record["signatures"]), _both(record["problem"]))


_INSTANTS = ("signed_at", "valid_from", "valid_to")


def _both(record: Mapping[str, str] | None) -> Both | None:
    return None if record is None else Both(vi=str(record["vi"]), en=str(record["en"]))


def _signature(record: Mapping[str, Any]) -> Signature:
    values = {f.name: record[f.name] for f in fields(Signature)}
    for name in _INSTANTS:
        values[name] = datetime.fromisoformat(values[name]) if values[name] else None
    values["reason"] = _both(values["reason"])
    values["remarks"] = tuple(both for r in values["remarks"] if (both := _both(r)))
    if values["state"] not in STATES or values["form"] not in FORMS:
        raise ValueError(values["state"], values["form"])
    return Signature(**values)
