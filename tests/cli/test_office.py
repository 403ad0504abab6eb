"""The office on the command line: draft, difference, comment, return, schedule, publish, withdraw, calendar, inbox."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.conftest import Home

TIDY = "# lienvung: tidy/1\n# indicator: UNEMP_RATE\n# issuer: PROV_74\n# boundary: 2004\n# published: {published}\n"


def write(home: Home, name: str, value: str, published: str = "2025-01") -> Path:
    path = home.path.parent / name
    path.write_text(TIDY.format(published=published) + f"area,period,value,status\n74,2024,{value},estimate\n", "utf-8")
    return path


def test_the_whole_way_and_back(empty: Home) -> None:
    assert empty.run("submit", write(empty, "a.csv", "2.61")).code == 0
    assert empty.run("approve", "S1", user="binh").code == 0
    assert empty.run("publish", "S1", user="binh").code == 0
    draft = empty.run("submit", write(empty, "b.csv", "2.5", "2026-01"), "--draft", "--agency", "PROV_74")
    assert draft.code == 0 and "S2" in draft.out
    assert "S2" in empty.run("inbox").out.split("Của tôi")[1]
    assert empty.run("submit", "--hand-in", "S2").code == 0
    shown = empty.run("submit", "--show", "S2", "--diff", user="binh")
    assert "Hồ sơ thay đổi 1 số đã công bố, lớn nhất −4,2 %." in shown.out and "hand_in → submitted" in shown.out
    assert empty.run("comment", "S2", "Vì sao giảm?", "--cell", "C7", user="binh").code == 0
    assert empty.run("return", "S2", "--reason", " ", user="binh").code == 6
    assert empty.run("return", "S2", "--reason", "giải trình", user="binh").code == 0
    assert empty.run("submit", write(empty, "c.csv", "2.55", "2026-01"), "--mend", "S2").code == 0
    assert empty.run("comment", "--answer", "1").code == 0
    assert empty.run("submit", "--hand-in", "S2").code == 0
    assert empty.run("approve", "S2").code == 10, "own"
    assert empty.run("approve", "S2", user="binh").code == 0
    assert empty.run("publish", "S2", "--at", "2020-01-01T00:00", user="binh").code == 6
    later = (datetime.now(UTC) + timedelta(days=3)).isoformat()
    assert empty.run("publish", "S2", "--at", later, user="binh").code == 0
    assert "publish  S2  waiting" in empty.run("work", "--list").out
    assert [r["value"] for r in empty.rows("UNEMP_RATE")] == [2.61]
    assert empty.run("publish", "S2", "--cancel", "--reason", "sớm hơn", user="binh").code == 0
    assert empty.run("publish", "S2", user="binh").code == 0
    assert [r["value"] for r in empty.rows("UNEMP_RATE")] == [2.55]
    assert empty.run("withdraw", "S2", "--reason", "nhầm", user="binh").code == 0
    assert empty.run("withdraw", "S2", "--reason", "nhầm", user="binh").code == 6
    assert [r["value"] for r in empty.rows("UNEMP_RATE")] == [2.61]
    assert "withdraw → withdrawn  nhầm" in empty.run("submit", "--show", "S2").out


def test_the_calendar_says_what_is_owed_and_reminds(empty: Home, tmp_path: Path) -> None:
    kept = empty.run(
        "calendar", "keep", "--agency", "PROV_74", "--title", "Tỷ lệ thất nghiệp", "--freq", "A", "--due-day", "31",
        "--indicators", "UNEMP_RATE", "--legal-basis", "thử", "--from", "2024-01-01",
    )  # fmt: skip
    assert kept.code == 0 and "O1" in kept.out
    assert empty.run("calendar", "keep", "--agency", "X", "--title", "t", "--freq", "A", "--due-day", "3").code == 5
    listed = empty.run("calendar", "--format", "json").json
    assert {d["state"] for d in listed} <= {"owed", "overdue"} and listed
    assert empty.run("work", "--once").code == 0
    told = empty.run("inbox", "--format", "json").json
    assert [n["kind"] for n in told["notices"]] == ["overdue" for d in told["overdue"]]
    out = tmp_path / "lich.ics"
    assert empty.run("calendar", "ics", "-o", out).code == 0
    assert out.read_bytes().count(b"BEGIN:VEVENT\r\n") == len(listed)
