"""A recipe: how one publisher's layout is read, as a small YAML file of the pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from lienvung.errors import PackInvalid, UnknownRecipe

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Recipe:
    """What a reader needs to know beyond its code.

    Attributes:
        id: stable name, ``gso-pxweb-population``.
        reader: which reader obeys it (``pxweb``, ``fia``, ``tidy``, ``sdmx_ml``).
        issuer, boundary: defaults of every row. published: date text or empty.
        match: how a file is recognised; layout: where things stand. Both are the reader's own business.
    """

    id: str
    reader: str
    title_vi: str
    title_en: str
    issuer: str
    boundary: str
    published: str = ""
    match: Mapping[str, Any] = field(default_factory=dict)
    layout: Mapping[str, Any] = field(default_factory=dict)


def load_recipes(folder: Path) -> dict[str, Recipe]:
    """All recipes of a pack's ``recipes/`` folder, by id; a file may hold one recipe or a list.

    Raises:
        PackInvalid: a file is not YAML, or a recipe lacks a field or has one too many.
    """
    recipes: dict[str, Recipe] = {}
    for path in sorted(folder.glob("**/*.yaml")):
        try:
            content = yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - a safe loader, in C where there is one
        except yaml.YAMLError as error:
            raise PackInvalid(place=path.name, found=str(error).splitlines()[0]) from None
        for entry in content if isinstance(content, list) else [content]:
            try:
                recipe = Recipe(**entry)
            except TypeError as error:
                raise PackInvalid(place=path.name, found=str(error)) from None
            if recipe.id in recipes:
                raise PackInvalid(place=path.name, found=f"recipe '{recipe.id}' twice")
            recipes[recipe.id] = recipe
    return recipes


def find_recipe(recipes: Mapping[str, Recipe], recipe_id: str) -> Recipe:
    """The recipe of an id.

    Raises:
        UnknownRecipe: with the ids there are.
    """
    if recipe_id not in recipes:
        raise UnknownRecipe(recipe=recipe_id, choices=", ".join(sorted(recipes)))
    return recipes[recipe_id]
