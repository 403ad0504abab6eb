"""Parts against their total, shares against one hundred."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lienvung.domain.discrepancies import Discrepancy, Fact
from lienvung.domain.handovers import INFO
from lienvung.domain.observations import KEY
from lienvung.validate.reconcile.checks import Reconciliation
from lienvung.validate.reconcile.evidence import COUNTED, Evidence
from lienvung.validate.reconcile.wording import about, fact_of, number

SMALL = 5e-5
"""A difference below this share of the total is not spoken of."""
_FACT = f"struct_pack({', '.join(f'{c} := v.{c}' for c in (*KEY, 'value'))})"

# One row per group of parts in one document, for the column that the kind of list breaks down.
_GROUPS = """
select '{kind}' as kind, v.indicator, v.area_key, v.{other}, v.issuer, v.freq, v.period, v.document, k.family, k.parent,
  count(*) as parts, any_value(k.family_size) as family_size, sum(v.value) as total, sum(v.half) as slack,
  list({fact} order by v.{kind}) as facts, any_value(v.unit) as unit, any_value(v.aggregation) as aggregation
from every v join kin k on k.kind = '{kind}' and v.{kind} = k.code
group by all having count(*) >= 2 and bool_or(v.is_current)
"""


def groups_sql(kind: str, where: str) -> str:
    """Groups of parts along one column (``breakdown`` or ``activity``)."""
    other = "activity" if kind == "breakdown" else "breakdown"
    made = _GROUPS.format(kind=kind, other=other, fact=_FACT)
    return f"select * from ({made}) where {where}"


def _wholes_sql(kind: str) -> str:
    other = "activity" if kind == "breakdown" else "breakdown"
    whole = ", ".join(f"{c} := t.{c}" for c in (*KEY, "value"))
    return f"""
    select g.*, struct_pack({whole}) as whole_fact, t.value as whole, total - t.value as gap,
      greatest(slack + t.half, {SMALL} * abs(t.value)) as tolerance
    from ({groups_sql(kind, "aggregation in ('sum', 'stock')")}) g
    join val t on t.{kind} = g.parent and t.{other} = g.{other} and t.indicator = g.indicator
      and t.area_key = g.area_key and t.issuer = g.issuer and t.freq = g.freq and t.period = g.period
      and t.document = g.document
    """


class PartsTotal(Reconciliation):
    """Parts add up to the total printed beside them."""

    id = "REC-PARTS-TOTAL"
    sentence_vi = "Các phần của một phân tổ cộng lại bằng tổng số in trong cùng văn bản, trong phạm vi làm tròn."
    sentence_en = "The parts of a breakdown add up to the total in the same document, within rounding."

    # Whether a list of parts is meant to be complete is told by the figures: most of the groups add up. With few
    # groups a list that is whole in the code list, or that misses the total by little, is taken to be.
    _SQL = """
    select *, abs(gap) <= tolerance as agrees,
      avg(case when abs(gap) <= tolerance then 1 else 0 end) over same as share, count(*) over same as groups
    from ({wholes})
    window same as (partition by indicator, issuer, freq, family, parent)
    qualify not agrees and case when groups >= 4 then share >= 0.5
      else parts = family_size or abs(gap) <= 0.05 * abs(whole) end
    """

    def check(self, evidence: Evidence) -> Iterable[Discrepancy]:
        """One per total that its parts miss."""
        for kind in ("breakdown", "activity"):
            alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
            for row in evidence.rows(self._SQL.format(wholes=_wholes_sql(kind))):
                alike.setdefault(tuple(row[c] for c in ("indicator", "issuer", "family", "parent")), []).append(row)
            for rows in alike.values():
                below = sum(r["gap"] < 0 for r in rows)
                if len(rows) >= self._MANY and below >= 0.95 * len(rows):
                    yield self._left_out(evidence, [r for r in rows if r["gap"] < 0])
                    rows = [r for r in rows if r["gap"] >= 0]
                yield from (self._finding(evidence, row) for row in rows)

    _MANY = 20

    def _left_out(self, evidence: Evidence, rows: list[dict[str, Any]]) -> Discrepancy:
        last = max(rows, key=lambda r: (str(r["period"]), -r["gap"]))
        example, count = self._finding(evidence, last), len(rows)
        return self.found(
            example.facts,
            (
                f"{count} tổng số lớn hơn các phần in kèm, gần như không ngược lại; ví dụ {example.message_vi}",
                f"{count} totals exceed the parts beside them, hardly the other way; e.g. {example.message_en}",
            ),
            (
                "Có lẽ có phần không in riêng; không dùng các phần này làm cơ cấu đủ 100%.",
                "A part is probably not printed apart; do not read these parts as a whole structure.",
            ),
            "info",
        )

    def _finding(self, evidence: Evidence, row: dict[str, Any]) -> Discrepancy:
        whole, parts = Fact(**row["whole_fact"]), [Fact(**f) for f in row["facts"]]
        gap, slack = row["gap"], row["tolerance"]
        alike = _alike(parts, gap, slack)
        said = {
            "vi": f"{evidence.place(whole, 'vi')}: {len(parts)} phần cộng được {number(row['total'], 'vi')}, "
            f"tổng in {number(row['whole'], 'vi')}, lệch {number(-gap, 'vi')} "
            f"(cho phép ±{about(slack, 'vi')}) ({whole.issuer})",
            "en": f"{evidence.place(whole, 'en')}: {len(parts)} parts add up to {number(row['total'], 'en')}, "
            f"the total reads {number(row['whole'], 'en')}, off by {number(-gap, 'en')} "
            f"(allowed ±{about(slack, 'en')}) ({whole.issuer})",
        }
        todo = ("Đối chiếu tổng số và từng phần với bản gốc.", "Compare the total and each part with the original.")
        if alike:
            code = alike.breakdown if row["kind"] == "breakdown" else alike.activity
            todo = (
                f"Số lệch bằng đúng phần {code}: có thể bị cộng thiếu hoặc hai lần.",
                f"The difference equals the part {code}: it may be left out or counted twice.",
            )
        absent = self._absent(evidence, row, parts) if gap < 0 else None
        if absent:
            todo = (f"Phần không in ở đây: {absent[0]}.", f"Parts not printed here: {absent[1]}.")
        return self.found([whole, *parts], (said["vi"], said["en"]), todo, INFO if absent else "")

    @staticmethod
    def _absent(evidence: Evidence, row: dict[str, Any], parts: list[Fact]) -> tuple[str, str] | None:
        """The few parts of the list that the document does not print, such as taxes less subsidies."""
        lists = evidence.catalogue.breakdowns if row["kind"] == "breakdown" else evidence.catalogue.activities
        there = {p.breakdown if row["kind"] == "breakdown" else p.activity for p in parts}
        names = evidence.family(row["kind"], row["family"], row["parent"]) - there
        if not 0 < len(names) <= 2:
            return None
        vi, en = (", ".join(f"{n} ({lists[n].name(lang)})" for n in sorted(names)) for lang in ("vi", "en"))
        return vi, en


class SharesHundred(Reconciliation):
    """Shares of one whole add up to 100 percent."""

    id = "REC-SHARES-100"
    sentence_vi = "Các tỷ trọng của một tổng thể cộng lại bằng 100%, trong phạm vi làm tròn."
    sentence_en = "The shares of one whole add up to 100 percent, within rounding."

    _SQL = """
    select *, abs(total - 100) <= slack + 1e-9 as agrees, median(total) over same as middle,
      count(*) over same as groups
    from ({groups})
    window same as (partition by indicator, issuer, freq, family, parent)
    qualify not agrees and case when groups >= 4 then middle between 99 and 101 else total between 95 and 105 end
    """

    def check(self, evidence: Evidence) -> Iterable[Discrepancy]:
        """One per set of shares whose sum is not 100."""
        for kind in ("breakdown", "activity"):
            where = "unit = 'PCT' and aggregation not in ('sum', 'stock', 'growth') and parent = '_T'"
            for row in evidence.rows(self._SQL.format(groups=groups_sql(kind, where))):
                parts = [Fact(**f) for f in row["facts"]]
                yield self.found(parts, *self._words(evidence, row, parts))

    @staticmethod
    def _words(evidence: Evidence, row: dict[str, Any], parts: list[Fact]) -> tuple[tuple[str, str], tuple[str, str]]:
        first, total, slack = parts[0], row["total"], row["slack"]

        def said(lang: str, middle: str, allowed: str) -> str:
            terms = " + ".join(number(p.value or 0.0, lang) for p in parts)
            where = f"{first.indicator}, {evidence.area(first.area_key, lang)}, {first.period}"
            return (
                f"{where}: {terms} = {number(total, lang)}, {middle} 100 ({allowed} ±{about(slack, lang)}) "
                f"({first.issuer})"
            )

        return (
            (said("vi", "không bằng", "cho phép"), said("en", "not", "allowed")),
            ("Tính lại tỷ trọng từ giá trị tuyệt đối.", "Compute the shares anew from the amounts."),
        )


# One row per printed whole and set of members that are all there, in one document.
_REGION = f"""
select s.whole_set, t.period_start, t.aggregation = 'stock' and t.own_unit not in {COUNTED} as is_measured,
  t.indicator, t.activity, t.breakdown, t.issuer, t.freq, t.period, t.document, t.area_key,
  t.value as whole, t.half, s.total, s.slack, s.facts, s.members, s.total - t.value as gap,
  greatest(s.slack + t.half, {SMALL} * abs(t.value)) as tolerance
