"""Walks a number through the making half: source → parse → validate → publish."""

from __future__ import annotations

from dataclasses import dataclass

from lienvung.pipeline.intake import Checked, finding_record
from lienvung.pipeline.office import Office, Progress
from lienvung.pipeline.packs import inspect_pack
from lienvung.pipeline.recipes import RecipeDesk
from lienvung.pipeline.reconciling import Judged, Reconciling

__all__ = ["Checked", "Judged", "Progress", "Works", "finding_record", "inspect_pack"]


@dataclass(frozen=True)
class Works(Office, RecipeDesk, Reconciling):
    """The making half of one home folder: what the doors call to submit, approve and publish."""
