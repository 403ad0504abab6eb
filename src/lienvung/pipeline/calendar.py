"""The reporting calendar and the inbox."""

from __future__ import annotations

from dataclasses import dataclass

from lienvung.domain.calendar import Duty, Obligation
from lienvung.parse.recipes import find_recipe
from lienvung.pipeline.bench import Bench
from lienvung.workflow import calendar as kept
from lienvung.workflow import jobs
from lienvung.workflow.actors import Actor
from lienvung.workflow.inbox import Inbox, find_inbox
from lienvung.workflow.steps import lock_office
from lienvung.workflow.submissions import now


@dataclass(frozen=True)
class CalendarDesk(Bench):
    """Who owes what by when; what waits for whom."""

    def inbox(self, by: Actor) -> Inbox:
        """What waits for ``by``, what they have in work, what their agency owes."""
        with self.sessions() as session:
            return find_inbox(session, by, kept.today_in_vietnam(now()))

    def calendar(self, by: Actor) -> list[Duty]:
        """The duties around today that ``by`` may see, those due first at the head."""
        with self.sessions() as session:
            return kept.find_calendar(session, by, kept.today_in_vietnam(now()))

    def obligations(self, by: Actor) -> list[Obligation]:
        """The obligations that ``by`` may see."""
        with self.sessions() as session:
            return kept.find_obligations(session, by)

    def keep_obligation(self, told: Obligation, by: Actor) -> Obligation:
        """Keep an obligation; number 0 is a new one.

        Raises:
            NotAllowed, BadValue, NotFound. UnknownCode, UnknownIndicator, UnknownRecipe: the pack does not know it.
        """
        if told.agency:
            self.catalogue.require_agency(told.agency)
        for code in told.indicators:
            self.catalogue.indicator(code)
        if told.recipe:
            find_recipe(self.recipes, told.recipe)
        with self._acting(by, "calendar.keep", f"O{told.number}") as session:
            return kept.keep_obligation(session, told, by)

    def remind(self) -> int:
        """Put what is due soon or overdue into the inboxes; returns how many lines are new."""
        with self.sessions.begin() as session:
            lock_office(session)
            kept_now = jobs.read_clock(session)
            return kept.add_reminders(session, kept.today_in_vietnam(kept_now))
