"""SDMX-JSON 2.0 and 2.1 data messages: the time series layout, or the flat one.

The message names every code first and then refers to it by number, so the whole table is encoded once; the
observations are then written batch by batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.catalogue import Catalogue
from lienvung.present.sdmx.codelists import CodeList, build_codelists
from lienvung.present.sdmx.columns import (
    Codes,
    Encoded,
    combine,
    compact,
    encode,
    join_combinations,
    to_bytes,
    values_as_text,
)
from lienvung.present.sdmx.message import build_meta, named
from lienvung.present.sdmx.model import ATTRIBUTES, DIMENSIONS, DSD, MEASURE, TIME, Component, concept_urn, urn

BATCH = 131_072
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class JsonForm:
    """What a client may choose. ``is_flat``: all dimensions at the observation (AllDimensions)."""

    version: str = "2.0.0"
    is_flat: bool = False
    action: str = "Information"
    lang: str = "vi"
    attributes: tuple[Component, ...] = ATTRIBUTES
    has_measure: bool = True
    self_url: str = ""


@dataclass(frozen=True)
class _Flow:
    """One dataflow's rows, encoded."""

    id: str
    table: pa.Table
    columns: Mapping[str, Encoded]


def write_json(table: pa.Table, catalogue: Catalogue, form: JsonForm | None = None) -> Iterator[bytes]:
    """An SDMX-JSON message of published rows (``OBSERVATIONS`` columns): one data set per dataflow."""
    return JsonWriter(catalogue, form or JsonForm()).write(table)


