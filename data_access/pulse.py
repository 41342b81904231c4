"""Whether the database answers, for whoever watches the server: no one is told what is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import select

from data_access.database import DatabaseError
from data_access.models import Municipality

if TYPE_CHECKING:
    from data_access.database import Database


def answers(database: Database) -> bool:
    """Whether one row can be read; False whatever is in the way."""
    try:
        with database.reading() as session:
            return session.exec(select(Municipality.id)).first() is not None
    except (SQLAlchemyError, DatabaseError, OSError):
        return False
