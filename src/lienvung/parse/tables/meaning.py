"""Which code does a printed text mean? Folded words compared with the catalogue's names, rare words counting more."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.indicators import Indicator
from lienvung.domain.names import fold, nfc
from lienvung.parse.tables.cells import first_language, split_languages

SURE, LEAD = 0.72, 0.06
"""An indicator is taken when it is this alike and this far ahead of the next."""
_CUT = re.compile(r"\b(?:phan theo|chia theo|tren dia ban(?= cac)|by|classified)\b.*")
_COMPARING = re.compile(r"\b(?:chi so|toc do|so voi|cung ky|100|index|growth|compared)\b")
_IDLE = frozenset(
    fold("của và theo các một số ở tại trên địa bàn chia phân chủ yếu tỉnh the of and by in at for on").split()
)
_MEASURES = frozenset(
    fold(
        "vốn trị lệ tốc suất cấu trọng năng mật tích lượng tuổi lũy hoạch tháng lao "
        "capital value rate share index growth"
    ).split()
)
"""Words that say what is measured: one that only one of two texts has makes them two things."""
_UNIT_WORDS = {
    "1000": "nghin", "ngan": "nghin", "thous": "thousand", "mill": "million", "mil": "million", "bill": "billion",
    "bil": "billion", "dongs": "vnd", "dong": "vnd", "person": "persons", "pers": "persons", "inhabitants": "persons",
    "household": "households", "project": "projects",
}  # fmt: skip
_RATIOS = {"PCT", "INDEX"}
_WHOLE = {"tong so", "total", "tong cong", "chung", "ca nuoc", "toan quoc", "tong", "toan tinh"}


@dataclass(frozen=True)
class Guess:
    """A code and how alike its name is, 0 to 1; ``is_whole``: every word of the name stands in the text."""

    code: str
    score: float
    name: str
    is_whole: bool = False


class Meanings:
    """Look-ups of printed words in one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._told: dict[tuple[str, str, str], list[Guess]] = {}

    @cached_property
    def _names(self) -> list[tuple[Indicator, set[str], set[str]]]:
        return [(i, set(words(i.name_vi)), set(words(i.name_en))) for i in self.catalogue.indicators.values()]

    @cached_property
    def _listed(self) -> list[tuple[str, str, set[str]]]:
        lists = (("activity", self.catalogue.activities), ("breakdown", self.catalogue.breakdowns))
        return [
            (f"{kind}:{c.code}", c.name_vi, set(words(c.name_vi)))
            for kind, codes in lists
            for c in codes.values()
            if not c.code.startswith("CTRY_")
        ]

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        names = [name for _, vi, en in self._names for name in (vi, en)]
        counts = Counter(w for name in names for w in name)
        return {w: math.log(1 + len(names) / n) for w, n in counts.items()}

    def _likeness(self, one: set[str], two: set[str]) -> float:
        rare = math.log(1 + 2 * len(self.catalogue.indicators))
        both = [sum(self._weights.get(w, rare) for w in s) for s in (one & two, one, two)]
        apart = 0.7 if (one ^ two) & _MEASURES else 1.0
        return apart * 2 * both[0] / (both[1] + both[2]) if both[1] + both[2] else 0.0

    def indicators(self, text: str, english: str = "", unit: str = "") -> list[Guess]:
        """Indicators by likeness of their names, best first; one whose unit is of another kind counts less."""
        key = (text, english, unit)
        if key not in self._told:
            self._told[key] = self._compare(text, english, unit)
        return list(self._told[key])

    def _compare(self, text: str, english: str, unit: str) -> list[Guess]:
        units, found = self.catalogue.units, []
        vi, en = (set(words(_CUT.sub("", fold(_YEAR.sub(" ", nfc(t)))))) for t in (text, english))
        is_comparing = bool(_COMPARING.search(f"{fold(text)} {fold(english)}"))
        for indicator, of_vi, of_en in self._names:
            alike = max(self._likeness(vi, of_vi) if vi else 0.0, self._likeness(en, of_en) if en else 0.0)
            own = units.get(indicator.unit)
            if unit in units and own and units[unit].base != own.base and not {units[unit].base, own.base} <= _RATIOS:
                alike *= 0.6
            if indicator.comparison and not is_comparing:
                alike *= 0.8
            if alike > 0.3:
                found.append(Guess(indicator.code, round(alike, 2), indicator.name_vi, of_vi <= vi))
        return sorted(found, key=lambda g: (-g.score, g.code))

    def unit(self, text: str) -> str:
        """The unit that a printed text names; empty if none.

        A text with two languages or without tones is compared in both.
        """
        own = first_language(text)
        wanted = {_unit_key(part) for part in (text, own, *(split_languages(text) if "/" not in own else ())) if part}
        for unit in self.catalogue.units.values():
            if wanted & {_unit_key(unit.name_vi), _unit_key(unit.name_en)} - {""}:
                return unit.code
        return ""

    def area(self, text: str, boundary: str = "") -> str:
        """The key of the province, region or country of a name: on the boundary given, else on any; empty if none."""
        gazetteer = self.catalogue.gazetteer
        days = [date.fromisoformat(d) for d in ("2004-06-01", "2008-08-01", "2025-07-01")]
        if boundary:
            days = [date.fromisoformat(f"{boundary}-12-31") if len(boundary) == 4 else date.fromisoformat(boundary)]
        for day in days:
            key = gazetteer.resolve_printed(text, day) if not text.strip().isdigit() else None
            if key:
                return str(key)
        return ""

    def area_inside(self, text: str, boundary: str = "") -> str:
        """The one area whose name stands in a longer text; empty if there is none or more than one.

        Of two that share the name on two boundaries, the one of ``boundary``.
        """
        wanted = f" {fold(text)} "
        provinces = [a for a in sorted(self.catalogue.gazetteer.areas.values(), key=lambda a: a.key)
                     if a.level == "province" and f" {fold(a.name_vi)} " in wanted]  # fmt: skip
        found = {a.key.code: str(a.key) for a in provinces}
        if len(found) > 1 and boundary:
            found = {a.key.code: str(a.key) for a in provinces if str(a.key).endswith(f"@{boundary}")}
        return next(iter(found.values())) if len(found) == 1 else ""

    def without_area(self, text: str) -> str:
        """A title without the name of the one area it is about."""
        key = self.area_inside(text)
        areas = self.catalogue.gazetteer.areas
        names = [a.name_vi for k, a in areas.items() if str(k) == key]
        return re.sub(rf"(?:tỉnh|thành phố)?\s*{re.escape(names[0])}", "", text, flags=re.IGNORECASE) if names else text

    def code_of(self, text: str, english: str = "", family: str = "") -> dict[str, str] | None:
        """``{}`` for a total, ``{"breakdown": …}`` or ``{"activity": …}`` for a listed name; None if it is neither.

        Of several codes with one name, the one of the ``family`` (how its code begins), else the first listed.
        """
        if fold(text) in _WHOLE or (english and fold(english) in _WHOLE):
            return {}
        found = self.codes_named(text, english)
        if not found:
            return None
        kind, code = next((f for f in found if family and f[1].startswith(family)), found[0])
        return {kind: code} if code != "_T" else {}

    def codes_named(self, text: str, english: str = "") -> list[tuple[str, str]]:
        """Every listed code of a name, as activity or breakdown: by the Vietnamese name, only then by the English."""
        for keys in ((fold(text), write_out(text)), (fold(english),)):
            found: dict[int, tuple[str, str]] = {}
            for key in keys:
                found |= self._codes.get(key, {}) if key else {}
            if found:
                return [found[place] for place in sorted(found)]
        return []

    @cached_property
    def _codes(self) -> dict[str, dict[int, tuple[str, str]]]:
        """Folded name → the codes that bear it, by their place in the lists."""
        found: dict[str, dict[int, tuple[str, str]]] = {}
        lists = (("activity", self.catalogue.activities), ("breakdown", self.catalogue.breakdowns))
        listed = [(kind, code) for kind, codes in lists for code in codes.values()]
        for place, (kind, code) in enumerate(listed):
            for name in (code.name_vi, code.name_en):
                found.setdefault(fold(name), {})[place] = (kind, code.code)
        return found

    def shortened(self, text: str) -> Guess | None:
        """The one listed code whose name has every word of a text and little more, as ``activity:CODE``."""
        own = set(words(text))
        found = [g for g in self.sorted_by(text) if g.score >= 0.85 and own <= set(words(g.name))]
        same = [g for g in found if fold(g.name) == fold(found[0].name)]
        return found[0] if found and len(same) == len(found) and len(own) > 1 else None

    def sorted_by(self, text: str) -> list[Guess]:
        """Breakdowns and activities whose names come near a text, best first, as ``breakdown:CODE``."""
        own = set(words(fold(text)))
        found = [Guess(code, round(self._likeness(own, of_name), 2), name) for code, name, of_name in self._listed]
        return sorted((g for g in found if g.score >= 0.5), key=lambda g: -g.score)


