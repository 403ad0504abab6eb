"""An indicator on another boundary, by its own rule of aggregation; refused with the reason where no rule allows it.

Printed values are never merged with computed ones, nor one issuer's or vintage's claim with another's: each is a row.
An estimate from a divided unit is given only where nothing exact answers the same period.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from lienvung.analyse.derivations import (
    DERIVATIONS,
    Inputs,
    Row,
    Weights,
    make_inputs,
    make_printed,
    make_row,
    place_of,
    write_estimate,
    write_sum,
)
from lienvung.analyse.methods.shares import calc_rounding
from lienvung.domain.areas import AreaKey
from lienvung.domain.areas.crosswalk import Cover, Crosswalk, Territory
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.handovers import Question
from lienvung.domain.indicators import Indicator
from lienvung.errors import BadValue, Both, NotAdditive, PartsMissing
from lienvung.query.boundaries import (
    Asked,
    find_growths,
    find_inputs,
    find_products,
    find_ratios,
    find_sums,
    find_weights,
)
from lienvung.query.reader import Reader
from lienvung.store.pointer import Pointer

ADDITIVE = ("sum", "stock")
_REASONS = {
    "index": Both(
        "chỉ số của một vùng không phải tổng hay bình quân các chỉ số thành phần; quyền số không được công bố",
        "an index of a whole is no sum or mean of the indices of its parts; their weights are not published",
    ),
    "never": Both(
        "điểm số, thứ hạng và chỉ tiêu tổng hợp không suy ra được từ các địa bàn thành phần",
        "scores, ranks and composite measures do not follow from those of the parts",
    ),
}


@dataclass(frozen=True)
class Conversion:
    """What is wanted: territories on a boundary, and how splits and denominators are chosen.

    ``denominators``: (indicator, period or "") in place of the indicator's own.
    """

    crosswalk: Crosswalk
    territories: tuple[Territory, ...]
    boundary: date
    split_by: str | None = None
    denominators: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The boundary as code lists write it."""
        return self.crosswalk.name(self.boundary)


@dataclass
class _Work:
    """One indicator being computed over some covers."""

    catalogue: Catalogue
    indicator: Indicator
    wanted: Conversion
    asked: Asked
    inputs: Inputs
    weights: Mapping[str, Weights] = field(default_factory=dict)
    loaded: set[tuple[str, ...]] = field(default_factory=set)
    least: int = 1

    def load(self, *indicators: str, periods: Sequence[str] = ()) -> None:
        """Fetch the published rows of some indicators once."""
        lacking = [code for code in indicators if (code, *periods) not in self.loaded]
        if lacking:
            self.loaded.update((code, *periods) for code in lacking)
            self.inputs.add(find_inputs(self.asked, lacking, periods))

    def has(self, *indicators: str) -> bool:
        """Whether all of these have published rows for some cover."""
        return set(indicators) <= {key[0] for key in self.inputs.by_value}

    def row(
        self, result: Row, derivation: str, sources: Sequence[Row], inputs: Sequence[Row], formula: str, note: str = ""
    ) -> Row:
        """A computed row of this indicator."""
        cover = self.inputs.cover(result)
        weights = self.weights.get(cover.target)
        by = write_estimate(cover, weights)
        extra = weights.inputs(cover) if cover.is_estimated and weights else []
        decimals = [r["decimals"] for r in sources if r["decimals"] is not None]
        found = {
            "indicator": self.indicator.code,
            "dataflow": self.catalogue.dataflow_of(self.indicator.code),
            "unit": self.indicator.unit,
            "decimals": max(decimals, default=self.indicator.decimals) if derivation == "sum" else None,
            "derivation": "split" if cover.is_estimated else derivation,
            "boundary": self.wanted.name,
            "is_estimated": cover.is_estimated,
            "formula": Both(formula + by.vi + (note and f" {note}"), formula + by.en + (note and f" {note}")),
        }
        if found["decimals"] is None:
            found["decimals"] = self.indicator.decimals
        return make_row(result, found, [*inputs, *extra], sources)


