"""A list of projects: which column names the project, its owner, place, investment, period and source of capital."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lienvung.domain.handovers import WARNING, Finding
from lienvung.domain.names import fold, nfc
from lienvung.parse.budget_formulas import judge
from lienvung.parse.tables.cells import is_blank, is_figure, read_unit, show
from lienvung.parse.tables.decisions import Notes
from lienvung.parse.tables.figures import read_figures
from lienvung.parse.tables.matching import Found
from lienvung.parse.workbook import a1

NUMBER, NAME, TOTAL = "number", "name", "investment"
_ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (NUMBER, re.compile(r"(?:stt|tt|so tt|so thu tu|no)\b")),
    (NAME, re.compile(r"(?:ten |danh muc )?(?:cac )?(?:du an|cong trinh|chuong trinh)\b|danh muc\b|name of project")),
    ("owner", re.compile(r"(?:ten )?(?:chu dau tu|nha dau tu|chu du an|investor|owner)\b")),
    ("place", re.compile(r"(?:dia diem|vi tri|noi (?:thuc hien|xay dung)|location|place)\b")),
    ("scale", re.compile(r"(?:quy mo|nang luc|cong suat|dien tich|scale|capacity)\b")),
    (TOTAL, re.compile(r"(?:tong muc dau tu|tong von|tmdt|tong so von|tong dau tu|total investment|von dau tu)\b")),
    ("period", re.compile(r"(?:thoi gian|tien do|khoi cong|hoan thanh|giai doan|nam thuc hien|period)\b")),
    ("source", re.compile(r"(?:co cau )?(?:nguon von|source|hinh thuc dau tu)\b")),
    ("note", re.compile(r"(?:ghi chu|note|remarks)\b")),
)
_SUM = re.compile(r"(?:tong cong|tong so|cong|tong|total)\b")
_GROUP = re.compile(r"[IVX]{1,5}|[A-Z]")
MOST_SHOWN = 500


@dataclass(frozen=True)
class Project:
    """One project as the list tells it.

    Attributes:
        number: as printed. group: the heading it stands under. area: key of the province, or empty where the place
            names none or several. investment: in ``unit`` (a code, or as printed), None where there is none.
        cell: of its name.
    """

    number: str
    name: str
    group: str
    owner: str
    place: str
    area: str
    scale: str
    investment: float | None
    unit: str
    period: str
    source: str
    note: str
    cell: str


@dataclass(frozen=True)
class ProjectList:
    """A list of projects: what its columns are (column → role, how sure), its projects, and sums that do not hold."""

    table: Found
    columns: Mapping[int, tuple[str, float]]
    projects: tuple[Project, ...]
    findings: tuple[Finding, ...]


def read_projects(
    table: Found, find_area: Callable[[str], str] | None = None, find_unit: Callable[[str], str] | None = None
) -> ProjectList | None:
    """The projects of a table, or None where it is no list of projects.

    Args:
        find_area: key of the one province that a text names. find_unit: code of a printed unit.
    """
    columns = _roles(table)
    roles = {role: c for c, (role, _) in columns.items()}
    if NAME not in roles or len(set(roles) - {NUMBER, "note"}) < 3:
        return None
    rows = _rows(table, roles)
    unit = _unit(table, roles)
    code = (find_unit(unit) if find_unit and unit else "") or unit
    values = _values(table, [r for r, *_ in rows])
    projects, group = [], ""
    for row, kind, number, name in rows:
        if kind == "group":
            group = name
        elif kind == "project":
            told = {k: nfc(show(table.region.sheet.cell(row, c))) for k, c in roles.items()}
            place = told.get("place", "")
            area = find_area(place or name) if find_area else ""
            projects.append(Project(
                number, name, group, told.get("owner", ""), place, area, told.get("scale", ""),
                values.get((row, roles[TOTAL])) if TOTAL in roles else None, code, told.get("period", ""),
                told.get("source", ""), told.get("note", ""), a1(row, roles[NAME]),
            ))  # fmt: skip
    return ProjectList(table, columns, tuple(projects), tuple(_check_sums(table, rows, values))) if projects else None


def _roles(table: Found) -> dict[int, tuple[str, float]]:
    """What each column is by its heading; surer where the heading begins with the words than where it has them."""
    region = table.region
    found: dict[int, tuple[str, float]] = {}
    for column in range(max(map(len, region.sheet.rows), default=0)):
        words = fold(" ".join(region.text(r, column) for r in region.header))
        for role, form in _ROLES:
            if role in {r for r, _ in found.values()} or not words:
                continue
            if form.match(words):
                found[column] = (role, 0.95)
                break
            if role not in (NUMBER, NAME) and form.search(words):
                found[column] = (role, 0.7)
                break
    return found


def _rows(table: Found, roles: Mapping[str, int]) -> list[tuple[int, str, str, str]]:
    """Row, kind (project, group or total), number and name of every row of the body."""
    region = table.region
    told = []
    for row in region.body:
        name = nfc(region.text(row, roles[NAME]))
        number = show(region.sheet.cell(row, roles[NUMBER])).strip().rstrip(".") if NUMBER in roles else ""
        if not name and _SUM.match(fold(number)):
            name, number = nfc(number), ""
        if name:
            told.append((row, number, name))
    numbers = {n for _, n, _ in told}
    found = []
    for row, number, name in told:
        details = [k for k in ("owner", "place", "period", "source") if k in roles]
        has_details = any(not is_blank(region.sheet.cell(row, roles[k])) for k in details)
        is_parent = bool(number) and any(n.startswith(f"{number}.") for n in numbers)
        if _SUM.match(fold(name)) and not has_details:
            kind = "total"
        elif _GROUP.fullmatch(number) or is_parent or (not has_details and not number):
            kind = "group"
        else:
            kind = "project"
        found.append((row, kind, number, name))
    return found


def _unit(table: Found, roles: Mapping[str, int]) -> str:
    """The unit of the investment: in its heading, else the table's."""
    region = table.region
    heading = " ".join(region.text(r, roles[TOTAL]) for r in region.header) if TOTAL in roles else ""
    inside = [u for text in re.findall(r"\(([^()]+)\)", heading) if (u := read_unit(text))]
    return inside[0] if inside else region.unit


