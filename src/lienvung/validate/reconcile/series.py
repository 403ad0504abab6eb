"""Steps in a series: a changed unit, a break, years that repeat, periods of zeros."""

from __future__ import annotations

from collections.abc import Iterable
from math import exp
from typing import Any

from lienvung.domain.discrepancies import Discrepancy, Fact
from lienvung.domain.handovers import ERROR, INFO, WARNING
from lienvung.domain.observations import KEY, SERIES
from lienvung.validate.reconcile.checks import Reconciliation
from lienvung.validate.reconcile.evidence import Evidence
from lienvung.validate.reconcile.wording import fact_of, number, rounded

_SERIES = ", ".join(SERIES)
_HERE = f"struct_pack({', '.join(f'{c} := {c}' for c in (*KEY, 'value'))})"

# Every yearly step of a positive series, in natural logarithms, beside the usual step of its series and its spread.
_STEPS = f"""
with base as (
  select {", ".join(KEY)}, value, code, period_start, hash({_SERIES}) as sid,
    value / case when half = 0 then 1 else 2 * half end as units_here
  from val where value > 0 and freq = 'A' and unit <> 'RANK' and aggregation <> 'growth'),
lagged as (
  select *, lag(period_start) over in_time as before_start, lag(value) over in_time as before_value,
    lag(period) over in_time as before_period, least(units_here, lag(units_here) over in_time) as units
  from base window in_time as (partition by sid order by period_start)),
stepped as (select *, case when before_start = period_start - interval 1 year then ln(value / before_value) end as step
  from lagged),
usuals as (select sid, median(step) as usual, count(step) as steps from stepped group by sid),
spreads as (select sid, median(abs(step - usual)) as spread from stepped join usuals using (sid) group by sid),
alls as (select indicator, median(abs(step)) as all_spread, count(step) as all_steps from stepped group by indicator)
select s.*, usual, steps, spread, all_spread, all_steps,
  lead(step) over in_time as next_step, lag(step) over in_time as last_step
from stepped s join usuals using (sid) join spreads using (sid) join alls using (indicator)
window in_time as (partition by sid order by period_start)
"""


def _two(row: dict[str, Any]) -> tuple[Fact, Fact]:
    """The figure after a step and the one before it."""
    return fact_of(row), fact_of(row | {"period": row["before_period"], "value": row["before_value"]})


class UnitJump(Reconciliation):
    """A series does not step by a power of ten from one year to the next."""

    id = "REC-UNIT-JUMP"
    severity = ERROR
    sentence_vi = "Chuỗi không nhảy khoảng 1.000 lần (hoặc đúng 10, 100 lần ở chuỗi êm) từ năm này sang năm sau."
    sentence_en = "A series does not step about 1,000 times (or just 10 or 100 times where it is calm) in a year."

    # A thousandfold is told within a factor of two; ten- and hundredfold only close to it, and where the usual step is
    # small: such steps do happen in truth. The way back from one wrong year is not told again.
    _SQL = """
    select s.*, round(abs(step / ln(10))) as power, step * next_step < 0 and abs(step + next_step) < 0.7 as back
    from steps s
    anti join breaks k on k.indicator = s.indicator and k.issuer = s.issuer and k.period = s.period
      and (k.area = '' or k.area = s.code or k.area = s.area_key)
    where step is not null and (last_step is null or step * last_step > 0 or abs(step + last_step) > 0.7) and (
      ((abs(abs(step) - 3 * ln(10)) < 0.7 or abs(abs(step) - 6 * ln(10)) < 0.7)
        and (steps < 4 or spread < 0.5) and (all_steps < 8 or all_spread < 0.4))
      or (units >= 10 and steps >= 4 and spread < 0.1
        and (abs(abs(step) - ln(10)) < 0.1 or abs(abs(step) - 2 * ln(10)) < 0.15)))
    """

    def check(self, evidence: Evidence) -> Iterable[Discrepancy]:
        """One per step."""
        evidence.once("steps", _STEPS)
        for row in evidence.rows(self._SQL):
            fact, before = _two(row)
            times = 10 ** int(row["power"])
            todo = _SPIKE_TODO if row["back"] else _JUMP_TODO
            said = _jump_words(evidence, fact, before, times)
            yield self.found([fact, before], said, todo, "" if times >= 1000 else WARNING)


_JUMP_TODO = (
    "Kiểm tra đơn vị của hai năm (người và nghìn người, triệu và nghìn đồng).",
    "Check the units of the two years (persons and thousands, millions and thousands of đồng).",
)


def _jump_words(evidence: Evidence, fact: Fact, before: Fact, times: int) -> tuple[str, str]:
    def said(lang: str, after: str, jump: str) -> str:
        return (
            f"{evidence.shown(fact, lang)} {after} {number(before.value or 0, lang)} ({before.period}): "
            f"{jump} {number(times, lang)}"
        )

    return said("vi", "sau", "nhảy khoảng ×/÷"), said("en", "after", "a jump of about ×/÷")


