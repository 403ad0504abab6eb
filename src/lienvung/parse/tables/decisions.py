"""What was decided about a table, how sure that is, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ASK, SKIP = "?", "skip"


@dataclass(frozen=True)
class Decision:
    """One decision: where in the recipe, what was chosen (``?``: a person must), 0 to 1 how sure, and the evidence."""

    path: str
    chosen: str
    confidence: float
    evidence_vi: str
    evidence_en: str
    place: str = ""
    choices: tuple[str, ...] = ()

    def line(self) -> str:
        """For a comment above the recipe."""
        choices = f" [{', '.join(self.choices)}]" if self.choices else ""
        return f"{self.path} = {self.chosen} ({self.confidence:.2f}) · {self.evidence_vi} · {self.evidence_en}{choices}"


@dataclass
class Notes:
    """The decisions so far."""

    items: list[Decision] = field(default_factory=list)

    def add(
        self, path: str, chosen: object, confidence: float, vi: str, en: str, place: str = "",
        choices: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        """Take a decision down; a later one on the same path replaces it."""
        text = _show(chosen)
        self.items = [d for d in self.items if d.path != path]
        self.items.append(Decision(path, text, round(confidence, 2), " ".join(vi.split()), en, place, choices))

    def drop(self, path: str) -> None:
        """Take a decision back that nothing depends on any more."""
        self.items = [d for d in self.items if d.path != path]

    def settled(self, entry: Mapping[str, Any], number: int) -> list[Decision]:
        """The decisions that still stand in the entry as it came to be."""
        if entry.get("skip"):
            return [Decision(f"{number}.skip", "true", 1.0, "bảng được bỏ qua", "the table is skipped")]
        return self.items


def _show(chosen: object) -> str:
    if isinstance(chosen, Mapping):
        return ", ".join(f"{k}:{v}" for k, v in chosen.items()) or "—"
    return str(chosen)
