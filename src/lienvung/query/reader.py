"""DuckDB over the files of the current snapshot."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import duckdb
import pyarrow as pa

from lienvung.errors import StoreMissing
from lienvung.store.choices import CHOICES
from lienvung.store.pointer import Pointer, ReleaseNote, metadata_location, read_pointer
from lienvung.store.schema import OBSERVATIONS

_SQL_TYPES = {
    pa.string(): "varchar",
    pa.float64(): "double",
    pa.int32(): "integer",
    pa.date32(): "date",
    pa.timestamp("us"): "timestamp",
}
_EMPTY = ", ".join(f"null::{_SQL_TYPES[f.type]} as {f.name}" for f in OBSERVATIONS)


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


class Reader:
    """Reads what is published. One per process; safe to share between threads.

    The file list is taken anew whenever the catalogue names another metadata file (about a millisecond to
    ask), so a release is seen by the next question.
    """

    def __init__(self, store: Path, threads: int = 2) -> None:
        self._store = store
        self._db = duckdb.connect(config={"threads": str(threads)})
        self._local = threading.local()
        self._lock = threading.Lock()
        self._pointer: Pointer | None = None
        self._templates: dict[str, str] = {}

    @property
    def store(self) -> Path:
        """The folder that is read."""
        return self._store

    def pointer(self) -> Pointer:
        """The current snapshot.

        Raises:
            StoreMissing: nothing was ever published here.
        """
        if self._pointer and self._pointer.metadata_location == metadata_location(self._store):
            return self._pointer
        with self._lock:
            found = read_pointer(self._store)
            if found is None:
                from lienvung.store.warehouse import repair_pointer

                found = repair_pointer(self._store)
            self._pointer = found
        return found

    @property
    def snapshot(self) -> str:
        """The id of the current snapshot; changes with every release."""
        return self.pointer().snapshot

    @property
    def releases(self) -> list[ReleaseNote]:
        """Every release, oldest first."""
        return self.pointer().releases

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        cursor = getattr(self._local, "cursor", None)
        if cursor is None:
            cursor = self._local.cursor = self._db.cursor()
        return cursor

    def template(self, name: str) -> str:
        """The compiled SQL of a query shape, kept beside the expressions it was compiled from."""
        if name not in self._templates:
            text = resources.files("lienvung.query").joinpath("templates", f"{name}.sql").read_text("utf-8")
            self._templates[name] = text
        return self._templates[name]

    def run(
        self,
        name: str,
        parameters: Mapping[str, object],
        dataflows: list[str] | None = None,
        pointer: Pointer | None = None,
    ) -> pa.Table:
        """Bind a template to the files of some dataflows (all that hold figures if None) and run it."""
        pointer = pointer or self.pointer()
        asked = [d for d in pointer.files if d != CHOICES] if dataflows is None else dataflows
        wanted = {d: pointer.files.get(d, []) for d in asked}
        files = [f for found in wanted.values() for f in found]
        listed = ", ".join(map(_quote, files))
        source = f"read_parquet([{listed}])" if files else f"(select {_EMPTY} where false)"
        sql = self.template(name).replace('"obs"', source)
        try:
            return self._cursor().sql(sql, params=dict(parameters)).to_arrow_table()
        except duckdb.IOException as error:
            if not self._store.exists():
                raise StoreMissing(home=self._store.parent) from error
            raise
