"""Covering documents: kept with a submission, their digital signatures verified."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from lienvung.domain.covering import CoveringDocument, read_dated, read_line, read_number
from lienvung.domain.handovers import RawFile
from lienvung.domain.signatures import SignatureReport
from lienvung.errors import Both
from lienvung.pipeline.bench import Bench
from lienvung.source import fetch_bytes, fetch_file, tell_paper_kind, tell_signature_kind
from lienvung.validate.signatures import inspect_signatures
from lienvung.workflow import covering as office
from lienvung.workflow import submissions
from lienvung.workflow.actors import Actor, Right
from lienvung.workflow.covering import Covering
from lienvung.workflow.submissions import Submission

_VIET_NAM = timedelta(hours=7)


@dataclass(frozen=True)
class Letter:
    """What an officer says of a covering document, as it was typed; ``detached`` is a .p7s beside ``file``.

    Files are paths, or names with bytes. Without ``file``, ``detached`` signs the submission's own file.
    """

    number: str
    dated: str
    signer: str
    agency: str = ""
    signer_title: str = ""
    abstract: str = ""
    file: Path | tuple[str, bytes] | None = None
    detached: Path | tuple[str, bytes] | None = None


@dataclass(frozen=True)
class CoveringDesk(Bench):
    """Keeps covering documents and says what their signatures are worth."""

    def read_letter(self, letter: Letter) -> CoveringDocument:
        """What was typed, in one form; its files are looked at and left, so that mistakes are told before anything.

        Raises:
            BadValue, BadDate: a number, a date or a name that cannot be. SourceError: a file cannot be taken.
        """
        with tempfile.TemporaryDirectory() as folder:
            _fetch(letter, Path(folder))
        number = read_number(letter.number)
        return CoveringDocument(
            number=number, dated=read_dated(letter.dated, number, _today()),
            signer=read_line(letter.signer, Both("“người ký”", "“signer”"), is_needed=True),
            agency=read_line(letter.agency, Both("“cơ quan ban hành”", "“issuing agency”")),
            signer_title=read_line(letter.signer_title, Both("“chức vụ người ký”", "“signer's title”")),
            abstract=read_line(letter.abstract, Both("“trích yếu”", "“abstract”")),
        )  # fmt: skip

    def attach_covering(self, submission: str, letter: Letter, by: Actor) -> Covering:
        """Keep a covering document with a submission; an older one of it stays. Its file is kept unchanged.

        Signatures on the document and on the submission's own file are verified, offline.

        Raises:
            UnknownSubmission, NotAllowed. BadValue, BadDate: what was typed cannot be. SourceError: a file cannot be
            taken. SubmissionChanged: the submission's own file is not what was handed in.
        """
        document = self.read_letter(letter)
        found = self._may_attach(submission, by)
        paper, beside = _fetch(letter, self.settings.files)
        own = self.settings.files / found.file_sha256
        whole = CoveringDocument(
            **{n: getattr(document, n) for n in ("number", "dated", "signer", "agency", "signer_title", "abstract")},
            file_sha256=paper.sha256 if paper else None,
            file_name=plain_name(paper.name) if paper else "",
            detached_sha256=beside.sha256 if beside else None,
            report=self._inspect(paper.path, beside) if paper else None,
            submitted_report=self._inspect(own, None if paper else beside),
        )
        with self._acting(by, "covering.attach", submission) as session:
            return office.keep_covering(session, submission, whole, by)

    def covering_of(self, submission: str, by: Actor) -> Covering | None:
        """The covering document that counts: the newest; None if there is none.

        Raises:
            UnknownSubmission: no such number, or not for ``by``.
        """
        return next(iter(self.coverings(submission, by)), None)

    def coverings(self, submission: str, by: Actor) -> list[Covering]:
        """Every covering document of a submission, the newest first.

        Raises:
            UnknownSubmission: no such number, or not for ``by``.
        """
        with self._watched(by, "covering.show", submission), self.sessions() as session:
            return office.find_coverings(session, submission, by)

    def covering_file(
        self, submission: str, by: Actor, *, is_signature: bool = False, number: int | None = None
    ) -> tuple[str, Path] | None:
        """Name and place of the kept file of a covering document (or of the signature beside it), if there is one.

        Args:
            number: which of the submission's covering documents; without it the newest.

        Raises:
            UnknownSubmission: no such number, or not for ``by``.
        """
        found = next((c for c in self.coverings(submission, by) if number in (None, c.id)), None)
        if found is None:
            return None
        document = found.document
        sha256 = document.detached_sha256 if is_signature else document.file_sha256
        name = f"{document.file_name or submission}.p7s" if is_signature else document.file_name
        return (name, self.settings.files / sha256) if sha256 else None

    def _may_attach(self, submission: str, by: Actor) -> Submission:
        """Refusals before any file is kept."""
        with self._watched(by, "covering.attach", submission), self.sessions() as session:
            found = submissions.find_submission(session, submission, by)
            by.require(Right.SUBMIT, found.agency)
            self._require_unchanged(found)
            return found

    def _inspect(self, path: Path, beside: RawFile | None) -> SignatureReport:
        detached = beside.path.read_bytes() if beside else None
        return inspect_signatures(path.read_bytes(), self.settings.trust, detached)


def _fetch(letter: Letter, keep: Path) -> tuple[RawFile | None, RawFile | None]:
    """The document's file and the signature beside it."""
    paper = _fetch_one(letter.file, keep, tell_paper_kind) if letter.file else None
    beside = _fetch_one(letter.detached, keep, tell_signature_kind) if letter.detached else None
    return paper, beside


def _fetch_one(file: Path | tuple[str, bytes], keep: Path, tell: Callable[[str, bytes], str]) -> RawFile:
    if isinstance(file, Path):
        return fetch_file(file, keep, tell=tell)
    return fetch_bytes(*file, keep, tell=tell)


def plain_name(name: str) -> str:
    """A file's name without what a screen cannot show."""
    return "".join(c for c in name if c.isprintable()).strip(" .")[:200] or "?"


def _today() -> date:
    return (datetime.now(UTC) + _VIET_NAM).date()
