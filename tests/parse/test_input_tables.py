"""Input-output tables of the OECD's layout: read, gaps told, nonsense refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from lienvung.analyse.sectors.input_output import set_going, solve_table, study_table
from lienvung.errors import BadValue
from lienvung.parse.input_tables import parse_input_table
from tests.conftest import PACK, ROOT, Home

SMALL = """,DA,DB,HFCE,EXPO,IMPO
TTL_A,10,20,60,20,-10
TTL_B,30,40,50,10,-30
TXS_IMP_FNL,1,2,,,
TTL_INT_FNL,41,62,,,
VALU,57,38,,,
OUTPUT,100,100,,,
"""
BELGIUM = ROOT.parent / "shared" / "data" / "io-file-layouts" / "BEL2020ttl.csv"


def _write(folder: Path, text: str) -> Path:
    path = folder / "t.csv"
    path.write_text(text, "utf-8")
    return path


def test_total_flows_with_the_gap_of_a_column(tmp_path: Path) -> None:
    table = parse_input_table(_write(tmp_path, SMALL.replace("TTL_INT_FNL,41,62,,,\n", "")))
    assert table.codes == ("A", "B") and table.users == ("HFCE", "EXPO", "IMPO") and not table.is_domestic
    assert table.flows.tolist() == [[10, 20], [30, 40]] and table.jobs is None
    assert table.column_gaps.tolist() == [2, 0] and table.row_gaps.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("old", "new"), [("VALU", "VAL"), ("TTL_B", "TTL_C"), ("TTL_", "X_"), ("57", "năm bảy"), (SMALL, "# x: y\n")]
)
def test_nonsense_is_refused(tmp_path: Path, old: str, new: str) -> None:
    with pytest.raises(BadValue):
        parse_input_table(_write(tmp_path, SMALL.replace(old, new)))


def test_the_teaching_table_gives_back_its_own_output_and_value_added() -> None:
    table = parse_input_table(PACK / "sectors" / "io-teaching-germany.csv")
    assert table.is_domestic and "không phải số liệu Việt Nam" in table.title.vi and "Eurostat" in table.source
    final = table.output - table.flows.sum(1)
    assert np.allclose(solve_table(table).solve(final), table.output)
    study = study_table(table)
    assert study.jobs is not None and table.jobs is not None
    assert study.value_added @ final == pytest.approx(table.value_added.sum())
    assert study.jobs @ final == pytest.approx(table.jobs.sum())
    assert study.output.min() > 1 and np.nanmean(study.backward) == pytest.approx(1)
    assert table.row_gaps[1] == pytest.approx(1079400 - table.flows[1].sum() - table.demand[1].sum())
    found = set_going(table, {"MANUF": 100})
    assert found["output"].sum() == pytest.approx(100 * study.output[1])
    with pytest.raises(BadValue):
        set_going(table, {"GOLD": 1})


@pytest.mark.skipif(not BELGIUM.exists(), reason="the publisher's file is not beside the repository")
def test_the_oecd_s_own_file_is_read_with_its_gaps() -> None:
    table = parse_input_table(BELGIUM)
    assert len(table.codes) == 50 and not table.is_domestic
    assert np.abs(table.row_gaps).max() < 1
    assert np.abs(table.column_gaps).max() == pytest.approx(595, abs=30)
    study = study_table(table)
    assert np.nanmin(study.output) >= 1 and np.isnan(study.output).sum() == (table.output == 0).sum() == 3


def test_the_command_says_that_the_table_is_foreign(southern: Home) -> None:
    done = southern.run("sectors", "io")
    assert done.code == 0 and "không phải số liệu Việt Nam" in done.out and "Eurostat" in done.out
    effect = southern.run("sectors", "io", "--demand", "CONSTR=100", "--format", "json").json
    assert sum(r["value_added"] for r in effect) < 100 < sum(r["output"] for r in effect)
    assert southern.run("sectors", "io", "--demand", "CONSTR=x").code == 2
