"""Releases at a moment to come, and the worker that does what is due."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lienvung.errors import EmbargoPast, LienVungError, SubmissionChanged, WorkflowError
from lienvung.pipeline.calendar import CalendarDesk
from lienvung.pipeline.office import Office
from lienvung.store.pointer import ReleaseNote
from lienvung.workflow import jobs, releasing
from lienvung.workflow import submissions as office
from lienvung.workflow.actors import Actor, Grant, Role
from lienvung.workflow.calendar import today_in_vietnam
from lienvung.workflow.jobs import Job
from lienvung.workflow.steps import lock_office, record_refusal
from lienvung.workflow.submissions import Submission

_LOG = logging.getLogger(__name__)
PUBLISH, REMIND = "publish", "remind"
"""The kinds of jobs: publish what was scheduled; put what is due into the inboxes, once a day."""
EVERY = 5.0
"""Seconds between two looks of the worker."""


@dataclass(frozen=True)
class Done:
    """What became of a job."""

    job: Job
    error: LienVungError | None = None


@dataclass(frozen=True)
class Schedule(Office, CalendarDesk):
    """Publishes at once or at a moment; works off what is due."""

    def publish(
        self, numbers: Iterable[str], by: Actor, title_vi: str = "", title_en: str = "", at: datetime | None = None
    ) -> ReleaseNote | None:
        """Publish approved submissions as one release: at once, or at a moment to come (None is returned then).

        Until its moment nothing of a submission is in the store, in a catalogue, a cache or an export.

        Args:
            at: with its offset from UTC; without one it is UTC.

        Raises:
            UnknownSubmission, NotAllowed, WrongState, SubmissionChanged: nothing is published then. StoreBusy.
            EmbargoPast: ``at`` is not after the latest moment that the office has seen.
        """
        wanted = list(dict.fromkeys(numbers))
        if at is None:
            return self.publish_now(wanted, by, title_vi, title_en)
        self.schedule(wanted, by, at, title_vi, title_en)
        return None

    def schedule(
        self, numbers: Sequence[str], by: Actor, at: datetime, title_vi: str = "", title_en: str = ""
    ) -> list[Submission]:
        """Have approved submissions published as one release at a moment.

        Raises:
            as ``publish``.
        """
        self._require_store()
        moment = at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
        with self._acting(by, "publish.schedule", ",".join(numbers)) as session:
            seen = jobs.read_clock(session)
            if moment <= seen:
                raise EmbargoPast(moment=f"{moment:%Y-%m-%d %H:%M:%S} UTC", seen=f"{seen:%Y-%m-%d %H:%M:%S} UTC")
            done = releasing.schedule_submissions(session, numbers, by, moment)
            for found in done:
                self._require_unchanged(found)
            payload = {"submissions": [s.id for s in done], "title_vi": title_vi, "title_en": title_en}
            jobs.add_job(session, PUBLISH, ",".join(s.id for s in done), moment, by.login, payload)
            return done

    def unschedule(self, submission: str, by: Actor, reason: str) -> Submission:
        """Take a scheduled submission off its release: it is approved again. What was to go out with it still will.

        Raises:
            UnknownSubmission, NotAllowed, WrongState, ReasonMissing.
        """
        with self._acting(by, "publish.unschedule", submission) as session:
            found = releasing.unschedule_submission(session, submission, by, reason)
            for job in jobs.drop_jobs(session, PUBLISH, found.id):
                rest = [n for n in _submissions(job) if n != found.id]
                if rest:
                    payload = {**job.payload, "submissions": rest}
                    jobs.add_job(session, PUBLISH, ",".join(rest), job.run_after, job.made_by, payload)
            return found

    def run_due(self, worker: str = "") -> list[Done]:
        """Do everything that is due now, each thing once whatever happens in between; what was cut off is finished."""
        worker = worker or f"{socket.gethostname()}:{os.getpid()}"
        self.settle()
        self._plan_reminders()
        done: list[Done] = []
        while (job := self._take(worker)) is not None:
            error = self._run(job)
            with self.sessions.begin() as session:
                lock_office(session)
                jobs.end_job(session, job.number, worker, error.message("vi") if error else "")
            done.append(Done(job, error))
        return done

    def _plan_reminders(self) -> None:
        with self.sessions.begin() as session:
            lock_office(session)
            moment = jobs.read_clock(session)
            jobs.add_job_once(session, REMIND, today_in_vietnam(moment).isoformat(), moment)

    def _take(self, worker: str) -> Job | None:
        with self.sessions.begin() as session:
            lock_office(session)
            return jobs.take_job(session, worker, jobs.read_clock(session))

    def _run(self, job: Job) -> LienVungError | None:
        if job.kind == REMIND:
            self.remind()
            return None
        by = Actor(job.made_by, job.made_by, tuple(Grant(r) for r in Role), "system")
        try:
            self._publish_due(job, by)
        except SubmissionChanged as error:
            self._release_hold(job, by, error)
            return error
        except LienVungError as error:
            return error
        return None

    def _publish_due(self, job: Job, by: Actor) -> None:
        with self.sessions() as session:
            found = office.find_named(session, _submissions(job))
        waiting = [s.id for s in found if s.state == office.SCHEDULED]
        if waiting:
            titles = (str(job.payload.get("title_vi", "")), str(job.payload.get("title_en", "")))
            self.publish_now(waiting, by, *titles, is_due=True)

    def _release_hold(self, job: Job, by: Actor, error: WorkflowError) -> None:
        """A submission that changed after it was approved does not go out; a person must look at it again."""
        with self.sessions.begin() as session:
            lock_office(session)
            for number in _submissions(job):
                row = office.row_of(session, number)
                if row.state == office.SCHEDULED:
                    releasing.unschedule_row(session, row, by, error.message("vi"))
            jobs.drop_jobs(session, PUBLISH, _submissions(job)[0])
            record_refusal(session, by, "publish.release", job.subject, error, "step.refused")

    def work(self, every: float = EVERY, over: threading.Event | None = None) -> None:
        """Look for what is due, again and again, until ``over`` is set; a look that fails is taken again."""
        over = over or threading.Event()
        while not over.is_set():
            try:
                self.run_due()
            except Exception:
                _LOG.exception("the worker could not look for what is due")
            over.wait(every)

    def jobs(self) -> list[Job]:
        """Every job that waits or has failed, those due first at the head."""
        with self.sessions() as session:
            return [j for j in jobs.find_jobs(session) if j.state in (jobs.WAITING, jobs.FAILED)]


def _submissions(job: Job) -> list[str]:
    named = job.payload.get("submissions", [])
    return [str(n) for n in named] if isinstance(named, list) else []