from val t join (
  select p.whole_set, p.whole_key, v.indicator, v.activity, v.breakdown, v.issuer, v.freq, v.period, v.document,
    sum(v.value) as total, sum(v.half) as slack, count(*) as members,
    count(*) filter (where p.until is null) as lasting,
    count(*) filter (where p.until > v.period_end) as ended,
    list({_FACT} order by v.area_key) as facts
  from parts p join every v on v.area_key = p.part_key and (p.until is null or p.until > v.period_end)
  where v.aggregation in ('sum', 'stock') and v.unit not in ('PCT', 'PERMILLE')
  group by all) s
on t.area_key = s.whole_key and t.indicator = s.indicator and t.activity = s.activity and t.breakdown = s.breakdown
  and t.issuer = s.issuer and t.freq = s.freq and t.period = s.period and t.document = s.document
join (select whole_set, count(*) filter (where until is null) as expected, max(until) as last_end
      from parts group by all) e on e.whole_set = s.whole_set
where s.lasting = e.expected
  and s.ended = (select count(*) from parts q where q.whole_set = s.whole_set and q.until > t.period_end)
"""


class RegionSum(Reconciliation):
    """A region's printed figure is the sum of its provinces."""

    id = "REC-REGION-SUM"
    sentence_vi = "Số in của vùng hoặc cả nước (chỉ tiêu cộng được) bằng tổng các tỉnh trong cùng văn bản."
    sentence_en = "The printed figure of a region or the country (additive) is the sum of its provinces."

    _MISSES = """
    select *, avg(case when abs(gap) <= tolerance then 1 else 0 end) over same as share, count(*) over same as groups
    from ({regions}) window same as (partition by indicator, whole_set, issuer, freq, activity, breakdown)
    qualify abs(gap) > tolerance
    """
    # another value that would close the gap: of one member or of the whole, in another vintage or of another issuer; of
    # a measured stock (area of land) also the one value of a year nearby
    _CLOSERS = f"""
    select m.number, h.area_key, h.document, h.period, h.issuer, h.value, v.value as used,
      h.period = m.period as is_same
    from misses m, unnest(m.facts || [struct_pack({", ".join(f"{c} := m.{c}" for c in KEY)}, value := m.whole)]) as u(v)
    join history h on h.indicator = m.indicator and h.area_key = v.area_key and h.activity = m.activity
      and h.breakdown = m.breakdown and h.freq = m.freq
      and (h.period = m.period or (m.is_measured and abs(date_diff('day', h.period_start, m.period_start)) < 800))
    where h.value is not null and h.value <> v.value
      and abs(case when h.area_key = m.area_key then m.total - h.value else m.gap + h.value - v.value end)
        <= case when h.period = m.period then least(m.tolerance, 0.05 * abs(m.gap)) else 0.005 * abs(m.gap) end
    qualify is_same or count(distinct h.area_key) over (partition by m.number) = 1
    order by is_same, h.issuer = m.issuer
    """
    _ASIDE = """
    select m.number, v.breakdown, v.value from misses m join val v on v.indicator = m.indicator
      and v.area_key = m.area_key and v.activity = m.activity and v.issuer = m.issuer and v.freq = m.freq
      and v.period = m.period and v.document = m.document
    where v.breakdown <> m.breakdown and abs(v.value + m.gap) <= least(m.tolerance, 0.05 * abs(m.gap))
    """

    def check(self, evidence: Evidence) -> Iterable[Discrepancy]:
        """One per printed whole; one for all where the whole is hardly ever the sum."""
        evidence.keep(
            "misses", f"select *, row_number() over () as number from ({self._MISSES.format(regions=_REGION)})"
        )
        closers = {r["number"]: r for r in evidence.rows(self._CLOSERS)}
        aside = {r["number"]: r for r in evidence.rows(self._ASIDE)}
        never: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row in evidence.rows("select * from misses order by number"):
            if row["groups"] >= 3 and row["share"] < 0.5 and row["number"] not in aside:
                name = ("indicator", "whole_set", "issuer", "freq", "activity", "breakdown")
                never.setdefault(tuple(row[c] for c in name), []).append(row)
            else:
                yield self._one(evidence, row, closers.get(row["number"]), aside.get(row["number"]))
        for rows in never.values():
            yield self._structural(evidence, rows)

    def _one(
        self, evidence: Evidence, row: dict[str, Any], closer: dict[str, Any] | None, aside: dict[str, Any] | None
    ) -> Discrepancy:
        whole = fact_of(row | {"value": row["whole"]})
        said = tuple(_sum_words(evidence, row, whole, lang) for lang in ("vi", "en"))
        todo, severity = ("Đối chiếu với bản gốc.", "Compare with the original."), ""
        if closer and (closer["is_same"] or not aside):
            todo = _closer_words(evidence, row, closer)
        elif aside:
            part, value, severity = aside["breakdown"], aside["value"], "info"
            todo = (
                f"Số lệch đúng bằng {part} ({number(value, 'vi')}) in riêng trong cùng biểu.",
                f"The difference equals {part} ({number(value, 'en')}), printed apart in the same table.",
            )
        else:
            todo = _member_words(evidence, row) or todo
        facts = [whole, *(Fact(**f) for f in row["facts"])]
        return self.found(facts, (said[0], said[1]), todo, severity)

    def _structural(self, evidence: Evidence, rows: list[dict[str, Any]]) -> Discrepancy:
        last = max(rows, key=lambda r: str(r["period"]))
        whole = fact_of(last | {"value": last["whole"]})
        vi, en = (_sum_words(evidence, last, whole, lang) for lang in ("vi", "en"))
        count, groups = len(rows), last["groups"]
        said = (
            f"{count} trong {groups} kỳ không khớp, ví dụ {vi}",
            f"{count} of {groups} periods do not agree, for example {en}",
        )
        todo = (
            "Số của vùng thường không phải là tổng các tỉnh (có phần không phân theo tỉnh, hoặc cách tính khác).",
            "The whole is usually not the sum here (a part is not given by province, or the method differs).",
        )
        return self.found([whole, *(Fact(**f) for f in last["facts"])], said, todo, "info")


