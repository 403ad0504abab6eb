"""Which reader fits a file? One table; a new layout is one line of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from lienvung.domain.handovers import RawFile, Rows
from lienvung.domain.names import fold, nearest
from lienvung.errors import Both, LayoutNotRecognised
from lienvung.parse.budget import parse_budget, recognise_budget
from lienvung.parse.encodings import guess_file
from lienvung.parse.fia import parse_fia, recognise_fia
from lienvung.parse.opened import read_once
from lienvung.parse.pxweb import parse_pxweb, read_title
from lienvung.parse.recipes import Recipe, find_recipe
from lienvung.parse.releases import parse_release, recognise_release
from lienvung.parse.sdmx_csv import parse_sdmx_csv, read_structures
from lienvung.parse.sdmx_json import parse_sdmx_json, read_json_header
from lienvung.parse.sdmx_ml import parse_sdmx_ml, read_header
from lienvung.parse.sdmx_rows import fits
from lienvung.parse.tables.matching import load_sheets
from lienvung.parse.tables.reading import parse_tables, recognise_tables
from lienvung.parse.tidy import has_needed, parse_tidy
from lienvung.parse.tidy_sheets import peek_sheets, peek_text
from lienvung.parse.workbook import add_details

BOOKS = ("xlsx", "xls", "xlsb", "ods")

# the readers ask about the same workbook one after the other
_sheets = read_once


@dataclass(frozen=True)
class Reader:
    """A kind of layout: ``recognise`` picks the recipe of its own that fits a file, if one does."""

    name: str
    kinds: tuple[str, ...]
    recognise: Callable[[RawFile, Sequence[Recipe]], Recipe | None]
    parse: Callable[[RawFile, Recipe], Rows]

    def obeys(self, recipe: Recipe) -> bool:
        """Whether a recipe is for this reader; one for ``sdmx`` is for all three writings of it."""
        return recipe.reader == self.name or (recipe.reader == "sdmx" and self.name.startswith("sdmx_"))


def parse_file(raw: RawFile, recipes: Mapping[str, Recipe], recipe_id: str | None = None) -> Rows:
    """The rows of a file, by the recipe asked for or by the first reader that recognises the file.

    Raises:
        UnknownRecipe: no recipe has this id.
        LayoutNotRecognised: nothing fits; the message says what was seen and which recipes come nearest.
        SourceError: the file itself cannot be read.
    """
    try:
        if recipe_id:
            return _tell_encoding(raw, _parse_as(raw, find_recipe(recipes, recipe_id)))
        for reader in READERS:
            if raw.kind in reader.kinds:
                own = [r for r in recipes.values() if reader.obeys(r)]
                recipe = reader.recognise(raw, own)
                if recipe:
                    return _tell_encoding(raw, reader.parse(raw, recipe))
        raise LayoutNotRecognised(file=raw.name, found=_seen(raw, recipes))
    finally:
        _sheets.cache_clear()


def _tell_encoding(raw: RawFile, rows: Rows) -> Rows:
    """The rows, with what had to be guessed of the text's encoding."""
    if raw.kind in BOOKS:
        sheets = [s for s in _sheets(raw) if s.guess]
        told = tuple(s.guess.finding(s.name) for s in sheets if s.guess)
    elif raw.kind == "csv" and (guess := guess_file(raw.path)):
        told = (guess.finding(),)
    else:
        told = ()
    return replace(rows, findings=(*rows.findings, *told)) if told else rows


def _parse_as(raw: RawFile, recipe: Recipe) -> Rows:
    readers = [r for r in READERS if r.obeys(recipe)]
    reader = next((r for r in readers if raw.kind in r.kinds), None)
    if reader is None:
        kinds = ", ".join(k for r in readers for k in r.kinds) or "—"
        found = Both(f"công thức '{recipe.id}' đọc {kinds}, tệp này là {raw.kind}",
                     f"the recipe '{recipe.id}' reads {kinds}, this file is {raw.kind}")  # fmt: skip
        raise LayoutNotRecognised(file=raw.name, found=found)
    return reader.parse(raw, recipe)


