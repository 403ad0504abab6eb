"""Walks a number through the making half: source → parse → validate → publish."""

from __future__ import annotations

from dataclasses import dataclass

from lienvung.pipeline.covering import CoveringDesk, Letter
from lienvung.pipeline.differences import Comparing
from lienvung.pipeline.explaining import Explaining
from lienvung.pipeline.forms import FormDesk
from lienvung.pipeline.intake import Checked, finding_record
from lienvung.pipeline.office import Progress
from lienvung.pipeline.packs import inspect_pack
from lienvung.pipeline.proposing import Proposing
from lienvung.pipeline.reconciling import Judged, Reconciling
from lienvung.pipeline.schedule import Schedule

__all__ = ["Checked", "Judged", "Letter", "Progress", "Works", "finding_record", "inspect_pack"]


@dataclass(frozen=True)
class Works(
    Schedule, Comparing, Reconciling, FormDesk, CoveringDesk, Proposing, Explaining
):  # fmt: skip
    """The making half of one home folder: what the doors call to submit, approve and publish."""
