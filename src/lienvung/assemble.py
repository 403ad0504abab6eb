"""Picks the real store, engine and pack for the doors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.plans import PlanRegister
from lienvung.domain.sectors import SectorLists
from lienvung.settings import Settings
from lienvung.store.packs import load_catalogue, load_plans
from lienvung.store.packs.sectors import load_sectors

if TYPE_CHECKING:
    from lienvung.query.reader import Reader
    from lienvung.workflow.identity import Identity


@dataclass(frozen=True)
class World:
    """What a door needs to answer a reader: settings, the pack's nouns, the published rows."""

    settings: Settings

    @cached_property
    def catalogue(self) -> Catalogue:
        """The pack's code lists, read once."""
        return load_catalogue(self.settings.pack)

    @cached_property
    def plans(self) -> PlanRegister:
        """The pack's plans and targets, read once."""
        return load_plans(self.settings.pack)

    @cached_property
    def sectors(self) -> SectorLists:
        """The pack's lists on sectors, read once."""
        return load_sectors(self.settings.pack)

    @cached_property
    def reader(self) -> Reader:
        """The reader of what is published; DuckDB is loaded only now."""
        from lienvung.query.reader import Reader

        return Reader(self.settings.store)

    @cached_property
    def identity(self) -> Identity:
        """Accounts, sessions, tokens and the audit; the workflow database is opened only now."""
        from lienvung.workflow.identity import Provider, open_identity

        known = self.settings.sign_on
        provider = Provider(known.issuer, known.client_id, known.client_secret) if known else None
        return open_identity(self.settings.workflow, provider, self.settings.second_factor)


def open_world(settings: Settings) -> World:
    """The world of these settings; nothing is opened before it is asked for."""
    return World(settings)
