"""Claims of one fact: by two issuers, by one issuer at two times; values that cannot be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from lienvung.domain.discrepancies import Discrepancy, Fact
from lienvung.domain.handovers import ERROR, INFO
from lienvung.domain.observations import KEY
from lienvung.validate.reconcile.checks import Reconciliation
from lienvung.validate.reconcile.evidence import COUNTED, Evidence
from lienvung.validate.reconcile.wording import fact_of, number, rounded


def _fact(table: str) -> str:
    return f"struct_pack({', '.join(f'{c} := {table}.{c}' for c in (*KEY, 'value'))})"


_RELATIVE = ("PCT", "PERMILLE", "PCT_POINTS", "INDEX", "POINTS", "RANK")
"""Units in which a difference is told in points, not in percent."""


def off_words(old: float, new: float, unit: str, lang: str) -> str:
    """How far ``new`` is from ``old``: in points for shares and indices, in percent otherwise."""
    if unit in _RELATIVE or not old:
        return number(new - old, lang) + (" điểm" if lang == "vi" else " points") * (unit in _RELATIVE)
    return f"{rounded(100 * (new / old - 1), 2, lang)} %"


class TwoIssuers(Reconciliation):
    """Two issuers' claims of one fact are the same."""

    id = "REC-TWO-ISSUERS"
    severity = INFO
    sentence_vi = "Hai nơi công bố cùng một số liệu thì thường giống nhau; khác thì giữ cả hai, chờ người chọn."
    sentence_en = "Two issuers' claims of one fact usually agree; where not, both stay until someone chooses."

    _SQL = f"""
    select {_fact("a")} as first, {_fact("b")} as second, a.unit, a.document as first_document,
      b.document as second_document
    from val a join val b on a.indicator = b.indicator and a.area_key = b.area_key and a.activity = b.activity
      and a.breakdown = b.breakdown and a.freq = b.freq and a.period = b.period and a.issuer < b.issuer
    where abs(a.value - b.value) > a.half + b.half + 1e-6 * abs(a.value)
    order by a.indicator, a.period, a.area_key
    """

    def check(self, evidence: Evidence) -> Iterable[Discrepancy]:
        """One per fact and pair of issuers."""
        for row in evidence.rows(self._SQL):
            first, second = Fact(**row["first"]), Fact(**row["second"])

            def said(lang: str, off: str, first: Fact = first, second: Fact = second, unit: str = row["unit"]) -> str:
                a, b = first.value or 0.0, second.value or 0.0
                return (
                    f"{evidence.place(first, lang)}: {first.issuer} {number(a, lang)}, "
                    f"{second.issuer} {number(b, lang)}, {off} {off_words(a, b, unit, lang)}"
                )

            choose = f"lienvung check choose {first.indicator} {first.area_key} {first.period} --issuer …"
            yield self.found(
                [first, second],
                (said("vi", "chênh"), said("en", "apart by")),
                (f"Giữ cả hai; nếu cần một số thì chọn: {choose}", f"Keep both; to have one, choose: {choose}"),
            )


