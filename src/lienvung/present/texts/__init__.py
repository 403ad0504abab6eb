"""Every sentence of the pages and downloads, by key, in Vietnamese and English."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml

LANGS = ("vi", "en")


@cache
def load_texts(lang: str) -> dict[str, str]:
    """The message catalogue of a language, key → sentence with ``{facts}``."""
    text = resources.files(__package__).joinpath(f"{lang}.yaml").read_text("utf-8")
    return {str(key): str(value).strip() for key, value in yaml.safe_load(text).items()}


class Texts:
    """The sentences of one language.

    >>> Texts("vi")("nav_indicators")
    'Chỉ tiêu'
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._texts = load_texts(lang)

    def __call__(self, key: str, **facts: object) -> str:
        """The sentence of a key with its facts filled in; an unknown key is a fault of ours (KeyError)."""
        text = self._texts[key]
        return text.format(**facts) if facts else text