class SeriesBreak(Reconciliation):
    """A step far out of the usual steps of its series."""

    id = "REC-BREAK"
    sentence_vi = "Bước nhảy của chuỗi không vượt xa các bước thường thấy (trung vị và độ lệch trung vị của log)."
    sentence_en = "A step of a series is not far out of its usual steps (median and median deviation of logs)."

    # a short series has no usual step: only halving, doubling, or a way there and back is told
    _SIGMAS, _LEAST, _HALVED = 12, 0.35, 0.65
    # ``back``: the next step undoes this one, so that the figure in between is the suspect
    _SQL = f"""
    with scored as (select * replace (case when steps < 5 then 0 else usual end as usual),
        (step - usual) / greatest(1.4826 * spread, 0.03) as score, all_steps < 8 or all_spread < 0.05 as is_calm
      from steps),
    marked as (select *, coalesce(units >= 40 and abs(step) < 5.5 and case
        when steps >= 5 then abs(score) > {_SIGMAS} and abs(step - usual) >= {_LEAST}
        else is_calm and (abs(step) >= {_HALVED} or (abs(step) >= 0.3 and abs(step + next_step) < 0.06)) end, false)
      as is_break from scored),
    spiked as (select *, is_break and abs(step + next_step - 2 * usual) < 0.35 * abs(step - usual) as back
      from marked)
    select s.*, count(*) filter (where is_break) over moment as alike, count(step) over moment as areas,
      k.note_vi, k.note_en
    from (select *, coalesce(lag(back) over (partition by sid order by period_start), false) as is_return
      from spiked) s
    left join breaks k on k.indicator = s.indicator and k.issuer = s.issuer and k.period = s.period
      and (k.area = '' or k.area = s.code or k.area = s.area_key)
    window moment as (partition by s.indicator, s.activity, s.breakdown, s.issuer, s.period, step > 0)
    qualify is_break and not is_return
    """

    def check(self, evidence: Evidence) -> Iterable[Discrepancy]:
        """One per step; one for what breaks together; a note where the break is known."""
        evidence.once("steps", _STEPS)
        single: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        together: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        known: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row in evidence.rows(self._SQL):
            if row["note_vi"]:
                known.setdefault((row["indicator"], row["issuer"], row["period"], row["note_vi"]), []).append(row)
            elif row["alike"] >= 5 and row["alike"] >= 0.25 * row["areas"]:
                name = ("indicator", "activity", "breakdown", "issuer", "period")
                together.setdefault(tuple(row[c] for c in name), []).append(row)
            else:
                single.setdefault((row["area_key"], row["issuer"], row["period"]), []).append(row)
        for rows in single.values():
            if len({r["indicator"] for r in rows}) >= self._INDICATORS:
                yield self._all(evidence, rows, _TERRITORY_TODO)
            else:
                yield from (self._one(evidence, r, _SPIKE_TODO if r["back"] else _BREAK_TODO) for r in rows)
        for rows in together.values():
            yield self._all(evidence, rows, _TOGETHER_TODO)
        for rows in known.values():
            note = rows[0]["note_vi"], rows[0]["note_en"]
            yield self._all(evidence, rows, (f"Đã biết: {note[0]}", f"Known: {note[1]}"), INFO)

    _INDICATORS = 4

    def _all(
        self, evidence: Evidence, rows: list[dict[str, Any]], todo: tuple[str, str], severity: str = ""
    ) -> Discrepancy:
        example = self._one(evidence, max(rows, key=lambda r: abs(r["step"])), todo, severity)
        if len(rows) == 1:
            return example
        said = (
            f"{len(rows)} chuỗi cùng đứt gãy, ví dụ {example.message_vi}",
            f"{len(rows)} series break together, for example {example.message_en}",
        )
        facts = [f for r in rows for f in _two(r)]
        return self.found(facts, said, todo, severity)

    def _one(self, evidence: Evidence, row: dict[str, Any], todo: tuple[str, str], severity: str = "") -> Discrepancy:
        fact, before = _two(row)

        def said(lang: str, after: str, usual: str) -> str:
            a, b = before.value or 0.0, fact.value or 0.0
            middle = f", {usual} {rounded(100 * (exp(row['usual']) - 1), 1, lang)} %" if row["steps"] >= 5 else ""
            return (
                f"{evidence.shown(fact, lang)} {after} {number(a, lang)} ({before.period}): "
                f"{rounded(100 * (b / a - 1), 1, lang)} %{middle}"
            )

        return self.found([fact, before], (said("vi", "sau", "thường"), said("en", "after", "usually")), todo, severity)


_SPIKE_TODO = (
    "Năm sau trở lại mức cũ: có thể nhầm số ở năm này.",
    "The year after returns to the old level: this year's figure may be wrong.",
)
_BREAK_TODO = (
    "Nếu là đổi khái niệm, phạm vi hay địa giới thì ghi vào danh sách đứt gãy; nếu không thì đối chiếu bản gốc.",
    "If concept, scope or territory changed, note it in the list of breaks; otherwise compare with the original.",
)
_TOGETHER_TODO = (
    "Nhiều địa bàn cùng năm: có lẽ đổi khái niệm hoặc đơn vị; ghi vào danh sách đứt gãy.",
    "Many areas in one year: probably another concept or unit; note it in the list of breaks.",
)


