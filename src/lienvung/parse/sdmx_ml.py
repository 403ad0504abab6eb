"""SDMX-ML 2.1 and 3.0 structure-specific data: every ``Obs`` becomes a row; the recipe maps series to indicators.

The message is read as a stream. A document type, which could pull in other files or blow up entities, is
refused before the parser sees it: SDMX never needs one.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from lienvung.domain.handovers import RawFile, Rows
from lienvung.errors import Both, DamagedFile, FileMissing, LayoutNotRecognised, WrongFileType
from lienvung.parse.recipes import Recipe
from lienvung.parse.sdmx_rows import Header, bare_structure, rows_of

PARSER = "sdmx_ml/2"
ROOT = "StructureSpecificData"


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
        if event == "end" and name in ("Structure", "StructureUsage") and (element.text or "").startswith("urn:sdmx:"):
            header.structures.append(bare_structure(element.text or ""))
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
    return rows_of(raw, recipe, header, _observations(raw), PARSER, "SDMX-ML")


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
    groups = _Groups()
    number, count = 0, 0
    for event, element in _events(raw, _bytes(raw)):
        name = _local(element)
        if event == "start" and name == "DataSet":
            outer = {k: v for k, v in element.attrib.items() if not k.startswith("{")}
            groups = _Groups()
        elif event == "start" and name in ("Group", "Atts"):
            groups.add({k: v for k, v in element.attrib.items() if not k.startswith("{")})
        elif event == "start" and name == "Series":
            number, count = number + 1, 0
            series = dict(element.attrib)
            series |= {k: v for k, v in groups.of(series).items() if k not in series}
        elif event == "end" and name == "Series":
            series, count = {}, 0
        elif event == "start" and name == "Obs":
            count += 1
            place = f"Series[{number}]/Obs[{count}]" if series else f"Obs[{count}]"
            yield place, {**outer, **(series or groups.of(element.attrib)), **element.attrib}


class _Groups:
    """Attributes told once for all series that share some dimensions; they stand before the series."""

    def __init__(self) -> None:
        self._waiting: list[dict[str, str]] = []
        self._known: dict[tuple[str, ...], dict[tuple[str, ...], dict[str, str]]] = {}

    def add(self, attributes: dict[str, str]) -> None:
        """One group as it stands: dimensions and attributes together."""
        self._waiting.append(attributes)

    def of(self, series: Mapping[str, str]) -> dict[str, str]:
        """What the groups say of a series: what they have in common with the first one seen are dimensions."""
        for group in self._waiting:
            dims = tuple(sorted(k for k in group if k in series))
            told = self._known.setdefault(dims, {}).setdefault(tuple(group[d] for d in dims), {})
            told |= {k: v for k, v in group.items() if k not in series}
        self._waiting = []
        found: dict[str, str] = {}
        for dims, by_values in self._known.items():
            found |= by_values.get(tuple(series.get(d, "") for d in dims), {})
        return found
