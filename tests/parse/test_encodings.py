"""Older Vietnamese encodings are told by their words; what cannot be told is refused, what is Unicode stays."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from lienvung import source
from lienvung.domain.handovers import Rows
from lienvung.domain.wide_text import utf16_codec
from lienvung.errors import DamagedFile
from lienvung.parse.dispatch import parse_file
from lienvung.parse.encodings import (
    from_tcvn3,
    from_vni,
    guess_bytes,
    guess_encoding,
    read_head,
    to_utf8,
)
from lienvung.parse.recipes import Recipe
from lienvung.parse.syllables import is_syllable

TEXT = (
    "chỉ tiêu,địa bàn,thời kỳ,giá trị\nDân số trung bình,Bình Dương,2016,1\nDân số trung bình,Đồng Nai,2016,2\n"
    "Dân số trung bình,Tây Ninh,2016,3\nDân số trung bình,Bà Rịa - Vũng Tàu,2016,4\n"
)
RECIPES = {"tidy": Recipe("tidy", "tidy", "Mẫu", "Template", "GSO", "2004")}
ALL_LETTERS = "àảãáạăằẳẵắặâầẩẫấậđèẻẽéẹêềểễếệìỉĩíịòỏõóọôồổỗốộơờởỡớợùủũúụưừửữứựỳỷỹýỵ"


def to_tcvn3(text: str) -> bytes:
    """Lower-case letters as an ABC font has them (TCVN 5712:1993 VN3)."""
    rows = (
        [0xB5, 0xB6, 0xB7, 0xB8, 0xB9, 0xA8, 0xBB, 0xBC, 0xBD, 0xBE, 0xC6, 0xA9, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB, 0xAE],
        [0xCC, 0xCE, 0xCF, 0xD0, 0xD1, 0xAA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6, 0xD7, 0xD8, 0xDC, 0xDD, 0xDE],
        [0xDF, 0xE1, 0xE2, 0xE3, 0xE4, 0xAB, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xAC, 0xEA, 0xEB, 0xEC, 0xED, 0xEE],
        [0xEF, 0xF1, 0xF2, 0xF3, 0xF4, 0xAD, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE],
    )
    codes = [code for row in rows for code in row]
    table = dict(zip(ALL_LETTERS, codes, strict=True)) | dict(zip("ĂÂÊÔƠƯĐ", range(0xA1, 0xA8), strict=True))
    return bytes(table.get(c, ord(c)) for c in text)


def to_vni(text: str) -> bytes:
    """As a VNI font has it: the letter, then a sign for hat or breve and tone together."""
    out = ""
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = next((c for c in parts if c in "\u0300\u0309\u0303\u0301\u0323"), "")
        bare = unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts)
        at = " \u0300\u0309\u0303\u0301\u0323".index(tone or " ")
        low = bare.lower()
        if low in "ăâêô":
            signs = ("êèúüéë" if low == "ă" else "âàåãáä")[at]
            made = {"ă": "a", "â": "a", "ê": "e", "ô": "o"}[low] + signs
        elif low == "i" and at:
            made = "-ìæóíò"[at]
        elif low == "y" and at == 5:
            made = "î"
        elif low in "ơưđ" or (low in "aeouy" and at):
            made = {"ơ": "ô", "ư": "ö", "đ": "ñ"}.get(low, low) + ("", "ø", "û", "õ", "ù", "ï")[at]
        else:
            made = low
        out += made.upper() if bare.isupper() else made
    return out.encode("latin-1")


def to_cp1258(text: str) -> bytes:
    """Letters with hats are signs of their own, tones follow."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            tone = next(c for c in parts if c in "\u0300\u0309\u0303\u0301\u0323")
            bare = unicodedata.normalize("NFC", parts.replace(tone, "", 1))
            out += bare.encode("cp1258") + tone.encode("cp1258")
    return out


ENCODERS: dict[str, Callable[[str], bytes]] = {"tcvn3": to_tcvn3, "vni": to_vni, "cp1258": to_cp1258}


def read(data: bytes, keep: Path, name: str = "a.csv") -> Rows:
    return parse_file(source.fetch_bytes(name, data, keep), RECIPES)


def test_every_letter_of_both_font_encodings() -> None:
    assert from_tcvn3(to_tcvn3(ALL_LETTERS).decode("latin-1")) == ALL_LETTERS
    spaced = " ".join(ALL_LETTERS)
    assert from_vni(to_vni(spaced).decode("latin-1")) == spaced
    assert from_vni(to_vni(spaced.upper()).decode("latin-1")) == spaced.upper()


