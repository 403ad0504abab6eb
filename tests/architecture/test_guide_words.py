"""The guides' sections on the office call every button and heading as the pages do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from lienvung import present

GUIDES = Path(__file__).parents[2] / "docs" / "guide"
TEXTS = Path(present.__file__).parent / "texts"
SECTIONS = {
    "vi": ("Nộp tệp trên cổng", "Duyệt và công bố"),
    "en": ("Handing in on the portal", "Approving and publishing"),
}
MOST_LINES = 25


def section(lang: str, title: str) -> str:
    return (GUIDES / f"{lang}.md").read_text("utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize(("lang", "title"), [(lang, t) for lang, titles in SECTIONS.items() for t in titles])
def test_words_in_bold_are_those_of_the_pages(lang: str, title: str) -> None:
    said: set[str] = set()
    for path in sorted((TEXTS / lang).glob("*.yaml")):
        said |= {str(text) for text in yaml.safe_load(path.read_text("utf-8")).values()}
    told = section(lang, title)
    words = re.findall(r"\*\*(.+?)\*\*", told)
    assert len(words) >= 5
    assert [w for w in words if w not in said] == []
    assert len(told.splitlines()) <= MOST_LINES
