"""What may come beside figures: the covering document's file, and a signature in a file of its own."""

from __future__ import annotations

import io
import zipfile

from lienvung.errors import BadValue, Both, WrongFileType
from lienvung.source.kinds import tell_kind

PAPER_KINDS = ("pdf", "docx", "odt", "cms", "xlsx", "xlsb", "ods", "xls", "xml")
"""What ``RawFile.kind`` can be for a covering document; ``cms`` holds its content and its signatures (.p7m)."""

_SIGNED_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02"
"""The object identifier that a CMS message with signatures begins with (RFC 5652, 5.1)."""
_PEM = (b"-----BEGIN PKCS7-----", b"-----BEGIN CMS-----")
_PAPER = Both("“tệp văn bản kèm theo”", "“file of the covering document”")
_PAPERS = Both(
    "PDF, Word (.docx), OpenDocument (.odt, .ods), Excel, XML hoặc .p7m",
    "PDF, Word (.docx), OpenDocument (.odt, .ods), Excel, XML or .p7m",
)
_BESIDE = Both("“tệp chữ ký rời”", "“file of the detached signature”")


def tell_paper_kind(name: str, data: bytes) -> str:
    """One of ``PAPER_KINDS``, told from the bytes; a covering document is kept, never read as figures.

    Raises:
        BadValue: another kind of file.
        EncryptedFile, DamagedFile, FileTooLarge: as for ``tell_kind``.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if _is_message(data):
        return "cms"
    try:
        kind = tell_kind(name, data)
    except WrongFileType:
        kind = _text_kind(name, data)
    if kind not in PAPER_KINDS:
        raise BadValue(value=name, name=_PAPER, choices=_PAPERS)
    return kind


def tell_signature_kind(name: str, data: bytes) -> str:
    """``cms``: a detached signature as signing programs write it (.p7s, .p7m), in DER or PEM.

    Raises:
        BadValue: another kind of file.
    """
    if not _is_message(data):
        raise BadValue(value=name, name=_BESIDE, choices=".p7s, .p7m (CMS)")
    return "cms"


def _is_message(data: bytes) -> bool:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(_PEM) or (head[:1] == b"0" and _SIGNED_DATA in head[:32])


def _text_kind(name: str, data: bytes) -> str:
    """``docx`` or ``odt`` for a text document that is whole; empty for anything else."""
    if not data.startswith(b"PK\x03\x04"):
        return ""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = set(package.namelist())
        if "word/document.xml" in parts:
            return "docx"
        if "mimetype" in parts and package.getinfo("mimetype").file_size < 200:
            return "odt" if package.read("mimetype").startswith(b"application/vnd.oasis.opendocument.text") else ""
    return ""
