"""Values: of an indicator, for areas and periods, as known on a day of either clock."""

from __future__ import annotations

from datetime import date, datetime

import pyarrow as pa

from lienvung.domain.areas import AreaKey
from lienvung.domain.handovers import Answer, Question
from lienvung.query.reader import Reader
from lienvung.store.choices import CHOICES
from lienvung.store.schema import OBSERVATIONS

LAST_DAY = date(9999, 12, 30)
"""A day that only open rows cover: asking for it is asking for what stands now."""
LAST_INSTANT = datetime(9999, 12, 30)


def clock_parameters(published: date | None, recorded: datetime | None) -> dict[str, str]:
    """Both clocks as template parameters; None means now."""
    return {
        "published": (published or LAST_DAY).isoformat(),
        "recorded": (recorded or LAST_INSTANT).isoformat(sep=" "),
    }


def choice_parameters(question: Question) -> dict[str, object]:
    """Areas, breakdowns, span and the rest as template parameters."""
    return {
        "areas": [str(a) for a in question.areas],
        "issuers": list(question.issuers),
        "activities": list(question.activities),
        "breakdowns": list(question.breakdowns),
        "freqs": list(question.freqs),
        "periods": list(question.periods),
        "totals": list(question.prefer_totals),
        "first": (question.first or date.min).isoformat(),
        "last": (question.last or date.max).isoformat(),
    }


def find_observations(reader: Reader, question: Question, dataflows: list[str] | None = None) -> Answer:
    """The published rows that answer a question, sorted by series and period.

    Where someone chose among several issuers' claims, the rows carry the columns ``query.choices.MARKS`` too.

    Args:
        dataflows: where the indicators are published, if known; all files are looked into otherwise
            (row-group statistics keep that cheap).
    """
    pointer = reader.pointer()
    parameters = clock_parameters(question.published, question.recorded) | choice_parameters(question)
    if len(question.indicators) == 1:  # equality prunes row groups better than a list
        table = reader.run("observations", parameters | {"indicator": question.indicators[0]}, dataflows, pointer)
    else:
        table = reader.run(
            "observations_many", parameters | {"indicators": list(question.indicators)}, dataflows, pointer
        )
    table = table.select(OBSERVATIONS.names).cast(OBSERVATIONS)
    if pointer.files.get(CHOICES):
        from lienvung.query.choices import find_choices, mark_choices  # needs the parameters above

        choices = find_choices(reader, question)
        table = mark_choices(table, choices) if choices else table
    return Answer(question, table, pointer.snapshot)


def find_latest(
    reader: Reader, areas: tuple[AreaKey, ...], published: date | None = None, recorded: datetime | None = None
) -> pa.Table:
    """The newest value of every series of some areas (``OBSERVATIONS`` columns)."""
    parameters = clock_parameters(published, recorded) | {"areas": [str(a) for a in areas]}
    return reader.run("latest", parameters).select(OBSERVATIONS.names).cast(OBSERVATIONS)