def calc_on_boundary(
    reader: Reader, catalogue: Catalogue, code: str, question: Question, wanted: Conversion, pointer: Pointer
) -> list[Row]:
    """One indicator's values for territories on a boundary (rows of ``DERIVED``).

    Raises:
        NotAdditive: its rule allows none and nothing is printed there. PartsMissing: what it needs is not published.
    """
    indicator = catalogue.indicators[code]
    rule = _RULES.get(indicator.aggregation, _nothing)

    exact = [c for t in wanted.territories for c in wanted.crosswalk.covers(t, wanted.boundary) if not c.is_estimated]
    work = _begin(reader, catalogue, indicator, question, wanted, exact, pointer)
    rows = [*_printed(work), *rule(work)] if exact else []
    covers, weights = _estimates(reader, catalogue, indicator, question, wanted, pointer)
    if covers:
        work = _begin(reader, catalogue, indicator, question, wanted, covers, pointer)
        work.weights, work.least = weights, 1 if indicator.aggregation in ADDITIVE else 2
        answered = {_place(r) for r in rows if r["value"] is not None}
        asked_for = {place_of(r) for rs in work.inputs.by_value.values() for r in rs}
        if asked_for - answered:
            rows += [r for r in rule(work) if _place(r) not in answered]
    rows = [r for r in rows if not question.periods or r["period"] in question.periods]
    says = [r for r in rows if r["value"] is not None or (r["mark"] and r["derivation"] == "published")]
    if not says or not (indicator.aggregation in ADDITIVE or any(r["value"] is not None for r in says)):
        _refuse(catalogue, indicator, wanted, rows)
    return _in_order(rows, wanted)


def _begin(
    reader: Reader, catalogue: Catalogue, indicator: Indicator, question: Question, wanted: Conversion,
    covers: Sequence[Cover], pointer: Pointer,
) -> _Work:  # fmt: skip
    """The covers with the published rows of every indicator that may be needed, fetched at once."""
    related = _related(catalogue, indicator, wanted)
    dataflows = sorted({catalogue.dataflow_of(code) for code in related})
    asked = Asked.of(reader, question, covers, pointer, dataflows)
    work = _Work(catalogue, indicator, wanted, asked, Inputs({(c.target, c.id): c for c in covers}))
    work.load(*related)
    return work


def _place(row: Row) -> tuple[Any, ...]:
    return place_of(row | {"target": row["area_key"]})


def _estimates(
    reader: Reader, catalogue: Catalogue, indicator: Indicator, question: Question, wanted: Conversion, pointer: Pointer
) -> tuple[list[Cover], dict[str, Weights]]:
    """Covers with divided units, and the weights of each territory."""
    if indicator.aggregation not in (*ADDITIVE, "ratio", "weighted_mean"):
        return [], {}
    crosswalk, day = wanted.crosswalk, wanted.boundary
    divided = [t for t in wanted.territories if any(c.is_estimated for c in crosswalk.covers(t, day, _evenly, [0]))]
    if not divided:
        return [], {}
    code = _weight_of(catalogue, indicator, wanted)
    table = find_weights(reader, code, [k for d in crosswalk.days for k in crosswalk.units(d)], question, pointer)
    covers: list[Cover] = []
    weights: dict[str, Weights] = {}
    for territory in divided:
        mine = weights[territory.name] = Weights.of(code, table)
        covers += [c for c in crosswalk.covers(territory, day, mine.pick, mine.years) if c.is_estimated]
    return covers, weights


def _evenly(parts: Sequence[AreaKey], year: int) -> dict[AreaKey, float]:
    """Stands in for weights where only the question is whether any are needed."""
    return dict.fromkeys(parts, 1.0)


def _weight_of(catalogue: Catalogue, indicator: Indicator, wanted: Conversion) -> str:
    """What splits go by: as asked; area for areas, people for all else."""
    if wanted.split_by:
        return catalogue.indicator(wanted.split_by).code
    unit = catalogue.units.get(indicator.unit)
    area = catalogue.indicators.get("AREA")
    is_area = unit and area and unit.base == catalogue.units[area.unit].base
    return "AREA" if is_area else "POP_AVG"


def _related(catalogue: Catalogue, indicator: Indicator, wanted: Conversion) -> list[str]:
    """The indicator and every other that its rule may draw on."""
    related = [indicator.code, indicator.numerator, indicator.denominator, indicator.weight]
    for ratio in _ratios_over(catalogue, indicator):
        related += [ratio.code, ratio.denominator]
    return [code for code in dict.fromkeys(related) if code in catalogue.indicators]


def _ratios_over(catalogue: Catalogue, indicator: Indicator) -> list[Indicator]:
    found = [i for i in catalogue.indicators.values() if i.aggregation == "ratio" and i.numerator == indicator.code]
    return found if indicator.aggregation in ADDITIVE else []


