"""A recipe's decisions carried over to a layout that drifted."""

from __future__ import annotations

from typing import Any

from lienvung.parse.tables.decisions import Notes
from lienvung.parse.tables.matching import Match, alike

RENAMED = 0.6


def mend_entry(number: int, match: Match, fresh: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """The old entry with the new title; columns, rows and blocks by the same words, then by the nearest ones."""
    old = {k: v for k, v in match.entry.items() if k not in ("columns", "rows", "blocks", "title", "sheet")}
    entry: dict[str, Any] = {k: fresh[k] for k in ("title", "sheet") if k in fresh} | old
    notes.items = [d for d in notes.items if d.path.split(".")[1] in ("columns", "rows", "blocks")]
    if match.was:
        vi, en = f"tiêu đề cũ: '{match.was}'", f"the old title: '{match.was}'"
        notes.add(f"{number}.title", match.table.key, 0.9, vi, en, match.table.place)
    for part in ("columns", "rows", "blocks"):
        carried = _carry(number, part, dict(match.entry.get(part) or {}), dict(fresh.get(part) or {}), notes)
        if carried:
            entry[part] = carried
    return entry


def _carry(number: int, part: str, old: dict[str, Any], new: dict[str, Any], notes: Notes) -> dict[str, Any]:
    found: dict[str, Any] = {}
    gone = [k for k in old if k not in new]
    for key, proposed in new.items():
        path = f"{number}.{part}.{key}"
        if key in old:
            found[key] = old[key]
            notes.add(path, old[key], 1.0, "như công thức cũ", "as in the old recipe")
            continue
        near = max(gone, key=lambda k: alike(k, key), default="")
        if near and alike(near, key) >= RENAMED:
            gone.remove(near)
            found[key] = old[near]
            notes.add(path, old[near], alike(near, key), f"trước là '{near}'", f"was '{near}'")
        else:
            found[key] = proposed
    if part == "rows":
        # a row that this file happens to lack keeps its meaning
        found |= {k: old[k] for k in gone}
    elif gone:
        named = ", ".join(f"'{g}'" for g in gone)
        notes.add(f"{number}.{part}", "—", 1.0, f"không còn: {named}", f"gone: {named}")
    return found
