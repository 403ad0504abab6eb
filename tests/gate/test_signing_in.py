"""Signing in, the second factor, sessions: what lets in, what does not, and what the audit says of it."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from lienvung.errors import CodeNotValid, NotAllowed, NotSignedIn, SignInFailed, TooManyAttempts, WeakPassword
from lienvung.workflow.actors import Grant, Right, Role
from lienvung.workflow.audit import find_entries
from lienvung.workflow.identity import Identity, NewAccount, Visitor, open_identity
from tests.gate.people import HERE, OPERATOR, PASSWORD, Clock, Office, code_of


def actions(desk: Identity) -> list[tuple[str, str]]:
    with desk.sessions() as session:
        return [(e.action, e.subject) for e in find_entries(session)]


def test_the_cookie_is_kept_only_as_a_hash(office: Office, tmp_path: Path) -> None:
    secret = office.sign_in("quan")
    assert len(secret) >= 43
    assert secret.encode() not in (tmp_path / "workflow.sqlite").read_bytes()
    with office.desk.sessions() as session:
        assert secret not in str(session.execute(text("select * from sessions")).all())


def test_wrong_password_unknown_login_and_closed_account_sound_the_same(office: Office) -> None:
    office.person("an", Grant(Role.PROVIDER))
    office.person("binh", Grant(Role.PROVIDER))
    office.desk.disable("binh", office.admin)
    said = set()
    for login, password in (("an", "sai mật khẩu rồi"), ("nobody", PASSWORD), ("binh", PASSWORD)):
        with pytest.raises(SignInFailed) as caught:
            office.desk.sign_in(login, password, HERE)
        said.add((caught.value.message("vi"), caught.value.suggestion("vi"), str(caught.value.facts)))
    assert len(said) == 1


def test_wrong_password_and_unknown_login_take_the_same_time(office: Office) -> None:
    office.person("an", Grant(Role.PROVIDER))

    def spent(login: str) -> float:
        begin = time.perf_counter()
        with pytest.raises((SignInFailed, TooManyAttempts)):
            office.desk.check_password(login, "sai mật khẩu rồi", Visitor())
        return time.perf_counter() - begin

    known = statistics.median(spent("an") for _ in range(4))
    unknown = statistics.median(spent(f"nobody{i}") for i in range(4))
    assert 1 / 3 < known / unknown < 3


def test_failures_slow_down_and_a_right_password_waits_too(office: Office, clock: Clock) -> None:
    office.person("an", Grant(Role.PROVIDER))
    for _ in range(5):
        with pytest.raises(SignInFailed):
            office.desk.sign_in("an", "sai mật khẩu rồi", HERE)
    waits = []
    for _ in range(8):
        with pytest.raises(TooManyAttempts) as caught:
            office.desk.sign_in("an", PASSWORD, HERE)
        waits.append(int(str(caught.value.facts["seconds"])))
        clock.move(seconds=waits[-1])
        with pytest.raises(SignInFailed):
            office.desk.sign_in("an", "sai mật khẩu rồi", HERE)
    assert waits == [31, 61, 121, 241, 481, 901, 901, 901]
    clock.move(seconds=901)
    assert office.sign_in("an")
    assert ("session.locked", "TK2") in actions(office.desk)


def test_an_unknown_login_is_slowed_down_as_a_known_one(office: Office) -> None:
    for _ in range(5):
        with pytest.raises(SignInFailed):
            office.desk.sign_in("nobody", "sai mật khẩu rồi", HERE)
    with pytest.raises(TooManyAttempts):
        office.desk.sign_in("nobody", "sai mật khẩu rồi", HERE)


def test_one_address_trying_many_logins_is_slowed_down(office: Office) -> None:
    for number in range(30):
        with pytest.raises(SignInFailed):
            office.desk.sign_in(f"nobody{number}", "sai mật khẩu rồi", HERE)
    with pytest.raises(TooManyAttempts):
        office.desk.sign_in("quan", PASSWORD, HERE)
    assert office.desk.sign_in("quan", PASSWORD, Visitor("198.51.100.1")).secret


def test_a_clock_set_back_does_not_shorten_the_pause(office: Office, clock: Clock) -> None:
    for _ in range(5):
        with pytest.raises(SignInFailed):
            office.desk.sign_in("quan", "sai mật khẩu rồi", HERE)
    clock.move(days=-2)
    with pytest.raises(TooManyAttempts):
        office.desk.sign_in("quan", PASSWORD, HERE)
    clock.move(days=4)
    assert office.sign_in("quan")


def test_the_pause_is_shared_by_every_process(office: Office, tmp_path: Path) -> None:
    other = open_identity(tmp_path / "workflow.sqlite")
    for desk in (office.desk, other, office.desk, other, other):
        with pytest.raises(SignInFailed):
            desk.sign_in("quan", "sai mật khẩu rồi", HERE)
    with pytest.raises(TooManyAttempts):
        office.desk.sign_in("quan", PASSWORD, HERE)


def test_an_old_hash_is_made_anew_at_sign_in(office: Office) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with office.desk.sessions.begin() as session:
        session.execute(text("update accounts set password_hash = :h"), {"h": old})
    office.sign_in("quan")
    with office.desk.sessions() as session:
        kept = str(session.execute(text("select password_hash from accounts")).scalar())
    assert kept.startswith("$argon2id$v=19$m=19456")


def test_a_stolen_cookie_is_worth_nothing_after_sign_out(office: Office) -> None:
    secret = office.sign_in("quan")
    assert office.desk.actor_of_session(secret)
    office.desk.sign_out(secret)
    assert office.desk.actor_of_session(secret) is None
    assert ("session.end", "TK1") in actions(office.desk)


def test_signing_in_again_changes_the_cookie_and_ends_the_old_one(office: Office) -> None:
    first = office.sign_in("quan")
    second = office.desk.sign_in("quan", PASSWORD, HERE, first).secret
    assert first != second
    assert office.desk.actor_of_session(first) is None
    assert office.desk.actor_of_session(second)


@pytest.mark.parametrize(("step", "count"), [({"minutes": 31}, 1), ({"minutes": 29}, 25)])
def test_a_session_ends_when_idle_and_at_last_in_any_case(
    office: Office, clock: Clock, step: dict[str, float], count: int
) -> None:
    secret = office.sign_in("quan")
    for _ in range(count - 1):
        clock.move(**step)
        if clock.now.hour < 20 and clock.now.day == 2:
            assert office.desk.actor_of_session(secret), clock.now
    clock.move(**step)
    assert office.desk.actor_of_session(secret) is None


def test_a_session_that_has_run_out_does_not_come_back_when_the_clock_goes_back(office: Office, clock: Clock) -> None:
    secret = office.sign_in("quan")
    clock.move(hours=1)
    assert office.desk.actor_of_session(secret) is None
    clock.move(hours=-1)
    assert office.desk.actor_of_session(secret) is None


def test_a_clock_set_back_ends_sessions_and_tokens(office: Office, clock: Clock) -> None:
    secret = office.sign_in("quan")
    token, _ = office.desk.add_token(office.admin, "t", [Right.READ_AUDIT], 1)
    clock.move(hours=-3)
    assert office.desk.actor_of_session(secret) is None
    with pytest.raises(NotSignedIn):
        office.desk.actor_of_token(token)


def test_a_new_password_ends_every_other_session_and_every_token(office: Office) -> None:
    here, there = office.sign_in("quan"), office.sign_in("quan")
    by = office.desk.actor_of_session(here)
    assert by
    token, _ = office.desk.add_token(by, "t", [Right.READ_AUDIT], 30)
    with pytest.raises(WeakPassword):
        office.desk.change_password(by, PASSWORD, "quanquanquan", here)
    with pytest.raises(SignInFailed):
        office.desk.change_password(by, "sai mật khẩu rồi", "một mật khẩu hoàn toàn khác", here)
    office.desk.change_password(by, PASSWORD, "một mật khẩu hoàn toàn khác", here)
    assert office.desk.actor_of_session(here)
    assert office.desk.actor_of_session(there) is None
    with pytest.raises(NotSignedIn):
        office.desk.actor_of_token(token)
    assert office.sign_in("quan", "một mật khẩu hoàn toàn khác")


def test_second_factor(office: Office, clock: Clock) -> None:
    secret = office.sign_in("quan")
    by = office.desk.actor_of_session(secret)
    assert by
    shared, address = office.desk.begin_totp(by)
    assert address.startswith("otpauth://totp/")
    with pytest.raises(SignInFailed):
        office.desk.confirm_totp(by, "000000" if code_of(shared, clock.now) != "000000" else "111111", secret)
    first = code_of(shared, clock.now)
    recovery = office.desk.confirm_totp(by, first, secret)
    assert len(set(recovery)) == 10

    pending = office.desk.sign_in("quan", PASSWORD, HERE)
    assert pending.owes_code
    assert office.desk.actor_of_session(pending.secret) is None, "a session that owes its code opens nothing"
    with pytest.raises(SignInFailed):
        office.desk.confirm(pending.secret, first, HERE)  # the code was used to switch it on
    clock.move(seconds=30)
    used = code_of(shared, clock.now)
    opened = office.desk.confirm(pending.secret, used, HERE)
    assert opened.secret != pending.secret
    assert office.desk.actor_of_session(opened.secret)

    again = office.desk.sign_in("quan", PASSWORD, HERE).secret
    with pytest.raises(SignInFailed):
        office.desk.confirm(again, used, HERE)
    clock.move(seconds=-60)
    with pytest.raises(SignInFailed):
        office.desk.confirm(again, code_of(shared, clock.now), HERE)
    assert office.desk.confirm(again, recovery[0].lower().replace("-", " "), HERE)
    third = office.desk.sign_in("quan", PASSWORD, HERE).secret
    with pytest.raises(SignInFailed):
        office.desk.confirm(third, recovery[0], HERE)


def test_codes_cannot_be_tried_without_end(office: Office, clock: Clock) -> None:
    shared, _ = office.desk.begin_totp(office.admin)
    office.desk.confirm_totp(office.admin, code_of(shared, clock.now))
    clock.move(minutes=1)
    pending = office.desk.sign_in("quan", PASSWORD, HERE).secret
    wrong = "000000" if code_of(shared, clock.now) != "000000" else "111111"
    for _ in range(5):
        with pytest.raises(SignInFailed):
            office.desk.confirm(pending, wrong, HERE)
    with pytest.raises(TooManyAttempts):
        office.desk.confirm(pending, code_of(shared, clock.now), HERE)


def test_a_code_is_owed_five_minutes_and_no_longer(office: Office, clock: Clock) -> None:
    shared, _ = office.desk.begin_totp(office.admin)
    office.desk.confirm_totp(office.admin, code_of(shared, clock.now))
    clock.move(minutes=1)
    pending = office.desk.sign_in("quan", PASSWORD, HERE).secret
    clock.move(minutes=6)
    with pytest.raises(SignInFailed):
        office.desk.confirm(pending, code_of(shared, clock.now), HERE)


def test_tokens_do_what_their_scopes_say_and_no_more(office: Office, clock: Clock) -> None:
    by = office.person("chi", Grant(Role.STEWARD, "SO_TC"))
    with pytest.raises(NotAllowed):
        office.desk.add_token(by, "t", [Right.MANAGE_ACCOUNTS], 30)
    secret, number = office.desk.add_token(by, "t", [Right.SUBMIT], 30)
    actor = office.desk.actor_of_token(secret)
    assert (actor.login, actor.through) == (by.login, "token")
    assert actor.has_right(Right.SUBMIT, "SO_TC")
    assert not actor.has_right(Right.SUBMIT, "SO_KH")
    for right in set(Right) - {Right.SUBMIT, Right.READ, Right.SIGN_IN}:
        assert not actor.has_right(right), right
    with pytest.raises(NotAllowed):
        office.desk.add_token(actor, "more", [Right.SUBMIT], 30)
    clock.move(days=30)
    with pytest.raises(NotSignedIn):
        office.desk.actor_of_token(secret)
    clock.move(days=-30)
    with pytest.raises(NotSignedIn):
        office.desk.actor_of_token(secret)
    assert not office.desk.end_token(by, number)


def test_a_grant_taken_back_is_gone_at_once_from_session_and_token(office: Office) -> None:
    by = office.person("chi", Grant(Role.STEWARD))
    secret, _ = office.desk.add_token(by, "t", [Right.DECIDE], 30)
    office.desk.revoke("chi", Role.STEWARD, office.admin)
    assert not office.desk.actor_of_token(secret).has_right(Right.DECIDE)
    history = office.desk.find_account("chi", office.admin).grants
    assert [(g.grant.role, g.by, g.ended_by) for g in history] == [(Role.STEWARD, "TK1", "TK1")]


def test_invitations_work_once_and_for_three_days(office: Office, clock: Clock) -> None:
    made, code = office.desk.add_account(NewAccount("dung", "Dũng", ""), office.admin)
    assert office.desk.invited(code.lower()) == "dung"
    with pytest.raises(WeakPassword):
        office.desk.set_first_password(code, "ngắn")
    office.desk.set_first_password(code, PASSWORD)
    assert office.actor("dung").login == made.mark
    for used in (code, "AAAAA-AAAAA-AAAAA-AAAAA"):
        with pytest.raises(CodeNotValid):
            office.desk.set_first_password(used, PASSWORD)
    late = office.desk.reset("dung", office.admin)
    clock.move(hours=73)
    with pytest.raises(CodeNotValid):
        office.desk.set_first_password(late, PASSWORD)
    with pytest.raises(SignInFailed):
        office.desk.sign_in("dung", PASSWORD, HERE)


def test_whoever_runs_the_machine_can_recover_and_the_audit_says_so(office: Office) -> None:
    with pytest.raises(NotSignedIn):
        office.desk.actor_at_terminal("", "máy")
    office.desk.reset("quan", OPERATOR, is_operator=True)
    with office.desk.sessions() as session:
        last = list(find_entries(session))[-1]
    assert (last.actor, last.action, last.detail) == ("máy", "account.reset", {"as": "operator"})


def test_guarded_roles_hold_only_with_a_second_factor(office: Office, tmp_path: Path, clock: Clock) -> None:
    office.person("chi", Grant(Role.STEWARD), Grant(Role.ANALYST))
    desk = open_identity(tmp_path / "workflow.sqlite", guarded=("steward", "administrator"))
    secret = desk.sign_in("chi", PASSWORD, HERE).secret
    by = desk.actor_of_session(secret)
    assert by and [g.role for g in by.grants] == [Role.ANALYST]
    with pytest.raises(NotAllowed):
        desk.add_token(by, "t", [Right.DECIDE], 1)
    shared, _ = desk.begin_totp(by)
    desk.confirm_totp(by, code_of(shared, clock.now), secret)
    now = desk.actor_of_session(secret)
    assert now and now.has_right(Right.DECIDE)
    clock.move(minutes=1)
    pending = desk.sign_in("chi", PASSWORD, HERE).secret
    again = desk.actor_of_session(desk.confirm(pending, code_of(shared, clock.now), HERE).secret)
    assert again and again.has_right(Right.DECIDE)
