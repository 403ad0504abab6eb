"""Vietnamese text compared as people compare it: tones, spacing and tone style do not matter."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

_NOT_WORD = re.compile(r"[^0-9a-z]+")


def nfc(text: str) -> str:
    """The text in Unicode NFC, outer blanks gone, inner runs of blanks made one.

    >>> nfc("  Binh   Duong ")
    'Binh Duong'
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """The text without tones, case and punctuation, for search and for matching printed names.

    >>> fold("Bà Rịa - Vũng Tàu") == fold("Ba Ria  Vung Tau") == "ba ria vung tau"
    True
    >>> fold("Đắk Lắk"), fold("Hoà Bình") == fold("Hòa Bình")
    ('dak lak', True)
    """
    text = text.replace("đ", "d").replace("Đ", "D")
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", bare.casefold()).strip()


def nearest(text: str, choices: Iterable[str], count: int = 3) -> list[str]:
    """The choices that look most like ``text`` once folded, best first; may be empty.

    >>> nearest("GRPD_CUR", ["GRDP_CUR", "POP_AVG"])
    ['GRDP_CUR']
    """
    by_fold: dict[str, str] = {}
    for choice in choices:
        by_fold.setdefault(fold(choice), choice)
    return [by_fold[f] for f in get_close_matches(fold(text), list(by_fold), count, 0.5)]
