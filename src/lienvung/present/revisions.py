"""A series as its issuers told it, vintage by vintage: the triangle, the records, the documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY
from lienvung.domain.handovers import Column, Table
from lienvung.present.numbers import format_date, format_number, format_period
from lienvung.present.records import area_names, iso_instant

_SERIES = ("area_key", "issuer", "breakdown", "activity")
_HEADINGS = {
    "area_key": ("Địa bàn", "Area"), "issuer": ("Nơi công bố", "Issuer"), "breakdown": ("Phân tổ", "Breakdown"),
    "activity": ("Ngành", "Activity"),
}  # fmt: skip
_KEPT = ("indicator", "period", "issuer", "breakdown", "activity", "value", "mark", "decimals", "unit", "status")
_ADDRESS = (
    "document", "file_name", "file_sha256", "sheet", "cell", "origin_sheet", "origin_cell", "note", "parser",
    "submission", "release",
)  # fmt: skip


class Step(Protocol):
    """A vintage and its step from the one before, as the analysis hands it over."""

    @property
    def row(self) -> dict[str, Any]: ...  # noqa: D102
    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def revision(self) -> float | None: ...  # noqa: D102
    @property
    def revision_pct(self) -> float | None: ...  # noqa: D102
    @property
    def stands(self) -> bool: ...  # noqa: D102


def revision_records(steps: Sequence[Step], catalogue: Catalogue, lang: str = "vi") -> list[dict[str, Any]]:
    """One record per vintage, with the size of its revision and its document; keys are stable.

    When a row ceased to be believed is left out: a question about both clocks keeps its answer for ever.
    """
    names = area_names(catalogue, lang)
    return [_record(step, catalogue, names, lang) for step in steps]


def _record(step: Step, catalogue: Catalogue, names: dict[str, str], lang: str) -> dict[str, Any]:
    row, key = step.row, AreaKey.parse(step.row["area_key"])
    source = catalogue.sources.get(row["document"])
    return {
        **{name: row[name] for name in _KEPT},
        "area": key.code,
        "area_valid_from": key.valid_from,
        "area_name": names.get(row["area_key"], row["area_key"]),
        "vintage": step.number,
        "revision": _clean(step.revision),
        "revision_pct": None if step.revision_pct is None else round(step.revision_pct, 4),
        "stands": step.stands,
        "published": row["published_from"].isoformat(),
        "published_precision": row["published_precision"],
        "published_to": None if row["published_to"] == OPEN_DAY else row["published_to"].isoformat(),
        "recorded": iso_instant(row["recorded_from"]),
        "title": source.title(lang) if source else row["file_name"],
        "url": source.url if source else "",
        **{name: row[name] for name in _ADDRESS},
    }


def _clean(value: float | None) -> float | None:
    """A difference of printed decimals without the dust of binary fractions: 5,00 − 5,97 is −0,97."""
    return None if value is None else float(f"{value:.12g}")


def revision_triangle(steps: Sequence[Step], catalogue: Catalogue, lang: str = "vi") -> Table:
    """Periods down, days of publication across; what was said that day, and nothing where nothing was said.

    Series columns (area, issuer, breakdown, activity) stand before the period where the vintages are of several.
    """
    at = 0 if lang == "vi" else 1
    parts = [c for c in _SERIES if len({s.row[c] for s in steps}) > 1]
    days = sorted({s.row["published_from"] for s in steps})
    cells: dict[tuple[Any, ...], dict[date, str]] = {}
    for step in steps:
        row = step.row
        line = (*(row[c] for c in parts), row["period"])
        value = format_number(row["value"], row["decimals"], lang) if row["value"] is not None else "…"
        cells.setdefault(line, {})[row["published_from"]] = value
    heads = [Column(c, _HEADINGS[c][at]) for c in parts]
    heads += [Column("period", ("Thời kỳ", "Period")[at])]
    heads += [Column(d.isoformat(), _heading(d, steps, lang), True) for d in days]
    rows = tuple(
        (*line[:-1], format_period(line[-1], lang), *(told.get(d, "") for d in days)) for line, told in cells.items()
    )
    return Table(_title(steps, catalogue, lang), tuple(heads), rows, (_summary(steps, lang), *_documents(steps, lang)))


def _heading(day: date, steps: Sequence[Step], lang: str) -> str:
    """The day as exactly as the most exact document of that day gives it."""
    precisions = {s.row["published_precision"] for s in steps if s.row["published_from"] == day}
    exact = next((p for p in ("day", "received", "month", "year") if p in precisions), "day")
    return format_date(day, lang, exact)


def _title(steps: Sequence[Step], catalogue: Catalogue, lang: str) -> str:
    names = area_names(catalogue, lang)
    places = dict.fromkeys(s.row["area_key"] for s in steps)
    indicator = catalogue.indicator(steps[0].row["indicator"])
    units = dict.fromkeys(s.row["unit"] for s in steps)
    told = ", ".join(catalogue.units[u].name(lang) if u in catalogue.units else u for u in units)
    return f"{indicator.name(lang)} ({told}): {', '.join(f'{names.get(p, p)} [{p}]' for p in places)}"


def _summary(steps: Sequence[Step], lang: str) -> str:
    facts = sum(1 for s in steps if s.number == 1)
    moved = [s for s in steps if s.revision]
    again = sum(1 for s in steps if s.revision == 0)
    vi = lang == "vi"
    text = (
        f"{facts} số liệu, {len(steps)} lần công bố; {len(moved)} lần sửa, {again} lần nhắc lại nguyên số."
        if vi
        else f"{facts} figures, {len(steps)} vintages; {len(moved)} revisions, {again} repeated unchanged."
    )
    if not moved:
        return text
    most = max(moved, key=lambda s: (abs(s.revision_pct or 0), abs(s.revision or 0)))
    size = _signed(most.revision, lang)
    pct = f" ({_signed(round(most.revision_pct, 2), lang)} %)" if most.revision_pct is not None else ""
    period = format_period(most.row["period"], lang)
    return f"{text} {'Sửa lớn nhất' if vi else 'Largest'}: {period}, {size}{pct}."


def _signed(value: float | None, lang: str) -> str:
    clean = _clean(value) or 0.0
    return ("+" if clean > 0 else "") + format_number(clean, None, lang)


def _documents(steps: Sequence[Step], lang: str) -> list[str]:
    """Who said it, in which document, and which file brought it here."""
    lines: dict[tuple[Any, ...], int] = {}
    for step in steps:
        row = step.row
        key = (row["published_from"], row["issuer"], row["document"], row["status"], row["file_name"])
        lines[key] = lines.get(key, 0) + 1
    word = "số" if lang == "vi" else "figures"
    return [
        f"{day.isoformat()}: {issuer}, {document}, {_status(status, lang)}, {file} ({count} {word})"
        for (day, issuer, document, status, file), count in sorted(lines.items())
    ]


_STATUSES = {
    "estimate": ("ước tính", "estimate"), "preliminary": ("sơ bộ", "preliminary"),
    "official": ("chính thức", "official"), "revised": ("đã điều chỉnh", "revised"), "plan": ("kế hoạch", "plan"),
}  # fmt: skip


def _status(status: str, lang: str) -> str:
    return _STATUSES.get(status, (status, status))[0 if lang == "vi" else 1]
