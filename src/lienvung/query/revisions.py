"""The vintages of a series that are believed at a moment of the recorded clock."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.handovers import Answer, Question
from lienvung.query.observations import LAST_DAY, LAST_INSTANT, choice_parameters
from lienvung.query.reader import Reader
from lienvung.store.schema import OBSERVATIONS


def find_revisions(reader: Reader, question: Question, dataflows: list[str] | None = None) -> Answer:
    """Every vintage (``OBSERVATIONS`` rows) that answers a question, by series, period and publication.

    ``question.recorded`` leaves what this database believed at that moment, ``question.published`` what was
    published by the end of that day; without them, all vintages as believed now.
    """
    pointer = reader.pointer()
    parameters = choice_parameters(question)
    tables = [
        reader.run("vintages", parameters | {"indicator": code}, dataflows, pointer) for code in question.indicators
    ]
    table = pa.concat_tables(tables) if tables else OBSERVATIONS.empty_table()
    moment = pa.scalar(question.recorded or LAST_INSTANT, pa.timestamp("us"))
    day = pa.scalar(question.published or LAST_DAY, pa.date32())
    believed = pc.and_(pc.less_equal(table["recorded_from"], moment), pc.greater(table["recorded_to"], moment))
    published = pc.less_equal(table["published_from"], day)
    found = table.filter(pc.and_(believed, published))
    return Answer(question, found.select(OBSERVATIONS.names).cast(OBSERVATIONS), pointer.snapshot)
