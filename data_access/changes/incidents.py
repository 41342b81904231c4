"""Writing incidents: a whole file in one transaction, the same file or row never twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlmodel import Session, select

from data_access.changes.incident_rows import fresh_rows, place_rows, store_rows
from data_access.changes.municipality import organisation_id_of, organisation_named
from data_access.changes.transaction import Change, changing
from data_access.importers.errors import tellable
from data_access.importers.personal import FREE_TEXTS, personal_rows, without_personal_entries
from data_access.models import Category, CategoryCode, ColumnMapping, ImportBatch, ImportError_
from data_access.permissions import Action, check_act_for

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pandas as pd

    from data_access.database import Database
    from data_access.importers.errors import RowError
    from data_access.permissions import Viewer


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

    Rows with personal data in a note or an own code are refused here, whatever read the file. A row is known when the
    organisation already has its source key. Raises ValueError when the points are in another CRS than the municipality's, and
    `EntryError` (name_empty, name_long) for the organisation's name.
    """
    with changing(
        database, viewer, Action.IMPORT_INCIDENTS, subject=f"{organisation}: {file.name}"
    ) as change:
        check_act_for(viewer, organisation_id_of(change, organisation))
        owner = organisation_named(change, organisation, kind=organisation_kind, is_sample=is_sample)
        known = _same_file(change.session, owner.id, file.sha256)
        if known is not None:
            return _known_file(change, known, file)
        return _new_file(change, owner.id, _without_personal_data(file), progress, is_sample=is_sample)


def _without_personal_data(file: IncidentFile) -> IncidentFile:
    """The file with such rows among the refused, and with nothing personal in what is remembered of it."""
    errors = personal_rows({name: file.rows[name] for name in FREE_TEXTS}, file.rows["row"].tolist())
    mapping = {
        name: without_personal_entries(part) if isinstance(part, dict) else part
        for name, part in file.mapping.items()
    }
    is_good = np.ones(len(file.rows), bool)
    is_good[list(errors)] = False
    return replace(
        file,
        rows=file.rows.loc[is_good] if errors else file.rows,
        refused=[*file.refused, *(errors[position] for position in sorted(errors))],
        reading=tellable(file.reading),
        mapping=mapping,
    )


def _known_file(change: Change, batch: ImportBatch, file: IncidentFile) -> ImportOutcome:
    """Nothing is written: its good rows are known, its bad ones were kept the first time."""
    change.details = {"known_batch": batch.id}
    known = file.rows_read - batch.rows_refused
    return ImportOutcome(batch.id, file.rows_read, 0, known, batch.rows_refused, 0)


def _new_file(
    change: Change,
    organisation_id: int | None,
    file: IncidentFile,
    progress: Callable[[float, str], None],
    *,
    is_sample: bool,
) -> ImportOutcome:
    session = change.session
    _decide_calendar_and_crs(change, file)
    batch = _new_batch(change, organisation_id, file, is_sample=is_sample)
    progress(0.1, "storing")
    fresh = fresh_rows(session, organisation_id, file.rows)
    ids = store_rows(change, organisation_id, batch.id, fresh)
    progress(0.7, "placing")
    without_area = place_rows(session, ids, fresh)
    _keep_errors(session, batch.id, file.refused)
    _remember(session, organisation_id, file)
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


def _new_batch(
    change: Change, organisation_id: int | None, file: IncidentFile, *, is_sample: bool
) -> ImportBatch:
    batch = ImportBatch(
        organisation_id=organisation_id or 0,
        file_name=file.name[:260],
        file_sha256=file.sha256,
        reading=file.reading,
        is_sample=is_sample,
    )
    change.session.add(batch)
    change.session.flush()
    return batch


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
        entry = own.get(own_code[:200]) or CategoryCode(
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