def _sum_words(evidence: Evidence, row: dict[str, Any], whole: Fact, lang: str) -> str:
    words = {
        "vi": ("đơn vị cộng được", "số in", "lệch", "cho phép"),
        "en": ("units add up to", "printed", "off by", "allowed"),
    }[lang]
    return (
        f"{evidence.place(whole, lang)}: {row['members']} {words[0]} {number(row['total'], lang)}, "
        f"{words[1]} {number(row['whole'], lang)}, {words[2]} {number(-row['gap'], lang)} "
        f"({words[3]} ±{about(row['tolerance'], lang)}) ({whole.issuer})"
    )


def _closer_words(evidence: Evidence, row: dict[str, Any], closer: dict[str, Any]) -> tuple[str, str]:
    value, used, key = closer["value"], closer["used"], closer["area_key"]
    origin = ", ".join(
        [closer["issuer"], closer["document"]] + [closer["period"]] * (closer["period"] != row["period"])
    )

    def said(lang: str, other: str, apart: str) -> str:
        step = f"{number(value, lang)} − {number(used, lang)} = {number(value - used, lang)}"
        return f"{evidence.area(key, lang)} {other} {number(value, lang)} ({origin}): {step} {apart}."

    return (
        said("vi", "còn có số công bố khác là", "giải thích đúng phần lệch"),
        said("en", "has another published value,", "explains the difference exactly"),
    )


def _member_words(evidence: Evidence, row: dict[str, Any]) -> tuple[str, str] | None:
    member = _alike([Fact(**f) for f in row["facts"]], row["gap"], row["tolerance"])
    if member is None:
        return None
    return (
        f"Số lệch bằng đúng số của {evidence.area(member.area_key, 'vi')}: có thể bị cộng thiếu hoặc hai lần.",
        f"The difference equals {evidence.area(member.area_key, 'en')}: it may be left out or counted twice.",
    )


def _alike(facts: list[Fact], gap: float, slack: float) -> Fact | None:
    """The one part that is as large as the gap, if the gap has digits enough to tell."""
    near = min(slack, 0.002 * abs(gap))
    found = [f for f in facts if f.value and abs(abs(f.value) - abs(gap)) <= near]
    return found[0] if len(found) == 1 and abs(gap) >= 20 and abs(gap) > 5 * slack else None


CHECKS: tuple[Reconciliation, ...] = (PartsTotal(), RegionSum(), SharesHundred())
