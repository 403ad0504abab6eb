"""Structure messages in SDMX-JSON: dataflows, the data structure, code lists, concepts and the agency."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.indicators import Group
from lienvung.present.sdmx.codelists import CodeList, build_codelists
from lienvung.present.sdmx.message import named
from lienvung.present.sdmx.model import (
    AGENCY,
    AGENCY_EN,
    AGENCY_VI,
    ATTRIBUTES,
    COMPONENTS,
    CONCEPTS,
    DIMENSIONS,
    DSD,
    MEASURE,
    TIME,
    VERSION,
    Component,
    concept_urn,
    urn,
)

Json = dict[str, Any]

KINDS = {
    "dataflow": "dataflows",
    "datastructure": "dataStructures",
    "codelist": "codelists",
    "conceptscheme": "conceptSchemes",
    "agencyscheme": "agencySchemes",
}
"""Kind of artefact, as the route names it → its place in the message."""

_ITEMS = {"codelists": "codes", "conceptSchemes": "concepts", "agencySchemes": "agencies"}
_DSD_NAMES = ("Cấu trúc dữ liệu Liên Vùng", "Liên Vùng data structure")
_CONCEPT_NAMES = ("Khái niệm của Liên Vùng", "Concepts of Liên Vùng")
_AGENCY_NAMES = ("Cơ quan", "Agencies")


@dataclass(frozen=True, slots=True)
class Artefact:
    """One maintained thing: its kind, its identity, and how to write it out."""

    kind: str
    agency: str
    id: str
    version: str
    build: Callable[[], Json]


def build_artefacts(catalogue: Catalogue, lang: str) -> list[Artefact]:
    """Everything that a structure question can find, not yet written out."""
    flows = [
        Artefact("dataflow", AGENCY, g.dataflow, VERSION, lambda g=g: _dataflow(g, lang))  # type: ignore[misc]
        for g in catalogue.groups.values()
    ]
    lists = [
        Artefact("codelist", AGENCY, c.id, VERSION, lambda c=c: _codelist(c, lang))  # type: ignore[misc]
        for c in build_codelists(catalogue).values()
    ]
    return [
        *flows,
        Artefact("datastructure", AGENCY, DSD, VERSION, lambda: _data_structure(lang)),
        Artefact("conceptscheme", AGENCY, CONCEPTS, VERSION, lambda: _concepts(lang)),
        Artefact("agencyscheme", "SDMX", "AGENCIES", "1.0", lambda: _agencies(lang)),
        *lists,
    ]


def build_structures(artefacts: Iterable[Artefact], stubs: Iterable[Artefact] = ()) -> Json:
    """The ``data`` of a structure message: some artefacts in full, others by name only."""
    data: dict[str, list[Json]] = {}
    for artefact in artefacts:
        data.setdefault(KINDS[artefact.kind], []).append(artefact.build())
    for artefact in stubs:
        full = artefact.build()
        kept = ("id", "name", "names", "version", "agencyID", "links")
        data.setdefault(KINDS[artefact.kind], []).append({k: full[k] for k in kept if k in full})
    return data


def keep_items(data: Json, wanted: Iterable[str]) -> Json:
    """The item schemes of a message with only some of their items."""
    chosen = set(wanted)
    for place, items in _ITEMS.items():
        for scheme in data.get(place, []):
            found = [i for i in scheme.get(items, []) if i["id"] in chosen]
            scheme["isPartial"] = True
            scheme.pop(items, None)
            if found:
                scheme[items] = found
    return data


def _maintained(kind: str, name: str, names: tuple[str, str], lang: str) -> Json:
    return {
        "id": name,
        **named(*names, lang),
        "version": VERSION,
        "agencyID": AGENCY,
        "links": [{"urn": urn(kind, name), "rel": "self"}],
    }


def _dataflow(group: Group, lang: str) -> Json:
    head = _maintained("dataflow", group.dataflow, (group.name_vi, group.name_en), lang)
    return head | {"structure": urn("datastructure", DSD)}


def _codelist(codelist: CodeList, lang: str) -> Json:
    codes = []
    for name, code in codelist.codes.items():
        parent = {"parent": code.parent} if code.parent in codelist.codes else {}
        codes.append({"id": name, **named(code.vi or name, code.en or name, lang), **parent})
    head = _maintained("codelist", codelist.id, (codelist.name_vi, codelist.name_en), lang)
    return head | ({"codes": codes} if codes else {})


def _concepts(lang: str) -> Json:
    concepts = [{"id": c.id, **named(c.name_vi, c.name_en, lang)} for c in COMPONENTS]
    return _maintained("conceptscheme", CONCEPTS, _CONCEPT_NAMES, lang) | {"concepts": concepts}


def _agencies(lang: str) -> Json:
    return {
        "id": "AGENCIES",
        **named(*_AGENCY_NAMES, lang),
        "version": "1.0",
        "agencyID": "SDMX",
        "isPartial": True,
        "links": [{"urn": urn("agencyscheme", "AGENCIES", "1.0", "SDMX"), "rel": "self"}],
        "agencies": [{"id": AGENCY, **named(AGENCY_VI, AGENCY_EN, lang)}],
    }


def _representation(component: Component) -> Json:
    if component.codelist:
        return {"localRepresentation": {"enumeration": urn("codelist", component.codelist)}}
    return {"localRepresentation": {"format": {"dataType": component.data_type}}}


def _component(component: Component) -> Json:
    return {"id": component.id, "conceptIdentity": concept_urn(component), **_representation(component)}


def _data_structure(lang: str) -> Json:
    dimensions = [_component(d) | {"position": at} for at, d in enumerate(DIMENSIONS)]
    return _maintained("datastructure", DSD, _DSD_NAMES, lang) | {
        "dataStructureComponents": {
            "dimensionList": {
                "id": "DimensionDescriptor",
                "dimensions": dimensions,
                "timeDimension": _component(TIME),
            },
            "measureList": {
                "id": "MeasureDescriptor",
                "measures": [_component(MEASURE) | {"usage": "optional"}],
            },
            "attributeList": {
                "id": "AttributeDescriptor",
                "attributes": [_attribute(a) for a in ATTRIBUTES],
            },
        }
    }


def _attribute(component: Component) -> Json:
    on_series = component.kind == "series"
    relationship: Json = {"dimensions": ["INDICATOR"]} if on_series else {"observation": {}}
    usage = "optional" if component.id in ("DECIMALS", "MARK", "NOTE") else "mandatory"
    measure = {} if on_series else {"measureRelationship": [MEASURE.id]}
    return _component(component) | {"usage": usage, "attributeRelationship": relationship} | measure
