"""A recipe proposed for the tables of a file, every decision with its confidence and its evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import yaml

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.names import fold
from lienvung.errors import BadValue
from lienvung.parse.recipes import Recipe
from lienvung.parse.tables.decisions import ASK, SKIP, Decision, Notes
from lienvung.parse.tables.gathering import MEASURE
from lienvung.parse.tables.headers import read_heading
from lienvung.parse.tables.matching import Found, match_tables
from lienvung.parse.tables.meaning import Meanings
from lienvung.parse.tables.mending import mend_entry
from lienvung.parse.tables.numbers import decide_numbers, note_layout, sign_of
from lienvung.parse.tables.parts import propose_entry, says_everywhere
from lienvung.parse.tables.projects import ProjectList, propose_list, read_projects
from lienvung.parse.tables.reading import entries_of

OF_RECIPE = ("id", "title_vi", "title_en", "issuer", "boundary", "published")
OF_TABLE = (*MEASURE, "labels", "period", "percent", "decimal", "hidden", "skip")
MERGER = 2025


@dataclass(frozen=True)
class Proposal:
    """A recipe as far as it could be decided, and why; ``?`` stands where a person must choose.

    ``projects``: lists of projects in the file; they are shown, not published, while no register of projects is kept.
    """

    recipe: Recipe
    decisions: tuple[Decision, ...]
    projects: tuple[ProjectList, ...] = ()

    @property
    def open(self) -> tuple[Decision, ...]:
        """What a person has to choose."""
        return tuple(d for d in self.decisions if d.chosen == ASK)

    def as_yaml(self) -> str:
        """The recipe as a file, with the decisions above it as comments."""
        told = [f"# {d.line()}" for d in sorted(self.decisions, key=lambda d: (d.chosen != ASK, d.path))]
        return "\n".join([*told, "", dump_recipe(self.recipe)])


def dump_recipe(recipe: Recipe) -> str:
    """A recipe as YAML, empty parts left out."""
    fields = {k: getattr(recipe, k) for k in Recipe.__dataclass_fields__}
    kept = {k: v for k, v in fields.items() if v or k in ("issuer", "boundary")}
    return str(yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=110))


def propose_recipe(
    name: str,
    tables: Sequence[Found],
    catalogue: Catalogue,
    answers: Mapping[str, str],
    old: Recipe | None = None,
) -> Proposal:
    """A recipe for the tables of a file.

    Args:
        name: of the file. answers: what a person has decided, ``area`` → ``74``, ``2.indicator`` → a code,
            ``tables`` → ``2,5`` (the others are skipped), ``1.columns.tong so`` → ``breakdown:SEX_M``.
        old: a recipe of an earlier layout, whose decisions are carried over.

    Raises:
        BadValue: an answer to something that is not asked.
    """
    notes, meanings = Notes(), Meanings(catalogue)
    boundary = _boundary(tables, answers, old, notes)
    wanted = {t.strip() for t in answers.get("tables", "").split(",") if t.strip()}
    matches = {id(m.table): m for m in match_tables(tables, entries_of(old))} if old else {}
    titles = Counter(t.key for t in tables)
    entries: list[dict[str, Any]] = []
    lists: list[ProjectList] = []
    for number, table in enumerate(tables, 1):
        head: dict[str, Any] = {"title": table.key} | ({"sheet": fold(table.sheet)} if titles[table.key] > 1 else {})
        if wanted and str(number) not in wanted:
            entries.append(head | {"skip": True})
            continue
        fresh = Notes()
        listed = read_projects(table, partial(_one_area, meanings, boundary), meanings.unit)
        if listed:
            lists.append(listed)
            entries.append(head | propose_list(number, listed, fresh))
            notes.items += fresh.items
            continue
        entry = head | propose_entry(number, table, meanings, boundary, answers, fresh)
        if id(table) in matches:
            entry = mend_entry(number, matches[id(table)], entry, fresh)
        entries.append(_answered(number, entry, answers, fresh))
        note_layout(number, table, fresh)
        decide_numbers(number, table, entries[-1], answers, fresh, _shared_sign(tables, table))
        notes.items += fresh.settled(entries[-1], number)
    recipe = _recipe(name, tables, entries, boundary, answers, old, notes)
    return Proposal(recipe, tuple(notes.items), tuple(lists))


def _one_area(meanings: Meanings, boundary: str, text: str) -> str:
    """The province that a place names, where it names one."""
    day = "" if boundary == ASK else boundary
    return meanings.area(text, day) or meanings.area_inside(text, day)


def _shared_sign(tables: Sequence[Found], table: Found) -> str:
    """The decimal sign of the file's other tables, where all that show one agree."""
    signs = {sign_of(t) for t in tables[:50] if t is not table} - {""}
    return signs.pop() if len(signs) == 1 else ""


