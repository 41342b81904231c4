"""Writing incidents: a whole file in one transaction, the same file or row never twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlmodel import Session, col, select

from data_access.bulk import insert_columns
from data_access.changes.areas import store_places
from data_access.changes.municipality import organisation_named
from data_access.changes.placement import Placement, place
from data_access.changes.transaction import Change, changing
from data_access.local_calendar import local_calendar
from data_access.models import (
    AreaSet,
    Category,
    CategoryCode,
    ColumnMapping,
    ImportBatch,
    ImportError_,
    Incident,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from data_access.database import Database
    from data_access.importers.errors import RowError
    from data_access.permissions import Viewer

FILE_SOURCE = "file"


@dataclass(frozen=True)
class IncidentFile:
    """A file of incidents as the importers read it, ready to be stored.

    `rows`: one row per incident with the columns row, source_key, category_code, own_code, occurred_from, occurred_to
    (datetime64[s], UTC), time_precision, x, y (metres in `srid`, NaN for none), place_precision, area_code, certainty,
    police_reported, severity, note. `reading` says how it was read, `mapping` and `header_sha256` are what is remembered.
    """

    name: str
    sha256: str
    rows: pd.DataFrame
    refused: Sequence[RowError]
    rows_read: int
    reading: dict[str, Any]
    mapping: dict[str, Any]
    header_sha256: str
    srid: int | None
    timezone: str


@dataclass(frozen=True)
class ImportOutcome:
    """What became of a file of incidents; read = stored + known + refused."""

    batch_id: int | None
    read: int
    stored: int
    known: int
    refused: int
    without_area: int


def record_incidents(
    database: Database,
    viewer: Viewer,
    file: IncidentFile,
    *,
    organisation: str,
    organisation_kind: str = "other",
    is_sample: bool = False,
    progress: Callable[[float, str], None] = lambda _share, _step: None,
) -> ImportOutcome:
    """Store a file's good rows and keep its bad ones as import errors, in one transaction.

    A row is known when the organisation already has its source key. Raises ValueError when the points are in another CRS than
    the municipality's.
    """
    with changing(database, viewer, "incidents.import", subject=f"{organisation}: {file.name}") as change:
        owner = organisation_named(change, organisation, kind=organisation_kind, is_sample=is_sample)
        if (batch := _same_file(change.session, owner.id, file.sha256)) is not None:
            change.details = {"known_batch": batch.id}
            return ImportOutcome(
                batch.id, file.rows_read, 0, file.rows_read - batch.rows_refused, batch.rows_refused, 0
            )
        _decide_calendar_and_crs(change, file)
        batch = _new_batch(change, owner.id, file)
        progress(0.1, "storing")
        fresh = file.rows[~_known(change.session, owner.id, file.rows)]
        ids = _store(change, owner.id, batch.id, fresh)
        progress(0.7, "placing")
        without_area = _place(change.session, ids, fresh)
        _keep_errors(change.session, batch.id, file.refused)
        _remember(change.session, owner.id, file)
        outcome = ImportOutcome(
            batch_id=batch.id,
            read=file.rows_read,
            stored=len(fresh),
            known=file.rows_read - len(fresh) - len(file.refused),
            refused=len(file.refused),
            without_area=without_area,
        )
        _close_batch(change, batch, outcome)
        progress(1.0, "done")
        return outcome


def _same_file(session: Session, organisation_id: int | None, sha256: str) -> ImportBatch | None:
    query = select(ImportBatch).where(
        ImportBatch.organisation_id == organisation_id, ImportBatch.file_sha256 == sha256
    )
    return session.exec(query).first()


def _decide_calendar_and_crs(change: Change, file: IncidentFile) -> None:
    municipality = change.municipality
    if municipality.timezone is None:
        municipality.timezone = file.timezone
    if municipality.srid is None:
        municipality.srid = file.srid
    if file.srid is not None and file.srid != municipality.srid:
        message = f"points are in EPSG:{file.srid}, the municipality is in EPSG:{municipality.srid}: transform them first"
        raise ValueError(message)


def _new_batch(change: Change, organisation_id: int | None, file: IncidentFile) -> ImportBatch:
    batch = ImportBatch(
        organisation_id=organisation_id or 0,
        file_name=file.name[:260],
        file_sha256=file.sha256,
        reading=file.reading,
    )
    change.session.add(batch)
    change.session.flush()
    return batch


def _known(session: Session, organisation_id: int | None, rows: pd.DataFrame) -> np.ndarray:
    query = select(Incident.source_key).where(
        Incident.organisation_id == organisation_id, Incident.source == FILE_SOURCE
    )
    stored = set(session.exec(query).all())
    return rows["source_key"].isin(stored).to_numpy() if stored else np.zeros(len(rows), bool)


def _store(
    change: Change, organisation_id: int | None, batch_id: int | None, rows: pd.DataFrame
) -> np.ndarray:
    """Insert the rows; their new ids in the same order."""
    session = change.session
    count = len(rows)
    occurred_from = rows["occurred_from"].to_numpy().astype("datetime64[s]")
    calendar = local_calendar(occurred_from, change.municipality.timezone or "UTC")
    precision = rows["time_precision"].to_numpy(object)
    category_ids = dict(session.execute(select(Category.code, Category.id)).all())
    plain = (
        "own_code",
        "time_precision",
        "place_precision",
        "area_code",
        "certainty",
        "police_reported",
        "note",
    )
    columns: dict[str, Any] = {
        "organisation_id": [organisation_id] * count,
        "category_id": [category_ids[code] for code in rows["category_code"]],
        "occurred_from": occurred_from,
        "occurred_to": rows["occurred_to"].to_numpy().astype("datetime64[s]"),
        "local_date": calendar.date,
        "local_week": calendar.week,
        "local_weekday": calendar.weekday,
        "local_hour": np.where(precision == "exact", calendar.hour, None),
        "x": rows["x"].to_numpy(float),
        "y": rows["y"].to_numpy(float),
        "severity": rows["severity"].to_numpy(float, na_value=np.nan),
        "source": [FILE_SOURCE] * count,
        "source_key": rows["source_key"].tolist(),
        "batch_id": [batch_id] * count,
        "created_at": np.full(count, np.datetime64(datetime.now(UTC).replace(tzinfo=None), "s")),
    } | {name: _or_none(rows[name]) for name in plain}
    insert_columns(session, Incident, columns)
    query = select(Incident.source_key, Incident.id).where(
        Incident.organisation_id == organisation_id,
        Incident.source == FILE_SOURCE,
        Incident.batch_id == batch_id,
    )
    id_of_key = dict(session.execute(query).all())
    return np.array([id_of_key[key] for key in columns["source_key"]], np.int64)


def _or_none(column: pd.Series) -> list[Any]:
    return column.astype(object).where(column.notna(), None).tolist()


def _place(session: Session, ids: np.ndarray, rows: pd.DataFrame) -> int:
    """Place new incidents in every set; how many lie in no district of the newest set."""
    without = len(rows)
    for area_set_id in session.exec(select(AreaSet.id).order_by(col(AreaSet.id))).all():
        area_ids = place(
            Placement.of(session, area_set_id or 0),
            rows["x"].to_numpy(float),
            rows["y"].to_numpy(float),
            rows["place_precision"].to_numpy(object),
            np.array(_or_none(rows["area_code"]), object),
        )
        store_places(session, area_set_id or 0, ids, area_ids)
        without = int((area_ids < 0).sum())
    return without


def _keep_errors(session: Session, batch_id: int | None, refused: Sequence[RowError]) -> None:
    session.add_all(
        ImportError_(
            batch_id=batch_id or 0,
            row=error.row,
            field=error.field[:80],
            value=error.value[:200],
            reason=error.reason,
            parameters=dict(error.parameters),
        )
        for error in refused
    )


def _remember(session: Session, organisation_id: int | None, file: IncidentFile) -> None:
    """Keep the confirmed mapping for files with the same header, and the organisation's own codes."""
    same = select(ColumnMapping).where(
        ColumnMapping.organisation_id == organisation_id, ColumnMapping.header_sha256 == file.header_sha256
    )
    known = session.exec(same).first() or ColumnMapping(
        organisation_id=organisation_id, header_sha256=file.header_sha256
    )
    known.mapping = file.mapping
    session.add(known)
    category_ids = dict(session.execute(select(Category.code, Category.id)).all())
    codes = session.exec(select(CategoryCode).where(CategoryCode.organisation_id == organisation_id)).all()
    own = {code.own_code: code for code in codes}
    for own_code, category_code in file.mapping.get("categories", {}).items():
        entry = own.get(own_code) or CategoryCode(
            organisation_id=organisation_id or 0, own_code=own_code[:200]
        )
        entry.category_id = category_ids.get(category_code)
        session.add(entry)


def _close_batch(change: Change, batch: ImportBatch, outcome: ImportOutcome) -> None:
    batch.rows_read, batch.rows_stored, batch.rows_known = outcome.read, outcome.stored, outcome.known
    batch.rows_refused, batch.rows_without_area = outcome.refused, outcome.without_area
    change.session.add(batch)
    counts = replace(outcome, batch_id=None)
    change.details = {"batch": batch.id} | {k: v for k, v in vars(counts).items() if k != "batch_id"}
