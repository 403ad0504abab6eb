"""The whole view of an indicator as parameters of its address: read, checked, written back."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from starlette.datastructures import QueryParams

from lienvung.chain import SOURCE, is_converted
from lienvung.domain.clocks import last_day, parse_instant
from lienvung.errors import BadValue

VIEWS = {"duong": "line", "cot": "bar", "ban-do": "map"}
NAMES = {
    "areas": "dia-ban", "start": "tu", "end": "den", "freq": "tan-suat", "breakdown": "phan-to", "activity": "nganh",
    "issuer": "nguon", "period": "ky", "view": "hinh", "boundary": "ranh-gioi", "published": "cong-bo",
    "recorded": "ghi-nhan", "territory": "dia-gioi", "total": "tong",
}  # fmt: skip
"""Attribute → parameter. ``boundary`` is that of the map; ``territory`` that which figures are computed for."""
AS_PUBLISHED = "nguon"
TERRITORIES = ("2004", "2025-07-01")
"""Boundaries offered to readers; an address may name any day."""


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
    territory: str = ""
    total: str = ""

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
    def is_converted(self) -> bool:
        """Whether figures are asked for on another boundary than their documents', or as a region's total."""
        return is_converted(self.conversion())

    def clocks(self) -> dict[str, object]:
        """The day and the moment that the page shows figures of, for its banner, and the parameters that unset them."""
        reset = {NAMES["published"]: None, NAMES["recorded"]: None}
        return {"published": self.published_day, "recorded": self.recorded_moment, "reset": reset}

    def conversion(self) -> dict[str, str | None]:
        """Boundary, total and clocks as ``chain.ask_on_boundary`` reads them."""
        return {
            "boundary": SOURCE if self.territory in ("", AS_PUBLISHED) else self.territory,
            "total": self.total or None, "published": self.published or None, "recorded": self.recorded or None,
        }  # fmt: skip

    def computation(self) -> dict[str, str | None]:
        """The parameters that open a computed figure: boundary, total and clocks."""
        return {NAMES[name]: getattr(self, name) or None for name in ("territory", "total", "published", "recorded")}

    @property
    def published_day(self) -> date | None:
        """The day of the publication clock; None is now."""
        return last_day(self.published) if self.published else None

    @property
    def recorded_moment(self) -> datetime | None:
        """The moment of the record clock; None is now."""
        return parse_instant(self.recorded) if self.recorded else None
