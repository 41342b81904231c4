"""What each source has delivered: records, their days, and its last file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlmodel import col

from data_access.models import ImportBatch, Incident, Organisation
from data_access.permissions import Viewer, check

if TYPE_CHECKING:
    from datetime import date, datetime

    from data_access.database import Database


@dataclass(frozen=True)
class SourceSummary:
    """A reporting organisation: its records and days, its newest file, and rows refused in all its files."""

    name: str
    kind: str
    records: int
    first_date: date
    last_date: date
    last_import_at: datetime | None
    last_file: str
    files: int
    refused: int


@dataclass(frozen=True)
class FileSummary:
    """An imported file and what became of its rows."""

    batch_id: int
    name: str
    organisation: str
    imported_at: datetime
    stored: int
    refused: int


def read_files(database: Database, viewer: Viewer) -> list[FileSummary]:
    """Every imported file of incidents, newest first."""
    check(viewer, "incidents.read")
    query = (
        select(ImportBatch, col(Organisation.name))
        .join(Organisation, col(Organisation.id) == col(ImportBatch.organisation_id))
        .order_by(col(ImportBatch.id).desc())
    )
    with database.reading() as session:
        return [
            FileSummary(
                batch.id or 0, batch.file_name, owner, batch.created_at, batch.rows_stored, batch.rows_refused
            )
            for batch, owner in session.execute(query).all()
        ]


def read_sources(database: Database, viewer: Viewer) -> list[SourceSummary]:
    """Every organisation with records, by name."""
    check(viewer, "incidents.read")
    days = select(
        col(Organisation.id),
        col(Organisation.name),
        col(Organisation.kind),
        func.count(col(Incident.id)),
        func.min(col(Incident.local_date)),
        func.max(col(Incident.local_date)),
    )
    days = days.join(Incident, col(Incident.organisation_id) == col(Organisation.id)).group_by(
        col(Organisation.id)
    )
    with database.reading() as session:
        batches = session.scalars(select(ImportBatch).order_by(col(ImportBatch.id))).all()
        rows = session.execute(days.order_by(col(Organisation.name))).all()
        return [
            _summary(row, [batch for batch in batches if batch.organisation_id == row[0]]) for row in rows
        ]


def _summary(row: Any, own: list[ImportBatch]) -> SourceSummary:
    _, name, kind, records, first, last = row
    newest = own[-1] if own else None
    return SourceSummary(
        name=name,
        kind=kind,
        records=records,
        first_date=first,
        last_date=last,
        last_import_at=newest.created_at if newest else None,
        last_file=newest.file_name if newest else "",
        files=len(own),
        refused=sum(batch.rows_refused for batch in own),
    )
