"""Each file finds its reader, or hears what was seen and what comes nearest."""

from __future__ import annotations

from pathlib import Path

import pytest

from lienvung import source
from lienvung.errors import LayoutNotRecognised, UnknownRecipe
from lienvung.parse.dispatch import READERS, parse_file
from lienvung.parse.recipes import Recipe
from tests.parse.test_sdmx_ml import RECIPE as SDMX
from tests.parse.test_sdmx_ml import message

TIDY = Recipe("tidy", "tidy", "Mẫu", "Template", "", "")
POPULATION = Recipe(
    "population", "pxweb", "Dân số trung bình", "Average population by province", "GSO", "2004",
    match={"title": "^average population"},
    layout={"unit": "PERSONS_TH", "columns": {"total": "POP_AVG"}},
)  # fmt: skip
OTHER = Recipe("average", "pxweb", "Khác", "Another", "GSO", "2004", match={"title": "^average"}, layout={})
RECIPES = {r.id: r for r in (TIDY, OTHER, POPULATION, SDMX)}
PXWEB = '"Average population by province"\n\n"Cities, provincies","Total 2015","Total 2016"\n"Binh Duong",1,1995.8\n'
TEMPLATE = "# lienvung: tidy/1\nindicator,area,period,value\nPOP_AVG,74@2004,2016,1995.8\n"
SERIES = '<Series INDICATOR="LUR"><Obs TIME_PERIOD="2012" OBS_VALUE="2"/></Series>'


@pytest.mark.parametrize(
    ("text", "recipe", "parser"),
    [
        (TEMPLATE, "tidy", "tidy"),
        (TEMPLATE.partition("\n")[2], "tidy", "tidy"),
        (PXWEB, "population", "pxweb"),
        (message(SERIES), "test", "sdmx_ml"),
    ],
)
def test_the_reader_is_told_from_the_content(tmp_path: Path, text: str, recipe: str, parser: str) -> None:
    rows = parse_file(source.fetch_bytes("x.bin", text.encode(), tmp_path), RECIPES)
    assert rows.recipe == recipe
    assert rows.parser.startswith(parser)
    assert rows.table.num_rows >= 1


def test_an_unknown_layout_hears_what_was_seen_and_what_is_nearest(tmp_path: Path) -> None:
    raw = source.fetch_bytes("x.csv", PXWEB.replace("Average", "Averag").encode(), tmp_path)
    with pytest.raises(LayoutNotRecognised) as caught:
        parse_file(raw, RECIPES)
    for lang in ("vi", "en"):
        assert "Averag population by province" in caught.value.message(lang)
        assert "population" in caught.value.message(lang).rpartition(":")[2]


def test_a_recipe_that_was_asked_for_must_exist_and_fit(tmp_path: Path) -> None:
    raw = source.fetch_bytes("x.csv", TEMPLATE.encode(), tmp_path)
    with pytest.raises(UnknownRecipe) as caught:
        parse_file(raw, RECIPES, "nothing")
    assert "population" in caught.value.suggestion("vi")
    with pytest.raises(LayoutNotRecognised):
        parse_file(raw, RECIPES, "population")
    with pytest.raises(LayoutNotRecognised, match="xml"):
        parse_file(raw, RECIPES, "test")
    assert parse_file(raw, RECIPES, "tidy").table.num_rows == 1


def test_every_reader_has_its_own_name() -> None:
    assert len({r.name for r in READERS}) == len(READERS)
