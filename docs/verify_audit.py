#!/usr/bin/env python3
"""Verify an exported audit from its file alone: ``python verify_audit.py nhat-ky.jsonl``. Needs only Python.

Each line but the last is an entry; ``hash`` is SHA-256 over the other fields as JSON (sorted keys, no blanks, UTF-8),
``previous`` the hash of the entry before (64 zeros for the first). The last line holds number and hash of the newest.
A file cut off and given a new last line, or computed anew from some entry on, holds in itself: compare its head with
one noted elsewhere (``--head 1234:9f2c…``), or with a copy of the system's ``audit.anchor`` (``--anchor FILE``).

Exit code 0: it holds; 1: it does not, each flaw on a line; 2: the file cannot be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

FIELDS = ("number", "at", "actor", "through", "action", "subject", "detail", "previous")


def hash_entry(entry: dict[str, object]) -> str:
    """The hash that an entry should carry."""
    fields = {name: entry[name] for name in FIELDS}
    text = json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def find_flaws(lines: list[dict[str, object]], anchors: dict[int, str]) -> Iterator[str]:
    """What does not hold, a line each."""
    head = lines.pop().get("head") if lines and "head" in lines[-1] else None
    if not isinstance(head, dict):
        yield "truncated: the last line is not the head"
        head = {}
    number, before, seen = 0, "0" * 64, {}
    for entry in lines:
        here = int(str(entry["number"]))
        if here != number + 1:
            yield f"{'removed' if here > number + 1 else 'reordered'}: {here} follows {number}"
        elif entry["previous"] != before:
            yield f"unknown: another entry was before {here}"
        if hash_entry(entry) != entry["hash"]:
            yield f"changed: {here}"
        number, before = here, str(entry["hash"])
        seen[number] = before
    if head and (head.get("number"), head.get("hash")) != (number, before):
        yield f"truncated: the head is {head.get('number')}, the last entry {number}"
    for wanted, noted in sorted(anchors.items()):
        if seen.get(wanted) != noted:
            yield f"rewritten: {wanted} is not what was noted elsewhere"


def read_anchors(head: str, anchor: Path | None) -> dict[int, str]:
    """Number and hash of entries as noted outside the file."""
    found = {}
    if head:
        number, _, noted = head.partition(":")
        found[int(number)] = noted.strip()
    if anchor:
        for line in anchor.read_text("ascii").splitlines():
            number, noted = line.split()
            found[int(number)] = noted
    return found


def main() -> int:
    """Verify the file named on the command line."""
    parser = argparse.ArgumentParser(description="Verify an exported audit from its file alone.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--head", default="", help="number:hash of an entry as noted elsewhere")
    parser.add_argument("--anchor", type=Path, help="a copy of audit.anchor")
    asked = parser.parse_args()
    try:
        lines = [json.loads(line) for line in asked.file.read_text("utf-8").split("\n") if line.strip()]
        anchors = read_anchors(asked.head, asked.anchor)
        flaws = list(find_flaws(lines, anchors))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"cannot be read: {error}", file=sys.stderr)
        return 2
    print("\n".join(flaws) if flaws else f"holds: {len(lines)} entries")
    return 1 if flaws else 0


if __name__ == "__main__":
    sys.exit(main())
