"""Who changed what, and when. Triggers refuse to change or delete a row."""

from datetime import datetime
from typing import Any, ClassVar

from sqlmodel import Field

from data_access.models.columns import TableModel, json_column, key, stamp


class AuditLog(TableModel, table=True):
    """One change: the actor, the action ("incident.import"), the object and its essentials, never a note's text."""

    __table_args__: ClassVar[dict[str, bool]] = {"sqlite_autoincrement": True}

    id: int | None = key()
    at: datetime = stamp()
    actor: str = Field(max_length=120)
    action: str = Field(max_length=60)
    subject: str = Field(default="", max_length=200)
    details: dict[str, Any] = json_column()