def _recognise_tidy(raw: RawFile, recipes: Sequence[Recipe]) -> Recipe | None:
    defaults, columns = peek_text(raw) if raw.kind == "csv" else peek_sheets(_sheets(raw))
    is_ours = "lienvung" in defaults or has_needed(columns, defaults)
    return next(iter(recipes), None) if is_ours else None


def _recognise_sdmx_ml(raw: RawFile, recipes: Sequence[Recipe]) -> Recipe | None:
    structures = read_header(raw).structures
    return next((r for r in recipes if fits(r, structures)), None)


def _recognise_sdmx_csv(raw: RawFile, recipes: Sequence[Recipe]) -> Recipe | None:
    structures = read_structures(raw)
    return next((r for r in recipes if fits(r, structures)), None)


def _recognise_sdmx_json(raw: RawFile, recipes: Sequence[Recipe]) -> Recipe | None:
    structures = read_json_header(raw).structures
    return next((r for r in recipes if fits(r, structures)), None)


def _recognise_fia(raw: RawFile, recipes: Sequence[Recipe]) -> Recipe | None:
    return next(iter(recipes), None) if recognise_fia(_sheets(raw)) else None


def _recognise_budget(raw: RawFile, recipes: Sequence[Recipe]) -> Recipe | None:
    return next((r for r in recipes if recognise_budget(_sheets(raw), r)), None)


def _recognise_release(raw: RawFile, recipes: Sequence[Recipe]) -> Recipe | None:
    return next((r for r in recipes if recognise_release(_sheets(raw), r)), None)


def _recognise_pxweb(raw: RawFile, recipes: Sequence[Recipe]) -> Recipe | None:
    """The recipe with the longest title pattern that the file's title meets."""
    title = fold(read_title(raw) or "")
    fitting = [r for r in recipes if r.match.get("title") and re.search(str(r.match["title"]), title)]
    return max(fitting, key=lambda r: len(str(r.match["title"])), default=None)


def _recognise_table(raw: RawFile, recipes: Sequence[Recipe]) -> Recipe | None:
    if not recipes:
        return None
    return recognise_tables(load_sheets(raw) if raw.kind == "csv" else add_details(raw, _sheets(raw)), recipes)


READERS: tuple[Reader, ...] = (
    Reader("sdmx_csv", ("csv",), _recognise_sdmx_csv, parse_sdmx_csv),
    Reader("sdmx_json", ("json",), _recognise_sdmx_json, parse_sdmx_json),
    Reader("tidy", ("csv", *BOOKS), _recognise_tidy, parse_tidy),
    Reader("sdmx_ml", ("xml",), _recognise_sdmx_ml, parse_sdmx_ml),
    Reader("fia", BOOKS, _recognise_fia, parse_fia),
    Reader("budget", BOOKS, _recognise_budget, parse_budget),
    Reader("release", BOOKS, _recognise_release, parse_release),
    Reader("pxweb", ("csv",), _recognise_pxweb, parse_pxweb),
    Reader("table", ("csv", *BOOKS), _recognise_table, parse_tables),
)
"""Every reader, asked in this order."""


def _seen(raw: RawFile, recipes: Mapping[str, Recipe]) -> Both:
    """What stands in the file, and the recipes whose titles come nearest."""
    if raw.kind == "xml":
        header = read_header(raw)
        what = f"XML '{header.root}' {', '.join(header.structures)}".strip()
        vi, en, text = what, what, header.root
    elif raw.kind == "json":
        what = f"SDMX-JSON {', '.join(read_json_header(raw).structures)}".strip()
        vi, en, text = what, what, what
    elif raw.kind in BOOKS:
        names = ", ".join(s.name for s in _sheets(raw)[:10])
        vi, en, text = f"các trang: {names}", f"the sheets: {names}", names
    else:
        text = read_title(raw) or ", ".join(peek_text(raw)[1]) or "—"
        vi, en = f"tiêu đề hoặc cột: '{text[:200]}'", f"the title or columns: '{text[:200]}'"
    titles = {r.title_en: r.id for r in recipes.values()} | {r.title_vi: r.id for r in recipes.values()}
    near = ", ".join(dict.fromkeys(titles[t] for t in nearest(text, titles))) or "—"
    return Both(f"{vi}; công thức gần nhất: {near}", f"{en}; the nearest recipes: {near}")
