"""What names a row? Its words in two languages, the groups it stands under, its depth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lienvung.domain.names import fold, nfc
from lienvung.parse.tables.cells import DITTO, has_tones, is_blank, is_figure, read_unit, show, split_languages
from lienvung.parse.tables.regions import Region

UNDER = " > "
TOTAL_KEY = "tong so"
"""The key of a row that names no item in a table whose columns name area and period."""
_MARKER = re.compile(r"(?:trong do|chia ra|bao gom|gom|of which|in which)\b")
_GROUP = re.compile(r"(?:phan theo|chia theo|theo|by|classified by)\b")
_SHARE = re.compile(r"(?:co cau|ty trong|structure|share)\b")
_INDEX = re.compile(
    r"(?:chi so (?:phat trien|gia)|toc do (?:tang|phat trien)|index|growth)\b|.*(?:nam truoc 100|previous year 100)"
)
_ENGLISH_HEADING = re.compile(r"(?:by|of which|in which|structure|share|index|growth|at (?:current|constant)|unit)\b")
_PRICES = re.compile(r"(?:theo )?gia (?:hien hanh|thuc te|so sanh|co dinh)|at (?:current|constant)")
_TOTAL = re.compile(r"(?:tong so|tong cong|ca nuoc|toan quoc|toan tinh|total)\b")
_LIST_MARK = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})*[.)]|[IVX]{1,5}[.)]|[a-zA-Z][.)]|[-+•*–])\s+")
_LETTER_DEPTH = ((re.compile(r"^\s*[IVX]{1,5}[.)]"), 0), (re.compile(r"^\s*[-+•–]"), 2))


@dataclass(frozen=True)
class Line:
    """One row of figures with its name.

    Attributes:
        row: counted from 0. printed: the Vietnamese words as they stand, ``english`` the others.
        key: folded words of the row and the groups above it, joined by `` > ``; how a recipe names it.
        block: folded words of the stacked block it belongs to; ``block_printed``, ``block_kind``:
            values, share, index or prices; ``block_unit`` as printed there.
        column: of the label.
        area, period: what the columns say that name areas and periods, where several columns name a row.
        unit: of the row alone, as printed in a column of units.
    """

    row: int
    printed: str
    english: str
    key: str
    block: str
    block_printed: str
    block_kind: str
    block_unit: str
    column: int
    area: str = ""
    period: str = ""
    unit: str = ""

    @property
    def period_lines(self) -> list[str]:
        """The texts that may name the row's period, in both languages: "Sơ bộ", "Prel. 2016"."""
        return [self.period] if self.period else [t for t in (self.printed, self.english) if t]


@dataclass
class _Group:
    depth: float
    key: str
    is_marker: bool


@dataclass(frozen=True)
class _Heading:
    """The last row without figures: its words, and where they began."""

    printed: str
    column: int
    row: int


def read_lines(region: Region) -> list[Line]:
    """The rows of figures of a table, named by what stands above and before them.

    Where the same group comes twice, as under passengers and passenger-kilometres, the row of figures that
    stands above all groups is named before it. Where the same row comes again, as fish under aquaculture and under
    catches, the row above it that comes once is named before it.
    """
    lines = _walk(region)
    seen = Counter((line.block, line.key) for line in lines)
    found, head, single = [], "", ""
    for line in lines:
        is_repeated = seen[line.block, line.key] > 1
        if UNDER in line.key:
            line = replace(line, key=f"{head}{UNDER}{line.key}") if is_repeated and head else line
        elif is_repeated and single:
            line = replace(line, key=f"{single}{UNDER}{line.key}")
        else:
            head = line.key
        if not is_repeated and UNDER not in line.key:
            single = "" if _TOTAL.match(line.key) else line.key
        found.append(line)
    return found


def _walk(region: Region) -> list[Line]:
    groups, spread = _Groups(), _Spread(region)
    found: list[Line] = []
    above: _Heading | None = None
    unit = ""
    for row in region.body:
        cells = [(c, region.text(row, c)) for c in region.labels]
        cells = [(c, t) for c, t in cells if t.strip()]
        has_figures = any(is_figure(region.sheet.cell(row, c)) for c in region.values)
        if not has_figures:
            cells = cells or _stray(region, row)
        over = spread.over(row) if has_figures else []
        cells = [(c, t) for c, t in cells if c not in spread.columns or not over or c not in dict(over)]
        if not cells:
            continue
        printed, english = _words(cells, region)
        column, depth = cells[0][0], _depth(cells[0][1], cells[0][0], region, row)
        if has_figures:
            key = groups.take_row(depth, _key(printed))
            key = UNDER.join([*(_key(t) for _, t in over), key])
            unit = _unit_of(region, row, unit)
            found.append(Line(row, printed, english, key, *groups.block, column, unit=unit))
            above = None
        elif above and _repeats(above, printed, column, row, region):
            continue
        elif _is_english_below(printed, region, row):
            if found and not found[-1].english:
                found[-1] = replace(found[-1], english=printed)
        else:
            groups.take_heading(depth, _key(printed), read_block(printed, english))
            above = _Heading(printed, column, row)
    return found


