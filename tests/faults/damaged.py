"""Files as they arrive on a bad day, each made in a few lines."""

from __future__ import annotations

import io
import struct
import zipfile
from functools import cache

import xlsxwriter

HEAD = "# lienvung: tidy/1\n# boundary: 2004\n# issuer: GSO\n# published: 2022\n"
COLUMNS = "indicator,area,period,value,unit\n"


def tidy(*lines: str) -> bytes:
    """A template with these rows."""
    return (HEAD + COLUMNS + "\n".join(lines) + "\n").encode()


def workbook(rows: int = 50) -> bytes:
    """A filled template as xlsx."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("Số liệu")
        sheet.write_row(0, 0, ["Chỉ tiêu", "Địa bàn", "Thời kỳ", "Giá trị"])
        for row in range(1, rows + 1):
            sheet.write_row(row, 0, ["POP_AVG", "74", 1970 + row, 1995.5 + row])
    return buffer.getvalue()


def package(parts: dict[str, bytes]) -> bytes:
    """A zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
        for name, data in parts.items():
            zipped.writestr(name, data)
    return buffer.getvalue()


@cache
def zip_bomb() -> bytes:
    """A workbook of a few megabytes that unpacks to more than half a gigabyte: 110 sheets of 5 MB of blanks."""
    sheet = b" " * 5_000_000
    return package({"xl/workbook.xml": b"<workbook/>"} | {f"xl/worksheets/sheet{n}.xml": sheet for n in range(110)})


def broken_part() -> bytes:
    """A workbook in whose middle some bytes were lost to a bad disk."""
    data = bytearray(workbook())
    place = data.find(b"xl/worksheets/sheet1.xml") + 60
    data[place : place + 200] = bytes(200)
    return bytes(data)


def compound(streams: dict[str, bytes], sectors_lost: int = 0) -> bytes:
    """A minimal OLE container (MS-CFB): header, one FAT sector, one directory chain, streams of 4096 bytes and more."""
    fat, body = [0xFFFFFFFD], b""
    entries = [_entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1)]
    directory_sectors = (len(streams) + 4) // 4
    first = 1 + directory_sectors
    fat += [n + 2 if n + 1 < directory_sectors else 0xFFFFFFFE for n in range(directory_sectors)]
    for number, (name, data) in enumerate(streams.items(), 1):
        data = data.ljust(4096, b"\0")
        data += bytes(-len(data) % 512)
        count = len(data) // 512
        right = number + 1 if number < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, first, len(data), right=right))
        fat += [first + n + 1 if n + 1 < count else 0xFFFFFFFE for n in range(count)]
        body, first = body + data, first + count
    directory = b"".join(entries).ljust(directory_sectors * 512, b"\0")
    table = struct.pack("<128I", *(fat + [0xFFFFFFFF] * 128)[:128])
    whole = _header() + table + directory + body
    return whole[: len(whole) - 512 * sectors_lost]


def _header() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<9I", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    return head + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF, right: int = 0xFFFFFFFF) -> bytes:
    label = (name + "\0").encode("utf-16-le")
    entry = label.ljust(64, b"\0") + struct.pack("<HBB3I", len(label), kind, 1, 0xFFFFFFFF, right, child)
    return entry + bytes(36) + struct.pack("<IQ", start, size)


BOF = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 5, 0, 0, 0, 0)
FILEPASS = struct.pack("<HH", 0x002F, 6) + bytes(6)
EVIL_ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><StructureSpecificData>&j;</StructureSpecificData>"
).encode()
XXE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><StructureSpecificData>&x;</StructureSpecificData>'
