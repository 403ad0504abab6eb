"""Every setting, read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import lienvung
from lienvung.errors import BadValue

ENVIRONMENT = {
    "LIENVUNG_HOME": "folder of the store, the submitted files and the workflow database",
    "LIENVUNG_PACK": "folder of the region's pack; the southern pack that ships with the program if unset",
    "LIENVUNG_LANG": "language of the command line: vi or en",
    "LIENVUNG_USER": "name under which the command line acts; the system account if unset",
}
"""Name → meaning; a test holds the operator guide in step."""


@dataclass(frozen=True)
class Settings:
    """Where things are and how we speak.

    ``home`` holds everything that is written; ``pack`` is read only.
    """

    home: Path
    pack: Path
    lang: str
    user: str

    @property
    def files(self) -> Path:
        """Submitted files, unchanged, named by their SHA-256."""
        return self.home / "files"

    @property
    def store(self) -> Path:
        """The Iceberg catalogue, warehouse and what is derived from them."""
        return self.home / "store"

    @property
    def submissions(self) -> Path:
        """The claims of each submission, as Parquet."""
        return self.home / "submissions"

    @property
    def recipes(self) -> Path:
        """The recipes that people confirmed here, every version of each."""
        return self.home / "recipes"

    @property
    def workflow(self) -> Path:
        """The database of what people do."""
        return self.home / "workflow.sqlite"


def _default_home(env: Mapping[str, str]) -> Path:
    base = env.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "lienvung"


def _shipped_pack() -> Path:
    package = Path(lienvung.__file__).resolve().parent
    inside = package / "packs" / "southern"
    return inside if inside.exists() else package.parent.parent / "packs" / "southern"


def load_settings(env: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process.

    Raises:
        BadValue: a variable holds what it cannot mean.
    """
    env = os.environ if env is None else env
    lang = (env.get("LIENVUNG_LANG") or "vi").lower()
    if lang not in ("vi", "en"):
        raise BadValue(value=lang, name="LIENVUNG_LANG", choices="vi, en")
    home = Path(env["LIENVUNG_HOME"]).expanduser() if env.get("LIENVUNG_HOME") else _default_home(env)
    pack = Path(env["LIENVUNG_PACK"]).expanduser() if env.get("LIENVUNG_PACK") else _shipped_pack()
    user = env.get("LIENVUNG_USER") or env.get("USER") or env.get("LOGNAME") or "unknown"
    return Settings(home=home.absolute(), pack=pack.absolute(), lang=lang, user=user)
