"""Real files through the real reading: how many tables are understood without a hand, and how many are not.

``python benchmarks/understood.py [FOLDER]`` reads every workbook and PX-Web file of four
publishers' families in FOLDER (``../shared/data`` beside the checkout) by the pack's recipes, else by the proposal
for unknown tables, and prints a line per family. A table is a block of figures on a visible sheet, found without
any recipe. It counts as understood when rows with addresses in it came out, covering at least half of its cells of
figures; below that it is "in part". ``--sample N`` prints N random rows beside what another reader finds in their
cells; ``--list`` names every table that was not understood; ``--changes`` says what each monthly release changed;
``--family NAME`` reads one family only.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import ERROR, RawFile, Rows
from lienvung.errors import LienVungError
from lienvung.parse.dispatch import parse_file
from lienvung.parse.pxweb import read_title
from lienvung.parse.recipes import Recipe, load_recipes
from lienvung.parse.tables.cells import is_figure
from lienvung.parse.tables.decisions import ASK
from lienvung.parse.tables.matching import Found, find_tables, load_sheets
from lienvung.parse.tables.proposal import propose_recipe
from lienvung.parse.tables.reading import parse_tables
from lienvung.parse.workbook import a1
from lienvung.source import fetch_file
from lienvung.store.packs import load_catalogue
from lienvung.validate.rows import check_rows

ROOT = Path(__file__).parents[1]
PACK = ROOT / "packs" / "southern"
FAMILIES = {
    "finance ministry": ("mof-national-budget-2001-2019", "vietnamdata-budget-pci-papi"),
    "investment agency": ("fia-fdi-2015-2024", "odm-fdi-2015-2022"),
    "monthly releases": ("gso-monthly-2012-2025/releases",),
    "PX-Web": ("",),
}
BOOKS = (".xls", ".xlsx", ".xlsb", ".ods")
WITHOUT, PART, ONE, MORE, NONE = "without a hand", "in part", "one confirmation", "more questions", "not understood"
KINDS = (WITHOUT, PART, ONE, MORE, NONE)
HALF = 0.5
SEED = 2026


@dataclass
class Family:
    """What came of the files of one family. ``rows``: every row that the recipes gave, with its file."""

    files: int = 0
    seconds: float = 0.0
    tables: Counter[str] = field(default_factory=Counter)
    cells: int = 0
    covered: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    named: list[str] = field(default_factory=list)
    rows: list[tuple[Path, dict[str, Any]]] = field(default_factory=list)
    accepted: int = 0
    errors: int = 0


def find_files(folder: Path, family: str, keep: Path) -> Iterator[Path]:
    """The files of a family: its publisher's own workbooks and tables, not what others derived from them."""
    for place in FAMILIES[family]:
        for path in sorted((folder / place).rglob("*")):
            is_book = path.suffix.lower() in BOOKS
            if family == "PX-Web":
                if path.suffix == ".csv" and read_title(fetch_file(path, keep)):
                    yield path
            elif path.is_file() and (is_book or (path.suffix == ".csv" and _is_published(path))):
                yield path


def _is_published(path: Path) -> bool:
    return path.parent.name in ("mof-national-budget-2001-2019", "odm-fdi-2015-2022") and path.name[0] != "_"


def read_file(family: Family, path: Path, world: tuple[Path, Mapping[str, Recipe], Catalogue]) -> None:
    """One file: its rows by the pack's recipes, then each of its tables judged."""
    keep, recipes, catalogue = world
    started = time.perf_counter()
    raw = fetch_file(path, keep)
    rows, reason = None, ""
    try:
        rows = parse_file(raw, recipes)
        claims, findings = check_rows(rows, catalogue, raw, date(2026, 1, 1))
        family.accepted += claims.num_rows
        family.errors += sum(f.count for f in findings if f.severity == ERROR)
        family.rows += [(path, r) for r in rows.table.to_pylist()]
    except LienVungError as error:
        reason = type(error).__name__
    family.seconds += time.perf_counter() - started
    family.files += 1
    if raw.kind == "csv" and read_title(raw):
        judge_pxweb(family, path, rows, catalogue, raw)
        return
    for table, figures in _tables(raw):
        judge_table(family, path, table, figures, (rows, reason, catalogue, keep))


