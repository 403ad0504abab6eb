"""An officer and a steward to be killed: for each line of the input, a process that hands in, approves, publishes."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

from lienvung.pipeline import Works
from lienvung.settings import load_settings
from lienvung.store.packs import load_catalogue
from lienvung.workflow.actors import local_operator

HEAD = "# lienvung: tidy/1\n# issuer: PROV_74\n# boundary: 2004\n# indicator: UNEMP_RATE\n"
AREAS = ("70", "72", "74", "75", "77", "79", "80", "82")


def open_works(home: Path, pack: Path) -> Works:
    return Works(load_settings({"LIENVUNG_HOME": str(home), "LIENVUNG_PACK": str(pack)}), load_catalogue(pack))


def write_file(folder: Path, number: int) -> Path:
    """File number n says n hundredths everywhere, published on a day of its own."""
    path = folder / f"t{number}.csv"
    rows = "".join(f"{area},{year},{number / 100}\n" for area in AREAS for year in range(2015, 2025))
    day = f"# published: {2025 + number // 336:04d}-{number // 28 % 12 + 1:02d}-{number % 28 + 1:02d}\n"
    path.write_text(f"{HEAD}{day}area,period,value\n{rows}", "utf-8")
    return path


def act(works: Works, folder: Path, number: int) -> None:
    """Hand file n in, approve it, publish it; every step is told when it is acknowledged."""
    an, binh = local_operator("an"), local_operator("binh")
    found, _ = works.submit_file(write_file(folder, number), an)
    tell(number, "submitted", found.id)
    works.approve(found.id, binh)
    tell(number, "approved", found.id)
    works.publish([found.id], binh)
    tell(number, "published", found.id)


def tell(number: int, step: str, submission: str) -> None:
    print(json.dumps([number, step, submission]), flush=True)


if __name__ == "__main__":
    import duckdb  # noqa: F401 - imported before we say that we are ready, so that each process begins at once

    import lienvung.store.warehouse  # noqa: F401

    folder = Path(sys.argv[1])
    works = open_works(folder / "home", Path(sys.argv[2]))
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if not child:
            try:
                act(works, folder, int(line))
            finally:
                os._exit(0)
        print(json.dumps([0, "pid", str(child)]), flush=True)
        sys.stdin.readline()  # until then its number stays its own, even if it has ended
        os.waitpid(child, 0)
        print(json.dumps([0, "gone", ""]), flush=True)
