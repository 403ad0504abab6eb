"""An SDMX data address taken apart: dataflows, keys, component filters, clocks and layout."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lienvung.api.parameters import one_of, whole_number
from lienvung.api.versions import is_version_wanted
from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import last_day, parse_instant
from lienvung.domain.indicators import Group
from lienvung.domain.names import nearest
from lienvung.domain.periods import Period
from lienvung.errors import BadValue, Both, NotSupported, UnknownCode, UnknownDataflow
from lienvung.present.sdmx.codelists import build_codelists
from lienvung.present.sdmx.model import AGENCY, ATTRIBUTES, BY_ID, DIMENSIONS, TIME, VERSION, Component

OPERATORS = ("eq", "ne", "lt", "le", "gt", "ge", "co", "nc", "sw", "ew")
_FROM, _TO = ("eq", "ge", "gt"), ("eq", "le", "lt")
Span = tuple[date | None, date | None]
_CODE = re.compile(r"[A-Za-z0-9_@$-]+")


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison: ``ge`` with ``2016``."""

    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class Filter:
    """Tests on one component: any of ``alternatives``, in which all must hold."""

    component: Component
    alternatives: tuple[tuple[Comparison, ...], ...]

    @property
    def codes(self) -> tuple[str, ...] | None:
        """The codes asked for, where the filter is nothing but a list of codes."""
        if all(len(a) == 1 and a[0].operator == "eq" for a in self.alternatives):
            return tuple(a[0].value for a in self.alternatives)
        return None


@dataclass(frozen=True)
class DataQuestion:
    """What an SDMX data address asks.

    ``keys`` hold, per key, the dimensions that are not wildcards. ``attributes`` are those to be sent.
    """

    flows: tuple[Group, ...]
    keys: tuple[dict[str, str], ...]
    filters: tuple[Filter, ...]
    first_n: int | None
    last_n: int | None
    offset: int
    limit: int | None
    is_flat: bool
    attributes: tuple[Component, ...]
    has_measure: bool
    published: date | None
    recorded: datetime | None

    @property
    def is_filtered(self) -> bool:
        """Whether less than the whole dataflow was asked for."""
        return bool(any(self.keys) or self.filters or self.first_n or self.last_n or self.offset or self.limit)


def read_question(path: Mapping[str, str], query: Mapping[str, str], catalogue: Catalogue) -> DataQuestion:
    """The question of an address.

    Raises:
        UnknownDataflow, UnknownIndicator, UnknownArea, AmbiguousArea, UnknownCode, BadPeriod, BadDate, BadValue:
            a part that means nothing here, named. NotSupported: a part of the standard that is not offered.
    """
    _refuse_unsupported(query)
    filters = tuple(read_filter(name, text) for name, text in query.items() if name.startswith("c["))
    span = span_of(filters)
    keys = tuple(_read_key(text) for text in path.get("key", "*").split(","))
    return DataQuestion(
        flows=find_flows(path, catalogue),
        keys=tuple(resolved for key in keys for resolved in _resolve_key(key, catalogue, span)),
        filters=tuple(_resolve_filter(f, catalogue, span) for f in filters),
        first_n=whole_number(query.get("firstNObservations"), "firstNObservations"),
        last_n=whole_number(query.get("lastNObservations"), "lastNObservations"),
        offset=whole_number(query.get("offset"), "offset", 0) or 0,
        limit=whole_number(query.get("limit"), "limit"),
        is_flat=_is_flat(query.get("dimensionAtObservation", TIME.id)),
        attributes=_attributes(query.get("attributes", "dsd")),
        has_measure=one_of(query.get("measures", "all"), "measures", ("all", "none", "OBS_VALUE")) != "none",
        published=last_day(query["published"]) if "published" in query else None,
        recorded=_recorded(query),
    )


