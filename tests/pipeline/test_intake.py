"""Drafts: kept, read again, mended, discarded; who may see them; warnings let pass."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from lienvung.errors import (
    AlreadySubmitted,
    BadValue,
    HasErrors,
    LienVungError,
    NotAllowed,
    NotSignedIn,
    ReasonMissing,
    SubmissionChanged,
    UnknownCode,
    UnknownFinding,
    UnknownSubmission,
    WrongState,
)
from lienvung.pipeline import Works
from lienvung.publish.release import prepare_store
from lienvung.settings import load_settings
from lienvung.store.packs import load_catalogue
from lienvung.workflow import audit
from lienvung.workflow import submissions as office
from lienvung.workflow.actors import PUBLIC, Actor, Grant, Right, Role, local_operator
from tests.conftest import PACK

HEAD = "# lienvung: tidy/1\n# boundary: 2004\n# issuer: PROV_74\n# published: 2025-01\nindicator,area,period,value\n"


def person(login: str, *grants: Grant, scopes: frozenset[Right] | None = None) -> Actor:
    return Actor(login, login, grants, "portal", None, scopes)


AN = person("an", Grant(Role.PROVIDER, "PROV_74"))
ANH = person("anh", Grant(Role.PROVIDER, "PROV_74"))
BAY = person("bay", Grant(Role.PROVIDER, "PROV_75"))
CHI = person("chi", Grant(Role.STEWARD))
NARROW = person("narrow", Grant(Role.STEWARD, "", ("75@2004",)))
SEER = person("seer", Grant(Role.COORDINATOR))
ADMIN = person("admin", Grant(Role.ADMINISTRATOR))
READER = person("reader", Grant(Role.PROVIDER, "PROV_74"), scopes=frozenset({Right.READ}))


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pack") / "pack"
    shutil.copytree(PACK, folder, ignore=shutil.ignore_patterns("figures"))
    (folder / "figures").mkdir()
    return folder


@pytest.fixture
def works(tmp_path: Path, pack: Path) -> Works:
    settings = load_settings({"LIENVUNG_HOME": str(tmp_path / "home"), "LIENVUNG_PACK": str(pack)})
    prepare_store(settings.store)
    return Works(settings, load_catalogue(pack))


def write(works: Works, name: str, rows: str) -> Path:
    path = works.settings.home.parent / name
    path.write_text(HEAD + rows, "utf-8")
    return path


GOOD, BAD = "UNEMP_RATE,74,2024,2.6\n", "UNEMP_RATE,74,2024,hai\n"


def test_a_file_whose_layout_is_not_understood_stays_a_draft_with_the_reason(works: Works) -> None:
    path = works.settings.home.parent / "la.csv"
    path.write_text("a;b\nc;d\n", "utf-8")
    found = works.draft_file(path, AN, name="Biểu lạ.csv")
    assert (found.state, found.file_name, found.agency, found.rows) == ("draft", "Biểu lạ.csv", "PROV_74", 0)
    unread = found.report["unread"]
    assert isinstance(unread, dict) and unread["code"] == "LayoutNotRecognised" and unread["suggestion_vi"]
    with pytest.raises(WrongState):
        works.hand_in(found.id, AN)
    mended = works.replace_file(found.id, write(works, "b.csv", GOOD), AN)
    assert (mended.state, mended.version, mended.rows) == ("checked", 2, 1)
    assert [f.version for f in works.files(found.id, AN)] == [1, 2]
    kept, where = works.kept_file(found.id, AN, 1)
    assert kept.file_name == "Biểu lạ.csv" and where.read_bytes() == path.read_bytes()


def test_errors_stop_it_until_a_mended_file_comes(works: Works) -> None:
    found = works.draft_file(write(works, "a.csv", BAD), AN)
    assert (found.state, found.errors) == ("checked", 1)
    with pytest.raises(HasErrors):
        works.hand_in(found.id, AN)
    mended = works.replace_file(found.id, write(works, "a.csv", GOOD), AN)
    assert (mended.version, mended.errors) == (2, 0)
    with pytest.raises(SubmissionChanged):
        works.hand_in(found.id, AN, version=1)
    assert works.hand_in(found.id, AN, version=2).state == "submitted"
    for step in (works.recheck, works.discard):
        with pytest.raises(WrongState):
            step(found.id, AN)
    with pytest.raises(WrongState):
        works.replace_file(found.id, write(works, "c.csv", GOOD.replace("2.6", "2.7")), AN)


def test_the_same_bytes_in_one_agency_and_in_two(works: Works) -> None:
    path = write(works, "a.csv", GOOD)
    first = works.draft_file(path, AN)
    assert works.draft_file(path, ANH).id == first.id, "not handed in yet: read anew"
    works.hand_in(first.id, AN)
    with pytest.raises(AlreadySubmitted, match=first.id):
        works.draft_file(path, AN)
    assert works.draft_file(path, BAY).id != first.id
    other = works.draft_file(write(works, "b.csv", GOOD.replace("2.6", "2.7")), AN)
    with pytest.raises(AlreadySubmitted):
        works.replace_file(other.id, path, AN)
    works.discard(other.id, AN)
    again = works.draft_file(write(works, "b.csv", GOOD.replace("2.6", "2.7")), AN)
    assert again.id != other.id, "what was discarded may come again"


@pytest.mark.parametrize(("by", "draft", "submitted"), [
    (AN, True, True), (ANH, True, True), (BAY, False, False), (CHI, True, True), (NARROW, False, False),
    (SEER, False, True), (ADMIN, False, False), (READER, False, False), (PUBLIC, False, False),
    (local_operator("x"), True, True),
])  # fmt: skip
def test_who_sees_a_draft_and_a_submission(works: Works, by: Actor, draft: bool, submitted: bool) -> None:
    number = works.draft_file(write(works, "a.csv", GOOD), AN).id

    def sees() -> bool:
        listed = number in {s.id for s in works.find_submissions(by)}
        try:
            found = works.find_submission(number, by).id == number
        except UnknownSubmission as error:
            found = error.message("vi") != UnknownSubmission(submission=number).message("vi")
        for read in (works.steps, works.comments, works.read_claims, works.files, works.difference):
            try:
                read(number, by)
                assert found, read
            except UnknownSubmission:
                assert not found, read
        assert listed == found
        return found

    assert sees() == draft
    works.hand_in(number, AN)
    assert sees() == submitted


@pytest.mark.parametrize("by", [BAY, NARROW, SEER, ADMIN, READER, PUBLIC])
def test_steps_of_those_who_may_not_are_refused_and_noted(works: Works, by: Actor) -> None:
    number = works.submit_file(write(works, "a.csv", GOOD), AN)[0].id
    before = works.find_submission(number, AN)
    steps = (
        lambda: works.approve(number, by), lambda: works.return_submission(number, by, "x"),
        lambda: works.publish([number], by), lambda: works.withdraw(number, by, "x"),
        lambda: works.discard(number, by), lambda: works.hand_in(number, by),
        lambda: works.unschedule(number, by, "x"),
    )  # fmt: skip
    for step in steps:
        with pytest.raises((UnknownSubmission, NotAllowed, NotSignedIn)):
            step()
    assert works.find_submission(number, AN) == before
    with works.sessions() as session:
        told = [e for e in audit.find_entries(session) if e.action == "access.refused"]
        assert [(e.actor, e.subject) for e in told] == [(by.login, number)] * len(steps)
        assert audit.find_flaws(audit.find_entries(session), audit.find_head(session)) == []


def test_own_submissions_are_approved_by_another_also_where_one_only_mended_the_file(works: Works) -> None:
    chi, dan = CHI, person("dan", Grant(Role.STEWARD))
    number = works.draft_file(write(works, "a.csv", BAD), CHI, agency="PROV_74").id
    works.replace_file(number, write(works, "a.csv", GOOD), dan)
    works.hand_in(number, AN)
    for by in (chi, dan):
        with pytest.raises(LienVungError, match="cannot approve"):
            works.approve(number, by)
    assert works.approve(number, person("em", Grant(Role.STEWARD))).approved_by == "em"


def test_for_whom_one_hands_in(works: Works) -> None:
    both = person("ca", Grant(Role.PROVIDER, "PROV_74"), Grant(Role.PROVIDER, "PROV_75"))
    path = write(works, "a.csv", GOOD)
    with pytest.raises(BadValue) as refused:
        works.draft_file(path, both)
    assert refused.value.facts["choices"] == "PROV_74, PROV_75"
    assert works.draft_file(path, both, agency="PROV_75").agency == "PROV_75"
    with pytest.raises(NotAllowed):
        works.draft_file(path, AN, agency="PROV_75")
    with pytest.raises(NotAllowed):
        works.draft_file(path, SEER)
    with pytest.raises(UnknownCode):
        works.draft_file(path, CHI, agency="KHONG_CO")
    assert works.draft_file(path, CHI).agency == ""


def test_a_warning_is_let_pass_with_a_reason_for_this_version(works: Works) -> None:
    found = works.draft_file(write(works, "a.csv", GOOD + GOOD), AN)
    warning = next(f for f in found.report["findings"] if f["severity"] == "warning")  # type: ignore[union-attr,index]
    place = "!".join(filter(None, (warning["sheet"], warning["cell"])))  # type: ignore[index]
    rule = str(warning["rule"])  # type: ignore[index]
    with pytest.raises(ReasonMissing):
        works.accept_warning(found.id, rule, place, " ", AN)
    with pytest.raises(UnknownFinding):
        works.accept_warning(found.id, rule, "Z99", "đúng vậy", AN)
    with pytest.raises(UnknownSubmission):
        works.accept_warning(found.id, rule, place, "đúng vậy", BAY)
    works.accept_warning(found.id, rule, place, "đúng vậy", AN)
    works.accept_warning(found.id, rule, place, "công văn 3", ANH)
    (kept,) = works.accepted_warnings(found.id, AN)
    assert (kept.rule, kept.place, kept.reason, kept.by) == (rule, place, "công văn 3", "anh")
    works.replace_file(found.id, write(works, "b.csv", GOOD + GOOD + GOOD), AN)
    assert works.accepted_warnings(found.id, AN) == []


@pytest.mark.parametrize(("name", "kept"), [
    ("../../etc/passwd.csv", "passwd.csv"), ("C:\\a\\b.csv", "b.csv"), ("a\x00\n\u202eb.csv", "ab.csv"), ("", "?"),
    ("x" * 400 + ".csv", "x" * 200), (" .. ", "?"),
])  # fmt: skip
def test_names_of_sent_files_are_only_names(works: Works, name: str, kept: str) -> None:
    assert works.draft_file(write(works, "a.csv", GOOD), AN, name=name).file_name == kept


def test_inbox_of_each(works: Works) -> None:
    first = works.submit_file(write(works, "a.csv", GOOD), AN)[0].id
    second = works.draft_file(write(works, "b.csv", BAD), AN).id
    assert [s.id for s in works.inbox(CHI).waiting] == [first] and works.inbox(CHI).mine == ()
    assert [s.id for s in works.inbox(AN).mine] == [first, second] and works.inbox(AN).waiting == ()
    assert works.inbox(BAY).waiting == works.inbox(BAY).mine == works.inbox(NARROW).waiting == ()
    works.return_submission(first, CHI, "sửa ô D7")
    assert [s.id for s in works.inbox(ANH).waiting] == [first] and works.inbox(CHI).waiting == ()
    works.hand_in(first, ANH)
    works.approve(first, CHI)
    assert [s.id for s in works.inbox(CHI).waiting] == [first]


def test_a_file_name_in_no_encoding_is_kept_as_what_can_be_read(works: Works) -> None:
    path = Path(os.fsdecode(os.fsencode(works.settings.home.parent) + b"/b\xff\xfe1.csv"))
    path.write_text(HEAD + GOOD, "utf-8")
    assert works.draft_file(path, AN).file_name == "b1.csv"


def test_a_scheduled_release_that_did_not_go_out_waits_for_the_steward(
    works: Works, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = works.submit_file(write(works, "a.csv", GOOD), AN)[0].id
    works.approve(number, CHI)
    works.publish([number], CHI, at=office.now() + timedelta(hours=1))
    assert works.inbox(CHI).waiting == ()
    late = office.now() + timedelta(hours=2)
    monkeypatch.setattr(office, "now", lambda: late)
    assert [s.id for s in works.inbox(CHI).waiting] == [number]
