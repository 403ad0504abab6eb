"""A publisher to be killed or raced: writes one release of 2,000 facts, all with one value."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from lienvung.domain.handovers import Release
from lienvung.publish.release import name_release, write_release
from lienvung.store.schema import CLAIMS

FACTS = 2000


def claims(value: float, day: date, indicator: str = "POP_AVG") -> pa.Table:
    row = dict.fromkeys(CLAIMS.names) | {
        "dataflow": "LAND_POPULATION", "indicator": indicator, "activity": "_T", "breakdown": "_T", "issuer": "GSO",
        "freq": "A", "value": value, "unit": "PERSONS_TH", "status": "official", "published_from": day,
        "published_precision": "day", "document": f"d{day}", "file_name": "a.csv", "file_sha256": "0", "cell": "A1",
        "parser": "tidy/1", "submission": "S1",
    }  # fmt: skip
    rows = [
        row | {
            "area_key": f"{n % 100:02d}@2004", "period": str(1990 + n // 100),
            "period_start": date(1990 + n // 100, 1, 1), "period_end": date(1990 + n // 100, 12, 31),
        }
        for n in range(FACTS)
    ]  # fmt: skip
    return pa.Table.from_pylist(rows, CLAIMS)


def publish(store: Path, value: float, day: date, indicator: str = "POP_AVG") -> None:
    release_id, moment = name_release(datetime.now(UTC))
    write_release(store, Release(release_id, "đợt", "release", claims(value, day, indicator), moment, "an"))


if __name__ == "__main__":
    import lienvung.store.warehouse  # noqa: F401 - imported before we say that we are ready

    store, value, day = Path(sys.argv[1]), float(sys.argv[2]), date.fromisoformat(sys.argv[3])
    print("ready", flush=True)
    sys.stdin.readline()
    publish(store, value, day, *sys.argv[4:5])
    print("done", flush=True)
