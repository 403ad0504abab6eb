"""A download as columns and facts: the same content for CSV and XLSX."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import Answer, DerivedAnswer
from lienvung.domain.indicators import Indicator
from lienvung.present.derived import source_table
from lienvung.present.indicators import cite_sources
from lienvung.present.numbers import format_date, format_instant
from lienvung.present.records import RECORD_KEYS, observation_records
from lienvung.present.texts import Texts

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Sheet:
    """What a downloaded table holds.

    Attributes:
        columns: names of the columns, as scripts know them. facts: what, unit, sources, clocks.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    facts: tuple[tuple[str, str], ...]
    titles: tuple[str, str]
    decimals: int


def describe_sheet(answer: Answer, indicator: Indicator, catalogue: Catalogue, lang: str, address: str) -> Sheet:
    """The rows of an answer with everything needed to cite them."""
    texts, question = Texts(lang), answer.question
    records = [_flat(record) for record in observation_records(answer.table, catalogue, lang)]
    unit = catalogue.units.get(indicator.unit)
    published = format_date(question.published, lang) or texts("sheet_now")
    recorded = format_instant(question.recorded, lang) or texts("sheet_now")
    notes = answer.notes if isinstance(answer, DerivedAnswer) else ()
    sources = [f"{c.text} {c.url}".strip() for c in cite_sources([source_table(answer.table)], catalogue, lang)]
    facts = [
        (texts("sheet_name"), f"{indicator.name(lang)} ({indicator.code})"),
        (texts("sheet_unit"), unit.name(lang) if unit else indicator.unit),
        (texts("sheet_published"), published),
        (texts("sheet_recorded"), recorded),
        (texts("sheet_snapshot"), answer.snapshot),
        *([(texts("sheet_boundary"), answer.boundary)] if isinstance(answer, DerivedAnswer) else []),
        *((texts("sheet_note"), note.vi if lang == "vi" else note.en) for note in notes),
        (texts("sheet_language"), lang),
        (texts("sheet_address"), address),
        *((texts("sheet_sources"), source) for source in sources),
        ("", texts("sheet_marks")),
    ]
    return Sheet(
        title=indicator.name(lang),
        columns=RECORD_KEYS,
        rows=tuple(tuple(record[key] for key in RECORD_KEYS) for record in records),
        facts=tuple(facts),
        titles=(texts("sheet_figures"), texts("sheet_about")),
        decimals=indicator.decimals,
    )


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    """A record whose inputs fit one field: ``POP_AVG 74@2004 2020 = 2580.55 [document, sheet, cell]; …``."""
    inputs = record["inputs"]
    return record | {"inputs": "; ".join(_input(each) for each in inputs) if inputs else None}


def _input(each: dict[str, Any]) -> str:
    share = "" if each["share"] in (None, 1) else f" × {each['share']:.12g}"
    place = ", ".join(p for p in (each["document"], each["file"], each["sheet"], each["cell"]) if p)
    return f"{each['indicator']} {each['area_key']} {each['period']} = {each['value']!r}{share} [{place}]"


def defuse(text: str) -> str:
    """A text that a spreadsheet will not run as a formula.

    >>> defuse("=1+1"), defuse("Đồng Nai")
    ("'=1+1", 'Đồng Nai')
    """
    return f"'{text}" if text.startswith(_DANGEROUS) else text
