"""SDMX-CSV 1.0, 2.0 and 2.1: one observation a line; columns are components, in any order."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from lienvung.domain.handovers import RawFile, Rows
from lienvung.errors import Both, DamagedFile, FileMissing, LayoutNotRecognised
from lienvung.parse.encodings import read_head
from lienvung.parse.recipes import Recipe
from lienvung.parse.sdmx_rows import Header, Observation, bare_structure, rows_of
from lienvung.parse.tidy_lines import read_bytes
from lienvung.parse.workbook import a1

PARSER = "sdmx_csv/1"
COLUMN_LIMIT = 500

_FIRST = re.compile(r"\ufeff?\"?(DATAFLOW|STRUCTURE)(\[.\])?(: [^,;\t\"]*)?\"?[,;\t]")
_CODE = re.compile(r"[A-Za-z0-9_@$.+-]+")


def read_structures(raw: RawFile) -> list[str]:
    """Agency and id of the first line's structure (``LIENVUNG:POPULATION``); empty for any other text."""
    try:
        with raw.path.open("rb") as stream:
            head = read_head(stream.read(65_536))
    except OSError:
        raise FileMissing(file=raw.name) from None
    if not _FIRST.match(head):
        return []
    lines = list(csv.reader(head.splitlines()[:2], delimiter=_delimiter(head)))
    if len(lines) < 2 or not lines[1]:
        return []
    return [bare_structure(lines[1][_structure_column(lines[0])])] if len(lines[1]) >= len(lines[0]) else []


def parse_sdmx_csv(raw: RawFile, recipe: Recipe) -> Rows:
    """Rows of an SDMX-CSV message, with the recipe's mapping of components as for SDMX-ML.

    Raises:
        LayoutNotRecognised: no SDMX-CSV, or no series that the recipe maps.
        DamagedFile: a quote that never closes, a line of another length than the heading.
    """
    text = read_bytes(raw).decode()
    if not _FIRST.match(text):
        found = Both("cột đầu không phải DATAFLOW hay STRUCTURE", "the first column is not DATAFLOW or STRUCTURE")
        raise LayoutNotRecognised(file=raw.name, found=found)
    return rows_of(raw, recipe, Header("", read_structures(raw)), _observations(raw, text, recipe), PARSER, "SDMX-CSV")


def _delimiter(text: str) -> str:
    found = _FIRST.match(text)
    return found[0][-1] if found else ","


def _structure_column(heading: list[str]) -> int:
    names = [h.partition(":")[0] for h in heading]
    return names.index("STRUCTURE_ID") if "STRUCTURE_ID" in names else 0


def _observations(raw: RawFile, text: str, recipe: Recipe) -> Iterator[Observation]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        heading = next(reader)
        if len(heading) > COLUMN_LIMIT:
            raise LayoutNotRecognised(file=raw.name, found=Both(f"{len(heading)} cột", f"{len(heading)} columns"))
        columns = _columns(heading, recipe)
        value = str(recipe.layout.get("value", "OBS_VALUE"))
        place = next((i for i, (name, _) in columns.items() if name == value), 0)
        line = reader.line_num + 1
        for cells in reader:
            if any(cells):
                if len(cells) != len(heading):
                    found = Both(f"dòng {line} có {len(cells)} ô, tiêu đề có {len(heading)} cột",
                                 f"line {line} has {len(cells)} cells, the heading has {len(heading)}")  # fmt: skip
                    raise DamagedFile(file=raw.name, found=found)
                yield a1(line - 1, place), _attributes(cells, columns)
            line = reader.line_num + 1
    except csv.Error as error:
        found = Both(f"dòng {line}: dấu ngoặc kép hoặc ô sai ({error})", f"line {line}: wrong quote or cell ({error})")
        raise DamagedFile(file=raw.name, found=found) from None


def _columns(heading: list[str], recipe: Recipe) -> dict[int, tuple[str, bool]]:
    """Component of every column, and whether its cells are written ``id: name``."""
    own: Mapping[str, str] = recipe.layout.get("columns", {})
    texts = {own.get("note"), own.get("document"), recipe.layout.get("time", "TIME_PERIOD")}
    found = {}
    for index, head in enumerate(heading):
        name, colon, _ = head.partition(": ")
        name = name.partition("[")[0].strip()
        found[index] = (name, bool(colon) and name not in texts)
    return found


def _attributes(cells: list[str], columns: Mapping[int, tuple[str, bool]]) -> dict[str, str]:
    said = {}
    for index, (name, is_labelled) in columns.items():
        cell = cells[index]
        if is_labelled:
            code, colon, _ = cell.partition(": ")
            cell = code if colon and _CODE.fullmatch(code) else cell
        if name not in said:
            said[name] = cell
    return said
