"""The office: comments, approval, release, withdrawal, and the pack through the same door."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.handovers import Release
from lienvung.errors import LienVungError
from lienvung.pipeline.intake import Intake
from lienvung.publish.release import find_replaced, name_release, prepare_store, write_release, write_withdrawal
from lienvung.source import fetch_file
from lienvung.store.packs import figure_files
from lienvung.store.pointer import ReleaseNote
from lienvung.store.schema import CLAIMS
from lienvung.workflow import approval, comments, releasing
from lienvung.workflow import submissions as office
from lienvung.workflow.actors import PACK, Actor
from lienvung.workflow.comments import Comment
from lienvung.workflow.releasing import Begun
from lienvung.workflow.submissions import Submission

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all and what is being done."""


def _silent(_done: int, _total: int, _what: str) -> None: ...


@dataclass(frozen=True)
class Office(Intake):
    """Decides, publishes, takes back."""

    def comment(self, submission: str, text: str, by: Actor, sheet: str = "", cell: str = "") -> Comment:
        """Say something of a submission, or of one of its cells.

        Raises:
            UnknownSubmission, NotAllowed, BadValue.
        """
        with self._acting(by, "comment.add", submission) as session:
            return comments.add_comment(session, submission, text, by, sheet, cell)

    def comments(self, submission: str, by: Actor) -> list[Comment]:
        """Every comment on a submission, the first one first.

        Raises:
            UnknownSubmission.
        """
        with self.sessions() as session:
            return comments.find_comments(session, office.find_submission(session, submission, by))

    def answer_comment(self, number: int, by: Actor) -> Comment:
        """Note that a comment was seen to.

        Raises:
            NotFound, NotAllowed.
        """
        with self._acting(by, "comment.answer", str(number)) as session:
            return comments.answer_comment(session, number, by)

    def approve(self, submission: str, by: Actor, version: int | None = None) -> Submission:
        """Approve a submission that another person handed in.

        Args:
            version: the version of the file that was looked at, if the door knows it.

        Raises:
            UnknownSubmission, NotAllowed, OwnSubmission, HasErrors, WrongState, SubmissionChanged.
        """
        with self._acting(by, "decide.approve", submission) as session:
            found = approval.approve_submission(session, submission, by, version)
            self._require_unchanged(found)
            return found

    def return_submission(self, submission: str, by: Actor, reason: str) -> Submission:
        """Give a submission back to its officer, with a reason.

        Raises:
            UnknownSubmission, NotAllowed, ReasonMissing, WrongState.
        """
        with self._acting(by, "decide.return", submission) as session:
            return approval.return_submission(session, submission, by, reason)

    def publish_now(
        self, numbers: Iterable[str], by: Actor, title_vi: str = "", title_en: str = "", is_due: bool = False
    ) -> ReleaseNote:
        """Publish approved submissions as one release.

        Raises:
            UnknownSubmission, NotAllowed, WrongState, SubmissionChanged: nothing is published then. StoreBusy.
        """
        self._require_store()
        self.settle()
        wanted = list(dict.fromkeys(numbers))
        release_id, _ = name_release()
        with self._acting(by, "publish.release", ",".join(wanted)) as session:
            begun = releasing.begin_publication(session, wanted, release_id, by, (title_vi, title_en), is_due)
            for found in office.find_named(session, begun.submissions):
                self._require_unchanged(found)
        return self._finish(begun)

    def withdraw(self, submission: str, by: Actor, reason: str) -> ReleaseNote:
        """Take a published submission back by a new release: what stood before its figures stands again.

        What was recorded earlier keeps its answer.

        Raises:
            UnknownSubmission, NotAllowed, ReasonMissing. WrongState: not published, or withdrawn already. StoreBusy.
        """
        self._require_store()
        self.settle()
        release_id, _ = name_release()
        with self._acting(by, "publish.withdraw", submission) as session:
            begun = releasing.begin_withdrawal(session, submission, release_id, by, reason)
        return self._finish(begun)

    def settle(self) -> list[str]:
        """Finish releases that were begun and cut off: one that the store holds is closed, another is written now.

        Returns the ids of the releases that were finished.
        """
        with self.sessions() as session:
            waiting = releasing.find_begun(session)
        done = []
        for begun in waiting:
            try:
                self._finish(begun)
            except LienVungError:
                continue  # noted in the audit; its submissions are as they were
            done.append(begun.release)
        return done

    def _finish(self, begun: Begun) -> ReleaseNote:
        """Write a begun release into the store and close it; doing so twice is doing so once."""
        try:
            return self._publish(begun) if begun.kind == releasing.PUBLISH else self._take_back(begun)
        except (LienVungError, OSError) as error:
            with self.sessions.begin() as session:
                releasing.fail_release(session, begun, str(error))
            raise

    def _publish(self, begun: Begun) -> ReleaseNote:
        with self.sessions() as session:
            found = office.find_named(session, begun.submissions)
        for each in found:
            self._require_unchanged(each)
        claims = pa.concat_tables([self._read_claims(s) for s in found])
        _, moment = name_release()
        release = Release(begun.release, begun.title_vi, begun.title_en, claims, moment, begun.by)
        note = write_release(self.settings.store, release)
        superseded = find_replaced(self.settings.store, note)
        with self.sessions.begin() as session:
            releasing.close_publication(session, begun, superseded)
        return note

    def _take_back(self, begun: Begun) -> ReleaseNote:
        with self.sessions() as session:
            found = office.find_submission(session, begun.submissions[0])
            rest = [s for s in releasing.find_published(session) if s.id != found.id]
        claims = self._read_claims(found)
        _, moment = name_release()
        release = Release(begun.release, begun.title_vi, begun.title_en, claims, moment, begun.by)
        note, standing = write_withdrawal(self.settings.store, release, self._others(rest, claims))
        with self.sessions.begin() as session:
            releasing.close_withdrawal(session, begun, standing)
        return note

    def _others(self, rest: Iterable[Submission], claims: pa.Table) -> pa.Table:
        """What the other published submissions say in the same dataflows, with their release, in its order."""
        flows = set(pc.unique(claims["dataflow"]).to_pylist())
        schema = CLAIMS.append(pa.field("release", pa.string()))
        tables = [schema.empty_table()]
        for other in rest:
            if flows.isdisjoint(other.covers.get("dataflows", flows)):
                continue
            said = self._read_claims(other)
            said = said.filter(pc.is_in(said["dataflow"], pa.array(sorted(flows), pa.string())))
            tables.append(said.append_column("release", pa.array([other.release] * said.num_rows, pa.string())))
        return pa.concat_tables(tables)

    def load_pack(self, by: Actor = PACK, progress: Progress = _silent) -> ReleaseNote | None:
        """Publish the pack's figures that are not published yet, as one release; None if there is nothing new.

        Raises:
            PackInvalid and the errors of reading: the pack is wrong, nothing was published.
        """
        prepare_store(self.settings.store)
        self.settle()
        files = figure_files(self.settings.pack)
        waiting: list[str] = []
        for done, path in enumerate(files):
            progress(done, len(files) + 1, path.name)
            found = self._load_figures(path, by)
            if found.state == office.APPROVED:
                waiting.append(found.id)
        if not waiting:
            return None
        progress(len(files), len(files) + 1, f"{len(waiting)} tệp / files")
        name_vi, name_en = f"Gói dữ liệu: {self.catalogue.name_vi}", f"Data pack: {self.catalogue.name_en}"
        version = self.catalogue.version
        return self.publish_now(waiting, by, f"{name_vi} ({version})", f"{name_en} ({version})")

    def _load_figures(self, path: Path, by: Actor) -> Submission:
        raw = fetch_file(path, self.settings.files)
        with self.sessions() as session:
            found = office.find_submission_of_file(session, "", raw.sha256)
        if found is None or found.state in (office.DRAFT, office.CHECKED):
            found = self.submit_file(path, by)[0]
        return self.approve(found.id, by) if found.state == office.SUBMITTED else found

    def refused_of_pack(self) -> list[Submission]:
        """The pack's files that have errors and were therefore not published."""
        return [s for s in self.find_submissions(PACK, office.CHECKED) if s.created_by == PACK.login]
