"""The covering document of a submission: số, ngày, cơ quan, người ký, trích yếu, and its signed file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from lienvung.domain.names import fold
from lienvung.domain.signatures import SignatureReport
from lienvung.errors import BadDate, BadValue, Both

EARLIEST = date(1945, 9, 2)
"""No document of the state is older."""
MAX_TEXT = 500
"""The longest name or abstract that is taken, in characters."""

_LABEL = re.compile(r"^số\s*(ký\s*hiệu)?\s*[:.]?\s*(?=\d)", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(
    r"(?P<number>\d{1,6})(?P<letter>[a-zđ]?)(/(?P<year>\d{4}))?(?P<sign>(/[^\W_][^\W_.&]*([.&-][^\W_]+)*)+)"
)
_NAME = Both("“số, ký hiệu văn bản”", "“number of the document”")
_FORMS = Both(
    "số/ký hiệu như 1234/BC-CTK, 05/QĐ-UBND, 215/CTK-TH, 58/2024/NĐ-CP",
    "number/symbol such as 1234/BC-CTK, 05/QĐ-UBND, 215/CTK-TH, 58/2024/NĐ-CP",
)


@dataclass(frozen=True, slots=True)
class CoveringDocument:
    """What a submission was sent with. ``file_sha256`` names the kept file, ``detached_sha256`` a signature beside it.

    ``report`` is what was found of signatures on the file, None where no file was given; ``submitted_report`` is about
    the submission's own file, None where it was not looked into.
    """

    number: str
    dated: date
    signer: str
    agency: str = ""
    signer_title: str = ""
    abstract: str = ""
    file_sha256: str | None = None
    file_name: str = ""
    detached_sha256: str | None = None
    report: SignatureReport | None = None
    submitted_report: SignatureReport | None = None

    @property
    def has_signers_name(self) -> bool | None:
        """Whether an intact signature on the file bears the declared signer's name (tones and case aside).

        None if there is no intact signature to compare with.
        """
        names = [s.signer for s in (self.report.signatures if self.report else ()) if s.is_intact]
        return fold(self.signer) in {fold(n) for n in names} if names else None


def read_number(text: str) -> str:
    """A document's number and symbol in one form, as Decree 30/2020/NĐ-CP (annex I, II.3) writes them.

    The number is Arabic, the symbol (abbreviated kind of document, agency, drafting unit) follows a slash and is
    joined by hyphens; legal documents have their year between. Blanks, a leading "Số:" and dashes of other
    kinds are mended; a number is never completed.

    >>> read_number(" Số: 1234 / BC–CTK "), read_number("58/2024/NĐ-CP"), read_number("215/SKH&ĐT-TH")
    ('1234/BC-CTK', '58/2024/NĐ-CP', '215/SKH&ĐT-TH')

    Raises:
        BadValue: it has another form.
    """
    said = _SPACES.sub(" ", unicodedata.normalize("NFC", text[:200]).strip())
    plain = _LABEL.sub("", said)
    plain = re.sub(r"\s*([/\-–—‑&.])\s*", lambda m: "-" if m[1] in "–—‑" else m[1], plain)
    found = _NUMBER.fullmatch(plain)
    if found is None or len(plain) > 60 or not int(found["number"]) or not any(c.isupper() for c in found["sign"]):
        raise BadValue(value=said[:60], name=_NAME, choices=_FORMS)
    if found["year"] and not EARLIEST.year <= int(found["year"]) <= 2200:
        raise BadValue(value=said[:60], name=_NAME, choices=_FORMS)
    return plain


def read_dated(text: str, number: str, today: date) -> date:
    """The day on a document: ``2026-11-02``, or as papers print it, ``02/11/2026`` or ``ngày 02 tháng 11 năm 2026``.

    >>> read_dated("ngày 02 tháng 11 năm 2026", "1/BC-CTK", date(2026, 11, 3)).isoformat()
    '2026-11-02'

    Raises:
        BadDate: no such day. BadValue: after ``today``, before 1945, or in another year than the number says.
    """
    day = _day(text)
    year = re.match(r"\d+[a-zđ]?/(\d{4})/", number)
    if not EARLIEST <= day <= today or (year and int(year[1]) != day.year):
        raise BadValue(
            value=text.strip()[:60],
            name=Both("“ngày văn bản”", "“date of the document”"),
            choices=Both(
                f"từ {EARLIEST:%d/%m/%Y} đến hôm nay {today:%d/%m/%Y}, đúng năm ghi trong số văn bản",
                f"from {EARLIEST} to today {today}, in the year that the number names",
            ),
        )
    return day


def _day(text: str) -> date:
    plain = _SPACES.sub(" ", unicodedata.normalize("NFC", text).strip().lower())
    iso = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", plain)
    local = re.fullmatch(r"(?:ngày )?(\d{1,2})(?:/| tháng |-|\.)(\d{1,2})(?:/| năm |-|\.)(\d{4})", plain)
    parts = iso.groups() if iso else tuple(reversed(local.groups())) if local else ()
    try:
        return date(*(int(p) for p in parts))
    except (ValueError, TypeError):
        raise BadDate(date=text.strip()[:60]) from None


def read_line(text: str, name: Both, is_needed: bool = False) -> str:
    """A name, title or abstract on one line.

    Raises:
        BadValue: missing though needed, longer than ``MAX_TEXT``, or with characters that are not text.
    """
    plain = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()
    if (is_needed and not any(c.isalpha() for c in plain)) or len(plain) > MAX_TEXT or not plain.isprintable():
        choices = Both(f"chữ, tối đa {MAX_TEXT} ký tự", f"text of at most {MAX_TEXT} characters")
        raise BadValue(value=plain[:60], name=name, choices=choices)
    return plain
