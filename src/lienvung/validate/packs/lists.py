"""Are the lists of a pack whole, typed and without doubles, and do their codes exist?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lienvung.domain.areas import AreaKey
from lienvung.domain.clocks import last_day
from lienvung.domain.indicators import AGGREGATIONS, COMPARISONS, PRICE_BASES
from lienvung.domain.innovation import PROGRAMME_KINDS
from lienvung.domain.periods import Period
from lienvung.domain.plans import OPERATORS, PERIOD_KINDS, PLAN_KINDS, PLAN_STATUSES
from lienvung.domain.prices import basis_name
from lienvung.domain.units import CURRENCIES, LOCAL, RATE_KINDS
from lienvung.errors import LienVungError, PackInvalid
from lienvung.store.packs import (
    FIXED_FILES,
    FOLDERS,
    GROUPS_FILE,
    MAY_BE_ABSENT,
    Line,
    Sheet,
    read_about,
    read_sheet,
)
from lienvung.validate.packs.problems import Problems

AREAS, AREA_SUCCESSION = "areas/areas.csv", "areas/succession.csv"
REGIONS, MEMBERS = "areas/regions.csv", "areas/members.csv"
AGENCIES, AGENCY_SUCCESSION = "agencies/agencies.csv", "agencies/succession.csv"
UNITS, BREAKDOWNS, ACTIVITIES, ISSUERS = (
    f"codelists/{name}.csv" for name in ("units", "breakdowns", "activities", "issuers")
)
RATES, PRICE_LINKS, PLANS, TARGETS, PROGRAMMES, SUPPORTS, RESULTS = MAY_BE_ABSENT[:7]

_CODES = (BREAKDOWNS, ACTIVITIES, ISSUERS)
KEYS: dict[str, tuple[str, ...]] = {
    AREAS: ("code", "valid_from"),
    AREA_SUCCESSION: ("predecessor", "successor", "day"),
    REGIONS: ("code",),
    MEMBERS: ("region", "area"),
    AGENCIES: ("code",),
    AGENCY_SUCCESSION: ("predecessor", "successor", "day"),
    GROUPS_FILE: ("code",),
    UNITS: ("code",),
    **dict.fromkeys(_CODES, ("code",)),
    RATES: ("currency", "period", "kind", "document"),
    PRICE_LINKS: ("from_basis", "to_basis", "scope"),
    PLANS: ("plan",),
    TARGETS: ("target",),
    PROGRAMMES: ("programme",),
    SUPPORTS: ("support",),
    RESULTS: ("result",),
    "indicators": ("code",),
    "sources": ("document",),
    "breaks": ("indicator", "issuer", "area", "period", "kind"),
}
"""What names a line of each list."""

_NEEDED: dict[str, tuple[str, ...]] = {
    AREAS: ("code", "valid_from", "level", "name_vi", "name_en", "source"),
    AREA_SUCCESSION: ("predecessor", "successor", "day", "share", "document"),
    REGIONS: ("code", "set_code", "name_vi", "name_en", "source"),
    MEMBERS: ("region", "area"),
    AGENCIES: ("code", "name_vi", "name_en", "level", "source"),
    AGENCY_SUCCESSION: ("predecessor", "successor", "day"),
    GROUPS_FILE: ("code", "dataflow", "name_vi", "name_en"),
    UNITS: ("code", "name_vi", "name_en", "base", "factor"),
    **dict.fromkeys(_CODES, ("code", "name_vi", "name_en")),
    RATES: ("currency", "period", "vnd_per_unit", "kind", "document"),
    PRICE_LINKS: ("from_basis", "to_basis", "scope", "factor", "document"),
    PLANS: ("plan", "published", "issuer_vi", "issuer_en", "kind", "title_vi", "title_en", "territory", "status"),
    TARGETS: (
        "target",
        "plan",
        "name_vi",
        "name_en",
        "territory",
        "period",
        "period_kind",
        "operator",
        "unit",
        "printed",
    ),
    PROGRAMMES: ("programme", "kind", "published", "issuer_vi", "title_vi", "title_en", "territory", "source"),
    SUPPORTS: ("support", "programme", "firm", "territory", "granted", "form_vi", "document"),
    RESULTS: ("result", "programme", "indicator", "territory", "period"),
    "indicators": ("code", "name_vi", "name_en", "unit", "frequency"),
    "sources": ("document", "issuer", "title_vi", "published"),
    "breaks": ("indicator", "period", "kind", "note_vi", "note_en"),
}
_LEVELS = ("country", "region", "key_region", "province")
_CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    (AREAS, "level"): _LEVELS,
    (AGENCIES, "level"): ("central", "region", "province", "district", "commune"),
    (MEMBERS, "is_partial"): ("", "0", "1"),
    (RATES, "currency"): tuple(c for c in CURRENCIES if c != LOCAL),
    (RATES, "kind"): RATE_KINDS,
    (PRICE_LINKS, "from_basis"): PRICE_BASES[2:],
    (PRICE_LINKS, "to_basis"): PRICE_BASES[2:],
    (PLANS, "kind"): PLAN_KINDS,
    (PLANS, "status"): PLAN_STATUSES,
    (PROGRAMMES, "kind"): PROGRAMME_KINDS,
    (TARGETS, "operator"): OPERATORS,
    (TARGETS, "period_kind"): PERIOD_KINDS,
    ("indicators", "price_basis"): PRICE_BASES,
    ("indicators", "comparison"): COMPARISONS,
    ("indicators", "aggregation"): AGGREGATIONS,
    ("indicators", "direction"): ("", "up", "down"),
    ("indicators", "code_status"): ("verified", "not verified"),
}
_REFERENCES: dict[tuple[str, str], str] = {
    (AREA_SUCCESSION, "predecessor"): AREAS,
    (AREA_SUCCESSION, "successor"): AREAS,
    (MEMBERS, "region"): REGIONS,
    (MEMBERS, "area"): AREAS,
    (AGENCY_SUCCESSION, "predecessor"): AGENCIES,
    (AGENCY_SUCCESSION, "successor"): AGENCIES,
    **{(file, "parent"): file for file in _CODES},
    (RATES, "document"): "sources",
    (PRICE_LINKS, "document"): "sources",
    (PLANS, "replaced_by"): PLANS,
    (TARGETS, "plan"): PLANS,
    (TARGETS, "indicator"): "indicators",
    (TARGETS, "breakdown"): BREAKDOWNS,
    (TARGETS, "activity"): ACTIVITIES,
    (TARGETS, "unit"): UNITS,
    (TARGETS, "replaces"): TARGETS,
    (SUPPORTS, "programme"): PROGRAMMES,
    (SUPPORTS, "unit"): UNITS,
    (RESULTS, "programme"): PROGRAMMES,
    (RESULTS, "support"): SUPPORTS,
    (RESULTS, "indicator"): "indicators",
    ("indicators", "unit"): UNITS,
    ("indicators", "numerator"): "indicators",
    ("indicators", "denominator"): "indicators",
    ("indicators", "weight"): "indicators",
    ("sources", "issuer"): ISSUERS,
    ("breaks", "indicator"): "indicators",
    ("breaks", "issuer"): ISSUERS,
    ("breaks", "document"): "sources",
}
_NUMBERS = (
    (AREA_SUCCESSION, "share"), (UNITS, "factor"), (RATES, "vnd_per_unit"), (PRICE_LINKS, "factor"),
    ("indicators", "decimals"), ("indicators", "scale"), (TARGETS, "low"), (TARGETS, "high"), (SUPPORTS, "amount"),
)  # fmt: skip


@dataclass(frozen=True)
class Lists:
    """The lines of a pack by fixed file, or by folder for those that are read together."""

    folder: Path
    about: dict[str, Any]
    lines: dict[str, tuple[Line, ...]]

    def of(self, name: str) -> tuple[Line, ...]:
        """The lines of a list; none if it is missing."""
        return self.lines.get(name, ())

    def codes(self, name: str) -> set[str]:
        """What a reference to this list may say: codes, or ``code@valid_from`` for areas."""
        return {"@".join(line.text(c) for c in KEYS[name]) for line in self.of(name)}


def read_lists(folder: Path, problems: Problems) -> Lists:
    """All lists of the pack in ``folder``, noting files and columns that are missing or too many."""
    about: dict[str, Any] = {}
    try:
        about = read_about(folder)
    except PackInvalid as error:
        _unreadable(error, problems)
    lines: dict[str, tuple[Line, ...]] = {}
    for file, columns in FIXED_FILES.items():
        if file in MAY_BE_ABSENT and not (folder / file).exists():
            continue
        lines[file] = _lines(folder, file, columns, problems)
    for name, columns in FOLDERS.items():
        files = [f"{name}/{path.name}" for path in sorted((folder / name).glob("*.csv"))]
        lists = [_lines(folder, file, columns, problems) for file in files if file not in FIXED_FILES]
        lines[name] = tuple(line for found in lists for line in found)
    return Lists(folder, about, lines)


def _unreadable(error: PackInvalid, problems: Problems) -> None:
    place, _, column = str(error.facts["place"]).partition(" ")
    problems.add("PACK-FILE", place, column, error.message("vi"), error.message("en"))


def _lines(folder: Path, file: str, columns: Sequence[str], problems: Problems) -> tuple[Line, ...]:
    try:
        sheet = read_sheet(folder, file)
    except PackInvalid as error:
        _unreadable(error, problems)
        return ()
    check_columns(sheet, columns, problems)
    return sheet.lines


def check_columns(sheet: Sheet, columns: Sequence[str], problems: Problems) -> None:
    """Missing, unknown and doubled columns, and lines of another length."""
    for name in sheet.missing(columns):
        problems.add("PACK-COLUMN", f"{sheet.file}:1", name, f"thiếu cột {name}", f"the column {name} is missing")
    for name in dict.fromkeys(sheet.columns):
        if name not in columns:
            problems.add("PACK-COLUMN", f"{sheet.file}:1", name, f"cột lạ '{name}'", f"unknown column '{name}'")
        if sheet.columns.count(name) > 1:
            problems.add("PACK-COLUMN", f"{sheet.file}:1", name, f"cột '{name}' lặp lại", f"'{name}' stands twice")
    for number, count in sheet.ragged:
        wanted = len(sheet.columns)
        vi, en = f"có {count} ô, cần {wanted}", f"{count} cells where {wanted} are needed"
        problems.add("PACK-COLUMN", f"{sheet.file}:{number}", None, vi, en)


def check_cells(lists: Lists, problems: Problems) -> None:
    """Needed cells, doubles, numbers, allowed values and references of every list."""
    for name, columns in _NEEDED.items():
        _check_needed(lists, name, columns, problems)
        _check_doubles(lists, name, problems)
    for name, column in _NUMBERS:
        _check_each(lists, name, column, float, "PACK-NUMBER", problems)
    for (name, column), allowed in _CHOICES.items():
        for line in lists.of(name):
            if line.text(column) not in allowed:
                problems.choice(line.place(), column, line.text(column), allowed)
    for (name, column), target in _REFERENCES.items():
        known = lists.codes(target)
        for line in lists.of(name):
            if line.text(column) and line.text(column) not in known:
                problems.unknown(line.place(), column, line.text(column), known, target)


def _check_needed(lists: Lists, name: str, columns: Sequence[str], problems: Problems) -> None:
    for line in lists.of(name):
        for column in columns:
            if column in line.cells and not line.text(column):
                problems.add("PACK-EMPTY", line.place(), column, f"{column} để trống", f"{column} is empty")


def _check_doubles(lists: Lists, name: str, problems: Problems) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for line in lists.of(name):
        key = tuple(line.text(c) for c in KEYS[name])
        first = seen.setdefault(key, line.place())
        if first != line.place():
            said = " / ".join(k for k in key if k)
            vi, en = f"'{said}' đã có ở {first}", f"'{said}' already stands at {first}"
            problems.add("PACK-DUPLICATE", line.place(), KEYS[name][0], vi, en)


def _check_each(
    lists: Lists, name: str, column: str, read: Callable[[str], object], rule: str, problems: Problems
) -> None:
    for line in lists.of(name):
        found = line.text(column)
        try:
            _ = read(found) if found else None
        except (LienVungError, ValueError):
            problems.add(rule, line.place(), column, f"không hiểu '{found}'", f"'{found}' was not understood")


def check_sources(lists: Lists, problems: Problems) -> None:
    """Dates, boundaries and fingerprints of documents."""
    _check_each(lists, "sources", "published", last_day, "PACK-DATE", problems)
    boundaries = {line.text("valid_from") for line in lists.of(AREAS)}
    for line in lists.of("sources"):
        if line.text("boundary") and line.text("boundary") not in boundaries:
            problems.choice(line.place(), "boundary", line.text("boundary"), sorted(boundaries))
        sha = line.text("file_sha256")
        if sha and not (len(sha) == 64 and set(sha) <= set("0123456789abcdef")):
            vi, en = f"'{sha}' không phải SHA-256", f"'{sha}' is not a SHA-256"
            problems.add("PACK-CHOICE", line.place(), "file_sha256", vi, en)


def check_breaks(lists: Lists, problems: Problems) -> None:
    """Periods and areas of known breaks."""
    _check_each(lists, "breaks", "period", Period.parse, "PACK-PERIOD", problems)
    keys = lists.codes(AREAS)
    codes = keys | {AreaKey.parse(key).code for key in keys if not key.startswith("@") and not key.endswith("@")}
    for line in lists.of("breaks"):
        if line.text("area") and line.text("area") not in codes:
            problems.unknown(line.place(), "area", line.text("area"), codes, AREAS)


def check_periods(lists: Lists, problems: Problems) -> None:
    """Periods of targets."""
    _check_each(lists, TARGETS, "period", Period.parse, "PACK-PERIOD", problems)


def check_prices(lists: Lists, problems: Problems) -> None:
    """Periods and amounts of exchange rates, and for whom the links between price bases hold."""
    _check_each(lists, RATES, "period", Period.parse, "PACK-PERIOD", problems)
    codes = {AreaKey.parse(key).code for key in lists.codes(AREAS) if not key.startswith("@") and not key.endswith("@")}
    for line in lists.of(PRICE_LINKS):
        if line.text("scope") and line.text("scope") not in codes:
            problems.unknown(line.place(), "scope", line.text("scope"), codes, AREAS)
    for name, column in ((RATES, "vnd_per_unit"), (PRICE_LINKS, "factor")):
        for line in lists.of(name):
            if _is_not_positive(line.text(column)):
                vi, en = f"'{line.text(column)}' không lớn hơn 0", f"'{line.text(column)}' is not above zero"
                problems.add("PACK-NUMBER", line.place(), column, vi, en)


def _is_not_positive(text: str) -> bool:
    try:
        return not 0 < float(text or "1") < float("inf")
    except ValueError:
        return False


def check_about(lists: Lists, problems: Problems) -> None:
    """The region and the headline indicators of ``pack.yaml``, and the totals that every list must have."""
    for column, codes, target in (
        ("region", [lists.about.get("region", "")], REGIONS),
        ("headline", lists.about.get("headline", []), "indicators"),
    ):
        known = lists.codes(target)
        for code in codes:
            if lists.about and code not in known:
                problems.unknown("pack.yaml", column, code, known, target)
    for name in (BREAKDOWNS, ACTIVITIES):
        if lists.of(name) and "_T" not in lists.codes(name):
            problems.unknown(name, "code", "_T", lists.codes(name), name)


def check_indicators(lists: Lists, problems: Problems) -> None:
    """Groups, frequencies, and the parts that each rule of aggregation needs."""
    groups = lists.codes(GROUPS_FILE)
    bases = {line.text("code"): line.text("price_basis") for line in lists.of("indicators")}
    for line in lists.of("indicators"):
        group = Path(line.file).stem
        if group not in groups:
            problems.unknown(line.place(), "code", group, groups, GROUPS_FILE)
        for freq in line.text("frequency").split():
            if freq not in ("A", "S", "Q", "M"):
                problems.choice(line.place(), "frequency", freq, ("A", "S", "Q", "M"))
        _check_parts(line, bases, problems)


def _check_part_prices(line: Line, bases: Mapping[str, str], problems: Problems) -> None:
    """A ratio and its parts, a growth and its level, are told in one price basis, where they have any."""
    if line.text("aggregation") not in ("ratio", "growth"):
        return
    first, basis = line.text("code"), line.text("price_basis")
    for part in ("numerator", "denominator"):
        code = line.text(part)
        other = bases.get(code, "")
        is_told = line.text("aggregation") == "growth" and other == "current"
        if other and basis and other != basis and not is_told:
            vi = f"'{code}' theo {basis_name(other).vi}, '{first}' theo {basis_name(basis).vi}"
            en = f"'{code}' is at {basis_name(other).en}, '{first}' at {basis_name(basis).en}"
            problems.add("PACK-AGGREGATION", line.place(), part, vi, en)
        first, basis = (code, other) if other and not basis else (first, basis)


_PARTS = {"ratio": ("numerator", "denominator"), "weighted_mean": ("weight",), "growth": ("numerator",)}


def _check_parts(line: Line, bases: Mapping[str, str], problems: Problems) -> None:
    rule = line.text("aggregation")
    for part in _PARTS.get(rule, ()):
        if not line.text(part):
            vi, en = f"'{rule}' mà không có {part}", f"'{rule}' without {part}"
            problems.add("PACK-AGGREGATION", line.place(), part, vi, en)
    level = line.text("numerator")
    if rule == "growth" and bases.get(level) == "current":
        vi = f"tốc độ tăng tính từ '{level}' là giá hiện hành"
        en = f"growth from '{level}', which is at current prices"
        problems.add("PACK-AGGREGATION", line.place(), "numerator", vi, en)
    _check_part_prices(line, bases, problems)
    decimals = line.text("decimals")
    if decimals and not decimals.isdigit():
        vi, en = f"'{decimals}' không phải số nguyên", f"'{decimals}' is not a whole number"
        problems.add("PACK-NUMBER", line.place(), "decimals", vi, en)
