"""Runs the migrations on the connection that ``database.open_workflow`` hands over."""

from alembic import context

from lienvung.workflow.tables import Base

context.configure(connection=context.config.attributes["connection"], target_metadata=Base.metadata)
with context.begin_transaction():
    context.run_migrations()
