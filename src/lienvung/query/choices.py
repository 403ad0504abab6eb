"""Which of several issuers' claims was chosen, as it stood on any day of either clock."""

from __future__ import annotations

import pyarrow as pa

from lienvung.domain.discrepancies import Choice
from lienvung.domain.handovers import Question
from lienvung.query.observations import choice_parameters, clock_parameters
from lienvung.query.reader import Reader
from lienvung.store.choices import CHOICES, read_choices
from lienvung.store.schema import OBSERVATIONS


def find_choices(reader: Reader, question: Question) -> list[Choice]:
    """The choices among claims of the facts that a question is about; nothing is read where none was ever made."""
    pointer = reader.pointer()
    if not pointer.files.get(CHOICES):
        return []
    parameters = clock_parameters(question.published, question.recorded) | choice_parameters(question)
    parameters |= {"issuers": [], "totals": []}
    tables = [
        reader.run("observations", parameters | {"indicator": code}, [CHOICES], pointer).select(OBSERVATIONS.names)
        for code in question.indicators
    ]
    return read_choices(pa.concat_tables(tables)) if tables else []
