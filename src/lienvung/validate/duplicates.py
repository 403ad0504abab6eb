"""Duplicates: one fact, one issuer, one day of publication, one value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pyarrow.compute as pc

from lienvung.domain.handovers import WARNING
from lienvung.domain.observations import KEY
from lienvung.validate.checks import Check, Problem
from lienvung.validate.columns import group_ids, groups_of
from lienvung.validate.draft import Draft


def _repeated(draft: Draft) -> Iterator[tuple[np.ndarray, bool]]:
    """Groups of rows with the same key and day of publication, and whether their values are equal."""
    ids = group_ids([draft.known[c] for c in (*KEY, "published_from")])
    values = pc.fill_null(draft.known["value"], np.nan).to_numpy(zero_copy_only=False)
    for rows in groups_of(ids, draft.good(), 2):
        found = values[rows]
        same = bool(np.all((found == found[0]) | (np.isnan(found) & np.isnan(found[0]))))
        yield np.sort(rows), same


def _named(draft: Draft, row: int) -> str:
    columns = ("indicator", "area_key", "period", "breakdown", "activity")
    texts = [str(draft.known[c][row].as_py()) for c in columns]
    return ", ".join(t for t in texts if t != "_T")


class DupKey(Check):
    """The same fact does not stand twice with different values."""

    id = "DUP-KEY"
    sentence_vi = "Cùng chỉ tiêu, địa bàn, kỳ, phân tổ và ngày công bố thì chỉ có một giá trị."
    sentence_en = "One indicator, area, period, breakdown and day of publication has one value."

    def check(self, draft: Draft) -> Iterable[Problem]:
        """One problem per fact, at every cell that claims it."""
        for rows, same in _repeated(draft):
            if same:
                continue
            said = "; ".join(
                f"{draft.places(rows[i : i + 1])} = {draft.printed['value_text'][int(r)].as_py()}"
                for i, r in enumerate(rows[:5])
            )
            named = _named(draft, int(rows[0]))
            yield Problem(
                rows, f"Nhiều giá trị khác nhau cho {named}: {said}", f"Different values for {named}: {said}",
                "Giữ một dòng; nếu là hai lần công bố, ghi ngày công bố khác nhau.",
                "Keep one row; if they are two publications, give them different days.",
            )  # fmt: skip


class DupSame(Check):
    """The same row twice is taken once."""

    id = "DUP-SAME"
    severity = WARNING
    drops = True
    sentence_vi = "Dòng lặp lại với cùng giá trị chỉ được lấy một lần."
    sentence_en = "A row repeated with the same value is taken once."

    def check(self, draft: Draft) -> Iterable[Problem]:
        """One problem per fact, at the later cells."""
        for rows, same in _repeated(draft):
            if same:
                first, named = draft.places(rows[:1]), _named(draft, int(rows[0]))
                yield Problem(
                    rows[1:], f"Dòng lặp lại của ô {first} ({named}), cùng giá trị; chỉ lấy một lần",
                    f"A repetition of {first} ({named}) with the same value; taken once",
                    "Xóa dòng thừa.", "Delete the extra row.",
                )  # fmt: skip


CHECKS: tuple[Check, ...] = (DupKey(), DupSame())
