"""The reporting calendar as iCalendar (RFC 5545), for Outlook, Google Calendar and telephones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from lienvung.domain.calendar import HANDED_IN, LATE, Duty

_SAID = {
    "owed": ("phải nộp", "owed"), "overdue": ("QUÁ HẠN", "OVERDUE"), "handed_in": ("đã nộp", "handed in"),
    "late": ("nộp muộn", "handed in late"),
}  # fmt: skip


def render_ics(duties: Iterable[Duty], lang: str, made: datetime) -> str:
    """Every duty as an event of its day; what is handed in is marked so."""
    name = "Lịch báo cáo Liên Vùng" if lang == "vi" else "Liên Vùng reporting calendar"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Lien Vung//Reporting calendar//VI", f"X-WR-CALNAME:{name}"]
    for duty in duties:
        lines += _event(duty, lang, made)
    return "".join(_fold(line) + "\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(duty: Duty, lang: str, made: datetime) -> list[str]:
    told = duty.obligation
    state = _SAID[duty.state][lang != "vi"]
    about = f"{told.agency} · {told.legal_basis}".rstrip(" ·")
    return [
        "BEGIN:VEVENT", f"UID:O{told.number}-{duty.period}@lienvung", f"DTSTAMP:{made:%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{duty.due:%Y%m%d}", f"DTEND;VALUE=DATE:{duty.due + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escape(f'{told.title(lang)} {duty.period} ({state})')}", f"DESCRIPTION:{_escape(about)}",
        f"TRANSP:{'TRANSPARENT' if duty.state in (HANDED_IN, LATE) else 'OPAQUE'}", "END:VEVENT",
    ]  # fmt: skip


def _escape(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return text.replace("\r", "").replace("\n", "\\n")


def _fold(line: str) -> str:
    """Lines of at most 75 bytes, cut between characters."""
    parts: list[str] = []
    now = ""
    for char in line:
        if len((now + char).encode()) > (75 if not parts else 74):
            parts.append(now)
            now = ""
        now += char
    return "\r\n ".join([*parts, now])
