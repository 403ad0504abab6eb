"""Facilities that plans mean to build, and where the same kind is planned twice within one catchment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Facility:
    """One planned facility.

    ``kind`` in the plan's words; ``plan``: the document, else the file; ``year_from``, ``year_to``: when it is to be
    built, None where the plan does not say; ``place``: file and feature, for messages.
    """

    name: str
    kind: str
    longitude: float
    latitude: float
    plan: str
    year_from: int | None
    year_to: int | None
    place: str

    def may_meet(self, other: Facility) -> bool:
        """Their years overlap, or one of them does not say when."""
        starts = max(y for y in (self.year_from, other.year_from, 0) if y is not None)
        ends = min(y for y in (self.year_to, other.year_to, 9999) if y is not None)
        return starts <= ends


@dataclass(frozen=True)
class FacilityLayer:
    """The facilities of one file. ``crs``: the projection that it came in."""

    name: str
    crs: str
    facilities: tuple[Facility, ...]


@dataclass(frozen=True)
class NearPair:
    """Two facilities of one kind nearer to each other than the catchment of their kind."""

    one: Facility
    other: Facility
    distance_km: float
    radius_km: float
