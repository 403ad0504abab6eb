"""A question on another boundary, and one as of a day, beside the plain question, over made-up Parquet files.

``python benchmarks/boundaries.py [ROWS …]`` prints milliseconds (median), and ratios to the plain question of the same
run. Every fact has two vintages; the crosswalk joins 63 units into 34.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb

from lienvung.domain.areas import Area, AreaKey, Gazetteer, Succession
from lienvung.domain.areas.crosswalk import Cover, Crosswalk
from lienvung.domain.clocks import OPEN_DAY
from lienvung.domain.handovers import Question
from lienvung.query.boundaries import Asked, find_inputs, find_ratios, find_sums
from lienvung.query.observations import find_observations
from lienvung.query.reader import Reader

MERGED = date(2025, 7, 1)
UNITS, MADE, YEARS, VINTAGES, RUNS = 63, 34, 25, 2, 15

# one series: 25 years; one indicator: 63 units × 20 activities; sorted as the store sorts
ROWS = """
copy (
  select 'NATIONAL_ACCOUNTS' as dataflow, printf('IND_%05d', s // 1260) as indicator,
    printf('%02d@2004', (s // 20) % 63) as area_key, case s % 20 when 0 then '_T' else 'A' || s % 20 end as activity,
    '_T' as breakdown, 'GSO' as issuer, 'A' as freq, (2000 + y)::varchar as period,
    make_date(2000 + y, 1, 1) as period_start, make_date(2000 + y, 12, 31) as period_end,
    round(1000 * (1 + hash(s, y, v) % 1000), 2)::double as value, null::varchar as mark, 2::integer as decimals,
    'VND_BN' as unit, 'official' as status, null::varchar as note,
    make_date(2001 + y + v, 6, 30) as published_from, 'day' as published_precision, 'doc' || v as document,
    'a.csv' as file_name, '00' as file_sha256, null::varchar as sheet, 'C' || y as cell,
    null::varchar as origin_sheet, null::varchar as origin_cell, 'tidy/1' as parser, 'S1' as submission,
    'R1' as release, case v when 0 then make_date(2002 + y, 6, 30) else date '9999-12-31' end as published_to,
    timestamp '2026-01-01' as recorded_from, timestamp '9999-12-31' as recorded_to
  from (select unnest(range({series})) as s), (select unnest(range(25)) as y), (select unnest(range(2)) as v)
  order by s, y, v
) to '{file}' (format parquet, compression zstd)
"""


class FileReader(Reader):
    """The kept queries over one file."""

    def __init__(self, file: Path) -> None:
        super().__init__(file.parent)
        self.found: Any = SimpleNamespace(snapshot="1", files={"NATIONAL_ACCOUNTS": [str(file)]}, metadata_location="")

    def pointer(self) -> Any:  # noqa: ANN401
        return self.found


def made_up_covers() -> list[Cover]:
    """Each of 34 new units from one or two of 63 old ones."""
    old = [AreaKey(f"{i:02d}", "2004") for i in range(UNITS)]
    new = [AreaKey(f"{i:02d}", "2025-07-01") for i in range(MADE)]
    areas = [Area(k, "province", "", str(k), str(k), MERGED) for k in old]
    areas += [Area(k, "province", "", str(k), str(k), OPEN_DAY) for k in new]
    steps = [Succession(k, new[i % MADE], MERGED, 1.0, "", "") for i, k in enumerate(old)]
    crosswalk = Crosswalk(Gazetteer(areas, steps))
    return [c for k in new for c in crosswalk.covers(crosswalk.unit(k, MERGED), MERGED)]


def medians_ms(asks: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """Of several rounds after one to warm up; in each round every question once, so that all meet the same machine."""
    times: dict[str, list[float]] = {name: [] for name in asks}
    for at in range(RUNS + 1):
        for name, ask in asks.items():
            start = time.perf_counter()
            ask()
            times[name] += [(time.perf_counter() - start) * 1000] if at else []
    return {name: statistics.median(each) for name, each in times.items()}


def measure(rows: int, folder: Path) -> None:
    """Print one table of figures."""
    file = folder / f"{rows}.parquet"
    duckdb.sql(ROWS.format(series=rows // (YEARS * VINTAGES), file=file))
    reader = FileReader(file)
    covers, pointer = made_up_covers(), reader.pointer()
    totals = ("activity", "breakdown")
    now = Question(("IND_00007",), prefer_totals=totals)
    then = Question(("IND_00007",), prefer_totals=totals, published=date(2015, 12, 31))
    flows = ["NATIONAL_ACCOUNTS"]

    def asked(question: Question) -> Asked:
        return Asked.of(reader, question, covers, pointer, flows)

    found = medians_ms({
        "plain question": lambda: find_observations(reader, now, flows),
        "as of a day": lambda: find_observations(reader, then, flows),
        "sums on another boundary": lambda: find_sums(asked(now), "IND_00007"),
        "the same as of a day": lambda: find_sums(asked(then), "IND_00007"),
        "ratios on another boundary": lambda: find_ratios(asked(now), "IND_00007", "IND_00008", 1.0),
        "inputs of the sums": lambda: find_inputs(asked(now), ["IND_00007"]),
    })  # fmt: skip
    print(f"{rows:,} rows")
    for name, took in found.items():
        print(f"  {name:<28}{took:8.1f} ms  {took / found['plain question']:5.2f} × plain")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        for count in [int(a) for a in sys.argv[1:]] or [1_000_000, 10_000_000]:
            measure(count, Path(place))