def _values(table: Found, rows: Sequence[int]) -> dict[tuple[int, int], float]:
    """The figures of the columns of figures, by row and column; one decimal sign for the table."""
    places = [(r, c) for r in rows for c in table.region.values]
    cells = [table.region.sheet.cell(r, c) for r, c in places]
    kept = [(p, v) for p, v in zip(places, cells, strict=True) if is_figure(v)]
    figures = read_figures([v for _, v in kept])
    return {p: v for (p, _), v in zip(kept, figures.values, strict=True) if v is not None and v == v}


def _check_sums(
    table: Found, rows: Sequence[tuple[int, str, str, str]], values: Mapping[tuple[int, int], float]
) -> list[Finding]:
    """Printed totals, of the list and of its groups, against the sum of their projects."""
    projects = [r for r, kind, *_ in rows if kind == "project"]
    heads = [(r, name) for r, kind, _, name in rows if kind == "group"]
    ends = [r for r, _ in heads[1:]] + [max(table.region.body) + 1]
    sums = [(r, name, projects) for r, kind, _, name in rows if kind == "total"]
    sums += [(r, name, [p for p in projects if r < p < end]) for (r, name), end in zip(heads, ends, strict=True)]
    found = []
    for row, name, members in sums:
        for column in table.region.values:
            terms = [(1, values[p, column]) for p in members if (p, column) in values]
            if (row, column) not in values or len(terms) < 1:
                continue
            verdict = judge(values[row, column], terms)
            if not verdict.holds:
                found.append(_broken(table, (row, column), name, verdict.printed, verdict.total))
    return found


def _broken(table: Found, place: tuple[int, int], name: str, printed: float, total: float) -> Finding:
    one, two, gap = (show(round(v, 6)) for v in (printed, total, printed - total))
    return Finding(
        "TABLE-IDENTITY", WARNING, f"'{name}' ghi {one}, các dự án cộng lại được {two} (lệch {gap}).",
        f"'{name}' has {one}, its projects add up to {two} (off by {gap}).", table.sheet or None, a1(*place),
        "Đối chiếu các dự án và dòng tổng với văn bản gốc.", "Compare projects and total with the original document.",
    )  # fmt: skip


def propose_list(number: int, listed: ProjectList, notes: Notes) -> dict[str, Any]:
    """The entry of a list of projects, which is not read as figures; its columns and projects stand as decisions."""
    place, at = listed.table.place, f"{number}."
    told = ", ".join(role for role, _ in listed.columns.values())
    notes.add(f"{at}kind", "projects", min(s for _, s in listed.columns.values()),
              f"danh mục dự án: các cột {told}; chưa công bố vì chưa có sổ đăng ký dự án",
              f"a list of projects: columns {told}; not published, for no register of projects is kept yet",
              place)  # fmt: skip
    fields = {}
    for column, (role, sure) in listed.columns.items():
        heading = " ".join(listed.table.region.text(r, column) for r in listed.table.region.header).strip()
        fields[role] = a1(0, column)[:-1]
        notes.add(f"{at}fields.{role}", fields[role], sure, f"cột '{heading}'", f"the column '{heading}'", place)
    for n, project in enumerate(listed.projects[:MOST_SHOWN], 1):
        vi, en = _line(project, ("chủ đầu tư", "nguồn")), _line(project, ("owner", "source"))
        cell = f"{listed.table.sheet}!{project.cell}"
        notes.add(f"{at}projects.{n}", project.name, 0.9 if project.area else 0.6, vi, en, cell)
    for finding in listed.findings:
        notes.add(f"{at}sums.{finding.cell}", "—", 0.9, finding.message_vi, finding.message_en, place)
    return {"skip": True, "kind": "projects", "fields": fields}


def _line(project: Project, words: tuple[str, str]) -> str:
    amount = f"{show(project.investment)} {project.unit}".strip() if project.investment is not None else ""
    parts = [f"{words[0]}: {project.owner}" if project.owner else "",
             f"{project.place} → {project.area or '?'}" if project.place else "", amount, project.period,
             f"{words[1]}: {project.source}" if project.source else ""]  # fmt: skip
    return "; ".join(p for p in parts if p)
