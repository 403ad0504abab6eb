"""Ratios against their printed parts, growth against levels, prices of the base year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lienvung.domain.discrepancies import Discrepancy, Fact
from lienvung.domain.handovers import INFO
from lienvung.domain.observations import KEY
from lienvung.validate.reconcile.checks import Reconciliation
from lienvung.validate.reconcile.evidence import Evidence
from lienvung.validate.reconcile.wording import number, rounded


def _fact(table: str) -> str:
    return f"struct_pack({', '.join(f'{c} := {table}.{c}' for c in (*KEY, 'value'))})"


_SAME = "{0}.area_key = r.area_key and {0}.activity = r.activity and {0}.breakdown = r.breakdown and {0}.freq = r.freq"
_NEARNESS = "case when {0}.document = r.document then 0 when {0}.issuer = r.issuer then 1 else 2 end"

# Each printed ratio with the numerator and denominator nearest to it: of its document, its issuer, or any issuer; and
# the smallest and largest ratio that the printed digits of both allow.
_RATIOS = f"""
select *, greatest(near_n, near_d) as apart, (n - hn) / (d + hd) * scale as low, (n + hn) / (d - hd) * scale as high,
  n / d * scale as expected, n * scale / r as implied
from (
  select r.indicator, r.issuer, r.freq, i.scale, {_fact("r")} as ratio, {_fact("n")} as top, {_fact("d")} as bottom,
    r.value as r, r.half as hr, n.value as n, n.half as hn, d.value as d, d.half as hd, d.own_unit as bottom_unit,
    {_NEARNESS.format("n")} as near_n, {_NEARNESS.format("d")} as near_d
  from val r join indicators i on i.indicator = r.indicator and i.aggregation = 'ratio'
  join val n on n.indicator = i.numerator and n.period = r.period and {_SAME.format("n")}
  join val d on d.indicator = i.denominator and d.period = r.period and {_SAME.format("d")}
  where r.value <> 0 and d.value > d.half
  qualify row_number() over (partition by {", ".join(f"r.{c}" for c in KEY)}
    order by near_n + near_d, n.published_from desc, d.published_from desc, n.issuer, d.issuer) = 1)
