"""``/sdmx/v2/structure``: dataflows, the data structure, code lists, concepts, the agency."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from lienvung.api.answers import cache_headers, is_known, not_modified, plain_json, tag_of
from lienvung.api.negotiation import STRUCTURE_OFFERS, MediaType, choose_language, choose_media
from lienvung.api.parameters import SDMX_STRUCTURE, document, one_of, read_query
from lienvung.api.versions import is_version_wanted
from lienvung.api.world import world_of
from lienvung.errors import Both, NotFound, NotSupported
from lienvung.gate import needs
from lienvung.present.sdmx.message import build_meta
from lienvung.present.sdmx.structure import KINDS, Artefact, build_artefacts, build_structures, keep_items
from lienvung.workflow.actors import Right

router = APIRouter(tags=["SDMX"], dependencies=[needs(Right.READ)])
_PATH = "/sdmx/v2/structure"
_EXAMPLE = f"{_PATH}/dataflow/LIENVUNG/NATIONAL_ACCOUNTS/1.0.0?references=descendants"
_CHILDREN: Mapping[str, tuple[str, ...]] = {
    "dataflow": ("datastructure",),
    "datastructure": ("codelist", "conceptscheme"),
}
_PARENTS: Mapping[str, tuple[str, ...]] = {
    "datastructure": ("dataflow",), "codelist": ("datastructure",), "conceptscheme": ("datastructure",),
}  # fmt: skip
_DETAILS = ("full", "raw", "allstubs", "allcompletestubs", "referencestubs", "referencecompletestubs")
_REFERENCES = ("none", "children", "descendants", "parents", "ancestors", "parentsandsiblings", "all", *KINDS)


@router.get(f"{_PATH}/{{kind}}/{{agency}}/{{id}}/{{version}}/{{item}}", include_in_schema=False)
@router.get(
    f"{_PATH}/{{kind}}/{{agency}}/{{id}}/{{version}}",
    summary="Cấu trúc, danh mục mã theo chuẩn SDMX",
    openapi_extra=document(
        SDMX_STRUCTURE, "Structures and code lists by SDMX", _EXAMPLE, ("kind", "agency", "id", "version")
    ),
)
@router.get(f"{_PATH}/{{kind}}/{{agency}}/{{id}}", include_in_schema=False)
@router.get(f"{_PATH}/{{kind}}/{{agency}}", include_in_schema=False)
@router.get(f"{_PATH}/{{kind}}", include_in_schema=False)
@router.get(_PATH, include_in_schema=False)
def get_structure(request: Request) -> Response:
    """The artefacts of an address, and those that they refer to if asked for."""
    world, path = world_of(request), request.path_params
    query = read_query(request.scope["query_string"], SDMX_STRUCTURE)
    media, lang = structure_media(request), choose_language(request, query)
    tag = tag_of(request, "", media.header, lang)
    if is_known(request, tag):
        return not_modified(tag, lang)
    found, others = select_artefacts(build_artefacts(world.catalogue, lang), path, query)
    detail = one_of(query.get("detail", "full"), "detail", _DETAILS)
    full = [] if detail.startswith("all") else found + ([] if detail.startswith("reference") else others)
    data = build_structures(full, [a for a in found + others if a not in full])
    if path.get("item", "*") != "*":
        keep_items(data, path["item"].split(","))
    return structure_message(data, media, lang, request, cache_headers(tag, lang))


def structure_media(request: Request) -> MediaType:
    """The format of a structure message.

    Raises:
        NotAcceptable: the client accepts none of ours.
    """
    return choose_media(request.headers.get("accept", "*/*"), STRUCTURE_OFFERS)


def structure_message(
    data: dict[str, object], media: MediaType, lang: str, request: Request, headers: dict[str, str]
) -> Response:
    """A structure message of the version agreed on."""
    meta = build_meta("structure", media.version, datetime.now(UTC).replace(microsecond=0), lang, str(request.url))
    opening = {"$schema": meta.pop("schema")} if media.version >= "2.1" else {}
    return plain_json(opening | {"meta": meta, "data": data}, headers, media.header)


def select_artefacts(
    artefacts: list[Artefact], path: Mapping[str, str], query: Mapping[str, str]
) -> tuple[list[Artefact], list[Artefact]]:
    """What an address names, and what it refers to.

    Raises:
        NotSupported: a kind of artefact that there is none of here. NotFound: nothing has this name.
    """
    kind = path.get("kind", "*")
    if kind != "*" and kind not in KINDS:
        raise NotSupported(what=f"{_PATH}/{kind}", choices=", ".join(KINDS))
    of_kind = [a for a in artefacts if kind in ("*", a.kind)]
    found = [a for a in of_kind if _is_named(a, path)]
    if not found:
        name = "/".join(path.values())
        choices = ", ".join(f"{a.agency}:{a.id}({a.version})" for a in of_kind)
        raise NotFound(what=Both(f"cấu trúc {name}", f"the structure {name}"), choices=choices)
    kinds = _referred(kind, found, query.get("references", "none").split(","))
    return found, [a for a in artefacts if a.kind in kinds and a not in found]


def _is_named(artefact: Artefact, path: Mapping[str, str]) -> bool:
    agencies, ids = path.get("agency", "*").split(","), path.get("id", "*").split(",")
    is_agency = "*" in agencies or artefact.agency in agencies
    is_id = "*" in ids or artefact.id in ids
    return is_agency and is_id and is_version_wanted(path.get("version", "~"), artefact.version)


def _referred(kind: str, found: list[Artefact], references: list[str]) -> set[str]:
    kinds: set[str] = set()
    for reference in references:
        one_of(reference, "references", _REFERENCES)
        if reference in KINDS:
            kinds.add(reference)
        for start in {a.kind for a in found}:
            kinds |= _walk(start, reference)
    return kinds


def _walk(start: str, reference: str) -> set[str]:
    down = _reach(start, _CHILDREN)
    up = _reach(start, _PARENTS)
    near = set(_PARENTS.get(start, ()))
    siblings = near | {child for parent in near for child in _CHILDREN.get(parent, ())}
    return {
        "children": set(_CHILDREN.get(start, ())),
        "descendants": down,
        "parents": near,
        "ancestors": up,
        "parentsandsiblings": siblings,
        "all": down | siblings | {"agencyscheme"},
    }.get(reference, set())


def _reach(start: str, edges: Mapping[str, tuple[str, ...]]) -> set[str]:
    reached: set[str] = set()
    todo = [start]
    while todo:
        for kind in edges.get(todo.pop(), ()):
            if kind not in reached:
                reached.add(kind)
                todo.append(kind)
    return reached
