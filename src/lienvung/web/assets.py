"""The built bundle: its names, and the files themselves."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse

import lienvung
from lienvung.gate import needs
from lienvung.workflow.actors import Right

FOLDER = Path(lienvung.__file__).parent / "assets"
_KINDS = {".js": "text/javascript", ".css": "text/css", ".woff2": "font/woff2", ".json": "application/json",
          ".svg": "image/svg+xml", ".png": "image/png"}  # fmt: skip
router = APIRouter(include_in_schema=False, dependencies=[needs(Right.READ)])


@dataclass(frozen=True)
class Bundle:
    """Addresses of the style sheet, the script and the fonts to fetch early; empty where it was not built."""

    style: str = ""
    script: str = ""
    fonts: tuple[str, ...] = ()
    version: str = ""


@cache
def find_bundle() -> Bundle:
    """The bundle of this program, by its manifest."""
    path = FOLDER / "ui" / ".vite" / "manifest.json"
    if not path.exists():
        return Bundle()
    text = path.read_text("utf-8")
    entry = json.loads(text)["src/boot.ts"]
    early = [a for a in entry.get("assets", []) if "vietnamese-400" in a or "latin-400" in a]
    return Bundle(
        style=f"/assets/{entry['css'][0]}",
        script=f"/assets/{entry['file']}",
        fonts=tuple(f"/assets/{a}" for a in early),
        version=hashlib.sha256(text.encode()).hexdigest()[:12],
    )


@router.get("/assets/{path:path}")
def asset(path: str) -> Response:
    """A file of the bundle; its name changes with its content, so it may be kept for ever."""
    return _send(FOLDER / "ui", path, "public, max-age=31536000, immutable")


@router.get("/geo/{path:path}")
def geography(path: str) -> Response:
    """Boundaries, for a map that a reader has begun to explore."""
    return _send(FOLDER / "geo", path, "public, max-age=86400")


def _send(folder: Path, path: str, cache_control: str) -> Response:
    found = (folder / path).resolve()
    if not found.is_relative_to(folder.resolve()) or not found.is_file() or found.suffix not in _KINDS:
        return Response("404", 404, media_type="text/plain")
    headers = {"Cache-Control": cache_control, "X-Content-Type-Options": "nosniff"}
    return FileResponse(found, media_type=_KINDS[found.suffix], headers=headers)
