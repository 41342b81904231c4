"""Files that were read: one batch each, with the rows that were refused."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from data_access.models.columns import TableModel, json_column, key, optional_reference, reference, stamp


class ImportBatch(TableModel, table=True):
    """One file of incidents, read in one transaction; the same file of the same organisation is read once."""

    __table_args__ = (sa.UniqueConstraint("organisation_id", "file_sha256"),)

    id: int | None = key()
    organisation_id: int = reference("organisation")
    file_name: str = Field(max_length=260)
    file_sha256: str = Field(max_length=64)
    reading: dict[str, Any] = json_column()
    rows_read: int = 0
    rows_stored: int = 0
    rows_known: int = 0
    rows_refused: int = 0
    rows_without_area: int = 0
    is_sample: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    created_at: datetime = stamp()


class ImportError_(TableModel, table=True):  # noqa: N801 - the builtin has the name
    """A row that was refused: its number in the file, the field, the value as it stood, and the reason's key."""

    id: int | None = key()
    batch_id: int = reference("import_batch")
    row: int
    field: str = Field(max_length=80)
    value: str = Field(max_length=200)
    reason: str = Field(max_length=80)
    parameters: dict[str, Any] = json_column()


class ColumnMapping(TableModel, table=True):
    """How an organisation's files are to be read, as confirmed last: columns, own codes, CRS, time zone."""

    id: int | None = key()
    organisation_id: int | None = optional_reference("organisation")
    header_sha256: str = Field(max_length=64, index=True)
    mapping: dict[str, Any] = json_column()
    created_at: datetime = stamp()
