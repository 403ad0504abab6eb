"""The office under kill -9, under two at once, with changed files, a full disk and a clock set back.

10 kills by default, 200 with ``LIENVUNG_DRILL=1`` (``make drill``).
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from lienvung.errors import EmbargoPast, LienVungError, SubmissionChanged, WrongState
from lienvung.pipeline import Works
from lienvung.publish import release as release_module
from lienvung.publish.release import prepare_store
from lienvung.query.reader import Reader
from lienvung.workflow import audit
from lienvung.workflow import submissions as office
from lienvung.workflow.actors import local_operator
from tests.conftest import PACK, ROOT
from tests.faults.officer import AREAS, open_works, write_file

KILLS = 200 if os.environ.get("LIENVUNG_DRILL") else 10
AN, BINH, CHI = (local_operator(n) for n in ("an", "binh", "chi"))
FACTS = len(AREAS) * 10
ORDER = ("submitted", "approved", "published")


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack") / "pack"
    shutil.copytree(PACK, folder, ignore=shutil.ignore_patterns("figures"))
    (folder / "figures").mkdir()
    return folder


@pytest.fixture
def works(tmp_path: Path, pack: Path) -> Works:
    made = open_works(tmp_path / "home", pack)
    prepare_store(made.settings.store)
    return made


def start(folder: Path, pack: Path) -> subprocess.Popen[str]:
    paths = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    child = subprocess.Popen(  # noqa: S603
        [sys.executable, "-W", "ignore", "-m", "tests.faults.officer", str(folder), str(pack)], cwd=ROOT,
        env=os.environ | {"PYTHONPATH": paths}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout and child.stdout.readline() == "ready\n"
    return child


def hand(child: subprocess.Popen[str], number: int) -> None:
    assert child.stdin
    child.stdin.write(f"{number}\n")
    child.stdin.flush()


Said = list[tuple[int, str, str]]


def hear(parent: subprocess.Popen[str], until: str) -> Said:
    """What is told up to the line named ``until``, which comes last."""
    said: Said = []
    assert parent.stdout
    while not said or said[-1][1] != until:
        number, step, what = json.loads(parent.stdout.readline())
        said.append((number, step, what))
    return said


def audit_holds(works: Works) -> None:
    with works.sessions() as session:
        assert audit.find_flaws(audit.find_entries(session), audit.find_head(session)) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that forks")
def test_random_kills_lose_nothing_acknowledged_and_do_nothing_twice(
    tmp_path: Path, pack: Path, works: Works, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(11)  # noqa: S311
    parent = start(tmp_path, pack)
    began = time.monotonic()
    hand(parent, 1)
    hear(parent, "published")
    over(parent)
    length = time.monotonic() - began
    done: dict[int, tuple[str, str]] = {}
    left: Counter[str] = Counter()
    for number in range(2, KILLS + 2):
        hand(parent, number)
        first = hear(parent, "pid")
        time.sleep(chance.uniform(0, 1.1) * length)
        os.kill(int(first[-1][2]), signal.SIGKILL)
        for n, step, submission in (*first, *over(parent)):
            if n:
                done[n] = (step, submission)
        check(works, done, number, left)
    end(parent)
    with capsys.disabled():
        print(f"\n{KILLS} kills; last step acknowledged before: {dict(left)}")
    assert_one_release_each(works)


def over(parent: subprocess.Popen[str]) -> Said:
    """Have the process taken leave of, and hear what it told before its end."""
    assert parent.stdin
    parent.stdin.write("over\n")
    parent.stdin.flush()
    return hear(parent, "gone")


def end(parent: subprocess.Popen[str]) -> None:
    assert parent.stdin and parent.stdout
    parent.stdin.close()
    parent.wait(60)
    parent.stdout.close()


def check(works: Works, done: dict[int, tuple[str, str]], number: int, left: Counter[str]) -> None:
    """After a restart: what was acknowledged stands, what was begun is finished, and everything can go on."""
    step, _ = done.get(number, ("nothing", ""))
    left[step] += 1
    works.settle()
    audit_holds(works)
    for each, (last, submission) in done.items():
        state = works.find_submission(submission, AN).state
        reached = ORDER.index({"superseded": "published"}.get(state, state))
        assert reached >= ORDER.index(last), f"{each}: {last} was acknowledged, and it is {state}"
    found = [s for s in works.find_submissions(AN) if s.file_name == f"t{number}.csv"]
    assert len(found) <= 1
    for each in found:
        if each.state == "checked":
            works.hand_in(each.id, AN)
        if works.find_submission(each.id, AN).state == "submitted":
            works.approve(each.id, BINH)
        if works.find_submission(each.id, AN).state == "approved":
            works.publish([each.id], BINH)


def assert_one_release_each(works: Works) -> None:
    """Every published submission went out by one release of the store, and the store has no other."""
    published = [s for s in works.find_submissions(AN) if s.state in ("published", "superseded")]
    releases = [s.release for s in published]
    noted = [r.id for r in Reader(works.settings.store).releases]
    assert len(set(releases)) == len(releases) and sorted(map(str, releases)) == sorted(noted)
    newest = max(published, key=lambda s: int(s.file_name[1:-4]))
    table = works._history({"LABOUR"})
    now = [r for r in table.to_pylist() if r["published_to"].year == 9999]
    assert len(now) == FACTS and {r["submission"] for r in now} == {newest.id}
    assert [s.id for s in published if s.state == "published"] == [newest.id]


def test_two_approvers_at_once_exactly_one_wins(tmp_path: Path, works: Works) -> None:
    found, _ = works.submit_file(write_file(tmp_path, 1), AN)
    gate, results = threading.Barrier(2), []

    def approve(by: object) -> None:
        gate.wait()
        try:
            results.append(works.approve(found.id, by).approved_by)  # type: ignore[arg-type]
        except WrongState as error:
            results.append(error.code)

    threads = [threading.Thread(target=approve, args=(by,)) for by in (BINH, CHI)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert "WrongState" in results and len({*results} & {"binh", "chi"}) == 1
    with works.sessions() as session:
        told = [(e.action, e.detail.get("action")) for e in audit.find_entries(session)]
    assert told.count(("decide.approve", None)) == 1 and ("step.refused", "decide.approve") in told
    audit_holds(works)


def test_two_publishers_at_once_make_one_release(tmp_path: Path, works: Works) -> None:
    found, _ = works.submit_file(write_file(tmp_path, 1), AN)
    works.approve(found.id, BINH)
    gate, errors = threading.Barrier(2), []

    def publish() -> None:
        gate.wait()
        try:
            works.publish([found.id], BINH)
        except LienVungError as error:
            errors.append(error.code)

    threads = [threading.Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(errors) <= {"WrongState"}
    assert_one_release_each(works)


def test_a_publisher_cut_off_after_the_commit_is_recognised(
    tmp_path: Path, works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, _ = works.submit_file(write_file(tmp_path, 1), AN)
    works.approve(found.id, BINH)

    class Cut(BaseException):
        """As if the process ended here."""

    def cut(*_args: object) -> None:
        raise Cut

    monkeypatch.setattr(release_module, "write_pointer", cut)
    with pytest.raises(Cut):
        works.publish([found.id], BINH)
    monkeypatch.undo()
    assert works.find_submission(found.id, AN).state == "approved"
    with pytest.raises(WrongState, match="being published"):
        works.return_submission(found.id, BINH, "muộn rồi")
    (finished,) = works.settle()
    after = works.find_submission(found.id, AN)
    assert (after.state, after.release) == ("published", finished)
    assert works.settle() == []
    assert_one_release_each(works)


@pytest.mark.parametrize("where", ["claims", "file"])
def test_a_submission_changed_after_approval_is_not_published(tmp_path: Path, works: Works, where: str) -> None:
    found, _ = works.submit_file(write_file(tmp_path, 1), AN)
    found = works.approve(found.id, BINH)
    kept = works._claims_file(found) if where == "claims" else works.settings.files / found.file_sha256
    kept.write_bytes(kept.read_bytes()[:-1] + b"9")
    with pytest.raises(SubmissionChanged):
        works.publish([found.id], BINH)
    assert works.find_submission(found.id, AN).state == "approved"
    assert Reader(works.settings.store).releases == []
    with works.sessions() as session:
        assert [e.detail["error"] for e in audit.find_entries(session) if e.action == "step.refused"] == [
            "SubmissionChanged"
        ]


def test_a_full_disk_leaves_the_submission_approved(
    tmp_path: Path, works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow.parquet as pq

    found, _ = works.submit_file(write_file(tmp_path, 1), AN)
    works.approve(found.id, BINH)

    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write", full)
    with pytest.raises(OSError, match="No space left"):
        works.publish([found.id], BINH)
    monkeypatch.setattr(pq, "write_table", full)
    with pytest.raises(OSError, match="No space left"):
        works.submit_file(write_file(tmp_path, 2), AN)
    monkeypatch.undo()
    assert [s.state for s in works.find_submissions(AN)] == ["approved"]
    assert works.settle() == []
    works.publish([found.id], BINH)
    works.submit_file(write_file(tmp_path, 2), AN)
    assert_one_release_each(works)
    audit_holds(works)


def test_a_scheduled_release_goes_out_once_at_its_moment_and_a_clock_set_back_changes_nothing(
    tmp_path: Path, works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, _ = works.submit_file(write_file(tmp_path, 1), AN)
    works.approve(found.id, BINH)
    start_of_day = office.now()
    moment = start_of_day + timedelta(hours=1)
    works.publish([found.id], BINH, at=moment)
    assert [d.error for d in works.run_due() if d.job.kind == "publish"] == []
    assert Reader(works.settings.store).releases == []
    assert b"t1.csv" not in b"".join(p.read_bytes() for p in works.settings.store.rglob("*") if p.is_file())
    monkeypatch.setattr(office, "now", lambda: start_of_day + timedelta(hours=2))
    other = open_works(works.settings.home, works.settings.pack)
    done: list[object] = []
    workers = [threading.Thread(target=lambda w=w: done.extend(w.run_due(str(id(w))))) for w in (works, other)]  # type: ignore[misc]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(d.job.kind == "publish" for d in done) == 1  # type: ignore[attr-defined]
    assert works.find_submission(found.id, AN).state == "published"
    assert_one_release_each(works)
    monkeypatch.setattr(office, "now", lambda: start_of_day)
    second, _ = works.submit_file(write_file(tmp_path, 2), AN)
    works.approve(second.id, BINH)
    with pytest.raises(EmbargoPast, match="already seen"):
        works.publish([second.id], BINH, at=start_of_day + timedelta(minutes=90))


def test_what_was_scheduled_and_then_changed_does_not_go_out(
    tmp_path: Path, works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, _ = works.submit_file(write_file(tmp_path, 1), AN)
    works.approve(found.id, BINH)
    works.publish([found.id], BINH, at=office.now() + timedelta(hours=1))
    kept = works.settings.files / found.file_sha256
    kept.write_bytes(b"other")
    late = office.now() + timedelta(hours=2)
    monkeypatch.setattr(office, "now", lambda: late)
    (done,) = [d for d in works.run_due() if d.job.kind == "publish"]
    assert isinstance(done.error, SubmissionChanged)
    assert works.find_submission(found.id, AN).state == "approved"
    assert Reader(works.settings.store).releases == []
    assert [j.state for j in works.jobs()] == []
    audit_holds(works)
