"""What is wrong with plans and targets of a pack: named at its line."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from lienvung.store.packs import load_plans
from lienvung.validate.packs import check_pack
from tests.conftest import PACK


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder, ignore=shutil.ignore_patterns("figures"))
    (folder / "figures").mkdir()
    return folder


def edit(pack: Path, file: str, key: str, **cells: str) -> None:
    path = pack / "plans" / file
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        if next(iter(row.values())) == key:
            row.update(cells)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def found(pack: Path) -> set[tuple[str, str | None]]:
    return {(f.rule, f.cell) for f in check_pack(pack) if (f.sheet or "").startswith("plans/")}


def test_shipped_plans_are_sound(pack: Path) -> None:
    register = load_plans(PACK)
    assert (len(register.plans), len(register.targets)) == (27, 161)
    assert found(pack) == set()
    assert len([p for p in register.plans.values() if p.number == "128/NQ-CP"]) == 3
    assert [t.printed for t in register.versions("TG-126")] == ["9,3-9,8%", "8,4-8,6%", "8,1-8,6%"]


@pytest.mark.parametrize(
    ("file", "key", "cells", "rule", "column"),
    [
        ("targets.csv", "TG-005", {"unit": ""}, "PACK-EMPTY", "unit"),
        ("targets.csv", "TG-005", {"period": ""}, "PACK-EMPTY", "period"),
        ("targets.csv", "TG-005", {"period": "2021-2030"}, "PACK-PERIOD", "period"),
        ("targets.csv", "TG-005", {"period": "2030"}, "PACK-PERIOD", "period_kind"),
        ("targets.csv", "TG-011", {"low": "90", "high": "88"}, "PACK-RANGE", "low"),
        ("targets.csv", "TG-016", {"high": "90"}, "PACK-RANGE", "operator"),
        ("targets.csv", "TG-005", {"unit": "HA"}, "PACK-UNIT", "unit"),
        ("targets.csv", "TG-005", {"territory": "74@2025-07-01"}, "PACK-REFERENCE", "territory"),
        ("targets.csv", "TG-126", {"replaces": "TG-126"}, "PACK-CYCLE", "replaces"),
        ("targets.csv", "TG-005", {"low": "mười"}, "PACK-NUMBER", "low"),
        ("documents.csv", "790-qd-ttg-2024", {"replaced_by": "790-qd-ttg-2024"}, "PACK-CYCLE", "replaced_by"),
        ("documents.csv", "790-qd-ttg-2024", {"published": "2025-08-03"}, "PACK-ENDED", "territory"),
        ("documents.csv", "790-qd-ttg-2024", {"published": "tháng 8"}, "PACK-DATE", "published"),
    ],
)
def test_what_is_wrong_is_named(pack: Path, file: str, key: str, cells: dict[str, str], rule: str, column: str) -> None:
    edit(pack, file, key, **cells)
    assert (rule, column) in found(pack)
