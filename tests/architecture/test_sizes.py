"""No heap: files and functions stay readable, and nothing hides in a room without a name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src" / "lienvung").rglob("*.py"))
MOST_LINES, MOST_FUNCTION_LINES = 600, 60
FORBIDDEN = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "aux"}


def _body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = node.body[0]
    has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = node.body[1].lineno if has_docstring and len(node.body) > 1 else first.lineno
    return (node.end_lineno or start) - start + 1


def _functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_are_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES
    long = {f.name: _body_lines(f) for f in _functions(path) if _body_lines(f) > MOST_FUNCTION_LINES}
    assert not long


def test_no_room_for_odds_and_ends() -> None:
    names = {part for path in SOURCES for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not names & FORBIDDEN


@pytest.mark.parametrize(
    "path", [p for p in SOURCES if "migrations" not in p.parts], ids=lambda p: str(p.relative_to(ROOT))
)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))
