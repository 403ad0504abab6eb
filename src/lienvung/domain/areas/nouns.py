"""What an area, a region and a succession are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lienvung.domain.clocks import OPEN_DAY
from lienvung.errors import UnknownArea


def _first_day(text: str) -> date:
    return date(int(text), 1, 1) if len(text) == 4 else date.fromisoformat(text)


@dataclass(frozen=True, slots=True, order=True)
class AreaKey:
    """An area's code with the start of the boundary it belongs to, written ``80@2004``.

    ``valid_from`` is kept as the code list writes it: a year (the list of QĐ 124/2004) or a day.

    >>> AreaKey.parse("80@2025-07-01")
    AreaKey(code='80', valid_from='2025-07-01')
    >>> str(AreaKey("80", "2004"))
    '80@2004'
    """

    code: str
    valid_from: str

    def __str__(self) -> str:
        return f"{self.code}@{self.valid_from}"

    @classmethod
    def parse(cls, text: str) -> AreaKey:
        """Read ``code@valid_from``.

        Raises:
            UnknownArea: there is no ``@`` with something on both sides.
        """
        code, at, valid_from = text.strip().partition("@")
        if not (code and at and valid_from):
            raise UnknownArea(area=text, boundary="?", choices=f"{text}@2004, {text}@2025-07-01")
        return cls(code, valid_from)

    @property
    def start(self) -> date:
        """First day of the boundary (1 January where only a year is known)."""
        return _first_day(self.valid_from)


@dataclass(frozen=True, slots=True)
class Area:
    """A territory within one boundary vintage.

    ``level`` is country, region, key_region or province; ``valid_to`` is the first day on which the
    unit no longer exists (open: 9999-12-31). ``aliases`` are other printed names.
    """

    key: AreaKey
    level: str
    kind_vi: str
    name_vi: str
    name_en: str
    valid_to: date = OPEN_DAY
    aliases: tuple[str, ...] = ()
    source: str = ""

    def is_valid_on(self, day: date) -> bool:
        """Whether the unit existed on that day."""
        return self.key.start <= day < self.valid_to

    def name(self, lang: str) -> str:
        """The name in ``vi`` or ``en``."""
        return self.name_vi if lang == "vi" else self.name_en


@dataclass(frozen=True, slots=True)
class Succession:
    """``share`` of the predecessor's territory went to the successor on a day (1.0: all of it)."""

    predecessor: AreaKey
    successor: AreaKey
    day: date
    share: float
    basis: str
    document: str


@dataclass(frozen=True, slots=True)
class Region:
    """A named set of areas: a socio-economic region, a key economic region."""

    code: str
    set_code: str
    name_vi: str
    name_en: str
    valid_from: str
    valid_to: date
    source: str

    def name(self, lang: str) -> str:
        """The name in ``vi`` or ``en``."""
        return self.name_vi if lang == "vi" else self.name_en


@dataclass(frozen=True, slots=True)
class Membership:
    """An area belongs to a region; ``is_partial``: only a part of its territory does."""

    region: str
    area: AreaKey
    is_partial: bool = False
    note: str = ""
