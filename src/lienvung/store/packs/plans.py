"""From a pack's plan files to the register."""

from __future__ import annotations

from pathlib import Path

from lienvung.domain.plans import Plan, PlanRegister, Target
from lienvung.errors import Both, PackInvalid
from lienvung.store.packs.columns import FIXED_FILES, PLANS, TARGETS
from lienvung.store.packs.lines import Line, read_lines


def load_plans(folder: Path) -> PlanRegister:
    """The plans and targets of the pack in ``folder``; an empty register where it has none.

    Raises:
        PackInvalid: at the first line that is broken.
    """
    plans: dict[str, Plan] = {}
    targets: dict[str, Target] = {}
    for line in _lines(folder, PLANS):
        _once(line, "plan", plans)
        texts = {c: line.text(c) for c in FIXED_FILES[PLANS] if c != "plan"}
        plans[line.text("plan")] = Plan(key=line.text("plan"), **texts)
    for line in _lines(folder, TARGETS):
        _once(line, "target", targets)
        targets[line.text("target")] = _target(line)
    return PlanRegister(plans, targets)


def _lines(folder: Path, file: str) -> tuple[Line, ...]:
    return read_lines(folder, file, FIXED_FILES[file]) if (folder / file).exists() else ()


def _once(line: Line, column: str, seen: dict[str, Plan] | dict[str, Target]) -> None:
    if line.needed(column) in seen:
        found = Both(f"'{line.text(column)}' lặp lại", f"'{line.text(column)}' stands twice")
        raise PackInvalid(place=line.place(column), found=found)


def _target(line: Line) -> Target:
    texts = {c: line.text(c) for c in FIXED_FILES[TARGETS] if c not in ("target", "low", "high")}
    bounds = {c: line.number_in(c) if line.text(c) else None for c in ("low", "high")}
    return Target(key=line.text("target"), low=bounds["low"], high=bounds["high"], **texts)
