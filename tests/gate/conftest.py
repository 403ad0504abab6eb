from __future__ import annotations

from pathlib import Path

import pytest

from tests.gate.people import Clock, Office, open_office, stop_clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return stop_clock(monkeypatch)


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Office:
    return open_office(tmp_path)
