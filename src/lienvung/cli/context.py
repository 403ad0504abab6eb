"""What every command is handed: language, settings, the world, the making half."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from lienvung.assemble import World, open_world
from lienvung.settings import Settings, load_settings

if TYPE_CHECKING:
    from lienvung.pipeline import Works
    from lienvung.workflow.actors import Actor


@dataclass(frozen=True)
class Door:
    """Opened by the group, shared by its commands; loads only what the command touches."""

    asked_lang: str | None = None

    @cached_property
    def settings(self) -> Settings:
        """The settings, with the language asked for on the command line."""
        settings = load_settings()
        return replace(settings, lang=self.asked_lang) if self.asked_lang else settings

    @property
    def lang(self) -> str:
        """``vi`` or ``en``."""
        return self.settings.lang

    def say(self, vi: str, en: str) -> str:
        """One of two texts, by language."""
        return vi if self.lang == "vi" else en

    @cached_property
    def world(self) -> World:
        """The pack's nouns and the published rows."""
        return open_world(self.settings)

    @cached_property
    def works(self) -> Works:
        """The making half; loads the readers and the workflow database."""
        from lienvung.pipeline import Works

        return Works(self.settings, self.world.catalogue)

    @cached_property
    def actor(self) -> Actor:
        """Who gives the command: the token's account; while there are no accounts, whoever runs the machine.

        Raises:
            NotSignedIn: there are accounts, and no token that holds.
        """
        return self.world.identity.actor_at_terminal(self.settings.token, self.settings.user)
