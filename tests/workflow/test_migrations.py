"""A home of an earlier version is brought to the newest tables, and nothing that it holds is lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

import lienvung.workflow.database as database
from lienvung.workflow.actors import local_operator
from lienvung.workflow.steps import find_steps
from lienvung.workflow.submissions import find_files, find_submissions

OLD = [
    (1, "a.csv", "a" * 64, "published", "an", "2026-01-02 03:04:05", "binh", "chi", "R1"),
    (2, "b.csv", "b" * 64, "checked", "an", "2026-01-03 03:04:05", None, None, None),
    (3, "c.csv", "c" * 64, "approved", "an", "2026-01-04 03:04:05", "binh", None, None),
]


def make_old(path: Path, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(database.__file__).parent / "migrations"))
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)
    engine.dispose()
    db = sqlite3.connect(path)
    for number, name, sha, state, by, at, approver, publisher, release in OLD:
        db.execute(
            "insert into submissions (number, file_name, file_sha256, recipe, parser, state, rows, errors, warnings, "
            "claims_sha256, report, submitted_by, submitted_at, approved_by, approved_at, published_by, published_at, "
            "release) values (?, ?, ?, 'tidy', 'tidy/1', ?, 5, 0, 0, '', '{}', ?, ?, ?, ?, ?, ?, ?)",
            (number, name, sha, state, by, at, approver, approver and at, publisher, publisher and at, release),
        )
    if version >= "0004":
        db.execute(
            "insert into covering_documents values (1, 3, '12/BC-CTK', '2026-01-04', '', 'A', '', '', '', null, null, "
            "null, null, 'an', '2026-01-04 03:04:05')"
        )
    db.commit()
    db.close()


@pytest.mark.parametrize("version", ["0002", "0004"])
def test_an_older_home_is_brought_up_with_its_submissions_and_their_history(tmp_path: Path, version: str) -> None:
    path = tmp_path / "workflow.sqlite"
    make_old(path, version)
    sessions = database.open_workflow(path)
    with sessions() as session:
        third, second, first = find_submissions(session, local_operator("an"))
        assert [(s.id, s.agency, s.version, s.state) for s in (first, second, third)] == [
            ("S1", "", 1, "published"), ("S2", "", 1, "checked"), ("S3", "", 1, "approved"),
        ]  # fmt: skip
        assert (first.created_by, first.submitted_by, first.release) == ("an", "an", "R1")
        assert second.submitted_by is None, "it had errors, so it was never handed in"
        told = [(s.kind, s.before, s.after, s.by) for s in find_steps(session, first)]
        assert told == [
            ("draft", "draft", "checked", "an"), ("hand_in", "checked", "submitted", "an"),
            ("approve", "submitted", "approved", "binh"), ("publish", "approved", "published", "chi"),
        ]  # fmt: skip
        assert [f.file_sha256 for f in find_files(session, third)] == ["c" * 64]
    db = sqlite3.connect(path)
    assert db.execute("select count(*) from covering_documents").fetchone()[0] == (version >= "0004")
    assert db.execute("pragma foreign_key_check").fetchall() == []
    assert db.execute("select version_num from alembic_version").fetchone()[0] == database.NEWEST
    db.close()


def test_the_tables_are_those_that_the_rows_describe(tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from lienvung.workflow.tables import Base

    database.open_workflow(tmp_path / "workflow.sqlite")
    engine = create_engine(f"sqlite:///{tmp_path / 'workflow.sqlite'}")
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
    engine.dispose()
