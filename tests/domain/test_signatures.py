"""A report of signatures survives being written as JSON, and says plainly when there is none."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest

from lienvung.domain.signatures import INVALID, Signature, SignatureReport
from lienvung.errors import Both

ONE = Signature("cms", INVALID, Both("hỏng", "broken"), "A", signed_at=datetime(2026, 1, 2, 3, 4, 5, 600))


def test_a_report_through_json() -> None:
    report = SignatureReport((ONE,), Both("còn nữa", "more"))
    assert SignatureReport.from_record(json.loads(json.dumps(report.as_record()))) == report


@pytest.mark.parametrize("changes", [{"state": "perfect"}, {"form": "wax"}, {"signed_at": "yesterday"}])
def test_a_record_that_is_none(changes: dict[str, str]) -> None:
    record = SignatureReport((ONE,)).as_record()
    record["signatures"][0].update(changes)
    with pytest.raises(ValueError, match=r".+"):
        SignatureReport.from_record(record)


def test_unsigned_is_only_what_is_known_to_be() -> None:
    assert SignatureReport().is_unsigned
    assert not SignatureReport((), Both("hỏng", "broken")).is_unsigned
    assert not SignatureReport((ONE,)).is_unsigned


def test_intact_is_about_the_content() -> None:
    assert not ONE.is_intact
    assert replace(ONE, state="valid_untrusted").is_intact
