"""Accounts, tokens and the audit on the command line: from the first administrator to an audit verified by a script."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PACK, ROOT, Done, Home

PASSWORD = "bảy con mèo trên mái ngói"  # noqa: S105


class People(Home):
    """A home whose commands may be given a token and an input."""

    def say(self, *words: object, typed: str = "", token: str = "", config: str = "") -> Done:
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        env = os.environ | {
            "LIENVUNG_HOME": str(self.path), "LIENVUNG_PACK": str(self.pack), "LIENVUNG_LANG": "vi",
            "PYTHONPATH": paths, "LIENVUNG_USER": "may", "LIENVUNG_TOKEN": token,
            "XDG_CONFIG_HOME": config or str(self.path / "no-config"),
        }  # fmt: skip
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-W", "ignore", "-c", "from lienvung.cli import main; main()", *map(str, words)],
            capture_output=True, text=True, env=env, input=typed, timeout=120, check=False,
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with its first administrator."""
    people = People(tmp_path_factory.mktemp("first") / "home", PACK)
    refused = people.say("user", "add", "an", "--role", "provider", "--password-stdin", typed=PASSWORD + "\n")
    assert refused.code == 10
    assert "người quản trị" in refused.err
    weak = people.say("user", "add", "quan", "--role", "administrator", "--password-stdin", typed="quanquanquan\n")
    assert weak.code == 10
    done = people.say("user", "add", "quan", "--role", "administrator", "--password-stdin", typed=PASSWORD + "\n")
    assert done.code == 0, done.err
    return people.path


@pytest.fixture
def people(first: Path, tmp_path: Path) -> People:
    shutil.copytree(first, tmp_path / "home")
    return People(tmp_path / "home", PACK)


def test_signing_in_keeps_a_token_that_only_the_user_may_read(people: People, tmp_path: Path) -> None:
    config = str(tmp_path / "config")
    assert people.say("user", "list").code == 10, "with accounts, running the machine is not enough"
    wrong = people.say("login", "quan", "--password-stdin", typed="sai mật khẩu\n", config=config)
    assert wrong.code == 10
    done = people.say("login", "quan", "--password-stdin", typed=PASSWORD + "\n", config=config)
    assert done.code == 0, done.err
    kept = tmp_path / "config" / "lienvung" / "token"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "TK1" in people.say("user", "list", config=config).out
    secret = kept.read_text().strip()
    assert people.say("user", "list", token=secret).code == 0
    assert people.say("login", "--out", config=config).code == 0
    assert not kept.exists()
    assert people.say("user", "list", token=secret).code == 10, "signed out is signed out"


def test_a_role_is_held_within_an_agency_of_either_list_and_a_wrong_code_names_the_nearest(
    people: People, tmp_path: Path
) -> None:
    config = str(tmp_path / "config")
    people.say("login", "quan", "--password-stdin", typed=PASSWORD + "\n", config=config)
    assert people.say("user", "add", "an", "--role", "provider", "--agency", "PROV_74", config=config).code == 0
    for agency in ("PROV_74", " SKHDT-BD "):
        done = people.say("user", "grant", "an", "analyst", "--agency", agency, config=config)
        assert done.code == 0, done.err
    listed = people.say("user", "list", "--format", "json", config=config).json
    assert listed[1]["roles"] == "provider(PROV_74); analyst(PROV_74); analyst(SKHDT-BD)"
    wrong = people.say("user", "grant", "an", "analyst", "--agency", "PROV74", config=config)
    assert wrong.code == 5
    assert "PROV_74" in wrong.err
    wrong = people.say("user", "add", "em", "--role", "provider", "--agency", "SKHDT_BD", config=config)
    assert wrong.code == 5
    assert "SKHDT-BD" in wrong.err
    assert len(people.say("user", "list", "--format", "json", config=config).json) == len(listed)


def test_an_account_from_invitation_to_erasure(people: People, tmp_path: Path) -> None:
    config = str(tmp_path / "config")
    people.say("login", "quan", "--password-stdin", typed=PASSWORD + "\n", config=config)
    added = people.say("user", "add", "an", "--name", "Trần Thị An", "--role", "provider", config=config)
    assert re.search(r"[A-Z0-9]{5}(-[A-Z0-9]{5}){3}", added.out)
    assert people.say("user", "add", "an", config=config).code == 10
    assert people.say("user", "grant", "an", "analyst", "--areas", "74@2004", config=config).code == 0
    listed = people.say("user", "list", "--format", "json", config=config).json
    assert listed[1]["roles"] == "provider(*); analyst(*:74@2004)"
    assert people.say("user", "revoke", "an", "analyst", config=config).code == 0
    assert people.say("user", "disable", "an", config=config).code == 0
    assert people.say("user", "disable", "an", "--undo", config=config).code == 0
    assert people.say("user", "disable", "quan", config=config).code == 10, "the last administrator"
    exported = people.say("user", "export", "an", config=config).json
    assert exported["account"]["name"] == "Trần Thị An"
    assert people.say("user", "erase", "an", "--yes", config=config).code == 0
    people.say("audit", "export", "-o", tmp_path / "a.jsonl", config=config)
    text = (tmp_path / "a.jsonl").read_text("utf-8")
    assert "TK2" in text
    assert "Trần" not in text
    assert people.say("audit", "verify", config=config).code == 0
    assert "Trần" not in people.say("user", "list", config=config).out


def test_tokens_with_scopes(people: People, tmp_path: Path) -> None:
    config = str(tmp_path / "config")
    people.say("login", "quan", "--password-stdin", typed=PASSWORD + "\n", config=config)
    assert people.say("token", "add", "x", "--scope", "submit", config=config).code == 10, "not held"
    assert people.say("token", "add", "x", "--scope", "moi", config=config).code == 2
    made = people.say("token", "add", "đọc", "--scope", "read_audit", "--scope", "own", config=config)
    secret = made.out.strip()
    assert secret.startswith("lv_")
    assert people.say("user", "list", token=secret).code == 10, "another scope"
    assert people.say("token", "list", token=secret).code == 0
    number = people.say("token", "list", "--format", "json", config=config).json[0]["number"]
    assert people.say("token", "revoke", number, config=config).code == 0
    assert people.say("token", "list", token=secret).code == 10


def test_whoever_runs_the_machine_recovers_and_reads_the_audit(people: People, tmp_path: Path) -> None:
    assert people.say("user", "reset", "quan").code == 0
    assert people.say("user", "sessions").code == 10
    out = tmp_path / "a.jsonl"
    assert people.say("audit", "export", "-o", out).code == 0
    assert '"as":"operator"' in out.read_text("utf-8")
    assert people.say("audit", "verify").code == 0


def test_no_password_reaches_the_database_or_the_audit(people: People) -> None:
    for path in people.path.rglob("*"):
        if path.is_file():
            assert PASSWORD.encode() not in path.read_bytes(), path
