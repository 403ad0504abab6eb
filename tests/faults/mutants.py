"""Good files of every kind, and what a bad line, disk or hand makes of them; the same number gives the same mutant."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

import xlsxwriter
import xlwt

HEADING = ("Chỉ tiêu", "Địa bàn", "Thời kỳ", "Giá trị", "Đơn vị", "Cơ quan công bố", "Ngày công bố", "Ghi chú")
ROWS: tuple[tuple[Any, ...], ...] = tuple(
    ("POP_AVG", f"{area}@2004", 2000 + n, 1995.5 + n, "PERSONS_TH", "GSO", "2022-06-30", "Bình Dương, Đồng Nai")
    for n, area in enumerate([70, 72, 74, 75, 77, 79, 80, 82] * 2)
)
_NUMBERS = (b"0", b"-1", b"1e400", b"NaN", b"99999999999999999999", b"2147483648", b"1048577", b"65536", b"")
_TEXTS = (
    b"\0",
    b"\xff\xfe",
    b"\x1a",
    b"<",
    b"&#0;",
    b'"',
    b"=1+1",
    b"{",
    b"]]>",
    b"PK\3\4",
    b"\r",
    b";;;;",
    b"../../x",
)


@cache
def xlsx() -> bytes:
    """The template as a workbook."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet("Số liệu")
        for number, row in enumerate((HEADING, *ROWS)):
            sheet.write_row(number, 0, row)
        other = book.add_worksheet("Tính")
        other.merge_range("A1:B2", "gộp")
        other.write_formula(4, 0, "=SUM('Số liệu'!D2:D9)", None, 5)
    return out.getvalue()


@cache
def xls() -> bytes:
    """The template as an old workbook."""
    book, out = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("Số liệu")
    for number, row in enumerate((HEADING, *ROWS)):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    book.save(out)
    return out.getvalue()


@cache
def ods() -> bytes:
    """The template as OpenDocument, put together by hand."""
    spaces = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))

    def cell(value: object) -> str:
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>'
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>x</text:p></table:table-cell>'
        )

    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in (HEADING, *ROWS))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="Số liệu">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    mime = "application/vnd.oasis.opendocument.spreadsheet"
    return _packed(
        {"mimetype": mime.encode(), "content.xml": content.encode(), "META-INF/manifest.xml": b"<manifest/>"}
    )


@cache
def csv() -> bytes:
    """The template as text."""
    lines = [";".join(HEADING), *(";".join(f'"{c}"' for c in row) for row in ROWS)]
    return ("# lienvung: tidy/1\n" + "\n".join(lines) + "\n").encode("utf-8-sig")


_KEYS = ("INDICATOR", "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "UNIT_MEASURE", "ISSUER", "PUBLISHED", "NOTE")


@cache
def xml() -> bytes:
    """The same as SDMX-ML."""
    ns = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/"
    urn = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=LIENVUNG:POPULATION(1.0.0)"
    said = ([f'{k}="{v}"' for k, v in zip(_KEYS, row, strict=True)] for row in ROWS)
    body = "".join(f"<Obs {' '.join(attributes)}/>" for attributes in said)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><m:StructureSpecificData xmlns:m="{ns}message" xmlns:c="{ns}common">'
        f"<m:Header><m:Structure><c:Structure>{urn}</c:Structure></m:Structure></m:Header><m:DataSet>{body}</m:DataSet>"
        "</m:StructureSpecificData>"
    ).encode()


@cache
def sdmx_csv() -> bytes:
    """The same as SDMX-CSV."""
    lines = [",".join(("STRUCTURE", "STRUCTURE_ID", "ACTION", *_KEYS))]
    lines += [",".join(("dataflow", "LIENVUNG:POPULATION(1.0.0)", "I", *(f'"{c}"' for c in row))) for row in ROWS]
    return ("\r\n".join(lines) + "\r\n").encode()


@cache
def sdmx_json() -> bytes:
    """The same as SDMX-JSON, flat."""
    names = [k for k in _KEYS if k != "OBS_VALUE"]
    places = [_KEYS.index(k) for k in names]
    listed = [list(dict.fromkeys(str(row[p]) for row in ROWS)) for p in places]
    dims = [{"id": n, "values": [{"id": v} for v in texts]} for n, texts in zip(names, listed, strict=True)]
    known = {
        ":".join(str(texts.index(str(row[p]))) for p, texts in zip(places, listed, strict=True)): [row[3]]
        for row in ROWS
    }
    urn = "urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=LIENVUNG:POPULATION(1.0.0)"
    structure = {
        "links": [{"urn": urn}], "dimensions": {"dataSet": [], "series": [], "observation": dims}, "attributes": {},
        "measures": {"observation": [{"id": "OBS_VALUE"}]},
    }  # fmt: skip
    data = {"structures": [structure], "dataSets": [{"structure": 0, "observations": known}]}
    return json.dumps({"meta": {}, "data": data}, ensure_ascii=False).encode()


KINDS: dict[str, Callable[[], bytes]] = {
    "xlsx": xlsx, "xls": xls, "ods": ods, "csv": csv, "xml": xml, "sdmx.csv": sdmx_csv, "json": sdmx_json,
}  # fmt: skip


def mutant(kind: str, number: int) -> bytes:
    """The good file, changed in one to four places; inside a package mostly the unpacked parts are changed."""
    chance = random.Random(f"{kind} {number}")  # noqa: S311
    data = KINDS[kind]()
    if data.startswith(b"PK") and chance.random() < 0.7:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {n: package.read(n) for n in package.namelist()}
        name = chance.choice([n for n in parts if parts[n]])
        parts[name] = _changed(parts[name], chance)
        return _packed(parts)
    return _changed(data, chance)


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


def _changed(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        at = chance.randrange(len(data) + 1)
        size = chance.choice((1, 1, 2, 8, 64, 512))
        how = chance.choices(range(7), (1, 5, 3, 3, 3, 6, 3))[0]
        if how == 0:
            data = data[:at]
        elif how == 1:
            data = data[:at] + bytes(chance.randrange(256) for _ in range(min(size, 8))) + data[at + min(size, 8) :]
        elif how == 2:
            data = data[:at] + data[at + size :]
        elif how == 3:
            data = data[:at] + data[at : at + size] * chance.choice((2, 3, 50)) + data[at + size :]
        elif how == 4:
            data = data[:at] + chance.choice(_TEXTS) + data[at:]
        elif how == 5:
            data = _other_number(data, at, chance)
        else:
            other = chance.randrange(len(data) + 1)
            data = data[:at] + data[other : other + size] + data[at:]
    return data


def _other_number(data: bytes, at: int, chance: random.Random) -> bytes:
    """The next run of digits becomes a number that someone did not think of."""
    start = next((i for i in range(at, len(data)) if data[i : i + 1].isdigit()), len(data))
    end = next((i for i in range(start, len(data)) if not data[i : i + 1].isdigit()), len(data))
    return data[:start] + chance.choice(_NUMBERS) + data[end:]
