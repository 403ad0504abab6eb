"""The vintages of a series as a page shows them: periods down, days of publication across, then each revision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.observations import TOTAL
from lienvung.present.indicators import name_code
from lienvung.present.numbers import format_date, format_number, format_period
from lienvung.present.revisions import Step
from lienvung.present.texts import Texts

_PARTS = ("issuer", "breakdown", "activity")
_EXACT = ("day", "received", "month", "year")


@dataclass(frozen=True)
class Told:
    """What one document said of one period. ``part``: parameters that name the series for its trace."""

    text: str
    period: str
    period_name: str
    series: str
    part: dict[str, str | None]
    published: str
    number: int
    before: str
    revision: str
    status: str
    stands: bool
    moved: bool
    document: str
    url: str
    file: str
    place: str


@dataclass(frozen=True)
class TriangleLine:
    """One period of one series: what was said on each day, or nothing."""

    heading: str
    series: str
    cells: tuple[Told | None, ...]


@dataclass(frozen=True)
class Triangle:
    """All vintages of a series, and which of them repeat or revise an earlier one."""

    headings: tuple[str, ...]
    lines: tuple[TriangleLine, ...]
    has_series: bool
    again: tuple[Told, ...]
    summary: str
    documents: tuple[tuple[str, str, str, int], ...]


def build_triangle(steps: Sequence[Step], catalogue: Catalogue, lang: str) -> Triangle:
    """The triangle of the vintages of one indicator and area, the newest period first."""
    differs = [c for c in _PARTS if len({s.row[c] for s in steps}) > 1]
    days = sorted({s.row["published_from"] for s in steps})
    lines: dict[tuple[Any, ...], dict[date, Told]] = {}
    told: list[Told] = []
    before: Step | None = None
    for step in steps:
        row = step.row
        view = _told(step, before if step.number > 1 else None, differs, catalogue, lang)
        told.append(view)
        line = (*(row[c] for c in _PARTS), row["freq"], row["period_start"], row["period"])
        lines.setdefault(line, {})[row["published_from"]] = view
        before = step
    ordered = sorted(lines.items(), key=lambda item: item[0][-2], reverse=True)
    return Triangle(
        headings=tuple(_heading(day, steps, lang) for day in days),
        lines=tuple(
            TriangleLine(format_period(line[-1], lang), next(iter(cells.values())).series,
                         tuple(cells.get(day) for day in days))
            for line, cells in ordered
        ),
        has_series=bool(differs),
        again=tuple(t for t in reversed(told) if t.number > 1),
        summary=_summary(steps, told, lang),
        documents=_documents(steps, catalogue, lang),
    )  # fmt: skip


def _heading(day: date, steps: Sequence[Step], lang: str) -> str:
    """The day as exactly as the most exact document of that day gives it."""
    precisions = {s.row["published_precision"] for s in steps if s.row["published_from"] == day}
    return format_date(day, lang, next((p for p in _EXACT if p in precisions), "day"))


def _told(step: Step, before: Step | None, differs: Sequence[str], catalogue: Catalogue, lang: str) -> Told:
    row, texts = step.row, Texts(lang)
    source = catalogue.sources.get(row["document"] or "")
    lists = {"issuer": catalogue.issuers, "breakdown": catalogue.breakdowns, "activity": catalogue.activities}
    sheet = texts("trace_sheet", sheet=row["sheet"]) if row["sheet"] else ""
    cell = texts("trace_cell", cell=row["cell"]) if row["cell"] else ""
    return Told(
        text=_value(row, texts),
        period=row["period"],
        period_name=format_period(row["period"], lang),
        series=", ".join(name_code(lists[c], row[c], lang) for c in differs),
        part={c: row[c] if row[c] != TOTAL else None for c in _PARTS},
        published=format_date(row["published_from"], lang, row["published_precision"] or "day"),
        number=step.number,
        before=_value(before.row, texts) if before else "",
        revision=_size(step, lang),
        status=texts(f"status_{row['status']}"),
        stands=step.stands,
        moved=bool(step.revision),
        document=source.title(lang) if source else (row["file_name"] or row["document"] or ""),
        url=source.url if source and source.url.startswith("http") else "",
        file=row["file_name"] or "",
        place=", ".join(p for p in (sheet, cell) if p),
    )


def _value(row: dict[str, Any], texts: Texts) -> str:
    if row["mark"]:
        return texts(f"mark_{row['mark']}_sign")
    return format_number(row["value"], row["decimals"], texts.lang)


def _size(step: Step, lang: str) -> str:
    """The revision with its sign, and in per cent of the value before."""
    if step.revision is None:
        return ""
    text = _signed(float(f"{step.revision:.12g}"), None, lang)
    return text if not step.revision or step.revision_pct is None else (
        f"{text} ({_signed(step.revision_pct, 2, lang)} %)"
    )  # fmt: skip


def _signed(value: float, decimals: int | None, lang: str) -> str:
    return ("+" if value > 0 else "") + format_number(value, decimals, lang)


def _summary(steps: Sequence[Step], told: Sequence[Told], lang: str) -> str:
    texts = Texts(lang)
    moved = [(s, t) for s, t in zip(steps, told, strict=True) if s.revision]
    text = texts(
        "revisions_summary", facts=sum(s.number == 1 for s in steps), count=len(steps), moved=len(moved),
        again=sum(s.revision == 0 for s in steps),
    )  # fmt: skip
    if not moved:
        return text
    _, most = max(moved, key=lambda pair: (abs(pair[0].revision_pct or 0), abs(pair[0].revision or 0)))
    return f"{text} {texts('revisions_largest', period=most.period_name, size=most.revision)}"


def _documents(steps: Sequence[Step], catalogue: Catalogue, lang: str) -> tuple[tuple[str, str, str, int], ...]:
    """Every publication: when, who and what, the address, how many figures."""
    counts: dict[tuple[Any, ...], int] = {}
    for step in steps:
        row = step.row
        precision = row["published_precision"] or "day"
        key = (row["published_from"], precision, row["issuer"], row["document"] or "", row["file_name"] or "")
        counts[key] = counts.get(key, 0) + 1
    found = []
    for (day, precision, issuer, document, file), count in sorted(counts.items()):
        source = catalogue.sources.get(document)
        title = f"{name_code(catalogue.issuers, issuer, lang)}. {source.title(lang) if source else file or document}"
        url = source.url if source and source.url.startswith("http") else ""
        found.append((format_date(day, lang, precision), title + (f" [{file}]" if file and source else ""), url, count))
    return tuple(found)
