"""Decisions on discrepancies: rows are only ever added."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String, nullable=False),
        sa.Column("discrepancy", sa.String, nullable=False, index=True),
        sa.Column("rule", sa.String, nullable=False),
        sa.Column("message_vi", sa.String, nullable=False),
        sa.Column("message_en", sa.String, nullable=False),
        sa.Column("facts", sa.JSON, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(
                f"create trigger decisions_no_{act} before {act} on decisions "
                "begin select raise(abort, 'decisions are only added'); end"
            )
    else:
        for act in ("update", "delete"):
            op.execute(f"create rule decisions_no_{act} as on {act} to decisions do instead nothing")


def downgrade() -> None:
    op.drop_table("decisions")
