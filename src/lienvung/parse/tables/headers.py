"""A heading's words: which are its period, its status, its unit, its comparison, and what is left?"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from lienvung.domain.names import fold, nfc
from lienvung.domain.periods import Period
from lienvung.errors import LienVungError
from lienvung.parse.tables.cells import read_unit, split_languages

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_BASE_YEAR = re.compile(
    r"((?:gia|gia so sanh|gia co dinh|nam goc|goc|constant|prices? of)\s*(?:nam\s*)?)((?:19|20)\d\d)"
    r"|((?:19|20)\d\d)(\s*(?:prices?|=\s*100))"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_OF = r"(?:\s|cua|/|-|,|nam|year|of)*"
# "Nam" (male, south) is not "năm" (year), and both lose their tones below
_NAM = re.compile(r"\bnam\b(?!\s*(?:\d|truoc|trước|nay|goc|gốc))", re.IGNORECASE)
_FORMS = (
    re.compile(r"(?<!\d)(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?!\d)"),
    # flows since the beginning of the year, cut off on some day of its last month
    re.compile(rf"tu\s*0?1/0?1(?:/\d{{4}})?[\s–-]*(?:den)?\s*(?:ngay)?\s*\d{{1,2}}/(?P<count>\d{{1,2}})/{_YEAR}(?!\d)"),
    re.compile(rf"(?:ngay\s*)?(?<!\d)(?P<day>\d{{1,2}})\s*/\s*(?P<month>\d{{1,2}})\s*/\s*{_YEAR}(?!\d)"),
    re.compile(
        rf"(?<!\w)(?P<count>\d{{1,2}})\s*(?:thang|months)(?:\s*(?:dau\s*nam|dau|first))?(?:{_OF}{_YEAR})?(?!\d)"
    ),
    re.compile(rf"(?:quy|quarter|(?<!\w)q)\s*(?P<quarter>iv|i{{1,3}}|[1-4])(?!\w)(?:{_OF}{_YEAR})?(?!\d)"),
    re.compile(rf"(?:thang|month)\s*(?P<month>\d{{1,2}})(?!\d)(?:{_OF}{_YEAR})?(?!\d)"),
    re.compile(rf"(?:nam\s*)?(?<![\d#]){_YEAR}\s*[-–]\s*(?P<last>(?:19|20)\d\d)(?!\d)"),
    re.compile(rf"(?:(?:ca\s*)?nam\s*)?(?<![\d#]){_YEAR}(?!\d)"),
)
_RELATIVE = (
    (re.compile(r"cung ky(?: nam truoc)?"), "year before"),
    (re.compile(r"nam truoc"), "year before"),
    (re.compile(r"ky nay|thang nay|quy nay|nam nay"), "same"),
)
_STATUS = (
    (re.compile(r"\bso bo\b|\bprel(?:iminary|i|im)?\b\.?|\bpre\."), "preliminary"),
    (re.compile(r"\buoc(?: tinh)?\b|\best(?:imates?|imated)?\b\.?"), "estimate"),
)
_AGAINST = re.compile(r"\bso(?: sanh)? voi\b|\bso(?= (?:cung ky|nam|thang|quy|ke hoach)\b)|\bcompared (?:to|with)\b")
_UNIT = re.compile(r"\(([^()]{1,30})\)")
_IDLE = re.compile(
    r"\b(nam|year|years|chia ra|of which|trong do|luy ke|cong don|thuc hien(?= (?:luong|tri gia|gia tri|so luong)\b))\b"
)


@dataclass(frozen=True)
class Heading:
    """A heading taken apart.

    Attributes:
        printed: as it stands, lines joined. key: what is left, folded; with ``so voi …`` for a comparison.
        period: SDMX text or empty. status: empty, ``preliminary`` or ``estimate``. unit: as printed.
        relative: ``same`` or ``year before``, where the period is told by the table's own.
    """

    printed: str
    key: str
    period: str = ""
    status: str = ""
    unit: str = ""
    relative: str = ""


def bare(text: str) -> str:
    """The text in small letters without tones, punctuation kept.

    >>> bare("Quý I/2020 (ước)")
    'quy i/2020 (uoc)'
    """
    told = _NAM.sub("namz", nfc(text))
    plain = unicodedata.normalize("NFD", told.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def read_heading(lines: list[str], year: str = "") -> Heading:
    """Take apart a heading of one or several lines.

    Args:
        lines: the cells above a column, from the top. year: of the table, for a month without one.

    >>> read_heading(["Sơ bộ", "Prel. 2018"]).period, read_heading(["Sơ bộ", "Prel. 2018"]).status
    ('2018', 'preliminary')
    >>> read_heading(["Tổng số - Total", "2020"]).key, read_heading(["6 tháng đầu năm 2020"]).period
    ('tong so', '2020-S1')
    >>> read_heading(["Nam - Male"]).key, read_heading(["Năm - Year"]).key
    ('nam', '')
    >>> read_heading(["Tháng 01 năm 2024", "so với (%)", "Tháng 01 năm 2023"]).key
    'so voi cung ky nam truoc'
    """
    printed = " ".join(nfc(line) for line in lines if line.strip())
    full = " ".join(bare(line) for line in lines if line.strip())
    own, against = _cut(full)
    period, _, relative = take_period(own, year)
    if not period and re.search(r"cung ky|(?:nam|thang|quy) truoc", against):
        # "So với cùng kỳ năm trước: quý I năm 2023"
        period = take_period(against, year)[0]
    # "So với cùng kỳ năm trước: ước tính quý IV" says its own status behind
    status = next((code for form, code in _STATUS if form.search(own if own.strip() else against)), "")
    told = " ".join(split_languages(nfc(line))[0] for line in lines if line.strip())
    unit = next((u for u in (read_unit(m) for m in _UNIT.findall(nfc(told))) if u), "")
    key = _key(" ".join(bare(split_languages(nfc(line))[0]) for line in lines if line.strip()), year, unit)
    return Heading(printed, key, period, status, unit, relative)


def _cut(text: str) -> tuple[str, str]:
    """What stands before and after "so với"."""
    found = _AGAINST.search(text)
    return (text[: found.start()], text[found.end() :]) if found else (text, "")


def _key(text: str, year: str, unit: str) -> str:
    if unit:
        text = text.replace(f"({bare(unit)})", " ")
    own, against = _cut(text)
    period, rest, _ = take_period(own, year)
    for form, _ in _STATUS:
        rest = form.sub(" ", rest)
    rest = _male(" ".join(_IDLE.sub(" ", fold(rest)).split()))
    if not against and not _AGAINST.search(text):
        return rest
    return " ".join(f"{rest} so voi {_against(against, period, year)}".split())


def _against(text: str, period: str, year: str) -> str:
    """What a figure is compared with, told so that it reads alike every month; measures printed below come after it."""
    other, rest, relative = take_period(text, year)
    words = fold(rest)
    is_same_day = "cung thoi diem" in words
    words = words.replace("cung thoi diem", "")
    if relative == "year before" or "cung ky" in words or (is_same_day and _is_year_before(other, period)):
        kind, words = "cung ky nam truoc", re.sub(r"cung ky(?: nam truoc)?", "", words)
    elif other and _months_between(other, period) == 12:
        kind = "cung ky nam truoc"
    elif other and _months_between(other, period) == 1:
        kind = "thang truoc"
    elif other and _months_between(other, period) == 3 and "Q" in other:
        kind = "quy truoc"
    else:
        kind = "nam khac" if other and other[:4] != period[:4] else ""
        return _male(" ".join(f"{words} {kind}".split()))
    return _male(" ".join(f"{kind} {_IDLE.sub(' ', words)}".split()))


def _male(words: str) -> str:
    return words.replace("namz", "nam")


def timeless(text: str) -> str:
    """The folded words of a title without its periods and numbers; the year of constant prices stays.

    >>> timeless("3. Chỉ số giá tháng 01 năm 2024"), timeless("GRDP theo giá so sánh 2010, 2015 - 2020")
    ('chi so gia', 'grdp theo gia so sanh 2010')
    """
    hidden = _BASE_YEAR.sub(lambda m: f"{m[1] or ''}#{m[2] or m[3]}{m[4] or ''}", bare(text))
    for form in _FORMS:
        hidden = form.sub(" ", hidden)
    return _male(fold(re.sub(r"(?<![#\d])\d+", " ", hidden).replace("#", "")))


def _is_year_before(other: str, period: str) -> bool:
    return other[:4].isdigit() and period[:4].isdigit() and int(period[:4]) - int(other[:4]) == 1


def _months_between(first: str, second: str) -> int:
    try:
        one, two = Period.parse(first), Period.parse(second)
    except LienVungError:
        return 0
    same = one.freq == two.freq
    return (two.start.year - one.start.year) * 12 + two.start.month - one.start.month if same else 0


def take_period(text: str, year: str = "") -> tuple[str, str, str]:
    """Period, the text without it, and ``same`` or ``year before`` where it is told by the table's own.

    >>> take_period("den 31/12/2016")[0], take_period("den 20/12/2020")[0]
    ('2016', '2020-12-20')
    >>> take_period("thang 01/2024"), take_period("thang 6", "2020")[0], take_period("gia so sanh 2010")[0]
    (('2024-01', '', ''), '2020-06', '')
    """
    hidden = _BASE_YEAR.sub(lambda m: f"{m[1] or ''}#{m[2] or m[3]}{m[4] or ''}", text)
    for form in _FORMS:
        found = form.search(hidden)
        period = _period(found.groupdict(), year) if found else ""
        if found and period:
            rest = hidden[: found.start()] + " " + hidden[found.end() :]
            # the same period printed a second time, in the other language
            again = form.search(rest)
            if again and _period(again.groupdict(), year) == period:
                rest = rest[: again.start()] + " " + rest[again.end() :]
            return period, _shown(rest), ""
    for form, kind in _RELATIVE:
        found = form.search(hidden)
        if found:
            return "", _shown(hidden[: found.start()] + " " + hidden[found.end() :]), kind
    return "", _shown(hidden), ""


def _shown(text: str) -> str:
    return text.replace("#", "").strip()


def _period(part: dict[str, str | None], asked: str) -> str:
    """SDMX text of a match, or nothing where it has no year."""
    year = part.get("year") or asked
    if part.get("iso"):
        iso = part["iso"] or ""
        return iso[:4] if iso.endswith("-12-31") else iso
    if not year:
        return ""
    if part.get("day") == "31" and part["month"] == "12":
        text = year  # a stock at the end of a year is the year's
    elif part.get("day"):
        text = f"{year}-{int(part['month'] or 0):02d}-{int(part['day'] or 0):02d}"
    elif part.get("count"):
        months = int(part["count"] or 0)
        forms = {1: f"{year}-01", 3: f"{year}-Q1", 6: f"{year}-S1", 12: year}
        text = forms.get(months, f"{year}-01-01/P{months}M" if 1 < months < 12 else "")
    elif part.get("quarter"):
        quarter = part["quarter"] or ""
        text = f"{year}-Q{_ROMAN.get(quarter, quarter)}"
    elif part.get("month"):
        text = f"{year}-{int(part['month'] or 0):02d}"
    elif part.get("last"):
        count = int(part["last"] or 0) - int(year) + 1
        text = f"{year}-01-01/P{count}Y" if count > 1 else ""
    else:
        text = year
    try:
        return Period.parse(text).text if text else ""
    except LienVungError:
        return ""


def year_before(period: str) -> str:
    """The same stretch a year earlier.

    >>> year_before("2024-01"), year_before("2024-01-01/P9M")
    ('2023-01', '2023-01-01/P9M')
    """
    return f"{int(period[:4]) - 1}{period[4:]}" if period[:4].isdigit() else ""
