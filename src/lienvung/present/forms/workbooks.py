"""An agency's .xlsx given back with new figures: only the cells that change, inside the package itself."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cached_property
from xml.etree import ElementTree

from lienvung.errors import Both
from lienvung.present.forms.formulas import recalculate
from lienvung.present.forms.places import Place, Written
from lienvung.present.forms.sheet_xml import SheetXml

MOST_BYTES = 256 * 2**20
"""A workbook that unpacks to more is given back as a copy of its values."""
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_OUTSIDE = re.compile(r"\[\d+\]|\|")
_CALC = re.compile(rb"<((?:\w+:)?)calcPr\b([^>]*?)(/?)>")


class CannotKeepError(Exception):
    """The workbook cannot be given back as it is; ``said`` tells why."""

    def __init__(self, said: Both) -> None:
        super().__init__(said.en)
        self.said = said


class OwnWorkbook:
    """The parts of a workbook.

    Raises:
        CannotKeepError: too large, with macros, or not as the standard has it.
    """

    def __init__(self, content: bytes) -> None:
        self._package = zipfile.ZipFile(io.BytesIO(content))
        names = [p.filename.lower() for p in self._package.infolist()]
        if sum(p.file_size for p in self._package.infolist()) > MOST_BYTES:
            raise CannotKeepError(Both("sổ quá lớn để giữ nguyên", "the workbook is too large to be kept"))
        if any(n.endswith("vbaproject.bin") for n in names):
            raise CannotKeepError(Both("sổ có macro, không giao lại macro", "it has macros, which are not handed on"))
        self._sheets: dict[str, SheetXml] = {}
        try:
            self._paths = self._find_sheets()
        except (KeyError, ElementTree.ParseError, ValueError) as error:
            raise CannotKeepError(Both(f"cấu trúc sổ khác chuẩn ({error})", f"an odd package ({error})")) from None

    def _read(self, path: str) -> bytes:
        data = self._package.read(path)
        if re.search(rb"<!(DOCTYPE|ENTITY)", data):
            raise CannotKeepError(Both("sổ có khai báo DOCTYPE", "it declares a DOCTYPE"))
        return data

    @cached_property
    def _book(self) -> str:
        root = ElementTree.fromstring(self._read("_rels/.rels"))  # noqa: S314 - no DOCTYPE gets here
        return next(r.attrib["Target"].lstrip("/") for r in root if r.attrib["Type"].endswith("/officeDocument"))

    def _find_sheets(self) -> dict[str, str]:
        folder, _, name = self._book.rpartition("/")
        relations = ElementTree.fromstring(self._read(f"{folder}/_rels/{name}.rels"))  # noqa: S314 - no DOCTYPE
        targets = {r.attrib["Id"]: r.attrib["Target"] for r in relations}
        book = ElementTree.fromstring(self._read(self._book))  # noqa: S314 - no DOCTYPE
        found = {}
        for sheet in (e for e in book.iter() if e.tag.endswith("}sheet")):
            target = targets[sheet.attrib.get(_RELATION) or sheet.attrib[_STRICT]]
            found[sheet.attrib["name"]] = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
        return found

    def _sheet(self, name: str | None) -> SheetXml:
        if name not in self._paths:
            raise CannotKeepError(Both(f"không thấy trang '{name}'", f"no sheet '{name}'"))
        if name not in self._sheets:
            try:
                self._sheets[name] = SheetXml(self._read(self._paths[name]))
            except (ValueError, KeyError) as error:
                raise CannotKeepError(Both(f"trang '{name}': {error}", f"the sheet '{name}': {error}")) from None
        return self._sheets[name]

    def has_formula(self, place: Place) -> bool:
        """Whether a cell holds a formula."""
        return self._sheet(place[0]).has_formula(*place[1:])

    def write(self, edits: Mapping[Place, Written], held: Mapping[Place, object]) -> tuple[bytes, list[Both]]:
        """The workbook with new content, and what is to be told of it.

        Args:
            held: what every cell of the workbook holds now, for formulas that can be worked out again.
        """
        by_sheet: dict[str | None, dict[tuple[int, int], Written]] = {}
        for (sheet, row, column), value in edits.items():
            by_sheet.setdefault(sheet, {})[row, column] = value
        changed: dict[str, bytes] = {}
        unknown = 0
        for name, own in by_sheet.items():
            part = self._sheet(name)
            before = {place[1:]: value for place, value in held.items() if place[0] == name}
            results, left = recalculate(part.formulas(), before, own)
            unknown += left
            changed[self._paths[str(name)]] = part.write(own, results)
        has_formulas = any(b"<f" in self._package.read(p) for p in self._paths.values())
        if changed and has_formulas:
            changed[self._book] = _calc_on_load(self._read(self._book))
        return self._zip(changed), self._notes(unknown)

    def _notes(self, unknown: int) -> list[Both]:
        notes = []
        if unknown:
            notes.append(Both(
                f"{unknown} công thức được giữ nguyên nhưng chưa tính lại ở đây; Excel tính lại khi mở sổ",
                f"{unknown} formulas are kept but were not worked out here; Excel does so when it opens the workbook",
            ))  # fmt: skip
        outside = sum(bool(_OUTSIDE.search(s.formula)) for p in self._sheets.values() for s in p.spots.values())
        if outside:
            notes.append(Both(f"{outside} công thức lấy số từ sổ khác: kiểm tra trước khi mở liên kết",
                              f"{outside} formulas draw on other workbooks: look before you follow them"))  # fmt: skip
        return notes

    def _zip(self, changed: Mapping[str, bytes]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for part in self._package.infolist():
                fresh = zipfile.ZipInfo(part.filename, part.date_time)
                fresh.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(fresh, changed.get(part.filename) or self._package.read(part.filename))
        return out.getvalue()


def _calc_on_load(book: bytes) -> bytes:
    """Ask the spreadsheet program to work every formula out again when it opens the workbook."""
    found = _CALC.search(book)
    if found:
        kept = re.sub(rb"\s*fullCalcOnLoad=\"[^\"]*\"", b"", found[2])
        fresh = b"<" + found[1] + b"calcPr" + kept + b' fullCalcOnLoad="1"' + found[3] + b">"
        return book[: found.start()] + fresh + book[found.end() :]
    for name in (b"definedNames", b"externalReferences", b"functionGroups", b"sheets"):
        if end := re.search(rb"</((?:\w+:)?)" + name + rb">", book):
            return book[: end.end()] + b"<" + end[1] + b'calcPr fullCalcOnLoad="1"/>' + book[end.end() :]
    return book
