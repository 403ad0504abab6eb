"""What the three writings of SDMX have in common: observations with named components become rows, as a recipe says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.handovers import ERROR, ROWS_SCHEMA, WARNING, Finding, RawFile, Rows
from lienvung.domain.observations import STATUS_SDMX, TOTAL
from lienvung.errors import Both, LayoutNotRecognised
from lienvung.parse.decimals import read_numbers
from lienvung.parse.recipes import Recipe

_STATUSES = {code: status for status, code in STATUS_SDMX.items()}
_MISSING = {"", "NaN", "#N/A", "~"}
_SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d+)?[eE][+-]?\d{1,3}")
_MARKS = {"nil": "-", "not_available": "..", "not_applicable": ""}
_PRECISIONS = {"year": 4, "month": 7}
_COLUMNS = (
    "indicator", "area_text", "activity", "breakdown", "period", "value_text", "unit", "status", "cell", "note",
    "issuer", "document", "published", "digits",
)  # fmt: skip
Observation = tuple[str, Mapping[str, str]]
"""Where an observation stands, and its components: those of its series, group and data set included."""


@dataclass
class Header:
    """What a message says of itself: root element, structures (``IMF:ECOFIN_DSD``), the day it was prepared."""

    root: str = ""
    structures: list[str] = field(default_factory=list)
    prepared: str = ""


@dataclass
class _Reading:
    raw: RawFile
    recipe: Recipe
    header: Header
    columns: dict[str, list[str | None]] = field(default_factory=lambda: {str(n): [] for n in _COLUMNS})
    left_out: dict[str, list[str]] = field(default_factory=dict)
    wrong_units: dict[str, list[str]] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    taken: dict[str, int] = field(default_factory=dict)


def bare_structure(text: str) -> str:
    """Agency and id of a structure, from its URN or its short writing, without version.

    >>> bare_structure("urn:sdmx:org.sdmx.infomodel.datastructure.Dataflow=IMF:ECOFIN(1.0.0)")
    'IMF:ECOFIN'
    """
    return text.rpartition("=")[2].partition("(")[0].strip()


def fits(recipe: Recipe, structures: Sequence[str]) -> bool:
    """Whether a recipe is meant for messages of one of these structures, or of one of their agencies."""
    structure, agency = recipe.match.get("structure"), recipe.match.get("agency")
    return any(s == structure or s.partition(":")[0] == agency for s in structures)


def rows_of(
    raw: RawFile, recipe: Recipe, header: Header, observations: Iterable[Observation], parser: str, form: str
) -> Rows:
    """Rows of a message; series that the recipe does not map are named, once each.

    Args:
        parser: reader and version. form: how the message is called in what the reader is told.

    Raises:
        LayoutNotRecognised: no series that the recipe maps.
    """
    reading = _Reading(raw, recipe, header)
    for place, attributes in observations:
        _take(reading, place, attributes)
    if not reading.columns["cell"]:
        seen = ", ".join(list(reading.left_out)[:5]) or "—"
        found = Both(f"không có chuỗi nào của công thức '{recipe.id}'; các chuỗi: {seen}",
                     f"no series of the recipe '{recipe.id}'; the series: {seen}")  # fmt: skip
        raise LayoutNotRecognised(file=raw.name, found=found)
    vi, en = _understood(reading, form)
    return Rows(_table(reading), parser, recipe.id, vi, en, tuple(_findings(reading)))


def _take(reading: _Reading, place: str, attributes: Mapping[str, str]) -> None:
    layout = reading.recipe.layout
    if attributes.get("ACTION") == "D":
        reading.deleted.append(place)
        return
    own: Mapping[str, str] = layout.get("columns", {})
    measure = (
        {"indicator": attributes.get(own["indicator"], "")} if own else _measure(layout.get("series", ()), attributes)
    )
    name = attributes.get(str(layout.get("name", "INDICATOR")), "?")
    if measure is None:
        reading.left_out.setdefault(name, []).append(place)
        return
    said = {column: attributes.get(attribute) or None for column, attribute in own.items()}
    unit = measure.get("unit") or said.get("unit")
    if unit is None:
        multiplier = attributes.get("UNIT_MULT", "0")
        unit = layout.get("units", {}).get(measure.get("kind", ""), {}).get(multiplier)
        if unit is None:
            reading.wrong_units.setdefault(f"{name}: UNIT_MULT={multiplier}", []).append(place)
            return
    area = attributes.get(str(layout.get("area", "REF_AREA")), "")
    status = attributes.get("OBS_STATUS") or "A"
    text = _value(layout, attributes, said.get("mark"))
    is_told = status in _STATUSES or (status == "M" and text in _MARKS.values())
    record = {
        "indicator": measure["indicator"], "area_text": measure.get("area") or layout.get("areas", {}).get(area, area),
        "activity": measure.get("activity") or said.get("activity") or TOTAL,
        "breakdown": measure.get("breakdown") or said.get("breakdown") or TOTAL,
        "period": attributes.get(str(layout.get("time", "TIME_PERIOD"))), "value_text": text, "unit": unit,
        "status": _STATUSES.get(status, "official"), "cell": place,
        "note": said.get("note") if is_told else f"OBS_STATUS={status}",
        "issuer": said.get("issuer"), "document": said.get("document"), "digits": said.get("decimals"),
        "published": _published(said),
    }  # fmt: skip
    reading.taken[measure["indicator"]] = reading.taken.get(measure["indicator"], 0) + 1
    for column in _COLUMNS:
        reading.columns[column].append(record[column])


def _value(layout: Mapping[str, Any], attributes: Mapping[str, str], mark: str | None) -> str:
    text = attributes.get(str(layout.get("value", "OBS_VALUE")), "").strip()
    if mark in _MARKS:
        return _MARKS[mark]
    if text in _MISSING or text in layout.get("missing", ()):
        return ".."
    return format(Decimal(text), "f") if _SCIENTIFIC.fullmatch(text) else text


def _published(said: Mapping[str, str | None]) -> str | None:
    """The day of publication, as coarse as it was known."""
    day = said.get("published")
    return day[: _PRECISIONS.get(said.get("precision") or "", 10)] if day else None


def _measure(series: Any, attributes: Mapping[str, str]) -> Mapping[str, str] | None:  # noqa: ANN401 - from YAML
    """The first entry of the recipe all of whose ``where`` the attributes meet."""
    for entry in series:
        if all(attributes.get(k) == str(v) for k, v in entry["where"].items()):
            found: Mapping[str, str] = entry
            return found
    return None


def _table(reading: _Reading) -> pa.Table:
    size = len(reading.columns["cell"])
    columns: dict[str, pa.Array] = {n: pa.array(v, pa.string()) for n, v in reading.columns.items()}
    numbers = read_numbers(columns["value_text"], ".")
    digits = pa.array(
        [int(d) if d and d.isdigit() and len(d) < 3 else None for d in reading.columns["digits"]], pa.int32()
    )
    decimals = pc.if_else(pc.is_null(numbers.value), numbers.decimals, pc.coalesce(digits, numbers.decimals))
    columns |= {"value": numbers.value, "mark": numbers.mark, "decimals": decimals}
    recipe = reading.recipe
    published = recipe.published or reading.header.prepared
    constants = {"issuer": recipe.issuer, "boundary": recipe.boundary, "published": published}
    for name in ROWS_SCHEMA.names:
        fallback = pa.repeat(pa.scalar(constants.get(name) or None, pa.string()), size)
        columns[name] = columns.get(name, fallback)
        if name in constants and name in reading.columns:
            columns[name] = pc.coalesce(columns[name], fallback)
    return pa.table([columns[n] for n in ROWS_SCHEMA.names], schema=ROWS_SCHEMA)


def _findings(reading: _Reading) -> Iterator[Finding]:
    for name, places in reading.left_out.items():
        yield Finding(
            "SDMX-UNMAPPED", WARNING, f"Chuỗi '{name}' không có trong công thức '{reading.recipe.id}', đã bỏ qua.",
            f"The series '{name}' is not in the recipe '{reading.recipe.id}' and was left out.", None, places[0],
            "Thêm chuỗi vào mục 'series' của công thức nếu cần.", "Add it under 'series' in the recipe if it matters.",
            len(places),
        )  # fmt: skip
    for name, places in reading.wrong_units.items():
        yield Finding(
            "SDMX-UNIT-MULT", ERROR, f"Không có đơn vị nào ứng với {name}.", f"No unit corresponds to {name}.",
            None, places[0], "Thêm hệ số vào mục 'units' của công thức.", "Add the multiplier under 'units'.",
            len(places),
        )  # fmt: skip
    if reading.deleted:
        yield Finding(
            "SDMX-DELETION", WARNING, "Quan sát yêu cầu xóa (ACTION = D) đã được bỏ qua: số đã công bố không bị xóa.",
            "Observations that ask for a deletion (ACTION = D) were left out: what is published is not deleted.",
            None, reading.deleted[0], "Nộp số liệu đã sửa thay vì yêu cầu xóa.",
            "Submit the mended figures instead of a deletion.", len(reading.deleted),
        )  # fmt: skip


def _understood(reading: _Reading, form: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    structures = ", ".join(reading.header.structures) or "—"
    counts = ", ".join(f"{k} ({v})" for k, v in reading.taken.items())
    vi = (f"Thông điệp {form}, cấu trúc {structures}, lập ngày {reading.header.prepared or '—'}.",
          f"Chỉ tiêu (số giá trị): {counts}.")  # fmt: skip
    en = (f"{form} message, structure {structures}, prepared {reading.header.prepared or '—'}.",
          f"Indicators (values): {counts}.")  # fmt: skip
    return vi, en
