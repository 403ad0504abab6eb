"""The trust folder of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.validate.signatures.authority import authority, trust_folder


@pytest.fixture
def trust(tmp_path: Path) -> Path:
    return trust_folder(tmp_path / "trust", authority())


@pytest.fixture
def no_trust(tmp_path: Path) -> Path:
    return tmp_path / "trust-that-is-not-there"
