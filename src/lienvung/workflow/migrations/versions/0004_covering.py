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
        sa.Column("signer", sa.String, nullable=False),
        sa.Column("signer_title", sa.String, nullable=False),
        sa.Column("abstract", sa.String, nullable=False),
        sa.Column("file_name", sa.String),
        sa.Column("file_sha256", sa.String(64)),
        sa.Column("detached_sha256", sa.String(64)),
        sa.Column("signatures", sa.JSON, nullable=False),
        sa.Column("by", sa.String, nullable=False),
        sa.Column("at", sa.DateTime, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("covering_documents")
