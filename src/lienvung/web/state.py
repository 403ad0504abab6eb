"""The whole view of an indicator as parameters of its address: read, checked, written back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from starlette.datastructures import QueryParams

from lienvung.domain.clocks import last_day, parse_instant
from lienvung.errors import BadValue

VIEWS = {"duong": "line", "cot": "bar", "ban-do": "map"}
NAMES = {
    "areas": "dia-ban", "start": "tu", "end": "den", "freq": "tan-suat", "breakdown": "phan-to", "activity": "nganh",
    "issuer": "nguon", "period": "ky", "view": "hinh", "boundary": "ranh-gioi", "published": "cong-bo",
    "recorded": "ghi-nhan",
}  # fmt: skip
"""Attribute → parameter."""


@dataclass(frozen=True)
class IndicatorState:
    """What a reader asked to see of an indicator; empty means the page's own choice."""

    areas: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    freq: str = ""
    breakdown: str = ""
    activity: str = ""
    issuer: str = ""
    period: str = ""
    view: str = ""
    boundary: str = ""
    published: str = ""
    recorded: str = ""

    @classmethod
    def read(cls, query: QueryParams) -> IndicatorState:
        """The state that an address asks for.

        Raises:
            BadValue: an unknown kind of drawing.
        """
        plain = {f.name: (query.get(NAMES[f.name]) or "").strip() for f in fields(cls) if f.name != "areas"}
        if plain["view"] not in ("", *VIEWS):
            raise BadValue(value=plain["view"], name=NAMES["view"], choices=", ".join(VIEWS))
        areas = [a for text in query.getlist(NAMES["areas"]) for a in text.split(",") if a.strip()]
        return cls(areas=tuple(dict.fromkeys(areas)), **plain)

    def query(self) -> dict[str, str | tuple[str, ...]]:
        """The state as parameters, empty ones left out."""
        return {NAMES[f.name]: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}

    @property
    def published_day(self) -> date | None:
        """The day of the publication clock; None is now."""
        return last_day(self.published) if self.published else None

    @property
    def recorded_moment(self) -> datetime | None:
        """The moment of the record clock; None is now."""
        return parse_instant(self.recorded) if self.recorded else None
