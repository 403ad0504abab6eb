"""Which format and language does the client want?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fastapi import Request

from lienvung.api.parameters import one_of
from lienvung.api.versions import is_version_wanted
from lienvung.errors import BadValue, NotAcceptable


@dataclass(frozen=True, slots=True)
class MediaType:
    """A format on offer or chosen: ``kind`` is csv or json; ``options`` are the parameters of SDMX-CSV."""

    name: str
    kind: str
    version: str
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def header(self) -> str:
        """The Content-Type to answer with."""
        if self.name.startswith("application/vnd.sdmx"):
            return f"{self.name};version={self.version}" + "".join(f";{k}={v}" for k, v in self.options.items())
        return f"{self.name}; charset=utf-8"


_DATA, _STRUCTURE = "application/vnd.sdmx.data+{}", "application/vnd.sdmx.structure+json"
DATA_OFFERS = (
    MediaType(_DATA.format("json"), "json", "2.1.0"),
    MediaType(_DATA.format("json"), "json", "2.0.0"),
    MediaType(_DATA.format("csv"), "csv", "2.1.0"),
    MediaType(_DATA.format("csv"), "csv", "2.0.0"),
    MediaType("application/json", "json", "2.1.0"),
    MediaType("text/csv", "csv", "2.0.0"),
)
STRUCTURE_OFFERS = (
    MediaType(_STRUCTURE, "json", "2.1.0"),
    MediaType(_STRUCTURE, "json", "2.0.0"),
    MediaType("application/json", "json", "2.1.0"),
)
CSV_OPTIONS = {
    "labels": ("id", "name", "both"),
    "timeFormat": ("original", "normalized"),
    "keys": ("none", "obs", "series", "both"),
}


def choose_media(accept: str, offers: tuple[MediaType, ...]) -> MediaType:
    """The first offer that the client likes best; the first of all for ``*/*`` or nothing.

    Raises:
        NotAcceptable: none of what the client accepts is on offer.
    """
    for name, options in _ranked(accept):
        for offer in offers:
            if _covers(name, offer.name) and is_version_wanted(options.get("version", "*"), offer.version):
                chosen = {k: v for k, v in options.items() if k in CSV_OPTIONS and offer.kind == "csv"}
                return MediaType(offer.name, offer.kind, offer.version, chosen)
    listed = ", ".join(dict.fromkeys(o.header for o in offers))
    raise NotAcceptable(asked=accept, choices=listed)


def _ranked(accept: str) -> list[tuple[str, dict[str, str]]]:
    found = []
    for at, part in enumerate((accept.strip() or "*/*").split(",")):
        name, *rest = (p.strip() for p in part.split(";"))
        options = {k.strip(): v.strip().strip('"') for k, _, v in (r.partition("=") for r in rest)}
        try:
            weight = float(options.pop("q", "1"))
        except ValueError:
            weight = 0.0
        if weight > 0 and name:
            found.append((-weight, at, name.lower(), options))
    return [(name, options) for _, _, name, options in sorted(found, key=lambda f: f[:2])]


def _covers(asked: str, offered: str) -> bool:
    return asked in ("*/*", offered) or (asked.endswith("/*") and offered.startswith(asked[:-1]))


def negotiate_data(request: Request, query: Mapping[str, str]) -> MediaType:
    """The format of a data message: ``format=`` wins over the Accept header; CSV options may come either way.

    Raises:
        NotAcceptable: nothing fits. BadValue: an option has another value than allowed.
    """
    accept = request.headers.get("accept", "*/*")
    if "format" in query:
        one_of(query["format"], "format", ("csv", "json"))
        accept = {"csv": "text/csv", "json": "application/json"}[query["format"]]
    media = choose_media(accept, DATA_OFFERS)
    asked = dict(media.options) | {k: query[k] for k in CSV_OPTIONS if k in query}
    for name, value in asked.items():
        one_of(value, name, CSV_OPTIONS[name])
        if media.kind != "csv":
            raise BadValue(value=value, name=name, choices="format=csv")
    return MediaType(media.name, media.kind, media.version, asked)


def choose_language(request: Request, query: Mapping[str, str]) -> str:
    """``vi`` or ``en``: by ``lang=``, else by Accept-Language, else Vietnamese.

    Raises:
        BadValue: ``lang`` is neither.
    """
    if "lang" in query:
        return one_of(query["lang"], "lang", ("vi", "en"))
    for name, _ in _ranked(request.headers.get("accept-language", "vi")):
        if name.split("-")[0] in ("vi", "en"):
            return name.split("-")[0]
    return "vi"
