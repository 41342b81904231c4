"""What each source has delivered: records, their days, and its last file."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Select, func, select
from sqlmodel import col

from data_access.disclosure import told_counts
from data_access.frame import AreaSetFact, read_frame
from data_access.models import Area, ImportBatch, Incident, IncidentArea, Organisation
from data_access.permissions import Action, Sight, Viewer, can_import_for, check
from data_access.scope import conditions

if TYPE_CHECKING:
    from datetime import date, datetime

    from data_access.database import Database


@dataclass(frozen=True)
class SourceSummary:
    """A reporting organisation: its records (None: too few to tell), their days, its newest file, rows refused in all files."""

    name: str
    kind: str
    records: int | None
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
    """Imported files of incidents, newest first: all, or those of the viewer's own organisation."""
    check(viewer, Action.IMPORT_INCIDENTS)
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
            if can_import_for(viewer, batch.organisation_id)
        ]


def read_sources(database: Database, viewer: Viewer) -> list[SourceSummary]:
    """Every organisation with records that the viewer sees, by name; of its files only what the viewer could import too."""
    check(viewer, Action.READ_INCIDENTS)
    area_set = read_frame(database, viewer).area_set
    with database.reading() as session:
        batches = session.scalars(select(ImportBatch).order_by(col(ImportBatch.id))).all()
        rows = session.execute(_days(viewer.sight, area_set)).all()
        told = told_counts(np.array([row[3] for row in rows], np.float64), viewer.sight.fewest)
        return [
            _summary(row, count, [batch for batch in batches if batch.organisation_id == row[0]], viewer)
            for row, count in zip(rows, told.tolist(), strict=True)
        ]


def _days(sight: Sight, area_set: AreaSetFact | None) -> Select[*tuple[Any, ...]]:
    """Records per organisation with their first and last day."""
    days = select(
        col(Organisation.id),
        col(Organisation.name),
        col(Organisation.kind),
        func.count(col(Incident.id)),
        func.min(col(Incident.local_date)),
        func.max(col(Incident.local_date)),
    ).join(Incident, col(Incident.organisation_id) == col(Organisation.id))
    if sight.areas is not None:
        in_set = col(IncidentArea.area_set_id) == (area_set.id if area_set else None)
        days = days.join(IncidentArea, (col(IncidentArea.incident_id) == col(Incident.id)) & in_set)
        days = days.join(Area, col(Area.id) == col(IncidentArea.area_id))
    seen = conditions(sight, area_set.name if area_set else None)
    return days.where(*seen).group_by(col(Organisation.id)).order_by(col(Organisation.name))


def _summary(row: Any, count: float, own: list[ImportBatch], viewer: Viewer) -> SourceSummary:
    number, name, kind, _, first, last = row
    own = own if can_import_for(viewer, number) else []
    newest = own[-1] if own else None
    return SourceSummary(
        name=name,
        kind=kind,
        records=None if isnan(count) else int(count),
        first_date=first,
        last_date=last,
        last_import_at=newest.created_at if newest else None,
        last_file=newest.file_name if newest else "",
        files=len(own),
        refused=sum(batch.rows_refused for batch in own),
    )
