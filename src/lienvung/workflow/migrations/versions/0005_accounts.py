"""Accounts, grants, sessions, tokens, failures of signing in."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
TABLES = (
    "accounts",
    "grants",
    "recovery_codes",
    "invitations",
    "sign_ons",
    "sign_on_flows",
    "sessions",
    "tokens",
    "attempts",
)


def upgrade() -> None:
    _people()
    _ways_in()
    _signed_in()


def _people() -> None:
    op.create_table(
        "accounts",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("login", sa.String, unique=True),
        sa.Column("name", sa.String),
        sa.Column("email", sa.String),
        sa.Column("state", sa.String, nullable=False),
        sa.Column("password_hash", sa.String),
        sa.Column("password_at", sa.DateTime),
        sa.Column("totp_secret", sa.String),
        sa.Column("totp_since", sa.DateTime),
        sa.Column("totp_counter", sa.Integer, nullable=False),
        sa.Column("created_by", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "grants",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("account", sa.Integer, sa.ForeignKey("accounts.number"), nullable=False, index=True),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("agency", sa.String, nullable=False),
        sa.Column("areas", sa.JSON, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("ended_by", sa.String),
        sa.Column("ended_at", sa.DateTime),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("account", sa.Integer, sa.ForeignKey("accounts.number"), nullable=False, index=True),
        sa.Column("used_at", sa.DateTime),
    )


def _ways_in() -> None:
    op.create_table(
        "invitations",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("account", sa.Integer, sa.ForeignKey("accounts.number"), nullable=False, index=True),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("used_at", sa.DateTime),
    )
    op.create_table(
        "sign_ons",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("account", sa.Integer, sa.ForeignKey("accounts.number"), nullable=False, index=True),
        sa.Column("issuer", sa.String, nullable=False),
        sa.Column("subject", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.UniqueConstraint("issuer", "subject", name="one_account_per_subject"),
    )
    op.create_table(
        "sign_on_flows",
        sa.Column("state_hash", sa.String(64), primary_key=True),
        sa.Column("browser_hash", sa.String(64), nullable=False),
        sa.Column("nonce", sa.String, nullable=False),
        sa.Column("verifier", sa.String, nullable=False),
        sa.Column("invitation_hash", sa.String(64), nullable=False),
        sa.Column("onward", sa.String, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
    )


def _signed_in() -> None:
    op.create_table(
        "sessions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("account", sa.Integer, sa.ForeignKey("accounts.number"), nullable=False, index=True),
        sa.Column("state", sa.String, nullable=False, index=True),
        sa.Column("method", sa.String, nullable=False),
        sa.Column("address", sa.String, nullable=False),
        sa.Column("browser", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("seen_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("ended_by", sa.String),
    )
    op.create_table(
        "tokens",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("account", sa.Integer, sa.ForeignKey("accounts.number"), nullable=False, index=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("scopes", sa.JSON, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.Column("used_at", sa.DateTime),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("ended_by", sa.String),
    )
    op.create_table(
        "attempts",
        sa.Column("key", sa.String, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", sa.DateTime, nullable=False),
        sa.Column("blocked_until", sa.DateTime),
    )


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
