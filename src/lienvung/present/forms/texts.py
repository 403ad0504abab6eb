"""A text of separated values given back with new figures: same lines, same separator, same encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lienvung.domain.wide_text import utf16_codec
from lienvung.errors import Both
from lienvung.present.forms.places import Place, Written

_DANGEROUS = re.compile(r"[=@\t]|[+\-].*(?:[|!]|[A-Za-z]\()")
"""A field that a spreadsheet program would run; a label such as ``- Nam`` is none."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field's signs in the text, quotes included, and what it says."""

    start: int
    end: int
    text: str
    is_quoted: bool


class OwnText:
    """The fields of a text, addressed by line (or by record) and column."""

    def __init__(self, content: bytes) -> None:
        self._codec = _codec(content)
        self._text = content.decode(self._codec, "replace" if self._codec.startswith("utf-16") else "strict")
        self._is_utf8 = self._codec == "latin-1" and _is_utf8(content)
        self.fields: dict[Place, Field] = {}
        self._separator = ","

    def settle(self, wanted: Mapping[Place, str]) -> int:
        """Choose separator and numbering so that most of the wanted cells hold what they are known to; how many do."""
        best: tuple[int, dict[Place, Field], str] = (-1, {}, ",")
        head = self._text[:20_000]
        for separator in sorted(";\t,", key=head.count, reverse=True):
            # lines and records are the same where no quoted field runs over a line
            for is_by_line in (True, False) if '"' in self._text else (True,):
                fields = self._split(separator, is_by_line)
                fitting = sum(1 for place, text in wanted.items() if place in fields
                              and self.read(fields[place].text).strip() == text.strip())  # fmt: skip
                if fitting > best[0]:
                    best = fitting, fields, separator
                if fitting == len(wanted):
                    break
            if best[0] == len(wanted):
                break
        self.fields, self._separator = best[1], best[2]
        return best[0]

    def read(self, text: str) -> str:
        """A field as people read it."""
        if self._is_utf8:
            return text.encode("latin-1").decode("utf-8", "replace").removeprefix("\ufeff")
        return text.removeprefix("\ufeff")

    def _split(self, separator: str, is_by_line: bool) -> dict[Place, Field]:
        text, at, line, record, column = self._text, 0, 0, 0, 0
        plain = re.compile(rf"[^{re.escape(separator)}\r\n]*")
        quoted = re.compile(r'"([^"]*(?:""[^"]*)*)"?')
        found: dict[Place, Field] = {}
        begun = 0
        while at < len(text):
            start, own = at, quoted.match(text, at) if text[at] == '"' else None
            rest = plain.match(text, own.end() if own else at)
            at = rest.end() if rest else at
            said = own[1].replace('""', '"') + (rest[0] if rest else "") if own else text[start:at]
            found[None, begun if is_by_line else record, column] = Field(start, at, said, own is not None)
            line += len(re.findall(r"\r\n|\r|\n", text[start:at])) if own else 0
            if at < len(text) and text[at] == separator:
                at, column = at + 1, column + 1
                if at == len(text):
                    found[None, begun if is_by_line else record, column] = Field(at, at, "", False)
                continue
            at += 2 if text.startswith("\r\n", at) else 1
            line, record, column = line + 1, record + 1, 0
            begun = line
        return found

    def write(self, edits: Mapping[Place, Written]) -> tuple[bytes, list[Both]]:
        """The text with new fields; a field that a spreadsheet would run as a formula is disarmed, and that is said."""
        splices: list[tuple[Field, str]] = []
        disarmed = 0
        for place, value in edits.items():
            splices.append((self.fields[place], self._written(value)))
        for place, field in self.fields.items():
            if place not in edits and _DANGEROUS.match(field.text):
                splices.append((field, "'" + field.text))
                disarmed += 1
        out, done = [], 0
        for field, fresh in sorted(splices, key=lambda s: s[0].start):
            out += [self._text[done : field.start], self._quoted(fresh, field.is_quoted)]
            done = field.end
        notes = []
        if disarmed:
            notes.append(Both(
                f"{disarmed} ô chữ bắt đầu như công thức đã được thêm dấu nháy đơn",
                f"{disarmed} texts that begin like a formula were given a leading apostrophe",
            ))  # fmt: skip
        return "".join([*out, self._text[done:]]).encode(self._codec), notes

    def _written(self, value: Written) -> str:
        text = "" if value is None else value if isinstance(value, str) else f"{value!r}"
        if self._codec.startswith("utf-16"):
            return text
        if self._is_utf8:
            return text.encode().decode("latin-1")
        return text.replace("…", "..").encode("latin-1", "replace").decode("latin-1")

    def _quoted(self, text: str, is_quoted: bool) -> str:
        if is_quoted or any(s in text for s in (self._separator, '"', "\n", "\r")):
            return '"' + text.replace('"', '""') + '"'
        return text


def _codec(content: bytes) -> str:
    """UTF-16 by its byte order, so that a mark stays a sign of the text; every other encoding byte for byte."""
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16-le" if content[:2] == codecs.BOM_UTF16_LE else "utf-16-be"
    return utf16_codec(content) or "latin-1"


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
