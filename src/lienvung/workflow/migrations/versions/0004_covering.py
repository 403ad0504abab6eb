"""The document that a submission came with: rows are only ever added."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "covering_documents",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("submission", sa.Integer, sa.ForeignKey("submissions.number"), nullable=False, index=True),
        sa.Column("document_number", sa.String, nullable=False),
        sa.Column("document_date", sa.Date, nullable=False),
        sa.Column("agency", sa.String, nullable=False),
        sa.Column("signer", sa.String, nullable=False),
        sa.Column("signer_title", sa.String, nullable=False),
        sa.Column("abstract", sa.String, nullable=False),
        sa.Column("file_name", sa.String, nullable=False),
        sa.Column("file_sha256", sa.String(64)),
        sa.Column("detached_sha256", sa.String(64)),
        sa.Column("report", sa.JSON),
        sa.Column("submitted_report", sa.JSON),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )
    for act in ("update", "delete"):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(
                f"create trigger covering_documents_no_{act} before {act} on covering_documents "
                "begin select raise(abort, 'covering documents are only added'); end"
            )
        else:
            op.execute(f"create rule covering_documents_no_{act} as on {act} to covering_documents do instead nothing")


def downgrade() -> None:
    op.drop_table("covering_documents")
