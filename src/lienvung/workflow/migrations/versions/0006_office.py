"""The office: agencies and versions of submissions, steps, comments, warnings, calendar, jobs, releases begun."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
LIVE = "state not in ('discarded', 'withdrawn')"
ONLY_ADDED = ("steps", "submission_files")


def text_column(name: str, default: str | None = None) -> sa.Column[Any]:
    return sa.Column(name, sa.String, nullable=default is None, server_default=default)


def upgrade() -> None:
    change_submissions()
    make_history()
    make_calendar()
    make_jobs()
    only_added()
    tell_the_past()


def change_submissions() -> None:
    with op.batch_alter_table("submissions") as batch:
        batch.drop_constraint("one_submission_per_file", type_="unique")
        batch.alter_column("submitted_by", existing_type=sa.String, nullable=True)
        batch.alter_column("submitted_at", existing_type=sa.DateTime, nullable=True)
        for name in ("agency", "title", "created_by"):
            batch.add_column(text_column(name, ""))
        for name in ("version", "changes"):
            batch.add_column(sa.Column(name, sa.Integer, nullable=False, server_default="1"))
        batch.add_column(sa.Column("covers", sa.JSON, nullable=False, server_default="{}"))
        for name in ("created_at", "returned_at", "embargo_until", "withdrawn_at"):
            batch.add_column(sa.Column(name, sa.DateTime))
        batch.add_column(sa.Column("superseded_by", sa.Integer))
        for name in (
            "returned_by", "return_reason", "scheduled_by", "withdrawn_by", "withdraw_reason", "withdraw_release",
        ):  # fmt: skip
            batch.add_column(text_column(name))
    op.execute("update submissions set created_by = submitted_by, created_at = submitted_at")
    op.execute("update submissions set submitted_by = null, submitted_at = null where state = 'checked'")
    with op.batch_alter_table("submissions") as batch:
        batch.alter_column("created_at", existing_type=sa.DateTime, nullable=False)
        batch.create_index("ix_submissions_agency", ["agency"])
        batch.create_index("ix_submissions_created_by", ["created_by"])
    op.create_index(
        "one_live_submission_per_file", "submissions", ["agency", "file_sha256"], unique=True,
        sqlite_where=sa.text(LIVE), postgresql_where=sa.text(LIVE),
    )  # fmt: skip


def of_submission() -> sa.Column[Any]:
    return sa.Column("submission", sa.Integer, sa.ForeignKey("submissions.number"), nullable=False, index=True)


def number() -> sa.Column[Any]:
    return sa.Column("number", sa.Integer, primary_key=True, autoincrement=True)


def needed(name: str, kind: Any = sa.String, index: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, index=index)


def make_history() -> None:
    op.create_table(
        "submission_files", number(), of_submission(), needed("version", sa.Integer), needed("file_name"),
        needed("file_sha256", sa.String(64)), needed("by"), needed("at", sa.DateTime),
    )  # fmt: skip
    op.create_table(
        "steps", number(), of_submission(), needed("kind"), needed("before"), needed("after"),
        needed("version", sa.Integer), needed("by"), needed("through"), needed("at", sa.DateTime), needed("reason"),
        needed("detail", sa.JSON),
    )  # fmt: skip
    op.create_table(
        "comments", number(), of_submission(), needed("version", sa.Integer), needed("sheet"), needed("cell"),
        needed("text"), needed("by"), needed("at", sa.DateTime), sa.Column("answered_by", sa.String),
        sa.Column("answered_at", sa.DateTime),
    )  # fmt: skip
    op.create_table(
        "accepted_warnings", number(), of_submission(), needed("version", sa.Integer), needed("rule"), needed("place"),
        needed("reason"), needed("by"), needed("at", sa.DateTime),
        sa.UniqueConstraint("submission", "version", "rule", "place", name="one_acceptance_per_warning"),
    )  # fmt: skip


def make_calendar() -> None:
    op.create_table(
        "obligations", number(), needed("agency", index=True), needed("title_vi"), needed("title_en"), needed("recipe"),
        needed("indicators", sa.JSON), needed("freq", sa.String(1)), needed("due_months", sa.Integer),
        needed("due_day", sa.Integer), needed("legal_basis"), needed("valid_from", sa.Date),
        needed("valid_to", sa.Date), needed("by"), needed("at", sa.DateTime),
    )  # fmt: skip
    op.create_table(
        "notices", number(), needed("agency", index=True),
        sa.Column("obligation", sa.Integer, sa.ForeignKey("obligations.number"), nullable=False), needed("period"),
        needed("kind"), needed("due", sa.Date), needed("text_vi"), needed("text_en"), needed("at", sa.DateTime),
        needed("is_sent", sa.Boolean), sa.UniqueConstraint("obligation", "period", "kind", name="one_notice"),
    )  # fmt: skip


def make_jobs() -> None:
    op.create_table(
        "jobs", number(), needed("kind", index=True), needed("subject", index=True), needed("payload", sa.JSON),
        needed("state", index=True), needed("run_after", sa.DateTime), needed("tries", sa.Integer),
        sa.Column("leased_by", sa.String), sa.Column("leased_until", sa.DateTime), sa.Column("last_error", sa.String),
        needed("made_by"), needed("made_at", sa.DateTime), sa.Column("done_at", sa.DateTime),
    )  # fmt: skip
    op.create_table(
        "office_clock", sa.Column("one", sa.Integer, primary_key=True, autoincrement=False), needed("seen", sa.DateTime)
    )
    op.create_table(
        "releases_begun", sa.Column("release", sa.String, primary_key=True), needed("kind"),
        needed("state", index=True), needed("submissions", sa.JSON), needed("title_vi"),
        needed("title_en"), needed("reason"), needed("by"),
        needed("through"), needed("at", sa.DateTime),
    )  # fmt: skip


def only_added() -> None:
    for table in ONLY_ADDED:
        for act in ("update", "delete"):
            if op.get_bind().dialect.name == "sqlite":
                op.execute(
                    f"create trigger {table}_no_{act} before {act} on {table} "
                    f"begin select raise(abort, '{table} are only added'); end"
                )
            else:
                op.execute(f"create rule {table}_no_{act} as on {act} to {table} do instead nothing")


def tell_the_past() -> None:
    """The steps of submissions made before there was a history, as far as their own columns tell them."""
    meta = sa.MetaData()
    bind = op.get_bind()
    submissions, steps, files = (sa.Table(n, meta, autoload_with=bind) for n in ("submissions", *ONLY_ADDED))
    for row in bind.execute(sa.select(submissions).order_by(submissions.c.number)).mappings().all():
        base = {"submission": row["number"], "version": 1}
        file = {"file_name": row["file_name"], "file_sha256": row["file_sha256"]}
        bind.execute(files.insert().values(**base, **file, by=row["created_by"], at=row["created_at"]))
        state = "draft"
        for kind, after, who in (
            ("draft", "checked", "created"), ("hand_in", "submitted", "submitted"),
            ("approve", "approved", "approved"), ("publish", "published", "published"),
        ):  # fmt: skip
            if not row[f"{who}_at"]:
                continue
            told = {"kind": kind, "before": state, "after": after, "by": row[f"{who}_by"], "at": row[f"{who}_at"]}
            bind.execute(steps.insert().values(**base, **told, through="cli", reason="", detail={}))
            state = after


def downgrade() -> None:
    for table in (
        "releases_begun", "office_clock", "jobs", "notices", "obligations", "accepted_warnings", "comments", "steps",
        "submission_files",
    ):  # fmt: skip
        op.drop_table(table)
