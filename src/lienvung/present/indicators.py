"""Indicators for a reader: the list by official group, and what a page says of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.indicators import Group, Indicator
from lienvung.domain.observations import TOTAL, Source
from lienvung.present.numbers import format_date, format_period
from lienvung.present.texts import Texts


@dataclass(frozen=True)
class IndicatorEntry:
    """One line of the list: an indicator and how much of it is published."""

    indicator: Indicator
    figures: int
    areas: int
    span: str


@dataclass(frozen=True)
class GroupEntry:
    """A group with its indicators."""

    group: Group
    entries: tuple[IndicatorEntry, ...]

    @property
    def with_figures(self) -> int:
        """How many of them have figures."""
        return sum(1 for e in self.entries if e.figures)


@dataclass(frozen=True)
class Fact:
    """A term and what is said of it."""

    term: str
    text: str


@dataclass(frozen=True)
class Citation:
    """A document that shown figures came from."""

    document: str
    text: str
    url: str
    published: str
    figures: int


def list_indicators(catalogue: Catalogue, series: pa.Table, lang: str) -> list[GroupEntry]:
    """All indicators by group, those without figures too.

    Args:
        series: ``SERIES_COLUMNS`` of everything that is published.
    """
    counts = _count_series(series)
    found = []
    for group in catalogue.groups.values():
        own = sorted(
            (i for i in catalogue.indicators.values() if i.group == group.code), key=lambda i: (i.indicator_key, i.code)
        )
        if own:
            found.append(GroupEntry(group, tuple(_entry(i, counts.get(i.code), lang) for i in own)))
    return found


def _count_series(series: pa.Table) -> dict[str, tuple[int, set[str], str, str, Any, Any]]:
    counts: dict[str, tuple[int, set[str], str, str, Any, Any]] = {}
    for row in series.to_pylist():
        had = counts.get(row["indicator"])
        if had is None:
            counts[row["indicator"]] = (
                row["observations"], {row["area_key"]}, row["first_period"], row["last_period"],
                row["first_day"], row["last_day"],
            )  # fmt: skip
            continue
        figures, areas, first, last, first_day, last_day = had
        if row["first_day"] < first_day:
            first, first_day = row["first_period"], row["first_day"]
        if row["last_day"] > last_day:
            last, last_day = row["last_period"], row["last_day"]
        counts[row["indicator"]] = (
            figures + row["observations"], areas | {row["area_key"]}, first, last, first_day, last_day
        )  # fmt: skip
    return counts


def _entry(indicator: Indicator, count: tuple[int, set[str], str, str, Any, Any] | None, lang: str) -> IndicatorEntry:
    if count is None:
        return IndicatorEntry(indicator, 0, 0, "")
    first, last = format_period(count[2], lang), format_period(count[3], lang)
    return IndicatorEntry(indicator, count[0], len(count[1]), first if first == last else f"{first} – {last}")


def describe_indicator(indicator: Indicator, catalogue: Catalogue, lang: str) -> list[Fact]:
    """Unit, prices, rule of aggregation and the rest, as terms and texts."""
    texts = Texts(lang)
    unit = catalogue.units.get(indicator.unit)
    official = texts(f"code_{'verified' if indicator.code_status == 'verified' else 'unverified'}")
    facts = [
        Fact(texts("fact_unit"), unit.name(lang) if unit else indicator.unit),
        Fact(texts("fact_price_basis"), texts(f"price_{indicator.price_basis}") if indicator.price_basis else ""),
        Fact(texts("fact_comparison"), texts(f"comparison_{indicator.comparison}") if indicator.comparison else ""),
        Fact(texts("fact_aggregation"), describe_aggregation(indicator, catalogue, lang)),
        Fact(texts("fact_direction"), texts(f"direction_{indicator.direction}") if indicator.direction else ""),
        Fact(texts("fact_frequency"), ", ".join(texts(f"freq_{f}") for f in indicator.frequency.split())),
        Fact(texts("fact_group"), catalogue.groups[indicator.group].name(lang)),
        Fact(texts("fact_official_code"), f"{indicator.official_code} ({official})" if indicator.official_code else ""),
        Fact(texts("fact_code"), indicator.code),
        Fact(texts("fact_note"), indicator.note(lang)),
    ]
    return [fact for fact in facts if fact.text]


def describe_aggregation(indicator: Indicator, catalogue: Catalogue, lang: str) -> str:
    """How a larger area's value follows from its parts, in words."""
    codes = {"top": indicator.numerator, "bottom": indicator.denominator, "weight": indicator.weight}
    named = {part: name_code(catalogue.indicators, code, lang) for part, code in codes.items()}
    return Texts(lang)(f"aggregation_{indicator.aggregation}", **named)


def cite_sources(tables: list[pa.Table], catalogue: Catalogue, lang: str) -> list[Citation]:
    """The documents of the rows shown, most used first; a file that is no listed document is named as it is."""
    counts: dict[tuple[str, str], int] = {}
    for table in tables:
        for document, name in zip(table["document"].to_pylist(), table["file_name"].to_pylist(), strict=True):
            counts[document or "", name or ""] = counts.get((document or "", name or ""), 0) + 1
    merged: dict[str, tuple[str, int]] = {}
    for (document, name), count in counts.items():
        had = merged.get(document or name, (name, 0))
        merged[document or name] = (name, had[1] + count)
    ordered = sorted(merged.items(), key=lambda item: (-item[1][1], item[0]))
    return [_citation(document, name, count, catalogue, lang) for document, (name, count) in ordered]


def _citation(document: str, name: str, count: int, catalogue: Catalogue, lang: str) -> Citation:
    source = catalogue.sources.get(document)
    if source is None:
        return Citation(document, name or document, "", "", count)
    return Citation(document, cite(source, catalogue, lang), source.url, show_published(source.published, lang), count)


def cite(source: Source, catalogue: Catalogue, lang: str) -> str:
    """A document as it is cited: who, what."""
    issuer = catalogue.issuers.get(source.issuer)
    return f"{issuer.name(lang) if issuer else source.issuer}. {source.title(lang)}"


def show_published(text: str, lang: str) -> str:
    """A document's date, as exactly as it gives it."""
    from lienvung.domain.clocks import Published

    if not text:
        return ""
    published = Published.parse(text)
    return format_date(published.day, lang, published.precision)


def name_code(codes: Mapping[str, Any], code: str, lang: str) -> str:
    """The name of a breakdown, activity or issuer; the code itself if the pack does not list it."""
    return codes[code].name(lang) if code in codes else code


def series_title(indicator: Indicator, catalogue: Catalogue, breakdown: str, activity: str, lang: str) -> str:
    """The indicator with what part of it is shown."""
    parts = [
        name_code(codes, code, lang)
        for codes, code in ((catalogue.activities, activity), (catalogue.breakdowns, breakdown))
        if code and code != TOTAL
    ]
    return indicator.name(lang) + (f" ({', '.join(parts)})" if parts else "")