@pytest.mark.parametrize("encoding", ENCODERS)
def test_a_text_is_told_by_its_words(encoding: str, tmp_path: Path) -> None:
    rows = read(ENCODERS[encoding](TEXT), tmp_path)
    assert rows.table["area_text"].to_pylist() == ["Bình Dương", "Đồng Nai", "Tây Ninh", "Bà Rịa - Vũng Tàu"]
    assert rows.table["cell"].to_pylist()[0] == "D2"
    told = [f for f in rows.findings if f.rule == "ENCODING-GUESSED"]
    assert [f.severity for f in told] == ["info"]
    assert {"tcvn3": "TCVN3", "vni": "VNI", "cp1258": "1258"}[encoding] in told[0].message_vi
    guess = guess_bytes(ENCODERS[encoding](TEXT))
    assert guess is not None
    assert (guess.encoding, guess.share) == (encoding, 1.0)
    assert guess.before < 0.5


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_unicode_is_no_guess(codec: str, form: str, tmp_path: Path) -> None:
    text = unicodedata.normalize(form, TEXT)  # type: ignore[arg-type]
    rows = read(text.encode(codec), tmp_path)
    assert unicodedata.normalize("NFC", rows.table["area_text"][3].as_py()) == "Bà Rịa - Vũng Tàu"
    assert not [f for f in rows.findings if f.rule == "ENCODING-GUESSED"]


def test_big_endian_with_its_mark(tmp_path: Path) -> None:
    rows = read(b"\xfe\xff" + TEXT.encode("utf-16-be"), tmp_path)
    assert rows.table["area_text"][0].as_py() == "Bình Dương"


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_cells_typed_in_an_old_font(encoding: str, tmp_path: Path) -> None:
    table = [line.split(",") for line in ENCODERS[encoding](TEXT).decode("latin-1").splitlines()]
    out, old = io.BytesIO(), xlwt.Workbook()
    sheet = old.add_sheet("Data")
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("Data")
        for number, row in enumerate(table):
            page.write_row(number, 0, row)
            for column, text in enumerate(row):
                sheet.write(number, column, text)
    older = io.BytesIO()
    old.save(older)
    for name, data in (("a.xlsx", out.getvalue()), ("a.xls", older.getvalue())):
        rows = read(data, tmp_path, name)
        assert rows.table["area_text"].to_pylist() == ["Bình Dương", "Đồng Nai", "Tây Ninh", "Bà Rịa - Vũng Tàu"]
        assert [(f.sheet, f.severity) for f in rows.findings if f.rule == "ENCODING-GUESSED"] == [("Data", "info")]


def test_other_languages_and_signs_are_left_alone() -> None:
    for text in ("café crème déjà vu château", "km² m³ °C ±5 ©2020", "Dân số và lao động có việc làm", "x © y ® z ¨"):
        assert guess_encoding([text]) is None
        assert to_utf8(text.encode()) == (text.encode(), None)


def test_too_little_to_tell_is_refused(tmp_path: Path) -> None:
    data = b"ch\xec tieu,dia ban,thoi ky,gia tri\nPOP_AVG,B\xecnh,2016,1\n"
    assert guess_bytes(data) is None
    with pytest.raises(DamagedFile, match="UTF-8"):
        read(b"# lienvung: tidy/1\n# indicator: POP_AVG\n" + data, tmp_path)


def test_heads_cut_anywhere_are_read() -> None:
    for cut in range(20, 60):
        assert "\ufffd" not in read_head(TEXT.encode()[:cut])
        assert read_head(("\ufeff" + TEXT).encode("utf-16-le")[:cut]).startswith("chỉ tiêu")
    assert read_head(to_tcvn3(TEXT)[:300]).startswith("chỉ tiêu,địa bàn")
    assert not utf16_codec(b"\0" * 10)


def test_syllables() -> None:
    words = "nghiêng khuỷu quyển giường ươm yếu ích oẳn thuở quốc huých Đắk xoong Ưng"
    assert all(map(is_syllable, words.split()))
    assert not any(map(is_syllable, ["Döông", "B×nh", "tịtt", "mát́", "bcd", "xàc", "Ñaék", "thüe"]))
