"""SDMX-JSON 1.0, 2.0 and 2.1 data messages, by series or flat: numbers that point at lists of codes become rows.

Numbers are kept as they are written, so that no digit is lost or invented. The file is bounded in size, its
nesting by the parser; whatever points outside its lists is a damaged file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lienvung.domain.handovers import RawFile, Rows
from lienvung.errors import Both, DamagedFile, FileMissing, FileTooLarge, LayoutNotRecognised
from lienvung.parse.recipes import Recipe
from lienvung.parse.sdmx_rows import Header, Observation, bare_structure, rows_of

PARSER = "sdmx_json/1"
MAX_BYTES = 50 * 2**20
"""A message of this size, once parsed, takes about a gigabyte."""
Json = Any


@dataclass(frozen=True)
class _Structure:
    """What the numbers of a data set point at."""

    outer: Sequence[Json]
    series: Sequence[Json]
    observation: Sequence[Json]
    measures: Sequence[str]
    series_attributes: Sequence[Json]
    observation_attributes: Sequence[Json]
    outer_attributes: Sequence[Json]


def read_json_header(raw: RawFile) -> Header:
    """Structures and day of a message; no structures for any other JSON.

    Raises:
        DamagedFile: no JSON, nested too deeply, or a key twice. FileTooLarge: more than ``MAX_BYTES``.
    """
    return _header(_load(raw))


def parse_sdmx_json(raw: RawFile, recipe: Recipe) -> Rows:
    """Rows of an SDMX-JSON message, with the recipe's mapping of components as for SDMX-ML.

    Raises:
        LayoutNotRecognised: no data message, or no series that the recipe maps.
        DamagedFile, FileTooLarge: as for ``read_json_header``, and a number that points at nothing.
    """
    message = _load(raw)
    header = _header(message)
    if not header.root:
        found = Both("JSON không phải thông điệp dữ liệu SDMX", "JSON that is no SDMX data message")
        raise LayoutNotRecognised(file=raw.name, found=found)
    return rows_of(raw, recipe, header, _guarded(raw, _observations(_data(message))), PARSER, "SDMX-JSON")


def _load(raw: RawFile) -> Json:
    try:
        size = raw.path.stat().st_size
        if size > MAX_BYTES:
            raise FileTooLarge(file=raw.name, size=f"{size:,} bytes", limit=f"{MAX_BYTES:,} bytes (JSON)")
        text = raw.path.read_bytes().decode("utf-8-sig")
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str, object_pairs_hook=_once)
    except OSError:
        raise FileMissing(file=raw.name) from None
    except (ValueError, RecursionError) as error:
        what = "JSON" if isinstance(error, RecursionError) else str(error)[:200]
        found = Both(
            f"JSON sai, lặp khóa hoặc lồng quá sâu ({what})",
            f"JSON is wrong, has a key twice or is nested too deeply ({what})",
        )
        raise DamagedFile(file=raw.name, found=found) from None


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """An object as a mapping; of a key that stands twice one observation would be lost without a word.

    Raises:
        ValueError: naming the key.
    """
    found = dict(pairs)
    if len(found) != len(pairs):
        twice, _ = Counter(key for key, _ in pairs).most_common(1)[0]
        raise ValueError(f"'{twice[:50]}' × 2")
    return found


def _guarded(raw: RawFile, observations: Iterator[Observation]) -> Iterator[Observation]:
    try:
        yield from observations
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        what = f"{type(error).__name__}: {str(error)[:100]}"
        found = Both(f"thông điệp SDMX-JSON trỏ ra ngoài danh mục của nó ({what})",
                     f"the SDMX-JSON message points outside its lists ({what})")  # fmt: skip
        raise DamagedFile(file=raw.name, found=found) from None


def _data(message: Json) -> Json:
    """The part with data sets and structures: of version 1.0 the message itself or its ``data``, later ``data``."""
    inner = message.get("data") if isinstance(message, dict) else None
    return inner if isinstance(inner, dict) else message


def _header(message: Json) -> Header:
    data = _data(message)
    header = Header()
    if not isinstance(data, dict) or not isinstance(data.get("dataSets"), list):
        return header
    header.root = "dataSets"
    meta = message.get("meta") or message.get("header") or {}
    header.prepared = str(meta.get("prepared", ""))[:10] if isinstance(meta, dict) else ""
    for structure in _structures(data):
        links = structure.get("links", []) if isinstance(structure, dict) else []
        for link in links if isinstance(links, list) else []:
            if isinstance(link, dict):
                text = str(link.get("urn") or "")
                if text.startswith("urn:sdmx:") and (found := bare_structure(text)) not in header.structures:
                    header.structures.append(found)
    return header


def _structures(data: Mapping[str, Json]) -> list[Json]:
    many = data.get("structures")
    if isinstance(many, list):
        return many
    return [data["structure"]] if "structure" in data else []


def _part(structure: Mapping[str, Json], kind: str, level: str) -> list[Json]:
    levels = structure.get(kind) or {}
    found: list[Json] = levels.get(level) or levels.get(level.lower()) or []
    return found


def _read_structure(structure: Mapping[str, Json]) -> _Structure:
    measures = [str(m["id"]) for m in _part(structure, "measures", "observation")]
    return _Structure(
        _part(structure, "dimensions", "dataSet"), _part(structure, "dimensions", "series"),
        _part(structure, "dimensions", "observation"), measures or ["OBS_VALUE"],
        _part(structure, "attributes", "series"), _part(structure, "attributes", "observation"),
        _part(structure, "attributes", "dataSet"),
    )  # fmt: skip


def _observations(data: Mapping[str, Json]) -> Iterator[Observation]:
    structures = [_read_structure(s) for s in _structures(data)]
    for number, part in enumerate(data["dataSets"]):
        structure = structures[_index(part.get("structure", "0"))]
        outer = {str(d["id"]): _code(d["values"][0]) for d in structure.outer}
        outer |= _attributes(structure.outer_attributes, part.get("attributes") or ())
        outer |= {"ACTION": "D"} if part.get("action") == "Delete" else {}
        for key, series in (part.get("series") or {}).items():
            known = outer | _dimensions(structure.series, key)
            known |= _attributes(structure.series_attributes, series.get("attributes") or ())
            yield from _series(structure, f"dataSets[{number}]/{key}", known, series.get("observations") or {})
        yield from _series(structure, f"dataSets[{number}]", outer, part.get("observations") or {})


def _series(
    structure: _Structure, place: str, known: Mapping[str, str], observations: Mapping[str, Json]
) -> Iterator[Observation]:
    width = len(structure.measures)
    for key, numbers in observations.items():
        values = {m: "" if v is None else str(v) for m, v in zip(structure.measures, numbers, strict=False)}
        said = _attributes(structure.observation_attributes, numbers[width:])
        yield f"{place}/{key}", {**known, **_dimensions(structure.observation, key), **said, **values}


def _dimensions(dimensions: Sequence[Json], key: str) -> dict[str, str]:
    """Codes of a key such as ``0:3:1``.

    Raises:
        ValueError: more or fewer numbers than dimensions.
    """
    return {
        str(d["id"]): _code(d["values"][_index(at)])
        for d, at in zip(dimensions, _numbers(dimensions, key), strict=True)
    }


def _numbers(dimensions: Sequence[Json], key: str) -> list[str]:
    return key.split(":") if dimensions or key else []


def _attributes(attributes: Sequence[Json], numbers: Sequence[Json]) -> dict[str, str]:
    """Attributes by their number among the listed values, or as they are where nothing is listed."""
    said = {}
    for attribute, number in zip(attributes, numbers, strict=False):
        if number is None:
            continue
        values = attribute.get("values")
        if values:
            said[str(attribute["id"])] = _code(values[_index(number)])
        elif isinstance(number, str):
            said[str(attribute["id"])] = number
    return said


def _code(value: Mapping[str, Json]) -> str:
    for name in ("id", "value", "name"):
        if value.get(name) is not None:
            return str(value[name])
    return ""


def _index(number: Json) -> int:
    """A place in a list, never counted from its end.

    Raises:
        ValueError: no whole number.
    """
    text = str(number)
    if not text.isdecimal() or len(text) > 9:
        raise ValueError(f"'{text[:20]}'")
    return int(text)
