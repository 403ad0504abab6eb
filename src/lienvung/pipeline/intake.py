"""Intake: a file is kept unchanged, read and checked, and handed in."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
from sqlalchemy.orm import Session

from lienvung.domain.handovers import ERROR, WARNING, Finding, Findings, RawFile, Rows
from lienvung.parse.dispatch import parse_file
from lienvung.parse.shown import read_shown
from lienvung.pipeline.bench import Bench
from lienvung.source import fetch_file
from lienvung.validate.rows import check_rows
from lienvung.workflow import submissions as office
from lienvung.workflow.submissions import Submission


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


def finding_record(finding: Finding) -> dict[str, object]:
    """A finding as plain values."""
    return {name: getattr(finding, name) for name in Finding.__dataclass_fields__}


@dataclass(frozen=True)
class Intake(Bench):
    """Reads, checks and takes in files."""

    def check_file(self, path: Path, recipe: str | None = None, keep: Path | None = None) -> Checked:
        """Read and check a file; nothing but its unchanged copy under ``keep`` is written.

        Raises:
            SourceError, ParseError: the file as a whole cannot be read or understood.
        """
        raw = fetch_file(path, keep or self.settings.files)
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

    def submit_file(self, path: Path, by: str, recipe: str | None = None) -> tuple[Submission, Checked]:
        """Hand a file in: it is kept, checked, and its claims wait for approval.

        Raises:
            SourceError, ParseError: as ``check_file``. AlreadySubmitted: the same bytes came before.
        """
        self._require_store()
        raw = fetch_file(path, self.settings.files)
        with self.sessions() as session:
            office.refuse_second_submission(session, raw.sha256, raw.name)
        checked = self.check_file(path, recipe)
        with self.sessions.begin() as session:
            return self._record(session, checked, by), checked

    def _record(self, session: Session, checked: Checked, by: str) -> Submission:
        found = office.submit_file(
            session, file_name=checked.raw.name, file_sha256=checked.raw.sha256, recipe=checked.rows.recipe,
            parser=checked.rows.parser, rows=checked.claims.num_rows, errors=checked.findings.count(ERROR),
            warnings=checked.findings.count(WARNING), report=checked.report(), by=by,
        )  # fmt: skip
        office.keep_claims(session, found.id, self._write_claims(found.id, checked.claims))
        return office.find_submission(session, found.id)
