"""What was published when."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from lienvung.gate import needs
from lienvung.query.releases import find_releases
from lienvung.web.answers import etag_of, not_modified, send_page, world_of
from lienvung.workflow.actors import Right

router = APIRouter(dependencies=[needs(Right.READ)])


@router.get("/vi/dot-cong-bo", name="releases-vi")
@router.get("/en/releases", name="releases-en")
def releases(request: Request) -> Response:
    """Every release, newest first."""
    reader = world_of(request).reader
    etag = etag_of(request, reader.snapshot)
    return not_modified(request, etag) or send_page(request, "releases.html", etag, releases=find_releases(reader))
