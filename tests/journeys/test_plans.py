"""From a decision on paper to what the coming years must bring: the register by the command line."""

from __future__ import annotations

from tests.conftest import Home


def test_what_ten_per_cent_asks_of_the_years_left(southern: Home) -> None:
    done = southern.run("plans", "target", "TG-005")
    assert done.code == 0
    assert "2025-2030: 11,3 %/năm" in done.out and "2025-2030: 12,9 %/năm" in done.out
    assert "2023: 5,00 % (đã điều chỉnh); 2024: 7,48 % (ước tính)" in done.out
    assert "không tính 2021-2022" in done.out and "01/07/2025" in done.out
    told = southern.run("plans", "target", "TG-126", "--format", "json", lang="en").json
    assert [v["printed"] for v in told["versions"]] == ["9,3-9,8%", "8,4-8,6%", "8,1-8,6%"]
    assert told["state"] == "no_figures" and "oil" in told["refusal"]


def test_the_plans_that_do_not_agree(southern: Home) -> None:
    found = southern.run("plans", "compare", "--format", "json").json
    assert {(f["verdict"], f["rule"]) for f in found} == {
        ("conflict", "PLAN-ENDED"), ("tension", "PLAN-REGION"), ("tension", "PLAN-TIMING"), ("unknown", "PLAN-REGION"),
    }  # fmt: skip
    every = southern.run("plans", "compare", "--all", "--format", "json").json
    assert any("4,8 và 4,78 triệu người" in f["said"] and f["verdict"] == "agrees" for f in every)
    both = next(f for f in every if f["targets"] == ["TG-079", "TG-096"])
    assert both["documents"] == ["154/NQ-CP (23/11/2022)", "370/QĐ-TTg (04/05/2024)"]


def test_register_is_looked_up_by_key_or_number(southern: Home) -> None:
    assert len(southern.run("plans", "list", "--format", "json").json) == 27
    shown = southern.run("plans", "show", "154/NQ-CP", "--format", "json").json
    assert shown["plan"] == "154-nq-cp-2022" and len(shown["targets"]) == 17
    thrice = southern.run("plans", "show", "128/NQ-CP")
    assert thrice.code == 5 and "128-nq-cp-2020, 128-nq-cp-2021, 128-nq-cp-2025" in thrice.err
    assert southern.run("plans", "target", "TG-999").code == 5


def test_targets_by_state(southern: Home) -> None:
    found = southern.run("analyse", "targets", "--state", "beyond", "--format", "json").json
    assert {"TG-005", "TG-113"} <= {f["target"] for f in found}
    assert all(f["is_current"] and f["required"][0]["low"] > f["best"] for f in found)
    told = southern.run("analyse", "targets", "--territory", "74@2004").out
    assert "Bình Dương" in told and "TG-005" in told


def test_early_warnings_ask_for_more_than_was_ever_achieved(southern: Home) -> None:
    found = southern.run("analyse", "targets", "--warnings", "--format", "json").json
    assert "TG-005" in {f["target"] for f in found}
    assert [f["due"] for f in found] == sorted(f["due"] for f in found)
    for warning in found:
        assert warning["required_low"] > warning["most"]["pace"]
        yards = southern.run("plans", "target", warning["target"], "--format", "json").json["yardsticks"]
        assert yards[0]["is_own"] and all(y["is_below"] for y in yards)
    binh_duong = next(f for f in found if f["target"] == "TG-005")
    assert binh_duong["most_territory"] == "70@2004" and binh_duong["agency"].startswith("Ủy ban nhân dân Thành phố Hồ")
    assert "Bình Phước: cao nhất 2023-2024: 8,83 %/năm" in southern.run("plans", "target", "TG-005").out


def test_a_proposal_makes_the_provinces_mean_agree_and_changes_nothing(southern: Home) -> None:
    before = southern.run("plans", "compare", "--all").out
    held, moved = southern.run("plans", "propose", "R6-DNB", "--format", "json").json
    assert held["target"] == "TG-079" and held["is_needed"] and held["region_after"] == held["region_before"] == 8.5
    mean = sum(p["weight"] * p["after"] for p in held["provinces"])
    assert abs(mean - 8.5) < 1e-9 and abs(sum(p["weight"] for p in held["provinces"]) - 1) < 1e-9
    assert not moved["is_needed"] and all(p["change"] == 0 for p in moved["provinces"])
    both, _ = southern.run("plans", "propose", "R6-DNB", "--hold", "none", "--format", "json").json
    assert 8.5 < both["region_after"] < both["mean_before"] and abs(both["mean_after"] - both["region_after"]) < 1e-9
    told = southern.run("plans", "propose", "R6-DNB").out
    assert "ĐỀ XUẤT, chưa thay đổi gì" in told and "Bà Rịa - Vũng Tàu" in told and "GRDP năm 2020" in told
    assert southern.run("plans", "propose", "R6-XX").code == 5
    assert southern.run("plans", "compare", "--all").out == before
