"""Counting how often somebody looked at a result: whoever looks at every new week finds a difference sooner or later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data_access.changes.entry import check_week
from data_access.changes.intervention_rows import intervention_seen
from data_access.changes.transaction import changing
from data_access.models import InterventionLook
from data_access.permissions import Action, check

if TYPE_CHECKING:
    from datetime import date

    from data_access.database import Database
    from data_access.permissions import Viewer


def record_look(database: Database, viewer: Viewer, number: int, last_week: date) -> None:
    """Count a look at the result of an intervention at a state of the data, by its last whole week (Monday).

    Whoever sees the result is counted; the same state again, by whomever, is no new look: nothing is written, no lock taken and
    no audit row left. The data version stays in any case. Raises `EntryError`: unknown, not_monday.
    """
    check(viewer, Action.READ_INCIDENTS)
    check_week(last_week)
    with database.reading() as session:
        title = intervention_seen(session, viewer.sight, number).title
        if session.get(InterventionLook, (number, last_week)) is not None:
            return
    with changing(database, viewer, Action.READ_INCIDENTS, subject=title, is_shown=False) as change:
        intervention_seen(change.session, viewer.sight, number)
        if change.session.get(InterventionLook, (number, last_week)) is None:
            change.session.add(InterventionLook(intervention_id=number, last_week=last_week))
        change.details = {"intervention": number, "last_week": last_week.isoformat()}
