"""Writing what was delivered of an intervention, week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, delete

from data_access.changes.entry import EntryError, check_week, check_within, monday_of
from data_access.changes.intervention_rows import intervention_to_change
from data_access.changes.transaction import changing
from data_access.models import Dose
from data_access.permissions import Action

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from data_access.database import Database
    from data_access.models import Intervention
    from data_access.permissions import Viewer

LARGEST_DOSE = 1_000_000


def record_doses(database: Database, viewer: Viewer, number: int, doses: Mapping[date, float | None]) -> None:
    """Write what was delivered in some weeks (Mondays), in the intervention's unit, in place of what was there; None: not known.

    The revision stays: a dose is no edit of what was planned. Raises `EntryError`: unknown, not_monday, dose_week (outside of
    the weeks from the start to the end), out_of_range; `NotPermittedError` for an organisation that is not theirs to act for.
    """
    with changing(database, viewer, Action.WRITE_INTERVENTIONS) as change:
        session = change.session
        row = intervention_to_change(change, number)
        for week, amount in doses.items():
            check_week(week)
            _check_period(row, week)
            if amount is not None:
                check_within("dose", amount, 0, LARGEST_DOSE)
        session.execute(
            delete(Dose).where(col(Dose.intervention_id) == number, col(Dose.week).in_(list(doses)))
        )
        session.add_all(
            Dose(intervention_id=number, week=week, amount=amount)
            for week, amount in doses.items()
            if amount is not None
        )
        change.details = {"intervention": number, "weeks": [week.isoformat() for week in sorted(doses)]}


def _check_period(row: Intervention, week: date) -> None:
    if week < monday_of(row.starts_on) or (row.ends_on is not None and week > row.ends_on):
        last = row.ends_on.isoformat() if row.ends_on else ""
        raise EntryError("dose_week", week=week.isoformat(), first=row.starts_on.isoformat(), last=last)
