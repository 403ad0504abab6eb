"""What the rows of a table mean: areas, listed codes, indicators of their own, or nothing that is listed."""

from __future__ import annotations

import re
from typing import Any

from lienvung.domain.names import fold
from lienvung.parse.tables.cells import read_unit
from lienvung.parse.tables.deciding import TableWork, find_own
from lienvung.parse.tables.decisions import SKIP
from lienvung.parse.tables.labels import UNDER, Line
from lienvung.parse.tables.meaning import choose

LIKELY, LEAD = 0.95, 0.06
"""A row takes a listed code from this likeness on, this far ahead of the next; below it is left out, and said so."""
_SORTED = re.compile(r"(?:phan theo|chia theo|trong do|chia ra|bao gom|gom|tong so|by|of which)\b")
"""Groups that say how rows are cut, and nothing about what is measured."""
_OTHER = re.compile(r"\b(?:khac|other|con lai)\b")


def decide_rows(work: TableWork, labels: str, unit: str) -> dict[str, Any]:
    """Key of the row → what it means; areas that the gazetteer knows need no entry where the rows are areas."""
    found: dict[str, Any] = {}
    work.family = _family(work)
    for line in work.lines:
        if line.key in found or (labels == "area" and work.meanings.area(line.printed, work.boundary)):
            continue
        found[line.key] = _row(work, line, labels, unit)
    _keep_apart(work, found)
    return found


def _keep_apart(work: TableWork, found: dict[str, Any]) -> None:
    """Leave out rows that would mean the same as another one because what their group says is not known."""
    same: dict[str, list[str]] = {}
    for key, meaning in found.items():
        if isinstance(meaning, dict):
            same.setdefault(str(sorted(meaning.items())), []).append(key)
    for keys in same.values():
        for key in keys if len(keys) > 1 else []:
            if any(not _SORTED.match(g) for g in key.split(UNDER)[:-1]) and not _over_key(work, key):
                found[key] = SKIP
                others = ", ".join(f"'{k}'" for k in keys if k != key)[:120]
                work.note(f"rows.{key}", SKIP, 0.4, f"không rõ khác gì {others}", f"how it differs from {others}")


def _family(work: TableWork) -> str:
    """How the codes begin that the rows with one meaning only have: sections of the industries, ``VSIC_``."""
    named = [work.meanings.codes_named(line.printed.partition("(")[0].strip(" -–+*:"), line.english)
             for line in work.lines]  # fmt: skip
    sure = [codes[0][1] for codes in named if len(codes) == 1 and codes[0][0] == "activity"]
    return "VSIC_" if sum(code.startswith("VSIC_") for code in sure) * 2 > len(sure) else ""


def _row(work: TableWork, line: Line, labels: str, unit: str) -> Any:  # noqa: ANN401
    path, at = f"rows.{line.key}", f"'{line.printed}'"
    words, printed = _name_and_unit(line)
    own = work.meanings.unit(printed) if printed else ""
    if line.unit and not own:
        work.note(path, SKIP, 0.5, f"đơn vị '{line.unit}' của {at} không có trong danh mục",
                  f"the unit '{line.unit}' of {at} is not listed")  # fmt: skip
        return SKIP
    extra: dict[str, Any] = ({"unit": own} if own else {}) | _over_key(work, line.key)
    area = work.meanings.area(words, work.boundary)
    code = work.meanings.code_of(words, line.english, work.family)
    if labels == "area" and code == {}:
        work.note(path, {"area": "VN"}, 0.8, f"{at}: cả nước", f"{at}: the country")
        return {"area": "VN"}
    exact = find_own(work, words, own or unit) if code else None
    if exact:
        work.note(path, {"indicator": exact.code}, exact.score, f"{at} cùng tiêu đề là '{exact.name}'",
                  f"{at} with the title is '{exact.name}'")  # fmt: skip
        return extra | {"indicator": exact.code}
    if area or code is not None:
        meaning = {"area": area} if area and code is None else dict(code or {})
        named = tuple(f"{kind}:{c}" for kind, c in work.meanings.codes_named(words, line.english))
        work.note(path, meaning, 0.95 if len(named) < 2 else 0.8, f"{at} có trong danh mục", f"{at} is a listed name",
                  named if len(named) > 1 else ())  # fmt: skip
        return extra | meaning
    return _guessed(work, line, words, own or unit, extra)


def _name_and_unit(line: Line) -> tuple[str, str]:
    """A row's words without what stands in brackets, and the unit that it prints."""
    name, _, inside = line.printed.partition("(")
    name, inside = name.strip(" -–+*:"), inside.rstrip(") ")
    words = name.split(":")[-1].strip() if fold(name).startswith(("trong do", "chia ra")) else name
    return words, line.unit or (inside if read_unit(inside) else "")


def _guessed(work: TableWork, line: Line, words: str, unit: str, extra: dict[str, Any]) -> Any:  # noqa: ANN401
    """The meaning of a row whose name is not listed, by likeness."""
    path, at = f"rows.{line.key}", f"'{line.printed}'"
    best = choose(work.meanings.indicators(words, line.english, unit))
    if best and best.code != work.indicator and UNDER not in line.key:
        work.note(path, best.code, best.score, f"{at} gần nhất với '{best.name}'", f"{at} is nearest to '{best.name}'")
        return extra | {"indicator": best.code}
    if best:
        work.note(
            path, extra or "—", best.score, f"{at} là chính chỉ tiêu của bảng", f"{at} is the table's own indicator"
        )
        return extra
    short = work.meanings.shortened(words)
    if short:
        kind, _, found = short.code.partition(":")
        work.note(
            path, {kind: found}, short.score, f"{at} là tên gọn của '{short.name}'", f"{at} is short for '{short.name}'"
        )
        return extra | {kind: found}
    return _nearest(work, line, words, extra)


def _nearest(work: TableWork, line: Line, words: str, extra: dict[str, Any]) -> Any:  # noqa: ANN401
    """The listed code that comes nearest, where it is near enough; else the row is left out."""
    path, at = f"rows.{line.key}", f"'{line.printed}'"
    near = work.meanings.sorted_by(words)
    listed = tuple(f"{g.code} {g.score:.2f}" for g in near[:3])
    if near and near[0].score >= LIKELY and (len(near) == 1 or near[1].score < near[0].score - LEAD):
        kind, _, found = near[0].code.partition(":")
        if bool(_OTHER.search(fold(words))) == bool(_OTHER.search(fold(near[0].name))):
            work.note(path, {kind: found}, near[0].score, f"{at} gần nhất với '{near[0].name}'",
                      f"{at} is nearest to '{near[0].name}'", listed)  # fmt: skip
            return extra | {kind: found}
    if near and near[0].score >= 0.7:
        work.note(path, SKIP, 0.4, f"{at} giống một mã nhưng chưa chắc, nên chưa đọc",
                  f"{at} is like a code, but not surely; it is not read", listed)  # fmt: skip
        return SKIP
    work.note(path, SKIP, 0.6, f"{at} không có trong danh mục", f"{at} is in no code list")
    return SKIP


def _over_key(work: TableWork, key: str) -> dict[str, str]:
    """The area and the indicator that the groups above a row name."""
    found: dict[str, str] = {}
    for group in key.split(UNDER)[:-1]:
        if _SORTED.match(group):
            continue
        area = work.meanings.area(group, work.boundary)
        if area:
            found["area"] = area
            continue
        best = choose(work.meanings.indicators(group))
        if best and best.code != work.indicator:
            found["indicator"] = best.code
    return found
