"""Time: can the period be read, and could the figure have been published when the file says?"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lienvung.errors import BadPeriod
from lienvung.validate.checks import Check, Problem
from lienvung.validate.codes import unresolved
from lienvung.validate.columns import by_text, cut, glue, mask
from lienvung.validate.draft import Draft

_FORMS = (
    (re.compile(r"\D*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\D*"), lambda m: f"{m[3]}-{int(m[2]):02d}-{int(m[1]):02d}"),
    (re.compile(r"\s*(?:q|quý)\s*([1-4]|iv|i{1,3})\D*(\d{4})\D*", re.I), lambda m: f"{m[2]}-Q{_quarter(m[1])}"),
    (re.compile(r"(?:tháng\s*|m)?(\d{1,2})[/.-](\d{4})", re.I), lambda m: f"{m[2]}-{int(m[1]):02d}"),
    (re.compile(r"(?:năm|sơ bộ|ước tính|ước|prel\.?)\s*(\d{4})", re.I), lambda m: m[1]),
)


def _quarter(text: str) -> int:
    return int(text) if text.isdigit() else ("I", "II", "III", "IV").index(text.upper()) + 1


def written_otherwise(text: str) -> str | None:
    """The period that a usual Vietnamese way of writing most likely means.

    >>> written_otherwise("6/2020"), written_otherwise("Quý II/2021"), written_otherwise("30/6/2020")
    ('2020-06', '2021-Q2', '2020-06-30')
    """
    for form, build in _FORMS:
        if found := form.fullmatch(text.strip()):
            return build(found)
    return None


class PeriodForm(Check):
    """The period is written as SDMX writes it."""

    id = "PERIOD-FORM"
    sentence_vi = "Thời kỳ viết như 2020, 2020-S1, 2020-Q3, 2020-06, 2020-06-30 hoặc 2021-01-01/P5Y."
    sentence_en = "A period is written like 2020, 2020-S1, 2020-Q3, 2020-06, 2020-06-30 or 2021-01-01/P5Y."

    def check(self, draft: Draft) -> Iterable[Problem]:
        """One problem per unreadable text, with what it most likely means."""
        for text, rows in by_text(draft.printed["period"], unresolved(draft, "period", "period")):
            error, likely = BadPeriod(period=text), written_otherwise(text)
            yield Problem(
                rows,
                error.message("vi").rstrip("."),
                error.message("en").rstrip("."),
                f"Có phải '{likely}'?" if likely else error.suggestion("vi"),
                f"Did you mean '{likely}'?" if likely else error.suggestion("en"),
            )


class PublishedForm(Check):
    """The day of publication is a date."""

    id = "PUBLISHED-FORM"
    sentence_vi = "Ngày công bố viết như 2024-12-20, 2024-12 hoặc 2024."
    sentence_en = "The day of publication is written like 2024-12-20, 2024-12 or 2024."

    def check(self, draft: Draft) -> Iterable[Problem]:
        """One problem per unreadable text."""
        for text, rows in by_text(draft.printed["published"], unresolved(draft, "published", "published_from")):
            yield Problem(
                rows, f"Không hiểu ngày công bố '{text}'", f"The day of publication '{text}' was not understood",
                "Viết năm-tháng-ngày, ví dụ 2024-12-20 (hoặc 2024-12, 2024).",
                "Write year-month-day, for example 2024-12-20 (or 2024-12, 2024).",
            )  # fmt: skip


class PublishedFuture(Check):
    """Nothing was published after it was received."""

    id = "PUBLISHED-FUTURE"
    sentence_vi = "Ngày công bố không sau ngày nhận tệp."
    sentence_en = "The day of publication is not after the file was received."

    def check(self, draft: Draft) -> Iterable[Problem]:
        """One problem per day to come."""
        rows = np.flatnonzero(mask(pc.greater(draft.known["published_from"], draft.received)))
        for text, group in by_text(draft.printed["published"], rows):
            yield Problem(
                group, f"Ngày công bố {text} sau ngày nhận tệp {draft.received}",
                f"The day of publication {text} is after the file was received, {draft.received}",
                "Kiểm tra lại ngày công bố của tài liệu.", "Check the document's day of publication.",
            )  # fmt: skip


class PublishedBeforePeriod(Check):
    """A result is not published before its period begins."""

    id = "PUBLISHED-BEFORE-PERIOD"
    sentence_vi = "Số liệu không thể được công bố trước khi thời kỳ bắt đầu, trừ ước tính và kế hoạch."
    sentence_en = "A figure cannot be published before its period begins, unless it is an estimate or a plan."

    def check(self, draft: Draft) -> Iterable[Problem]:
        """One problem per period and day of publication."""
        is_early = pc.less(draft.known["published_from"], draft.known["period_start"])
        is_result = pc.invert(pc.is_in(draft.printed["status"], pa.array(["estimate", "plan"])))
        pairs = glue([draft.known["period"], draft.known["published_from"].cast(pa.string())])
        for pair, rows in by_text(pairs, np.flatnonzero(mask(pc.and_(is_early, is_result)))):
            period, day = cut(pair)
            yield Problem(
                rows, f"Kỳ {period} chưa bắt đầu khi tài liệu được công bố ({day})",
                f"The period {period} had not begun when the document was published ({day})",
                "Kiểm tra thời kỳ và ngày công bố; nếu là kế hoạch hoặc ước tính, ghi vào cột trạng thái.",
                "Check period and day; if it is a plan or an estimate, say so in the status column.",
            )  # fmt: skip


CHECKS: tuple[Check, ...] = (PeriodForm(), PublishedForm(), PublishedFuture(), PublishedBeforePeriod())