def _printed(work: _Work) -> list[Row]:
    """Values printed for exactly these territories."""
    found = []
    for rows in work.inputs.by_value.values():
        for row in rows:
            cover = work.inputs.cover(row)
            if row["indicator"] == work.indicator.code and cover.is_printed:
                found.append(make_printed(row, row["target"], work.wanted.name))
    return found


def _sums(work: _Work) -> list[Row]:
    code = work.indicator.code
    results = [r for r in find_sums(work.asked, code).to_pylist() if not work.inputs.cover(r).is_printed]
    rows = []
    printed = {place_of(r) for rs in work.inputs.by_value.values() for r in rs if work.inputs.cover(r).is_printed}
    partial: dict[tuple[Any, ...], Row] = {}
    for result in results:
        if result["value"] is not None:
            sources = work.inputs.of(code, result)
            result["value"] = _as_printed(result["value"], sources)
            rows.append(work.row(result, "sum", sources, make_inputs(sources, "value"), write_sum(sources)))
        else:
            end = (result["target"], result["activity"], result["breakdown"], result["period_end"])
            best = partial.get(end)
            partial[end] = result if best is None or result["have"] > best["have"] else best
    products = [row for ratio in _ratios_over(work.catalogue, work.indicator) for row in _levels(work, ratio)]
    answered = {(r["area_key"], r["activity"], r["breakdown"], r["period_end"]) for r in [*rows, *products]}
    answered |= {
        (r["target"], r["activity"], r["breakdown"], r["period_end"]) for r in results if place_of(r) in printed
    }
    return [*rows, *products, *(_lacking(work, r) for place, r in partial.items() if place not in answered)]


def _as_printed(value: float, sources: Sequence[Row]) -> float:
    """A sum of printed decimals without the dust of binary addition; untouched where a share or a unit moved digits."""
    decimals = [r["decimals"] for r in sources]
    if any(
        d is None or r["share"] != 1 or r["value"] != round(r["value"], d)
        for r, d in zip(sources, decimals, strict=True)
    ):
        return value
    return round(value, max(decimals, default=0))


def _lacking(work: _Work, result: Row) -> Row:
    """A sum that is not given, because members have no value: never the sum of those that have."""
    sources = work.inputs.of(work.indicator.code, result)
    have = {r["area_key"] for r in sources if r["value"] is not None}
    lacking = [str(x.source) for x in work.inputs.cover(result).links if str(x.source) not in have]
    row = work.row(result, "sum", sources, make_inputs(sources, "value"), "")
    places = ", ".join(lacking)
    row |= {"mark": "not_available", "note": places}
    return row | {"formula_vi": f"chưa đủ: thiếu {places}", "formula_en": f"not whole: {places} lacking"}


def _levels(work: _Work, ratio: Indicator) -> list[Row]:
    """The numerator from a ratio and its denominator, where that says something that the level does not."""
    if not work.has(ratio.code, ratio.denominator):
        return []
    rows = []
    for result in find_products(work.asked, ratio.code, ratio.denominator).to_pylist():
        above = work.inputs.of(ratio.code, result)
        below = work.inputs.of(ratio.denominator, result, issuer=result["other_issuer"])
        level = work.inputs.of(work.indicator.code, result)
        result["value"] = result["part"] / ratio.scale
        rounding = _rounding(above, below, ratio.scale)
        if not _says_more(work.inputs.cover(result), above, below, level, result["value"], rounding):
            continue
        formula = write_sum(above, ratio.denominator)
        if ratio.scale != 1:
            formula = f"({formula}) / {ratio.scale:g}"
        inputs = [*make_inputs(above, "value"), *make_inputs(below, "denominator")]
        rows.append(work.row(result, "product", [*above, *below], inputs, formula, f"(± {rounding:,.6g})"))
    return rows


def _rounding(above: Sequence[Row], below: Sequence[Row], scale: float) -> float:
    within = [float(r["value"]) * r["share"] for r in below]
    return calc_rounding(within, [r["decimals"] or 0 for r in above], scale)


