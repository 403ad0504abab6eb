"""Every address of the portal, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

LANGS = ("vi", "en")
SLUGS = {
    "vi": {"indicators": "chi-tieu", "areas": "dia-ban", "trace": "nguon-so", "search": "tim", "download": "tai-ve",
           "releases": "dot-cong-bo", "revisions": "dieu-chinh"},
    "en": {"indicators": "indicators", "areas": "areas", "trace": "trace", "search": "search", "download": "download",
           "releases": "releases", "revisions": "revisions"},
}  # fmt: skip
"""Words of the addresses. The parameters after ``?`` are the same in both languages (``web/state.py``)."""

Query = Mapping[str, str | Sequence[str] | None]


def _query(query: Query) -> str:
    kept = {key: value for key, value in query.items() if value}
    return "?" + urlencode(kept, doseq=True, safe="@,") if kept else ""


@dataclass(frozen=True)
class Links:
    """Addresses in one language."""

    lang: str

    def _at(self, *parts: str) -> str:
        return "/".join(["", self.lang, *(quote(p, safe="@") for p in parts)])

    def _word(self, name: str) -> str:
        return SLUGS[self.lang][name]

    def home(self, **query: str | None) -> str:
        """The first page."""
        return self._at("") + _query(query)

    def indicators(self) -> str:
        """The list of all indicators."""
        return self._at(self._word("indicators"))

    def indicator(self, code: str, query: Query | None = None, **more: str | Sequence[str] | None) -> str:
        """The page of an indicator with a view of it."""
        return self._at(self._word("indicators"), code) + _query({**(query or {}), **more})

    def download(self, code: str, form: str, query: Query | None = None, **more: str | None) -> str:
        """A file of what the indicator page shows: csv, xlsx, svg or png."""
        name = f"{self._word('download')}.{form}"
        return self._at(self._word("indicators"), code, name) + _query({**(query or {}), **more})

    def areas(self) -> str:
        """The list of areas."""
        return self._at(self._word("areas"))

    def area(self, key: str) -> str:
        """The page of an area."""
        return self._at(self._word("areas"), key)

    def trace(self, indicator: str, area_key: str, period: str, **query: str | None) -> str:
        """Where one figure came from."""
        return self._at(self._word("trace"), indicator, area_key, period) + _query(query)

    def revisions(self, indicator: str, area_key: str, **query: str | None) -> str:
        """Every vintage of a series and the size of its revisions."""
        return self._at(self._word("revisions"), indicator, area_key) + _query(query)

    def search(self, text: str = "") -> str:
        """What matches a text."""
        return self._at(self._word("search")) + _query({"q": text})

    def releases(self) -> str:
        """Everything that was published, newest first."""
        return self._at(self._word("releases"))


def other_language(path: str, query: str, lang: str) -> str:
    """The same page in another language: its words exchanged, its parameters kept."""
    parts = path.split("/")
    words = {word: name for name, word in SLUGS.get(parts[1], {}).items()} if len(parts) > 1 else {}
    for index, part in enumerate(parts):
        stem, dot, form = part.partition(".")
        if index >= 2 and stem in words and (index == 2 or dot):
            parts[index] = SLUGS[lang][words[stem]] + dot + form
    if len(parts) > 1:
        parts[1] = lang
    return "/".join(quote(p, safe="@") for p in parts) + (f"?{query}" if query else "")
