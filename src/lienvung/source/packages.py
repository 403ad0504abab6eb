"""Look into a zip package (xlsx, xlsb, ods) without trusting what it says of itself."""

from __future__ import annotations

import io
import zipfile
import zlib

from lienvung.errors import Both, DamagedFile, EncryptedFile, FileTooLarge, WrongFileType

UNPACKED_LIMIT = 500 * 1024 * 1024
"""The most that a workbook may unpack to, in bytes."""
ENTRY_LIMIT = 10_000
"""The most parts that a workbook may have."""

_OTHERS = {
    "word/document.xml": Both("tài liệu Word (.docx)", "a Word document (.docx)"),
    "ppt/presentation.xml": Both("bản trình chiếu (.pptx)", "a presentation (.pptx)"),
}
_PLAIN_ZIP = Both("tệp nén ZIP; hãy giải nén rồi nộp từng tệp", "a ZIP archive; unpack it and submit the files")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def check_package(name: str, data: bytes) -> str:
    """``xlsx``, ``xlsb`` or ``ods``, by the parts that the package lists; the reader unpacks and checks them.

    Raises:
        DamagedFile: cut off (the list of parts stands at the end), or the list is broken.
        EncryptedFile: parts are encrypted.
        FileTooLarge: it unpacks to more than ``UNPACKED_LIMIT`` or has too many parts.
        WrongFileType: a zip of something else.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _refuse_bomb(name, package)
            _refuse_encrypted(name, package)
            kind = _kind(name, package)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise DamagedFile(
            file=name, found=Both(f"gói ZIP hỏng ({error})", f"the ZIP package is broken ({error})")
        ) from None
    return kind


def _kind(name: str, package: zipfile.ZipFile) -> str:
    parts = {i.filename.lower() for i in package.infolist()[: ENTRY_LIMIT + 1]}
    if "xl/workbook.xml" in parts:
        return "xlsx"
    if "xl/workbook.bin" in parts:
        return "xlsb"
    if "mimetype" in parts and "content.xml" in parts:
        with package.open("mimetype") as stream:
            if stream.read(200).startswith(_ODS):
                return "ods"
    for part, found in _OTHERS.items():
        if part in parts:
            raise WrongFileType(file=name, found=found)
    raise WrongFileType(file=name, found=_PLAIN_ZIP)


def _refuse_bomb(name: str, package: zipfile.ZipFile) -> None:
    """Refuse by the declared sizes; a package that lies about them is met by the reader's own limit."""
    entries = package.infolist()
    unpacked = sum(i.file_size for i in entries)
    if unpacked > UNPACKED_LIMIT or len(entries) > ENTRY_LIMIT:
        size = Both(f"giải nén thành {unpacked / 2**20:.0f} MB, {len(entries)} phần",
                    f"unpacks to {unpacked / 2**20:.0f} MB, {len(entries)} parts")  # fmt: skip
        raise FileTooLarge(file=name, size=size, limit=f"{UNPACKED_LIMIT / 2**20:.0f} MB")


def _refuse_encrypted(name: str, package: zipfile.ZipFile) -> None:
    if any(i.flag_bits & 0x1 for i in package.infolist()):
        raise EncryptedFile(file=name)
    if "META-INF/manifest.xml" in package.namelist():
        with package.open("META-INF/manifest.xml") as stream:
            if b"encryption-data" in stream.read(1_000_000):
                raise EncryptedFile(file=name)
