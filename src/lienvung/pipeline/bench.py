"""What every part of the making half works with: settings, nouns, recipes, the store and the office's database."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy.orm import Session, sessionmaker

from lienvung.domain.catalogue import Catalogue
from lienvung.errors import NotFound, StoreMissing
from lienvung.parse.kept_recipes import load_kept
from lienvung.parse.recipes import Recipe, load_recipes
from lienvung.query.history import read_history
from lienvung.query.reader import Reader
from lienvung.settings import Settings
from lienvung.store.schema import CLAIMS, OBSERVATIONS
from lienvung.workflow import submissions as office
from lienvung.workflow.database import open_workflow
from lienvung.workflow.submissions import Submission


@dataclass(frozen=True)
class Bench:
    """The tools of one home folder."""

    settings: Settings
    catalogue: Catalogue

    @cached_property
    def sessions(self) -> sessionmaker[Session]:
        """Sessions on the workflow database."""
        return open_workflow(self.settings.workflow)

    def _claims_file(self, submission: str) -> Path:
        return self.settings.submissions / f"{submission}.parquet"

    def _write_claims(self, submission: str, claims: pa.Table) -> str:
        path = self._claims_file(submission)
        path.parent.mkdir(parents=True, exist_ok=True)
        at = CLAIMS.get_field_index("submission")
        claims = claims.set_column(at, CLAIMS.field(at), pa.array([submission] * claims.num_rows, pa.string()))
        beside = path.with_suffix(".part")
        pq.write_table(claims.cast(CLAIMS), beside, compression="zstd")
        beside.replace(path)
        return hashlib.sha256(path.read_bytes()).hexdigest()

    def _read_claims(self, submission: Submission) -> pa.Table:
        path = self._claims_file(submission.id)
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != submission.claims_sha256:
            raise NotFound(what=f"{submission.id} ({path.name})", choices="lienvung doctor")
        return pq.read_table(path).cast(CLAIMS)

    def _history(
        self, dataflows: Collection[str] | None = None, columns: Sequence[str] = tuple(OBSERVATIONS.names)
    ) -> pa.Table:
        wanted = {g.dataflow for g in self.catalogue.groups.values()} if dataflows is None else dataflows
        self._require_store()
        return read_history(Reader(self.settings.store), wanted, columns)

    def _require_store(self) -> None:
        if not (self.settings.store / "catalog.sqlite").exists():
            raise StoreMissing(home=self.settings.home)

    @cached_property
    def _pack_recipes(self) -> Mapping[str, Recipe]:
        return load_recipes(self.settings.pack / "recipes")

    @property
    def recipes(self) -> Mapping[str, Recipe]:
        """The pack's recipes by id, and those that people confirmed here, which come first."""
        return {**self._pack_recipes, **load_kept(self.settings.recipes)}

    def find_submissions(self, state: str | None = None) -> list[Submission]:
        """All submissions, newest first."""
        with self.sessions() as session:
            return office.find_submissions(session, state)

    def find_submission(self, submission: str) -> Submission:
        """One submission.

        Raises:
            UnknownSubmission: no such number.
        """
        with self.sessions() as session:
            return office.find_submission(session, submission)
