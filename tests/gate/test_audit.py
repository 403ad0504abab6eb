"""Tampering done in the database itself, triggers dropped: the command and the script find each kind."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lienvung.workflow import audit
from lienvung.workflow.actors import Grant, Role
from lienvung.workflow.audit import Entry, find_entries, hash_entry
from lienvung.workflow.identity import Identity, open_identity
from tests.conftest import ROOT
from tests.gate.people import Office, open_office

Tamper = Callable[[sqlite3.Connection], object]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which a dozen things were done."""
    folder = tmp_path_factory.mktemp("audited")
    office = open_office(folder)
    for number in range(4):
        office.person(f"nguoi{number}", Grant(Role.PROVIDER, f"A{number}"))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    shutil.copytree(made, tmp_path / "home")
    return tmp_path / "home"


@contextmanager
def raw(folder: Path) -> Iterator[sqlite3.Connection]:
    """The database as someone with the file has it: triggers dropped."""
    connection = sqlite3.connect(folder / "workflow.sqlite")
    for act in ("update", "delete"):
        connection.execute(f"drop trigger if exists audit_no_{act}")
    yield connection
    connection.commit()
    connection.close()


def desk(folder: Path) -> Identity:
    return open_identity(folder / "workflow.sqlite")


def kinds(folder: Path) -> set[str]:
    return {f.kind for f in desk(folder).audit_flaws()[2]}


def entries(folder: Path) -> list[Entry]:
    with desk(folder).sessions() as session:
        return list(find_entries(session))


def write(connection: sqlite3.Connection, all_of_them: list[Entry], with_head: bool) -> None:
    """Put a whole chain in place of the one there is."""
    connection.execute("delete from audit")
    for e in all_of_them:
        at = e.at.isoformat(" ", timespec="microseconds")
        values = (e.number, at, e.actor, e.through, e.action, e.subject, json.dumps(e.detail), e.previous, e.hash)
        connection.execute("insert into audit values (?,?,?,?,?,?,?,?,?)", values)
    if with_head:
        connection.execute("update audit_head set number = ?, hash = ?", (all_of_them[-1].number, all_of_them[-1].hash))


def chain_anew(kept: list[Entry]) -> list[Entry]:
    """Numbers and hashes computed anew, as a clever forger would."""
    made: list[Entry] = []
    for number, entry in enumerate(kept, 1):
        fresh = Entry(**{**vars(entry), "number": number, "previous": made[-1].hash if made else audit.NOTHING_BEFORE})
        made.append(Entry(**{**vars(fresh), "hash": hash_entry(fresh)}))
    return made


def test_an_untouched_audit_holds(folder: Path) -> None:
    assert kinds(folder) == set()
    assert len((folder / "audit.anchor").read_text().splitlines()) == len(entries(folder)) > 8


@pytest.mark.parametrize(
    ("tamper", "kind"),
    [
        (lambda c: c.execute("update audit set actor = 'TK9' where number = 3"), "changed"),
        (lambda c: c.execute("""update audit set detail = '{"grants": []}' where number = 4"""), "changed"),
        (lambda c: c.execute("update audit set at = '2020-01-01 00:00:00.000000' where number = 2"), "changed"),
        (lambda c: c.execute("delete from audit where number = 5"), "removed"),
        (lambda c: c.execute("delete from audit where number = 1"), "removed"),
        (lambda c: c.executescript(
            "update audit set number = -1 where number = 3; update audit set number = 3 where number = 4;"
            "update audit set number = 4 where number = -1"), "changed"),
        (lambda c: c.execute("delete from audit where number > 6"), "truncated"),
        (lambda c: c.execute("delete from audit"), "truncated"),
        (lambda c: c.execute(
            "insert into audit select (select max(number) from audit) + 1, at, actor, through, action, subject, detail,"
            " previous, 'f' from audit where number = 2"), "inserted"),
        (lambda c: c.execute("update audit_head set number = number - 1"), "inserted"),
    ],
)  # fmt: skip
def test_each_kind_of_tampering_is_found(folder: Path, tamper: Tamper, kind: str) -> None:
    with raw(folder) as connection:
        tamper(connection)
    assert kind in kinds(folder)


