"""What is wrong with the innovation register of a pack: named at its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lienvung.errors import PackInvalid
from lienvung.store.packs.innovation import load_innovation
from lienvung.validate.packs import check_pack
from tests.conftest import PACK

GOOD_SUPPORT = "HT-1,qd-2513-ubnd-2017,Công ty thử,74@2004,2019-05,vốn mồi,seed,200,VND_MN,QĐ thử,,\n"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    shutil.copytree(PACK, folder, ignore=shutil.ignore_patterns("figures"))
    (folder / "figures").mkdir()
    return folder


def add(pack: Path, file: str, line: str) -> None:
    path = pack / "innovation" / f"{file}.csv"
    path.write_text(path.read_text("utf-8") + line, "utf-8")


def found(pack: Path) -> set[tuple[str, str | None]]:
    return {(f.rule, f.cell) for f in check_pack(pack) if (f.sheet or "").startswith("innovation/")}


def test_the_shipped_register_is_sound_and_names_no_firm_without_a_document(pack: Path) -> None:
    register = load_innovation(PACK)
    assert {p.number for p in register.programmes.values()} == {"844/QĐ-TTg", "2513/QĐ-UBND", "22/NQ-HĐND"}
    assert all(s.document and s.granted for s in register.supports.values())
    assert found(pack) == set()
    add(pack, "supports", GOOD_SUPPORT)
    assert found(pack) == set()
    assert load_innovation(pack).supports["HT-1"].amount == 200


@pytest.mark.parametrize(
    ("file", "line", "rule", "column"),
    [
        ("supports", GOOD_SUPPORT.replace("qd-2513-ubnd-2017", "none"), "PACK-REFERENCE", "programme"),
        ("supports", GOOD_SUPPORT.replace("74@2004", "99@2004"), "PACK-REFERENCE", "territory"),
        ("supports", GOOD_SUPPORT.replace("2019-05", "tháng 5"), "PACK-DATE", "granted"),
        ("supports", GOOD_SUPPORT.replace("VND_MN", ""), "PACK-EMPTY", "unit"),
        ("supports", GOOD_SUPPORT.replace("QĐ thử", ""), "PACK-EMPTY", "document"),
        ("supports", GOOD_SUPPORT.replace("200", "nhiều"), "PACK-NUMBER", "amount"),
        ("programmes", "x,prize,1,2020,A,A,T,T,VN,,,,,,S\n", "PACK-CHOICE", "kind"),
        ("programmes", "x,fund,1,nay,A,A,T,T,VN,,,,,,S\n", "PACK-DATE", "published"),
        ("results", "KQ-9,qd-844-ttg-2016,,PII,79@2004,năm nay,,\n", "PACK-PERIOD", "period"),
        ("results", "KQ-9,qd-844-ttg-2016,,NO_SUCH,79@2004,2023,,\n", "PACK-REFERENCE", "indicator"),
        ("results", "KQ-001,qd-844-ttg-2016,,PII,79@2004,2023,,\n", "PACK-DUPLICATE", "result"),
    ],
)
def test_each_fault_is_named(pack: Path, file: str, line: str, rule: str, column: str) -> None:
    add(pack, file, line)
    assert (rule, column) in found(pack)


def test_a_doubled_key_stops_the_reading(pack: Path) -> None:
    add(pack, "supports", GOOD_SUPPORT * 2)
    with pytest.raises(PackInvalid):
        load_innovation(pack)


def test_a_pack_need_not_have_the_register(pack: Path) -> None:
    shutil.rmtree(pack / "innovation")
    assert not load_innovation(pack).programmes and found(pack) == set()
