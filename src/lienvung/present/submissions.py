"""A submission as people of the office see it: how far it has come, what was said, what happened when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from lienvung.present.numbers import format_instant
from lienvung.present.texts import Texts

STEPS = ("received", "checked", "submitted", "approved", "published")
REACHED = {
    "draft": 0, "checked": 1, "returned": 1, "submitted": 2, "approved": 3, "scheduled": 3, "published": 4,
    "superseded": 4, "withdrawn": 4, "discarded": 0,
}  # fmt: skip
"""State → the last step of ``STEPS`` that was taken."""


@dataclass(frozen=True)
class StepOnLine:
    """One step of the way: ``done``, ``now``, ``todo`` or ``broken``, with who took it and when."""

    name: str
    kind: str
    who: str = ""
    at: str = ""


@dataclass(frozen=True)
class Remark:
    """Why a submission stands where it does: a reason given, a release that replaced it, a moment to wait for."""

    title: str
    text: str
    who: str = ""
    at: str = ""


@dataclass(frozen=True)
class SubmissionView:
    """The head of every page of a submission."""

    id: str
    title: str
    file_name: str
    agency_name: str
    state: str
    version: int
    rows: int
    errors: int
    warnings: int
    has_recipe_page: bool
    next_step: str
    steps: tuple[StepOnLine, ...]
    note: Remark | None


def view_submission(found: Any, name_agency: Callable[[str], str], lang: str, is_unread: bool) -> SubmissionView:  # noqa: ANN401 - a Submission
    """The head of a submission's pages.

    Args:
        found: a ``Submission``. is_unread: its layout was not understood, or is read by a confirmed recipe.
    """
    said = found.next_step()
    return SubmissionView(
        found.id, found.title or found.file_name, found.file_name, name_agency(found.agency),
        found.state, found.version, found.rows, found.errors, found.warnings, is_unread,
        said_to_people(found.state, said.vi if lang == "vi" else said.en, lang), step_line(found, lang),
        _remark(found, lang),
    )  # fmt: skip


def said_to_people(state: str, said: str, lang: str) -> str:
    """What comes next, in the portal's words where it has them."""
    texts = Texts(lang)
    try:
        return texts(f"next_{state}")
    except KeyError:
        return said


def step_line(found: Any, lang: str) -> tuple[StepOnLine, ...]:  # noqa: ANN401 - a Submission
    """The way of a submission as a line of steps."""
    texts, reached = Texts(lang), REACHED[found.state]
    took = (
        (found.created_by, found.created_at), ("", None), (found.submitted_by, found.submitted_at),
        (found.approved_by, found.approved_at), (found.published_by, found.published_at),
    )  # fmt: skip
    line = []
    for number, (name, (who, at)) in enumerate(zip(STEPS, took, strict=True)):
        kind = "done" if number < reached else "now" if number == reached else "todo"
        if number == reached and found.state in ("returned", "withdrawn", "discarded"):
            kind = "broken"
        is_past = number <= reached or (found.state == "returned" and number == 2)
        shown = (who or "", format_instant(at, lang)) if is_past else ("", "")
        line.append(StepOnLine(texts(f"step_{name}"), kind, *shown))
    return tuple(line)


def _remark(found: Any, lang: str) -> Remark | None:  # noqa: ANN401 - a Submission
    texts, state = Texts(lang), found.state
    if state == "returned":
        moment = format_instant(found.returned_at, lang)
        return Remark(texts("sub_note_returned"), found.return_reason or "", found.returned_by or "", moment)
    if state == "scheduled":
        return Remark(texts("sub_note_scheduled"), format_instant(found.embargo_until, lang))
    if state == "withdrawn":
        moment = format_instant(found.withdrawn_at, lang)
        return Remark(texts("sub_note_withdrawn"), found.withdraw_reason or "", found.withdrawn_by or "", moment)
    if state == "superseded" and found.superseded_by:
        return Remark(texts("sub_note_superseded"), f"S{found.superseded_by}")
    if state == "published":
        return Remark(texts("sub_note_published"), found.release or "")
    return None


@dataclass(frozen=True)
class HistoryLine:
    """One line of what happened."""

    name: str
    who: str
    at: str
    through: str
    version: int
    reason: str


