"""What every part of the making half works with: settings, nouns, recipes, the store and the office's database."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy.orm import Session, sessionmaker

from lienvung.domain.catalogue import Catalogue
from lienvung.errors import AccessError, Both, StoreMissing, SubmissionChanged, UnknownSubmission, WorkflowError
from lienvung.parse.kept_recipes import load_kept
from lienvung.parse.recipes import Recipe, load_recipes
from lienvung.query.history import read_history
from lienvung.query.reader import Reader
from lienvung.settings import Settings
from lienvung.store.schema import CLAIMS, OBSERVATIONS
from lienvung.workflow import submissions as office
from lienvung.workflow.actors import Actor
from lienvung.workflow.database import open_workflow
from lienvung.workflow.steps import Step, find_steps, lock_office, record_refusal
from lienvung.workflow.submissions import KeptFile, Submission


@dataclass(frozen=True)
class Bench:
    """The tools of one home folder."""

    settings: Settings
    catalogue: Catalogue

    @cached_property
    def sessions(self) -> sessionmaker[Session]:
        """Sessions on the workflow database."""
        return open_workflow(self.settings.workflow)

    @contextmanager
    def _acting(self, by: Actor, action: str, subject: str) -> Iterator[Session]:
        """One step as one transaction, one after the other; what is refused leaves nothing but its audit entry.

        Raises:
            whatever the step raises.
        """
        with self._watched(by, action, subject), self.sessions.begin() as session:
            lock_office(session)
            yield session

    @contextmanager
    def _watched(self, by: Actor, action: str, subject: str) -> Iterator[None]:
        """Refusals of the office on the way are told to the audit."""
        try:
            yield
        except WorkflowError as error:
            is_access = isinstance(error, AccessError | UnknownSubmission)
            with self.sessions.begin() as session:
                kind = "access.refused" if is_access else "step.refused"
                record_refusal(session, by, action, subject, error, kind)
            raise

    def _claims_file(self, submission: Submission) -> Path:
        exact = self.settings.submissions / f"{submission.id}.{submission.claims_sha256[:12]}.parquet"
        return exact if exact.exists() else self.settings.submissions / f"{submission.id}.parquet"

    def _write_claims(self, submission: str, claims: pa.Table) -> str:
        """Keep the claims under a name of their own, so that nothing kept before is ever written over."""
        folder = self.settings.submissions
        folder.mkdir(parents=True, exist_ok=True)
        at = CLAIMS.get_field_index("submission")
        claims = claims.set_column(at, CLAIMS.field(at), pa.array([submission] * claims.num_rows, pa.string()))
        sink = pa.BufferOutputStream()
        pq.write_table(claims.cast(CLAIMS), sink, compression="zstd")
        data = sink.getvalue().to_pybytes()
        digest = hashlib.sha256(data).hexdigest()
        beside = folder / f"{submission}.{digest[:12]}.part"
        beside.write_bytes(data)
        beside.replace(folder / f"{submission}.{digest[:12]}.parquet")
        return digest

    def _drop_claims(self, submission: str, but: str) -> None:
        """Remove the claims of earlier readings, once the newest ones are on record."""
        for path in self.settings.submissions.glob(f"{submission}.*parquet"):
            if path.name != f"{submission}.{but[:12]}.parquet":
                path.unlink(missing_ok=True)

    def _require_claims(self, submission: Submission) -> Path:
        """The checked figures are still what they were.

        Raises:
            SubmissionChanged: they are missing, or their hash differs.
        """
        path = self._claims_file(submission)
        if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != submission.claims_sha256:
            found = Both(
                "số liệu đã kiểm tra bị thiếu hoặc khác với lúc kiểm tra",
                "its checked figures are missing or not what was checked",
            )
            raise SubmissionChanged(submission=submission.id, found=found)
        return path

    def _read_claims(self, submission: Submission) -> pa.Table:
        return pq.read_table(self._require_claims(submission)).cast(CLAIMS)

    def _require_file(self, submission: Submission) -> None:
        """The file that was handed in is still what it was.

        Raises:
            SubmissionChanged: it is missing, or its hash differs.
        """
        path = self.settings.files / submission.file_sha256
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != submission.file_sha256:
            found = Both("tệp gốc bị thiếu hoặc khác với lúc nộp", "its file is missing or not what was handed in")
            raise SubmissionChanged(submission=submission.id, found=found)

    def _require_unchanged(self, submission: Submission) -> None:
        """Neither the file that was handed in nor its checked figures have changed.

        Raises:
            SubmissionChanged: one is missing, or its hash differs.
        """
        self._require_file(submission)
        self._require_claims(submission)

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

    def find_submissions(self, by: Actor, state: str | None = None) -> list[Submission]:
        """The submissions that ``by`` may see, newest first."""
        with self.sessions() as session:
            return office.find_submissions(session, by, state)

    def find_submission(self, submission: str, by: Actor) -> Submission:
        """One submission.

        Raises:
            UnknownSubmission: no such number, or not for ``by``.
        """
        with self._watched(by, "submit.show", submission), self.sessions() as session:
            return office.find_submission(session, submission, by)

    def read_claims(self, submission: str, by: Actor) -> pa.Table:
        """The checked figures of a submission (``store.schema.CLAIMS``), those with errors left out.

        Raises:
            UnknownSubmission. SubmissionChanged: they are not what was checked.
        """
        found = self.find_submission(submission, by)
        return self._read_claims(found) if found.claims_sha256 else CLAIMS.empty_table()

    def kept_file(self, submission: str, by: Actor, version: int | None = None) -> tuple[KeptFile, Path]:
        """A file of a submission as it was handed in (the present one if no version is named), and where it is kept.

        Raises:
            UnknownSubmission: no such submission for ``by``, or no such version.
        """
        with self._watched(by, "submit.show", submission), self.sessions() as session:
            found = office.find_submission(session, submission, by)
            wanted = version or found.version
            kept = [f for f in office.find_files(session, found) if f.version == wanted]
            if not kept:
                raise UnknownSubmission(submission=f"{found.id}/{wanted}")
            return kept[-1], self.settings.files / kept[-1].file_sha256

    def files(self, submission: str, by: Actor) -> list[KeptFile]:
        """Every file of a submission, the first one first.

        Raises:
            UnknownSubmission.
        """
        with self.sessions() as session:
            return office.find_files(session, office.find_submission(session, submission, by))

    def steps(self, submission: str, by: Actor) -> list[Step]:
        """The history of a submission, the first step first.

        Raises:
            UnknownSubmission.
        """
        with self.sessions() as session:
            return find_steps(session, office.find_submission(session, submission, by))
