"""Writes the tree of the README from the rooms' own docstrings: ``python -m docs.tree``."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- tree -->", "<!-- /tree -->"
ORDER = (
    "domain", "store", "source", "parse", "validate", "publish", "query", "analyse", "workflow", "present",
    "settings.py", "pipeline", "chain.py", "checkup.py", "assemble.py", "gate", "web", "api", "app.py", "cli", "errors",
)  # fmt: skip


def _says(path: Path) -> str:
    text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return text.strip().splitlines()[0]


def render_tree() -> str:
    """The rooms in the order of the journey, each with the first line of its docstring."""
    package = ROOT / "src" / "lienvung"
    there = {p.name for p in package.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}
    missing = there - set(ORDER) - {"__init__.py"}
    if missing:
        raise SystemExit(f"no place in the tree for {sorted(missing)}")
    rooms = [n for n in ORDER if n in there]
    width = max(map(len, rooms)) + 3
    lines = ["```", "src/lienvung/"]
    for name in rooms:
        path = package / name
        is_room = path.is_dir()
        shown = f"{name}/" if is_room else name
        lines.append(f"├── {shown:<{width}}{_says(path / '__init__.py' if is_room else path)}")
    return "\n".join([*lines, "```"])


def main() -> None:
    """Put the tree between its marks in README.md."""
    readme = ROOT / "README.md"
    before, _, rest = readme.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    readme.write_text(f"{before}{BEGIN}\n{render_tree()}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
