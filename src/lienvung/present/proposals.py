"""How an unknown table would be read: every decision as a row to confirm or correct, beside the cells it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from lienvung.domain.catalogue import Catalogue
from lienvung.domain.layouts import HEADER, LABEL, SheetCells, TableShape
from lienvung.domain.observations import STATUSES
from lienvung.present.grid import GridCell, GridRow, letter_of, sheet_index, show_cell
from lienvung.present.problems import Problem, tell_claim, tell_problem
from lienvung.present.texts import Texts
from lienvung.present.wording import ASK, Wording, meaning_of

MOST_PARTS = 250
MOST_ROWS, MOST_COLUMNS = 40, 12
MOST_TRIED, MOST_OPEN = 40, 10
SURE, LIKELY = 0.9, 0.6
OF_TABLE = ("indicator", "unit", "area", "labels", "period", "status", "breakdown", "decimal", "percent")
PARTS = ("columns", "rows", "blocks")


class Decided(Protocol):
    """A decision as the reading proposes it."""

    @property
    def path(self) -> str:
        """Where in the recipe."""

    @property
    def chosen(self) -> str:
        """What was chosen; ``?``: a person must."""

    @property
    def confidence(self) -> float:
        """0 to 1, how sure."""

    @property
    def evidence_vi(self) -> str:
        """Why, in Vietnamese."""

    @property
    def evidence_en(self) -> str:
        """Why, in English."""

    @property
    def choices(self) -> tuple[str, ...]:
        """What else it might be."""


@dataclass(frozen=True)
class Field:
    """One decision as a form shows it.

    Attributes:
        name: of the form's field. kind: ``search`` (with the list ``options``), ``choice`` or ``text``.
        value: what the field holds; ``unit`` that of the column or row, None where it has none of its own.
        level: ``open``, ``sure``, ``likely``, ``doubtful`` or ``said``, by a person.
    """

    path: str
    name: str
    label: str
    kind: str
    value: str
    level: str
    evidence: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    options: str = ""
    cell: str = ""
    unit: str | None = None


@dataclass(frozen=True)
class TableCard:
    """One table of the file with its cells and its decisions, open ones first."""

    number: int
    title: str
    place: str
    is_skipped: bool
    open: int
    letters: tuple[str, ...]
    rows: tuple[GridRow, ...]
    more_rows: int
    fields: tuple[Field, ...]
    extras: tuple[Field, ...]
    hidden: int


def level_of(decision: Decided) -> str:
    """How sure a decision is, in a word."""
    if decision.chosen == ASK:
        return "open"
    if decision.evidence_vi == "do người dùng quyết định":
        return "said"
    return "sure" if decision.confidence >= SURE else "likely" if decision.confidence >= LIKELY else "doubtful"


def general_fields(
    recipe: Any,  # noqa: ANN401 - a Recipe
    decisions: Sequence[Decided],
    words: Wording,
    lang: str,
    agency: str = "",
) -> tuple[Field, ...]:
    """What is asked of the file as a whole: issuer and boundary.

    Args:
        agency: whose submission it is, offered as the issuer where the file names none; a person still confirms it.
    """
    texts, by_path = Texts(lang), {d.path: d for d in decisions}
    offered = agency if recipe.issuer == ASK and words.knows("issuer", agency) else recipe.issuer
    boundaries = (("2004", texts("territory_2004")), ("2025-07-01", texts("territory_2025")))
    found = [
        _field("issuer", texts("prop_issuer"), "search", words.say("issuer", offered), by_path, lang, options="issuer"),
        _field("boundary", texts("prop_boundary"), "choice", recipe.boundary, by_path, lang, choices=boundaries),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda f: f.level != "open"))


def _field(
    path: str, label: str, kind: str, value: str, by_path: Mapping[str, Decided], lang: str, **more: Any  # noqa: ANN401
) -> Field:  # fmt: skip
    decision = by_path.get(path)
    evidence = (decision.evidence_vi if lang == "vi" else decision.evidence_en) if decision else ""
    level = level_of(decision) if decision else "open" if value in ("", ASK) else "sure"
    return Field(path, f"d:{path}", label, kind, "" if value == ASK else value, level, evidence, **more)


def build_table(
    shape: TableShape,
    entry: Mapping[str, Any],
    decisions: Sequence[Decided],
    sheets: Sequence[SheetCells],
    words: Wording,
    lang: str,
) -> TableCard:
    """One table's card.

    Args:
        entry: of the recipe. decisions: all of the proposal's.
    """
    by_path = {d.path: d for d in decisions if d.path.startswith(f"{shape.number}.")}
    fields, extras = _measure_fields(shape, entry, by_path, words, lang)
    parts = _part_fields(shape, entry, by_path, words, lang)
    shown = sorted([*fields, *parts], key=lambda f: f.level != "open")
    at = sheet_index(sheets, shape.sheet)
    doubted = {f.cell for f in parts if f.level == "open"}
    rows, letters, more = _excerpt(shape, sheets[at], doubted, lang) if at is not None else ((), (), 0)
    is_skipped = bool(entry.get("skip"))
    return TableCard(
        shape.number, shape.title or shape.sheet, f"{shape.sheet}!A{shape.title_row + 1}".lstrip("!"), is_skipped,
        0 if is_skipped else sum(f.level == "open" for f in shown), letters, rows, more,
        tuple(shown[:MOST_PARTS]), tuple(extras), max(len(shown) - MOST_PARTS, 0),
    )  # fmt: skip


def _measure_fields(
    shape: TableShape, entry: Mapping[str, Any], by_path: Mapping[str, Decided], words: Wording, lang: str
) -> tuple[list[Field], list[Field]]:
    """What the table as a whole says; fields that the recipe does not speak of come last, as extras."""
    texts = Texts(lang)
    choices = {
        "labels": tuple((k, texts(f"prop_labels_{k}")) for k in ("item", "area", "period")),
        "status": tuple((s, texts(f"status_{s}")) for s in STATUSES),
        "decimal": ((",", texts("prop_decimal_comma")), (".", texts("prop_decimal_point"))),
        "percent": (("points", texts("prop_percent_points")), ("fraction", texts("prop_percent_fraction"))),
    }
    told, extras = [], []
    for name in OF_TABLE:
        path, value = f"{shape.number}.{name}", str(entry.get(name, "item" if name == "labels" else ""))
        decided = by_path[path].chosen if path in by_path else ""
        if not value and decided in dict(choices.get(name, ())):
            value = decided
        if name == "labels" and value not in dict(choices[name]):
            parts = [texts(f"prop_labels_{p}") for p in value.split(",") if p in ("item", "area", "period")]
            choices[name] = (*choices[name], (value, " + ".join(parts) or value))
        kind = "choice" if name in choices else "text" if name == "period" else "search"
        shown = words.say(name, value) if kind == "search" else value
        more: dict[str, Any] = {"choices": choices.get(name, ()), "options": name if kind == "search" else ""}
        if name == "indicator" and path in by_path and level_of(by_path[path]) not in ("sure", "said"):
            more["choices"] = _guesses(by_path[path].choices, words)
        field = _field(path, texts(f"prop_{name}"), kind, shown, by_path, lang, **more)
        if name in entry or path in by_path or name == "labels":
            told.append(field)
        else:
            extras.append(Field(path, f"d:{path}", field.label, kind, "", "none", **more))
    return told, extras


def _guesses(choices: Sequence[str], words: Wording) -> tuple[tuple[str, str], ...]:
    """``POP_AVG 0.86`` → what the field would hold, and how near it is."""
    pairs = [c.rsplit(" ", 1) for c in choices if " " in c]
    return tuple((words.say("meaning", code), score) for code, score in pairs)


def _part_fields(
    shape: TableShape, entry: Mapping[str, Any], by_path: Mapping[str, Decided], words: Wording, lang: str
) -> list[Field]:
    """What its columns, rows and stacked blocks say."""
    texts = Texts(lang)
    cells = {"columns": {c.key: c for c in reversed(shape.columns)}, "rows": {n.key: n for n in reversed(shape.lines)}}
    found = []
    for part in PARTS:
        for key, spec in dict(entry.get(part) or {}).items():
            path, at = f"{shape.number}.{part}.{key}", cells.get(part, {}).get(str(key))
            code, unit = meaning_of(spec)
            label = texts(f"prop_part_{part}", name=at.printed if at and at.printed else str(key))
            more: dict[str, Any] = {"options": "meaning", "cell": at.cell if at else "", "unit": unit}
            if path in by_path and level_of(by_path[path]) not in ("sure", "said"):
                more["choices"] = _guesses(by_path[path].choices, words)
            found.append(_field(path, label, "search", words.say("meaning", code), by_path, lang, **more))
    return found


def _excerpt(
    shape: TableShape, sheet: SheetCells, doubted: set[str], lang: str
) -> tuple[tuple[GridRow, ...], tuple[str, ...], int]:
    """The cells of a table, each with what it is taken for; cells that a person is asked about are marked."""
    numbers = range(shape.first_row, min(shape.last_row + 1, len(sheet.rows)))
    used = [c for r in numbers for c, v in enumerate(sheet.rows[r]) if v not in ("", None)]
    columns = range(min(used, default=0), min(max(used, default=0) + 1, min(used, default=0) + MOST_COLUMNS))
    rows = []
    for row in numbers[:MOST_ROWS]:
        cells = []
        for column in columns:
            value = sheet.rows[row][column] if column < len(sheet.rows[row]) else ""
            text, address = show_cell(value, lang), f"{letter_of(column)}{row + 1}"
            role = shape.role(row, column) if text else ""
            is_number = isinstance(value, (int, float)) and role not in (HEADER, LABEL)
            cells.append(GridCell(address, text, "warning" if address in doubted else "", role, is_number))
        rows.append(GridRow(row + 1, tuple(cells)))
    return tuple(rows), tuple(letter_of(c) for c in columns), max(len(numbers) - MOST_ROWS, 0)


def count_open(decisions: Sequence[Decided], table: int) -> int:
    """How many points of a table need a choice."""
    return sum(d.chosen == ASK and d.path.startswith(f"{table}.") for d in decisions)


def tell_open(waiting: Sequence[Decided], lang: str) -> dict[str, str]:
    """What still needs a choice, by table, as the page says it."""
    texts = Texts(lang)
    named = []
    for decision in waiting[:MOST_OPEN]:
        number, _, rest = decision.path.partition(".")
        part, _, key = rest.partition(".")
        if not rest:
            named.append(texts(f"prop_{number}"))
        else:
            label = texts(f"prop_part_{part}", name=key) if key else texts(f"prop_{part}")
            named.append(f"{texts('prop_table', number=number)} {label}")
    said = "; ".join(named) + ("…" if len(waiting) > MOST_OPEN else "")
    return {"said": texts("prop_still_open", count=len(waiting)), "todo": said}


@dataclass(frozen=True)
class TriedLine:
    """One figure as the proposed recipe reads it."""

    cell: str
    value: str
    unit: str
    indicator: str
    area: str
    period: str
    status: str


@dataclass(frozen=True)
class Tried:
    """What a proposed recipe gives: counts, the first figures, the first problems."""

    rows: int
    good: int
    errors: int
    warnings: int
    lines: tuple[TriedLine, ...]
    findings: tuple[Problem, ...]


def tell_tried(checked: Any, catalogue: Catalogue, lang: str) -> Tried:  # noqa: ANN401 - a pipeline.Checked
    """The outcome of trying a recipe, for reading."""
    rows = checked.rows.table
    told = [_tried_line(r, catalogue, lang) for r in rows.slice(0, MOST_TRIED).to_pylist()]
    shown = [f for f in checked.findings if f.severity != "info"][:MOST_TRIED]
    return Tried(
        rows.num_rows, checked.claims.num_rows, checked.findings.count("error"), checked.findings.count("warning"),
        tuple(told), tuple(tell_problem(f, {}, (), lang) for f in shown),
    )  # fmt: skip


def _tried_line(row: Mapping[str, Any], catalogue: Catalogue, lang: str) -> TriedLine:
    told = {line.term: line.text for line in tell_claim(row, catalogue, lang)}
    texts = Texts(lang)
    keys = ("column_value", "column_unit", "column_indicator", "table_area", "table_period", "column_status")
    place = "!".join(p for p in (row["sheet"], row["cell"]) if p)
    return TriedLine(place, *(told.get(texts(k), "") for k in keys))