_TERRITORY_TODO = (
    "Nhiều chỉ tiêu của một địa bàn cùng năm: có lẽ địa giới đổi (chia tách, sáp nhập); ghi vào danh sách đứt gãy.",
    "Many indicators of one area in one year: probably its territory changed; note it in the list of breaks.",
)


class DuplicateYear(Reconciliation):
    """Two periods do not carry the same values over and over."""

    id = "REC-DUPLICATE-YEAR"
    sentence_vi = "Hai kỳ không lặp lại y nguyên giá trị của nhiều địa bàn."
    sentence_en = "Two periods do not repeat the values of many areas."

    # Where a series usually stands still from year to year (area of land) repeating is no sign of anything.
    _SQL = f"""
    with one as (select * from val where value <> 0 and freq in ('A', 'S', 'Q', 'M') and unit <> 'RANK'),
    pairs as (
      select a.indicator, a.activity, a.breakdown, a.issuer, a.freq, a.period as first_period, b.period as last_period,
        b.period_start - a.period_start as apart, count(*) as areas,
        count(*) filter (where a.value = b.value) as equal,
        count(distinct a.value) filter (where a.value = b.value) as distinct_values,
        list({_HERE.replace(":= ", ":= b.")} order by b.area_key) filter (where a.value = b.value) as facts
      from one a join one b on a.indicator = b.indicator and a.area_key = b.area_key and a.activity = b.activity
        and a.breakdown = b.breakdown and a.issuer = b.issuer and a.freq = b.freq and a.period_start < b.period_start
        and b.period_start <= a.period_start + interval 3 year
      group by all)
    select *, median(equal / areas) over same as usual
    from pairs window same as (partition by indicator, activity, breakdown, issuer, freq)
    qualify areas >= 8 and equal >= 0.9 * areas and distinct_values >= 8 and usual < 0.3
    order by indicator, first_period, last_period
    """

    def check(self, evidence: Evidence) -> Iterable[Discrepancy]:
        """One per pair of periods."""
        for row in evidence.rows(self._SQL):
            facts = [Fact(**f) for f in row["facts"]]
            first, last, count = row["first_period"], row["last_period"], row["equal"]
            what = f"{row['indicator']} ({row['issuer']})"
            yield self.found(
                facts,
                (
                    f"{what}: {count} trong {row['areas']} địa bàn có giá trị kỳ {last} y hệt kỳ {first}",
                    f"{what}: {count} of {row['areas']} areas have in {last} exactly the value of {first}",
                ),
                ("Kỳ sau có thể là bản chép của kỳ trước.", "The later period may be a copy of the earlier."),
            )


class ZeroFill(Reconciliation):
    """A whole period is not zeros."""

    id = "REC-ZERO-FILL"
    severity = ERROR
    sentence_vi = "Cả một kỳ toàn số 0 (mọi địa bàn, hoặc mọi chỉ tiêu của một địa bàn) là chưa có số liệu."
    sentence_en = "A whole period of zeros (every area, or every indicator of one area) is missing data."

    _SQL = f"""
    with said as (select *, {_HERE} as fact, value = 0 and mark is null as is_zero from val),
    periods as (
      select 'areas' as scope, indicator, '' as area_key, issuer, freq, period, list(fact) as facts, count(*) as n
      from said group by all having count(*) >= 3 and bool_and(is_zero)
      union all
      select 'indicators', '', area_key, issuer, freq, period, list(fact), count(*)
      from said group by all having count(distinct (indicator, activity)) >= 3 and bool_and(is_zero))
    -- zeros of a series that is always zero say nothing
    select p.* from periods p where exists (
      select 1 from said s where s.issuer = p.issuer and s.freq = p.freq and not s.is_zero
        and (s.indicator = p.indicator or p.indicator = '') and (s.area_key = p.area_key or p.area_key = ''))
    order by scope, indicator, area_key, period
    """

    def check(self, evidence: Evidence) -> Iterable[Discrepancy]:
        """One per indicator, or per area, and period."""
        for row in evidence.rows(self._SQL):
            facts, period, count = [Fact(**f) for f in row["facts"]], row["period"], row["n"]
            what = {lang: row["indicator"] or evidence.area(row["area_key"], lang) for lang in ("vi", "en")}
            yield self.found(
                facts,
                (
                    f"{what['vi']}, kỳ {period}: cả {count} số liệu đều bằng 0 ({row['issuer']})",
                    f"{what['en']}, period {period}: all {count} figures are 0 ({row['issuer']})",
                ),
                (
                    "Nếu chưa có số liệu ghi '..'; nếu không phát sinh ghi '-'.",
                    "If there is no data write '..'; if it does not occur write '-'.",
                ),
            )


CHECKS: tuple[Reconciliation, ...] = (UnitJump(), SeriesBreak(), DuplicateYear(), ZeroFill())
