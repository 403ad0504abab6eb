"""An unknown table on the command line: proposed, confirmed, published; next month without a hand; drift and mend."""

from __future__ import annotations

from pathlib import Path

import yaml

from tests.conftest import Home
from tests.parse.tables.imitations import monthly, write_book


def test_an_unknown_table_is_proposed_confirmed_published_and_remembered(empty: Home, tmp_path: Path) -> None:
    book = write_book(tmp_path / "thang-1.xlsx", {"8. DN": monthly()})
    refused = empty.run("submit", book)
    assert refused.code == 4

    out = tmp_path / "quay-lai.yaml"
    open_points = empty.run("recipe", "propose", book, "--format", "json").json
    assert {d["path"] for d in open_points["decisions"] if d["chosen"] == "?"} == {"1.area", "issuer"}
    words = ["--set", "area=VN", "--set", "issuer=GSO", "--set", "id=dn-quay-lai", "--out", out]
    proposed = empty.run("recipe", "propose", book, *words)
    assert proposed.code == 0, proposed.err
    assert "0 điểm cần chọn" in proposed.out

    assert empty.run("recipe", "add", out).code == 0
    assert empty.run("recipe", "list", "--format", "json").json[0]["version"] == 1
    done = empty.run("submit", book, "--format", "json")
    assert done.code == 0, done.out
    assert (done.json["recipe"], done.json["accepted"], done.json["findings"]) == ("dn-quay-lai", 15, [])
    assert empty.run("approve", "S1", user="binh").code == 0
    assert empty.run("publish", "S1").code == 0
    rows = empty.rows("ENT_RETURNED", "--areas", "VN", "--from", "2024-01", "--to", "2024-01")
    assert {r["value"] for r in rows if r["activity"] == "_T"} == {13799.0}
    compared = empty.rows("ENT_RETURNED_IDX_SP", "--areas", "VN", "--from", "2024-01", "--to", "2024-01")
    assert {r["value"] for r in compared if r["activity"] == "_T"} == {91.58}
    assert "'8. DN'" in (trace := empty.run("trace", "ENT_RETURNED", "VN", "2024-01")).out or "8. DN" in trace.out

    following = write_book(tmp_path / "thang-2.xlsx", {"8. DN": monthly("02")})
    assert empty.run("submit", following, "--dry-run", "--format", "json").json["recipe"] == "dn-quay-lai"


def test_drift_stops_and_the_mend_is_a_second_version(empty: Home, tmp_path: Path) -> None:
    book = write_book(tmp_path / "thang-1.xlsx", {"8": monthly()})
    out = tmp_path / "r.yaml"
    words = ["--set", "area=VN", "--set", "issuer=GSO", "--set", "id=r", "--out", out]
    assert empty.run("recipe", "propose", book, *words).code == 0
    assert empty.run("recipe", "add", out).code == 0

    drifted = write_book(tmp_path / "t.xlsx", {"8": monthly("02", title="Số doanh nghiệp trở lại hoạt động")})
    stopped = empty.run("submit", drifted, "--dry-run", "--format", "json")
    assert stopped.code == 9
    assert [f["rule"] for f in stopped.json["findings"]] == ["TABLE-DRIFT"]
    assert empty.run("recipe", "propose", drifted, "--mend", "r", "--out", out).code == 0
    assert empty.run("recipe", "add", out).code == 0
    assert empty.run("recipe", "list", "--format", "json").json[0]["version"] == 2
    assert empty.run("submit", drifted, "--dry-run").code == 0
    kept = yaml.safe_load(empty.run("recipe", "show", "r", "--version", "1").out)
    assert kept["layout"]["tables"][0]["title"] == "doanh nghiep quay tro lai hoat dong"


def test_a_wrong_recipe_is_not_kept(empty: Home, tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    content = {"id": "r", "reader": "table", "title_vi": "x", "title_en": "x", "issuer": "GSO", "boundary": "2004"}
    table = {"title": "x", "indicator": "POP_AVERAGE", "colums": {}}
    path.write_text(yaml.safe_dump(content | {"layout": {"tables": [table]}}), "utf-8")
    refused = empty.run("recipe", "add", path)
    assert refused.code == 4
    assert "tables.1.colums" in refused.err and "POP_AVERAGE" in refused.err
    path.write_text("- : [", "utf-8")
    assert empty.run("recipe", "add", path).code == 4
    path.write_text(yaml.safe_dump(content | {"id": "../../r", "layout": {}}), "utf-8")
    assert empty.run("recipe", "add", path).code == 4
    assert empty.run("recipe", "add", tmp_path / "none.yaml").code == 3
    assert empty.run("recipe", "show", "r").code == 4
    assert empty.run("recipe", "list", "--format", "json").json == []
