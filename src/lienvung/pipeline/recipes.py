"""Recipes: proposed for an unknown table, confirmed by a person, kept."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lienvung.errors import Both, LayoutNotRecognised
from lienvung.parse.dispatch import READERS
from lienvung.parse.kept_recipes import check_recipe, keep_recipe, load_kept, read_recipe, read_text, versions
from lienvung.parse.recipes import Recipe, find_recipe
from lienvung.parse.tables.matching import find_tables, load_sheets
from lienvung.parse.tables.proposal import Proposal, propose_recipe
from lienvung.pipeline.bench import Bench
from lienvung.source import fetch_file
from lienvung.workflow.actors import Actor, Right
from lienvung.workflow.audit import record


@dataclass(frozen=True)
class RecipeDesk(Bench):
    """Proposes and keeps recipes."""

    def propose_recipe(self, path: Path, answers: Mapping[str, str], mend: str | None = None) -> Proposal:
        """A recipe for the tables of a file, nothing of which is kept.

        Args:
            answers: what a person has decided. mend: id of a recipe whose decisions are carried over.

        Raises:
            SourceError: the file cannot be read. LayoutNotRecognised: no table in it. UnknownRecipe, BadValue.
        """
        old = find_recipe(self.recipes, mend) if mend else None
        with tempfile.TemporaryDirectory() as folder:
            raw = fetch_file(path, Path(folder))
            if raw.kind == "xml":
                raise LayoutNotRecognised(file=raw.name, found="XML")
            tables = find_tables(load_sheets(raw))
        if not tables:
            raise LayoutNotRecognised(file=raw.name, found=Both("không có bảng số liệu nào", "no table of figures"))
        return propose_recipe(raw.name, tables, self.catalogue, answers, old)

    def keep_recipe(self, path: Path, by: Actor) -> tuple[Recipe, int, int]:
        """Check a recipe's file and keep it: the recipe, its version, and how many points are still open.

        Raises:
            NotAllowed. FileMissing, RecipeInvalid: nothing was kept.
        """
        with self._watched(by, "recipe.keep", path.name):
            by.require(Right.KEEP_RECIPES)
        recipe = read_recipe(path)
        check_recipe(recipe, self.catalogue, ("sdmx", *(r.name for r in READERS)))
        text = path.read_text("utf-8")
        asked = sum(line.rstrip().endswith((": '?'", ": ?")) for line in text.splitlines() if line[:1] != "#")
        version = keep_recipe(self.settings.recipes, recipe, text)
        with self.sessions.begin() as session:
            record(session, by.login, by.through, "recipe.keep", recipe.id, {"version": version, "open": asked})
        return recipe, version, asked

    def kept_recipes(self) -> list[tuple[Recipe, int]]:
        """The recipes confirmed here, with their newest version."""
        kept = load_kept(self.settings.recipes)
        return [(r, versions(self.settings.recipes, r.id)[-1]) for r in kept.values()]

    def recipe_text(self, recipe: str, version: int | None = None) -> str:
        """A kept recipe as it was written.

        Raises:
            RecipeInvalid: no such recipe or version.
        """
        return read_text(self.settings.recipes, recipe, version)