def _tables(raw: RawFile) -> Iterator[tuple[Found, set[str]]]:
    """The tables of a file with the addresses of their figures."""
    for table in find_tables(load_sheets(raw)):
        region = table.region
        own = {a1(r, c) for r in region.body for c in region.values if is_figure(region.sheet.cell(r, c))}
        if own:
            yield table, own


def judge_pxweb(family: Family, path: Path, rows: Rows | None, catalogue: Catalogue, raw: RawFile) -> None:
    """A PX-Web file is one table; its first column holds labels."""
    lines = list(_csv_lines(path))[2:]
    figures = sum(is_figure(cell) for line in lines for cell in line[1:])
    covered = min(figures, sum(r["value"] is not None for r in rows.table.to_pylist())) if rows else 0
    family.cells += figures
    family.covered += covered
    kind, why = (WITHOUT if covered >= HALF * figures else PART), f"{covered}/{figures}"
    if not covered:
        try:
            table = next(iter(find_tables(load_sheets(raw))), None)
        except LienVungError:
            table = None
        kind, why = propose(path.name, table, catalogue) if table else (NONE, "no table of figures")
    family.tables[kind] += 1
    if kind == NONE:
        family.reasons[why] += 1
    if kind != WITHOUT:
        family.named.append(f"{kind}: {path.parent.name}/{path.name} {why}")


def judge_table(
    family: Family, path: Path, table: Found, figures: set[str], world: tuple[Rows | None, str, Catalogue, Path]
) -> None:
    """Count a table under what had to be done for it."""
    rows, reason, catalogue, _ = world
    read = {r["cell"] for r in rows.table.to_pylist() if (r["sheet"] or "") == table.sheet} if rows else set()
    covered = len(figures & read)
    family.cells += len(figures)
    family.covered += covered
    if covered >= HALF * len(figures):
        family.tables[WITHOUT] += 1
        return
    if covered:
        family.tables[PART] += 1
        family.named.append(f"{PART}: {path.name} {table.place} '{table.title[:70]}' {covered}/{len(figures)}")
        return
    kind, why = propose(path.name, table, catalogue)
    if kind == NONE:
        told = _told(rows, table) or reason
        why = f"{told}: {why}" if told else why
        family.reasons[why] += 1
    family.tables[kind] += 1
    family.named.append(f"{kind}: {path.name} {table.place} '{table.title[:70]}' {why}")


def _told(rows: Rows | None, table: Found) -> str:
    """What the reader said about the sheet."""
    rules = [f.rule for f in rows.findings if f.sheet == table.sheet] if rows else []
    return next((r for r in rules if r.endswith(("NOT-READ", "PERIOD", "BROKEN"))), "")


def propose(name: str, table: Found, catalogue: Catalogue) -> tuple[str, str]:
    """What the proposal for this table alone leaves open.

    Who issues the table is always asked and can be answered here; any other question counts, and gives no rows.
    """
    try:
        answered = propose_recipe(name, [table], catalogue, {"issuer": "GSO"})
    except LienVungError as error:
        return NONE, type(error).__name__
    asked = [d.path for d in answered.open]
    if not asked and _gives_rows(name, table, answered.recipe):
        return ONE, ""
    asked.append("issuer")
    points = Counter(p.split(".")[1] if "." in p else p for p in asked)
    if any(p.endswith("indicator") or ".columns." in p or ".rows." in p for p in asked) and not _decided(
        answered.recipe
    ):
        return NONE, "no indicator of the pack is meant by its words"
    return MORE, ", ".join(f"{p} {n}" for p, n in points.most_common(4))


def _decided(recipe: Recipe) -> bool:
    """Whether any part of a proposed recipe says which indicator its figures are."""

    def indicators(part: object) -> Iterator[str]:
        if isinstance(part, Mapping):
            if isinstance(part.get("indicator"), str):
                yield part["indicator"]
            for value in part.values():
                yield from indicators(value)
        elif isinstance(part, list):
            for value in part:
                yield from indicators(value)

    return any(i != ASK for i in indicators(recipe.layout))


def _gives_rows(name: str, table: Found, recipe: Recipe) -> bool:
    from lienvung.parse.tables import reading

    kept = reading.load_sheets
    reading.load_sheets = lambda _raw: [table.region.sheet]  # the sheet is at hand, the file need not be read again
    try:
        raw = RawFile(name, Path(name), "0" * 64, 0, "csv", datetime(2026, 1, 1))
        return parse_tables(raw, recipe).table.num_rows > 0
    except LienVungError:
        return False
    finally:
        reading.load_sheets = kept


