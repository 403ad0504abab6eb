"""What a reconciliation check is."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import ClassVar

from lienvung.domain.discrepancies import Discrepancy, Fact
from lienvung.domain.handovers import WARNING
from lienvung.validate.reconcile.evidence import Evidence


class Reconciliation(ABC):
    """One rule that figures keep with each other. ``severity`` is its usual one; a finding may be milder."""

    id: ClassVar[str]
    severity: ClassVar[str] = WARNING
    sentence_vi: ClassVar[str]
    sentence_en: ClassVar[str]

    @abstractmethod
    def check(self, evidence: Evidence) -> Iterable[Discrepancy]:
        """What does not agree."""

    def found(
        self, facts: Sequence[Fact], said: tuple[str, str], todo: tuple[str, str] = ("", ""), severity: str = ""
    ) -> Discrepancy:
        """A discrepancy of this rule; ``said`` and ``todo`` are Vietnamese and English."""
        return Discrepancy(self.id, severity or self.severity, *said, tuple(facts), *todo)
