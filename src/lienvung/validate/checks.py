"""What a check is, and how its problems become findings: equal ones together, none cut silently."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from lienvung.domain.handovers import ERROR, Finding
from lienvung.validate.draft import Draft

MOST_PROBLEMS = 200
"""So many different problems of one check are told one by one; the rest together, with their number."""

MOST_PLACES = 2_000
"""So many cells of one check are kept with its findings, to be coloured; their number is told in full."""


@dataclass(frozen=True)
class Problem:
    """The same thing wrong in some rows. The sentences are filled; ``rows`` are row numbers of the draft."""

    rows: np.ndarray
    vi: str
    en: str
    todo_vi: str = ""
    todo_en: str = ""


class Check(ABC):
    """One rule. ``drops``: rows with a mere warning of it are left out all the same (a repeated row)."""

    id: ClassVar[str]
    severity: ClassVar[str] = ERROR
    sentence_vi: ClassVar[str]
    sentence_en: ClassVar[str]
    drops: ClassVar[bool] = False

    @abstractmethod
    def check(self, draft: Draft) -> Iterable[Problem]:
        """The problems that this rule sees in a draft."""

    def findings(self, draft: Draft) -> Iterator[Finding]:
        """The problems as findings; rows that may not go on are marked in the draft."""
        problems: list[Problem] = []
        draft.is_brief = False
        for problem in self.check(draft):
            if problem.rows.size:
                problems.append(problem)
                draft.is_brief = len(problems) > MOST_PROBLEMS
        for problem in problems:
            if self.severity == ERROR or self.drops:
                draft.bad[problem.rows] = True
        left = MOST_PLACES
        told = problems[:MOST_PROBLEMS] + ([_rest(problems[MOST_PROBLEMS:])] if len(problems) > MOST_PROBLEMS else [])
        for problem in told:
            yield self._finding(draft, problem, left)
            left = max(left - len(problem.rows), 0)

    def _finding(self, draft: Draft, problem: Problem, most_places: int) -> Finding:
        first, count = int(problem.rows[0]), len(problem.rows)
        vi, en = problem.vi, problem.en
        if count > 1:
            places = draft.places(problem.rows)
            vi, en = f"{vi} ({count} ô: {places})", f"{en} ({count} cells: {places})"
        sheet, cell = draft.printed["sheet"][first].as_py(), draft.printed["cell"][first].as_py()
        return Finding(
            self.id, self.severity, vi + ".", en + ".", sheet, cell, problem.todo_vi, problem.todo_en, count,
            draft.other_places(problem.rows[: max(most_places, 1)]),
        )  # fmt: skip


def _rest(problems: list[Problem]) -> Problem:
    rows = np.concatenate([p.rows for p in problems])
    return Problem(
        rows,
        f"Còn {len(problems)} trường hợp khác cùng loại, ví dụ: {problems[0].vi}",
        f"{len(problems)} more different cases of the same kind, for example: {problems[0].en}",
        problems[0].todo_vi,
        problems[0].todo_en,
    )
