"""Tell what a file is from its content; its name is only a claim."""

from __future__ import annotations

import re

from lienvung.domain.wide_text import utf16_codec
from lienvung.errors import Both, DamagedFile, WrongFileType
from lienvung.source.compound import check_compound
from lienvung.source.packages import check_package

KINDS = ("xlsx", "xlsb", "ods", "xls", "csv", "xml", "json")
"""What ``RawFile.kind`` can be; ``csv`` is any delimited text, ``xml`` any XML document, ``json`` an SDMX message."""

_FOREIGN: tuple[tuple[bytes, Both], ...] = (
    (b"%PDF-", Both("nội dung là PDF", "the content is PDF")),
    (b"\x89PNG", Both("nội dung là ảnh PNG", "the content is a PNG picture")),
    (b"\xff\xd8\xff", Both("nội dung là ảnh JPEG", "the content is a JPEG picture")),
    (b"GIF8", Both("nội dung là ảnh GIF", "the content is a GIF picture")),
    (b"Rar!", Both("nội dung là tệp nén RAR; hãy giải nén", "the content is a RAR archive; unpack it")),
    (b"7z\xbc\xaf", Both("nội dung là tệp nén 7z; hãy giải nén", "the content is a 7z archive; unpack it")),
    (b"\x1f\x8b", Both("nội dung là tệp nén gzip; hãy giải nén", "the content is gzip; unpack it")),
    (b"{\\rtf", Both("nội dung là văn bản RTF", "the content is an RTF text")),
    (b"SQLite format 3", Both("nội dung là cơ sở dữ liệu SQLite", "the content is an SQLite database")),
    (b"PAR1", Both("nội dung là Parquet", "the content is Parquet")),
)  # fmt: skip
_HTML = re.compile(
    rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|meta|div|script)\b", re.IGNORECASE | re.DOTALL
)
_HTML_FOUND = Both(
    "nội dung là trang web (HTML); mở bằng Excel rồi lưu lại thành .xlsx",
    "the content is a web page (HTML); open it in Excel and save it as .xlsx",
)


def tell_kind(name: str, data: bytes) -> str:
    """One of ``KINDS``, told from the bytes.

    Raises:
        WrongFileType: with what the content really is.
        EncryptedFile: a workbook that asks for a password.
        DamagedFile: cut off, or binary rubbish inside a text.
        FileTooLarge: an archive that unpacks to far more than a workbook holds.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return check_package(name, data)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return check_compound(name, data)
    for sign, found in _FOREIGN:
        if data.startswith(sign):
            raise WrongFileType(file=name, found=found)
    return _tell_text(name, data)


def _tell_text(name: str, data: bytes) -> str:
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip()
    if wide := utf16_codec(data):
        head = data[:8192].decode(wide, "replace").lstrip("\ufeff \t\r\n").encode("utf-8", "replace")
    if _HTML.match(head):
        raise WrongFileType(file=name, found=_HTML_FOUND)
    if head.startswith((b"<?xml", b"<")):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
            found = Both("bảng tính XML 2003; hãy lưu lại thành .xlsx", "an XML 2003 spreadsheet; save it as .xlsx")
            raise WrongFileType(file=name, found=found)
        return "xml"
    if head.startswith(b"{") and b'"dataSets"' in data and b'"structure' in data:
        return "json"
    if head.startswith((b"{", b"[{")):
        raise WrongFileType(file=name, found=Both("nội dung là JSON", "the content is JSON"))
    if not wide:
        _refuse_binary(name, data)
    return "csv"


def _refuse_binary(name: str, data: bytes) -> None:
    """Text holds no NUL bytes; nor is it mostly control characters."""
    nul = data.find(b"\0")
    controls = sum(data[:4096].count(bytes([c])) for c in (*range(1, 9), *range(14, 27), *range(28, 32)))
    if nul < 0 and controls * 20 < min(len(data), 4096):
        return
    if nul >= 0 and controls * 20 < min(len(data), 4096) and data[:4096].count(b"\0") * 20 < min(len(data), 4096):
        line = data.count(b"\n", 0, nul) + 1
        raise DamagedFile(file=name, found=Both(f"có byte NUL ở dòng {line}", f"a NUL byte on line {line}"))
    raise WrongFileType(file=name, found=Both("nội dung nhị phân không rõ loại", "binary content of unknown type"))
