"""SDMX-CSV and SDMX-JSON of a million made-up observations, beside DuckDB's own COPY of the same rows.

``python benchmarks/sdmx_csv.py [ROWS]`` prints seconds, and ratios to DuckDB in the same run.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from lienvung.domain.areas import Area, AreaKey, Gazetteer
from lienvung.domain.catalogue import Catalogue
from lienvung.domain.clocks import OPEN_DAY, OPEN_INSTANT
from lienvung.domain.indicators import Group
from lienvung.present.sdmx.csv import write_csv
from lienvung.present.sdmx.json import write_json
from lienvung.store.schema import OBSERVATIONS

COPY = """
copy (
  select 'dataflow' as "STRUCTURE", 'LIENVUNG:' || dataflow || '(1.0.0)' as "STRUCTURE_ID", 'I' as "ACTION",
    freq as "FREQ", indicator as "INDICATOR", area_key as "REF_AREA", activity as "ACTIVITY",
    breakdown as "BREAKDOWN", issuer as "ISSUER", period as "TIME_PERIOD", value as "OBS_VALUE",
    unit as "UNIT_MEASURE",
    case when value is null then 'M' else case status when 'official' then 'A' when 'preliminary' then 'P'
      when 'estimate' then 'E' when 'revised' then 'R' else 'F' end end as "OBS_STATUS",
    decimals as "DECIMALS", mark as "MARK", published_from as "PUBLISHED",
    published_precision as "PUBLISHED_PRECISION", strftime(recorded_from, '%Y-%m-%dT%H:%M:%SZ') as "RECORDED",
    document as "DOCUMENT", note as "NOTE"
  from rows
) to '{file}' (header, delimiter ',')
"""


def made_up_rows(rows: int) -> pa.Table:
    """Yearly series of 25 periods, in the order that the store keeps."""
    at = np.arange(rows)
    series, year = at // 25, 2000 + at % 25
    rng = np.random.default_rng(1)

    def words(texts: list[str | None], index: np.ndarray) -> pa.Array:
        return pa.array(texts, pa.string()).take(pa.array(index % len(texts)))

    columns = {
        "dataflow": words(["NATIONAL_ACCOUNTS"], at),
        "indicator": words([f"IND_{i:04d}" for i in range(400)], series // 100),
        "area_key": words([f"{i:02d}@2004" for i in range(100)], series),
        "activity": words(["_T"], at), "breakdown": words(["_T"], at), "issuer": words(["GSO"], at),
        "freq": words(["A"], at), "period": pa.array(year.astype(str)),
        "value": pa.array(np.round(rng.lognormal(8, 2, rows), 2), mask=rng.random(rows) < 0.01),
        "decimals": pa.array(np.full(rows, 2, np.int32)), "unit": words(["VND_BN"], at),
        "status": words(["official", "preliminary", "estimate"], at // 7),
        "published_from": pa.array([date(2001 + y, 12, 31) for y in range(25)]).take(pa.array(year - 2000)),
        "published_precision": words(["year"], at), "document": words([f"yearbook-{y}" for y in range(25)], at),
        "note": words([None, None, None, "Sơ bộ, chưa tính lại"], at // 5),
        "published_to": pa.repeat(pa.scalar(OPEN_DAY), rows),
        "recorded_from": pa.repeat(pa.scalar(datetime(2024, 1, 31, 8, 5), pa.timestamp("us")), rows),
        "recorded_to": pa.repeat(pa.scalar(OPEN_INSTANT, pa.timestamp("us")), rows),
    }  # fmt: skip
    empty = {f.name: pa.nulls(rows, f.type) for f in OBSERVATIONS}
    return pa.table(empty | columns).select(OBSERVATIONS.names).cast(OBSERVATIONS)


def bare_catalogue() -> Catalogue:
    """A catalogue with nothing but the one dataflow: codes without names are written as they are."""
    area = Area(AreaKey("01", "2004"), "province", "", "A", "A")
    group = {"T05": Group("T05", "NATIONAL_ACCOUNTS", "Tài khoản", "Accounts")}
    return Catalogue("b", "b", "b", "1", "", (), Gazetteer([area]), group, {}, {}, {}, {}, {}, {})


def timed(name: str, run: Callable[[], int], base: float | None = None, repeats: int = 3) -> float:
    """The best of some runs, printed."""
    best, size = float("inf"), 0
    for _ in range(repeats):
        start = time.perf_counter()
        size = run()
        best = min(best, time.perf_counter() - start)
    ratio = f"  {best / base:5.2f} x DuckDB COPY" if base else ""
    print(f"{name:28s} {best:6.2f} s  {size / 1e6:7.1f} MB{ratio}")
    return best


def main(rows: int) -> None:
    """Measure and print."""
    table, catalogue = made_up_rows(rows), bare_catalogue()
    print(f"{rows:,} observations")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "out.csv"

        def duck() -> int:
            with duckdb.connect(config={"threads": "2"}) as db:
                db.register("rows", table)
                db.execute(COPY.format(file=file))
            return file.stat().st_size

        def ours(pieces: Callable[[], object]) -> Callable[[], int]:
            def run() -> int:
                with file.open("wb") as out:
                    out.writelines(pieces())  # type: ignore[arg-type]
                return file.stat().st_size

            return run

        base = timed("DuckDB COPY", duck)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        timed("SDMX-CSV", ours(lambda: write_csv(table, catalogue)), base)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        timed("SDMX-JSON, series", ours(lambda: write_json(table, catalogue)), base)
        last = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"memory added at the peak: CSV {(after - before) / 1024:.0f} MB, JSON {(last - after) / 1024:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
