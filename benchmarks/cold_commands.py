"""A command in a fresh process against ``python -c 'import duckdb'``, medians of one run."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

LIENVUNG = str(Path(sys.executable).parent / "lienvung")
RUNS = 9
CASES = {
    "import duckdb": [sys.executable, "-c", "import duckdb"],
    "lienvung --help": [LIENVUNG, "--help"],
    "lienvung get": [LIENVUNG, "get", "GRDP_CUR", "--areas", "74,79", "--from", "2016", "--to", "2022"],
    "lienvung trace": [LIENVUNG, "trace", "FDI_CAP_CUM", "74", "2020"],
}


def seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return time.perf_counter() - begun


def main() -> None:
    times: dict[str, list[float]] = {name: [] for name in CASES}
    for _ in range(RUNS):
        for name, command in CASES.items():
            times[name].append(seconds(command))
    base = statistics.median(times["import duckdb"])
    for name, found in times.items():
        median = statistics.median(found)
        print(f"{name:<18}{median:7.3f} s   {median / base:5.2f} × import duckdb")


if __name__ == "__main__":
    main()