@pytest.mark.parametrize(
    "forge",
    [
        lambda es: es[:-3],
        lambda es: [*es[:3], *es[4:]],
        lambda es: [*es[:3], es[4], es[3], *es[5:]],
        lambda es: [*es[:3], Entry(**{**vars(es[3]), "actor": "TK1"}), *es[4:]],
        lambda es: [*es[:3], es[2], *es[3:]],
    ],
    ids=["truncated", "removed", "reordered", "changed", "inserted"],
)
def test_a_chain_computed_anew_is_given_away_by_the_anchor(
    folder: Path, forge: Callable[[list[Entry]], list[Entry]]
) -> None:
    forged = chain_anew(forge(entries(folder)))
    with raw(folder) as connection:
        write(connection, forged, with_head=True)
    assert "rewritten" in kinds(folder)


def test_a_removed_anchor_is_noticed(folder: Path) -> None:
    (folder / "audit.anchor").unlink()
    assert kinds(folder) == {"unanchored"}


def test_what_was_rolled_back_is_neither_in_chain_nor_anchor(folder: Path) -> None:
    before = (folder / "audit.anchor").read_text()
    with pytest.raises(ZeroDivisionError), desk(folder).sessions.begin() as session:  # noqa: PT012
        audit.record(session, "x", "cli", "x", "x")
        raise ZeroDivisionError
    assert (folder / "audit.anchor").read_text() == before
    assert kinds(folder) == set()


def export(folder: Path, office_desk: Identity) -> Path:
    path = folder / "nhat-ky.jsonl"
    with office_desk.sessions() as session:
        path.write_text("".join(f"{line}\n" for line in audit.export_lines(session)), "utf-8")
    return path


def verify(path: Path, *words: object) -> tuple[int, str]:
    """The script alone, in a Python that cannot see this project."""
    command = [sys.executable, "-I", "-S", str(ROOT / "docs" / "verify_audit.py"), str(path), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    return done.returncode, done.stdout + done.stderr


def test_an_export_is_verified_from_the_file_alone(folder: Path) -> None:
    path = export(folder, desk(folder))
    code, said = verify(path)
    assert (code, said.strip()) == (0, f"holds: {len(entries(folder))} entries")
    assert verify(path, "--anchor", folder / "audit.anchor")[0] == 0


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (lambda ls: [*ls[:2], ls[2].replace('"actor":"', '"actor":"x'), *ls[3:]], "changed: 3"),
        (lambda ls: [*ls[:2], *ls[3:]], "removed: 4 follows 2"),
        (lambda ls: [*ls[:2], ls[3], ls[2], *ls[4:]], "reordered"),
        (lambda ls: [*ls[:3], ls[2], *ls[3:]], "reordered"),
        (lambda ls: ls[:-1], "truncated"),
        (lambda ls: [*ls[:-3], ls[-1]], "truncated"),
    ],
)
def test_a_tampered_export_is_given_away(folder: Path, edit: Callable[[list[str]], list[str]], said: str) -> None:
    path = export(folder, desk(folder))
    lines = path.read_text("utf-8").split("\n")[:-1]
    path.write_text("\n".join(edit(lines)) + "\n", "utf-8")
    code, told = verify(path)
    assert code == 1
    assert said in told


def test_an_export_of_a_chain_computed_anew_needs_a_head_noted_elsewhere(folder: Path) -> None:
    head = entries(folder)[-1]
    with raw(folder) as connection:
        write(connection, chain_anew(entries(folder)[:-2]), with_head=True)
    path = export(folder, desk(folder))
    assert verify(path)[0] == 0
    assert verify(path, "--head", f"{head.number}:{head.hash}")[0] == 1
    assert verify(path, "--anchor", folder / "audit.anchor")[0] == 1


def test_a_file_that_is_no_export(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("{]")
    assert verify(tmp_path / "x")[0] == 2


def test_what_people_did_names_nobody(made: Path) -> None:
    text = " ".join(f"{e.actor} {e.subject} {json.dumps(e.detail)}" for e in entries(made))
    for name in ("nguoi0", "Nguoi0", "quan", "Quản"):
        assert name not in text


def test_an_erased_person_leaves_the_chain_whole(folder: Path, office: Office) -> None:
    office.person("an", Grant(Role.PROVIDER), name="Trần Thị An")
    before = office.desk.audit_flaws()[0]
    mark = office.desk.erase("an", office.admin)
    number, _, flaws = office.desk.audit_flaws()
    assert (flaws, number > before) == ([], True)
    assert office.desk.names([mark]) == {}
    path = Path(str(office.desk.sessions.kw["bind"].url.database))
    for file in path.parent.glob("workflow.sqlite*"):
        assert "Trần Thị An".encode() not in file.read_bytes(), file.name
