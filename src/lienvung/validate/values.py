"""Values: is it a number, and can it be believed beside its neighbours?"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lienvung.domain.handovers import WARNING
from lienvung.validate.checks import Check, Problem
from lienvung.validate.columns import by_text, cut, glue, group_ids, groups_of, mask
from lienvung.validate.draft import Draft

_SERIES = ("indicator", "area_key", "activity", "breakdown", "issuer", "freq")
_SHARES = ("ratio", "weighted_mean")
_LOW, _HIGH = np.log10(500.0), np.log10(2000.0)
"""A step between these factors looks like thousands taken for units (``log10``)."""


class ValueText(Check):
    """A number cell holds a number or a known mark."""

    id = "VALUE-TEXT"
    sentence_vi = "Ô số liệu phải là số, hoặc '-' (không phát sinh), '..' (không có), hoặc để trống (không áp dụng)."
    sentence_en = "A number cell holds a number, or '-' (does not occur), '..' (not available), or nothing."

    def check(self, draft: Draft) -> Iterable[Problem]:
        """One problem per text that is neither number nor mark."""
        value = draft.printed["value"]
        is_finite = pc.fill_null(pc.is_finite(value), False)
        no_number = pc.and_(pc.invert(is_finite), pc.or_(pc.is_valid(value), pc.is_null(draft.printed["mark"])))
        for text, rows in by_text(draft.printed["value_text"], np.flatnonzero(mask(no_number))):
            shown = text if len(text) <= 60 else text[:60] + "…"
            todo_vi, todo_en = _number_advice(text)
            yield Problem(rows, f"'{shown}' không phải là số", f"'{shown}' is not a number", todo_vi, todo_en)


def _number_advice(text: str) -> tuple[str, str]:
    if text[:1] in "=+@" and any(c.isalpha() for c in text):
        return "Thay công thức bằng giá trị của nó.", "Replace the formula with its value."
    return (
        "Chỉ ghi số, dấu chấm thập phân, không có dấu hàng nghìn; chú thích ghi ở cột ghi chú; thiếu số liệu ghi '..'.",
        "Write only a number with a decimal point and no thousands sign; remarks go to 'note'; missing is '..'.",
    )


class ValueBounds(Check):
    """A share lies between 0 and 100 percent."""

    id = "VALUE-BOUNDS"
    severity = WARNING
    sentence_vi = "Tỷ lệ phần trăm (trừ tốc độ tăng) thường nằm trong khoảng 0-100."
    sentence_en = "A share in percent (other than growth) usually lies between 0 and 100."

    def check(self, draft: Draft) -> Iterable[Problem]:
        """One problem per indicator."""
        indicators = draft.catalogue.indicators.values()
        shares = [
            i.code
            for i in indicators
            if i.unit == "PCT" and i.aggregation in _SHARES and not i.denominator.endswith("_PLAN")  # may be exceeded
        ]
        value = draft.printed["value"]
        is_outside = pc.or_(pc.less(value, 0.0), pc.greater(value, 100.0))
        rows = np.flatnonzero(
            mask(pc.and_(is_outside, pc.is_in(draft.known["indicator"], pa.array(shares, pa.string()))))
        )
        for code, group in by_text(draft.known["indicator"], rows[~draft.bad[rows]]):
            worst = draft.printed["value_text"][int(group[0])].as_py()
            yield Problem(
                group, f"{code} tính bằng phần trăm nhưng có giá trị ngoài 0-100 (ví dụ {worst})",
                f"{code} is in percent but has values outside 0-100 (for example {worst})",
                "Kiểm tra đơn vị và dấu thập phân.", "Check the unit and the decimal sign.",
            )  # fmt: skip


class ValueZeroFill(Check):
    """A whole period is not zeros."""

    id = "VALUE-ZERO-FILL"
    severity = WARNING
    sentence_vi = "Cả một kỳ toàn số 0 thường là chưa có số liệu, không phải bằng không."
    sentence_en = "A whole period of zeros is usually missing data, not zero."
    _AT_LEAST = 3

    def check(self, draft: Draft) -> Iterable[Problem]:
        """One problem per indicator and period in which every area is 0."""
        columns = [draft.known[c] for c in ("indicator", "activity", "breakdown", "issuer", "period")]
        is_zero = mask(pc.and_(pc.equal(draft.printed["value"], 0.0), pc.is_null(draft.printed["mark"])))
        good = draft.good()
        if not is_zero[good].any():
            return
        for rows in groups_of(group_ids(columns), good, self._AT_LEAST):
            if is_zero[rows].all():
                code, period = (draft.known[c][int(rows[0])].as_py() for c in ("indicator", "period"))
                yield Problem(
                    rows, f"{code}, kỳ {period}: mọi địa bàn đều bằng 0",
                    f"{code}, period {period}: every area is 0",
                    "Nếu chưa có số liệu ghi '..'; nếu không phát sinh ghi '-'.",
                    "If there is no data write '..'; if it does not occur write '-'.",
                )  # fmt: skip


class ValueUnitJump(Check):
    """A series does not jump a thousandfold from one period to the next."""

    id = "VALUE-UNIT-JUMP"
    severity = WARNING
    sentence_vi = "Giá trị gấp hoặc kém khoảng 1.000 lần kỳ bên cạnh thường do nhầm đơn vị."
    sentence_en = "A value about 1,000 times its neighbour's, or a thousandth, is usually a wrong unit."

    def check(self, draft: Draft) -> Iterable[Problem]:
        """One problem per indicator and period; a single spike is told at the spike."""
        pairs = glue([draft.known["indicator"], draft.known["period"]])
        for pair, group in by_text(pairs, self._suspects(draft)):
            code, period = cut(pair)
            area = draft.known["area_key"][int(group[0])].as_py()
            yield Problem(
                group, f"{code}, kỳ {period}: giá trị chênh khoảng 1.000 lần so với kỳ liền trước (ví dụ {area})",
                f"{code}, period {period}: about 1,000 times off the period before (for example {area})",
                "Kiểm tra đơn vị (người và nghìn người, triệu và tỷ đồng).",
                "Check the unit (persons and thousands, millions and billions).",
            )  # fmt: skip

    @staticmethod
    def _suspects(draft: Draft) -> np.ndarray:
        keys = [draft.known[c] for c in (*_SERIES, "published_from")]
        value = pc.fill_null(draft.printed["value"], 0.0).to_numpy(zero_copy_only=False)
        rows = np.flatnonzero(~draft.bad & (value != 0) & np.isfinite(value))
        if rows.size < 2:
            return rows[:0]
        ids = group_ids(keys)[rows]
        starts = draft.known["period_start"].cast(pa.int32()).to_numpy(zero_copy_only=False)[rows]
        order = np.lexsort((starts, ids))
        rows, ids, size = rows[order], ids[order], np.log10(np.abs(value[rows[order]]))
        step = np.where(np.diff(ids) == 0, np.diff(size), 0.0)
        jump = np.where((np.abs(step) > _LOW) & (np.abs(step) < _HIGH), np.sign(step), 0.0)
        # the way back from a spike is not a second jump
        back = np.append(False, (jump[1:] != 0) & (jump[1:] == -jump[:-1]))
        return np.sort(rows[1:][(jump != 0) & ~back])


CHECKS: tuple[Check, ...] = (ValueText(), ValueBounds(), ValueZeroFill(), ValueUnitJump())
