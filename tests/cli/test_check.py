"""``lienvung check``: findings, acceptance, a submission looked at beforehand, choice among claims."""

from __future__ import annotations

from lienvung.pipeline import Works
from lienvung.settings import load_settings
from lienvung.store.packs import load_catalogue
from lienvung.workflow.actors import local_operator
from tests.conftest import Home

HEAD = "# lienvung: tidy/1\n# boundary: 2004\nindicator,area,period,value,unit,issuer,published\n"
GRDP = (
    "GRDP_CUR,74,2024,520205,VND_BN,PROV_74,2025-01\n"
    "POP_AVG,74,2024,2426,PERSONS_TH,PROV_74,2025-01\n"
    "GRDP_PC,74,2024,{per_head},VND_MN,PROV_74,2025-01\n"
)
FDI = "FDI_CAP_CUM,74,2016,{value},USD_MN,{issuer},2017-06\n"


def works(home: Home) -> Works:
    return Works(
        load_settings({"LIENVUNG_HOME": str(home.path), "LIENVUNG_PACK": str(home.pack)}), load_catalogue(home.pack)
    )


def submit(home: Home, name: str, rows: str) -> str:
    path = home.path.parent / name
    path.write_text(HEAD + rows, "utf-8")
    submission, checked = works(home).submit_file(path, local_operator("an"))
    assert not checked.findings.has_errors
    return submission.id


def publish(home: Home, name: str, rows: str) -> None:
    number = submit(home, name, rows)
    works(home).approve(number, local_operator("binh"))
    works(home).publish([number], local_operator("binh"))


def test_a_finding_is_accepted_with_a_reason_and_comes_back_when_the_value_changes(empty: Home) -> None:
    publish(empty, "a.csv", GRDP.format(per_head="181.2"))
    listed = empty.run("check", "GRDP_PC", "--format", "json")
    assert listed.code == 0  # a warning is no error
    (finding,) = listed.json
    assert finding["rule"] == "REC-RATIO-PARTS" and "2.870,9" in finding["message"]
    assert empty.run("check", "POP_CENSUS", "--format", "json").json == []
    assert empty.run("check", "--areas", "75@2004", "--format", "json").json == []

    assert empty.run("check", "accept", finding["id"], "--reason", " ").code == 6
    assert empty.run("check", "accept", "F000000000000", "--reason", "x").code == 6
    assert empty.run("check", "accept", finding["id"], "--reason", "Dân số bình quân khác", user="chi").code == 0
    assert empty.run("check", "--format", "json").json == []
    (shown,) = empty.run("check", "--accepted", "--format", "json").json
    assert (shown["accepted_by"], shown["reason"]) == ("chi", "Dân số bình quân khác")
    assert "chi" in empty.run("check", "--accepted").out

    publish(empty, "b.csv", GRDP.format(per_head="180.7"))
    (changed,) = empty.run("check", "--format", "json").json
    assert changed["id"] != finding["id"] and changed["accepted_by"] is None


def test_an_acceptance_can_be_taken_back(empty: Home) -> None:
    publish(empty, "a.csv", GRDP.format(per_head="181.2"))
    (finding,) = empty.run("check", "--format", "json").json
    assert empty.run("check", "withdraw", finding["id"], "--reason", "x").code == 6
    assert empty.run("check", "accept", finding["id"], "--reason", "x").code == 0
    assert empty.run("check", "withdraw", finding["id"], "--reason", "y").code == 0
    assert [f["id"] for f in empty.run("check", "--format", "json").json] == [finding["id"]]


def test_a_submission_is_checked_as_if_it_were_published_and_an_open_error_is_exit_9(empty: Home) -> None:
    years = "".join(f"POP_AVG,74,{y},{2000 + 60 * (y - 2015)},PERSONS_TH,GSO,2022-06\n" for y in range(2015, 2021))
    publish(empty, "a.csv", years)
    number = submit(empty, "b.csv", "POP_AVG,74,2021,2426561,PERSONS_TH,GSO,2022-07\n")
    assert empty.run("check", "--format", "json").json == []
    looked = empty.run("check", "--submission", number, "--format", "json")
    assert [(f["rule"], f["period"]) for f in looked.json] == [("REC-UNIT-JUMP", "2021")]
    assert looked.code == 9
    done = empty.run("check", "accept", looked.json[0]["id"], "--submission", number, "--reason", "đã xác minh")
    assert done.code == 0
    assert empty.run("check", "--submission", number).code == 0


def test_claims_stay_side_by_side_and_the_choice_is_published_with_its_author(empty: Home) -> None:
    publish(empty, "a.csv", FDI.format(value="26599.7", issuer="GSO") + FDI.format(value="26411.3", issuer="FIA"))
    (claim,) = empty.run("check", "--rule", "rec-two-issuers", "--severity", "info", "--format", "json").json
    assert "FIA 26.411,3" in claim["message"] and "GSO 26.599,7" in claim["message"]

    fact = ("check", "choose", "FDI_CAP_CUM", "74", "2016")
    assert empty.run(*fact, "--issuer", "MOF", "--reason", "x").code == 8
    assert empty.run(*fact, "--issuer", "FIA", "--reason", "Cơ quan cấp phép", user="chi").code == 0
    rows = empty.rows("FDI_CAP_CUM")  # both stay, no third
    assert [(r["issuer"], r["is_chosen"], r["choice_by"]) for r in rows] == [
        ("FIA", True, "chi"),
        ("GSO", False, "chi"),
    ]
    assert rows[0]["choice_reason"] == "Cơ quan cấp phép"
    # the same question as of a day before the choice keeps its answer
    before = empty.rows("FDI_CAP_CUM", "--published", "2017-12-31")
    assert [r["is_chosen"] for r in before] == [None, None]

    # chosen anew the same day, then taken back
    assert empty.run(*fact, "--issuer", "GSO", "--reason", "Số niên giám").code == 0
    assert [r["is_chosen"] for r in empty.rows("FDI_CAP_CUM")] == [False, True]
    assert empty.run(*fact, "--issuer", "-", "--reason", "Chờ đối chiếu").code == 0
    assert [r["is_chosen"] for r in empty.rows("FDI_CAP_CUM")] == [None, None]

    assert empty.run("check", "--rule", "NO-SUCH", "--format", "json").code == 5