def tell_history(steps: Sequence[Any], lang: str) -> tuple[HistoryLine, ...]:
    """Every step of a submission, the newest first; warnings explained together are one line.

    Args:
        steps: ``workflow.steps.Step``.
    """
    texts = Texts(lang)
    lines = []
    for _, same in groupby(reversed(steps), key=_together):
        found = list(same)
        step = found[0]
        reason = _reason(step, texts) if len(found) == 1 else texts(
            "history_warnings", rule=step.detail.get("rule"), count=len(found), reason=step.reason
        )  # fmt: skip
        through = _known(texts, f"through_{step.through}", step.through)
        name = _known(texts, f"kind_{step.kind}", step.kind)
        lines.append(HistoryLine(name, step.by, format_instant(step.at, lang), through, step.version, reason))
    return tuple(lines)


def _together(step: Any) -> tuple[object, ...]:  # noqa: ANN401 - a Step
    if step.kind != "warning":
        return (step.number,)
    return (step.by, step.version, step.reason, step.detail.get("rule"))


def _reason(step: Any, texts: Texts) -> str:  # noqa: ANN401 - a Step
    rule, place = step.detail.get("rule"), step.detail.get("place")
    if rule:
        return texts("history_warning", rule=rule, place=place or "—", reason=step.reason)
    cell = "!".join(str(step.detail[k]) for k in ("sheet", "cell") if step.detail.get(k))
    return step.reason or cell


def _known(texts: Texts, key: str, plain: str) -> str:
    try:
        return texts(key)
    except KeyError:
        return plain


@dataclass(frozen=True)
class CommentLine:
    """What someone said, with the way to its cell."""

    number: int
    by: str
    at: str
    place: str
    sheet: str
    cell: str
    text: str
    answered: str
    href: str = ""


def tell_comments(
    comments: Sequence[Any], lang: str, find_cell: Callable[[str, str], str] = lambda sheet, cell: ""
) -> tuple[CommentLine, ...]:
    """Comments for reading, those waiting for an answer first.

    Args:
        comments: ``workflow.comments.Comment``. find_cell: sheet and cell → the address of that cell.
    """
    lines = [
        CommentLine(
            c.number,
            c.by,
            format_instant(c.at, lang),
            "!".join(p for p in (c.sheet, c.cell) if p),
            c.sheet,
            c.cell,
            c.text,
            c.answered_by or "",
            find_cell(c.sheet, c.cell),
        )
        for c in comments
    ]
    return tuple(sorted(lines, key=lambda c: bool(c.answered)))


@dataclass(frozen=True)
class SubmissionRow:
    """One line of a list of submissions."""

    id: str
    title: str
    state: str
    agency: str
    rows: int
    errors: int
    warnings: int
    who: str
    at: str
    todo: str


def list_submissions(found: Sequence[Any], name_agency: Callable[[str], str], lang: str) -> tuple[SubmissionRow, ...]:
    """Submissions for a list: who did the last thing, and when.

    Args:
        found: ``Submission``.
    """
    rows = []
    for each in found:
        who, at = last_touch(each)
        said = each.next_step()
        rows.append(SubmissionRow(
            each.id, each.title or each.file_name, each.state, name_agency(each.agency), each.rows,
            each.errors, each.warnings, who, format_instant(at, lang),
            said_to_people(each.state, said.vi if lang == "vi" else said.en, lang),
        ))  # fmt: skip
    return tuple(rows)


def last_touch(found: Any) -> tuple[str, datetime]:  # noqa: ANN401 - a Submission
    """Who moved a submission last, and when."""
    touches: list[tuple[datetime, str]] = [(found.created_at, found.created_by)]
    for step in ("submitted", "approved", "returned", "published", "withdrawn"):
        at, by = getattr(found, f"{step}_at"), getattr(found, f"{step}_by")
        if at is not None:
            touches.append((at, by or ""))
    at, by = max(touches)
    return by, at


@dataclass(frozen=True)
class FileLine:
    """One file of a submission."""

    version: int
    name: str
    sha: str
    who: str
    at: str


def tell_files(files: Sequence[Any], lang: str) -> tuple[FileLine, ...]:
    """Every file that a submission had, the newest first."""
    return tuple(
        FileLine(f.version, f.file_name, f.file_sha256, f.by, format_instant(f.at, lang)) for f in reversed(files)
    )
