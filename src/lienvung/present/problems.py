"""Every problem of a file beside its grid: grouped by rule, each with its cell; and one cell told in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lienvung.domain.areas import AreaKey
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.discrepancies import Acceptance
from lienvung.domain.handovers import ERROR, WARNING, Finding
from lienvung.domain.layouts import SheetCells
from lienvung.domain.observations import TOTAL
from lienvung.errors import LienVungError
from lienvung.present.grid import SEVERITIES, GridAsk, passes, place_name, place_of, sheet_index
from lienvung.present.numbers import format_instant, format_number, format_period
from lienvung.present.places import name_place
from lienvung.present.texts import Texts

MOST_OF_GROUP, MOST_OF_PAGE = 12, 200


@dataclass(frozen=True)
class Accepted:
    """What somebody let stand: why, who, and when where that is told."""

    reason: str
    by: str
    at: str = ""


@dataclass(frozen=True)
class Problem:
    """One finding with the way to its cell; ``key`` names it in forms."""

    rule: str
    severity: str
    place: str
    sheet: int
    cell: str
    message: str
    suggestion: str
    count: int
    key: str
    accepted: Accepted | None = None

    @property
    def is_waiting(self) -> bool:
        """A warning that nobody has let stand yet."""
        return self.severity == WARNING and self.accepted is None


@dataclass(frozen=True)
class ProblemGroup:
    """The findings of one rule: ``count`` in all, of which ``shown`` here."""

    rule: str
    severity: str
    count: int
    waiting: int
    problems: tuple[Problem, ...]

    @property
    def hidden(self) -> int:
        """Findings that are not listed here."""
        return self.count - len(self.problems)


@dataclass(frozen=True)
class Tally:
    """How many cells have what."""

    errors: int
    warnings: int
    waiting: int
    notes: int


def tally(findings: Sequence[Finding], accepted: Mapping[tuple[str, str], Accepted]) -> Tally:
    """The counts above the grid."""
    counts = {s: sum(f.count for f in findings if f.severity == s) for s in SEVERITIES}
    waiting = sum(f.count for f in findings if f.severity == WARNING and (f.rule, place_name(f)) not in accepted)
    return Tally(counts[ERROR], counts[WARNING], waiting, counts["info"])


def group_problems(
    findings: Sequence[Finding],
    accepted: Mapping[tuple[str, str], Accepted],
    sheets: Sequence[SheetCells],
    ask: GridAsk,
    lang: str,
    is_whole: bool = False,
) -> tuple[ProblemGroup, ...]:
    """The findings that the filters let through, by rule, worst first; of each rule the first few.

    Args:
        is_whole: list more of them, for a page that shows one rule.
    """
    by_rule: dict[tuple[int, str], list[Finding]] = {}
    for finding in findings:
        if passes(finding, ask):
            by_rule.setdefault((SEVERITIES.index(finding.severity), finding.rule), []).append(finding)
    most = MOST_OF_PAGE if is_whole else MOST_OF_GROUP
    return tuple(_group(found, accepted, sheets, lang, most) for _, found in sorted(by_rule.items()))


def _group(
    found: Sequence[Finding],
    accepted: Mapping[tuple[str, str], Accepted],
    sheets: Sequence[SheetCells],
    lang: str,
    most: int,
) -> ProblemGroup:
    waiting = [f for f in found if f.severity == WARNING and (f.rule, place_name(f)) not in accepted]
    problems = tuple(tell_problem(f, accepted, sheets, lang) for f in found[:most])
    return ProblemGroup(found[0].rule, found[0].severity, len(found), len(waiting), problems)


def tell_problem(
    finding: Finding, accepted: Mapping[tuple[str, str], Accepted], sheets: Sequence[SheetCells], lang: str
) -> Problem:
    """One finding in the reader's language."""
    at = sheet_index(sheets, finding.sheet) if place_of(finding.cell) else None
    return Problem(
        finding.rule, finding.severity, place_name(finding), 0 if at is None else at + 1, finding.cell or "",
        finding.message(lang), finding.suggestion(lang), finding.count, f"{finding.rule}|{place_name(finding)}",
        accepted.get((finding.rule, place_name(finding))),
    )  # fmt: skip


@dataclass(frozen=True)
class Told:
    """One line of what was read from a cell."""

    term: str
    text: str
    note: str = ""


