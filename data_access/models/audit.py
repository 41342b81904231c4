"""Who changed what, and when. Triggers refuse to change or delete a row, and each row names the one before it."""

from datetime import datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field

from data_access.models.columns import TableModel, json_column, key, stamp


class AuditLog(TableModel, table=True):
    """One change, sign-in or export: who, the action ("incidents.import"), the object, its essentials, never a note's text.

    `sha256` is the hash of the row's contents and of `previous_sha256`, the hash of the row before it (see `data_access.audit`).
    `actor_id`: the user's id; no foreign key, because the log outlives whom it names.
    """

    __table_args__: ClassVar[dict[str, bool]] = {"sqlite_autoincrement": True}

    id: int | None = key()
    at: datetime = stamp()
    actor: str = Field(max_length=120)
    actor_id: int | None = Field(default=None, sa_type=sa.BigInteger)
    action: str = Field(max_length=60)
    subject: str = Field(default="", max_length=200)
    details: dict[str, Any] = json_column()
    previous_sha256: str = Field(
        default="", max_length=64, sa_column_kwargs={"server_default": sa.text("''")}
    )
    sha256: str = Field(default="", max_length=64, sa_column_kwargs={"server_default": sa.text("''")})
