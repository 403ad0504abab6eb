"""Homes for the tests: the southern pack loaded once, and an empty one to hand files in."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PACK = ROOT / "packs" / "southern"


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Home:
    """A home folder and the command line on it, each command in a process of its own."""

    path: Path
    pack: Path = PACK

    def run(self, *words: object, lang: str = "vi", user: str = "an") -> Done:
        here = {"LIENVUNG_HOME": str(self.path), "LIENVUNG_PACK": str(self.pack), "LIENVUNG_LANG": lang}
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-W", "ignore", "-c", "from lienvung.cli import main; main()", *map(str, words)],
            capture_output=True, text=True, env=os.environ | here | {"LIENVUNG_USER": user, "PYTHONPATH": paths},
            timeout=300, check=False,
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)

    def rows(self, *words: object) -> list[dict[str, Any]]:
        done = self.run("get", *words, "--format", "json")
        assert done.code == 0, done.err
        found: list[dict[str, Any]] = done.json
        return found


@pytest.fixture(scope="session")
def southern(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The southern pack as ``make run`` loads it. Only to be read.

    ``LIENVUNG_TEST_SOUTHERN`` may name a home loaded before, while one test is being written; CI never sets it.
    """
    if ready := os.environ.get("LIENVUNG_TEST_SOUTHERN"):
        return Home(Path(ready))
    home = Home(tmp_path_factory.mktemp("southern"))
    done = home.run("init")
    assert done.code == 0, done.err
    return home


@pytest.fixture
def empty(tmp_path: Path) -> Home:
    """A home whose pack has every list and recipe but no figures, to hand files in."""
    pack = tmp_path / "pack"
    shutil.copytree(PACK, pack, ignore=shutil.ignore_patterns("figures"))
    (pack / "figures").mkdir()
    home = Home(tmp_path / "home", pack)
    assert home.run("init").code == 0
    return home


@pytest.fixture
def real() -> Callable[[str], Path]:
    """A real file beside the checkout; the test is skipped where it is absent."""

    def find(name: str) -> Path:
        path = ROOT.parent / "shared" / "data" / name
        if not path.exists():
            pytest.skip("the real files are not beside this checkout")
        return path

    return find
