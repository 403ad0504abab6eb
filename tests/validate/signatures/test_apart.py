"""The child process: its answer is the examination's, its end is bounded, and it cannot reach the network."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from lienvung.domain.signatures import UNREADABLE, VALID_TRUSTED
from lienvung.validate.signatures import LIMITS, inspect_signatures
from lienvung.validate.signatures import apart as apart_module
from lienvung.validate.signatures.apart import Limits
from tests.validate.signatures.authority import NOW, look, officer
from tests.validate.signatures.markup_maker import enveloped, signed_workbook, zipped


def test_the_child_answers_as_the_examination_does(trust: Path) -> None:
    data, beside = zipped(signed_workbook(officer())), enveloped(officer(), "<a/>")
    report = inspect_signatures(data, trust, beside, NOW)
    assert report == look(data, trust, beside)
    assert [s.state for s in report.signatures] == [VALID_TRUSTED, UNREADABLE]


def test_a_file_of_another_kind_is_unsigned(trust: Path) -> None:
    assert inspect_signatures(b"a;b\n1;2\n", trust, moment=NOW).is_unsigned


@pytest.mark.parametrize(("size", "beside"), [(101, 0), (1, 101)])
def test_a_file_beyond_the_limit_is_not_examined(trust: Path, size: int, beside: int) -> None:
    report = inspect_signatures(bytes(size), trust, bytes(beside), NOW, Limits(file_bytes=100, detached_bytes=100))
    assert report.problem and "quá lớn" in report.problem.vi and not report.signatures


def test_a_child_that_takes_too_long_is_ended(trust: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("import time\ntime.sleep(60)\n", "utf-8")
    monkeypatch.setattr(apart_module, "__file__", str(endless))
    start = time.monotonic()
    report = inspect_signatures(b"x", trust, moment=NOW, limits=Limits(seconds=1))
    assert time.monotonic() - start < 10
    assert report.problem and "quá 1 giây" in report.problem.vi


@pytest.mark.skipif(sys.platform == "win32", reason="memory is bounded on POSIX systems only")
def test_a_child_without_memory_tells_so(trust: Path) -> None:
    report = inspect_signatures(
        zipped(signed_workbook(officer())), trust, moment=NOW, limits=Limits(memory_bytes=2**26)
    )
    assert report.problem and not report.signatures


def test_the_child_may_not_connect() -> None:
    code = (
        "import sys, socket; sys.path[:0] = sys.argv[1:]\n"
        "from lienvung.validate.signatures.apart import _forbid_network as f\n"
        "sys.addaudithook(f)\n"
        "for act in (lambda: socket.create_connection(('127.0.0.1', 9)), lambda: socket.getaddrinfo('localhost', 1)):\n"
        "    try: act()\n"
        "    except PermissionError: continue\n"
        "    sys.exit(1)\n"
    )
    assert subprocess.run([sys.executable, "-c", code, *sys.path], timeout=60, check=False).returncode == 0  # noqa: S603


def test_the_limits_are_what_the_papers_say() -> None:
    paper = (Path(__file__).parents[3] / "docs" / "operator.md").read_text("utf-8")
    assert (LIMITS.file_bytes, LIMITS.seconds, LIMITS.memory_bytes, LIMITS.signatures) == (100 << 20, 60, 3 << 30, 20)
    assert "100 MB" in paper and "60 giây" in paper and "3 GB" in paper and "20 chữ ký" in paper
