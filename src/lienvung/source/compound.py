"""Look into an OLE compound file: an old workbook, an encrypted new one, or another program's document.

Only the directory and the first records of the workbook stream are read (MS-CFB, MS-XLS 2.4.117 FilePass).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from lienvung.errors import Both, DamagedFile, EncryptedFile, WrongFileType

_FREE = 0xFFFFFFFA
"""Sector numbers from here on are signs (end of chain, free), not sectors."""
_BOF = {0x0809, 0x0409, 0x0209, 0x0009}
_FILEPASS = 0x002F
_OTHERS = {
    "WordDocument": Both("tài liệu Word (.doc)", "a Word document (.doc)"),
    "PowerPoint Document": Both("bản trình chiếu (.ppt)", "a presentation (.ppt)"),
    "__properties_version1.0": Both("thư Outlook (.msg)", "an Outlook message (.msg)"),
}
_UNKNOWN = Both("tệp OLE không chứa bảng tính", "an OLE file without a workbook")


class _BrokenError(Exception):
    """A chain or a sector leads out of the file."""


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


def check_compound(name: str, data: bytes) -> str:
    """``xls`` if the file holds a whole, open workbook.

    Raises:
        EncryptedFile: an encrypted xlsx in its OLE shell, or an xls with a FilePass record.
        DamagedFile: the file ends before its sectors do.
        WrongFileType: a document of another program.
    """
    try:
        container = _Container(data)
        entries = {e.name: e for e in container.entries()}
        if "EncryptedPackage" in entries:
            raise EncryptedFile(file=name)
        book = entries.get("Workbook") or entries.get("Book")
        if book is None:
            raise WrongFileType(file=name, found=next((f for n, f in _OTHERS.items() if n in entries), _UNKNOWN))
        if _asks_password(container.read(book)):
            raise EncryptedFile(file=name)
    except (_BrokenError, struct.error) as error:
        found = Both(
            "cấu trúc OLE bị đứt, tệp có thể bị cắt cụt", "the OLE structure is broken, the file may be cut off"
        )
        raise DamagedFile(file=name, found=found) from error
    return "xls"


def _asks_password(stream: bytes) -> bool:
    """Whether FilePass stands among the first records, as it must in an encrypted workbook."""
    place, first = 0, True
    for _ in range(8):
        if place + 4 > len(stream):
            break
        record, length = struct.unpack_from("<HH", stream, place)
        if first and record not in _BOF:
            raise _BrokenError
        if record == _FILEPASS:
            return True
        place, first = place + 4 + length, False
    return False


class _Container:
    """The sectors, chains and directory of a compound file, every step bounded by the file's length."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512:
            raise _BrokenError
        self.data = data
        sector_power, mini_power = struct.unpack_from("<HH", data, 30)
        if sector_power not in (9, 12) or mini_power != 6:
            raise _BrokenError
        self.sector = 1 << sector_power
        self.fat = self._fat()

    def _fat(self) -> list[int]:
        count, _, _, _, _, _, chain, chain_count = struct.unpack_from("<8I", self.data, 44)
        sectors = [s for s in struct.unpack_from("<109I", self.data, 76) if s < _FREE]
        per = self.sector // 4
        for _ in range(min(chain_count, len(self.data) // self.sector + 1)):
            if chain >= _FREE:
                break
            numbers = struct.unpack(f"<{per}I", self._at(chain))
            sectors += [s for s in numbers[:-1] if s < _FREE]
            chain = numbers[-1]
        if len(sectors) < count or len(sectors) * self.sector > len(self.data) + self.sector:
            raise _BrokenError
        fat: list[int] = []
        for number in sectors[:count]:
            fat += struct.unpack(f"<{per}I", self._at(number))
        return fat

    def _at(self, number: int) -> bytes:
        start = (number + 1) * self.sector
        if start + self.sector > len(self.data):
            # the last sector may be short in files that some writers leave unpadded
            if start >= len(self.data):
                raise _BrokenError
            return self.data[start:].ljust(self.sector, b"\0")
        return self.data[start : start + self.sector]

    def _chain(self, start: int, table: list[int]) -> list[int]:
        chain: list[int] = []
        while start < _FREE:
            if start >= len(table) or len(chain) > len(table):
                raise _BrokenError
            chain.append(start)
            start = table[start]
        return chain

    def entries(self) -> list[_Entry]:
        """All entries of the directory."""
        (first,) = struct.unpack_from("<I", self.data, 48)
        directory = b"".join(self._at(s) for s in self._chain(first, self.fat))
        found = []
        for place in range(0, len(directory), 128):
            entry = directory[place : place + 128]
            (length,) = struct.unpack_from("<H", entry, 64)
            kind = entry[66]
            start, size = struct.unpack_from("<IQ", entry, 116)
            if kind:
                name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
                found.append(_Entry(name, kind, start, size & 0xFFFFFFFF))
        return found

    def read(self, entry: _Entry) -> bytes:
        """A stream's bytes up to 64 kB, after making sure that all of its sectors are there.

        Streams below the cutoff (4096) stand in 64-byte pieces inside the root entry's stream.
        """
        (cutoff,) = struct.unpack_from("<I", self.data, 56)
        if entry.size >= cutoff:
            return self._whole(self._chain(entry.start, self.fat), entry.size)[:65536]
        (mini_start,) = struct.unpack_from("<I", self.data, 60)
        mini_fat: list[int] = []
        for number in self._chain(mini_start, self.fat):
            mini_fat += struct.unpack(f"<{self.sector // 4}I", self._at(number))
        root = next(e for e in self.entries() if e.kind == 5)
        store = self._whole(self._chain(root.start, self.fat), root.size)
        pieces = (store[n * 64 : n * 64 + 64] for n in self._chain(entry.start, mini_fat))
        return b"".join(pieces)[: entry.size]

    def _whole(self, chain: list[int], size: int) -> bytes:
        if len(chain) * self.sector < size or (chain and (max(chain) + 1) * self.sector >= len(self.data)):
            raise _BrokenError
        return b"".join(self._at(s) for s in chain)[:size]
