"""What every table of the workflow database has in common. Instants are naive UTC."""

from __future__ import annotations

from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """All tables of the workflow database."""
