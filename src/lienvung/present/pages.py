"""The page templates with what every one of them may say."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from lienvung.domain.clocks import parse_instant
from lienvung.domain.names import fold
from lienvung.present.numbers import format_date, format_instant, format_number, format_period
from lienvung.present.texts import Texts


@cache
def _environment(lang: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("lienvung.present", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    texts = Texts(lang)
    environment.globals.update(t=texts, lang=lang)
    environment.filters["number"] = lambda value, decimals=None: format_number(value, decimals, lang)
    environment.filters["day"] = lambda value, precision="day": format_date(value, lang, precision)
    environment.filters["instant"] = lambda value: format_instant(value, lang)
    environment.filters["moment"] = lambda value: format_instant(parse_instant(value), lang)
    environment.filters["period"] = lambda value: format_period(value, lang)
    environment.filters["anchor"] = lambda text: re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return environment


def render_page(template: str, lang: str, **context: object) -> str:
    """A page of HTML in ``vi`` or ``en``; a fact that the template needs and is not given is an error."""
    return _environment(lang).get_template(template).render(**context)
