"""Bytes are kept unchanged, once, whole or not at all."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

import pytest

from lienvung import source
from lienvung.errors import DamagedFile, FileMissing, FileTooLarge, WrongFileType
from lienvung.source import files


def test_a_file_is_kept_unchanged_under_its_hash(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfa,b\r\n1,2\r\n"
    (tmp_path / "x.csv").write_bytes(data)
    raw = source.fetch_file(tmp_path / "x.csv", tmp_path / "keep")
    assert raw.path == tmp_path / "keep" / hashlib.sha256(data).hexdigest()
    assert raw.path.read_bytes() == data
    assert (raw.name, raw.size, raw.kind) == ("x.csv", len(data), "csv")


def test_an_upload_loses_its_folders_and_keeps_its_moment(tmp_path: Path) -> None:
    moment = datetime(2024, 5, 1, 8)
    raw = source.fetch_bytes("..\\..\\etc/số liệu.csv", b"a,b\n1,2\n", tmp_path / "keep", received=moment)
    assert raw.name == "số liệu.csv"
    assert raw.received == moment
    assert [p.name for p in (tmp_path / "keep").iterdir()] == [raw.sha256]


def test_the_same_bytes_are_kept_once_and_a_damaged_copy_is_mended(tmp_path: Path) -> None:
    first = source.fetch_bytes("a.csv", b"a,b\n", tmp_path)
    first.path.write_bytes(b"rubbish")
    second = source.fetch_bytes("b.csv", b"a,b\n", tmp_path)
    assert second.path == first.path
    assert second.path.read_bytes() == b"a,b\n"
    assert len(list(tmp_path.iterdir())) == 1


def test_nothing_half_written_stays_when_the_disk_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(files.os, "fsync", fail)
    with pytest.raises(OSError, match="no space"):
        source.fetch_bytes("a.csv", b"a,b\n", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_missing_folder_empty_and_too_large_are_four_errors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "big.csv").write_bytes(b"a" * 100)
    monkeypatch.setattr(files, "SIZE_LIMIT", 99)
    for name, error in (
        ("none.csv", FileMissing),
        ("", WrongFileType),
        ("empty.csv", DamagedFile),
        ("big.csv", FileTooLarge),
    ):
        with pytest.raises(error) as caught:
            source.fetch_file(tmp_path / name, tmp_path / "keep")
        assert caught.value.message("vi") != caught.value.message("en")
    assert not (tmp_path / "keep").exists()