class Revision(Reconciliation):
    """A revision stays within the usual size."""

    id = "REC-REVISION"
    severity = INFO
    sentence_vi = "Lần công bố sau điều chỉnh không quá 10% (hoặc 1 điểm với tỷ lệ) so với lần trước."
    sentence_en = "A later vintage revises by no more than 10 percent (or one point, for shares) of the earlier."

    _SQL = f"""
    with vintages as (
      select h.*, lag(h.value) over fact as old, lag(h.document) over fact as old_document,
        lag(h.published_from) over fact as old_day
      from history h where h.value is not null
      window fact as (partition by {", ".join(f"h.{c}" for c in KEY)} order by h.published_from, h.release, h.document))
    select * from vintages where old is not null and value <> old and old_document <> document
      and case when unit in {_RELATIVE} then unit <> 'RANK' and abs(value - old) > 1
        else abs(value - old) > 0.1 * abs(old) end
      and abs(value - old) > 1.5 * power(10.0, -coalesce(decimals, 0))
    order by indicator, period, area_key, published_from
    """

    _MANY = 5

    def check(self, evidence: Evidence) -> Iterable[Discrepancy]:
        """One per revised fact; one for all where a document revises many."""
        together: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row in evidence.rows(self._SQL):
            name = ("indicator", "issuer", "old_document", "document")
            together.setdefault(tuple(row[c] for c in name), []).append(row)
        for rows in together.values():
            if len(rows) < self._MANY:
                yield from (self._one(evidence, row) for row in rows)
                continue
            example = self._one(evidence, max(rows, key=lambda r: abs(r["value"] - r["old"]) / (abs(r["old"]) or 1)))
            said = (
                f"{len(rows)} số liệu được điều chỉnh mạnh, nhất là {example.message_vi}",
                f"{len(rows)} figures are much revised, above all {example.message_en}",
            )
            facts = [f for r in rows for f in self._one(evidence, r).facts]
            yield self.found(facts, said, (example.suggestion_vi, example.suggestion_en))

    def _one(self, evidence: Evidence, row: dict[str, Any]) -> Discrepancy:
        fact = fact_of(row)

        def said(lang: str, old: str, new: str) -> str:
            return (
                f"{evidence.place(fact, lang)} ({fact.issuer}): {old} {number(row['old'], lang)} "
                f"({row['old_document']}, {row['old_day']}), {new} {number(row['value'], lang)} "
                f"({row['document']}, {row['published_from']}): "
                f"{off_words(row['old'], row['value'], row['unit'], lang)}"
            )

        return self.found(
            [fact],
            (said("vi", "từ", "thành"), said("en", "from", "to")),
            (
                "Xem lý do điều chỉnh; chuỗi có thể cần tính lại cho cả các năm trước.",
                "See why it was revised; earlier years of the series may need the same.",
            ),
        )


class Range(Reconciliation):
    """A value lies where values of its kind can lie."""

    id = "REC-RANGE"
    severity = ERROR
    sentence_vi = "Giá trị nằm trong khoảng có thể: tỷ lệ 0-100, số đếm không âm, chỉ số dương, hạng từ 1."
    sentence_en = "A value lies where it can: shares 0-100, counts not negative, indices positive, ranks from 1."

    # growth and what is measured against a plan may leave 0-100; balances and differences may be negative
    _SQL = """
    select v.*, case when v.unit = 'PCT' and (i.aggregation = 'weighted_mean'
          or (i.aggregation = 'ratio' and i.denominator not like '%\\_PLAN' escape '\\')) then 'share'
        when v.unit = 'PCT' and i.aggregation = 'never' and v.indicator like '%\\_SHARE' escape '\\' then 'share'
        when v.unit = 'PERMILLE' and v.value > 1000 then 'permille'
        when v.unit = 'INDEX' then 'index' when v.unit = 'RANK' then 'rank' when v.unit = 'POINTS' then 'points'
        when v.unit in {counted} and i.aggregation in ('sum', 'stock') then 'count' end as kind
    from val v join indicators i using (indicator)
    where i.aggregation <> 'growth' and case kind when 'share' then v.value not between 0 and 100
      when 'permille' then true when 'index' then v.value not between 10 and 1000
      when 'rank' then v.value not between 1 and 63 or v.value <> round(v.value)
      when 'points' then v.value not between 0 and 100 when 'count' then v.value < 0 else false end
    order by v.indicator, v.period, v.area_key
    """
    _LIMITS: ClassVar[dict[str, tuple[str, str]]] = {
        "share": ("0-100", "0-100"), "permille": ("0-1.000", "0-1,000"), "index": ("10-1.000", "10-1,000"),
        "rank": ("1-63", "1-63"), "points": ("0-100", "0-100"), "count": ("≥ 0", "≥ 0"),
    }  # fmt: skip

    def check(self, evidence: Evidence) -> Iterable[Discrepancy]:
        """One per value."""
        for row in evidence.rows(self._SQL.format(counted=COUNTED)):
            fact, (vi, en) = fact_of(row), self._LIMITS[row["kind"]]
            yield self.found(
                [fact],
                (
                    f"{evidence.shown(fact, 'vi')} nằm ngoài khoảng {vi}",
                    f"{evidence.shown(fact, 'en')} lies outside {en}",
                ),
                ("Kiểm tra đơn vị và dấu thập phân.", "Check the unit and the decimal sign."),
            )


CHECKS: tuple[Reconciliation, ...] = (Range(), TwoIssuers(), Revision())
