"""What the portal sends out comes back in: every published figure of the southern pack, through SDMX-CSV and -JSON."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from lienvung.domain.clocks import OPEN_DAY
from lienvung.pipeline import Works
from lienvung.present.sdmx.csv import write_csv
from lienvung.present.sdmx.json import write_json
from lienvung.query.history import read_history
from lienvung.query.reader import Reader
from lienvung.settings import load_settings
from lienvung.store.packs import load_catalogue
from lienvung.store.schema import OBSERVATIONS
from tests.conftest import Home

SAME = (
    "indicator", "area_key", "activity", "breakdown", "issuer", "freq", "period", "value", "mark", "decimals", "unit",
    "note", "published_from", "published_precision", "document",
)  # fmt: skip


def counted(table: pa.Table) -> Counter[tuple[object, ...]]:
    return Counter(zip(*(table[c].to_pylist() for c in SAME), strict=True))


@pytest.mark.parametrize("form", ["csv", "json"])
def test_every_published_figure_comes_back_in(form: str, southern: Home, tmp_path: Path) -> None:
    settings = load_settings({"LIENVUNG_HOME": str(southern.path), "LIENVUNG_PACK": str(southern.pack)})
    catalogue = load_catalogue(settings.pack)
    flows = sorted({g.dataflow for g in catalogue.groups.values()})
    table = read_history(Reader(settings.store), flows, tuple(OBSERVATIONS.names)).cast(OBSERVATIONS)
    table = table.filter(pc.equal(table["published_to"], pa.scalar(OPEN_DAY)))
    assert table.num_rows > 10_000
    path = tmp_path / f"all.{form}"
    path.write_bytes(b"".join(write_csv(table, catalogue) if form == "csv" else write_json(table, catalogue)))
    checked = Works(settings, catalogue).dry_run(path)
    assert not checked.findings.has_errors
    assert counted(checked.claims) == counted(table)
