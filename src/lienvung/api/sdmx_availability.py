"""``/sdmx/v2/availability``: which codes have data."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from fastapi import APIRouter, Request, Response

from lienvung.api.answers import cache_headers, is_known, not_modified, tag_of
from lienvung.api.matching import match_filter, match_keys
from lienvung.api.negotiation import choose_language
from lienvung.api.parameters import SDMX_AVAILABILITY, document, one_of, read_query
from lienvung.api.question import DataQuestion, read_question, span_of
from lienvung.api.sdmx_structure import structure_media, structure_message
from lienvung.api.world import world_of
from lienvung.errors import NotSupported
from lienvung.gate import needs
from lienvung.present.sdmx.availability import build_constraint
from lienvung.present.sdmx.model import DIMENSIONS, TIME
from lienvung.query.series import find_series
from lienvung.workflow.actors import Right

router = APIRouter(tags=["SDMX"], dependencies=[needs(Right.READ)])
_PATH = "/sdmx/v2/availability/dataflow"
_EXAMPLE = f"{_PATH}/LIENVUNG/NATIONAL_ACCOUNTS/1.0.0/*/INDICATOR"


@router.get(
    f"{_PATH}/{{agency}}/{{dataflow}}/{{version}}/{{key}}/{{component}}",
    summary="Mã nào có số liệu",
    openapi_extra=document(
        SDMX_AVAILABILITY, "Which codes have data", _EXAMPLE, ("agency", "dataflow", "version", "key", "component")
    ),
)
@router.get(f"{_PATH}/{{agency}}/{{dataflow}}/{{version}}/{{key}}", include_in_schema=False)
@router.get(f"{_PATH}/{{agency}}/{{dataflow}}/{{version}}", include_in_schema=False)
@router.get(f"{_PATH}/{{agency}}/{{dataflow}}", include_in_schema=False)
@router.get(f"{_PATH}/{{agency}}", include_in_schema=False)
@router.get(_PATH, include_in_schema=False)
def get_availability(request: Request) -> Response:
    """Per dataflow the codes that have data, the span of time, the count of series and observations.

    A filter on time keeps the series that reach into its span; their counts are of whole series.
    """
    world, path = world_of(request), request.path_params
    query = read_query(request.scope["query_string"], SDMX_AVAILABILITY)
    media, lang = structure_media(request), choose_language(request, query)
    for name, offered in (("mode", "exact"), ("references", "none")):
        if query.get(name, offered) != offered:
            raise NotSupported(what=f"{name}={query[name]}", choices=f"{name}={offered}")
    data_query = {k: v for k, v in query.items() if k not in ("mode", "references")}
    question = read_question(path, data_query, world.catalogue)
    asked = path.get("component", "*").split(",")
    ids = (TIME.id, *(d.id for d in DIMENSIONS))
    components = () if "*" in asked else tuple(one_of(c, "componentID", ids) for c in asked)
    tag = tag_of(request, world.reader.snapshot, media.header, lang)
    if is_known(request, tag):
        return not_modified(tag, lang)
    place = "availabilityConstraints" if media.version >= "2.1" else "dataConstraints"
    built = []
    for group in question.flows:
        series = _narrow(find_series(world.reader, dataflow=group.dataflow), question)
        built.append(build_constraint(series, group, lang, components, media.version))
    return structure_message({place: built}, media, lang, request, cache_headers(tag, lang))


def _narrow(series: pa.Table, question: DataQuestion) -> pa.Table:
    mask = match_keys(series, question.keys)
    for found in question.filters:
        if found.component in DIMENSIONS:
            mask &= match_filter(series, found)
        elif found.component is not TIME:
            raise NotSupported(what=f"c[{found.component.id}]", choices=", ".join(d.id for d in DIMENSIONS))
    first, last = span_of(question.filters)
    if first:
        mask &= np.asarray(series.column("last_day").to_numpy() >= np.datetime64(first))
    if last:
        mask &= np.asarray(series.column("first_day").to_numpy() <= np.datetime64(last))
    return series.filter(pa.array(mask))
