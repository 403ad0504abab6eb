"""Recipes that people confirmed, kept under the home folder, every version of each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.observations import STATUSES, TOTAL
from lienvung.errors import Both, FileMissing, RecipeInvalid
from lienvung.parse.recipes import Recipe

MAX_BYTES = 1_000_000
_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_TABLE_KEYS = frozenset(
    ("title", "sheet", "skip", "indicator", "unit", "breakdown", "activity", "area", "status", "labels", "period",
     "percent", "decimal", "hidden", "kind", "fields", "columns", "rows", "blocks")
)  # fmt: skip
_SPEC_KEYS = frozenset(("indicator", "unit", "breakdown", "activity", "area", "status", "only"))
_LABELS = ("item", "area", "period")


def read_recipe(path: Path) -> Recipe:
    """The recipe of a file that a person wrote or confirmed.

    Raises:
        FileMissing: no such file. RecipeInvalid: not YAML, or a field too few or too many.
    """
    try:
        text = path.read_text("utf-8") if path.stat().st_size <= MAX_BYTES else ""
    except (OSError, UnicodeDecodeError):
        raise FileMissing(file=path.name) from None
    try:
        content = yaml.safe_load(text)
        recipe = Recipe(**content)
    except (yaml.YAMLError, TypeError) as error:
        raise RecipeInvalid(recipe=path.name, found=" ".join(str(error).split())[:300]) from None
    if not isinstance(recipe.id, str) or not _ID.fullmatch(recipe.id):
        raise RecipeInvalid(recipe=path.name, found=f"id: {recipe.id!r} (a-z 0-9 . _ -)")
    return recipe


def check_recipe(recipe: Recipe, catalogue: Catalogue, readers: tuple[str, ...]) -> None:
    """Refuse a recipe with a word or a code that means nothing; ``?`` may stay and is asked about when it is used.

    Raises:
        RecipeInvalid: with everything that is wrong.
    """
    wrong = [] if recipe.reader in readers else [f"reader: {recipe.reader} ({', '.join(readers)})"]
    if recipe.issuer not in (*catalogue.issuers, "?"):
        wrong.append(f"issuer: {recipe.issuer}")
    if recipe.reader == "table":
        tables = recipe.layout.get("tables")
        if not isinstance(tables, list) or not tables:
            wrong.append("layout.tables: []")
        else:
            for number, entry in enumerate(tables, 1):
                wrong += _wrong_in_table(f"tables.{number}", entry, catalogue)
    if wrong:
        raise RecipeInvalid(recipe=recipe.id, found="; ".join(wrong[:20]))


_CHOICES = {"percent": ("fraction", "points"), "decimal": (".", ","), "hidden": ("read", "skip"), "kind": ("projects",)}


def _wrong_in_table(place: str, entry: object, catalogue: Catalogue) -> list[str]:
    if not isinstance(entry, Mapping):
        return [f"{place}: {entry!r}"]
    wrong = [f"{place}.{k}" for k in entry if k not in _TABLE_KEYS]
    if not entry.get("title"):
        wrong.append(f"{place}.title: —")
    wrong += [*_wrong_choices(place, entry), *_wrong_codes(place, entry, catalogue)]
    for part in ("columns", "rows", "blocks"):
        specs = entry.get(part) or {}
        if not isinstance(specs, Mapping):
            wrong.append(f"{place}.{part}: {specs!r}")
            continue
        for key, spec in specs.items():
            at = f"{place}.{part}.{key}"
            if isinstance(spec, Mapping):
                wrong += [f"{at}.{k}" for k in spec if k not in _SPEC_KEYS]
                wrong += _wrong_codes(at, spec, catalogue)
            elif spec not in ("skip", "?"):
                wrong += _wrong_codes(at, {"indicator": spec}, catalogue)
    return wrong


def _wrong_choices(place: str, entry: Mapping[str, Any]) -> list[str]:
    named = str(entry.get("labels") or "item").split(",")
    is_label = {n.strip() for n in named} <= set(_LABELS)
    wrong = [] if is_label else [f"{place}.labels: {entry['labels']} ({' | '.join(_LABELS)})"]
    for name, allowed in _CHOICES.items():
        if entry.get(name) not in (None, "?", *allowed):
            wrong.append(f"{place}.{name}: {entry[name]} ({' | '.join(allowed)})")
    return wrong


def _wrong_codes(place: str, spec: Mapping[str, Any], catalogue: Catalogue) -> list[str]:
    lists: dict[str, set[str]] = {
        "indicator": set(catalogue.indicators), "unit": set(catalogue.units), "status": set(STATUSES),
        "breakdown": {*catalogue.breakdowns, TOTAL}, "activity": {*catalogue.activities, TOTAL},
    }  # fmt: skip
    return [f"{place}.{k}: {spec[k]}" for k, codes in lists.items() if k in spec and spec[k] not in (*codes, "?")]


def keep_recipe(folder: Path, recipe: Recipe, text: str) -> int:
    """Keep a recipe as the next version of its id; the earlier ones stay. Returns the version."""
    place = folder / recipe.id
    place.mkdir(parents=True, exist_ok=True)
    version = max(versions(folder, recipe.id), default=0) + 1
    while True:
        try:
            with (place / f"{version:04d}.yaml").open("x", encoding="utf-8") as stream:
                stream.write(text)
            return version
        except FileExistsError:
            version += 1


def versions(folder: Path, recipe_id: str) -> list[int]:
    """The versions of a recipe that are kept, oldest first."""
    return sorted(int(p.stem) for p in (folder / recipe_id).glob("[0-9]*.yaml") if p.stem.isdigit())


def load_kept(folder: Path) -> dict[str, Recipe]:
    """The newest version of every kept recipe, by id.

    Raises:
        RecipeInvalid: a kept file was spoilt.
    """
    found: dict[str, Recipe] = {}
    for place in sorted(folder.glob("*/")):
        numbers = versions(folder, place.name)
        if numbers:
            found[place.name] = read_recipe(place / f"{numbers[-1]:04d}.yaml")
    return found


def read_text(folder: Path, recipe_id: str, version: int | None = None) -> str:
    """A kept recipe as it was written, the newest version unless another is asked for.

    Raises:
        RecipeInvalid: no such recipe or version.
    """
    numbers = versions(folder, recipe_id) if _ID.fullmatch(recipe_id) else []
    wanted = version or max(numbers, default=0)
    if wanted not in numbers:
        kept = ", ".join(sorted(p.name for p in folder.glob("*/"))) or "—"
        found = Both(f"không có phiên bản này; các công thức đã lưu: {kept}", f"no such version; kept recipes: {kept}")
        raise RecipeInvalid(recipe=f"{recipe_id} {version or ''}".strip(), found=found)
    return (folder / recipe_id / f"{wanted:04d}.yaml").read_text("utf-8")