def print_sample(families: Mapping[str, Family], count: int) -> None:
    """Rows drawn with a fixed seed, as many from each family, each beside its cell as another reader sees it."""
    draw = random.Random(SEED)  # noqa: S311 - a sample to look at, no secret
    share = -(-count // len(families))
    for name, family in families.items():
        for path, row in draw.sample(family.rows, min(share, len(family.rows))):
            cell = raw_cell(path, row["sheet"], row["cell"])
            print(f"{name} | {path.name} | {row['sheet'] or ''}!{row['cell']} | cell holds {cell!r}")
            what = " ".join(str(row[k]) for k in ("indicator", "activity", "breakdown") if row[k] != "_T")
            print(f"    {row['value']} {row['unit']} | {what} | {row['area_text']} | {row['period']} {row['status']}")


def raw_cell(path: Path, sheet: str | None, cell: str) -> object:
    """What a cell holds, read without any of our code: openpyxl for .xlsx, calamine for .xls, csv for text."""
    column, row = openpyxl.utils.cell.coordinate_from_string(cell)
    at = openpyxl.utils.column_index_from_string(column) - 1
    if path.suffix == ".xlsx":
        return openpyxl.load_workbook(path, data_only=True)[sheet][cell].value
    if path.suffix == ".csv":
        return list(_csv_lines(path, keep_empty=True))[row - 1][at]
    return python_calamine.load_workbook(path).get_sheet_by_name(sheet).to_python(skip_empty_area=False)[row - 1][at]


def _csv_lines(path: Path, *, keep_empty: bool = False) -> list[list[str]]:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    lines = list(csv.reader(text.splitlines(), delimiter=max(";\t,", key=text[:4096].count)))
    return lines if keep_empty else [line for line in lines if any(c.strip() for c in line)]


def print_changes(family: Family) -> None:
    """What each release says anew, says again and revises, beside the releases before it."""
    before: dict[tuple[str, ...], float | None] = {}
    print("release | facts | new | said again alike | revised")
    for path in dict.fromkeys(p for p, _ in family.rows):
        told: Counter[str] = Counter()
        for _, row in (r for r in family.rows if r[0] == path):
            key = tuple(str(row[k]) for k in ("indicator", "area_text", "activity", "breakdown", "period"))
            alike = key in before and before[key] == row["value"]
            told["alike" if alike else "revised" if key in before else "new"] += 1
            before[key] = row["value"]
        print(f"{path.name[:10]} | {told.total()} | {told['new']} | {told['alike']} | {told['revised']}")


def print_families(families: Mapping[str, Family]) -> None:
    """A line per family and the commonest reasons."""
    heads = ("family", "files", "tables", *KINDS, "cells read", "rows", "accepted", "errors", "seconds")
    print(" | ".join(heads))
    for name, f in families.items():
        share = f"{f.covered}/{f.cells}"
        counts = [f.tables[k] for k in KINDS]
        cells = [name, f.files, sum(f.tables.values()), *counts, share, len(f.rows), f.accepted, f.errors]
        print(" | ".join([*map(str, cells), f"{f.seconds:.1f}"]))
    for name, f in families.items():
        for reason, count in f.reasons.most_common(5):
            print(f"  {name}: {count} × {reason}")


def main(arguments: Sequence[str]) -> None:
    """Read the command line and every file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--changes", action="store_true")
    parser.add_argument("--family", choices=FAMILIES, action="append")
    asked = parser.parse_args(arguments)
    recipes, catalogue = load_recipes(PACK / "recipes"), load_catalogue(PACK)
    families = {name: Family() for name in asked.family or FAMILIES}
    with tempfile.TemporaryDirectory() as folder:
        keep = Path(folder)
        for name, family in families.items():
            for path in find_files(asked.folder, name, keep):
                read_file(family, path, (keep, recipes, catalogue))
    print_families(families)
    if asked.list:
        print("\n".join(line for f in families.values() for line in f.named))
    if asked.changes and (releases := families.get("monthly releases")):
        print_changes(releases)
    if asked.sample:
        print_sample(families, asked.sample)


if __name__ == "__main__":
    main(sys.argv[1:])
