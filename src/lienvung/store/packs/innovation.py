"""From a pack's innovation files to the register."""

from __future__ import annotations

from pathlib import Path

from lienvung.domain.innovation import InnovationRegister, InnovationResult, Programme, Support
from lienvung.errors import Both, PackInvalid
from lienvung.store.packs.columns import FIXED_FILES, PROGRAMMES, RESULTS, SUPPORTS
from lienvung.store.packs.lines import Line, read_lines


def load_innovation(folder: Path) -> InnovationRegister:
    """The innovation register of the pack in ``folder``; an empty one where it has none.

    Raises:
        PackInvalid: at the first line that is broken.
    """
    programmes = {k: Programme(k, **_texts(line, PROGRAMMES)) for k, line in _keyed(folder, PROGRAMMES).items()}
    supports = {k: _support(k, line) for k, line in _keyed(folder, SUPPORTS).items()}
    results = {k: InnovationResult(k, **_texts(line, RESULTS)) for k, line in _keyed(folder, RESULTS).items()}
    return InnovationRegister(programmes, supports, results)


def _support(key: str, line: Line) -> Support:
    texts = _texts(line, SUPPORTS)
    texts.pop("amount")
    return Support(key, amount=line.number_in("amount") if line.text("amount") else None, **texts)


def _texts(line: Line, file: str) -> dict[str, str]:
    return {c: line.text(c) for c in FIXED_FILES[file][1:]}


def _keyed(folder: Path, file: str) -> dict[str, Line]:
    found: dict[str, Line] = {}
    if not (folder / file).exists():
        return found
    column = FIXED_FILES[file][0]
    for line in read_lines(folder, file, FIXED_FILES[file]):
        if line.needed(column) in found:
            said = Both(f"'{line.text(column)}' lặp lại", f"'{line.text(column)}' stands twice")
            raise PackInvalid(place=line.place(column), found=said)
        found[line.text(column)] = line
    return found
