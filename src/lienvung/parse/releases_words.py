"""The words of a heading in a monthly release: which period, compared with what, how final.

"Tháng 12 năm 2023 so với cùng kỳ năm trước (%)" is December 2023 against the same period; "Cộng dồn 11 tháng
năm 2012" the months up to November; "Cơ cấu (%) Quý III năm 2023" a share.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lienvung.domain.periods import Period
from lienvung.parse.releases_sheets import QUARTERS

LEVEL, SAME, PREVIOUS, SHARE = "level", "same", "previous", "share"

_YEAR = r"(?:nam )*(?P<year>(?:19|20)\d{2})\b"
_SPANS = (
    re.compile(r"\b(?:cong don )?(?P<count>\d{1,2}) thang (?:dau )?" + _YEAR),
    re.compile(r"\bthang (?P<month>\d{1,2}) " + _YEAR),
    re.compile(r"\bthoi diem \d{1,2} (?P<month>\d{1,2}) (?P<year>(?:19|20)\d{2})\b"),
    re.compile(r"\bquy (?P<quarter>iv|iii|ii|i)\b ?(?:nam )*(?P<year>(?:19|20)\d{2})\b"),
    re.compile(r"\b(?:(?:ca|uoc tinh) )?" + _YEAR),
)
_QUARTER_THEN = re.compile(r"\b(?:nam )?(?P<year>(?:19|20)\d{2}) quy (?P<quarter>iv|iii|ii|i)\b")
_YEAR_WHOLE = re.compile(r"\bnam (?P<year>(?:19|20)\d{2}) ca nam\b")
_STATUSES = (("uoc", "estimate"), ("so bo", "preliminary"), ("thuc hien", "preliminary"), ("chinh thuc", "official"))
_NOISE = re.compile(
    r"\b(uoc tinh|uoc|tinh|thuc hien|so bo|chinh thuc|cong don|luy ke|ca nam|so voi|cung ky|cung thoi diem|nam truoc"
    r"|thang truoc|co cau|ca|(?<!mien )nam|so)\b"
)


@dataclass(frozen=True)
class Words:
    """What a heading says. ``rest``: the words that are neither period nor comparison nor status."""

    measure: str
    period: str
    status: str
    rest: str


def read_words(heading: str) -> Words | None:
    """The words of a folded heading; None where it names no period."""
    head, is_compared, base = re.sub(r"\bso (?=nam\b|cung\b)", "so voi ", heading).partition("so voi")
    if is_compared and not _find(head)[0]:
        if re.search(r"\d", head):
            return None
        # "So với cùng kỳ năm trước (%) Quý III năm 2023": the period stands behind
        trimmed = re.sub(r"\b(cung ky|cung thoi diem)( nam)?( truoc)?\b", " ", base, count=1)
        period, rest = _find(trimmed)
        return Words(SAME, period, _status(head + base), _bare(rest + head)) if period else None
    period, rest = _find(head)
    if not period:
        return None
    if not is_compared:
        measure = SHARE if re.search(r"\bco cau\b", head) else LEVEL
        return Words(measure, period, _status(head), _bare(rest))
    other, more = _find(base)
    measure = _against(period, other, base)
    return Words(measure, period, _status(head), _bare(f"{rest} {more}")) if measure else None


def span_of(period: str) -> Period:
    """The days of a period that a heading named."""
    return Period.parse(period)


def year_before(period: str) -> str:
    """The same period of the year before.

    >>> year_before("2023-Q4"), year_before("2012-01-01/P11M")
    ('2022-Q4', '2011-01-01/P11M')
    """
    return f"{int(period[:4]) - 1}{period[4:]}"


def find_period(text: str, year: str = "") -> str:
    """The period that a folded row label is; ``year`` for a quarter that names none."""
    lone = re.fullmatch(r"quy (iv|iii|ii|i)", text)
    if lone and year:
        return f"{year}-Q{QUARTERS[lone[1]]}"
    period, rest = _find(text)
    return period if period and not _bare(rest) else ""


def _find(text: str) -> tuple[str, str]:
    """The first period of a text and the text without it."""
    for pattern in (_QUARTER_THEN, _YEAR_WHOLE, *_SPANS):
        found = pattern.search(text)
        if found:
            return _period(found.groupdict()), f"{text[: found.start()]} {text[found.end() :]}"
    return "", text


def _period(part: dict[str, str | None]) -> str:
    year = str(part["year"])
    if part.get("month"):
        return f"{year}-{int(str(part['month'])):02d}" if 1 <= int(str(part["month"])) <= 12 else ""
    if part.get("quarter"):
        return f"{year}-Q{QUARTERS[str(part['quarter'])]}"
    if part.get("count"):
        count = int(str(part["count"]))
        names = {3: f"{year}-Q1", 6: f"{year}-S1", 12: year}
        return names.get(count, f"{year}-01-01/P{count}M") if 1 <= count <= 12 else ""
    return year


def _against(period: str, other: str, base: str) -> str:
    """Whether a comparison is with the same period of the year before or with the period just before."""
    if other:
        now, then = span_of(period), span_of(other)
        if then.text == year_before(period):
            return SAME
        if other == str(int(period[:4]) - 1) and re.search(r"\bcung (ky|thoi diem)\b", base):
            return SAME
        is_just_before = now.freq == then.freq and (now.start - then.end).days == 1
        return PREVIOUS if is_just_before and now.freq in "MQ" else ""
    if re.search(r"\b(thang|quy) truoc\b", base):
        return PREVIOUS
    return SAME if re.search(r"\bnam truoc\b|\bcung ky\b", base) else ""


def _status(text: str) -> str:
    return next((status for word, status in _STATUSES if re.search(rf"\b{word}\b", text)), "")


def _bare(text: str) -> str:
    return " ".join(_NOISE.sub(" ", text).split())