class JsonWriter:
    """Writes one SDMX-JSON message."""

    def __init__(self, catalogue: Catalogue, form: JsonForm) -> None:
        self._form = form
        self._catalogue = catalogue
        self._codelists = build_codelists(catalogue)
        self._on_series = tuple(a for a in form.attributes if a.kind == "series" and not form.is_flat)
        self._on_observation = tuple(a for a in form.attributes if a not in self._on_series)

    def write(self, table: pa.Table) -> Iterator[bytes]:
        """Names first, then the data sets piece by piece."""
        flows = [self._flow(flow, table) for flow in pc.unique(table.column("dataflow")).to_pylist()]
        moment = pc.max(table.column("recorded_from")).as_py() if table.num_rows else None
        prepared: datetime = (moment or datetime(1970, 1, 1)).replace(tzinfo=UTC)
        meta = build_meta("data", self._form.version, prepared, self._form.lang, self._form.self_url)
        opening = {"$schema": meta["schema"]} if self._form.version >= "2.1" else {}
        if opening:
            del meta["schema"]
        structures = [self._structure(flow, at) for at, flow in enumerate(flows)]
        head = orjson.dumps(opening | {"meta": meta, "data": {"structures": structures}})
        yield head[:-2] + b',"dataSets":['
        for at, flow in enumerate(flows):
            yield from self._data_set(flow, at)
        yield b"]}}"

    def _flow(self, dataflow: str, table: pa.Table) -> _Flow:
        rows = table.filter(pc.equal(table.column("dataflow"), dataflow))
        shown = (*DIMENSIONS, TIME, *self._form.attributes)
        columns = {c.id: compact(encode(rows, c)) for c in shown}
        order = _series_order([columns[d.id] for d in DIMENSIONS], rows.num_rows)
        if order is not None:
            rows = rows.take(pa.array(order))
            columns = {name: Encoded(c.codes[order], c.texts) for name, c in columns.items()}
        return _Flow(dataflow, rows, columns)

    # the names

    def _structure(self, flow: _Flow, at: int) -> Json:
        lang = self._form.lang
        group = self._catalogue.group_of_dataflow(flow.id)
        dims = [self._component(d, flow, {"keyPosition": i}) for i, d in enumerate((*DIMENSIONS, TIME))]
        on_series = [] if self._form.is_flat else dims[:-1]
        measure = self._described(MEASURE) | {"format": {"dataType": "Double"}}
        return {
            "links": [
                {"urn": urn("dataflow", flow.id), "rel": "dataflow"},
                {"urn": urn("datastructure", DSD), "rel": "datastructure"},
            ],
            **named(group.name_vi, group.name_en, lang),
            "dataSets": [at],
            "dimensions": {"dataSet": [], "series": on_series, "observation": dims[len(on_series) :]},
            "measures": {"observation": [measure] if self._form.has_measure else []},
            "attributes": {
                "dataSet": [],
                "series": [self._component(a, flow, _relationship(a)) for a in self._on_series],
                "observation": [self._component(a, flow, _relationship(a)) for a in self._on_observation],
            },
        }

    def _described(self, component: Component) -> Json:
        concept = {"urn": concept_urn(component), "rel": "concept"}
        return {"id": component.id, **named(component.name_vi, component.name_en, self._form.lang), "links": [concept]}

    def _component(self, component: Component, flow: _Flow, more: Json) -> Json:
        codelist = self._codelists.get(component.codelist)
        texts = [t for t in flow.columns[component.id].texts if t is not None]
        values = {"values": [self._value(codelist, t) for t in texts]} if texts else {}
        return self._described(component) | more | values

    def _value(self, codelist: CodeList | None, text: str) -> Json:
        if codelist is None:
            return {"value": text}
        code = codelist.codes.get(text)
        return {"id": text, **(named(code.vi, code.en, self._form.lang) if code else {"name": text})}

    # the numbers

    def _data_set(self, flow: _Flow, at: int) -> Iterator[bytes]:
        link = {"urn": urn("dataflow", flow.id), "rel": "dataflow"}
        head = orjson.dumps({"structure": at, "action": self._form.action, "links": [link]})
        layout = b"observations" if self._form.is_flat else b"series"
        yield (b"," if at else b"") + head[:-1] + b',"' + layout + b'":{'
        opened, closed = self._openings(flow)
        suffix = self._suffixes(flow)
        periods = _numbers(flow.columns[TIME.id])
        for start in range(0, flow.table.num_rows, BATCH):
            stop = min(start + BATCH, flow.table.num_rows)
            rows = self._rows(flow.table.slice(start, BATCH), slice(start, stop), opened, periods, suffix)
            yield rows[closed:] if start == 0 else rows
        yield (b"" if self._form.is_flat else b"}}") + b"}}"

    def _rows(
        self, table: pa.Table, span: slice, opened: Encoded, periods: Encoded, suffix: tuple[Codes, pa.Array]
    ) -> bytes:
        codes, texts = suffix
        pieces = [
            pa.array(opened.texts, pa.string()).take(pa.array(opened.codes[span])),
            pa.array(periods.texts, pa.string()).take(pa.array(periods.codes[span])),
            *([values_as_text(table, "null")] if self._form.has_measure else []),
            texts.take(pa.array(codes[span])),
        ]
        keyed = pc.binary_join_element_wise(pieces[0], pieces[1], '":[', "")
        return to_bytes(pc.binary_join_element_wise(keyed, *pieces[2:], ""))

    def _openings(self, flow: _Flow) -> tuple[Encoded, int]:
        """What stands before the period of each row, and how much of it the very first row drops."""
        rows = flow.table.num_rows
        dims = [_numbers(flow.columns[d.id]) for d in DIMENSIONS]
        codes, keys = join_combinations(dims, rows, ":")
        if self._form.is_flat:
            return Encoded(codes, [f',"{key}:' for key in keys.to_pylist()]), 1
        starts = np.ones(rows, dtype=bool)
        starts[1:] = codes[1:] != codes[:-1]
        attributes = [_numbers(flow.columns[a.id]) for a in self._on_series]
        firsts = np.flatnonzero(starts)
        columns = [[a.texts[c] or "null" for c in a.codes[firsts]] for a in attributes]
        shown = [",".join(numbers) for numbers in zip(*columns, strict=True)] or [""] * len(firsts)
        names = keys.take(pa.array(codes[firsts])).to_pylist()
        heads = [
            f'}}}},"{name}":{{"attributes":[{numbers}],"observations":{{"'
            for name, numbers in zip(names, shown, strict=True)
        ]
        opened = np.zeros(rows, dtype=np.int64)
        opened[firsts] = np.arange(1, len(firsts) + 1)
        return Encoded(opened, [',"', *heads]), len("}},")

    def _suffixes(self, flow: _Flow) -> tuple[Codes, pa.Array]:
        """What stands after the value of each row: the numbers of its attributes and the closing bracket."""
        columns = [_numbers(flow.columns[a.id]) for a in self._on_observation]
        codes, texts = join_combinations(columns, flow.table.num_rows, ",")
        if columns and self._form.has_measure:
            texts = pc.binary_join_element_wise(pa.scalar(","), texts, "")
        return codes, pc.binary_join_element_wise(texts, "]", "")


def _numbers(column: Encoded) -> Encoded:
    """Texts replaced by their place among those that are there; a missing one by null."""
    places = iter(range(len(column.texts)))
    return Encoded(column.codes, ["null" if t is None else str(next(places)) for t in column.texts])


def _series_order(dims: list[Encoded], rows: int) -> Codes | None:
    """An order that puts each series' rows together, or None where they already are."""
    codes, parts = combine(dims, rows)
    changes = np.count_nonzero(codes[1:] != codes[:-1]) + 1 if rows else 0
    return None if changes == (len(parts[0]) if rows else 0) else np.argsort(codes, kind="stable")


def _relationship(component: Component) -> Json:
    if component.kind == "series":
        return {"relationship": {"dimensions": ["INDICATOR"]}}
    return {"relationship": {"observation": {}}}