def find_flows(path: Mapping[str, str], catalogue: Catalogue) -> tuple[Group, ...]:
    """The dataflows of an address.

    Raises:
        UnknownDataflow: with the choices.
    """
    agency, asked = path.get("agency", "*"), path.get("dataflow", "*")
    version = path.get("version", "*")
    is_ours = any(a in ("*", AGENCY) for a in agency.split(",")) and is_version_wanted(version, VERSION)
    if not is_ours:
        listed = ", ".join(f"{AGENCY}:{g.dataflow}({VERSION})" for g in catalogue.groups.values())
        raise UnknownDataflow(dataflow=f"{agency}:{asked}({version})", choices=listed)
    if "*" in asked.split(","):
        return tuple(catalogue.groups.values())
    return tuple(catalogue.group_of_dataflow(flow) for flow in dict.fromkeys(asked.split(",")))


def read_filter(name: str, text: str) -> Filter:
    """One ``c[X]=…``: a comma is OR, a plus is AND, an operator stands before its value.

    >>> read_filter("c[TIME_PERIOD]", "ge:2016+le:2020").alternatives
    ((Comparison(operator='ge', value='2016'), Comparison(operator='le', value='2020')),)

    Raises:
        BadValue: no such component or operator, or an empty value. BadPeriod: not a period.
    """
    component = BY_ID.get(name[2:-1])
    if component is None:
        raise BadValue(value=name, name="c", choices=", ".join(f"c[{known}]" for known in BY_ID))
    found = tuple(tuple(_read_test(t, name) for t in either.split("+")) for either in text.split(","))
    if component is TIME:
        for test in (t for either in found for t in either):
            Period.parse(test.value)
    if component.data_type in ("Double", "Integer"):
        for test in (t for either in found for t in either):
            _check_number(test, name)
    return Filter(component, found)


def _check_number(test: Comparison, name: str) -> None:
    try:
        is_fine = test.operator not in ("co", "nc", "sw", "ew") and float(test.value) is not None
    except ValueError:
        is_fine = False
    if not is_fine:
        raise BadValue(value=f"{test.operator}:{test.value}", name=name, choices="ge:10.5, eq:0")


def _read_test(text: str, name: str) -> Comparison:
    head, colon, rest = text.partition(":")
    operator, value = (head, rest) if colon and head in OPERATORS else ("eq", text)
    if not value or (colon and operator == "eq" and head != "eq" and len(head) == 2):
        raise BadValue(value=text, name=name, choices=", ".join(f"{o}:" for o in OPERATORS))
    return Comparison(operator, value)


def _read_key(text: str) -> dict[str, str]:
    """One key by dimension, wildcards and left-out dimensions absent."""
    form = ".".join(d.id for d in DIMENSIONS)
    if text in ("*", "", "all"):
        return {}
    parts = text.split(".")
    if len(parts) > len(DIMENSIONS):
        raise BadValue(value=text, name=Both("khóa", "key"), choices=form)
    for part in parts:
        if part not in ("*", "") and not _CODE.fullmatch(part):
            hint = Both(f"{form}; nhiều giá trị: c[…]=A,B", f"{form}; several values: c[…]=A,B")
            raise BadValue(value=part, name=Both("khóa", "key"), choices=hint)
    return {d.id: part for d, part in zip(DIMENSIONS, parts, strict=False) if part not in ("*", "")}


def _resolve_key(key: dict[str, str], catalogue: Catalogue, span: Span) -> list[dict[str, str]]:
    """The key with stored codes; several keys where a bare area code has a key on several boundaries."""
    found: list[dict[str, str]] = [{}]
    for name, code in key.items():
        codes = resolve_code(BY_ID[name], code, catalogue, span)
        found = [{**start, name: one} for start in found for one in codes]
    return found


def _resolve_filter(found: Filter, catalogue: Catalogue, span: Span) -> Filter:
    if found.component not in DIMENSIONS:
        return found
    resolved: list[tuple[Comparison, ...]] = []
    for either in found.alternatives:
        ways: list[tuple[Comparison, ...]] = [()]
        for test in either:
            is_code = test.operator in ("eq", "ne")
            codes = resolve_code(found.component, test.value, catalogue, span) if is_code else (test.value,)
            tests = tuple(Comparison(test.operator, code) for code in codes)
            # one of several codes is enough to be equal; all of them must differ to be unequal
            ways = [(*way, *tests) for way in ways] if test.operator == "ne" else [(*w, t) for w in ways for t in tests]
        resolved += ways
    return Filter(found.component, tuple(resolved))


