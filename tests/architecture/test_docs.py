"""The papers mention what the program has: commands, options, routes, settings, rules, glossary, tree."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import click
import pytest

from lienvung.cli.main import COMMANDS
from lienvung.settings import ENVIRONMENT

ROOT = Path(__file__).parents[2]
GUIDES = [ROOT / "docs" / "guide" / "vi.md", ROOT / "docs" / "guide" / "en.md"]


def commands() -> list[str]:
    names = []
    for name in COMMANDS:
        command = importlib.import_module(f"lienvung.cli.{name}").command
        names += [f"{name} {sub}" for sub in command.commands] if isinstance(command, click.Group) else [name]
    return names


@pytest.mark.parametrize("guide", GUIDES, ids=lambda p: p.name)
@pytest.mark.parametrize("name", commands())
def test_guides_mention_every_command(name: str, guide: Path) -> None:
    assert f"lienvung {name}" in guide.read_text("utf-8")


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_teaches_by_example(name: str) -> None:
    command = importlib.import_module(f"lienvung.cli.{name}").command
    for each in [command, *(command.commands.values() if isinstance(command, click.Group) else [])]:
        assert "Ví dụ · Examples:" in (each.help or ""), each.name


@pytest.mark.parametrize("name", sorted(ENVIRONMENT))
def test_operator_guide_mentions_every_setting(name: str) -> None:
    assert name in (ROOT / "docs" / "operator.md").read_text("utf-8")


def addresses(router: object) -> list[str]:
    """Every path of an application, its included routers' too."""
    found = []
    for route in getattr(router, "routes", []):
        inner = getattr(route, "original_router", None)
        found += addresses(inner) if inner else [route.path]
    return found


def test_the_portal_paper_mentions_every_page() -> None:
    from lienvung.web.routes import router

    paper = (ROOT / "docs" / "portal.md").read_text("utf-8")
    paths = addresses(router)
    assert len(paths) > 15
    missing = [p for p in paths if re.sub(r":\w+}", "}", p).rstrip("/") not in paper]
    assert not missing


def test_readme_tree_is_what_the_rooms_say() -> None:
    from docs.tree import BEGIN, END, render_tree

    readme = (ROOT / "README.md").read_text("utf-8")
    assert readme.split(BEGIN)[1].split(END)[0].strip() == render_tree().strip(), "run: python -m docs.tree"


def test_links_between_papers_lead_somewhere() -> None:
    broken = []
    for paper in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", paper.read_text("utf-8")):
            if not (paper.parent / target).exists():
                broken.append(f"{paper.name} → {target}")
    assert not broken


def test_glossary_gives_every_noun_its_vietnamese_word() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    nouns = set()
    for path in (ROOT / "src" / "lienvung" / "domain").rglob("*.py"):
        nouns |= set(re.findall(r"^class (\w+)", path.read_text("utf-8"), re.MULTILINE))
    missing = sorted(n for n in nouns if f"`{n}`" not in glossary)
    assert not missing
