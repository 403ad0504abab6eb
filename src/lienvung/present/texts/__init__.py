"""Every sentence of the pages and downloads, by key, in Vietnamese and English."""

from __future__ import annotations

from functools import cache
from importlib import resources

import yaml

LANGS = ("vi", "en")


@cache
def load_texts(lang: str) -> dict[str, str]:
    """The message catalogue of a language, key → sentence with ``{facts}``: every file of its folder, joined.

    Raises:
        ValueError: two files have a sentence of the same key.
    """
    found: dict[str, str] = {}
    folder = resources.files(__package__).joinpath(lang)
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".yaml"):
            continue
        sentences = {str(k): str(v).strip() for k, v in (yaml.safe_load(file.read_text("utf-8")) or {}).items()}
        if twice := sorted(found.keys() & sentences.keys()):
            raise ValueError(f"{lang}/{file.name}: {', '.join(twice)}")
        found |= sentences
    return found


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
