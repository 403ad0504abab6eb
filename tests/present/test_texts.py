"""Every sentence exists in both languages, is used, and no template speaks for itself."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from lienvung.present.texts import Texts, load_texts

ROOM = Path(__file__).parents[2] / "src" / "lienvung"
TEMPLATES = sorted((ROOM / "present" / "templates").glob("*.html"))


def test_both_languages_say_the_same_things() -> None:
    vi, en = load_texts("vi"), load_texts("en")
    assert vi.keys() == en.keys()
    for key in vi:
        facts = [{name for _, name, _, _ in Formatter().parse(texts[key]) if name} for texts in (vi, en)]
        assert facts[0] == facts[1], key


def test_a_key_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        Texts("vi")("no_such_key")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_templates_use_known_keys_and_no_words_of_their_own(template: Path) -> None:
    text = template.read_text("utf-8")
    known = load_texts("vi")
    used = re.findall(r'(?<!\w)t\("([a-z_0-9]+)"', text)
    assert [key for key in used if key not in known and not any(k.startswith(key) for k in known)] == []
    bare = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", " ", text, flags=re.DOTALL)
    bare = re.sub(r"<[^>]*>", " ", bare)
    assert re.findall(r"[^\W\d_]{2,}", bare.replace("doctype", "")) == []
