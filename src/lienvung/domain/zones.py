"""Zones of a plan: stretches of land with a use, and where two plans want the same land."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Zone:
    """One zone of a layer.

    ``shape``: its outline as WKB in longitude and latitude (EPSG:4326); ``use``: what the land is meant for, in the
    plan's words; ``place``: file and feature, for messages.
    """

    name: str
    use: str
    shape: bytes
    place: str


@dataclass(frozen=True)
class Layer:
    """The zones of one file. ``crs``: the projection that the file came in, before it was brought to EPSG:4326."""

    name: str
    crs: str
    zones: tuple[Zone, ...]


@dataclass(frozen=True)
class Overlap:
    """Land that two zones claim. ``area_ha`` on an equal-area projection; ``shape``: what is in dispute, as WKB."""

    one: Zone
    other: Zone
    area_ha: float
    share_of_one: float
    share_of_other: float
    shape: bytes
