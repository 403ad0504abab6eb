"""A file's rows with everything looked up: what each text means in the catalogue, or null where it means nothing.

Resolving is done once, here; the checks only judge what was resolved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import Published
from lienvung.domain.handovers import RawFile, Rows
from lienvung.domain.names import nearest
from lienvung.domain.observations import STATUSES, TOTAL, Source
from lienvung.domain.periods import Period
from lienvung.errors import LienVungError
from lienvung.validate.columns import cut, glue, map_distinct

_STRING = pa.string()
_PERIOD = pa.struct([("freq", _STRING), ("text", _STRING), ("start", pa.date32()), ("end", pa.date32())])
_PUBLISHED = pa.struct([("day", pa.date32()), ("precision", _STRING)])


@dataclass
class Draft:
    """The rows under check.

    Attributes:
        printed: ``ROWS_SCHEMA`` columns as the reader made them, blanks as null, defaults filled in.
        known: what they resolved to, same length; null: not resolved.
        bad: the rows that may not go on, filled by the checks one after the other.
        is_brief: so many problems were told that no more advice is looked for.
    """

    catalogue: Catalogue
    received: date
    printed: dict[str, pa.Array]
    known: dict[str, pa.Array]
    bad: np.ndarray
    is_brief: bool = False

    def nearest(self, text: str, choices: Iterable[str]) -> list[str]:
        """What was perhaps meant; nothing once enough problems were told, so that a hopeless file ends in time."""
        return [] if self.is_brief else nearest(text, choices)

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.bad)

    def good(self) -> np.ndarray:
        """The rows that no check has refused yet."""
        return np.flatnonzero(~self.bad)

    def places(self, rows: np.ndarray, most: int = 5) -> str:
        """``Sheet1!C4, C5 …`` for people."""
        texts, last = [], None
        for row in rows[:most]:
            sheet, cell = self.printed["sheet"][int(row)].as_py(), self.printed["cell"][int(row)].as_py()
            texts.append(f"{sheet}!{cell}" if sheet and sheet != last else str(cell))
            last = sheet
        return ", ".join(texts) + (" …" if len(rows) > most else "")

    def other_places(self, rows: np.ndarray) -> tuple[str, ...]:
        """The cells after the first one, each once: ``C5``, or ``Sheet!C5`` where the sheet is another."""
        sheets, cells = (self.printed[c].take(pa.array(rows)).to_pylist() for c in ("sheet", "cell"))
        found: dict[str, None] = {}
        for sheet, cell in zip(sheets[1:], cells[1:], strict=True):
            if cell and (sheet, cell) != (sheets[0], cells[0]):
                found[f"{sheet}!{cell}" if sheet and sheet != sheets[0] else cell] = None
        return tuple(found)


def build_draft(rows: Rows, catalogue: Catalogue, raw: RawFile, received: date) -> Draft:
    """Look everything up, distinct value by distinct value."""
    table = rows.table.combine_chunks()
    printed = {n: _plain(table[n]) for n in table.column_names}
    for name in ("activity", "breakdown"):
        printed[name] = pc.fill_null(printed[name], TOTAL)
    printed["status"] = pc.fill_null(printed["status"], "official")
    draft = Draft(catalogue, received, printed, {}, np.zeros(table.num_rows, dtype=bool))
    _resolve_document(draft, raw)
    _resolve_published(draft)
    _resolve_codes(draft)
    _resolve_area(draft)
    _resolve_period(draft)
    return draft


def _plain(column: pa.ChunkedArray) -> pa.Array:
    chunks = column.chunks
    array = chunks[0] if len(chunks) == 1 else pa.concat_arrays(chunks) if chunks else pa.array([], column.type)
    if array.type != _STRING:
        return array
    return pc.if_else(pc.equal(array, ""), pa.scalar(None, _STRING), array)


def _resolve_document(draft: Draft, raw: RawFile) -> None:
    """The row's document, else the one that this very file is, else the file itself."""
    sources = draft.catalogue.sources
    same = next((s.document for s in sources.values() if s.file_sha256 and s.file_sha256 == raw.sha256), None)
    own = f"file-{raw.sha256[:12]}"
    draft.printed["document"] = pc.fill_null(draft.printed["document"], same or own)
    accepted = set(sources) | {own}
    draft.known["document"] = _listed(draft.printed["document"], accepted)
    issuer = map_distinct(draft.printed["document"], lambda d: _of(sources.get(d), "issuer"), _STRING)
    draft.printed["issuer"] = pc.coalesce(draft.printed["issuer"], issuer)
    published = map_distinct(draft.printed["document"], lambda d: _of(sources.get(d), "published"), _STRING)
    draft.printed["published"] = pc.coalesce(draft.printed["published"], published)
    boundary = map_distinct(draft.printed["document"], lambda d: _of(sources.get(d), "boundary"), _STRING)
    draft.printed["boundary"] = pc.coalesce(draft.printed["boundary"], boundary)


