"""Cells of a workbook through calamine, in this process or, for the old binary formats, in a child of it.

calamine trusts the counts that a binary file declares: one changed byte in an .xls can ask for a terabyte,
and that ends the process, not the reading. A child may die; its parent answers that the file is damaged.
This file imports nothing of ours, so that the child starts in a few hundredths of a second.
"""

from __future__ import annotations

import io
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import cast

MAX_SECONDS = 60
MAX_CHILD_BYTES = 4 * 2**30

Cells = list[tuple[str, bool, list[list[object]]]]
"""Name, visibility and rows of every sheet."""


class TooManyCellsError(Exception):
    """More sheets or cells than allowed; the text says how many."""


class UnreadableError(Exception):
    """The reader gave up; the text says why."""


class PasswordNeededError(Exception):
    """The file is enciphered."""


def load_cells(content: bytes, max_sheets: int, max_cells: int) -> Cells:
    """All sheets from A1 to their last cell, read in this process.

    Raises:
        TooManyCellsError, PasswordNeededError, UnreadableError: see there.
    """
    import python_calamine as calamine

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        if len(book.sheet_names) > max_sheets:
            raise TooManyCellsError(f"{len(book.sheet_names)} sheets")
        found: Cells = []
        for at, meta in enumerate(book.sheets_metadata):
            rows: list[list[object]] = []
            if meta.typ == calamine.SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_index(at)
                height, width = (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)
                if height * width > max_cells:
                    raise TooManyCellsError(f"{meta.name}: {height:,} × {width:,} = {height * width:,} cells")
                rows = cast("list[list[object]]", sheet.to_python(skip_empty_area=False)) if height else []
            found.append((meta.name, meta.visible == calamine.SheetVisibleEnum.Visible, rows))
        return found
    except calamine.PasswordError:
        raise PasswordNeededError from None
    except (calamine.CalamineError, ValueError, ArithmeticError, OSError) as error:
        raise UnreadableError(str(error)) from None
    except BaseException as error:  # a panic of the reader is not an Exception
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableError("the inner structure points outside the file") from None


def load_cells_apart(content: bytes, max_sheets: int, max_cells: int) -> Cells:
    """The same in a child process with bounded time and memory.

    Raises:
        TooManyCellsError, PasswordNeededError, UnreadableError: as above, the last also when the child died.
    """
    import python_calamine

    packages = str(Path(python_calamine.__file__).parents[1])
    command = [sys.executable, "-I", "-S", str(Path(__file__).resolve()), packages, str(max_sheets), str(max_cells)]
    quiet = {k: v for k, v in os.environ.items() if not k.startswith("RUST_")}
    try:
        child = subprocess.run(command, input=content, capture_output=True, timeout=MAX_SECONDS, env=quiet, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"> {MAX_SECONDS} s") from None
    if child.returncode:
        raise UnreadableError("the inner structure asks for more than any file can hold")
    kind, answer = pickle.loads(child.stdout)  # noqa: S301 - written by our own child below
    if kind != "cells":
        raise {"many": TooManyCellsError, "password": PasswordNeededError}.get(kind, UnreadableError)(answer)
    found: Cells = answer
    return found


def _answer_parent() -> None:
    """Read a workbook from standard input, write ``(kind, answer)`` to standard output."""
    packages, max_sheets, max_cells = sys.argv[1:]
    sys.path.insert(0, packages)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_CHILD_BYTES, MAX_CHILD_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer: tuple[str, object]
    try:
        answer = ("cells", load_cells(sys.stdin.buffer.read(), int(max_sheets), int(max_cells)))
    except TooManyCellsError as error:
        answer = ("many", str(error))
    except PasswordNeededError:
        answer = ("password", "")
    except UnreadableError as error:
        answer = ("unreadable", str(error))
    pickle.dump(answer, sys.stdout.buffer, protocol=pickle.HIGHEST_PROTOCOL)


if __name__ == "__main__":
    _answer_parent()