_SHORT = {
    "npl": "nguyen phu lieu", "pt": "phu tung", "lk": "linh kien", "hk": "hanh khach", "dn": "doanh nghiep",
    "xk": "xuat khau", "nk": "nhap khau", "nsnn": "ngan sach nha nuoc", "vlxd": "vat lieu xay dung", "ld": "lao dong",
    "kcn": "khu cong nghiep", "tm": "thuong mai", "dtnn": "dau tu nuoc ngoai", "ts": "tai san",
}  # fmt: skip
_YEAR = re.compile(r"(?<!so sánh )(?<!cố định )\bnăm\b(?:\s+(?:19|20)\d\d)?", re.IGNORECASE)
"""With its tone "năm" is a year; without, "nam" is male or south."""
_ABROAD = re.compile(r"\b(?:(?<=dau tu )|(?<=von ))nn\b")


def write_out(text: str) -> str:
    """The folded text with the abbreviations of statistical tables written out.

    >>> write_out("Khu vực có vốn đầu tư NN"), write_out("Kinh tế ngoài NN"), write_out("Linh kiện, PT ô tô")
    ('khu vuc co von dau tu nuoc ngoai', 'kinh te ngoai nha nuoc', 'linh kien phu tung o to')
    """
    told = _ABROAD.sub("nuoc ngoai", fold(text)).replace("kim ngach", "tri gia")
    return " ".join("nha nuoc" if w == "nn" else _SHORT.get(w, w) for w in told.split())


def words(text: str) -> list[str]:
    """The folded words that say something, abbreviations written out."""
    return [w for w in write_out(_YEAR.sub(" ", nfc(text))).split() if w not in _IDLE]


def choose(guesses: list[Guess]) -> Guess | None:
    """The best guess, where it is alike enough, clearly ahead, and the text does not name a second thing as well."""
    if not guesses or guesses[0].score < SURE:
        return None
    best = guesses[0]
    rivals = [g for g in guesses[1:] if g.score > best.score - LEAD]
    others = [g for g in guesses[1:] if g.is_whole and not set(words(g.name)) <= set(words(best.name))]
    return None if best.score < 1 and (rivals or others) else best


def _unit_key(text: str) -> str:
    if text.strip() in ("%", "‰"):
        return text.strip()
    plain = write_out(text.replace("²", "2").replace("³", "3").replace("đô la Mỹ", "USD"))
    plain = plain.replace("hanh khach", "nguoi")
    plain = plain.replace("luot nguoi km", "nguoi km") if plain.endswith("km") else plain
    return " ".join(_UNIT_WORDS.get(w, w) for w in plain.split())
