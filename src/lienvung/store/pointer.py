"""The current release's file list where a plain look-up finds it.

A reader need not load PyIceberg: publishing leaves ``current.json`` beside the catalogue. It is trusted only
while it names the same metadata file as the catalogue does, so a crash between the two is harmless.
"""

from __future__ import annotations

import json
import os
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path

from lienvung.errors import StoreMissing

CATALOG_FILE = "catalog.sqlite"
POINTER_FILE = "current.json"
NAMESPACE, OBS = "lienvung", "obs"


@dataclass(frozen=True)
class ReleaseNote:
    """What one release said of itself."""

    id: str
    title_vi: str
    title_en: str
    recorded: str
    author: str
    added: int
    revised: int
    unchanged: int

    def title(self, lang: str) -> str:
        """The title in ``vi`` or ``en``."""
        return self.title_vi if lang == "vi" else self.title_en


@dataclass(frozen=True)
class Pointer:
    """One snapshot of the observations: its data files by dataflow, and the releases up to it."""

    metadata_location: str
    snapshot: str
    files: dict[str, list[str]]
    releases: list[ReleaseNote]


def metadata_location(store: Path) -> str:
    """The metadata file that the catalogue calls current.

    Raises:
        StoreMissing: no catalogue, or no table in it.
    """
    path = store / CATALOG_FILE
    if not path.exists():
        raise StoreMissing(home=store.parent)
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10) as db:
        try:
            found = db.execute(
                "select metadata_location from iceberg_tables where table_namespace = ? and table_name = ?",
                (NAMESPACE, OBS),
            ).fetchone()
        except sqlite3.DatabaseError:
            found = None
    db.close()
    if not found:
        raise StoreMissing(home=store.parent)
    return str(found[0])


def write_pointer(store: Path, pointer: Pointer) -> None:
    """Replace the pointer file in one step."""
    beside = store / f"{POINTER_FILE}.{os.getpid()}"
    with beside.open("w", encoding="utf-8") as out:
        json.dump(asdict(pointer), out, ensure_ascii=False)
        out.flush()
        os.fsync(out.fileno())
    os.replace(beside, store / POINTER_FILE)


def read_pointer(store: Path) -> Pointer | None:
    """The pointer file if it is there and agrees with the catalogue, else None."""
    current = metadata_location(store)
    try:
        found = json.loads((store / POINTER_FILE).read_text("utf-8"))
        pointer = Pointer(
            metadata_location=found["metadata_location"],
            snapshot=found["snapshot"],
            files=found["files"],
            releases=[ReleaseNote(**note) for note in found["releases"]],
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return pointer if pointer.metadata_location == current else None
