"""Mutated files of every kind are handed in: each is refused by name, or reported, or taken; none crashes or hangs.

300 files by default, 5,000 with ``LIENVUNG_DRILL=1`` (``make drill``). Every mutant can be made again from its kind
and number: ``mutants.mutant("xls", 17)``.
"""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from lienvung.errors import LienVungError
from lienvung.pipeline import Works
from lienvung.settings import load_settings
from lienvung.store.packs import load_catalogue
from lienvung.workflow.actors import local_operator
from tests.conftest import Home
from tests.faults.mutants import KINDS, mutant

FILES = 5_000 if os.environ.get("LIENVUNG_DRILL") else 300
SECONDS = 30
"""No single file may take longer, on a busy machine too."""


class HungError(BaseException):
    """Not an Exception, so that no reader takes it for a damaged file."""


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Ends what takes longer; the child processes of the old formats have limits of their own."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise HungError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def hand_in(works: Works, name: str, data: bytes, home: Home) -> str:
    """What became of a file."""
    path = home.path / "incoming" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    try:
        submission, checked = works.submit_file(path, local_operator("an"))
    except LienVungError as error:
        told = error.message("vi") and error.suggestion("en")
        return f"refused: {type(error).__name__}" if told else "refused without a word"
    finally:
        path.unlink()
    assert submission.rows == checked.claims.num_rows
    return "reported: errors" if checked.findings.has_errors else "taken"


@pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="needs an alarm clock")
def test_no_mutant_crashes_hangs_or_leaves_anything_half_done(
    empty: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LIENVUNG_HOME", str(empty.path))
    monkeypatch.setenv("LIENVUNG_PACK", str(empty.pack))
    settings = load_settings()
    works = Works(settings, load_catalogue(settings.pack))
    for kind in KINDS:
        assert hand_in(works, f"good.{kind}", KINDS[kind](), empty) == "taken", f"the good {kind} must be taken"
    outcomes: Counter[tuple[str, str]] = Counter()
    wrong: list[str] = []
    slowest, began = (0.0, ""), time.perf_counter()
    for number in range(FILES):
        kind = list(KINDS)[number % len(KINDS)]
        start = time.perf_counter()
        try:
            with at_most(SECONDS):
                outcomes[kind, hand_in(works, f"{number}.{kind}", mutant(kind, number), empty)] += 1
        except (Exception, HungError) as error:
            wrong.append(f"{kind} {number}: {type(error).__name__}: {error}")
        slowest = max(slowest, (time.perf_counter() - start, f"{kind} {number}"))
    with capsys.disabled():
        spent = time.perf_counter() - began
        print(f"\n{FILES} mutants in {spent:.0f} s, slowest {slowest[1]} {slowest[0]:.1f} s; failures {len(wrong)}")
        for outcome, times in sorted(outcomes.items()):
            print(f"  {outcome[0]:9s}{outcome[1]:36s}{times:6d}")
    assert not wrong
    assert "refused without a word" not in {outcome for _, outcome in outcomes}
    assert sum(outcomes.values()) == FILES
    assert_nothing_half_done(works, empty)


def assert_nothing_half_done(works: Works, home: Home) -> None:
    """Every submission has its claims, every claims file its submission, and no temporary file is left."""
    numbers = {s.id for s in works.find_submissions(local_operator("an"))}
    assert {p.name.split(".")[0] for p in (home.path / "submissions").iterdir()} == numbers
    assert {p.suffix for p in (home.path / "submissions").iterdir()} == {".parquet"}
    assert not [p.name for p in (home.path / "files").iterdir() if len(p.name) != 64]
    said = home.run("doctor").out.splitlines()
    assert any("submissions:" in line for line in said)
    assert not [line for line in said if line.startswith("✗") and "pages:" not in line], "pages are not of this test"
