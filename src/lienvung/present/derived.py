"""Values on one boundary, printed and computed: which one is drawn, what stands beside it, how it is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from lienvung.domain.catalogue import Catalogue
from lienvung.present.indicators import name_code, show_published
from lienvung.present.numbers import format_date, format_number
from lienvung.present.places import name_place
from lienvung.present.texts import Texts

Row = Mapping[str, Any]
PRINTED = ("published", "same")
_ORDER = ("sum", "ratio", "growth", "weighted_mean", "product", "split")
_TOKEN = re.compile(r"([A-Z][A-Z0-9_]*)\(([\w-]+@[\d-]+)\)")
_DECIMAL = re.compile(r"(?<![\w@.,-])\d+\.\d+")
_NAMED = re.compile(r" \[.*\]$")
_CODE = re.compile(r"\b[A-Z][A-Z0-9_]{2,}\b")


def is_printed(row: Row) -> bool:
    """Whether an issuer printed this value; rows of a plain answer are all printed."""
    return row.get("derivation", "published") in PRINTED


def kind_of(row: Row) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """What tells one computed series from another: the way, the parts, the boundaries of the parts."""
    parts = {i["part"] for i in row["inputs"]} - {"split"}
    days = {i["area_key"].partition("@")[2] for i in row["inputs"] if i["part"] != "split"}
    return row["derivation"], tuple(sorted(parts)), tuple(sorted(days))


def rank_claims(rows: Sequence[Row]) -> dict[tuple[str, str], list[Row]]:
    """(area, period) → its claims: printed before computed, then those of the fuller computed series first."""
    counts = Counter(kind_of(r) for r in rows if not is_printed(r) and r["value"] is not None)

    def rank(row: Row) -> tuple[Any, ...]:
        if is_printed(row):
            return (0,)
        kind = kind_of(row)
        return (1, row["value"] is None, bool(row["is_estimated"]), -counts[kind], _ORDER.index(kind[0]), kind)

    found: dict[tuple[str, str], list[Row]] = {}
    for row in sorted(rows, key=rank):
        found.setdefault((row["area_key"], row["period"]), []).append(row)
    return found


def pick_drawn(rows: Sequence[Row]) -> list[Row]:
    """One value of each area and period for a drawing.

    The printed one where there is one; else one computed series, the fullest; else an estimate.
    """
    exact = Counter(kind_of(r) for r in rows if not is_printed(r) and r["value"] is not None and not r["is_estimated"])
    main = min(exact, key=lambda k: (-exact[k], _ORDER.index(k[0]), k), default=None)
    drawn = []
    for claims in rank_claims(rows).values():
        first = next((r for r in claims if is_printed(r) or _is_drawn(r, main)), None)
        if first is not None:
            drawn.append(first)
    return drawn


def _is_drawn(row: Row, main: tuple[Any, ...] | None) -> bool:
    return row["value"] is not None and (row["is_estimated"] or kind_of(row) == main)


def describe_drawn(rows: Sequence[Row], lang: str) -> str:
    """Which values a drawing shows."""
    texts = Texts(lang)
    ways = Counter(how_key(r) for r in rows if r["value"] is not None)
    said = [texts("drawn_way", way=texts(f"way_{way}"), count=count) for way, count in ways.most_common()]
    return texts("drawn_ways", ways="; ".join(said)) if set(ways) - {"published"} else ""


def how_key(row: Row) -> str:
    """The key of the words for how a value came about."""
    return str(row.get("derivation") or "published")


def mark_of(row: Row) -> str:
    """The mark of a computed value: computed or estimated; none for a printed one."""
    if is_printed(row):
        return ""
    return "estimated" if row["is_estimated"] else "computed"


@dataclass(frozen=True)
class InputView:
    """One printed number that a computed one was made from, with its address."""

    part: str
    indicator: str
    indicator_name: str
    area_key: str
    area: str
    period: str
    value: str
    unit: str
    share: str
    issuer_code: str
    issuer: str
    published: str
    document: str
    file: str
    place: str
    origin: str


@dataclass(frozen=True)
class DerivationView:
    """One value of a place and period: how it came about, in words and in numbers."""

    text: str
    unit: str
    way: str
    mark: str
    status: str
    issuer: str
    issuer_code: str
    published: str
    lacking: str
    in_words: str
    in_numbers: str
    formula: str
    inputs: tuple[InputView, ...]

    @property
    def has_shares(self) -> bool:
        """Whether any input counts only in part."""
        return any(each.share for each in self.inputs)


def list_derivations(rows: Sequence[Row], catalogue: Catalogue, lang: str) -> list[DerivationView]:
    """Every claim of one place and period, printed ones first, each with its inputs down to the cells."""
    return [_view(row, catalogue, lang) for claims in rank_claims(rows).values() for row in claims]


def _view(row: Row, catalogue: Catalogue, lang: str) -> DerivationView:
    texts, unit = Texts(lang), catalogue.units.get(row["unit"])
    formula, value = row[f"formula_{lang}"] or "", row["value"]
    text = format_number(value, row["decimals"], lang) if value is not None else texts("mark_not_available_sign")
    is_made = not is_printed(row) and value is not None
    sign = "=" if is_made and value == round(value, row["decimals"] or 0) else "≈"
    numbers = f"{_in_numbers(formula, row['inputs'], lang)} {sign} {text}" if is_made else ""
    return DerivationView(
        text=text,
        unit=unit.name(lang) if unit else row["unit"],
        way=texts(f"way_{how_key(row)}"),
        mark=mark_of(row),
        status=texts(f"status_{row['status']}") if row["status"] else "",
        issuer=name_code(catalogue.issuers, row["issuer"], lang),
        issuer_code=row["issuer"],
        published=format_date(row["published_from"], lang, row["published_precision"] or "day"),
        lacking=_lacking(row, catalogue, lang),
        in_words=_in_words(formula, catalogue, lang) if is_made else "",
        in_numbers=numbers,
        formula=formula if is_made else "",
        inputs=tuple(_input(each, catalogue, lang) for each in row["inputs"]),
    )


def _lacking(row: Row, catalogue: Catalogue, lang: str) -> str:
    """The units without which there is no sum."""
    if is_printed(row) or row["value"] is not None:
        return ""
    keys = [key.strip() for key in (row["note"] or "").split(",") if "@" in key]
    return ", ".join(name_place(key, catalogue, lang) for key in keys)


def note_of(row: Row, catalogue: Catalogue, lang: str) -> str:
    """What a cell of the table says of its value."""
    texts = Texts(lang)
    if is_printed(row):
        return str(row["note"] or "")
    lacking = _lacking(row, catalogue, lang)
    return texts("derived_lacking", places=lacking) if lacking else texts(f"way_{how_key(row)}")


def _in_words(formula: str, catalogue: Catalogue, lang: str) -> str:
    """The formula with names for codes."""

    def named(match: re.Match[str]) -> str:
        indicator = name_code(catalogue.indicators, match[1], lang)
        return f"{indicator} ({name_place(match[2], catalogue, lang, is_full=True)})"

    parts = _split(_NAMED.sub("", formula))
    return "".join(_TOKEN.sub(named, p) if is_token else _prose(p, catalogue, lang) for is_token, p in parts)


def _prose(text: str, catalogue: Catalogue, lang: str) -> str:
    text = _CODE.sub(lambda m: name_code(catalogue.indicators, m[0], lang), text)
    return _DECIMAL.sub(lambda m: format_number(float(m[0]), None, lang), text)


def _in_numbers(formula: str, inputs: Iterable[Row], lang: str) -> str:
    """The formula with the printed numbers in place of codes; of two periods the first one named comes first."""
    known: dict[tuple[str, str], list[str]] = {}
    for each in inputs:
        if each["part"] != "split" and each["value"] is not None:
            value = format_number(each["value"], None, lang)
            known.setdefault((each["indicator"], each["area_key"]), []).append(value)

    def number(match: re.Match[str]) -> str:
        found = known.get((match[1], match[2]))
        if not found:
            return Texts(lang)("mark_not_available_sign")
        return found.pop(0) if len(found) > 1 else found[0]

    text = re.sub(r"; \d{4}(-\w+)?(?=\))", "", _NAMED.sub("", formula).partition(" (ước tính")[0])
    parts = _split(text.partition(" (estimate")[0].partition(" (±")[0])
    return "".join(
        _TOKEN.sub(number, p) if is_token else _DECIMAL.sub(lambda m: format_number(float(m[0]), None, lang), p)
        for is_token, p in parts
    )


def _split(text: str) -> list[tuple[bool, str]]:
    """A formula as tokens ``CODE(area)`` and what stands between them."""
    found, at = [], 0
    for match in _TOKEN.finditer(text):
        found += [(False, text[at : match.start()]), (True, match[0])]
        at = match.end()
    return [*found, (False, text[at:])]


def _input(each: Row, catalogue: Catalogue, lang: str) -> InputView:
    texts, unit = Texts(lang), catalogue.units.get(each["unit"])
    source = catalogue.sources.get(each["document"] or "")
    cell = texts("trace_cell", cell=each["cell"]) if each["cell"] else ""
    sheet = texts("trace_sheet", sheet=each["sheet"]) if each["sheet"] else ""
    share = each["share"]
    return InputView(
        part=texts(f"part_{each['part']}"),
        indicator=each["indicator"],
        indicator_name=name_code(catalogue.indicators, each["indicator"], lang),
        area_key=each["area_key"],
        area=name_place(each["area_key"], catalogue, lang, is_full=True),
        period=each["period"],
        value=format_number(each["value"], None, lang) or texts("mark_not_available_sign"),
        unit=unit.name(lang) if unit else each["unit"],
        share="" if share in (None, 1) else format_number(share * 100, 2, lang) + " %",
        issuer_code=each["issuer"],
        issuer=name_code(catalogue.issuers, each["issuer"], lang),
        published=show_published(source.published, lang) if source else format_date(each["published"], lang),
        document=source.title(lang) if source else (each["file"] or each["document"] or ""),
        file=each["file"] or "",
        place=", ".join(p for p in (sheet, cell) if p),
        origin=" ".join(p for p in (each["origin_sheet"], each["origin_cell"]) if p),
    )


def source_table(table: pa.Table) -> pa.Table:
    """The documents and files behind an answer: its own where printed, those of the inputs where computed."""
    if "inputs" not in table.column_names:
        return table.select(["document", "file_name"])
    seen = {
        (i["indicator"], i["area_key"], i["period"], i["document"], i["file"], i["sheet"], i["cell"])
        for inputs in table["inputs"].to_pylist()
        for i in inputs or ()
    }
    ordered = sorted(seen, key=str)
    return pa.table({"document": [s[3] for s in ordered], "file_name": [s[4] for s in ordered]})
