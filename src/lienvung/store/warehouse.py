"""The Iceberg table of observations: the only place that speaks PyIceberg.

Importing this module costs more than a second, so only publishing and repair do; readers go by
``store.pointer``.
"""

from __future__ import annotations

import warnings
from pathlib import Path
from urllib.parse import unquote, urlparse

import pyarrow as pa
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.exceptions import CommitFailedException, NoSuchTableError, ValidationException
from pyiceberg.expressions import In
from pyiceberg.partitioning import PartitionField, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.table import Table
from pyiceberg.table.snapshots import Snapshot
from pyiceberg.transforms import IdentityTransform
from pyiceberg.types import DateType, DoubleType, IcebergType, IntegerType, NestedField, StringType, TimestampType

from lienvung.store.pointer import CATALOG_FILE, NAMESPACE, OBS, Pointer, ReleaseNote, write_pointer
from lienvung.store.schema import OBSERVATIONS

_TYPES: dict[pa.DataType, IcebergType] = {
    pa.string(): StringType(),
    pa.float64(): DoubleType(),
    pa.int32(): IntegerType(),
    pa.date32(): DateType(),
    pa.timestamp("us"): TimestampType(),
}
_PROPERTIES = {
    "write.parquet.compression-codec": "zstd",
    "write.parquet.row-group-limit": "20480",
    "write.target-file-size-bytes": str(512 * 1024 * 1024),
    "format-version": "2",
}
_NOTE = "lienvung."

CONFLICTS = (CommitFailedException, ValidationException)
"""What PyIceberg raises when another release was committed first."""


def _schema() -> Schema:
    return Schema(
        *(NestedField(i, f.name, _TYPES[f.type], required=False) for i, f in enumerate(OBSERVATIONS, start=1)),
    )


def open_catalog(store: Path) -> SqlCatalog:
    """The catalogue of a store folder, made if it is not there."""
    store.mkdir(parents=True, exist_ok=True)
    warehouse = store / "warehouse"
    warehouse.mkdir(exist_ok=True)
    return SqlCatalog(
        "lienvung", uri=f"sqlite:///{store / CATALOG_FILE}", warehouse=warehouse.as_uri(), init_catalog_tables="true"
    )


def open_table(store: Path) -> Table:
    """The table of observations, made empty if it is not there."""
    catalog = open_catalog(store)
    name = (NAMESPACE, OBS)
    try:
        return catalog.load_table(name)
    except NoSuchTableError:
        catalog.create_namespace_if_not_exists(NAMESPACE)
        spec = PartitionSpec(PartitionField(1, 1000, IdentityTransform(), "dataflow"))
        return catalog.create_table_if_not_exists(name, _schema(), partition_spec=spec, properties=_PROPERTIES)


def replace_dataflows(table: Table, rows: pa.Table, dataflows: list[str], note: ReleaseNote) -> None:
    """Write the whole content of some dataflows in one commit.

    Raises:
        one of ``CONFLICTS``: another release was committed since ``table`` was loaded; nothing was written.
    """
    properties = {
        f"{_NOTE}{key}": str(getattr(note, key))
        for key in ("id", "title_vi", "title_en", "recorded", "author", "added", "revised", "unchanged")
    }
    with warnings.catch_warnings(), table.transaction() as transaction:
        warnings.filterwarnings("ignore", "Delete operation did not match any records")  # a dataflow's first release
        whole = In("dataflow", dataflows)  # type: ignore[call-arg,arg-type]  # its metaclass takes terms by position
        transaction.overwrite(rows.cast(OBSERVATIONS), overwrite_filter=whole, snapshot_properties=properties)


def _path(uri: str) -> str:
    return unquote(urlparse(uri).path) if uri.startswith("file:") else uri


def _note(snapshot: Snapshot) -> ReleaseNote | None:
    found = snapshot.summary.additional_properties if snapshot.summary else {}
    if f"{_NOTE}id" not in found:
        return None
    told = {key.removeprefix(_NOTE): text for key, text in found.items() if key.startswith(_NOTE)}
    return ReleaseNote(
        id=told["id"],
        title_vi=told["title_vi"],
        title_en=told["title_en"],
        recorded=told["recorded"],
        author=told["author"],
        added=int(told["added"]),
        revised=int(told["revised"]),
        unchanged=int(told["unchanged"]),
    )


def plan_pointer(table: Table) -> Pointer:
    """The files of the table's current snapshot by dataflow, and every release so far."""
    files: dict[str, list[str]] = {}
    for task in table.scan().plan_files():
        files.setdefault(str(task.file.partition[0]), []).append(_path(task.file.file_path))
    notes = {n.id: n for n in (_note(s) for s in table.metadata.snapshots) if n}
    snapshot = table.current_snapshot()
    return Pointer(
        metadata_location=table.metadata_location,
        snapshot=str(snapshot.snapshot_id) if snapshot else "0",
        files={k: sorted(v) for k, v in sorted(files.items())},
        releases=sorted(notes.values(), key=lambda n: n.id),
    )


def repair_pointer(store: Path) -> Pointer:
    """Plan the current snapshot afresh and leave its pointer for the readers."""
    pointer = plan_pointer(open_table(store))
    write_pointer(store, pointer)
    return pointer
