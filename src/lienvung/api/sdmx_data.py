"""``/sdmx/v2/data``: published observations as SDMX-CSV or SDMX-JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc
from fastapi import APIRouter, Request, Response

from lienvung.api.answers import cache_headers, is_known, no_content, not_modified, streamed, tag_of
from lienvung.api.bodies import bodies_of
from lienvung.api.matching import narrow
from lienvung.api.negotiation import MediaType, choose_language, negotiate_data
from lienvung.api.parameters import SDMX_DATA, document, read_query
from lienvung.api.question import DataQuestion, areas_of, read_question, span_of
from lienvung.api.world import world_of
from lienvung.assemble import World
from lienvung.domain.handovers import Answer, Question
from lienvung.errors import NotSupported
from lienvung.gate import needs
from lienvung.present.sdmx.csv import CsvForm, write_csv
from lienvung.present.sdmx.json import JsonForm, write_json
from lienvung.present.sdmx.model import DIMENSIONS
from lienvung.query.observations import find_observations
from lienvung.query.series import find_series
from lienvung.store.schema import OBSERVATIONS
from lienvung.workflow.actors import Right

router = APIRouter(tags=["SDMX"], dependencies=[needs(Right.READ)])
_PATH = "/sdmx/v2/data/dataflow"
_EXAMPLE = f"{_PATH}/LIENVUNG/NATIONAL_ACCOUNTS/1.0.0/A.GRDP_CUR.74@2004?c[TIME_PERIOD]=ge:2016+le:2022&format=csv"


@router.get(
    f"{_PATH}/{{agency}}/{{dataflow}}/{{version}}/{{key}}",
    summary="Số liệu theo chuẩn SDMX-REST 2.2",
    openapi_extra=document(SDMX_DATA, "Data by SDMX-REST 2.2", _EXAMPLE, ("agency", "dataflow", "version", "key")),
)
@router.get(f"{_PATH}/{{agency}}/{{dataflow}}/{{version}}", include_in_schema=False)
@router.get(f"{_PATH}/{{agency}}/{{dataflow}}", include_in_schema=False)
@router.get(f"{_PATH}/{{agency}}", include_in_schema=False)
@router.get(_PATH, include_in_schema=False)
@router.get("/sdmx/v2/data", include_in_schema=False)
def get_data(request: Request) -> Response:
    """Observations of one or more dataflows; trailing parts of the path may be left out."""
    world = world_of(request)
    query = read_query(request.scope["query_string"], SDMX_DATA)
    media, lang = negotiate_data(request, query), choose_language(request, query)
    question = read_question(request.path_params, query, world.catalogue)
    tag = tag_of(request, world.reader.snapshot, media.header, lang)
    if is_known(request, tag):
        return not_modified(tag, lang)
    if kept := bodies_of(request).find(tag):
        return kept
    answer = find_answer(world, question)
    if not answer.table.num_rows:
        return no_content(tag, lang)
    tag = tag_of(request, answer.snapshot, media.header, lang)
    headers = cache_headers(tag, lang, pc.max(answer.table.column("recorded_from")).as_py())
    if "format" in query:
        headers["Content-Disposition"] = f'attachment; filename="{_file_name(question)}.{media.kind}"'
    headers["Content-Type"] = media.header
    pieces = _pieces(world, question, answer.table, media, lang, str(request.url))
    return streamed(bodies_of(request).gather(tag, pieces, headers), headers)


@router.get("/sdmx/v2/data/datastructure{rest:path}", include_in_schema=False)
@router.get("/sdmx/v2/data/provisionagreement{rest:path}", include_in_schema=False)
def refuse_context(request: Request) -> None:
    """Data by data structure or provision agreement is not offered."""
    raise NotSupported(what=request.url.path, choices=_PATH)


def find_answer(world: World, question: DataQuestion) -> Answer:
    """The published rows of an SDMX question, dataflow after dataflow, all of one snapshot."""
    asked = to_query(world, question)
    flow_of = world.catalogue.dataflow_of
    flows = {flow: [i for i in asked.indicators if flow_of(i) == flow] for flow in map(flow_of, asked.indicators)}
    parts = [find_observations(world.reader, replace(asked, indicators=tuple(i)), [f]) for f, i in flows.items()]
    if len({part.snapshot for part in parts}) > 1:
        # a release came in between: ask again rather than mix two
        return find_answer(world, question)
    if not parts:
        return Answer(asked, OBSERVATIONS.empty_table(), world.reader.snapshot)
    table = pa.concat_tables([part.table for part in parts])
    return Answer(asked, narrow(table, question), parts[0].snapshot)


def to_query(world: World, question: DataQuestion) -> Question:
    """The part of an SDMX question that the query room answers; ``narrow`` does the rest."""
    codes = {d.id: chosen_codes(question, d.id) for d in DIMENSIONS}
    groups = {g.code for g in question.flows}
    indicators = [i.code for i in world.catalogue.indicators.values() if i.group in groups]
    if codes["INDICATOR"] is not None:
        indicators = [i for i in indicators if i in codes["INDICATOR"]]
    if question.recorded is None:
        # of an earlier moment the table of series, which is of now, cannot tell
        known = set(pc.unique(find_series(world.reader).column("indicator")).to_pylist())
        indicators = [i for i in indicators if i in known]
    first, last = span_of(question.filters)
    order = {code: (i.group, code) for code, i in world.catalogue.indicators.items()}
    return Question(
        indicators=tuple(sorted(indicators, key=order.__getitem__)),
        areas=areas_of(codes["REF_AREA"] or ()),
        first=first,
        last=last,
        issuers=codes["ISSUER"] or (),
        activities=codes["ACTIVITY"] or (),
        breakdowns=codes["BREAKDOWN"] or (),
        freqs=codes["FREQ"] or (),
        published=question.published,
        recorded=question.recorded,
    )


def chosen_codes(question: DataQuestion, dimension: str) -> tuple[str, ...] | None:
    """The codes that keys and filters leave of a dimension; None where they leave all."""
    sets = [set(f.codes) for f in question.filters if f.component.id == dimension and f.codes is not None]
    if all(dimension in key for key in question.keys):
        sets.append({key[dimension] for key in question.keys})
    return tuple(sorted(set.intersection(*sets))) if sets else None


def _pieces(
    world: World, question: DataQuestion, table: pa.Table, media: MediaType, lang: str, url: str
) -> Iterator[bytes]:
    is_new = media.version >= "2.1"
    replaces = not question.is_filtered
    if media.kind == "csv":
        form = CsvForm(
            labels=media.options.get("labels", "id"),
            time_format=media.options.get("timeFormat", "original"),
            keys=media.options.get("keys", "none"),
            action=("R" if replaces else "M") if is_new else "I",
            lang=lang,
            attributes=question.attributes,
            has_measure=question.has_measure,
        )
        return write_csv(table, world.catalogue, form)
    action = ("Replace" if replaces else "Merge") if is_new else "Information"
    return write_json(
        table,
        world.catalogue,
        JsonForm(media.version, question.is_flat, action, lang, question.attributes, question.has_measure, url),
    )


def _file_name(question: DataQuestion) -> str:
    return question.flows[0].dataflow if len(question.flows) == 1 else "lienvung"
