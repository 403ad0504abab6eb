"""Accounts and what hangs on them. Secrets are kept as hashes; instants are naive UTC."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, DateTime, ForeignKey, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lienvung.workflow.tables.base import Base


class AccountRow(Base):
    """A person's account. The records know it as ``TK7``; what names the person stands here alone."""

    __tablename__ = "accounts"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    login: Mapped[str | None] = mapped_column(String, unique=True)
    name: Mapped[str | None] = mapped_column(String)
    email: Mapped[str | None] = mapped_column(String)
    state: Mapped[str] = mapped_column(String)
    password_hash: Mapped[str | None] = mapped_column(String)
    password_at: Mapped[datetime | None] = mapped_column(DateTime)
    totp_secret: Mapped[str | None] = mapped_column(String)
    totp_since: Mapped[datetime | None] = mapped_column(DateTime)
    totp_counter: Mapped[int] = mapped_column(Integer, default=0)
    created_by: Mapped[str] = mapped_column(String)
    created_at: Mapped[datetime] = mapped_column(DateTime)


class GrantRow(Base):
    """A role given, and when it ended: rows are never removed."""

    __tablename__ = "grants"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.number"), index=True)
    role: Mapped[str] = mapped_column(String)
    agency: Mapped[str] = mapped_column(String)
    areas: Mapped[list[str]] = mapped_column(JSON)
    by: Mapped[str] = mapped_column(String)
    at: Mapped[datetime] = mapped_column(DateTime)
    ended_by: Mapped[str | None] = mapped_column(String)
    ended_at: Mapped[datetime | None] = mapped_column(DateTime)


class RecoveryCodeRow(Base):
    """A code that stands in for the second factor, once."""

    __tablename__ = "recovery_codes"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.number"), index=True)
    used_at: Mapped[datetime | None] = mapped_column(DateTime)


class InvitationRow(Base):
    """A code given to one person, once: to set a password, or to link an account of the agency's own provider."""

    __tablename__ = "invitations"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.number"), index=True)
    made_at: Mapped[datetime] = mapped_column(DateTime)
    expires_at: Mapped[datetime] = mapped_column(DateTime)
    used_at: Mapped[datetime | None] = mapped_column(DateTime)


class SignOnRow(Base):
    """An account at an OpenID provider that signs in to an account here."""

    __tablename__ = "sign_ons"
    __table_args__ = (UniqueConstraint("issuer", "subject", name="one_account_per_subject"),)

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.number"), index=True)
    issuer: Mapped[str] = mapped_column(String)
    subject: Mapped[str] = mapped_column(String)
    at: Mapped[datetime] = mapped_column(DateTime)


class SignOnFlowRow(Base):
    """A sign-in that has gone to the OpenID provider and is awaited back: once, in the same browser."""

    __tablename__ = "sign_on_flows"

    state_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    browser_hash: Mapped[str] = mapped_column(String(64))
    nonce: Mapped[str] = mapped_column(String)
    verifier: Mapped[str] = mapped_column(String)
    invitation_hash: Mapped[str] = mapped_column(String(64))
    onward: Mapped[str] = mapped_column(String)
    made_at: Mapped[datetime] = mapped_column(DateTime)
    expires_at: Mapped[datetime] = mapped_column(DateTime)


class SessionRow(Base):
    """A browser that is signed in, or (``state`` = ``pending``) has given the password and owes the second factor."""

    __tablename__ = "sessions"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.number"), index=True)
    state: Mapped[str] = mapped_column(String, index=True)
    method: Mapped[str] = mapped_column(String)
    address: Mapped[str] = mapped_column(String)
    browser: Mapped[str] = mapped_column(String)
    created_at: Mapped[datetime] = mapped_column(DateTime)
    seen_at: Mapped[datetime] = mapped_column(DateTime)
    expires_at: Mapped[datetime] = mapped_column(DateTime)
    ended_at: Mapped[datetime | None] = mapped_column(DateTime)
    ended_by: Mapped[str | None] = mapped_column(String)


class TokenRow(Base):
    """A token for the API or the command line; only its hash is kept."""

    __tablename__ = "tokens"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.number"), index=True)
    name: Mapped[str] = mapped_column(String)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(DateTime)
    expires_at: Mapped[datetime] = mapped_column(DateTime)
    used_at: Mapped[datetime | None] = mapped_column(DateTime)
    ended_at: Mapped[datetime | None] = mapped_column(DateTime)
    ended_by: Mapped[str | None] = mapped_column(String)


class AttemptRow(Base):
    """Failures of one key (a hashed login, a client address): shared by every process that serves."""

    __tablename__ = "attempts"

    key: Mapped[str] = mapped_column(String, primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[datetime] = mapped_column(DateTime)
    blocked_until: Mapped[datetime | None] = mapped_column(DateTime)
