"""A submission with its history, comments and difference, for ``lienvung submit --show``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from lienvung.cli.context import Door
from lienvung.cli.output import print_json, render_table

if TYPE_CHECKING:
    from lienvung.domain.differences import Change, Difference
    from lienvung.workflow.submissions import Submission

Report = Callable[[Door, str, dict[str, object], str, str, int], None]
_SHOWN = 20
"""How many changes the table shows; JSON carries up to 500."""


def say_state(door: Door, found: Submission) -> None:
    """One line: where a submission stands, and what comes next."""
    from lienvung.workflow.submissions import STATE_NAMES

    state, step = STATE_NAMES[found.state], found.next_step()
    click.echo(
        door.say(
            f"Hồ sơ {found.id} (phiên bản {found.version}): {state.vi}. Bước tiếp: {step.vi}.",
            f"Submission {found.id} (version {found.version}): {state.en}. Next: {step.en}.",
        )
    )


def show_submission(door: Door, number: str, with_difference: bool, form: str, report: Report) -> None:
    """What was found in a submission, what it would change, and what became of it."""
    from lienvung.present.plain import plain

    found = door.works.find_submission(number, door.actor)
    difference = door.works.difference(number, door.actor) if with_difference else None
    if difference and form == "json":
        print_json(plain(difference) | {"sentence": difference.sentence(door.lang)})
        return
    report(door, form, dict(found.report), found.id, found.state, found.rows)
    if form != "table":
        return
    if difference:
        _print_difference(door, difference)
    say_state(door, found)
    for step in door.works.steps(number, door.actor):
        click.echo(f"  {step.at:%Y-%m-%d %H:%M} UTC  {step.by}  {step.kind} → {step.after}  {step.reason}".rstrip())
    for said in door.works.comments(number, door.actor):
        place = "!".join(filter(None, (said.sheet, said.cell)))
        seen = door.say(" (đã giải quyết)", " (seen to)") if said.answered_at else ""
        click.echo(f"  [{said.number}] {said.by} {place}: {said.text}{seen}")


def _print_difference(door: Door, found: Difference) -> None:
    click.echo(found.sentence(door.lang))
    headings = ("indicator", "area", "period", "breakdown", "old", "new", "%", "")
    rows = [_row(c) for c in (*found.rows[:_SHOWN], *found.conflicts[:_SHOWN])]
    if rows:
        click.echo(render_table(rows, headings))


def _row(change: Change) -> list[str]:
    def say(value: float | None, mark: str | None) -> str:
        return f"{value:,.10g}" if value is not None else (mark or "…")

    parts = "/".join(p for p in (change.breakdown, change.activity) if p != "_T")
    relative = f"{change.relative:+.2f}" if change.relative is not None else ""
    kind = f"≠ {change.other_issuer}" if change.other_issuer else change.kind
    old, new = say(change.old, change.old_mark), say(change.new, change.new_mark)
    return [change.indicator, change.area_key, change.period, parts, old, new, relative, kind]
