"""Opening the workflow database: SQLite in WAL by default, brought to the newest migration."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from lienvung.workflow.audit import forget_unwritten, write_anchor

NEWEST = "0006"


def _on_connect(connection, _record) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - the driver's own types
    cursor = connection.cursor()
    cursor.execute("pragma journal_mode=wal")
    cursor.execute("pragma foreign_keys=on")
    cursor.execute("pragma busy_timeout=10000")
    cursor.execute("pragma secure_delete=on")  # what is erased is overwritten, not only unlinked
    cursor.close()


def _version(engine: Engine) -> str | None:
    try:
        with engine.connect() as connection:
            return connection.execute(text("select version_num from alembic_version")).scalar()
    except OperationalError:
        return None


def _migrate(engine: Engine) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            # tables are made anew in place, which their references must survive; a second process waits its turn
            connection.exec_driver_sql("pragma foreign_keys=off")
            connection.exec_driver_sql("begin immediate")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def open_workflow(path: Path) -> sessionmaker[Session]:
    """Sessions on the workflow database at ``path``, made and migrated if needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _on_connect)
    if _version(engine) != NEWEST:
        _migrate(engine)
    made = sessionmaker(engine, expire_on_commit=False)
    event.listen(made, "after_commit", write_anchor)
    event.listen(made, "after_rollback", forget_unwritten)
    return made
