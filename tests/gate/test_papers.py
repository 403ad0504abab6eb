"""The ASVS list names tests that exist and counts its own lines."""

from __future__ import annotations

import re

from tests.conftest import ROOT

PAPER = (ROOT / "docs" / "asvs.md").read_text("utf-8")


def test_every_test_that_the_list_names_exists() -> None:
    named = set(re.findall(r"`(\w+/test_\w+\.py|test_\w+\.py|[a-z]+/)`", PAPER))
    assert len(named) > 10
    missing = [n for n in named if not (ROOT / "tests" / n).exists() and not (ROOT / "src" / "lienvung" / n).exists()]
    assert missing == []


def test_the_counts_are_those_of_the_lines() -> None:
    for part in re.split(r"^## ", PAPER, flags=re.MULTILINE)[1:]:
        counts = {"Met": 0, "Open": 0, "N/A": 0}
        lines = re.findall(r"^\| \d+\.\d+\.(\d+)(?:–\d+\.\d+\.(\d+))? \|.*?\| (Met|Open|N/A) \|", part, re.M)
        for first, last, state in lines:
            counts[state] += int(last or first) - int(first) + 1
        title = part.splitlines()[0]
        assert f"| {title} | {sum(counts.values())} | {counts['Met']} | {counts['Open']} | {counts['N/A']} |" in PAPER
