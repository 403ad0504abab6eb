"""Where a number came from, told from the value to the cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa

from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY, OPEN_INSTANT

_PRECISION = {
    "day": ("đúng ngày", "to the day"),
    "month": ("văn bản chỉ ghi tháng", "the document gives the month only"),
    "year": ("văn bản chỉ ghi năm", "the document gives the year only"),
    "received": ("văn bản không ghi ngày; lấy ngày nhận", "the document is undated; the day of receipt"),
}
_STATUS = {
    "estimate": ("ước tính", "estimate"),
    "preliminary": ("sơ bộ", "preliminary"),
    "official": ("chính thức", "official"),
    "revised": ("đã điều chỉnh", "revised"),
    "plan": ("kế hoạch", "plan"),
}


def _day(value: date | None) -> str | None:
    return None if value is None or value == OPEN_DAY else value.isoformat()


def _moment(value: datetime | None) -> str | None:
    return None if value is None or value == OPEN_INSTANT else value.isoformat() + "Z"


def lineage_records(table: pa.Table, catalogue: Catalogue, lang: str) -> list[dict[str, Any]]:
    """One record per vintage of ``OBSERVATIONS`` rows, with its document and full address; keys are stable."""
    return [_record(row, catalogue, lang) for row in table.to_pylist()]


def _record(row: dict[str, Any], catalogue: Catalogue, lang: str) -> dict[str, Any]:
    key = AreaKey.parse(row["area_key"])
    area = catalogue.gazetteer.areas.get(key)
    source = catalogue.sources.get(row["document"])
    issuer = catalogue.issuers.get(row["issuer"])
    kept = ("indicator", "period", "value", "mark", "unit", "status", "breakdown", "activity", "issuer", "note")
    address = ("document", "file_name", "file_sha256", "sheet", "cell", "origin_sheet", "origin_cell")
    return {
        **{name: row[name] for name in kept},
        "area": key.code,
        "area_valid_from": key.valid_from,
        "area_name": area.name(lang) if area else row["area_key"],
        "issuer_name": issuer.name(lang) if issuer else row["issuer"],
        "published": _day(row["published_from"]),
        "published_precision": row["published_precision"],
        "published_to": _day(row["published_to"]),
        "recorded": _moment(row["recorded_from"]),
        "recorded_to": _moment(row["recorded_to"]),
        "is_current": row["published_to"] == OPEN_DAY and row["recorded_to"] == OPEN_INSTANT,
        **{name: row[name] for name in address},
        "title": source.title(lang) if source else row["file_name"],
        "url": source.url if source else "",
        "origin_file": source.file_name if source else "",
        "origin_sha256": source.file_sha256 if source else "",
        "source_note": source.note if source else "",
        "parser": row["parser"],
        "submission": row["submission"],
        "release": row["release"],
    }


def _place(sheet: str | None, cell: str | None) -> str:
    return "!".join(part for part in (sheet, cell) if part)


def render_lineage(records: Sequence[dict[str, Any]], catalogue: Catalogue, lang: str) -> str:
    """The path of one number as text, newest vintage first."""
    vi = lang == "vi"
    first = records[0]
    indicator = catalogue.indicator(first["indicator"])
    area = f"{first['area_name']} ({first['area']}@{first['area_valid_from']})"
    lines = [f"{indicator.name(lang)} [{indicator.code}], {area}, {first['period']}"]
    for record in sorted(records, key=lambda r: (r["is_current"], r["published"], r["recorded"]), reverse=True):
        lines += ["", *_vintage(record, catalogue, vi)]
    return "\n".join(lines)


def _vintage(record: dict[str, Any], catalogue: Catalogue, vi: bool) -> list[str]:
    at, lang = (0, "vi") if vi else (1, "en")
    unit = catalogue.units.get(record["unit"])
    value = "…" if record["value"] is None else f"{record['value']:,.10g}"
    stands = "" if record["is_current"] else ("  (đã được thay)" if vi else "  (superseded)")
    status = _STATUS.get(record["status"], (record["status"],) * 2)[at]
    precision = _PRECISION.get(record["published_precision"], ("", ""))[at]
    fields = [
        ("Giá trị", "Value", f"{value} {unit.name(lang) if unit else record['unit']}, {status}{stands}"),
        ("Phân tổ", "Breakdown", _parts(record)),
        ("Nơi công bố", "Issuer", f"{record['issuer_name']} [{record['issuer']}]"),
        ("Văn bản", "Document", f"{record['title']} [{record['document']}]"),
        ("Địa chỉ web", "Web address", record["url"]),
        ("Tệp gốc", "Original file", _file(record["origin_file"], record["origin_sha256"])),
        ("Ô gốc", "Original cell", _place(record["origin_sheet"], record["origin_cell"])),
        ("Tệp đã nạp", "File loaded", _file(record["file_name"], record["file_sha256"])),
        ("Ô đã nạp", "Cell loaded", _place(record["sheet"], record["cell"])),
        ("Công bố", "Published", f"{record['published']} ({precision}) → {record['published_to'] or '…'}"),
        ("Ghi nhận", "Recorded", f"{record['recorded']} → {record['recorded_to'] or '…'}"),
        ("Đường đi", "Path", f"{record['parser']} · {record['submission']} · {record['release']}"),
        ("Ghi chú", "Note", record["note"] or ""),
    ]
    return [f"  {(v if vi else e):<14}{text}" for v, e, text in fields if text]


def _parts(record: dict[str, Any]) -> str:
    return ", ".join(record[k] for k in ("breakdown", "activity") if record[k] != "_T")


def _file(name: str, sha256: str) -> str:
    return f"{name} (sha256 {sha256[:16]}…)" if name and sha256 else name