def _says_more(
    cover: Cover, above: Sequence[Row], below: Sequence[Row], level: Sequence[Row], value: float, rounding: float
) -> bool:
    """Whether a level from a ratio is another vintage: of other documents, and off by more than rounding explains."""
    known = {r["area_key"]: r["document"] for r in level if r["value"] is not None}
    if len(known) < len(cover.links):
        return True
    printed = sum(r["value"] * r["share"] for r in level)
    if cover.is_printed or abs(value - printed) <= rounding:
        return False
    parts = {r["area_key"]: {r["document"]} for r in above}
    for row in below:
        parts.setdefault(row["area_key"], set()).add(row["document"])
    return any(document not in parts.get(area, set()) for area, document in known.items())


def _ratios(work: _Work) -> list[Row]:
    own = work.indicator
    rows: list[Row] = []
    printed = _places_printed(work)
    for other, period in work.wanted.denominators or ((own.denominator, ""),):
        factor = _factor(work.catalogue, own.denominator, other)
        periods = [period] if period else []
        found = find_ratios(work.asked, own.numerator, other, own.scale * factor, periods).to_pylist()
        work.load(other, periods=periods)
        for result in found:
            both = work.inputs.cover(result), work.inputs.covers[result["target"], result["other_cover"]]
            as_printed = (
                all(c.is_printed for c in both) and place_of(result) in printed and not work.wanted.denominators
            )
            if result["value"] is None or as_printed or min(len(c.links) for c in both) < work.least:
                continue
            rows.append(_ratio_row(work, result, other, factor))
    return [*rows, *(_means(work, own.denominator, "ratio", rows) if not work.wanted.denominators else [])]


def _ratio_row(work: _Work, result: Row, other: str, factor: float) -> Row:
    own = work.indicator
    above = work.inputs.of(own.numerator, result)
    below = work.inputs.of(
        other, result, cover=result["other_cover"], issuer=result["other_issuer"],
        period=result["other_period"], freq=_freq_of(work, other, result),
    )  # fmt: skip
    scale = own.scale * factor
    formula = f"({write_sum(above)}) / ({write_sum(below)})" + (f" × {scale:g}" if scale != 1 else "")
    named = ", ".join(dict.fromkeys(f"{r['indicator']} {r['period']} {r['issuer']} [{r['document']}]" for r in below))
    inputs = [*make_inputs(above, "numerator"), *make_inputs(below, "denominator")]
    return work.row(result, "ratio", [*above, *below], inputs, formula, f"[{named}]")


def _freq_of(work: _Work, other: str, result: Row) -> str:
    period = result["other_period"]
    return str(next((k[5] for k in work.inputs.by_value if k[0] == other and k[6] == period), result["freq"]))


def _factor(catalogue: Catalogue, own: str, other: str) -> float:
    """How many of one denominator's unit make one of the other's.

    Raises:
        BadValue: they are not of one kind.
    """
    mine, theirs = (catalogue.units[catalogue.indicator(c).unit] for c in (own, other))
    if mine.base != theirs.base:
        kind = Both(f"chỉ tiêu cùng loại đơn vị với {own}", f"an indicator in the kind of unit of {own}")
        raise BadValue(value=other, name="denominator", choices=kind)
    return mine.factor / theirs.factor


def _weighted(work: _Work) -> list[Row]:
    return _means(work, work.indicator.weight, "weighted_mean", [])


def _means(work: _Work, weight: str, derivation: str, known: Sequence[Row]) -> list[Row]:
    """Means over whole covers by a weight; for a ratio its denominator, so that it stays a ratio of sums."""
    own = work.indicator
    if not work.has(own.code, weight):
        return []
    whole = ("activity",) if derivation == "weighted_mean" and own.unit == "PCT" else ()
    rows = []
    for result in find_products(work.asked, own.code, weight, whole).to_pylist():
        cover = work.inputs.cover(result)
        if cover.is_printed or not result["weight"] or len(cover.links) < work.least:
            continue
        result["value"] = result["part"] / result["weight"]
        above = work.inputs.of(own.code, result)
        branch = "_T" if whole else result["activity"]
        below = work.inputs.of(weight, result, issuer=result["other_issuer"], activity=branch)
        level = work.inputs.of(own.numerator, result) if derivation == "ratio" else []
        has_level = any(r["area_key"] == cover.target and r["period"] == result["period"] for r in known)
        made, rounding = result["part"] / own.scale, _rounding(above, below, own.scale)
        if derivation == "ratio" and has_level and not _says_more(cover, above, below, level, made, rounding):
            continue
        formula = f"({write_sum(above, weight)}) / ({write_sum(below)})"
        inputs = [
            *make_inputs(above, "value"),
            *make_inputs(below, "denominator" if derivation == "ratio" else "weight"),
        ]
        rows.append(work.row(result, derivation, [*above, *below], inputs, formula))
    return rows


