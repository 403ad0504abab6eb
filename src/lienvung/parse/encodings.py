"""Vietnamese text in its older encodings becomes Unicode, where the words themselves show which encoding it is.

A font-based text (TCVN3 "ABC", VNI) says nowhere what it is. Its words are converted by every candidate, and the
share that are well-formed Vietnamese syllables decides; where no candidate is clearly ahead nothing is converted.
The byte values are those of TCVN 5712:1993 (VN3) and of the VNI fonts for Windows.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lienvung.domain.handovers import INFO, Finding
from lienvung.domain.wide_text import utf16_codec
from lienvung.parse.syllables import is_syllable

FEWEST_WORDS = 3
"""So many different words with tones are needed before anything is decided."""
LEAST_SHARE, LEAST_LEAD = 0.8, 0.15
"""The winner's share of well-formed syllables, and how far it is ahead of every other candidate."""
MOST_WORDS, MOST_SAMPLE = 3_000, 2**20

_NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI", "cp1258": "Windows-1258"}

_TCVN3 = str.maketrans(dict(zip(
    "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
    "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ", strict=True,
)))  # fmt: skip
_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_BREVES = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
_HATS = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_table() -> dict[str, str]:
    """Every letter of VNI, one or two signs long, in both cases."""
    lower = dict(_VNI_SINGLE)
    for base, letter in (*((v, v) for v in "aeouy"), ("ô", "ơ"), ("ö", "ư")):
        lower |= {base + sign: letter + tone for sign, tone in _TONES.items()}
    lower |= {"a" + sign: "ă" + tone for sign, tone in _BREVES.items()}
    for base in "aeo":
        lower |= {base + sign: unicodedata.normalize("NFC", base + "\u0302") + tone for sign, tone in _HATS.items()}
    lower = {old: unicodedata.normalize("NFC", new) for old, new in lower.items()}
    mixed = {old[0].upper() + old[1:]: new.upper() for old, new in lower.items() if len(old) > 1}
    return lower | mixed | {old.upper(): new.upper() for old, new in lower.items()}


_VNI = _vni_table()
_VNI_LETTERS = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_OLD_WORD = re.compile("[A-Za-z\u00a1-\u00ff]+")
_LETTER = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile("[^\x00-\xff]")


@dataclass(frozen=True)
class Guess:
    """Which encoding was decided (``tcvn3``, ``vni``, ``cp1258``) and on what evidence.

    ``share``: well-formed syllables among ``words`` different words with tones; ``before``: the same unconverted.
    """

    encoding: str
    share: float
    before: float
    words: int
    examples: tuple[tuple[str, str], ...] = ()

    def finding(self, sheet: str | None = None) -> Finding:
        """The decision and its evidence, for the reader."""
        name = _NAMES[self.encoding]
        shown = ", ".join(f"'{old}' → '{new}'" for old, new in self.examples)
        return Finding(
            "ENCODING-GUESSED", INFO,
            f"Chữ Việt được đọc theo bảng mã {name}: sau khi chuyển, {self.share:.0%} trong {self.words} từ có dấu là "
            f"âm tiết tiếng Việt (để nguyên: {self.before:.0%}). Ví dụ: {shown}.",
            f"The text was read as {name}: {self.share:.0%} of {self.words} words with tones are Vietnamese syllables "
            f"once converted (as they stand: {self.before:.0%}). For example: {shown}.",
            sheet, None, "Nếu chữ đọc sai, lưu tệp bằng Unicode (CSV UTF-8) rồi nộp lại.",
            "If the words are wrong, save the file as Unicode (CSV UTF-8) and submit it again.",
        )  # fmt: skip


def from_tcvn3(text: str) -> str:
    """Text typed in an ABC font; capital letters with tones exist only as fonts, so a word in capitals is made whole.

    >>> from_tcvn3("B×nh D\u00ad¬ng"), from_tcvn3("B×NH D¦¥NG")
    ('Bình Dương', 'BÌNH DƯƠNG')
    """
    return _LETTER.sub(_capitals, text.translate(_TCVN3))


def _capitals(found: re.Match[str]) -> str:
    plain = [c for c in found[0] if c.isascii()]
    return found[0].upper() if len(plain) > 1 and all(c.isupper() for c in plain) else found[0]


def from_vni(text: str) -> str:
    """Text typed in a VNI font.

    >>> from_vni("Bình Döông"), from_vni("BAØ RÒA - VUÕNG TAØU"), from_vni("Ñaék Laék")
    ('Bình Dương', 'BÀ RỊA - VŨNG TÀU', 'Đắk Lắk')
    """
    return _VNI_LETTERS.sub(lambda found: _VNI[found[0]], text)


