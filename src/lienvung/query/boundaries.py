"""Values on another boundary: sums, ratios, products and growth over the covers of a crosswalk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from lienvung.domain.areas import AreaKey
from lienvung.domain.areas.crosswalk import Cover
from lienvung.domain.handovers import Question
from lienvung.query.observations import choice_parameters, clock_parameters
from lienvung.query.reader import Reader
from lienvung.store.pointer import Pointer
from lienvung.store.schema import OBSERVATIONS


@dataclass(frozen=True)
class Asked:
    """A question over covers, put to one snapshot. The question's own areas are not used: the covers name theirs."""

    reader: Reader
    question: Question
    covers: tuple[Cover, ...]
    pointer: Pointer
    dataflows: tuple[str, ...]
    parameters: dict[str, object] = field(default_factory=dict)

    @classmethod
    def of(
        cls, reader: Reader, question: Question, covers: Sequence[Cover], pointer: Pointer, dataflows: Sequence[str]
    ) -> Asked:
        """The question with all its parameters bound; ``dataflows`` are those of every indicator it needs."""
        parameters: dict[str, object] = {
            **clock_parameters(question.published, question.recorded),
            **choice_parameters(question),
            **crosswalk_parameters(covers),
            "other_periods": [],
        }
        return cls(reader, question, tuple(covers), pointer, tuple(dataflows), parameters)

    def run(self, shape: str, **more: object) -> pa.Table:
        """Run one shape over these covers."""
        named = set(re.findall(r"\$(\w+)", self.reader.template(shape)))
        bound = {k: v for k, v in (self.parameters | more).items() if k in named}
        return self.reader.run(shape, bound, list(self.dataflows), self.pointer)


def crosswalk_parameters(covers: Sequence[Cover]) -> dict[str, object]:
    """The links of some covers as lists of equal length, and the units whose rows are wanted."""
    links = [(cover, link) for cover in covers for link in cover.links]
    return {
        "cw_cover": [c.id for c, _ in links],
        "cw_target": [c.target for c, _ in links],
        "cw_source": [str(x.source) for _, x in links],
        "cw_share": [repr(x.share) for _, x in links],
        "cw_since": [c.since.isoformat() for c, _ in links],
        "cw_until": [c.until.isoformat() for c, _ in links],
        "cw_needed": [str(len(c.links)) for c, _ in links],
        "areas": sorted({str(x.source) for _, x in links}),
    }


def find_inputs(asked: Asked, indicators: Sequence[str], periods: Sequence[str] = ()) -> pa.Table:
    """The published rows behind the covers (``OBSERVATIONS`` with ``cover``, ``target``, ``share``, ``needed``).

    Args:
        periods: exact periods that take the place of the question's span.
    """
    return asked.run("crosswalk_inputs", codes=list(indicators), other_periods=list(periods))


def find_sums(asked: Asked, indicator: str) -> pa.Table:
    """Additive values by cover and issuer; ``value`` is null where ``have`` is less than ``needed``."""
    return asked.run("crosswalk_sums", indicator=indicator)


def find_ratios(asked: Asked, numerator: str, denominator: str, scale: float, periods: Sequence[str] = ()) -> pa.Table:
    """Ratios of sums, every claim of the one with every claim of the other.

    Args:
        periods: of the denominator, where another than the numerator's is wanted.
    """
    return asked.run(
        "crosswalk_ratios", indicator=numerator, other=denominator, scale=repr(scale), other_periods=list(periods)
    )


def find_products(asked: Asked, indicator: str, other: str, whole: Sequence[str] = ()) -> pa.Table:
    """Σ value × other and Σ other over whole covers.

    Args:
        whole: ``activity`` where the other indicator is known for all activities together only.
    """
    return asked.run("crosswalk_products", indicator=indicator, other=other, whole=list(whole))


def find_growths(asked: Asked, level: str) -> pa.Table:
    """Change in percent of sums against the same period a year earlier."""
    return asked.run("crosswalk_growths", indicator=level)


def find_weights(
    reader: Reader, indicator: str, areas: Sequence[AreaKey], question: Question, pointer: Pointer
) -> pa.Table:
    """Totals of an indicator for some units, as of the question's clocks (``OBSERVATIONS``): what splits go by."""
    wanted = Question((indicator,), tuple(areas), prefer_totals=("activity", "breakdown"))
    parameters = clock_parameters(question.published, question.recorded) | choice_parameters(wanted)
    table = reader.run("observations", parameters | {"indicator": indicator}, pointer=pointer)
    return table.select(OBSERVATIONS.names).cast(OBSERVATIONS)
