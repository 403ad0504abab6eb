"""From the files of a pack to a catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml

from lienvung.domain.agencies import Agency, AgencySuccession
from lienvung.domain.areas import (
    Area,
    AreaKey,
    Gazetteer,
    Membership,
    Region,
    Succession,
)
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY
from lienvung.domain.indicators import Code, Group, Indicator, Unit
from lienvung.domain.observations import Break, Source
from lienvung.domain.prices import PriceLink
from lienvung.domain.units import ExchangeRate
from lienvung.errors import Both, LienVungError, PackInvalid
from lienvung.store.packs.columns import (
    FIGURES,
    FIXED_FILES,
    FOLDERS,
    GROUPS_FILE,
    MAY_BE_ABSENT,
    PACK_FILE,
)
from lienvung.store.packs.lines import EMPTY, MISSING_FILE, Line, read_lines

T = TypeVar("T")
_OPTIONAL = ("areas/succession.csv", "areas/regions.csv", "areas/members.csv", "agencies/", *MAY_BE_ABSENT)
_YAML_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def figure_files(folder: Path) -> list[Path]:
    """The files of transcribed figures of a pack, by name."""
    return sorted((folder / FIGURES).glob("*.csv"))


def load_catalogue(folder: Path) -> Catalogue:
    """Everything that the pack in ``folder`` says about what numbers mean; figures are not read.

    Raises:
        PackInvalid: at the first line that is broken. ``check_pack`` names them all.
    """
    about = read_about(folder)
    groups = _by_code(_fixed(folder, GROUPS_FILE), _group)
    units = _by_code(_fixed(folder, "codelists/units.csv"), _unit)
    return Catalogue(
        pack=about["id"],
        name_vi=about["name_vi"],
        name_en=about["name_en"],
        version=about["version"],
        region=about["region"],
        headline=tuple(about["headline"]),
        gazetteer=load_gazetteer(folder),
        groups=groups,
        indicators=_indicators(folder, groups, units),
        units=units,
        breakdowns=_by_code(_fixed(folder, "codelists/breakdowns.csv"), _code),
        activities=_by_code(_fixed(folder, "codelists/activities.csv"), _code),
        issuers=_by_code(_fixed(folder, "codelists/issuers.csv"), _code),
        sources=_by_code(_every(folder, "sources"), _source, "document"),
        breaks=tuple(Break(**{c: line.text(c) for c in FOLDERS["breaks"]}) for line in _every(folder, "breaks")),
        agencies=_by_code(_fixed(folder, "agencies/agencies.csv"), _agency),
        agency_successions=tuple(_agency_succession(x) for x in _fixed(folder, "agencies/succession.csv")),
        rates=tuple(_rate(x) for x in _fixed(folder, "codelists/exchange_rates.csv")),
        price_links=tuple(_price_link(x) for x in _fixed(folder, "codelists/price_links.csv")),
    )


def load_gazetteer(folder: Path) -> Gazetteer:
    """The areas, regions and successions of the pack in ``folder``.

    Raises:
        PackInvalid: at the first line that is broken.
    """
    areas: dict[AreaKey, Area] = {}
    for line in _fixed(folder, "areas/areas.csv"):
        area = _area(line)
        if area.key in areas:
            raise PackInvalid(place=line.place("code"), found=_twice(area.key))
        areas[area.key] = area
    regions = _by_code(_fixed(folder, "areas/regions.csv"), _region)
    successions = [_succession(x, areas) for x in _fixed(folder, "areas/succession.csv")]
    memberships = [_membership(x, areas, regions) for x in _fixed(folder, "areas/members.csv")]
    return Gazetteer(areas.values(), successions, regions.values(), memberships)


def read_about(folder: Path) -> dict[str, Any]:
    """What ``pack.yaml`` says: id, names, version, region, headline.

    Raises:
        PackInvalid: missing, not YAML, or a key is missing or of the wrong kind.
    """
    try:
        about = yaml.load((folder / PACK_FILE).read_text("utf-8"), Loader=_YAML_LOADER)  # noqa: S506 - a safe loader
    except FileNotFoundError:
        raise PackInvalid(place=PACK_FILE, found=MISSING_FILE) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PackInvalid(place=PACK_FILE, found=" ".join(str(error).split())) from None
    if not isinstance(about, dict):
        raise PackInvalid(place=PACK_FILE, found=Both("không có khóa nào", "no keys"))
    for key in ("id", "name_vi", "name_en", "version", "region"):
        if not isinstance(about.get(key), str) or not about[key].strip():
            raise PackInvalid(place=f"{PACK_FILE} {key}", found=repr(about.get(key)))
    headline = about.get("headline")
    if not isinstance(headline, list) or not all(isinstance(code, str) for code in headline):
        raise PackInvalid(place=f"{PACK_FILE} headline", found=repr(headline))
    return about


def _fixed(folder: Path, file: str) -> tuple[Line, ...]:
    if file.startswith(_OPTIONAL) and not (folder / file).exists():
        return ()
    return read_lines(folder, file, FIXED_FILES[file])


def _every(folder: Path, name: str) -> Iterable[Line]:
    for path in sorted((folder / name).glob("*.csv")):
        file = f"{name}/{path.name}"
        if file not in FIXED_FILES:
            yield from read_lines(folder, file, FOLDERS[name])


def _by_code(lines: Iterable[Line], build: Callable[[Line], T], column: str = "code") -> dict[str, T]:
    found: dict[str, T] = {}
    for line in lines:
        code = line.needed(column)
        if code in found:
            raise PackInvalid(place=line.place(column), found=_twice(code))
        found[code] = build(line)
    return found


def _twice(code: object) -> Both:
    return Both(f"'{code}' lặp lại", f"'{code}' stands twice")


def _area_key(line: Line, column: str) -> AreaKey:
    try:
        key = AreaKey.parse(line.text(column))
        _ = key.start
    except (LienVungError, ValueError):
        raise PackInvalid(place=line.place(column), found=line.text(column) or EMPTY) from None
    return key


def _known(line: Line, column: str, known: Iterable[object], value: object) -> None:
    if value not in known:
        found = Both(f"'{value}' không có trong danh mục", f"'{value}' is not listed")
        raise PackInvalid(place=line.place(column), found=found)


def _area(line: Line) -> Area:
    return Area(
        key=AreaKey(line.needed("code"), line.vintage("valid_from")),
        level=line.needed("level"),
        kind_vi=line.text("kind_vi"),
        name_vi=line.needed("name_vi"),
        name_en=line.needed("name_en"),
        valid_to=line.day("valid_to", OPEN_DAY),
        aliases=tuple(a.strip() for a in line.text("aliases").split("|") if a.strip()),
        source=line.text("source"),
    )


def _succession(line: Line, areas: dict[AreaKey, Area]) -> Succession:
    predecessor, successor = _area_key(line, "predecessor"), _area_key(line, "successor")
    _known(line, "predecessor", areas, predecessor)
    _known(line, "successor", areas, successor)
    line.needed("day")
    day, share = line.day("day", OPEN_DAY), line.number_in("share")
    return Succession(predecessor, successor, day, share, line.text("basis"), line.text("document"))


def _region(line: Line) -> Region:
    return Region(
        code=line.needed("code"),
        set_code=line.text("set_code"),
        name_vi=line.needed("name_vi"),
        name_en=line.needed("name_en"),
        valid_from=line.vintage("valid_from") if line.text("valid_from") else "",
        valid_to=line.day("valid_to", OPEN_DAY),
        source=line.text("source"),
    )


def _membership(line: Line, areas: dict[AreaKey, Area], regions: dict[str, Region]) -> Membership:
    area, region = _area_key(line, "area"), line.needed("region")
    _known(line, "area", areas, area)
    _known(line, "region", regions, region)
    return Membership(region, area, line.text("is_partial") == "1", line.text("note"))


def _agency(line: Line) -> Agency:
    days = {"valid_from": line.day("valid_from", date.min), "valid_to": line.day("valid_to", OPEN_DAY)}
    texts = {c: line.text(c) for c in FIXED_FILES["agencies/agencies.csv"] if c not in days}
    return Agency(valid_from=days["valid_from"], valid_to=days["valid_to"], **texts)


def _agency_succession(line: Line) -> AgencySuccession:
    line.needed("day")
    pair = line.needed("predecessor"), line.needed("successor")
    return AgencySuccession(*pair, line.day("day", OPEN_DAY), line.text("document"))


def _group(line: Line) -> Group:
    return Group(line.text("code"), line.needed("dataflow"), line.text("name_vi"), line.text("name_en"))


def _unit(line: Line) -> Unit:
    factor = line.number_in("factor")
    return Unit(line.text("code"), line.text("name_vi"), line.text("name_en"), line.needed("base"), factor)


def _rate(line: Line) -> ExchangeRate:
    texts = {c: line.text(c) for c in ("currency", "period", "kind", "document", "note_vi", "note_en")}
    return ExchangeRate(vnd_per_unit=line.number_in("vnd_per_unit"), **texts)


def _price_link(line: Line) -> PriceLink:
    texts = {c: line.text(c) for c in ("from_basis", "to_basis", "scope", "document")}
    return PriceLink(factor=line.number_in("factor"), **texts)


def _code(line: Line) -> Code:
    return Code(*(line.text(c) for c in ("code", "name_vi", "name_en", "parent", "note")))


def _source(line: Line) -> Source:
    return Source(**{c: line.text(c) for c in FOLDERS["sources"]})


def _indicators(folder: Path, groups: dict[str, Group], units: dict[str, Unit]) -> dict[str, Indicator]:
    def build(line: Line) -> Indicator:
        texts = {c: line.text(c) for c in FOLDERS["indicators"] if c not in ("decimals", "scale")}
        group = Path(line.file).stem
        _known(line, "code", groups, group)
        _known(line, "unit", units, texts["unit"])
        return Indicator(
            group=group, decimals=int(line.number_in("decimals", 0.0)), scale=line.number_in("scale", 1.0), **texts
        )

    return _by_code(_every(folder, "indicators"), build)