def resolve_code(component: Component, code: str, catalogue: Catalogue, span: Span) -> tuple[str, ...]:
    """A dimension's code as stored; a bare area code: every key of the one territory that it means in the span.

    Raises:
        UnknownArea, AmbiguousArea, UnknownIndicator, UnknownCode: with the choices.
    """
    if component.id == "REF_AREA":
        key = catalogue.gazetteer.resolve_asked(code, *span)
        return (str(key),) if "@" in code else tuple(map(str, catalogue.gazetteer.same_territory(key)))
    if component.id == "INDICATOR":
        return (catalogue.indicator(code).code,)
    known = build_codelists(catalogue)[component.codelist].codes
    if code not in known:
        near = nearest(code, known) or list(known)[:5]
        raise UnknownCode(value=code, codelist=component.codelist, choices=", ".join(near))
    return (code,)


def span_of(filters: tuple[Filter, ...]) -> Span:
    """First and last day that the filters on TIME_PERIOD leave open; None where they do not bound it."""
    first: list[date | None] = []
    last: list[date | None] = []
    for found in filters:
        if found.component is not TIME:
            continue
        for either in found.alternatives:
            tests = [(t.operator, Period.parse(t.value)) for t in either]
            first.append(max((p.start if o != "gt" else _step(p.end, 1) for o, p in tests if o in _FROM), default=None))
            last.append(min((p.end if o != "lt" else _step(p.start, -1) for o, p in tests if o in _TO), default=None))
    starts, ends = [d for d in first if d], [d for d in last if d]
    return (
        min(starts) if starts and len(starts) == len(first) else None,
        max(ends) if ends and len(ends) == len(last) else None,
    )


def _step(day: date, by: int) -> date:
    return day if day in (date.min, date.max) else day + timedelta(days=by)


def areas_of(codes: tuple[str, ...]) -> tuple[AreaKey, ...]:
    """Full area keys out of their texts."""
    return tuple(AreaKey.parse(code) for code in codes)


def _recorded(query: Mapping[str, str]) -> datetime | None:
    given = [parse_instant(query[name]) for name in ("asOf", "recorded") if name in query]
    if len(set(given)) > 1:
        raise BadValue(value=query["recorded"], name="recorded", choices=f"asOf = {query['asOf']}")
    return given[0] if given else None


def _is_flat(asked: str) -> bool:
    if asked in BY_ID and asked != TIME.id:
        raise NotSupported(what=f"dimensionAtObservation={asked}", choices="TIME_PERIOD, AllDimensions")
    return one_of(asked, "dimensionAtObservation", (TIME.id, "AllDimensions")) == "AllDimensions"


def _attributes(asked: str) -> tuple[Component, ...]:
    groups = {
        "dsd": ATTRIBUTES,
        "all": ATTRIBUTES,
        "none": (),
        "msd": (),
        "dataset": (),
        "series": tuple(a for a in ATTRIBUTES if a.kind == "series"),
        "obs": tuple(a for a in ATTRIBUTES if a.kind == "obs"),
    }
    chosen: set[str] = set()
    for name in asked.split(","):
        one_of(name, "attributes", (*groups, *(a.id for a in ATTRIBUTES)))
        chosen.update([a.id for a in groups[name]] if name in groups else [name])
    return tuple(a for a in ATTRIBUTES if a.id in chosen)


def _refuse_unsupported(query: Mapping[str, str]) -> None:
    choices = "published, recorded, asOf, c[TIME_PERIOD]"
    if "updatedAfter" in query:
        after, as_of = parse_instant(query["updatedAfter"]), _recorded(query)
        if as_of and after > as_of:
            raise BadValue(value=query["updatedAfter"], name="updatedAfter", choices=f"≤ asOf = {query.get('asOf')}")
        raise NotSupported(what="updatedAfter", choices=choices)
    if query.get("includeHistory", "false").lower() != "false":
        raise NotSupported(what="includeHistory", choices=f"{choices}, /api/trace")
    for name in ("sort", "reportingYearStartDay"):
        if name in query:
            raise NotSupported(what=name, choices=choices)
