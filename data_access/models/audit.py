"""Who changed what, and when. Triggers refuse to change or delete a row."""

from datetime import datetime
from typing import Any

from sqlmodel import Field, SQLModel

from data_access.models.columns import json_column, key, stamp


class AuditLog(SQLModel, table=True):
    """One change: the actor, the action ("incident.import"), the object and its essentials, never a note's text."""

    __tablename__ = "audit_log"
    __table_args__ = {"sqlite_autoincrement": True}

    id: int | None = key()
    at: datetime = stamp()
    actor: str = Field(max_length=120)
    action: str = Field(max_length=60)
    subject: str = Field(default="", max_length=200)
    details: dict[str, Any] = json_column()
