"""The second factor: codes by time (TOTP, RFC 6238) and recovery codes."""

from __future__ import annotations

import hmac
from datetime import UTC, datetime

import pyotp

STEP_SECONDS = 30
WINDOW = 1
"""A code of the step before or after is taken too: clocks differ."""
RECOVERY_CODES = 10


def new_totp_secret() -> str:
    """A secret of 160 random bits in base 32."""
    return pyotp.random_base32(32)


def totp_address(secret: str, login: str) -> str:
    """The ``otpauth://`` address that an authenticator reads as a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="Liên Vùng")


def match_code(secret: str, code: str, after: int, now: datetime) -> int | None:
    """The step whose code was given, if it is later than the last one used: no code is taken twice.

    A clock that was set back finds only steps that were used already.
    """
    typed = "".join(code.split())
    if not (typed.isascii() and typed.isdigit() and len(typed) == 6):
        return None
    totp = pyotp.TOTP(secret)
    present = int(now.replace(tzinfo=UTC).timestamp()) // STEP_SECONDS
    for step in range(present - WINDOW, present + WINDOW + 1):
        if hmac.compare_digest(totp.generate_otp(step), typed) and step > after:
            return step
    return None
