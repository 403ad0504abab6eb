"""The public list of rules is made from the rules."""

from __future__ import annotations

import re
from pathlib import Path

from lienvung.validate.registry import all_rules, render_rules

ROOT = Path(__file__).parents[2]


def test_the_page_of_rules_is_in_step() -> None:
    assert (ROOT / "docs" / "rules.md").read_text("utf-8") == render_rules(), (
        "run: python -m lienvung.validate.registry > docs/rules.md"
    )


def test_every_rule_has_its_own_id_and_two_sentences() -> None:
    rules = all_rules()
    assert len({r[0] for r in rules}) == len(rules)
    for rule, _, vi, en in rules:
        assert re.fullmatch(r"[A-Z]+(-[A-Z]+)+(-\d+)?", rule)
        assert vi != en
        assert vi.endswith(".")
        assert en.endswith(".")
