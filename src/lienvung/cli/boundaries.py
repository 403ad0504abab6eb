"""What ``get`` and ``trace`` share about boundaries: their options, and what is told beside the values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import click

from lienvung.cli.context import Door

if TYPE_CHECKING:
    from lienvung.domain.handovers import Answer

LONGEST_FORMULA = 60
F = TypeVar("F", bound=Callable[..., Any])


def boundary_options(command: F) -> F:
    """The options ``--boundary``, ``--split-by`` and ``--denominator``."""
    options = (
        click.option(
            "--boundary",
            help="Địa giới của ngày, hay source · Boundary of a day, or source (the document's): 2025-07-01, 2004",
        ),
        click.option(
            "--split-by", help="Chia đơn vị theo chỉ tiêu · Divide units by an indicator: POP_AVG, AREA, HOUSEHOLDS"
        ),
        click.option(
            "--denominator",
            help="Mẫu số khác cho tỷ số · Other denominators of a ratio: POP_AVG,POP_REGISTERED@2025-06-12",
        ),
    )
    for option in options:
        command = option(command)
    return command


def print_notes(answer: Answer, door: Door) -> None:
    """What is lost or lacking on a boundary, beside the values and not among them."""
    from lienvung.domain.handovers import DerivedAnswer

    for note in answer.notes if isinstance(answer, DerivedAnswer) else ():
        click.echo(f"* {door.say(note.vi, note.en)}", err=True)


def flatten_inputs(records: Sequence[dict[str, Any]], is_short: bool = False) -> list[dict[str, Any]]:
    """Records whose inputs fit one cell of a CSV line: ``POP_AVG 74@2004 2020 = 2580.55 × 1 [document]; …``.

    Args:
        is_short: cut long formulas; ``trace`` and JSON have them whole.
    """
    return [
        r
        | {"inputs": "; ".join(map(_line, r["inputs"])) if r["inputs"] else None}
        | {"formula": _short(r["formula"]) if is_short else r["formula"]}
        for r in records
    ]


def _short(formula: str | None) -> str:
    formula = formula or ""
    return formula if len(formula) <= LONGEST_FORMULA else formula[: LONGEST_FORMULA - 1] + "…"


def _line(found: dict[str, Any]) -> str:
    share = "" if found["share"] is None else f" × {found['share']:.12g}"
    return (
        f"{found['indicator']} {found['area_key']} {found['period']} = {found['value']!r}{share} [{found['document']}]"
    )
