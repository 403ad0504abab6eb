"""Which of several issuers' claims was chosen, as it stood on any day of either clock."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

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


MARKS = ("choice_issuer", "choice_by", "choice_reason")
"""Columns that an answer carries beside those of ``OBSERVATIONS`` where a choice was made among its facts."""
_FACT = ("indicator", "area_key", "activity", "breakdown", "freq", "period")


def mark_choices(table: pa.Table, choices: list[Choice]) -> pa.Table:
    """The rows with the columns ``MARKS``: which issuer was chosen for the row's fact, by whom and why; null if none.

    A question meets few choices, so that each is looked for on its own; the order of the rows stays.
    """
    marks = {name: np.full(table.num_rows, None, dtype=object) for name in MARKS}
    for choice in choices:
        here = pc.equal(table["indicator"], choice.indicator)
        for column in _FACT[1:]:
            here = pc.and_(here, pc.equal(table[column], getattr(choice, column)))
        rows = here.to_numpy()
        for name, said in zip(MARKS, (choice.issuer, choice.by, choice.reason), strict=True):
            marks[name][rows] = said
    for name, values in marks.items():
        table = table.append_column(name, pa.array(values, pa.string()))
    return table