def from_cp1258(text: str) -> str:
    """Windows-1258 bytes that were taken for ISO-8859-1; the tones, signs of their own there, join their letters.

    >>> from_cp1258("Viêòt Nam")
    'Việt Nam'
    """
    return unicodedata.normalize("NFC", text.encode("latin-1").decode("cp1258", "replace"))


_CONVERTERS: dict[str, Callable[[str], str]] = {"tcvn3": from_tcvn3, "vni": from_vni, "cp1258": from_cp1258}


def _share(words: Sequence[str], convert: Callable[[str], str]) -> float:
    return sum(is_syllable(convert(w)) for w in words) / len(words)


def _old_words(texts: Iterable[str]) -> list[str]:
    """Different words with signs beyond ASCII, all of them of an eight-bit encoding."""
    words: dict[str, None] = {}
    for text in texts:
        if not text.isascii():
            words |= {w: None for w in _OLD_WORD.findall(text) if not w.isascii()}
            if len(words) > MOST_WORDS:
                break
    return list(words)


def guess_encoding(texts: Iterable[str], encodings: Sequence[str] = ("tcvn3", "vni")) -> Guess | None:
    """The older encoding that these texts are in, or None: Unicode already, too few words, or no clear winner."""
    words = _old_words(texts)
    if len(words) < FEWEST_WORDS:
        return None
    before = _share(words, str)
    shares = sorted(((_share(words, _CONVERTERS[e]), e) for e in encodings), reverse=True)
    share, best = shares[0]
    rivals = [before, *(s for s, _ in shares[1:])]
    if share < LEAST_SHARE or share - max(rivals) < LEAST_LEAD:
        return None
    good = [(w, _CONVERTERS[best](w)) for w in words if is_syllable(_CONVERTERS[best](w))]
    return Guess(best, share, before, len(words), tuple(good[:3]))


def convert_text(text: str, encoding: str) -> str:
    """A text in Unicode; one that holds signs of no eight-bit encoding is Unicode already and stays."""
    if text.isascii() or _FOREIGN.search(text):
        return text
    return _CONVERTERS[encoding](text)


def to_utf8(data: bytes) -> tuple[bytes, Guess | None]:
    """A text file as UTF-8 without mark, and what had to be guessed for that.

    Raises:
        UnicodeDecodeError: not UTF-8, and its words do not show what else it is.
    """
    if wide := utf16_codec(data):
        data = data.decode(wide, "replace").encode("utf-8", "replace")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        guess = guess_bytes(data)
        if guess is None:
            raise
        return convert_text(data.decode("latin-1"), guess.encoding).encode(), guess
    if text.isascii():
        return data, None
    guess = guess_encoding(text[:MOST_SAMPLE].split("\n"))
    if guess is None:
        return data, None
    return "\n".join(convert_text(line, guess.encoding) for line in text.split("\n")).encode(), guess


def guess_file(path: Path) -> Guess | None:
    """What ``to_utf8`` had to guess of a text file."""
    try:
        return to_utf8(path.read_bytes())[1]
    except (UnicodeDecodeError, OSError):
        return None


def guess_bytes(data: bytes) -> Guess | None:
    """The encoding of bytes that are not UTF-8."""
    return guess_encoding([data[: 4 * MOST_SAMPLE].decode("latin-1")], ("tcvn3", "vni", "cp1258"))


def read_head(head: bytes, otherwise: str = "utf-8") -> str:
    """The beginning of a text file, cut anywhere; what cannot be told is read as ``otherwise``."""
    if wide := utf16_codec(head[: len(head) // 2 * 2]):
        return head.decode(wide, "replace").removeprefix("\ufeff")
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head)
        guess = guess_encoding(text.split("\n"))
    except UnicodeDecodeError:
        guess = guess_bytes(head)
        text = head.decode("latin-1") if guess else head.decode(otherwise, "replace")
    return "\n".join(convert_text(line, guess.encoding) for line in text.split("\n")) if guess else text


def convert_rows(rows: list[list[object]]) -> tuple[list[list[object]], Guess | None]:
    """A sheet's cells in Unicode, and what had to be guessed for that."""
    guess = guess_encoding(_texts(rows))
    if guess is None:
        return rows, None
    change = lru_cache(4096)(convert_text)
    return [[change(c, guess.encoding) if isinstance(c, str) else c for c in row] for row in rows], guess


def _texts(rows: list[list[object]]) -> Iterator[str]:
    return (c for row in rows for c in row if isinstance(c, str) and not c.isascii())
