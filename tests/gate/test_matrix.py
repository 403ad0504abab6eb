"""The leak matrix: every route of the application, found by introspection, asked by everyone; nothing hidden shows."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from lienvung.gate import declared_routes
from lienvung.gate.rights import SAFE, Declared
from lienvung.workflow.actors import EVERYONE, Right
from tests.gate.leaks import MORE, PROVIDER, STEWARD, WATCHED, Asker, Leaky, all_of, fill, found_in, open_leaky

API = ("/api", "/sdmx", "/health")
BROKEN: list[str] = []
"""Routes that failed by a fault of their own while the matrix asked them."""


@pytest.fixture(scope="module")
def leaky(tmp_path_factory: pytest.TempPathFactory) -> Leaky:
    return open_leaky(tmp_path_factory.mktemp("leaky"))


def routes(leaky: Leaky) -> Iterator[tuple[Declared, Right]]:
    for route in declared_routes(leaky.app):
        yield route, route.rights[0]


def expected(asker: Asker, path: str, right: Right, method: str) -> set[str]:
    """What a route answers by its declared right: ``in``, ``sign in`` (a page), ``401``, ``403``, ``forged``."""
    is_api = path.startswith(API)
    actor = asker.acts_on(path)
    if right not in EVERYONE:
        if actor is None or actor.is_public:
            return {"401"} if is_api else {"sign in"}
        if not actor.has_right(right):
            return {"403"}
    return {"forged"} if method not in SAFE and not is_api else {"in"}


def answered(leaky: Leaky, asker: Asker, path: str, method: str) -> str:
    answer = leaky.ask(asker, method, path, **({"data": {}} if method == "POST" else {}))
    if answer.status_code == 500:
        BROKEN.append(f"{asker.name}: {method} {path}")
    location = answer.headers.get("location", "")
    if answer.status_code == 303 and location.startswith(("/vi/dang-nhap?tiep", "/en/sign-in?tiep")):
        return "sign in"
    if answer.status_code == 303 and method == "POST" and location in ("/vi/dang-nhap", "/en/sign-in"):
        return "sign in"
    if answer.status_code == 403 and ("FormForged" in answer.text or "gửi, hoặc phiên đã đổi" in answer.text
                                      or "or the session has changed" in answer.text):  # fmt: skip
        return "forged"
    if answer.status_code == 401 and not path.startswith(("/vi/dang-nhap/", "/en/sign-in/")):
        return "401"
    return "403" if answer.status_code == 403 else "in"


def test_every_route_answers_everyone_as_its_right_says(leaky: Leaky) -> None:
    """Numbers name no submission here, so that nothing is done; who holds the right gets as far as being told so."""
    wrong, asked = [], 0
    for route, right in routes(leaky):
        for method in route.methods - {"HEAD"}:
            for path in fill(route.path, ("S999",))[:1]:
                for asker in leaky.askers:
                    if _is_idle(asker, route.path, right):
                        continue
                    got, want = answered(leaky, asker, path, method), expected(asker, path, right, method)
                    asked += 1
                    if got not in want:
                        wrong.append(f"{asker.name}: {method} {path} [{right.value}] → {got}, not {want}")
    print(f"\nmatrix: {len(list(routes(leaky)))} routes, {len(leaky.askers)} askers, {asked} answers")
    assert wrong == [], "\n".join(wrong[:40])
    assert asked > 2500


def test_no_route_broke_while_it_was_asked(leaky: Leaky) -> None:
    """After the test above: a fault of ours is a 500, and none is wanted even on a store of one figure."""
    assert BROKEN == []


def _is_idle(asker: Asker, path: str, right: Right) -> bool:
    """A token of one scope is not looked at on pages, nor where nothing is asked for; one of all rights is tried."""
    return ", token " in asker.name and (right is Right.READ or not path.startswith(API))


def may_see(asker: Asker, path: str, is_draft: bool) -> bool:
    """A draft: who may hand in for its agency; the rest: who may see submissions of the agency."""
    actor = asker.acts_on(path)
    return actor is not None and actor.has_right(Right.SUBMIT if is_draft else Right.SEE_SUBMISSIONS, "PROV_74")


def addresses(leaky: Leaky, asker: Asker) -> Iterator[str]:
    """Every GET route with the numbers of the hidden submissions; the public also looks ahead."""
    numbers = (*(h.number for h in leaky.hidden), "S999")
    for route, right in routes(leaky):
        is_read = right is Right.READ
        if "GET" not in route.methods or _is_idle(asker, route.path, right):
            continue
        if is_read and asker.name not in ("public", "provider elsewhere"):
            continue
        is_plain = "*" not in route.path and not route.path.endswith("/")
        more = MORE if is_read and is_plain and asker.name == "public" else ()
        for path in fill(route.path, numbers):
            yield from (path, *(path + query for query in more))


def test_nothing_hidden_shows_anywhere(leaky: Leaky) -> None:
    """Everyone asks everything; signed-in people first, so that what was kept for them would show to the public."""
    leaks, seen, asked = [], set(), 0
    for asker in sorted(leaky.askers, key=lambda a: a.name == "public"):
        for address in addresses(leaky, asker):
            answer = leaky.ask(asker, "GET", address)
            text = all_of(answer).replace(address, "")
            asked += 1
            for hidden in leaky.hidden:
                found = [m for m in found_in(text, hidden.marks) if not ("q=15,79" in address and m == "15,79")]
                if found and may_see(asker, address, hidden.is_draft):
                    seen.add((asker.name, hidden.number))
                elif found:
                    leaks.append(f"{asker.name}: GET {address} → {answer.status_code} shows {found}")
            if asker.name == "public" and (PROVIDER in text or STEWARD in text):
                leaks.append(f"public: GET {address} names a person")
    print(f"\ncontent: {asked} answers")
    assert leaks == []
    first = leaky.hidden[0].number
    assert {("provider", first), ("steward", first), ("steward", leaky.hidden[2].number)} <= seen, "the marks do show"
    assert ("coordinator", first) not in seen
    assert asked > 1500


@pytest.mark.parametrize("state", [0, 1, 2], ids=["draft", "submitted", "scheduled"])
@pytest.mark.parametrize("asker", ["provider elsewhere", "provider elsewhere, token"])
def test_hidden_and_not_there_are_told_in_the_same_words(leaky: Leaky, asker: str, state: int) -> None:
    """Body and headers alike, on every route that names a submission."""
    who, number, count = leaky.asker(asker), leaky.hidden[state].number, 0
    for route, right in routes(leaky):
        actor = who.acts_on(route.path)
        if "{number}" not in route.path or "GET" not in route.methods or not (actor and actor.has_right(right)):
            continue
        answers = []
        for name in (number, "S998"):
            answer = leaky.ask(who, "GET", fill(route.path, (name,))[0])
            headers = {k: v for k, v in answer.headers.items() if k not in ("date", "content-length")}
            answers.append((answer.status_code, headers, answer.text.replace(name, "S?")))
        assert answers[0] == answers[1], route.path
        assert answers[0][0] == 404, route.path
        count += 1
    assert count >= 6


def test_hidden_and_not_there_take_the_same_time(leaky: Leaky) -> None:
    """Coarse: a network hides much more than this would show."""
    who = leaky.asker("provider elsewhere")
    spent: dict[str, list[float]] = {leaky.hidden[0].number: [], "S998": []}
    for _ in range(25):
        for number, times in spent.items():
            begin = time.perf_counter()
            assert leaky.ask(who, "GET", f"/vi/ho-so/{number}").status_code == 404
            times.append(time.perf_counter() - begin)
    hidden, absent = (statistics.median(times) for times in spent.values())
    assert abs(hidden - absent) < max(0.5 * absent, 0.01)


def test_tags_and_kept_pages_do_not_move_before_the_moment(leaky: Leaky) -> None:
    """What the public keeps in its cache is good until something is published, whatever the office prepares."""
    public = leaky.asker("public")
    for path in WATCHED:
        answer = leaky.ask(public, "GET", path)
        assert answer.headers.get("etag", "") == leaky.etags[path], path
        if leaky.etags[path]:
            again = leaky.ask(public, "GET", path, headers={"if-none-match": leaky.etags[path]})
            assert again.status_code == 304, path


@pytest.mark.parametrize("step", ["duyet", "tra-lai", "thu-hoi", "cong-bo", "thay-tep", "nop", "huy", "gop-y"])
def test_a_provider_reaching_for_anothers_draft_changes_nothing(leaky: Leaky, step: str) -> None:
    from tests.gate.browser import Browser

    who, number = leaky.asker("provider elsewhere"), leaky.hidden[0].number
    browser = Browser(leaky.app)
    browser.cookies["lv_phien"] = who.cookie
    token = browser.open("/vi/tai-khoan").forms[0].fields["ma_bieu_mau"]
    fields = {"ma_bieu_mau": token, "ly_do": "x", "chac_chan": "1", "noi_dung": "x"}
    answers = [browser.send("POST", f"/vi/ho-so/{n}/{step}", fields, browser.from_here()) for n in (number, "S998")]
    assert answers[0].status_code == answers[1].status_code
    assert answers[0].status_code in (403, 404)
    assert answers[0].text.replace(number, "S?") == answers[1].text.replace("S998", "S?")


def test_the_fixture_is_what_it_says(leaky: Leaky, tmp_path: Path) -> None:
    assert len({a.name for a in leaky.askers}) == len(leaky.askers) > 30
    public = leaky.asker("public")
    assert "2.61" in leaky.ask(public, "GET", "/api/observations?indicator=UNEMP_RATE").text
