"""SDMX-ML 2.1 structure-specific data: every ``Obs`` becomes a row; the recipe says which series are which indicators.

The message is read as a stream. A document type, which could pull in other files or blow up entities, is
refused before the parser sees it: SDMX never needs one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
from lxml import etree

from lienvung.domain.handovers import ERROR, ROWS_SCHEMA, WARNING, Finding, RawFile, Rows
from lienvung.domain.observations import STATUS_SDMX, TOTAL
from lienvung.errors import Both, DamagedFile, FileMissing, LayoutNotRecognised, WrongFileType
from lienvung.parse.decimals import read_numbers
from lienvung.parse.recipes import Recipe

PARSER = "sdmx_ml/1"
ROOT = "StructureSpecificData"

_STATUSES = {code: status for status, code in STATUS_SDMX.items()}
_MISSING = {"", "NaN"}


_COLUMNS = ("indicator", "area_text", "activity", "breakdown", "period", "value_text", "unit", "status", "cell", "note")


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
    taken: dict[str, int] = field(default_factory=dict)


def read_header(raw: RawFile) -> Header:
    """The head of an XML file, up to the first data set.

    Raises:
        DamagedFile: not well-formed. WrongFileType: a document type or another encoding than UTF-8.
    """
    header = Header()
    for event, element in _events(raw, _bytes(raw)):
        name = _local(element)
        if event == "start" and not header.root:
            header.root = name
        if header.root != ROOT or (event == "start" and name == "DataSet"):
            break
        if event == "end" and name == "Prepared":
            header.prepared = (element.text or "")[:10]
        if event == "end" and name == "Ref" and element.get("id"):
            header.structures.append(f"{element.get('agencyID', '')}:{element.get('id')}")
    return header


def parse_sdmx_ml(raw: RawFile, recipe: Recipe) -> Rows:
    """Rows of a structure-specific message; series that the recipe does not map are named, once each.

    Raises:
        LayoutNotRecognised: another kind of message, or no series that the recipe maps.
        DamagedFile, WrongFileType: as for ``read_header``.
    """
    header = read_header(raw)
    if header.root != ROOT:
        found = Both(f"gốc XML là '{header.root}', cần '{ROOT}'", f"the XML root is '{header.root}', not '{ROOT}'")
        raise LayoutNotRecognised(file=raw.name, found=found)
    reading = _Reading(raw, recipe, header)
    for place, attributes in _observations(raw):
        _take(reading, place, attributes)
    if not reading.columns["cell"]:
        seen = ", ".join(list(reading.left_out)[:5]) or "—"
        found = Both(f"không có chuỗi nào của công thức '{recipe.id}'; các chuỗi: {seen}",
                     f"no series of the recipe '{recipe.id}'; the series: {seen}")  # fmt: skip
        raise LayoutNotRecognised(file=raw.name, found=found)
    vi, en = _understood(reading)
    return Rows(_table(reading), PARSER, recipe.id, vi, en, tuple(_findings(reading)))


def _bytes(raw: RawFile) -> bytes:
    try:
        data = raw.path.read_bytes()
    except OSError:
        raise FileMissing(file=raw.name) from None
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:64]:
        raise WrongFileType(file=raw.name, found=Both("XML không phải UTF-8", "XML in another encoding than UTF-8"))
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        found = Both("XML có khai báo DOCTYPE hoặc ENTITY, bị từ chối vì an toàn",
                     "XML with a DOCTYPE or ENTITY, refused for safety")  # fmt: skip
        raise WrongFileType(file=raw.name, found=found)
    return data


def _events(raw: RawFile, data: bytes) -> Iterator[tuple[str, Any]]:
    """Start and end of every element; the tree behind is thrown away as it goes."""
    stream = etree.iterparse(
        io.BytesIO(data), events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for event, element in stream:
            yield event, element
            if event == "end":
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        found = Both(f"XML sai ở dòng {line}: {error.msg}", f"XML is wrong on line {line}: {error.msg}")
        raise DamagedFile(file=raw.name, found=found) from None


def _local(element: Any) -> str:  # noqa: ANN401 - an lxml element
    return str(element.tag).rpartition("}")[2]


def _observations(raw: RawFile) -> Iterator[tuple[str, dict[str, str]]]:
    """Every observation's address and attributes, those of its data set and series included.

    The address counts elements, not lines: messages are often written on a single line.
    """
    outer: dict[str, str] = {}
    series: dict[str, str] = {}
    number, count = 0, 0
    for event, element in _events(raw, _bytes(raw)):
        name = _local(element)
        if event == "start" and name == "DataSet":
            outer = {k: v for k, v in element.attrib.items() if not k.startswith("{")}
        elif event == "start" and name == "Series":
            number, count = number + 1, 0
            series = dict(element.attrib)
        elif event == "end" and name == "Series":
            series, count = {}, 0
        elif event == "start" and name == "Obs":
            count += 1
            place = f"Series[{number}]/Obs[{count}]" if series else f"Obs[{count}]"
            yield place, {**outer, **series, **element.attrib}


def _take(reading: _Reading, place: str, attributes: Mapping[str, str]) -> None:
    layout = reading.recipe.layout
    measure = _measure(layout.get("series", ()), attributes)
    name = attributes.get(str(layout.get("name", "INDICATOR")), "?")
    if measure is None:
        reading.left_out.setdefault(name, []).append(place)
        return
    unit = measure.get("unit")
    if unit is None:
        multiplier = attributes.get("UNIT_MULT", "0")
        unit = layout.get("units", {}).get(measure.get("kind", ""), {}).get(multiplier)
        if unit is None:
            reading.wrong_units.setdefault(f"{name}: UNIT_MULT={multiplier}", []).append(place)
            return
    area = attributes.get(str(layout.get("area", "REF_AREA")), "")
    text = attributes.get(str(layout.get("value", "OBS_VALUE")), "").strip()
    status = attributes.get("OBS_STATUS", "A")
    if text in _MISSING or text in layout.get("missing", ()):
        text = ".."
    record = {
        "indicator": measure["indicator"], "area_text": measure.get("area") or layout.get("areas", {}).get(area, area),
        "activity": measure.get("activity", TOTAL), "breakdown": measure.get("breakdown", TOTAL),
        "period": attributes.get(str(layout.get("time", "TIME_PERIOD"))), "value_text": text, "unit": unit,
        "status": _STATUSES.get(status, "official"), "cell": place,
        "note": None if status in _STATUSES else f"OBS_STATUS={status}",
    }  # fmt: skip
    reading.taken[measure["indicator"]] = reading.taken.get(measure["indicator"], 0) + 1
    for column in _COLUMNS:
        reading.columns[column].append(record[column])


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
    columns |= {"value": numbers.value, "mark": numbers.mark, "decimals": numbers.decimals}
    recipe = reading.recipe
    published = recipe.published or reading.header.prepared
    constants = {"issuer": recipe.issuer, "boundary": recipe.boundary, "published": published}
    for name in ROWS_SCHEMA.names:
        if name not in columns:
            columns[name] = pa.repeat(pa.scalar(constants.get(name) or None, pa.string()), size)
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


def _understood(reading: _Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
    structures = ", ".join(reading.header.structures) or "—"
    counts = ", ".join(f"{k} ({v})" for k, v in reading.taken.items())
    vi = (f"Thông điệp SDMX-ML, cấu trúc {structures}, lập ngày {reading.header.prepared or '—'}.",
          f"Chỉ tiêu (số giá trị): {counts}.")  # fmt: skip
    en = (f"SDMX-ML message, structure {structures}, prepared {reading.header.prepared or '—'}.",
          f"Indicators (values): {counts}.")  # fmt: skip
    return vi, en
