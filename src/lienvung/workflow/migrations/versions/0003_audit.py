"""The audit: a chain of entries that is only added to."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
NOTHING_BEFORE = "0" * 64


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime, nullable=False),
        sa.Column("actor", sa.String, nullable=False, index=True),
        sa.Column("through", sa.String, nullable=False),
        sa.Column("action", sa.String, nullable=False, index=True),
        sa.Column("subject", sa.String, nullable=False, index=True),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
    )
    head = op.create_table(
        "audit_head",
        sa.Column("one", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.bulk_insert(head, [{"one": 1, "number": 0, "hash": NOTHING_BEFORE}])
    for act in ("update", "delete"):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"create trigger audit_no_{act} before {act} on audit "
                "begin select raise(abort, 'the audit is only added to'); end"
            )
        else:
            op.execute(f"create rule audit_no_{act} as on {act} to audit do instead nothing")


def downgrade() -> None:
    op.drop_table("audit_head")
    op.drop_table("audit")
