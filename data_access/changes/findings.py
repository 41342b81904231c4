"""Writing the register of findings: recorded, corrected, withdrawn; none is ever deleted, interventions point to them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlmodel import col, delete, update

from data_access.changes.finding_entry import FindingEntry, checked_finding, clean_in_finding
from data_access.changes.finding_rows import check_rests_on, finding_to_change, store_areas
from data_access.changes.transaction import changing
from data_access.models import Finding, FindingArea, Intervention
from data_access.permissions import Action

if TYPE_CHECKING:
    from sqlmodel import Session
    from sqlmodel.sql.expression import SelectOfScalar

    from data_access.database import Database
    from data_access.permissions import Viewer

_WRITTEN = ("statement", "source", "wave_id", "indicator_code")


def record_finding(
    database: Database, viewer: Viewer, entry: FindingEntry, *, area_set_id: int | None
) -> int:
    """Store a finding in districts of a set, for the viewer's organisation; its number.

    `area_set_id` None: there are no districts, and it is of the whole municipality. Raises `PersonalDataError`,
    `UnknownCodesError`, `EntryError`: what `checked_finding` and `check_rests_on` refuse.
    """
    with changing(database, viewer, Action.WRITE_INTERVENTIONS, is_shown=False) as change:
        entry = checked_finding(entry)
        check_rests_on(change.session, entry)
        row = Finding(
            area_set_id=area_set_id,
            organisation_id=viewer.organisation_id,
            statement=entry.statement,
            source=entry.source,
            wave_id=entry.wave_id,
            indicator_code=entry.indicator_code,
        )
        change.session.add(row)
        change.session.flush()
        store_areas(change, row, entry.area_codes)
        change.subject = entry.statement
        change.details = {"finding": row.id, "source": row.source, "areas": list(entry.area_codes)}
        return row.id or 0


def change_finding(
    database: Database, viewer: Viewer, number: int, entry: FindingEntry, *, revision: int
) -> None:
    """Write a finding anew; `revision`: the one that the person saw. Districts that they do not see stay as they are.

    Raises what `record_finding` raises, and `EntryError`: unknown, changed_meanwhile, finding_withdrawn; `NotPermittedError` for
    one of another organisation.
    """
    with changing(database, viewer, Action.WRITE_INTERVENTIONS, is_shown=False) as change:
        row = finding_to_change(change, number, revision=revision)
        entry = checked_finding(entry)
        check_rests_on(change.session, entry)
        changed = [name for name in _WRITTEN if getattr(row, name) != getattr(entry, name)]
        for name in changed:
            setattr(row, name, getattr(entry, name))
        if store_areas(change, row, entry.area_codes):
            changed.append("areas")
        row.revision += bool(changed)
        change.session.add(row)
        change.subject = row.statement
        change.details = {"finding": number, "revision": row.revision, "changed": changed}


def withdraw_finding(database: Database, viewer: Viewer, number: int, reason: str, *, revision: int) -> None:
    """Say that a finding holds no more, and why: it stays in the register, and where it was answered already.

    Raises `PersonalDataError`, `EntryError`: unknown, changed_meanwhile, finding_withdrawn, text_empty, text_long;
    `NotPermittedError`.
    """
    with changing(database, viewer, Action.WRITE_INTERVENTIONS, is_shown=False) as change:
        row = finding_to_change(change, number, revision=revision)
        row.withdrawn_reason = clean_in_finding("withdrawn_reason", reason)
        row.withdrawn_at = datetime.now(UTC)
        row.revision += 1
        change.session.add(row)
        change.details = {"finding": number, "withdrawn": True}


def remove_findings(session: Session, chosen: SelectOfScalar[Any]) -> None:
    """Delete findings (a question for their ids), before the districts that they are about go."""
    answered = update(Intervention).where(col(Intervention.finding_id).in_(chosen))
    session.execute(answered.values(finding_id=None))
    session.execute(delete(FindingArea).where(col(FindingArea.finding_id).in_(chosen)))
    session.execute(delete(Finding).where(col(Finding.id).in_(chosen)))
