"""Examines a home folder: store, pointer, files, submissions, pack, built pages."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import lienvung
from lienvung.errors import LienVungError
from lienvung.settings import Settings
from lienvung.store.packs import figure_files, load_catalogue
from lienvung.store.pointer import metadata_location, read_pointer


@dataclass(frozen=True)
class Sign:
    """One part looked at."""

    part: str
    is_well: bool
    vi: str
    en: str

    def found(self, lang: str) -> str:
        """What was found, in ``vi`` or ``en``."""
        return self.vi if lang == "vi" else self.en


def examine(settings: Settings) -> list[Sign]:
    """Every sign, good and bad. Nothing is changed."""
    return [
        Sign("python", True, sys.version.split()[0], sys.version.split()[0]),
        Sign("lienvung", True, lienvung.__version__, lienvung.__version__),
        _pack(settings),
        *_store(settings),
        *_files(settings),
        _pages(),
    ]


def _pack(settings: Settings) -> Sign:
    try:
        found = load_catalogue(settings.pack)
    except (LienVungError, OSError) as error:
        vi, en = (error.message("vi"), error.message("en")) if isinstance(error, LienVungError) else (str(error),) * 2
        return Sign("pack", False, vi, en)
    count, files = len(found.indicators), len(figure_files(settings.pack))
    return Sign(
        "pack", True, f"{settings.pack}: {count} chỉ tiêu, {files} tệp số liệu",
        f"{settings.pack}: {count} indicators, {files} files of figures",
    )  # fmt: skip


def _store(settings: Settings) -> Iterator[Sign]:
    try:
        location = Path(metadata_location(settings.store).removeprefix("file://"))
        pointer = read_pointer(settings.store)
    except LienVungError as error:
        yield Sign(
            "store",
            False,
            f"{error.message('vi')} {error.suggestion('vi')}",
            f"{error.message('en')} {error.suggestion('en')}",
        )
        return
    yield Sign("store", location.exists(), str(location), str(location))
    if pointer is None:
        text = "chỉ mục cũ, lần đọc tới sẽ tự dựng lại", "stale, the next reader plans it anew"
        yield Sign("pointer", True, *text)
        return
    files = [Path(f) for found in pointer.files.values() for f in found]
    lost = [f for f in files if not f.exists()]
    orphans = len(set((settings.store / "warehouse").rglob("*.parquet"))) - len(files)
    yield Sign(
        "snapshot",
        not lost,
        f"{pointer.snapshot}: {len(files)} tệp, thiếu {len(lost)}, {len(pointer.releases)} đợt công bố",
        f"{pointer.snapshot}: {len(files)} files, {len(lost)} lost, {len(pointer.releases)} releases",
    )  # fmt: skip
    yield Sign("history", True, f"{orphans} tệp của các đợt trước", f"{orphans} files of earlier releases")


def _files(settings: Settings) -> Iterator[Sign]:
    kept = [f for f in settings.files.glob("*") if f.is_file()] if settings.files.exists() else []
    changed = [f.name for f in kept if hashlib.sha256(f.read_bytes()).hexdigest() != f.name]
    shown = ", ".join(n[:12] for n in changed[:3])
    yield Sign(
        "files", not changed, f"{len(kept)} tệp đã nộp, {len(changed)} bị thay đổi {shown}".rstrip(),
        f"{len(kept)} submitted files, {len(changed)} changed {shown}".rstrip(),
    )  # fmt: skip
    if settings.workflow.exists():
        db = sqlite3.connect(f"file:{settings.workflow}?mode=ro", uri=True)
        try:
            states = dict(db.execute("select state, count(*) from submissions group by state").fetchall())
        finally:
            db.close()
        text = ", ".join(f"{k} {v}" for k, v in sorted(states.items())) or "—"
        yield Sign("submissions", True, text, text)


def _pages() -> Sign:
    bundle = Path(lienvung.__file__).parent / "assets" / "ui"
    if bundle.exists():
        return Sign("pages", True, "giao diện đã dựng", "the user interface is built")
    return Sign("pages", False, "chưa dựng giao diện; chạy 'make ui'", "the user interface is not built; run 'make ui'")
