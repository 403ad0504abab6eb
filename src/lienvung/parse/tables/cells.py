"""What a cell looks like on its own: blank, figure, year, unit, words in two languages."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from lienvung.domain.names import fold, nfc
from lienvung.domain.observations import MARKS
from lienvung.parse.workbook import Sheet

LONGEST_FIGURE, LONGEST_WORDS = 60, 400
"""Longer texts are no figures, and are not looked through for units and a second language."""
_NUMBER = re.compile(r"[+\-−]?(?:\d[\d.,  \u202f]*|[.,]\d+)\s*%?")
_NOTE_MARK = re.compile(r"\s*(?:\(\s*\*+\s*\)|\*+|\(\d\)|[¹²³]+)\s*$")
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT_PREFIX = re.compile(r"\(?\s*(?:đơn vị(?: tính)?|đvt|unit)\s*[:.]\s*(?P<unit>[^()]+?)\s*\)?$", re.IGNORECASE)
_UNIT_WORDS = re.compile(
    r"(?:1000|nghin|ngan|trieu|ty(?! le| trong| gia| so| suat)|thous"
    r"|mill|bill|ha|tan|ta|nguoi|dong|usd|vnd|doanh nghiep|du an|ho|km2?|m2|m3|con|vu"
    r"|lan|diem|luot|nam|tuoi|persons?|household|co so|don vi|giuong|can bo|hoc sinh|chiec|cai)\b.*"
)
_PER = re.compile(r"^(?:km2?|ha|m2|m3|nguoi|dan|nam|thang|ngay|vu|kwh|ho|phu nu|1000)\b")
_ENGLISH = re.compile(r"[A-Za-z]")


DITTO = ('"', "''", "”", "“", "nt", "-nt-", "như trên", "″")
"""What repeats the cell above."""


def is_blank(value: object) -> bool:
    """Whether nothing stands in a cell."""
    return value is None or (isinstance(value, str) and not value.strip())


def show(value: object) -> str:
    """A cell as a person would read it: 2020 not 2020.0, no noise of binary fractions.

    >>> show(2020.0), show(0.1 + 0.2), show(None), show(" a ")
    ('2020', '0.3', '', ' a ')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return format(value, ".15g") if abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date) else str(value)


UNCALCULATED = float("nan")
"""Stands in a cell whose formula has no result kept: a figure that is not there, not a blank."""
_EPOCH, _FIRST_SERIAL, _LAST_SERIAL = date(1899, 12, 30), 29_221, 73_050


def serial_date(value: object) -> date | None:
    """The day that a bare number is in Excel's count, between 1980 and 2099; None for what cannot be one.

    >>> serial_date(43465.0), serial_date("43465"), serial_date(12.5), serial_date("2018")
    (datetime.date(2018, 12, 31), datetime.date(2018, 12, 31), None, None)
    """
    text = show(value).strip() if isinstance(value, (int, float, str)) and not isinstance(value, bool) else ""
    if not re.fullmatch(r"\d{5}", text) or not _FIRST_SERIAL <= int(text) <= _LAST_SERIAL:
        return None
    return _EPOCH + timedelta(days=int(text))


def are_serial_dates(values: list[object]) -> bool:
    """Whether bare numbers are days: two or more, each the first or last of a month, all rising or all falling.

    >>> are_serial_dates([43100, 43465]), are_serial_dates([43100, 51234])
    (True, False)
    """
    days = [serial_date(v) for v in values]
    told = [d for d in days if d and (d.day == 1 or (d + timedelta(days=1)).day == 1)]
    if len(told) < 2 or len(told) < len(days):
        return False
    return told in (sorted(set(told)), sorted(set(told), reverse=True))


def show_day(day: date, code: str = "") -> str:
    """A day as its number format shows it: a month, a year, or the day.

    >>> show_day(date(2018, 6, 1), "mm/yyyy"), show_day(date(2018, 1, 1), "yyyy"), show_day(date(2018, 12, 31))
    ('tháng 6/2018', '2018', '31/12/2018')
    """
    plain = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", code).lower()
    if plain and "d" not in plain and "y" in plain:
        return f"tháng {day.month}/{day.year}" if "m" in plain else str(day.year)
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def show_at(sheet: Sheet, row: int, column: int, is_serial: bool = False) -> str:
    """A heading or label as a person sees it; ``is_serial``: a bare number there is a day."""
    value = sheet.cell(row, column)
    code = sheet.details.format(row, column).code if sheet.details else ""
    if isinstance(value, (date, datetime)):
        return show_day(value.date() if isinstance(value, datetime) else value, code)
    day = serial_date(value) if is_serial else None
    return show_day(day) if day else show(value)


