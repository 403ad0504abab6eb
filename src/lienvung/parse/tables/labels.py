"""What names a row? Its words in two languages, the groups it stands under, its depth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lienvung.domain.names import fold, nfc
from lienvung.parse.tables.cells import has_tones, is_blank, is_figure, read_unit, show, split_languages
from lienvung.parse.tables.regions import Region

UNDER = " > "
_MARKER = re.compile(r"(?:trong do|chia ra|bao gom|gom|of which|in which)\b")
_GROUP = re.compile(r"(?:phan theo|chia theo|theo|by|classified by)\b")
_SHARE = re.compile(r"(?:co cau|ty trong|structure|share)\b")
_INDEX = re.compile(
    r"(?:chi so (?:phat trien|gia)|toc do (?:tang|phat trien)|index|growth)\b|.*(?:nam truoc 100|previous year 100)"
)
_PRICES = re.compile(r"(?:theo )?gia (?:hien hanh|thuc te|so sanh|co dinh)|at (?:current|constant)")
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


@dataclass
class _Group:
    depth: float
    key: str
    is_marker: bool


def read_lines(region: Region) -> list[Line]:
    """The rows of figures of a table, named by what stands above and before them.

    Where the same group comes twice, as under passengers and passenger-kilometres, the row of figures that
    stands above all groups is named before it.
    """
    lines = list(_walk(region))
    seen = Counter((line.block, line.key) for line in lines)
    found, head = [], ""
    for line in lines:
        if UNDER not in line.key:
            head = line.key
        elif seen[line.block, line.key] > 1 and head:
            line = replace(line, key=f"{head}{UNDER}{line.key}")
        found.append(line)
    return found


def _walk(region: Region) -> Iterator[Line]:
    groups = _Groups()
    for row in region.body:
        cells = [(c, show(region.sheet.cell(row, c))) for c in region.labels]
        cells = [(c, t) for c, t in cells if t.strip()]
        has_figures = any(is_figure(region.sheet.cell(row, c)) for c in region.values)
        if not has_figures:
            cells = cells or _stray(region, row)
        if not cells:
            continue
        printed, english = _words(cells, region)
        column, depth = cells[0][0], _depth(cells[0][1], cells[0][0], region)
        if has_figures:
            key = groups.take_row(depth, _key(printed))
            yield Line(row, printed, english, key, *groups.block, column)
        elif not _is_english_below(printed, region, row):
            groups.take_heading(depth, _key(printed), read_block(printed, english))


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


def _depth(text: str, column: int, region: Region) -> float:
    """How far a label is set in: leading blanks, its column, or its list mark."""
    blanks = len(text.replace("\t", "    ")) - len(text.replace("\t", "    ").lstrip())
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
    above = [show(region.sheet.cell(row - 1, c)) for c in region.labels]
    has_figures = any(is_figure(region.sheet.cell(row - 1, c)) for c in region.values)
    return region.body[0] < row and has_figures and any(has_tones(t) and not split_languages(t)[1] for t in above)


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
