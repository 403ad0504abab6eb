"""Intake: a file is kept unchanged, read and checked, mended, and handed in."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy.orm import Session

from lienvung.domain.handovers import ERROR, WARNING, Finding, Findings, RawFile, Rows
from lienvung.errors import BadValue, Both, LayoutNotRecognised
from lienvung.parse.dispatch import parse_file
from lienvung.parse.shown import read_shown
from lienvung.pipeline.bench import Bench
from lienvung.source import fetch_file
from lienvung.source.files import SIZE_LIMIT
from lienvung.store.schema import CLAIMS
from lienvung.validate.rows import check_rows
from lienvung.workflow import approval
from lienvung.workflow import submissions as office
from lienvung.workflow import warnings as passes
from lienvung.workflow.actors import Actor, Right
from lienvung.workflow.steps import expect, take_step
from lienvung.workflow.submissions import CHECKED, DRAFT, IN_WORK, Submission
from lienvung.workflow.tables import SubmissionRow
from lienvung.workflow.warnings import AcceptedWarning

COVERED = {"dataflows": "dataflow", "indicators": "indicator", "areas": "area_key", "periods": "period"}
"""What a submission says that its figures are about, and the columns it reads that from."""


@dataclass(frozen=True)
class Checked:
    """A file that was read and checked; ``claims`` are its rows without errors."""

    raw: RawFile
    rows: Rows
    claims: pa.Table
    findings: Findings

    def report(self) -> dict[str, object]:
        """What the reader is told, as plain values in both languages."""
        return {
            "understood_vi": list(self.rows.understood_vi),
            "understood_en": list(self.rows.understood_en),
            "rows": self.rows.table.num_rows,
            "findings": [finding_record(f) for f in self.findings],
        }


@dataclass(frozen=True)
class Unread:
    """A file whose layout was not understood, and why."""

    raw: RawFile
    error: LayoutNotRecognised

    def report(self) -> dict[str, object]:
        """What the reader is told: nothing was understood, and what to do."""
        said = {f"message_{lang}": self.error.message(lang) for lang in ("vi", "en")}
        todo = {f"suggestion_{lang}": self.error.suggestion(lang) for lang in ("vi", "en")}
        unread = {"code": self.error.code, **said, **todo}
        return {"understood_vi": [], "understood_en": [], "rows": 0, "findings": [], "unread": unread}


def finding_record(finding: Finding) -> dict[str, object]:
    """A finding as plain values."""
    return {name: getattr(finding, name) for name in Finding.__dataclass_fields__}


@dataclass(frozen=True)
class Intake(Bench):
    """Reads, checks and takes in files."""

    def check_file(
        self, path: Path, recipe: str | None = None, keep: Path | None = None, raw: RawFile | None = None
    ) -> Checked:
        """Read and check a file; nothing but its unchanged copy under ``keep`` is written.

        Raises:
            SourceError, ParseError: the file as a whole cannot be read or understood.
        """
        raw = raw or fetch_file(path, keep or self.settings.files)
        rows = parse_file(raw, self.recipes, recipe)
        claims, findings = check_rows(rows, self.catalogue, raw, raw.received.date())
        return Checked(raw, rows, claims, findings)

    def dry_run(self, path: Path, recipe: str | None = None) -> Checked:
        """What ``submit_file`` would say; leaves nothing behind."""
        with tempfile.TemporaryDirectory() as folder:
            return self.check_file(path, recipe, Path(folder))

    @staticmethod
    def show_file(path: Path) -> tuple[str, list[tuple[str, list[list[object]]]]]:
        """What a file is (``xlsx``, ``csv`` …), and its sheets' names and cells as they stand; leaves nothing behind.

        Raises:
            SourceError: the file cannot be read.
        """
        with tempfile.TemporaryDirectory() as folder:
            raw = fetch_file(path, Path(folder))
            return raw.kind, [(s.name, s.rows) for s in read_shown(raw)]

    @property
    def size_limit(self) -> int:
        """The largest file that is taken, in bytes."""
        return min(SIZE_LIMIT, self.settings.upload_mb * 2**20)

    def draft_file(
        self, path: Path, by: Actor, agency: str = "", recipe: str | None = None, name: str | None = None
    ) -> Submission:
        """Keep a file as a draft of an agency: ``checked`` if it was read, ``draft`` if its layout is not understood.

        Args:
            agency: its code; empty: the only one that ``by`` hands in for. name: what the sender called the file.

        Raises:
            SourceError: the file cannot be taken. NotAllowed, AlreadySubmitted. UnknownRecipe, RecipeInvalid.
        """
        return self._draft(path, by, agency, recipe, name)[0]

    def submit_file(
        self, path: Path, by: Actor, recipe: str | None = None, agency: str = "", name: str | None = None
    ) -> tuple[Submission, Checked]:
        """Draft a file and hand it in at once; with errors it stays ``checked``.

        Raises:
            SourceError, ParseError: nothing was kept but the file. NotAllowed, AlreadySubmitted.
        """
        found, read = self._draft(path, by, agency, recipe, name, may_be_unread=False)
        if isinstance(read, Unread):
            raise read.error
        return (found if found.errors else self.hand_in(found.id, by)), read

    def _draft(
        self, path: Path, by: Actor, agency: str, recipe: str | None, name: str | None, may_be_unread: bool = True
    ) -> tuple[Submission, Checked | Unread]:
        self._require_store()
        with self._watched(by, "submit.draft", agency or "-"):
            agency = self.agency_for(by, agency)
        raw = self._fetch(path, name)
        with self._watched(by, "submit.draft", raw.name), self.sessions() as session:
            office.refuse_second_submission(session, agency, raw.sha256, raw.name)
        read = self._read(raw, recipe, may_be_unread)
        with self._acting(by, "submit.draft", raw.name) as session:
            known = office.refuse_second_submission(session, agency, raw.sha256, raw.name)
            if known is None:
                row = office.add_submission(session, agency=agency, by=by.login, title=raw.name, **_columns(read))
                found = self._keep(session, row, read, by, "draft", DRAFT)
            else:
                found = self._keep(session, known, read, by, "recheck", known.state)
        self._drop_claims(found.id, found.claims_sha256)
        return found, read

    def agency_for(self, by: Actor, agency: str = "") -> str:
        """The agency that ``by`` hands in for.

        Raises:
            NotAllowed, NotSignedIn. UnknownCode: no such agency. BadValue: several are possible and none was named.
        """
        own = sorted({g.agency for g in by.grants if g.agency and by.has_right(Right.SUBMIT, g.agency)})
        if not agency and not by.has_right(Right.SUBMIT, ""):
            if len(own) > 1:
                raise BadValue(value="", name=Both("cơ quan nộp", "the agency"), choices=", ".join(own))
            agency = own[0] if own else ""
        by.require(Right.SUBMIT, agency)
        return self.catalogue.require_agency(agency) if agency and agency not in own else agency

    def _fetch(self, path: Path, name: str | None) -> RawFile:
        raw = fetch_file(path, self.settings.files)
        return RawFile(
            _plain_name(raw.name if name is None else name), raw.path, raw.sha256, raw.size, raw.kind, raw.received
        )

    def _read(self, raw: RawFile, recipe: str | None, may_be_unread: bool = True) -> Checked | Unread:
        try:
            return self.check_file(raw.path, recipe, raw=raw)
        except LayoutNotRecognised as error:
            if not may_be_unread:
                raise
            return Unread(raw, error)

    def _keep(
        self, session: Session, row: SubmissionRow, read: Checked | Unread, by: Actor, kind: str, before: str
    ) -> Submission:
        for name, value in _columns(read).items():
            setattr(row, name, value)
        claims = read.claims if isinstance(read, Checked) else CLAIMS.empty_table()
        row.claims_sha256 = self._write_claims(f"S{row.number}", claims)
        state, row.state = row.state, before
        return take_step(session, row, kind, by, state, recipe=row.recipe, errors=row.errors, warnings=row.warnings)

    def recheck(self, submission: str, by: Actor, recipe: str | None = None) -> Submission:
        """Read the kept file of a submission anew, with a recipe if one is named.

        Raises:
            UnknownSubmission, NotAllowed, WrongState. UnknownRecipe, RecipeInvalid.
        """
        found = self._in_work(submission, by, "recheck")
        kept = self.settings.files / found.file_sha256
        self._require_file(found)
        read = self._read(self._renamed(kept, found.file_name), recipe)
        with self._acting(by, "submit.recheck", submission) as session:
            row = office.seen_row(session, submission, by)
            expect(row, "recheck", *IN_WORK)
            found = self._keep(session, row, read, by, "recheck", row.state)
        self._drop_claims(found.id, found.claims_sha256)
        return found

    def _renamed(self, kept: Path, name: str) -> RawFile:
        raw = fetch_file(kept, self.settings.files)
        return RawFile(name, raw.path, raw.sha256, raw.size, raw.kind, raw.received)

    def _in_work(self, submission: str, by: Actor, kind: str) -> Submission:
        with self._watched(by, f"submit.{kind}", submission), self.sessions() as session:
            row = office.seen_row(session, submission, by)
            by.require(Right.SUBMIT, row.agency)
            expect(row, kind, *IN_WORK)
            return office.view(row)

    def replace_file(
        self, submission: str, path: Path, by: Actor, name: str | None = None, recipe: str | None = None
    ) -> Submission:
        """Put a mended file in the place of a submission's file; the older one stays in its history.

        Raises:
            UnknownSubmission, NotAllowed, WrongState, AlreadySubmitted. SourceError, UnknownRecipe, RecipeInvalid.
        """
        found = self._in_work(submission, by, "replace")
        raw = self._fetch(path, name)
        if raw.sha256 == found.file_sha256:
            return self.recheck(submission, by, recipe)
        read = self._read(raw, recipe or (found.recipe if found.recipe in self.recipes else None))
        with self._acting(by, "submit.replace", submission) as session:
            row = office.seen_row(session, submission, by)
            expect(row, "replace", *IN_WORK)
            office.refuse_second_submission(session, row.agency, raw.sha256, raw.name, may_repeat=False)
            row.version += 1
            found = self._keep(session, row, read, by, "replace", row.state)
            office.add_file(session, row, by.login)
        self._drop_claims(found.id, found.claims_sha256)
        return found

    def discard(self, submission: str, by: Actor) -> Submission:
        """Put a submission aside for good; its file and history stay.

        Raises:
            UnknownSubmission, NotAllowed, WrongState.
        """
        with self._acting(by, "submit.discard", submission) as session:
            return approval.discard_submission(session, submission, by)

    def hand_in(self, submission: str, by: Actor, version: int | None = None) -> Submission:
        """Hand a checked submission in.

        Args:
            version: the version of the file that was looked at, if the door knows it.

        Raises:
            UnknownSubmission, NotAllowed, HasErrors, WrongState, SubmissionChanged.
        """
        with self._acting(by, "submit.hand_in", submission) as session:
            found = approval.hand_in_submission(session, submission, by, version)
            self._require_unchanged(found)
            return found

    def accept_warning(self, submission: str, rule: str, place: str, reason: str, by: Actor) -> AcceptedWarning:
        """Let a warning of the present file pass, with a reason. ``place``: ``sheet!cell``, a cell, or empty.

        Raises:
            UnknownSubmission, NotAllowed, WrongState, ReasonMissing. UnknownFinding: no such warning there.
        """
        with self._acting(by, "warning.accept", submission) as session:
            return passes.accept_warning(session, submission, rule, place, reason, by)

    def accepted_warnings(self, submission: str, by: Actor) -> list[AcceptedWarning]:
        """The warnings that may stand in the present file.

        Raises:
            UnknownSubmission.
        """
        with self.sessions() as session:
            return passes.find_accepted(session, office.find_submission(session, submission, by))


def _plain_name(name: str) -> str:
    """The sender's name for a file, without folders and without what a screen cannot show."""
    bare = "".join(c for c in name.replace("\\", "/").rsplit("/", 1)[-1] if c.isprintable()).strip(" .")
    return bare[:200] or "?"


def _columns(read: Checked | Unread) -> dict[str, object]:
    """What is written of a reading in the submission's row."""
    is_read = isinstance(read, Checked)
    recipe, parser = (read.rows.recipe, read.rows.parser) if isinstance(read, Checked) else ("", "")
    findings = read.findings if isinstance(read, Checked) else Findings()
    claims = read.claims if isinstance(read, Checked) else CLAIMS.empty_table()
    covers = {kind: sorted(pc.unique(claims[column]).to_pylist()) for kind, column in COVERED.items()}
    return {
        "file_name": read.raw.name, "file_sha256": read.raw.sha256, "recipe": recipe, "parser": parser,
        "rows": claims.num_rows, "errors": findings.count(ERROR), "warnings": findings.count(WARNING),
        "report": read.report(), "covers": covers, "state": CHECKED if is_read else DRAFT,
        "claims_sha256": "",
    }  # fmt: skip