def cut_note_mark(text: str) -> tuple[str, str]:
    """A printed figure without its footnote mark, and the mark.

    >>> cut_note_mark("1.234,5 (*)"), cut_note_mark("(*)"), cut_note_mark("12")
    (('1.234,5', '*'), ('(*)', ''), ('12', ''))
    """
    found = _NOTE_MARK.search(text)
    if not found or not text[: found.start()].strip():
        return text.strip(), ""
    return text[: found.start()].strip(), found[0].strip("() \t")


def is_figure(value: object) -> bool:
    """Whether a cell holds a number, a text that reads as one, or a mark for a missing value."""
    if isinstance(value, bool) or is_blank(value):
        return False
    if isinstance(value, (int, float)):
        return True
    if not isinstance(value, str):
        return False
    if len(value) > LONGEST_FIGURE:
        return False
    bare = cut_note_mark(value)[0]
    return bare in MARKS or bool(_NUMBER.fullmatch(bare))


def is_year(value: object) -> bool:
    """Whether a cell is a whole number between 1900 and 2099."""
    return is_figure(value) and bool(_YEAR.fullmatch(show(value).strip()))


def read_unit(text: str, is_lone: bool = True) -> str:
    """The unit that a line names, in its first language, or nothing; ``is_lone``: nothing else stands on its row.

    >>> read_unit("Đơn vị tính: Nghìn người - Unit: Thous. persons"), read_unit("Tỷ đồng"), read_unit("Tổng số")
    ('Nghìn người', 'Tỷ đồng', '')
    >>> read_unit("Đơn vị tính: Người/km2 - Pers./km2"), read_unit("Tạ/ha")
    ('Người/km2', 'Tạ/ha')
    """
    if len(text) > LONGEST_WORDS:
        return ""
    line = nfc(text)
    found = _UNIT_PREFIX.search(re.split(r"\s*[-–/]\s*(?=unit\b)", line, flags=re.IGNORECASE)[0])
    if found:
        return first_language(found["unit"])
    if not is_lone or len(line) > 45:
        return ""
    first = first_language(line.strip("() "))
    return first if first in ("%", "‰") or _UNIT_WORDS.fullmatch(fold(first)) else ""


def first_language(unit: str) -> str:
    """A unit without its English name; "Người/km2" is one unit, not two languages."""
    if not _PER.match(fold(unit.partition("/")[2])):
        return split_languages(unit)[0]
    return nfc(re.split(r"\s+[-–]\s+|\s*/\s*(?=[A-Z])", unit)[0])


def has_tones(text: str) -> bool:
    """Whether a text has letters that only Vietnamese writes."""
    return any(ord(c) > 127 and c.isalpha() for c in text)


def split_languages(text: str) -> tuple[str, str]:
    """A bilingual text as its Vietnamese and its English half; a text of one language has no English.

    >>> split_languages("Phân theo giới tính - By sex"), split_languages("Nam / Male")
    (('Phân theo giới tính', 'By sex'), ('Nam', 'Male'))
    >>> split_languages("Bà Rịa - Vũng Tàu"), split_languages("2015 - 2020"), split_languages("Hà Nội")
    (('Bà Rịa - Vũng Tàu', ''), ('2015 - 2020', ''), ('Hà Nội', ''))
    """
    if len(text) > LONGEST_WORDS:
        return nfc(text), ""
    for sign in ("\n", " - ", " – ", " / ", "/"):
        for at in range(len(text)):
            if not text.startswith(sign, at):
                continue
            vi, en = nfc(text[:at]), nfc(text[at + len(sign) :])
            if _is_english_of(vi, en, sign):
                return vi, en
    return nfc(text), ""


def _is_english_of(vi: str, en: str, sign: str) -> bool:
    if not vi or not en or has_tones(en) or not _ENGLISH.search(en) or not re.search(r"[^\W\d]", vi):
        return False
    return has_tones(vi) or (sign != "/" and en[:1].isupper() and fold(vi) != fold(en))
