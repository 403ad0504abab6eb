"""A revised release: what it would change is shown before approval, then it is published, superseded, withdrawn."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lienvung.domain.differences import CHANGED, CONFLICT, NEW
from lienvung.pipeline import Works
from lienvung.publish.release import prepare_store
from lienvung.settings import load_settings
from lienvung.store.packs import load_catalogue
from lienvung.workflow.actors import local_operator
from tests.conftest import PACK

OFFICER, STEWARD = local_operator("an"), local_operator("binh")
COLUMNS = "indicator,area,period,value,status"
HEAD = "# lienvung: tidy/1\n# boundary: 2004\n# issuer: {issuer}\n# published: {published}\n" + COLUMNS + "\n"
MONTHLY = "gso-monthly-2012-2025/releases/{}"


@pytest.fixture
def works(tmp_path: Path) -> Works:
    pack = tmp_path / "pack"
    shutil.copytree(PACK, pack, ignore=shutil.ignore_patterns("figures"))
    (pack / "figures").mkdir()
    settings = load_settings({"LIENVUNG_HOME": str(tmp_path / "home"), "LIENVUNG_PACK": str(pack)})
    prepare_store(settings.store)
    return Works(settings, load_catalogue(pack))


def hand_in(works: Works, path: Path) -> str:
    found, _ = works.submit_file(path, OFFICER)
    assert found.state == "submitted"
    return found.id


def put_out(works: Works, number: str) -> None:
    works.approve(number, STEWARD)
    works.publish([number], STEWARD)


def tidy(folder: Path, name: str, rows: str, published: str, issuer: str = "GSO") -> Path:
    path = folder / name
    path.write_text(HEAD.format(issuer=issuer, published=published) + rows, "utf-8")
    return path


def test_the_difference_counts_each_kind_and_tells_the_largest(works: Works, tmp_path: Path) -> None:
    first = "POP_AVG,74,2015,1947.2,official\nPOP_AVG,74,2016,1995.8,preliminary\nPOP_AVG,75,2016,2963.8,preliminary\n"
    put_out(works, hand_in(works, tidy(tmp_path, "a.csv", first, "2018-06-30")))
    other = "POP_AVG,75,2016,2900,official\nPOP_AVG,77,2016,1091,official\n"
    put_out(works, hand_in(works, tidy(tmp_path, "b.csv", other, "2018-07", "PROV_75")))
    later = (
        "POP_AVG,74,2015,1947.2,official\nPOP_AVG,74,2016,2138.8,official\nPOP_AVG,75,2016,2963.8,official\n"
        "POP_AVG,74,2017,2230,preliminary\n"
    )
    number = hand_in(works, tidy(tmp_path, "c.csv", later, "2023-06-30"))
    told = works.difference(number, STEWARD)
    assert (told.new, told.changed, told.unchanged, told.older, told.conflicting, told.restated) == (1, 1, 2, 0, 1, 1)
    assert told.sentence("vi") == (
        "Hồ sơ thay đổi 1 số đã công bố, lớn nhất +7,2 %; 1 số mới, 2 không đổi, 1 khác số của nơi khác."
    )
    assert told.sentence("en").startswith("This changes 1 published figure, largest +7.2 %; 1 new")
    change = told.largest
    assert change and (change.old, change.new, change.old_status, change.new_status) == (
        1995.8, 2138.8, "preliminary", "official",
    )  # fmt: skip
    assert change.absolute == pytest.approx(143.0) and change.cell == "D7"
    assert [(c.kind, c.period) for c in told.rows] == [(CHANGED, "2016"), (NEW, "2017")]
    (conflict,) = told.conflicts
    assert (conflict.kind, conflict.other_issuer, conflict.old, conflict.new) == (CONFLICT, "PROV_75", 2900, 2963.8)
    short = works.difference(number, STEWARD, most=1)
    assert short.is_cut and len(short.rows) == 1 and (short.new, short.changed) == (1, 1)


def test_an_older_vintage_changes_nothing_that_stands(works: Works, tmp_path: Path) -> None:
    put_out(works, hand_in(works, tidy(tmp_path, "a.csv", "POP_AVG,74,2016,2138.8,official\n", "2023-06-30")))
    number = hand_in(works, tidy(tmp_path, "b.csv", "POP_AVG,74,2016,1995.8,preliminary\n", "2018-06-30"))
    told = works.difference(number, STEWARD)
    assert (told.new, told.changed, told.unchanged, told.older) == (0, 0, 0, 1)
    assert told.largest is None and told.rows == ()


PAIRS = [
    ("2020-12-27-03-Bieu-2020.xlsx", "2021-01-29-02-Bieu-01-2021.xlsx"),
    ("2023-12-29-02.Bieu-T12.2023.xlsx", "2024-01-29-02-Bieu-T1-2024-1.xlsx"),
    ("2024-12-29-02.Bieu-T12.2024.xlsx", "2025-01-29-02-Bieu-T01.2025-2.xlsx"),
]


@pytest.mark.parametrize("pair", PAIRS, ids=lambda p: p[1][:7])
def test_january_revises_what_december_estimated(
    works: Works, real: Callable[[str], Path], pair: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    december, january = (real(MONTHLY.format(name)) for name in pair)
    put_out(works, hand_in(works, december))
    number = hand_in(works, january)
    told = works.difference(number, STEWARD)
    with capsys.disabled():
        print(f"\n{january.name}: {told.sentence('vi')}")
        for c in [r for r in told.rows if r.kind == CHANGED][:5]:
            where = f"{c.indicator} {c.area_key} {c.activity}/{c.breakdown} {c.period}"
            print(f"  {where}: {c.old:,.10g} → {c.new:,.10g} ({c.relative:+.2f} %), {c.sheet}!{c.cell}")
    assert told.changed > 10 and told.new > 100
    before = {c.old for c in told.rows if c.kind == CHANGED}
    put_out(works, number)
    again = works.difference(number, STEWARD)
    assert (again.changed, again.new) == (0, 0)
    works.withdraw(number, STEWARD, "thử thu hồi")
    assert works.find_submission("S1", STEWARD).state == "published"
    back = works.difference(number, STEWARD)
    assert (back.changed, back.new) == (told.changed, told.new)
    assert {c.old for c in back.rows if c.kind == CHANGED} == before
