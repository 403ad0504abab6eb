"""Start-ups and innovation: programmes, supported firms, results; and the files by which an agency hands them in."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from lienvung.analyse.innovation import find_results
from lienvung.errors import NotFound
from lienvung.gate import needs
from lienvung.present.innovation import FILES, programme_record, result_records, support_record, template_text
from lienvung.store.packs.innovation import load_innovation
from lienvung.web.answers import HEADERS, etag_of, lang_of, not_modified, send_page, world_of
from lienvung.web.links import Links
from lienvung.workflow.actors import Right

router = APIRouter(dependencies=[needs(Right.READ)])


@router.get("/vi/doi-moi-sang-tao", name="innovation-vi")
@router.get("/en/innovation", name="innovation-en")
def innovation(request: Request) -> Response:
    """The register: what there is, and how an agency hands in what there is not."""
    world, lang = world_of(request), lang_of(request)
    etag = etag_of(request, world.reader.snapshot)
    if cached := not_modified(request, etag):
        return cached
    catalogue, register = world.catalogue, load_innovation(world.settings.pack)
    rows = find_results(world.reader, catalogue, register)
    return send_page(
        request, "innovation.html", etag, files=FILES,
        programmes=[programme_record(p, catalogue, lang) for p in register.programmes.values()],
        supports=[support_record(s, catalogue, lang) for s in register.supports.values()],
        results=result_records(register, rows, catalogue, lang, Links(lang).trace_row),
    )  # fmt: skip


@router.get("/vi/doi-moi-sang-tao/{item}.csv", name="innovation_template-vi")
@router.get("/en/innovation/{item}.csv", name="innovation_template-en")
def template(item: str) -> Response:
    """An empty file of the register."""
    if item not in FILES:
        raise NotFound(what=item, choices=", ".join(FILES))
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{item}.csv"'}
    return Response("\ufeff" + template_text(item), media_type="text/csv; charset=utf-8", headers=headers)
