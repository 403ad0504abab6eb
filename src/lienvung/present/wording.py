"""Codes as people read and search them, and back: ``Dân số trung bình · POP_AVG``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lienvung.domain.areas import Area, AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY
from lienvung.domain.names import fold
from lienvung.domain.observations import TOTAL
from lienvung.present.places import name_place
from lienvung.present.texts import Texts

ASK, SKIP, PLAIN = "?", "skip", "="
"""A person must choose; not read; as the table says."""
SEPARATOR = " · "
MERGER = date(2025, 7, 1)
BOUNDARIES = ("2004", "2025-07-01")


class Wording:
    """Codes as people read them, and back: ``Dân số trung bình · POP_AVG``."""

    def __init__(self, catalogue: Catalogue, lang: str, boundary: str = ASK) -> None:
        self._texts, self._catalogue, self._lang = Texts(lang), catalogue, lang
        indicators = [(i.code, i.name(lang)) for i in catalogue.indicators.values()]
        breakdowns = [(c.code, c.name(lang)) for c in catalogue.breakdowns.values() if c.code != TOTAL]
        areas = {str(a.key): name_place(str(a.key), catalogue, lang, is_full=True) for a in self._areas(boundary)}
        self._bare = {AreaKey.parse(key).code: key for key in areas} if boundary in BOUNDARIES else {}
        issuers = [(c.code, c.name(lang)) for c in catalogue.issuers.values()]
        self.lists: dict[str, list[tuple[str, str]]] = {
            "indicator": indicators, "area": list(areas.items()), "issuer": issuers, "breakdown": breakdowns,
            "unit": [(u.code, u.name(lang)) for u in catalogue.units.values()],
            "meaning": [(PLAIN, self._texts("prop_plain")), (SKIP, self._texts("prop_skip")), *indicators,
                        *((f"breakdown:{c}", n) for c, n in breakdowns), *((f"area:{c}", n) for c, n in areas.items())],
        }  # fmt: skip

    def _areas(self, boundary: str) -> list[Area]:
        """The provinces and wholes of a boundary; all of them where it is not known."""
        areas = [a for a in self._catalogue.gazetteer.areas.values() if a.level in ("province", "country", "region")]
        if boundary == "2004":
            return [a for a in areas if a.level != "province" or a.valid_to != OPEN_DAY or a.key.start < MERGER]
        return [a for a in areas if a.valid_to == OPEN_DAY] if boundary == "2025-07-01" else areas

    def say(self, kind: str, code: str) -> str:
        """The text of a code; a code that is in no list stands as it is; ``?`` is an empty field."""
        if code in ("", ASK):
            return ""
        head, mark, bare = code.rpartition(":")
        if (kind == "area" or head == "area") and bare in self._bare:
            code = head + mark + self._bare[bare]
        name = dict(self.lists.get(kind, ())).get(code)
        return f"{name}{SEPARATOR}{code}" if name else code

    def read(self, kind: str, text: str) -> str:
        """The code of what a person wrote: picked from the list, the bare code, or the bare name."""
        said = text.strip()
        bare = said.rpartition(SEPARATOR)[2].strip() if SEPARATOR in said else said
        codes = dict(self.lists.get(kind, ()))
        if bare in codes or not said:
            return bare or ASK
        named = [code for code, name in codes.items() if fold(name) == fold(said)]
        return named[0] if len(named) == 1 else bare

    def knows(self, kind: str, code: str) -> bool:
        """Whether a code is in a list; a meaning may also be an activity, or an area by its whole key."""
        listed = dict(self.lists.get(kind, ()))
        head, _, rest = code.partition(":")
        if kind == "meaning" and rest:
            known = {"activity": self._catalogue.activities, "breakdown": self._catalogue.breakdowns}
            return code in listed or rest in known.get(head, ()) or (head == "area" and self.knows("area", rest))
        keys = {str(a) for a in self._catalogue.gazetteer.areas}
        return code in listed or (kind == "area" and code in keys)


def meaning_of(spec: object) -> tuple[str, str]:
    """The main code of a part of a recipe, and the unit beside it.

    >>> meaning_of("skip"), meaning_of({}), meaning_of({"breakdown": "SEX_M", "unit": "PERSONS"})
    (('skip', ''), ('=', ''), ('breakdown:SEX_M', 'PERSONS'))
    >>> meaning_of({"indicator": "POP_AVG", "only": ["_"]}), meaning_of("?")
    (('POP_AVG', ''), ('?', ''))
    """
    if not isinstance(spec, Mapping):
        return str(spec), ""
    unit = str(spec.get("unit", ""))
    for kind in ("indicator", "breakdown", "area", "activity"):
        if kind in spec:
            return (str(spec[kind]) if kind == "indicator" else f"{kind}:{spec[kind]}"), unit
    return PLAIN, unit


def answer_of(code: str, unit: str) -> str:
    """The answer that the reading takes for a meaning and a unit.

    >>> answer_of("=", ""), answer_of("skip", ""), answer_of("POP_AVG", "PERSONS"), answer_of("area:74", "")
    ('', 'skip', 'indicator:POP_AVG,unit:PERSONS', 'area:74')
    """
    if code in (SKIP, ASK):
        return code
    head = "" if code == PLAIN else code if ":" in code else f"indicator:{code}"
    return ",".join(p for p in (head, f"unit:{unit}" if unit else "") if p)
