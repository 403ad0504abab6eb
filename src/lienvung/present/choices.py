"""A person's choice among several issuers' claims, in words."""

from __future__ import annotations

from collections.abc import Iterable

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.discrepancies import Choice
from lienvung.present.indicators import name_code
from lienvung.present.numbers import format_date
from lienvung.present.texts import Texts


def name_choices(choices: Iterable[Choice], catalogue: Catalogue, issuer: str, lang: str) -> dict[tuple[str, str], str]:
    """(area, period) → who chose between several issuers' claims, when and why; as seen from one issuer's claim."""
    texts = Texts(lang)
    return {
        (c.area_key, c.period): texts(
            "choice_this" if c.issuer == issuer else "choice_other",
            by=c.by, day=format_date(c.day, lang), reason=c.reason,
            issuer=name_code(catalogue.issuers, c.issuer, lang),
        )
        for c in choices
    }  # fmt: skip