def _unit_of(region: Region, row: int, above: str) -> str:
    """The unit in a row's own cell; a ditto mark repeats the one above, a blank says nothing."""
    if region.unit_column is None:
        return ""
    text = region.text(row, region.unit_column).strip()
    return above if text in DITTO else text


class _Spread:
    """Columns whose name holds for several rows: merged downwards, or written in the first of them only."""

    def __init__(self, region: Region) -> None:
        self._region = region
        self._figures = [r for r in region.body if any(is_figure(region.sheet.cell(r, c)) for c in region.values)]
        self.columns = [c for c in self._left() if self._is_spread(c)]
        self._last: dict[int, str] = {}

    def _left(self) -> list[int]:
        """Label columns that have another one between them and the figures."""
        first = min(self._region.values, default=0)
        own = [c for c in self._region.labels if c != self._region.numbering and c < first]
        return own[:-1]

    def _is_spread(self, column: int) -> bool:
        region = self._region
        right = [c for c in region.labels if column < c < min(region.values)]
        named = [r for r in self._figures if region.text(r, column).strip()]
        if not named or len(named) * 2 > len(self._figures) or named[0] != self._figures[0]:
            return False
        return all(any(region.text(r, c).strip() for c in right) for r in self._figures)

    def over(self, row: int) -> list[tuple[int, str]]:
        """The names that hold for a row, from the left."""
        for column in self.columns:
            text = self._region.text(row, column).strip()
            if text:
                self._last = {c: t for c, t in self._last.items() if c < column} | {column: text}
        return [(c, split_languages(self._last[c])[0]) for c in self.columns if c in self._last]


def read_long(region: Region, roles: Mapping[int, str]) -> list[Line]:
    """The rows of a table whose columns name area, period and item; a blank takes what stands above it.

    Args:
        roles: label column → ``area``, ``period`` or ``item``.
    """
    found: list[Line] = []
    last: dict[str, str] = {}
    for row in region.body:
        if not any(is_figure(region.sheet.cell(row, c)) for c in region.values):
            continue
        told = {role: region.text(row, c).strip() for c, role in roles.items() if region.text(row, c).strip()}
        last |= told
        printed, english = split_languages(last.get("item", ""))
        key = _key(printed) or TOTAL_KEY
        column, unit = min(roles), _unit_of(region, row, "")
        area = split_languages(last.get("area", ""))[0]
        found.append(Line(row, printed or area, english, key, "", "", "values", "", column, area,
                          last.get("period", ""), unit))  # fmt: skip
    return found


class _Groups:
    """The block and the groups that the next row stands under."""

    def __init__(self) -> None:
        self.block = ("", "", "values", "")
        self._stack: list[_Group] = []
        self._last: tuple[float, str] | None = None
        self._fresh = 0

    def take_heading(self, depth: float, key: str, block: tuple[str, str, str, str] | None) -> None:
        """A row without figures begins a block or a group."""
        if block:
            self.block, self._stack, self._last, self._fresh = block, [], None, 0
        elif _MARKER.match(key):
            self._take_marker(depth, key)
        else:
            stack = [g for g in self._stack if g.depth < depth]
            if _GROUP.match(key):
                stack = [g for g in stack if not g.is_marker and not _GROUP.match(g.key)]
            self._stack, self._fresh = [*stack, _Group(depth, key, False)], 1

    def _take_marker(self, depth: float, key: str) -> None:
        """A row "Trong đó" makes a group of the row of figures above it."""
        stack, last = [g for g in self._stack if g.depth < depth and not g.is_marker], self._last
        if last and (not stack or last[1] != stack[-1].key):
            stack = [g for g in stack if g.depth < last[0]] + [_Group(last[0], last[1], False)]
        self._stack, self._fresh = [*stack, _Group(last[0] if last else depth, key, True)], 2

    def take_row(self, depth: float, key: str) -> str:
        """The full key of a row of figures."""
        stack = self._stack
        if self._fresh and depth > stack[-1].depth:
            # the group's rows are set in: the first that is not ends it
            inner = stack[-1].depth + 0.5
            stack[-self._fresh :] = [replace(g, depth=inner) for g in stack[-self._fresh :]]
        self._stack, self._fresh, self._last = _above(stack, depth, key), 0, (depth, key)
        return UNDER.join([*(g.key for g in self._stack), key])