"""
_OFF = "abs(r - expected) > hr + greatest(high - expected, expected - low) + {slack} * abs(expected)"


class RatioParts(Reconciliation):
    """A ratio agrees with the printed figures that it is the ratio of."""

    id = "REC-RATIO-PARTS"
    sentence_vi = "Chỉ tiêu tỷ lệ khớp với tử số và mẫu số đã công bố; mẫu số ngầm định được tính và nêu ra."
    sentence_en = "A ratio agrees with its published numerator and denominator; the implied denominator is shown."

    # figures of other documents were revised in between, so that only more than a percent is told
    _SQL = f"""
    with judged as (select *, {_OFF.format(slack="case apart when 0 then 0.0005 else 0.01 end")} as is_off
      from ({_RATIOS}))
    select *, count(*) filter (where is_off) over same as off, count(*) over same as groups
    from judged window same as (partition by indicator, issuer, freq, apart, ratio.period, ratio.breakdown)
    qualify is_off
    """
    _MANY, _SHARE = 8, 0.2
    # two parts of whatever vintage or issuer whose ratio is the printed one
    _FITS = """
    select m.number, any_value(n.document) as top_document, any_value(d.document) as bottom_document,
      any_value(n.value) as n, any_value(d.value) as d
    from off_ratios m
    join history n on n.indicator = m.top.indicator and n.area_key = m.top.area_key and n.activity = m.top.activity
      and n.breakdown = m.top.breakdown and n.freq = m.freq and n.period = m.top.period
    join history d on d.indicator = m.bottom.indicator and d.area_key = m.bottom.area_key
      and d.activity = m.bottom.activity and d.breakdown = m.bottom.breakdown and d.freq = m.freq
      and d.period = m.bottom.period
    where n.value is not null and d.value > 0 and abs(m.r - n.value / d.value * m.scale) <= m.hr + 0.0005 * abs(m.r)
    group by m.number
    """

    def check(self, evidence: Evidence) -> Iterable[Discrepancy]:
        """One per ratio; one for a whole period where many of its ratios are off."""
        together: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
        evidence.keep("off_ratios", f"select *, row_number() over () as number from ({self._SQL})")
        fits = {row["number"]: row for row in evidence.rows(self._FITS)}
        for row in evidence.rows("select * from off_ratios order by number"):
            row["fit"] = fits.get(row["number"])
            if row["off"] >= self._MANY and row["off"] >= self._SHARE * row["groups"]:
                ratio = row["ratio"]
                name = (row["indicator"], row["issuer"], ratio["period"], ratio["breakdown"])
                together.setdefault(name, []).append(row)
            else:
                yield self._one(evidence, row)
        for rows in together.values():
            yield self._many(evidence, rows)

    def _many(self, evidence: Evidence, rows: list[dict[str, Any]]) -> Discrepancy:
        example = self._one(evidence, max(rows, key=lambda r: abs(r["r"] / r["expected"] - 1)))
        count, groups = len(rows), rows[0]["groups"]
        others = [Fact(**r["ratio"]) for r in rows]
        fits = sum(r["fit"] is not None for r in rows)
        return self.found(
            [*example.facts, *(f for f in others if f not in example.facts)],
            (
                f"{count} trong {groups} địa bàn của kỳ có tỷ lệ lệch với các phần, lệch nhất: {example.message_vi}",
                f"{count} of {groups} areas of the period have ratios off their parts, the most: {example.message_en}",
            ),
            (
                f"{fits} tỷ lệ khớp với lần công bố khác của các phần; còn lại: cột có thể bị lấy từ kỳ khác.",
                f"{fits} ratios fit another vintage of the parts; as to the rest, the column may be another period's.",
            ),
            INFO if fits == count else "",
        )

    def _one(self, evidence: Evidence, row: dict[str, Any]) -> Discrepancy:
        ratio, top, bottom = Fact(**row["ratio"]), Fact(**row["top"]), Fact(**row["bottom"])
        off = row["r"] / row["expected"] - 1
        unit = evidence.catalogue.units.get(row["bottom_unit"])

        def said(lang: str, made: str, implied: str, against: str, share: str) -> str:
            name = unit.name(lang) if unit else ""
            return (
                f"{evidence.shown(ratio, lang)}; {made} {number(row['n'], lang)} ({top.issuer}) / "
                f"{number(row['d'], lang)} ({bottom.issuer}) = {rounded(row['expected'], 2, lang)}, "
                f"{share} {rounded(100 * off, 2, lang)} %; {implied} {rounded(row['implied'], 1, lang)} {name}, "
                f"{against} {number(row['d'], lang)}"
            )

        fit = row["fit"]
        return self.found(
            [ratio, top, bottom],
            (
                said("vi", "từ các phần:", "mẫu số ngầm định", "so với", "lệch"),
                said("en", "from its parts:", "implied denominator", "against", "off by"),
            ),
            _fit_words(fit) if fit else _RATIO_TODO,
            INFO if fit else "",
        )


_RATIO_TODO = (
    "Kiểm tra tử số, mẫu số và lần công bố mà tỷ lệ dựa vào.",
    "Check which numerator, denominator and vintage the ratio rests on.",
)


def _fit_words(fit: dict[str, Any]) -> tuple[str, str]:
    documents = ", ".join(dict.fromkeys((fit["top_document"], fit["bottom_document"])))

    def terms(lang: str) -> str:
        return f"{number(fit['n'], lang)} / {number(fit['d'], lang)}"

    return (
        f"Khớp với lần công bố khác của các phần: {terms('vi')} ({documents}).",
        f"It fits another vintage of the parts: {terms('en')} ({documents}).",
    )


_GROWTH = f"""
select *, 100 * (l1 / l0 - 1) as expected, 100 * ((l1 + h1) / (l0 - h0) - l1 / l0) as slack
from (
  select r.indicator, {_fact("r")} as growth, {_fact("a")} as later, {_fact("b")} as earlier, r.value as r,
    r.half as hr, a.value as l1, a.half as h1, b.value as l0, b.half as h0, {_NEARNESS.format("a")} as apart
  from val r join indicators i on i.indicator = r.indicator and i.aggregation = 'growth' and i.numerator <> ''
  join val a on a.indicator = i.numerator and a.period = r.period and {_SAME.format("a")}
  join val b on b.indicator = i.numerator and b.area_key = a.area_key and b.activity = a.activity
    and b.breakdown = a.breakdown and b.freq = a.freq and b.issuer = a.issuer and b.document = a.document
    and b.period_start = a.period_start - interval 1 year
    and b.period_end between a.period_end - interval 367 day and a.period_end - interval 364 day
  where b.value > b.half
  qualify row_number() over (partition by {", ".join(f"r.{c}" for c in KEY)}
    order by apart, a.published_from desc, a.issuer) = 1)
where abs(r - expected) > hr + slack + case apart when 0 then 0.005 else 0.3 end
"""
# levels of one other document whose growth is the printed one
_GROWTH_FITS = """
select g.number, any_value(a.document) as document, any_value(a.value) as l1, any_value(b.value) as l0
from off_growth g
join history a on a.indicator = g.later.indicator and a.area_key = g.later.area_key and a.activity = g.later.activity
  and a.breakdown = g.later.breakdown and a.freq = g.later.freq and a.period = g.later.period
