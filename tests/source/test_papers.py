"""A covering document may be what figures may not be; a detached signature is a CMS message and nothing else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from lienvung.errors import BadValue, DamagedFile, WrongFileType
from lienvung.source import fetch_bytes, tell_paper_kind, tell_signature_kind

MESSAGE = b"\x30\x82\x01\x00\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x82"
ODT = b"application/vnd.oasis.opendocument.text"


def package(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n...", "pdf"), (b"\r\n%PDF-1.4\n", "pdf"), (MESSAGE, "cms"), (b"-----BEGIN PKCS7-----\nAA", "cms"),
        (package(word__document_xml=b"<w/>"), "docx"), (package(mimetype=ODT, content_xml=b"<c/>"), "odt"),
        (package(xl__workbook_xml=b"<w/>"), "xlsx"), (b"<a/>", "xml"),
    ],
)  # fmt: skip
def test_what_a_covering_document_may_be(tmp_path: Path, data: bytes, kind: str) -> None:
    raw = fetch_bytes("cong-van", data, tmp_path, tell=tell_paper_kind)
    assert raw.kind == kind
    assert raw.path.read_bytes() == data


@pytest.mark.parametrize(
    "data", [b"a,b\n1,2\n", b"\x89PNG....", b"{\\rtf1", package(a=b"b"), b'{"a": 1}', b"<html></html>", b"MZ\x90"]
)
def test_what_it_may_not_be(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BadValue):
        fetch_bytes("cong-van", data, tmp_path, tell=tell_paper_kind)
    assert not list(tmp_path.iterdir())


def test_a_cut_off_document_is_told(tmp_path: Path) -> None:
    with pytest.raises(DamagedFile):
        fetch_bytes("cong-van.docx", package(word__document_xml=b"<w/>" * 99)[:80], tmp_path, tell=tell_paper_kind)


def test_a_signature_file() -> None:
    assert tell_signature_kind("a.p7s", MESSAGE) == "cms"
    for other in (b"", b"0", b"%PDF-1.7", b"x" * 100):
        with pytest.raises(BadValue):
            tell_signature_kind("a.p7s", other)


def test_figures_are_still_not_read_from_a_pdf(tmp_path: Path) -> None:
    with pytest.raises(WrongFileType):
        fetch_bytes("so-lieu.pdf", b"%PDF-1.7\n", tmp_path)
