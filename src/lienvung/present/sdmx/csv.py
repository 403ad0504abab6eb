"""SDMX-CSV 2.0 and 2.1, in batches, so that a million rows need no more memory than a hundred thousand.

Comma and decimal point whatever the reader's language (the field guide leaves it to us): scripts read this, and
a separator that changes with a browser's setting breaks them. Lines end as RFC 4180 says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.periods import Period
from lienvung.present.sdmx.codelists import CodeList, build_codelists
from lienvung.present.sdmx.columns import Encoded, compact, encode, join_combinations, to_bytes, values_as_text
from lienvung.present.sdmx.model import ATTRIBUTES, DIMENSIONS, MEASURE, TIME, Component, structure_id

BATCH = 131_072
EOL = "\r\n"


@dataclass(frozen=True, slots=True)
class CsvForm:
    """What a client may choose.

    labels: id, name (a further column), both (``id: name``) · time_format: original, normalized (the first day) ·
    keys: none, obs, series, both · action: I, M or R.
    """

    labels: str = "id"
    time_format: str = "original"
    keys: str = "none"
    action: str = "I"
    lang: str = "vi"
    attributes: tuple[Component, ...] = ATTRIBUTES
    has_measure: bool = True


def _quoted(text: str | None) -> str:
    """A field as RFC 4180 writes it.

    >>> _quoted('chưa "đủ", tạm tính'), _quoted(None)
    ('"chưa ""đủ"", tạm tính"', '')
    """
    if text is None:
        return ""
    if any(sign in text for sign in ',"\r\n') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text


class CsvWriter:
    """Writes one SDMX-CSV message. Reusable: the code lists are read once."""

    def __init__(self, catalogue: Catalogue, form: CsvForm) -> None:
        self._form = form
        self._codelists = build_codelists(catalogue)
        self._flows = {g.dataflow: g.name(form.lang) for g in catalogue.groups.values()}

    def write(self, table: pa.Table) -> Iterator[bytes]:
        """The header, then the rows batch by batch; ``table`` has ``OBSERVATIONS`` columns."""
        yield (",".join(self.header()) + EOL).encode()
        for start in range(0, table.num_rows, BATCH):
            yield self._batch(table.slice(start, BATCH))

    def header(self) -> list[str]:
        """The column names."""
        form = self._form
        names = ["STRUCTURE", "STRUCTURE_ID", *(["STRUCTURE_NAME"] if form.labels == "name" else []), "ACTION"]
        names += ["SERIES_KEY"] * (form.keys in ("series", "both")) + ["OBS_KEY"] * (form.keys in ("obs", "both"))
        shown = [*DIMENSIONS, TIME, *([MEASURE] if form.has_measure else []), *form.attributes]
        for component in shown:
            label = component.name(form.lang)
            names.append(_quoted(f"{component.id}: {label}" if form.labels == "both" else component.id))
            if form.labels == "name":
                names.append(_quoted(label))
        return names

    def _batch(self, table: pa.Table) -> bytes:
        rows, form = table.num_rows, self._form
        dims = [compact(encode(table, d)) for d in DIMENSIONS]
        period = compact(encode(table, TIME))
        head = self._heads(table, dims)
        parts = [*head, *self._shown(zip(DIMENSIONS, dims, strict=True))]
        if form.keys in ("obs", "both"):
            # the observation key holds the period: as many heads as rows, so it is joined row by row
            key = self._joined(dims, rows, ".")
            times = pa.array(period.texts, pa.string()).take(pa.array(period.codes))
            keys = pc.binary_join_element_wise(key, times, ".")
            pieces = [self._joined(head, rows), keys, self._joined(parts[len(head) :], rows)]
        else:
            pieces = [self._joined(parts, rows)]
        pieces.append(self._joined(self._shown([(TIME, period)]), rows))
        if form.has_measure:
            pieces.append(values_as_text(table, ""))
            if form.labels == "name":
                pieces.append(pa.repeat(pa.scalar(""), rows))
        tail = self._shown((a, encode(table, a)) for a in form.attributes)
        if tail:
            pieces.append(self._joined(tail, rows))
        pieces[-1] = pc.binary_join_element_wise(pieces[-1], EOL, "")
        return to_bytes(pc.binary_join_element_wise(*pieces, ","))

    def _joined(self, columns: Sequence[Encoded], rows: int, separator: str = ",") -> pa.Array:
        codes, texts = join_combinations(columns, rows, separator)
        return texts.take(pa.array(codes))

    def _heads(self, table: pa.Table, dims: Sequence[Encoded]) -> list[Encoded]:
        """STRUCTURE to SERIES_KEY (where asked)."""
        form = self._form
        flow = compact(encode(table, Component("STRUCTURE_ID", "dataflow", "", "", "")))
        ids = flow.map(lambda t: structure_id(t or ""))
        if form.labels == "both":
            ids = flow.map(lambda t: _quoted(f"{structure_id(t or '')}: {self._flows.get(t or '', '')}"))
        constant = np.zeros(table.num_rows, dtype=np.int64)
        heads = [Encoded(constant, ["dataflow"]), ids]
        if form.labels == "name":
            heads.append(flow.map(lambda t: _quoted(self._flows.get(t or "", ""))))
        heads.append(Encoded(constant, [form.action]))
        if form.keys in ("series", "both"):
            codes, texts = join_combinations(dims, table.num_rows, ".")
            heads.append(Encoded(codes, texts.to_pylist()))
        return heads

    def _shown(self, columns: Iterable[tuple[Component, Encoded]]) -> list[Encoded]:
        """Every component as one column, or two with ``labels=name``."""
        shown = []
        for component, column in columns:
            if component is TIME and self._form.time_format == "normalized":
                column = column.map(lambda t: Period.parse(t or "").start.isoformat())
            shown.append(column.map(self._writer(component)))
            if self._form.labels == "name":
                shown.append(column.map(lambda t, c=component: _quoted(self._label(c, t))))  # type: ignore[misc]
        return shown

    def _writer(self, component: Component) -> Callable[[str | None], str]:
        if self._form.labels != "both" or not component.codelist:
            return _quoted
        return lambda t: _quoted(f"{t}: {self._label(component, t)}" if t else t)

    def _label(self, component: Component, text: str | None) -> str:
        codelist: CodeList | None = self._codelists.get(component.codelist)
        code = codelist.codes.get(text or "") if codelist else None
        return code.name(self._form.lang) if code else ""


def write_csv(table: pa.Table, catalogue: Catalogue, form: CsvForm | None = None) -> Iterator[bytes]:
    """An SDMX-CSV message of published rows, as pieces of UTF-8."""
    return CsvWriter(catalogue, form or CsvForm()).write(table)
