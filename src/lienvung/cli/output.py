"""Printing rows as a table, CSV or JSON."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])
FORMATS = ("table", "csv", "json")


def format_option(command: F) -> F:
    """The option ``--format table|csv|json``."""
    return click.option(
        "--format", "form", type=click.Choice(FORMATS), default="table", show_default=True,
        help="Cách in · How to print.",
    )(command)  # fmt: skip


def print_json(value: object) -> None:
    """JSON as it is read by scripts: UTF-8, two blanks of indent."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def print_records(records: Sequence[Mapping[str, Any]], columns: Sequence[str], form: str) -> None:
    """Print records; ``columns`` are those of the table, CSV and JSON carry every key."""
    if form == "json":
        print_json(list(records))
    elif form == "csv":
        writer = csv.DictWriter(sys.stdout, list(records[0]) if records else list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
    else:
        click.echo(render_table([[_cell(r.get(c)) for c in columns] for r in records], columns))


def _cell(value: Any) -> str:  # noqa: ANN401 - any printable value
    if value is None:
        return "…"
    return f"{value:,.10g}" if isinstance(value, float) else str(value)


def render_table(rows: Sequence[Sequence[str]], headings: Sequence[str]) -> str:
    """Rows under headings in columns of even width; numbers to the right."""
    width = [max(len(h), *(len(r[i]) for r in rows), 0) if rows else len(h) for i, h in enumerate(headings)]
    lines = ["  ".join(h.ljust(w) for h, w in zip(headings, width, strict=True)).rstrip()]
    lines.append("  ".join("─" * w for w in width))
    for row in rows:
        cells = [c.rjust(w) if _is_number(c) else c.ljust(w) for c, w in zip(row, width, strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _is_number(text: str) -> bool:
    return text == "…" or text.replace(",", "").replace(".", "").lstrip("-").isdigit()
