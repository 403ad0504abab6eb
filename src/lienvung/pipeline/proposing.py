"""A recipe proposed for a submission's unknown layout, corrected by a person, tried, kept, and the file read again."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lienvung.domain.layouts import TableShape
from lienvung.errors import BadValue, Both, LayoutNotRecognised, RecipeInvalid
from lienvung.parse.dispatch import parse_file
from lienvung.parse.tables.matching import find_tables, load_sheets
from lienvung.parse.tables.proposal import Proposal, propose_recipe
from lienvung.pipeline.intake import Checked
from lienvung.pipeline.looking import MOST_TABLES, Looking, shape_of
from lienvung.pipeline.recipes import RecipeDesk
from lienvung.validate.rows import check_rows
from lienvung.workflow.actors import Actor, Right
from lienvung.workflow.submissions import Submission


@dataclass(frozen=True)
class Suggested:
    """A proposal and where its tables stand."""

    proposal: Proposal
    shapes: tuple[TableShape, ...]
    mend: str = ""


@dataclass(frozen=True)
class Proposing(Looking, RecipeDesk):
    """Proposes, tries and keeps recipes for submissions."""

    def suggest(self, submission: str, answers: Mapping[str, str], by: Actor) -> Suggested:
        """How the tables of a submission's file might be read, nothing of which is kept.

        A submission that was read by a recipe of the kind that people confirm carries its decisions over.

        Raises:
            UnknownSubmission. LayoutNotRecognised: no table in it. BadValue: an answer to what is not asked.
        """
        found = self.find_submission(submission, by)
        raw = self.raw_of(submission, by)
        if raw.kind in ("xml", "json"):
            raise LayoutNotRecognised(file=raw.name, found=raw.kind.upper())
        tables = find_tables(load_sheets(raw))[:MOST_TABLES]
        if not tables:
            raise LayoutNotRecognised(file=raw.name, found=Both("không có bảng số liệu nào", "no table of figures"))
        old = self.recipes.get(found.recipe)
        mend = old if old is not None and old.reader == "table" else None
        proposal = propose_recipe(raw.name, tables, self.catalogue, answers, mend)
        shapes = tuple(shape_of(number, table) for number, table in enumerate(tables, 1))
        return Suggested(proposal, shapes, mend.id if mend else "")

    def try_recipe(self, submission: str, suggested: Suggested, by: Actor) -> Checked:
        """The rows that a proposed recipe would give; nothing is kept.

        Raises:
            ParseError: the file cannot be read by it.
        """
        raw, recipe = self.raw_of(submission, by), suggested.proposal.recipe
        rows = parse_file(raw, {recipe.id: recipe}, recipe.id)
        claims, findings = check_rows(rows, self.catalogue, raw, raw.received.date())
        return Checked(raw, rows, claims, findings)

    def confirm_recipe(self, submission: str, suggested: Suggested, by: Actor) -> Submission:
        """Keep the recipe as a person confirmed it, and read the submission's file by it.

        Raises:
            NotAllowed. RecipeInvalid: a code in it means nothing. WrongState: the file is no longer open to change.
            BadValue: the name is that of a recipe that ships with the pack.
        """
        found = self.find_submission(submission, by)
        by.require(Right.KEEP_RECIPES, found.agency)
        recipe = suggested.proposal.recipe
        if recipe.id in self._pack_recipes and recipe.id != suggested.mend:
            raise BadValue(value=recipe.id, name="id", choices=f"{recipe.id}-2")
        if suggested.proposal.open:
            paths = ", ".join(d.path for d in suggested.proposal.open[:8])
            raise RecipeInvalid(recipe=recipe.id, found=Both(f"còn chỗ chưa chọn: {paths}", f"still open: {paths}"))
        with tempfile.TemporaryDirectory() as folder:
            written = Path(folder) / "recipe.yaml"
            written.write_text(suggested.proposal.as_yaml(), "utf-8")
            self.keep_recipe(written, by)
        return self.recheck(submission, by, recipe.id)
