"""Reconciliation: what published figures, or a submission beside them, do not agree on; what people decided."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.clocks import OPEN_INSTANT
from lienvung.domain.discrepancies import Acceptance, Choice, Discrepancy
from lienvung.domain.handovers import Release
from lienvung.domain.observations import KEY
from lienvung.errors import UnknownFinding
from lienvung.pipeline.bench import Bench
from lienvung.publish.choices import choice_claims, claims_of_fact
from lienvung.publish.release import name_release, write_release
from lienvung.publish.vintages import merge_claims
from lienvung.store.pointer import ReleaseNote
from lienvung.validate.reconcile.evidence import RECONCILED
from lienvung.validate.reconcile.registry import RECONCILIATIONS, reconcile
from lienvung.workflow import decisions
from lienvung.workflow.actors import Actor, Right
from lienvung.workflow.audit import record


@dataclass(frozen=True)
class Judged:
    """A discrepancy, and who let it stand, if anyone did."""

    discrepancy: Discrepancy
    acceptance: Acceptance | None


@dataclass(frozen=True)
class Reconciling(Bench):
    """Finds and settles discrepancies."""

    @staticmethod
    def reconciliation_rules() -> list[str]:
        """The ids of the reconciliation checks."""
        return [r.id for r in RECONCILIATIONS]

    def check_published(self, rules: Collection[str] = ()) -> list[Judged]:
        """What does not agree in what is published, and what people decided about it.

        Raises:
            StoreMissing: nothing was ever published here.
        """
        return self._judge(reconcile(self._history(columns=RECONCILED), self.catalogue, rules))

    def check_submission(self, submission: str, by: Actor, rules: Collection[str] = ()) -> list[Judged]:
        """What would not agree if a submission were published now: only what its own figures take part in.

        Raises:
            UnknownSubmission: no such number for ``by``. StoreMissing: nothing was ever published here.
        """
        claims = self.read_claims(submission, by)
        touched = set(pc.unique(claims["dataflow"]).to_pylist())
        release, moment = name_release()
        merged = merge_claims(self._history(touched), claims, moment, release).table
        merged = merged.filter(pc.equal(merged["recorded_to"], pa.scalar(OPEN_INSTANT, pa.timestamp("us"))))
        rest = self._history({g.dataflow for g in self.catalogue.groups.values()} - touched, RECONCILED)
        own = {"|".join(row) for row in zip(*(claims[c].to_pylist() for c in KEY), strict=True)}
        found = reconcile(pa.concat_tables([merged.select(RECONCILED), rest]), self.catalogue, rules)
        return self._judge([d for d in found if any(f.key in own for f in d.facts)])

    def _judge(self, found: list[Discrepancy]) -> list[Judged]:
        accepted = self.acceptances()
        return [Judged(d, accepted.get(d.id)) for d in found]

    def acceptances(self) -> dict[str, Acceptance]:
        """What people let stand now, by the discrepancy's id."""
        with self.sessions() as session:
            return decisions.find_acceptances(session)

    def accept_finding(self, finding: str, by: Actor, reason: str, submission: str | None = None) -> Acceptance:
        """Let a discrepancy stand, with a reason.

        Raises:
            NotAllowed. ReasonMissing: there is none. UnknownFinding: no such discrepancy now. UnknownSubmission.
        """
        with self._watched(by, "reconcile.accept", finding):
            by.require(Right.RECONCILE)
            decisions.require_reason(reason)
            judged = self.check_submission(submission, by) if submission else self.check_published()
            found = next((j.discrepancy for j in judged if j.discrepancy.id == finding), None)
            if found is None:
                raise UnknownFinding(finding=finding)
        with self.sessions.begin() as session:
            done = decisions.accept_discrepancy(session, found, by.login, reason)
            record(session, by.login, by.through, "reconcile.accept", finding, {"rule": done.rule, "reason": reason})
            return done

    def withdraw_finding(self, finding: str, by: Actor, reason: str) -> Acceptance:
        """Take an acceptance back.

        Raises:
            NotAllowed. ReasonMissing: there is no reason. UnknownFinding: it is not accepted.
        """
        with self._acting(by, "reconcile.withdraw", finding) as session:
            by.require(Right.RECONCILE)
            done = decisions.withdraw_acceptance(session, finding, by.login, reason)
            record(session, by.login, by.through, "reconcile.withdraw", finding, {"rule": done.rule, "reason": reason})
            return done

    def choose_claim(self, fact: Mapping[str, str], issuer: str, by: Actor, reason: str) -> tuple[Choice, ReleaseNote]:
        """Choose one issuer's claim of a fact that several claim; the choice is published. No issuer: take it back.

        Args:
            fact: ``indicator``, ``area_key``, ``activity``, ``breakdown``, ``period``.

        Raises:
            NotAllowed. ReasonMissing: there is no reason. NotFound: the issuer has no such figure. StoreBusy.
        """
        subject = " ".join(fact[k] for k in ("indicator", "area_key", "period"))
        with self._watched(by, "reconcile.choose", subject):
            by.require(Right.RECONCILE)
            reason = decisions.require_reason(reason)
        history = self._history({self.catalogue.dataflow_of(fact["indicator"])})
        claims = claims_of_fact(history, fact)
        release_id, moment = name_release()
        chosen = choice_claims(claims, fact, issuer, by.login, moment.date(), reason, release_id)
        title = f"{fact['indicator']} {fact['area_key']} {fact['period']}: {issuer or '—'}"
        release = Release(release_id, f"Chọn số: {title}", f"Choice: {title}", chosen.claims, moment, by.login)
        note = write_release(self.settings.store, release)
        with self.sessions.begin() as session:
            told = {"issuer": issuer, "release": note.id, "reason": reason}
            record(session, by.login, by.through, "reconcile.choose", subject, told)
        return chosen.choice, note