join history b on b.indicator = a.indicator and b.area_key = a.area_key and b.activity = a.activity
  and b.breakdown = a.breakdown and b.freq = a.freq and b.period = g.earlier.period and b.document = a.document
where a.value is not null and b.value > 0 and abs(g.r - 100 * (a.value / b.value - 1)) <= g.hr + g.slack + 0.005
group by g.number
"""


class GrowthLevels(Reconciliation):
    """Printed growth agrees with the levels that it is the growth of."""

    id = "REC-GROWTH-LEVELS"
    sentence_vi = "Tốc độ tăng in ra khớp với mức theo giá so sánh của kỳ này và cùng kỳ năm trước."
    sentence_en = "Printed growth agrees with the levels (in constant prices) of the period and a year before."

    def check(self, evidence: Evidence) -> Iterable[Discrepancy]:
        """One per growth rate."""
        evidence.keep("off_growth", f"select *, row_number() over () as number from ({_GROWTH})")
        fits = {row["number"]: row for row in evidence.rows(_GROWTH_FITS)}
        for row in evidence.rows("select * from off_growth order by number"):
            fit = fits.get(row["number"])
            growth, later, earlier = (Fact(**row[c]) for c in ("growth", "later", "earlier"))

            def said(lang: str, levels: str, row: dict[str, Any] = row, growth: Fact = growth) -> str:
                return (
                    f"{evidence.shown(growth, lang)} %; {levels} {number(row['l1'], lang)} / {number(row['l0'], lang)} "
                    f"= {rounded(row['expected'], 2, lang)} %"
                )

            yield self.found(
                [growth, later, earlier],
                (
                    said("vi", f"từ mức ({later.issuer}):"),
                    said("en", f"from the levels ({later.issuer}):"),
                ),
                (
                    (
                        f"Khớp với mức của văn bản {fit['document']}.",
                        f"It fits the levels of the document {fit['document']}.",
                    )
                    if fit
                    else (
                        "Kiểm tra lần công bố của mức và gốc giá so sánh.",
                        "Check the vintage of the levels and the base of their prices.",
                    )
                ),
                INFO if fit else "",
            )


class BaseYear(Reconciliation):
    """In the base year constant prices are current prices."""

    id = "REC-BASE-YEAR"
    sentence_vi = "Ở năm gốc, giá trị theo giá so sánh bằng giá trị theo giá hiện hành."
    sentence_en = "In the base year the value in constant prices equals the value in current prices."

    def check(self, evidence: Evidence) -> Iterable[Discrepancy]:
        """One per value of a base year."""
        for constant, current, year in _price_pairs(evidence):
            for row in evidence.rows(_BASE, constant=constant, current=current, year=year):
                yield self._one(evidence, Fact(**row["fixed"]), Fact(**row["running"]), year)

    def _one(self, evidence: Evidence, fixed: Fact, running: Fact, year: str) -> Discrepancy:
        a, b = fixed.value or 0.0, running.value or 0.0

        def said(lang: str, base: str, against: str, off: str) -> str:
            return (
                f"{evidence.place(fixed, lang)}: {base} {year}, {number(a, lang)} {against} {running.indicator} "
                f"{number(b, lang)} ({fixed.issuer}), {off} {rounded(100 * (a / b - 1), 2, lang)} %"
            )

        return self.found(
            [fixed, running],
            (said("vi", "năm gốc", "khác", "lệch"), said("en", "base year", "differs from", "off by")),
            (
                "Hai dãy không cùng lần đánh giá lại hoặc không cùng gốc giá; đừng nối chúng với nhau.",
                "The series are of different revaluations or bases; do not link them.",
            ),
        )


_BASE = f"""
select {_fact("r")} as fixed, {_fact("c")} as running
from val r join val c on {_SAME.format("c")} and c.period = r.period and c.issuer = r.issuer
where r.indicator = $constant and c.indicator = $current and year(r.period_start) = $year::int
  and c.value <> 0 and abs(r.value - c.value) > r.half + c.half + 1e-4 * abs(c.value)
"""


def _price_pairs(evidence: Evidence) -> list[tuple[str, str, str]]:
    """Constant-price indicators with the current-price one of the same thing, and the base year."""
    codes = evidence.catalogue.indicators
    pairs: list[tuple[str, str, str]] = []
    for code, indicator in codes.items():
        year = indicator.price_basis.removeprefix("constant_")
        stem = code.removesuffix(f"_C{year}")
        if year.isdigit() and stem != code:
            others = [c for c in (f"{stem}_CUR", stem) if c in codes and codes[c].price_basis == "current"]
            pairs += [(code, other, year) for other in others]
    return pairs


CHECKS: tuple[Reconciliation, ...] = (RatioParts(), GrowthLevels(), BaseYear())
