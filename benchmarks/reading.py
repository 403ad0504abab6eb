"""Reading: a workbook of 100,000 cells beside openpyxl + pandas, and a CSV of a million rows to its checked table.

``python benchmarks/reading.py [ROWS]`` prints seconds, memory and the ratio. Ours reads every cell, decides the
numbers of the table, and runs every check of ``docs/rules.md`` on every row; theirs only reads the values.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import xlsxwriter

from lienvung.domain.catalogue import Catalogue
from lienvung.parse.dispatch import parse_file
from lienvung.parse.recipes import Recipe, load_recipes
from lienvung.source import fetch_file
from lienvung.store.packs import load_catalogue
from lienvung.validate.rows import check_rows

PACK = Path(__file__).parents[1] / "packs" / "southern"
HEADING = ["indicator", "area", "period", "value", "unit", "breakdown", "status", "issuer", "published", "note"]
CELLS = 100_000


def made_up(rows: int, catalogue: Catalogue) -> pd.DataFrame:
    """Figures that never were: every additive indicator, province and month until there are enough."""
    codes = [(i.code, i.unit) for i in catalogue.indicators.values() if i.aggregation == "sum"]
    areas = [str(a.key) for a in catalogue.gazetteer.areas.values() if a.key.valid_from == "2004"]
    at = np.arange(rows)
    indicator, rest = at % len(codes), at // len(codes)
    area, month = rest % len(areas), rest // len(areas)
    units = np.array([u for _, u in codes])
    return pd.DataFrame(
        {
            "indicator": np.array([c for c, _ in codes])[indicator],
            "area": np.array(areas)[area],
            "period": [f"{1990 + m // 12}-{m % 12 + 1:02d}" for m in month],
            "value": np.round(1000 + at % 977 / 7, 2),
            "unit": units[indicator],
            "breakdown": "_T",
            "status": "official",
            "issuer": "GSO",
            "published": "2024-12",
            "note": "",
        }
    )


def write_workbook(frame: pd.DataFrame, path: Path) -> None:
    """The frame as the sheet of a template."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Số liệu")
        sheet.write_row(0, 0, HEADING)
        for number, row in enumerate(frame.itertuples(index=False), 1):
            sheet.write_row(number, 0, row)


def checked(path: Path, catalogue: Catalogue, recipes: Mapping[str, Recipe]) -> tuple[int, int]:
    """Rows that went through every check, and findings; code lists and recipes are loaded, as in a server."""
    with tempfile.TemporaryDirectory() as folder:
        raw = fetch_file(path, Path(folder))
        table, findings = check_rows(parse_file(raw, recipes), catalogue, raw, date(2026, 1, 1))
    return table.num_rows, len(findings)


def theirs(path: Path) -> int:
    """The same sheet through pandas and openpyxl, values only."""
    return len(pd.read_excel(io.BytesIO(path.read_bytes()), engine="openpyxl"))


def best(run: Callable[[], object], repeats: int = 3) -> float:
    """The shortest of some runs, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def peak_mb() -> float:
    """The most memory that this process ever had; of its own, where the system tells it apart from its parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(row for row in status.read_text().splitlines() if row.startswith("VmHWM"))
        return float(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure_text(path: Path) -> None:
    """Read and check a text in this process, and print what it took; for a process of its own."""
    before, start = peak_mb(), time.perf_counter()
    rows, findings = checked(path, load_catalogue(PACK), load_recipes(PACK / "recipes"))
    spent, size = time.perf_counter() - start, path.stat().st_size / 2**20
    print(
        f"CSV of {size:.0f} MB, {rows:,} rows checked ({findings} findings): {spent:.1f} s, {rows / spent:,.0f} rows/s"
    )
    print(f"  peak {peak_mb():,.0f} MB, of it {before:,.0f} MB libraries before reading")


def main(rows: int) -> None:
    """Measure and print."""
    catalogue, recipes = load_catalogue(PACK), load_recipes(PACK / "recipes")
    with tempfile.TemporaryDirectory() as folder:
        book, text = Path(folder) / "book.xlsx", Path(folder) / "text.csv"
        write_workbook(made_up(CELLS // len(HEADING), catalogue), book)
        base, ours = best(lambda: theirs(book)), best(lambda: checked(book, catalogue, recipes))
        count, findings = checked(book, catalogue, recipes)
        print(f"workbook of {CELLS:,} cells: pandas + openpyxl, values only {base:.2f} s")
        print(
            f"  values and checks of {count:,} rows ({findings} findings) {ours:.2f} s: {base / ours:.1f} times as fast"
        )
        made_up(rows, catalogue).to_csv(text, index=False)
        subprocess.run([sys.executable, __file__, "--text", str(text)], check=True)  # noqa: S603


if __name__ == "__main__":
    if sys.argv[1:2] == ["--text"]:
        measure_text(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
