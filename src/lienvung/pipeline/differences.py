"""The difference that a submission would make, told before anyone approves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc

from lienvung.domain.differences import CHANGED, Change, Difference
from lienvung.pipeline.bench import Bench
from lienvung.publish.effects import compare_claims
from lienvung.publish.release import name_release
from lienvung.query.reader import Reader
from lienvung.workflow.actors import Actor

MOST = 500
"""How many changes, and how many conflicts, are told one by one."""


@dataclass(frozen=True)
class Comparing(Bench):
    """Holds a submission against what is published."""

    def difference(self, submission: str, by: Actor, most: int = MOST) -> Difference:
        """What would change in the published figures if a submission were published now.

        Raises:
            UnknownSubmission, SubmissionChanged. StoreMissing: nothing was ever published here.
        """
        claims = self.read_claims(submission, by)
        self._require_store()
        reader = Reader(self.settings.store)
        flows = set(pc.unique(claims["dataflow"]).to_pylist())
        release, moment = name_release()
        effect = compare_claims(self._history(flows), claims, release, moment, most)
        new, changed, unchanged, older, conflicting, restated = effect.counts
        rows = tuple(_change(r) for r in effect.changes.to_pylist())
        conflicts = tuple(_change(r) for r in effect.conflicts.to_pylist())
        measured = [r for r in rows if r.kind == CHANGED and r.relative is not None]
        absolute = [_change(r) for r in effect.largest.to_pylist()]
        return Difference(
            submission, reader.snapshot, new, changed, unchanged, older, conflicting, restated,
            measured[0] if measured else None, absolute[0] if absolute else None, rows, conflicts,
            new + changed > len(rows) or conflicting > len(conflicts),
        )  # fmt: skip


_NAMES = {"old": "old_value", "new": "new_value", "old_published": "old_published_from"} | {
    "new_published": "new_published_from"
}


def _change(row: Mapping[str, Any]) -> Change:
    return Change(**{name: row[_NAMES.get(name, name)] for name in Change.__dataclass_fields__})