def tell_claim(row: Mapping[str, Any], catalogue: Catalogue, lang: str) -> tuple[Told, ...]:
    """What a figure was taken for: value, unit, indicator, area, period, breakdown, status.

    Args:
        row: of ``CLAIMS`` (``area_key``), or of ``ROWS_SCHEMA`` (``area_text``, ``value_text``).
    """
    texts = Texts(lang)
    parts = [
        (texts("column_value"), _value(row, texts, lang), str(row.get("value_text") or "")),
        (texts("column_unit"), _named(catalogue.units, row["unit"], lang), row["unit"] or ""),
        (texts("column_indicator"), _named(catalogue.indicators, row["indicator"], lang), row["indicator"] or ""),
        (texts("table_area"), *_area(row, catalogue, lang)),
        (texts("table_period"), _period(row["period"], lang), row["period"] or ""),
        (texts("column_status"), texts(f"status_{row['status'] or 'official'}"), ""),
    ]
    for name, listed in (("breakdown", catalogue.breakdowns), ("activity", catalogue.activities)):
        if row[name] and row[name] != TOTAL:
            parts.append((texts(f"pick_{name}"), _named(listed, row[name], lang), row[name]))
    parts.append((texts("pick_issuer"), _named(catalogue.issuers, row["issuer"], lang), ""))
    if row["note"]:
        parts.append((texts("trace_note"), str(row["note"]), ""))
    return tuple(
        Told(term, text or texts("grid_not_known"), note if note != text else "") for term, text, note in parts
    )


def _value(row: Mapping[str, Any], texts: Texts, lang: str) -> str:
    if row["mark"]:
        return f"{texts('mark_' + row['mark'] + '_sign')} ({texts('mark_' + row['mark'])})"
    return format_number(row["value"], row["decimals"], lang)


def _named(listed: Mapping[str, Any], code: str | None, lang: str) -> str:
    found = listed.get(code or "")
    return str(found.name(lang)) if found is not None else code or ""


def _area(row: Mapping[str, Any], catalogue: Catalogue, lang: str) -> tuple[str, str]:
    key = row.get("area_key")
    if not key:
        key = str(row.get("area_text") or "")
        if "@" not in key:
            return key, ""
    try:
        return name_place(key, catalogue, lang, is_full=True), key
    except (LienVungError, ValueError):
        return AreaKey.parse(key).code, key


def _period(text: str | None, lang: str) -> str:
    try:
        return format_period(text, lang) if text else ""
    except (LienVungError, ValueError):
        return text or ""


def count_rules(findings: Sequence[Finding]) -> list[tuple[str, int]]:
    """The rules that spoke, worst and most frequent first, for the filter."""
    counts: dict[tuple[int, str], int] = {}
    for finding in findings:
        key = (SEVERITIES.index(finding.severity), finding.rule)
        counts[key] = counts.get(key, 0) + finding.count
    return [(rule, count) for (_, rule), count in sorted(counts.items(), key=lambda p: (p[0][0], -p[1]))]


@dataclass(frozen=True)
class Verdict:
    """The outcome of the checks in a sentence, what to do, and the counts."""

    kind: str
    line: str
    todo: str
    errors: int
    counts: tuple[tuple[str, int, str], ...]


def tell_verdict(found: Any, counted: Tally, lang: str) -> Verdict:  # noqa: ANN401 - a Submission
    """How a submission stands, for its officer.

    Args:
        found: a ``Submission``.
    """
    texts = Texts(lang)
    counts = tuple(
        (name, count, texts(f"grid_{word}"))
        for name, word, count in (
            ("error", "errors", counted.errors), ("warning", "warnings", counted.warnings), ("info", "notes",
             counted.notes),
        )
    )  # fmt: skip
    if "unread" in found.report:
        kind, count = "unread", 0
    elif counted.errors:
        kind, count = "errors", counted.errors
    elif counted.waiting:
        kind, count = "warnings", counted.waiting
    else:
        kind, count = "good", 0
    is_in_work = found.state in ("draft", "checked", "returned")
    todo = texts(f"grid_verdict_{kind}_todo") if kind != "unread" else texts("grid_unread_todo")
    line = texts(f"grid_verdict_{kind}", count=format_number(count, 0, lang))
    return Verdict(kind, line, todo if is_in_work else texts("grid_verdict_done"), counted.errors, counts)


@dataclass(frozen=True)
class JudgedLine:
    """A discrepancy between this file and what is published."""

    id: str
    rule: str
    severity: str
    message: str
    suggestion: str
    accepted: Accepted | None


def tell_judged(judged: Sequence[Any], lang: str) -> tuple[JudgedLine, ...]:
    """Discrepancies in the reader's language, worst first.

    Args:
        judged: ``pipeline.Judged``.
    """
    lines = [
        JudgedLine(
            j.discrepancy.id,
            j.discrepancy.rule,
            j.discrepancy.severity,
            j.discrepancy.message(lang),
            j.discrepancy.suggestion(lang),
            _standing(j.acceptance, lang) if j.acceptance else None,
        )
        for j in judged
    ]
    return tuple(sorted(lines, key=lambda line: (line.accepted is not None, SEVERITIES.index(line.severity))))


def _standing(found: Acceptance, lang: str) -> Accepted:
    return Accepted(found.reason, found.by, format_instant(found.at, lang))