def _boundary(tables: Sequence[Found], answers: Mapping[str, str], old: Recipe | None, notes: Notes) -> str:
    """The code list of areas: asked for, kept, or told from the latest year that is printed."""
    if answers.get("boundary") or (old and old.boundary != ASK):
        return answers.get("boundary") or (old.boundary if old else "")
    periods = [c.heading.period for t in tables for c in t.columns] + [t.period for t in tables]
    dated = (read_heading([line.printed]) for t in tables for line in t.lines)
    periods += [h.period for h in dated if not h.key]
    years = [int(p[:4]) for p in periods if p[:4].isdigit()]
    if years and max(years) < MERGER:
        notes.add("boundary", "2004", 0.8, f"năm cuối cùng trong tệp là {max(years)}",
                  f"the latest year in the file is {max(years)}")  # fmt: skip
        return "2004"
    notes.add("boundary", ASK, 0.0, "không rõ tệp dùng danh mục địa bàn nào", "the list of areas in use is not clear",
              choices=("2004", "2025-07-01"))  # fmt: skip
    return ASK


def _answered(number: int, entry: dict[str, Any], answers: Mapping[str, str], notes: Notes) -> dict[str, Any]:
    """The entry with what a person has decided about it."""
    for name, value in answers.items():
        path = _path(number, name, entry)
        if not path:
            continue
        notes.add(f"{number}.{'.'.join(path)}", value, 1.0, "do người dùng quyết định", "decided by a person")
        if len(path) == 1:
            entry[path[0]] = True if path[0] == "skip" else value
        else:
            entry.setdefault(path[0], {})[path[1]] = _spec(value)
    return _settle(number, entry, notes)


def _path(number: int, name: str, entry: Mapping[str, Any]) -> list[str]:
    """Where in a table's entry an answer belongs; nothing where it is about another table."""
    head, _, rest = name.partition(".")
    if head in OF_TABLE and not rest:
        return [] if head == "area" and "area" not in entry else [head]
    if head != str(number):
        return []
    path = rest.split(".", 1)
    if path[0] not in (*OF_TABLE, "columns", "rows", "blocks"):
        raise BadValue(value=name, name="--set", choices=", ".join((*OF_TABLE, "columns.…", "rows.…", "blocks.…")))
    return path


def _settle(number: int, entry: dict[str, Any], notes: Notes) -> dict[str, Any]:
    """The entry without questions that its columns, rows or blocks have answered."""
    for name in ("indicator", "unit", "area"):
        if entry.get(name) == ASK and says_everywhere(entry, name):
            del entry[name]
            notes.drop(f"{number}.{name}")
    columns = list((entry.get("columns") or {}).values())
    if ASK in columns and all(v in (SKIP, ASK) for v in columns):
        # what the table as a whole measures matters once a column says so little that it is read by it
        for name in ("indicator", "unit"):
            notes.drop(f"{number}.{name}")
    return entry


def _spec(value: str) -> object:
    """``skip``, an indicator, or ``breakdown:SEX_M,unit:PERSONS``."""
    if ":" not in value:
        return value if value in (SKIP, ASK) else {"indicator": value} if value else {}
    return {k.strip(): v.strip() for k, _, v in (part.partition(":") for part in value.split(","))}


def _recipe(
    name: str,
    tables: Sequence[Found],
    entries: list[dict[str, Any]],
    boundary: str,
    answers: Mapping[str, str],
    old: Recipe | None,
    notes: Notes,
) -> Recipe:
    known = [*OF_RECIPE, *OF_TABLE, "tables"]
    for answer in answers:
        if answer not in known and not answer.partition(".")[0].isdigit():
            raise BadValue(value=answer, name="--set", choices=", ".join([*known, "1.indicator", "1.columns.…"]))
    first = next((t for t in tables if t.title), None)
    issuer = answers.get("issuer") or (old.issuer if old else ASK)
    if issuer == ASK:
        notes.add("issuer", ASK, 0.0, "tệp không nói cơ quan công bố", "the file does not say who issues it")
    stem = fold(name.rpartition(".")[0] or name).replace(" ", "-")[:60]
    title = first.title if first else name
    return Recipe(
        id=answers.get("id") or (old.id if old else stem or "table"),
        reader="table",
        title_vi=answers.get("title_vi") or (old.title_vi if old else title),
        title_en=answers.get("title_en") or (old.title_en if old else (first.title_en if first else "") or title),
        issuer=issuer,
        boundary=boundary,
        published=answers.get("published") or (old.published if old else ""),
        layout={"tables": entries},
    )