def _above(stack: list[_Group], depth: float, key: str) -> list[_Group]:
    """The groups that a row of figures at a depth still stands under; a grand total stands under none."""
    if key.split()[:2] in (["tong", "so"], ["ca", "nuoc"], ["toan", "quoc"]) and not any(
        _GROUP.match(g.key) for g in stack
    ):
        return []
    return [g for g in stack if g.depth <= depth]


def _stray(region: Region, row: int) -> list[tuple[int, str]]:
    """A heading centred over the value columns."""
    found = [(c, show(v)) for c, v in enumerate(region.sheet.rows[row]) if not is_blank(v)]
    return found if len(found) == 1 else []


def _words(cells: list[tuple[int, str]], region: Region) -> tuple[str, str]:
    """The Vietnamese and the English words of a row, from one cell or from two columns."""
    first = cells[0][1]
    printed, english = split_languages(first)
    for _, text in cells[1:]:
        if not has_tones(text) and not english and has_tones(printed):
            english = nfc(text)
        elif not region.labels or text is not first:
            printed = f"{printed} {nfc(text)}" if not re.fullmatch(r"[IVX\d.]+", text.strip()) else printed
    return printed, english


def _depth(text: str, column: int, region: Region, row: int) -> float:
    """How far a label is set in: leading blanks, the indent of its format, its column, or its list mark."""
    blanks = len(text.replace("\t", "    ")) - len(text.replace("\t", "    ").lstrip())
    details = region.sheet.details
    blanks += 2 * details.format(row, column).indent if details else 0
    for form, depth in _LETTER_DEPTH:
        if form.match(text):
            return blanks + depth
    at = [c for c in region.labels if c != region.numbering].index(column) if column in region.labels else 0
    return blanks + 4.0 * at


def _key(printed: str) -> str:
    return fold(_LIST_MARK.sub("", printed))


def _is_english_below(printed: str, region: Region, row: int) -> bool:
    """Whether a row without figures only repeats the row above it in English."""
    if has_tones(printed) or _GROUP.match(fold(printed)):
        return False
    above = [region.text(row - 1, c) for c in region.labels]
    details = region.sheet.details
    if details and any(details.format(row, c).is_italic and not details.format(row - 1, c).is_italic
                       for c in region.labels if region.text(row, c).strip()):  # fmt: skip
        return region.body[0] < row and any(is_figure(region.sheet.cell(row - 1, c)) for c in region.values)
    has_figures = any(is_figure(region.sheet.cell(row - 1, c)) for c in region.values)
    return region.body[0] < row and has_figures and any(has_tones(t) and not split_languages(t)[1] for t in above)


def _repeats(above: _Heading, printed: str, column: int, row: int, region: Region) -> bool:
    """Whether a row without figures says in English what the heading right above it said."""
    if has_tones(printed) or row != above.row + 1 or column != above.column or split_languages(above.printed)[1]:
        return False
    details = region.sheet.details
    if details and details.format(row, column).is_italic and not details.format(above.row, above.column).is_italic:
        return True
    return has_tones(above.printed) and bool(_ENGLISH_HEADING.match(fold(printed)))


def read_block(printed: str, english: str = "") -> tuple[str, str, str, str] | None:
    """Key, words, kind and unit of a heading that begins a stacked block; None for a heading of rows.

    >>> read_block("Cơ cấu (%)"), read_block("Chỉ số phát triển (Năm trước = 100)")[2], read_block("Phân theo ngành")
    (('co cau', 'Cơ cấu (%)', 'share', '%'), 'index', None)
    >>> read_block("Nghìn người"), read_block("Giá so sánh 2010")[2]
    (('nghin nguoi', 'Nghìn người', 'values', 'Nghìn người'), 'prices')
    """
    key = fold(printed)
    inside = re.findall(r"\(([^()]+)\)", printed)
    unit = next((u for u in map(read_unit, inside) if u), "") or read_unit(printed)
    unit = unit or ("%" if printed.rstrip().endswith("%") else "")
    for form, kind in ((_SHARE, "share"), (_INDEX, "index"), (_PRICES, "prices")):
        if form.match(key):
            return key, nfc(printed), kind, unit
    if read_unit(printed) and not english.lower().startswith("by "):
        return key, nfc(printed), "values", unit
    return None