def _of(source: Source | None, field: str) -> str | None:
    return (getattr(source, field) or None) if source else None


def _resolve_published(draft: Draft) -> None:
    def read(text: str) -> dict[str, object] | None:
        try:
            found = Published.parse(text)
        except LienVungError:
            return None
        # "2026" received in May 2026 was published by then: the latest day consistent with both
        day = min(found.day, draft.received) if found.precision != "day" and _begun(text, draft) else found.day
        return {"day": day, "precision": found.precision}

    read_column = map_distinct(draft.printed["published"], read, _PUBLISHED)
    is_blank = pc.is_null(draft.printed["published"])
    draft.known["published_from"] = pc.if_else(is_blank, draft.received, pc.struct_field(read_column, "day"))
    draft.known["published_precision"] = pc.if_else(is_blank, "received", pc.struct_field(read_column, "precision"))


def _begun(text: str, draft: Draft) -> bool:
    return text.strip() <= draft.received.isoformat()[: len(text.strip())]


def _resolve_codes(draft: Draft) -> None:
    catalogue, printed, known = draft.catalogue, draft.printed, draft.known

    def indicator(text: str) -> str | None:
        found = catalogue.find_indicator(text)
        return found.code if found else None

    known["indicator"] = map_distinct(printed["indicator"], indicator, _STRING)
    known["breakdown"] = _listed(printed["breakdown"], set(catalogue.breakdowns) | {TOTAL})
    known["activity"] = _listed(printed["activity"], set(catalogue.activities) | {TOTAL})
    known["issuer"] = _listed(printed["issuer"], set(catalogue.issuers))
    known["status"] = _listed(printed["status"], set(STATUSES))
    own_unit = map_distinct(known["indicator"], lambda i: catalogue.indicators[i].unit, _STRING)
    printed["unit"] = pc.coalesce(printed["unit"], own_unit)
    known["unit"] = _listed(printed["unit"], set(catalogue.units))
    known["own_unit"] = own_unit
    known["dataflow"] = map_distinct(known["indicator"], catalogue.dataflow_of, _STRING)


def _listed(column: pa.Array, codes: set[str]) -> pa.Array:
    upper = {c.upper(): c for c in sorted(codes, reverse=True)}
    return map_distinct(column, lambda c: c if c in codes else upper.get(c.upper()), _STRING)


def _resolve_area(draft: Draft) -> None:
    """By the boundary that the row or its document names, else by the document's date."""
    boundary = draft.printed["boundary"]
    draft.known["boundary_day"] = pc.if_else(
        pc.is_null(boundary),
        draft.known["published_from"],
        map_distinct(boundary, _boundary_day, pa.date32()),
    )

    def area(pair: str) -> str | None:
        text, day = cut(pair)
        try:
            key = draft.catalogue.gazetteer.resolve_printed(text, date.fromisoformat(day)) if text and day else None
        except (LienVungError, ValueError):
            return None
        return str(key) if key else None

    days = draft.known["boundary_day"].cast(_STRING)
    draft.known["area_key"] = map_distinct(glue([draft.printed["area_text"], days]), area, _STRING)


def _boundary_day(text: str) -> date | None:
    try:
        return AreaKey("", text.strip()).start
    except ValueError:
        return None


def _resolve_period(draft: Draft) -> None:
    def read(text: str) -> dict[str, object] | None:
        try:
            period = Period.parse(text)
        except LienVungError:
            return None
        return {"freq": period.freq, "text": period.text, "start": period.start, "end": period.end}

    found = map_distinct(draft.printed["period"], read, _PERIOD)
    for name, field in (("freq", "freq"), ("period", "text"), ("period_start", "start"), ("period_end", "end")):
        draft.known[name] = pc.struct_field(found, field)
