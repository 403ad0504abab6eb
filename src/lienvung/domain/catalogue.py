"""Everything that a pack says about what numbers mean: the nouns together, with their look-ups."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from lienvung.domain.agencies import Agency, AgencySuccession
from lienvung.domain.areas import Gazetteer
from lienvung.domain.indicators import Code, Group, Indicator, Unit
from lienvung.domain.names import nearest
from lienvung.domain.observations import Break, Source
from lienvung.domain.prices import PriceLink
from lienvung.domain.units import ExchangeRate
from lienvung.errors import Both, UnknownCode, UnknownDataflow, UnknownIndicator


@dataclass(frozen=True)
class Catalogue:
    """One pack's code lists. ``headline`` names the indicators of the home page, ``region`` its region set."""

    pack: str
    name_vi: str
    name_en: str
    version: str
    region: str
    headline: tuple[str, ...]
    gazetteer: Gazetteer
    groups: dict[str, Group]
    indicators: dict[str, Indicator]
    units: dict[str, Unit]
    breakdowns: dict[str, Code]
    activities: dict[str, Code]
    issuers: dict[str, Code]
    sources: dict[str, Source]
    breaks: tuple[Break, ...] = ()
    agencies: dict[str, Agency] = field(default_factory=dict)
    agency_successions: tuple[AgencySuccession, ...] = ()
    rates: tuple[ExchangeRate, ...] = ()
    price_links: tuple[PriceLink, ...] = ()

    def find_indicator(self, code: str) -> Indicator | None:
        """The indicator of a code (any case), or of an ``indicator_key`` that has exactly one code; else None."""
        found = self.indicators.get(code) or self.indicators.get(code.upper())
        by_key = self._by_key.get(code, []) if found is None else []
        return by_key[0] if len(by_key) == 1 else found

    @cached_property
    def _by_key(self) -> dict[str, list[Indicator]]:
        found: dict[str, list[Indicator]] = {}
        for indicator in self.indicators.values():
            found.setdefault(indicator.indicator_key, []).append(indicator)
        return found

    def indicator(self, code: str) -> Indicator:
        """``find_indicator``, or the reason why there is none.

        Raises:
            UnknownIndicator: with the nearest codes.
        """
        if found := self.find_indicator(code):
            return found
        by_key = self._by_key.get(code, [])
        names = {i.name_vi: i.code for i in self.indicators.values()} | {
            i.name_en: i.code for i in self.indicators.values()
        }
        near = [i.code for i in by_key] or nearest(code, self.indicators)
        near = near or [names[n] for n in nearest(code, names)]
        raise UnknownIndicator(indicator=code, choices=", ".join(dict.fromkeys(near)) or "—")

    def dataflow_of(self, indicator: str) -> str:
        """The dataflow that an indicator is published in."""
        return self.groups[self.indicators[indicator].group].dataflow

    def group_of_dataflow(self, dataflow: str) -> Group:
        """The group published as this dataflow.

        Raises:
            UnknownDataflow: with the choices.
        """
        for group in self.groups.values():
            if group.dataflow == dataflow:
                return group
        raise UnknownDataflow(dataflow=dataflow, choices=", ".join(g.dataflow for g in self.groups.values()))

    def require_agency(self, code: str) -> str:
        """The code of an agency that hands in or publishes: of either of the pack's lists.

        Raises:
            UnknownCode: with the nearest codes of both.
        """
        known, wanted = {*self.agencies, *self.issuers}, code.strip()
        if wanted in known:
            return wanted
        near = ", ".join(nearest(wanted, sorted(known))) or "—"
        listed = Both("cơ quan, nơi công bố", "agencies and issuers")
        raise UnknownCode(value=wanted[:60], codelist=listed, choices=near)

    def breaks_of(self, indicator: str) -> list[Break]:
        """The known breaks of an indicator's series."""
        return [b for b in self.breaks if b.indicator == indicator]
