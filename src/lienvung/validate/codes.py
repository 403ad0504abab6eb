"""Codes: does every text mean something in the catalogue?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.areas.gazetteer import name_key
from lienvung.domain.handovers import WARNING
from lienvung.domain.names import nearest
from lienvung.domain.observations import STATUSES, TOTAL
from lienvung.errors import UnknownIndicator
from lienvung.validate.checks import Check, Problem
from lienvung.validate.columns import by_text, cut, glue, mask
from lienvung.validate.draft import Draft


def unresolved(draft: Draft, printed: str, known: str) -> np.ndarray:
    """The rows where something is printed that means nothing."""
    return np.flatnonzero(mask(pc.and_(pc.is_valid(draft.printed[printed]), pc.is_null(draft.known[known]))))


class RowIncomplete(Check):
    """Every row says indicator, area and period."""

    id = "ROW-INCOMPLETE"
    sentence_vi = "Mỗi dòng phải có chỉ tiêu, địa bàn và thời kỳ."
    sentence_en = "Every row says which indicator, area and period it is about."
    _NAMES: ClassVar[Mapping[str, tuple[str, str]]] = {
        "indicator": ("chỉ tiêu", "the indicator"),
        "area_text": ("địa bàn", "the area"),
        "period": ("thời kỳ", "the period"),
    }

    def check(self, draft: Draft) -> Iterable[Problem]:
        """Rows with a blank where a code must stand."""
        for column, (vi, en) in self._NAMES.items():
            rows = np.flatnonzero(mask(pc.is_null(draft.printed[column])))
            yield Problem(
                rows, f"Thiếu {vi}", f"{en.capitalize()} is missing",
                "Điền vào ô trống, hoặc ghi một lần ở đầu tệp ('# cột: giá trị').",
                "Fill the blank cell, or say it once at the top of the file ('# column: value').",
            )  # fmt: skip


class CodeIndicator(Check):
    """The indicator is in the catalogue."""

    id = "CODE-INDICATOR"
    sentence_vi = "Mã chỉ tiêu phải có trong danh mục."
    sentence_en = "The indicator's code is in the catalogue."

    def check(self, draft: Draft) -> Iterable[Problem]:
        """One problem per unknown code, with the nearest ones."""
        for text, rows in by_text(draft.printed["indicator"], unresolved(draft, "indicator", "indicator")):
            if draft.is_brief:
                yield Problem(rows, f"Không có chỉ tiêu '{text}'", f"There is no indicator '{text}'")
                continue
            try:
                draft.catalogue.indicator(text)
            except UnknownIndicator as error:
                said = [error.message(x).rstrip(".") for x in ("vi", "en")]
                yield Problem(rows, said[0], said[1], error.suggestion("vi"), error.suggestion("en"))


class CodeArea(Check):
    """The area exists on the boundary that the document uses."""

    id = "CODE-AREA"
    sentence_vi = "Mã hoặc tên địa bàn phải có trên địa giới mà tài liệu sử dụng."
    sentence_en = "The area's code or name exists on the boundary that the document uses."

    def check(self, draft: Draft) -> Iterable[Problem]:
        """One problem per area and boundary, with the same code elsewhere and the nearest names."""
        is_asked = pc.and_(pc.is_valid(draft.printed["area_text"]), pc.is_valid(draft.known["boundary_day"]))
        rows = np.flatnonzero(mask(pc.and_(is_asked, pc.is_null(draft.known["area_key"]))))
        pairs = glue([draft.printed["area_text"], draft.known["boundary_day"].cast(pa.string())])
        for pair, group in by_text(pairs, rows):
            text, day = cut(pair)
            todo_vi, todo_en = self._ways_out(draft, text)
            yield Problem(
                group,
                f"Không có địa bàn nào mang mã hoặc tên '{text}' trên địa giới ngày {day}",
                f"No area has the code or name '{text}' on the boundary of {day}",
                todo_vi, todo_en,
            )  # fmt: skip

    @staticmethod
    def _ways_out(draft: Draft, text: str) -> tuple[str, str]:
        if draft.is_brief:
            return "", ""
        areas = draft.catalogue.gazetteer.areas.values()
        wanted = name_key(text.partition("@")[0])
        elsewhere = [a for a in areas if wanted in (a.key.code, name_key(a.name_vi), name_key(a.name_en))]
        if elsewhere:
            named = ", ".join(f"{a.key} ({a.name_vi})" for a in elsewhere)
            first = elsewhere[0].key
            return (
                f"Có trên địa giới khác: {named}. Ghi '{first}' hoặc thêm '# boundary: {first.valid_from}' ở đầu tệp.",
                f"It exists on another boundary: {named}. Write '{first}' or '# boundary: {first.valid_from}' on top.",
            )
        names = {f"{a.key.code} ({a.name_vi})": a.name_vi for a in areas}
        near = nearest(text, names.values()) or nearest(text, {a.key.code for a in areas})
        said = ", ".join(next((k for k, v in names.items() if v == n), n) for n in near) or "—"
        return f"Gần nhất: {said}.", f"Nearest: {said}."


class BoundaryForm(Check):
    """The boundary is a year or a day."""

    id = "BOUNDARY-FORM"
    sentence_vi = "Địa giới viết '2004' hoặc một ngày như '2025-07-01'."
    sentence_en = "A boundary is written '2004' or as a day such as '2025-07-01'."

    def check(self, draft: Draft) -> Iterable[Problem]:
        """One problem per unreadable text."""
        for text, rows in by_text(draft.printed["boundary"], unresolved(draft, "boundary", "boundary_day")):
            yield Problem(
                rows, f"Không hiểu địa giới '{text}'", f"The boundary '{text}' was not understood",
                "Viết 2004 hoặc 2025-07-01.", "Write 2004 or 2025-07-01.",
            )  # fmt: skip


class BoundaryAssumed(Check):
    """A code that means different territories is not left to the day of receipt."""

    id = "BOUNDARY-ASSUMED"
    severity = WARNING
    sentence_vi = "Tệp không nói rõ địa giới, mà mã địa bàn có nghĩa khác nhau trước và sau khi sắp xếp."
    sentence_en = "The file names no boundary, and the code means different territories before and after the merger."

    def check(self, draft: Draft) -> Iterable[Problem]:
        """Texts with several meanings where neither row nor document says which boundary."""
        is_silent = pc.and_(
            pc.is_null(draft.printed["boundary"]), pc.equal(draft.known["published_precision"], "received")
        )
        rows = np.flatnonzero(mask(pc.and_(is_silent, pc.is_valid(draft.known["area_key"]))))
        areas = draft.catalogue.gazetteer.areas.values()
        for text, group in by_text(draft.printed["area_text"], rows):
            code = text.zfill(2) if text.isdigit() else text
            others = [a for a in areas if a.key.code == code]
            if "@" in text or len(others) < 2:
                continue
            meant = draft.known["area_key"][int(group[0])].as_py()
            named = ", ".join(f"{a.key} ({a.name_vi})" for a in others)
            yield Problem(
                group,
                f"Mã '{text}' được hiểu là {meant} theo ngày nhận tệp; mã này có {len(others)} nghĩa: {named}",
                f"The code '{text}' was taken for {meant} by the day received; it has {len(others)} meanings: {named}",
                "Ghi '# boundary: 2004' hoặc '# boundary: 2025-07-01' ở đầu tệp.",
                "Write '# boundary: 2004' or '# boundary: 2025-07-01' at the top of the file.",
            )  # fmt: skip


class ListedCode(Check):
    """A code of one of the plain code lists; subclasses name the column and the list."""

    column: ClassVar[str]
    list_vi: ClassVar[str]
    list_en: ClassVar[str]

    def choices(self, draft: Draft) -> Mapping[str, str]:
        """Code to Vietnamese name."""
        raise NotImplementedError

    def check(self, draft: Draft) -> Iterator[Problem]:
        """One problem per unknown code."""
        choices = self.choices(draft)
        for text, rows in by_text(draft.printed[self.column], unresolved(draft, self.column, self.column)):
            by_name = {name: code for code, name in choices.items()}
            near = draft.nearest(text, choices) or [by_name[n] for n in draft.nearest(text, by_name)]
            near = near or list(choices)[:6]
            said = ", ".join(f"{c} ({choices[c]})" if choices[c] else c for c in near) or "—"
            yield Problem(
                rows, f"Mã '{text}' không có trong danh mục {self.list_vi}",
                f"The code '{text}' is not in the list of {self.list_en}",
                f"Các mã gần nhất: {said}.", f"The nearest codes: {said}.",
            )  # fmt: skip


class CodeBreakdown(ListedCode):
    """The breakdown is listed."""

    id, column, list_vi, list_en = "CODE-BREAKDOWN", "breakdown", "phân tổ", "breakdowns"
    sentence_vi = "Mã phân tổ phải có trong danh mục ('_T' là tổng số)."
    sentence_en = "The breakdown's code is listed ('_T' is the total)."

    def choices(self, draft: Draft) -> Mapping[str, str]:
        """Breakdowns of the pack."""
        return {TOTAL: "Tổng số"} | {c.code: c.name_vi for c in draft.catalogue.breakdowns.values()}


class CodeActivity(ListedCode):
    """The activity is listed."""

    id, column, list_vi, list_en = "CODE-ACTIVITY", "activity", "ngành kinh tế", "activities"
    sentence_vi = "Mã ngành kinh tế phải có trong danh mục ('_T' là toàn nền kinh tế)."
    sentence_en = "The activity's code is listed ('_T' is the whole economy)."

    def choices(self, draft: Draft) -> Mapping[str, str]:
        """Activities of the pack."""
        return {TOTAL: "Toàn nền kinh tế"} | {c.code: c.name_vi for c in draft.catalogue.activities.values()}


class CodeStatus(ListedCode):
    """The status is one of five."""

    id, column, list_vi, list_en = "CODE-STATUS", "status", "trạng thái số liệu", "statuses"
    sentence_vi = "Trạng thái là ước tính, sơ bộ, chính thức, đã điều chỉnh hoặc kế hoạch."
    sentence_en = "The status is estimate, preliminary, official, revised or plan."

    def choices(self, draft: Draft) -> Mapping[str, str]:
        """The five statuses."""
        return dict(zip(STATUSES, ("ước tính", "sơ bộ", "chính thức", "đã điều chỉnh", "kế hoạch"), strict=True))


class CodeIssuer(ListedCode):
    """Every figure has a known issuer."""

    id, column, list_vi, list_en = "CODE-ISSUER", "issuer", "cơ quan công bố", "issuers"
    sentence_vi = "Mỗi số liệu phải có cơ quan công bố, và cơ quan đó có trong danh mục."
    sentence_en = "Every figure has an issuer, and the issuer is listed."

    def choices(self, draft: Draft) -> Mapping[str, str]:
        """Issuers of the pack."""
        return {c.code: c.name_vi for c in draft.catalogue.issuers.values()}

    def check(self, draft: Draft) -> Iterator[Problem]:
        """Unknown issuers, and rows without any."""
        yield from super().check(draft)
        rows = np.flatnonzero(mask(pc.is_null(draft.printed["issuer"])))
        codes = ", ".join(self.choices(draft))
        yield Problem(
            rows, "Không rõ cơ quan công bố", "The issuer is not known",
            f"Ghi '# issuer: MÃ' ở đầu tệp; các mã: {codes}.", f"Write '# issuer: CODE' on top; the codes: {codes}.",
        )  # fmt: skip


class CodeDocument(ListedCode):
    """A document that is named is on the list of sources."""

    id, column, list_vi, list_en = "CODE-DOCUMENT", "document", "tài liệu", "documents"
    sentence_vi = "Tài liệu được nêu phải có trong danh mục nguồn."
    sentence_en = "A document that is named is on the list of sources."

    def choices(self, draft: Draft) -> Mapping[str, str]:
        """Sources of the pack."""
        return {s.document: s.title_vi for s in draft.catalogue.sources.values()}


class CodeUnit(ListedCode):
    """The unit is listed."""

    id, column, list_vi, list_en = "CODE-UNIT", "unit", "đơn vị tính", "units"
    sentence_vi = "Mã đơn vị tính phải có trong danh mục."
    sentence_en = "The unit's code is listed."

    def choices(self, draft: Draft) -> Mapping[str, str]:
        """Units of the pack."""
        return {u.code: u.name_vi for u in draft.catalogue.units.values()}


class UnitKind(Check):
    """The unit is a multiple of the indicator's."""

    id = "UNIT-KIND"
    sentence_vi = "Đơn vị tính phải cùng loại với đơn vị của chỉ tiêu (tỷ đồng và triệu đồng được đổi, USD thì không)."
    sentence_en = "The unit is of the same kind as the indicator's (billion and million VND are converted, USD is not)."

    def check(self, draft: Draft) -> Iterable[Problem]:
        """One problem per unit and indicator of different kinds."""
        pairs = glue([draft.known["indicator"], draft.known["unit"]])
        rows = np.flatnonzero(mask(pc.and_(pc.is_valid(draft.known["unit"]), pc.is_valid(draft.known["own_unit"]))))
        units = draft.catalogue.units
        for pair, group in by_text(pairs, rows):
            indicator, unit = cut(pair)
            own = units.get(draft.catalogue.indicators[indicator].unit)
            if own is None or units[unit].base == own.base:
                continue
            fits = ", ".join(f"{u.code} ({u.name_vi})" for u in units.values() if u.base == own.base)
            yield Problem(
                group, f"Đơn vị {unit} không đổi được sang đơn vị của {indicator} ({own.code}, {own.name_vi})",
                f"The unit {unit} cannot be converted to that of {indicator} ({own.code}, {own.name_en})",
                f"Dùng một trong: {fits}.", f"Use one of: {fits}.",
            )  # fmt: skip


CHECKS: tuple[Check, ...] = (
    RowIncomplete(), CodeIndicator(), CodeDocument(), CodeIssuer(), BoundaryForm(), CodeArea(), BoundaryAssumed(),
    CodeBreakdown(), CodeActivity(), CodeStatus(), CodeUnit(), UnitKind(),
)  # fmt: skip
