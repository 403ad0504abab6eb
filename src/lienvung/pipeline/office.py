"""The office: approval and publication, and the pack through the same door."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from lienvung.domain.handovers import Release
from lienvung.pipeline.intake import Intake
from lienvung.publish.release import name_release, prepare_store, write_release
from lienvung.source import fetch_file
from lienvung.store.packs import figure_files
from lienvung.store.pointer import ReleaseNote
from lienvung.workflow import submissions as office
from lienvung.workflow.submissions import Submission

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all and what is being done."""


def _silent(_done: int, _total: int, _what: str) -> None: ...


@dataclass(frozen=True)
class Office(Intake):
    """Approves and publishes."""

    def approve(self, submission: str, by: str) -> Submission:
        """Approve a submission.

        Raises:
            WorkflowError: unknown, with errors, or not waiting for approval.
        """
        with self.sessions.begin() as session:
            return office.approve_submission(session, submission, by)

    def publish(self, numbers: Iterable[str], by: str, title_vi: str = "", title_en: str = "") -> ReleaseNote:
        """Publish approved submissions as one release.

        Raises:
            WorkflowError: one of them is not approved; nothing is published then. StoreBusy: others wrote.
        """
        self._require_store()
        with self.sessions() as session:
            wanted = [office.require_approved(session, n) for n in dict.fromkeys(numbers)]
        claims = pa.concat_tables([self._read_claims(s) for s in wanted])
        names = ", ".join(s.file_name for s in wanted[:3]) + (", …" if len(wanted) > 3 else "")
        release_id, moment = name_release()
        release = Release(release_id, title_vi or names, title_en or title_vi or names, claims, moment, by)
        note = write_release(self.settings.store, release)
        with self.sessions.begin() as session:
            office.close_published(session, [s.id for s in wanted], note.id, by)
        return note

    def load_pack(self, by: str = "pack", progress: Progress = _silent) -> ReleaseNote | None:
        """Publish the pack's figures that are not published yet, as one release; None if there is nothing new.

        Raises:
            PackInvalid and the errors of reading: the pack is wrong, nothing was published.
        """
        prepare_store(self.settings.store)
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
        return self.publish(
            waiting, by, f"{name_vi} ({self.catalogue.version})", f"{name_en} ({self.catalogue.version})"
        )

    def _load_figures(self, path: Path, by: str) -> Submission:
        raw = fetch_file(path, self.settings.files)
        with self.sessions() as session:
            found = office.find_submission_of_file(session, raw.sha256)
        if found and found.state in (office.APPROVED, office.PUBLISHED):
            return found
        checked = self.check_file(path)
        with self.sessions.begin() as session:
            found = self._record(session, checked, by)
            return found if found.errors else office.approve_submission(session, found.id, by)
