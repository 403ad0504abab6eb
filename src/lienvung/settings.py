"""Every setting, read once from the environment."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import lienvung
from lienvung.errors import BadValue

ENVIRONMENT = {
    "LIENVUNG_HOME": "folder of the store, the submitted files and the workflow database",
    "LIENVUNG_PACK": "folder of the region's pack; the southern pack that ships with the program if unset",
    "LIENVUNG_LANG": "language of the command line: vi or en",
    "LIENVUNG_USER": "name under which the command line acts while there are no accounts; the system account if unset",
    "LIENVUNG_TOKEN": "token of the account for which the command line acts; the one kept by `lienvung login` if unset",
    "LIENVUNG_UPLOAD_MB": "largest file that is taken, in MB; 200 at most, and if unset",
    "LIENVUNG_HTTPS": "yes: the portal is reached by https only (cookies marked so, HSTS); no; auto: as a proxy says",
    "LIENVUNG_PROXIES": "addresses or networks of web servers in front, whose X-Forwarded-For and -Proto are believed",
    "LIENVUNG_SECOND_FACTOR": "roles that hold only with a second factor, with commas: administrator,steward",
    "LIENVUNG_OIDC_ISSUER": "address of the OpenID Connect provider of the agency; none if unset",
    "LIENVUNG_OIDC_CLIENT_ID": "what this system is called at that provider",
    "LIENVUNG_OIDC_CLIENT_SECRET": "the secret agreed with that provider",
    "LIENVUNG_OIDC_CLIENT_SECRET_FILE": "file that holds that secret, instead of the variable",
}
"""Name → meaning; a test holds the operator guide in step."""
ROLES = ("provider", "steward", "analyst", "coordinator", "administrator")


@dataclass(frozen=True)
class SignOn:
    """The agency's OpenID Connect provider, and what this system is called there."""

    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True)
class Settings:
    """Where things are and how we speak.

    ``home`` holds everything that is written; ``pack`` is read only.
    """

    home: Path
    pack: Path
    lang: str
    user: str
    token: str = ""
    token_file: Path = Path()
    upload_mb: int = 200
    https: str = "auto"
    proxies: tuple[str, ...] = ()
    sign_on: SignOn | None = None
    second_factor: tuple[str, ...] = ()

    @property
    def files(self) -> Path:
        """Submitted files, unchanged, named by their SHA-256."""
        return self.home / "files"

    @property
    def store(self) -> Path:
        """The Iceberg catalogue, warehouse and what is derived from them."""
        return self.home / "store"

    @property
    def submissions(self) -> Path:
        """The claims of each submission, as Parquet."""
        return self.home / "submissions"

    @property
    def recipes(self) -> Path:
        """The recipes that people confirmed here, every version of each."""
        return self.home / "recipes"

    @property
    def trust(self) -> Path:
        """The certificates that digital signatures are judged by; the operator puts them there."""
        return self.home / "trust"

    @property
    def workflow(self) -> Path:
        """The database of what people do."""
        return self.home / "workflow.sqlite"


def _default_home(env: Mapping[str, str]) -> Path:
    base = env.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "lienvung"


def _shipped_pack() -> Path:
    package = Path(lienvung.__file__).resolve().parent
    inside = package / "packs" / "southern"
    return inside if inside.exists() else package.parent.parent / "packs" / "southern"


def load_settings(env: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process.

    Raises:
        BadValue: a variable holds what it cannot mean.
    """
    env = os.environ if env is None else env
    home = Path(env["LIENVUNG_HOME"]).expanduser() if env.get("LIENVUNG_HOME") else _default_home(env)
    pack = Path(env["LIENVUNG_PACK"]).expanduser() if env.get("LIENVUNG_PACK") else _shipped_pack()
    token_file = _config_folder(env) / "token"
    return Settings(
        home=home.absolute(), pack=pack.absolute(), lang=_choice(env, "LIENVUNG_LANG", ("vi", "en")),
        user=env.get("LIENVUNG_USER") or env.get("USER") or env.get("LOGNAME") or "unknown",
        token=env.get("LIENVUNG_TOKEN") or _read_secret(token_file), token_file=token_file,
        upload_mb=_whole(env, "LIENVUNG_UPLOAD_MB", 200),
        https=_choice(env, "LIENVUNG_HTTPS", ("auto", "yes", "no")), proxies=_networks(env), sign_on=_sign_on(env),
        second_factor=_roles(env),
    )  # fmt: skip


def _choice(env: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    value = (env.get(name) or choices[0]).lower()
    if value not in choices:
        raise BadValue(value=value, name=name, choices=", ".join(choices))
    return value


def _whole(env: Mapping[str, str], name: str, most: int) -> int:
    value = env.get(name) or str(most)
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= most):
        raise BadValue(value=value[:40], name=name, choices=f"1–{most}")
    return int(value)


def _networks(env: Mapping[str, str]) -> tuple[str, ...]:
    found = tuple(part.strip() for part in env.get("LIENVUNG_PROXIES", "").split(",") if part.strip())
    for part in found:
        try:
            ipaddress.ip_network(part, strict=False)
        except ValueError:
            raise BadValue(value=part, name="LIENVUNG_PROXIES", choices="127.0.0.1, 10.0.0.0/8, ::1") from None
    return found


def _roles(env: Mapping[str, str]) -> tuple[str, ...]:
    found = tuple(part.strip() for part in env.get("LIENVUNG_SECOND_FACTOR", "").split(",") if part.strip())
    for part in found:
        if part not in ROLES:
            raise BadValue(value=part, name="LIENVUNG_SECOND_FACTOR", choices=", ".join(ROLES))
    return found


def _sign_on(env: Mapping[str, str]) -> SignOn | None:
    issuer, client = env.get("LIENVUNG_OIDC_ISSUER", "").rstrip("/"), env.get("LIENVUNG_OIDC_CLIENT_ID", "")
    if not issuer:
        return None
    if not client:
        raise BadValue(value="", name="LIENVUNG_OIDC_CLIENT_ID", choices="…")
    named = env.get("LIENVUNG_OIDC_CLIENT_SECRET_FILE", "")
    secret = env.get("LIENVUNG_OIDC_CLIENT_SECRET") or (_read_secret(Path(named)) if named else "")
    if named and not secret:
        raise BadValue(value=named, name="LIENVUNG_OIDC_CLIENT_SECRET_FILE", choices="…")
    return SignOn(issuer, client, secret)


def _config_folder(env: Mapping[str, str]) -> Path:
    return Path(env.get("XDG_CONFIG_HOME") or Path("~/.config").expanduser()) / "lienvung"


def _read_secret(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except OSError:
        return ""
