"""Warnings of one rule explained together."""

from __future__ import annotations

from dataclasses import dataclass

from lienvung.pipeline.intake import Intake
from lienvung.workflow import submissions as office
from lienvung.workflow import warnings as passes
from lienvung.workflow.actors import Actor
from lienvung.workflow.steps import lock_office

MOST_AT_ONCE = 2_000
"""Warnings explained by one step; the rest is explained by the next."""


@dataclass(frozen=True)
class Explaining(Intake):
    """Lets the warnings of a rule pass, all for one reason."""

    def accept_group(self, submission: str, rule: str, reason: str, by: Actor) -> int:
        """Let every warning of a rule that nobody has explained yet pass; all of them or none.

        Raises:
            UnknownSubmission, NotAllowed, WrongState, ReasonMissing.
        """
        with self._acting(by, "warning.accept", submission) as session:
            lock_office(session)
            found = office.find_submission(session, submission, by)
            done = {(w.rule, w.place) for w in passes.find_accepted(session, found)}
            kept = found.report.get("findings")
            warnings = [f for f in kept if f["severity"] == "warning" and f["rule"] == rule] if isinstance(
                kept, list
            ) else []  # fmt: skip
            places = [p for p in dict.fromkeys(map(passes.place_of, warnings)) if (rule, p) not in done]
            for place in places[:MOST_AT_ONCE]:
                passes.accept_warning(session, submission, rule, place, reason, by)
            return len(places[:MOST_AT_ONCE])
