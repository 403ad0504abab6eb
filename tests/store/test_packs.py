"""A pack is read into nouns, or the first broken line is named."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from lienvung.domain.areas import AreaKey
from lienvung.domain.clocks import OPEN_DAY
from lienvung.errors import PackInvalid
from lienvung.store.packs import figure_files, load_catalogue
from tests.store.tiny_pack import FILES, write_changed, write_pack

SOUTHERN = Path(__file__).parents[2] / "packs" / "southern"


def test_a_pack_becomes_nouns(tmp_path: Path) -> None:
    found = load_catalogue(write_pack(tmp_path))
    assert (found.pack, found.version, found.region, found.headline) == ("tiny", "1", "V1", ("GRDP_CUR", "GRDP_PC"))
    area = found.gazetteer.area(AreaKey("80", "2004"))
    assert (area.name_vi, area.aliases, area.valid_to) == ("Long An", ("T. Long An", "LAN"), date(2025, 7, 1))
    assert found.gazetteer.area(AreaKey("80", "2025-07-01")).valid_to == OPEN_DAY
    assert [s.share for s in found.gazetteer.predecessors(AreaKey("80", "2025-07-01"))] == [1.0, 1.0]
    assert [m.is_partial for m in found.gazetteer.members("V1")] == [False, True]
    per_head = found.indicator("grdp_pc")
    assert (per_head.group, per_head.decimals, per_head.scale, per_head.numerator) == ("T05", 1, 1000.0, "GRDP_CUR")
    assert found.dataflow_of("POP_AVG") == "POPULATION"
    assert found.units["VND_BN"].factor == 1e9
    assert found.breakdowns["URBAN"].parent == "_T"
    assert found.sources["yearbook-2020"].title("en") == "Yearbook 2020"
    assert [b.kind for b in found.breaks_of("POP_AVG")] == ["census"]
    assert (found.agencies["SKHDT"].valid_from, found.agencies["SKHDT"].valid_to) == (date.min, date(2025, 3, 1))
    assert found.agency_successions[0].successor == "STC"


def test_files_of_figures_by_name(tmp_path: Path) -> None:
    assert [p.name for p in figure_files(write_pack(tmp_path))] == ["grdp.csv", "population.csv"]
    assert figure_files(tmp_path / "nowhere") == []


def test_files_saved_by_a_spreadsheet_with_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    units = folder / "codelists/units.csv"
    units.write_bytes(b"\xef\xbb\xbf" + units.read_bytes().replace(b"\n", b"\r\n"))
    assert load_catalogue(folder).units["PCT"].name_en == "percent"


def test_agencies_and_successions_may_be_absent(tmp_path: Path) -> None:
    absent = {"agencies/agencies.csv": None, "agencies/succession.csv": None, "areas/succession.csv": None}
    found = load_catalogue(write_pack(tmp_path, **absent))
    assert (found.agencies, found.gazetteer.successions) == ({}, ())


@pytest.mark.parametrize(
    ("file", "old", "new", "place"),
    [
        ("areas/areas.csv", "72,2004,2025-07-01", "72,2004,01/07/2025", "areas/areas.csv:2 valid_to"),
        ("areas/areas.csv", "80,2004,", "80,04,", "areas/areas.csv:3 valid_from"),
        ("areas/areas.csv", "80,2025-07-01,,", "80,2004,,", "areas/areas.csv:4 code"),
        ("areas/areas.csv", "Long An,Long An", ",Long An", "areas/areas.csv:3 name_vi"),
        ("areas/areas.csv", ",aliases,", ",names,", "areas/areas.csv:1"),
        ("areas/areas.csv", "Tây Ninh,Tay Ninh,,QĐ 124", "Tây Ninh,Tay Ninh,QĐ 124", "areas/areas.csv:2"),
        ("areas/succession.csv", "72@2004", "72", "areas/succession.csv:2 predecessor"),
        ("areas/succession.csv", "72@2004", "73@2004", "areas/succession.csv:2 predecessor"),
        ("areas/succession.csv", "2025-07-01,1,", "2025-07-01,một,", "areas/succession.csv:2 share"),
        ("areas/members.csv", "V1,72@2004", "V2,72@2004", "areas/members.csv:2 region"),
        ("indicators/T05.csv", "VND_BN,0,current", "VND_XX,0,current", "indicators/T05.csv:2 unit"),
        ("indicators/T05.csv", "GRDP_CON,T05-01", "POP_AVG,T05-01", "indicators/T05.csv:3 code"),
        ("indicators/groups.csv", "T05,", "T06,", "indicators/T05.csv:2 code"),
        ("codelists/units.csv", "VND,1000000\n", "VND,triệu\n", "codelists/units.csv:5 factor"),
        ("sources/gso.csv", "yearbook-2025", "yearbook-2020", "sources/gso.csv:3 document"),
        ("pack.yaml", "region: V1", "region: [V1]", "pack.yaml region"),
        ("pack.yaml", "headline: [GRDP_CUR, GRDP_PC]", "headline: GRDP_CUR", "pack.yaml headline"),
        ("pack.yaml", "id: tiny", "id: [tiny", "pack.yaml"),
    ],
)
def test_the_first_broken_line_is_named(tmp_path: Path, file: str, old: str, new: str, place: str) -> None:
    with pytest.raises(PackInvalid) as refused:
        load_catalogue(write_changed(tmp_path, file, old, new))
    assert refused.value.facts["place"] == place
    assert place in refused.value.message("vi")
    assert place in refused.value.message("en")


@pytest.mark.parametrize("file", ["pack.yaml", "areas/areas.csv", "codelists/units.csv", "indicators/groups.csv"])
def test_a_missing_file_is_named(tmp_path: Path, file: str) -> None:
    with pytest.raises(PackInvalid) as refused:
        load_catalogue(write_pack(tmp_path, **{file: None}))
    assert refused.value.facts["place"] == file
    assert "thiếu tệp này" in refused.value.message("vi")


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    folder = write_pack(tmp_path)
    (folder / "codelists/units.csv").write_bytes(FILES["codelists/units.csv"].encode("utf-16"))
    with pytest.raises(PackInvalid, match=r"codelists/units\.csv"):
        load_catalogue(folder)


def test_the_southern_pack_has_its_territory() -> None:
    gazetteer = load_catalogue(SOUTHERN).gazetteer
    old, new = gazetteer.on(date(2025, 6, 30)), gazetteer.on(date(2025, 7, 1))
    assert (len(old), len(new)) == (63, 34)
    assert len(gazetteer.on(date(2008, 7, 31))) == 64
    merged = [s for s in gazetteer.successions if s.day == date(2025, 7, 1)]
    assert {s.predecessor for s in merged} == {a.key for a in old}
    assert {s.successor for s in merged} == {a.key for a in new}
    assert sum(len(gazetteer.predecessors(a.key)) > 1 for a in new) == 23
    southern = {str(m.area): m.is_partial for m in gazetteer.members("KTTD-PN")}
    assert {k for k in southern if k.endswith("@2004")} == {
        f"{code}@2004" for code in ("70", "72", "74", "75", "77", "79", "80", "82")
    }
    assert {k: v for k, v in southern.items() if not k.endswith("@2004")} == {
        "75@2025-07-01": False,
        "79@2025-07-01": False,
        "80@2025-07-01": False,
        "82@2025-07-01": True,
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ba Ria - Vung Tau", "77@2004"), ("BRVT", "77@2004"), ("TP HCM", "79@2004"),
        ("Ho  Chi  Minh city", "79@2004"), ("T.T. Hue", "46@2004"), ("Thua Thien-Hue", "46@2004"),
        ("Bắc Cạn", "06@2004"), ("ĐẮK LẮK", "66@2004"), ("Đăk Nông", "67@2004"), ("ĐẮC NÔNG", "67@2004"),
        (" WHOLE COUNTRY", "VN@1976"), ("CẢ NƯỚC", "VN@1976"), ("TỔNG SỐ", "VN@1976"), ("BDUONG", "74@2004"),
        ("MIỀN NÚI PHÍA BẮC", "R6-TDMNPB@2004"), ("BẮC T.BỘ VÀ DH MIỀN TRUNG", "R6-BTBDHMT@2004"),
        ("Northern Central area and Central coastal area", "R6-BTBDHMT@2004"), ("South  East", "R6-DNB@2004"),
        ("Delta of Mekong River", "R6-DBSCL@2004"), ("ĐB SÔNG CỬU LONG", "R6-DBSCL@2004"), ("Ha Tay", "28@2004"),
    ],
)  # fmt: skip
def test_printed_names_of_the_issuers_are_known(text: str, expected: str) -> None:
    found = load_catalogue(SOUTHERN).gazetteer.resolve_printed(text, date(2004, 1, 1))
    assert found == AreaKey.parse(expected)


def test_no_name_means_two_areas_of_one_list() -> None:
    gazetteer = load_catalogue(SOUTHERN).gazetteer
    for day in (date(2008, 7, 31), date(2025, 7, 1)):
        for area in gazetteer.areas.values():
            if area.is_valid_on(day):
                for name in (area.name_vi, area.name_en, *area.aliases):
                    assert gazetteer.resolve_printed(name, day) == area.key, name


def test_reading_the_southern_pack_is_quick_and_light() -> None:
    load_catalogue(SOUTHERN)
    started = time.process_time()
    load_catalogue(SOUTHERN)
    assert time.process_time() - started < 0.5, "every command begins with this; it takes about 20 ms"
    code = "import sys, lienvung.store.packs; print([m for m in ('pyarrow', 'numpy', 'duckdb') if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)  # noqa: S603
    assert ran.stdout.strip() == "[]"