def _growths(work: _Work) -> list[Row]:
    """Growth of sums of levels; the levels of the year before are asked for too."""
    level = work.indicator.numerator
    if not level:
        return []
    question = work.asked.question
    first = question.first and question.first.replace(year=max(question.first.year - 1, 1), day=1)
    earlier = replace(question, first=first, periods=())
    asked = Asked.of(work.asked.reader, earlier, work.asked.covers, work.asked.pointer, work.asked.dataflows)
    work.inputs.add(find_inputs(asked, [level]))
    rows = []
    for result in find_growths(asked, level).to_pylist():
        now, before = work.inputs.of(level, result), work.inputs.of(level, result, period=result["before_period"])
        if question.first and result["period_start"] < question.first:
            continue
        formula = (
            f"(({write_sum(now)}; {result['period']}) / ({write_sum(before)}; {result['before_period']}) - 1) × 100"
        )
        inputs = [*make_inputs(now, "numerator"), *make_inputs(before, "denominator")]
        rows.append(work.row(result, "growth", [*now, *before], inputs, formula))
    return rows


def _nothing(work: _Work) -> list[Row]:
    return []


_RULES: dict[str, Callable[[_Work], list[Row]]] = {
    "sum": _sums,
    "stock": _sums,
    "ratio": _ratios,
    "weighted_mean": _weighted,
    "growth": _growths,
}


def _places_printed(work: _Work) -> set[tuple[Any, ...]]:
    return {
        place_of(r)
        for key, rows in work.inputs.by_value.items()
        for r in rows
        if key[0] == work.indicator.code and work.inputs.cover(r).is_printed
    }


def _in_order(rows: Iterable[Row], wanted: Conversion) -> list[Row]:
    order = {t.name: i for i, t in enumerate(wanted.territories)}
    return sorted(
        rows,
        key=lambda r: (
            order.get(r["area_key"], len(order)), r["activity"], r["breakdown"], r["freq"], r["period_start"],
            r["period"], DERIVATIONS.index(r["derivation"]), r["issuer"], r["formula_en"],
        ),
    )  # fmt: skip


def _refuse(catalogue: Catalogue, indicator: Indicator, wanted: Conversion, rows: Sequence[Row]) -> None:
    """Say why there is no value, and where the nearest lawful answer stands."""
    names = ", ".join(t.name for t in wanted.territories[:5]) + (" …" if len(wanted.territories) > 5 else "")
    members = [str(k) for t in wanted.territories for k in t.units]
    older = {
        str(x.source)
        for t in wanted.territories
        for c in wanted.crosswalk.covers(t, wanted.boundary)
        if not (c.is_printed or c.is_estimated)
        for x in c.links
    }
    nearest = f"lienvung get {indicator.code} --areas {','.join(sorted(older)[:40] or members[:40])}"
    facts = {"indicator": f"{indicator.code} ({indicator.name('vi')})", "place": names, "nearest": nearest}
    if indicator.aggregation in _REASONS:
        reason = _REASONS[indicator.aggregation]
        signs = ", ".join(sorted({f"{r['document']} {r['period']}" for r in rows if r["mark"] == "not_available"}))
        if signs:
            reason = Both(f"{reason.vi}; nơi công bố cũng in '..' ({signs})", f"{reason.en}; printed as '..' ({signs})")
        raise NotAdditive(**facts, reason=reason)
    if indicator.aggregation in ADDITIVE and not rows:
        return
    needed = [c for c in (indicator.numerator, indicator.denominator, indicator.weight) if c] or [indicator.code]
    listed = ", ".join(f"{c} ({catalogue.indicators[c].name('vi')})" for c in needed if c in catalogue.indicators)
    held = "; ".join(dict.fromkeys(f"{indicator.code} {r['period']} {r['note']}" for r in rows if r["note"]))
    year = Both(", cả năm trước", ", the year before as well") if indicator.aggregation == "growth" else Both("", "")
    vi = held or f"{listed} của mọi thành viên, cùng kỳ, cùng nơi công bố{year.vi}"
    en = held or f"{listed} of every member, of one period and issuer{year.en}"
    raise PartsMissing(**facts, missing=Both(vi, en))
