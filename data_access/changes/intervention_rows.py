"""Finding an intervention that somebody sees, or may change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import select

from data_access.changes.entry import EntryError
from data_access.models import Intervention
from data_access.permissions import check_act_for
from data_access.scope import intervention_conditions

if TYPE_CHECKING:
    from sqlmodel import Session

    from data_access.changes.transaction import Change
    from data_access.permissions import Sight


def intervention_seen(session: Session, sight: Sight, number: int) -> Intervention:
    """The intervention of a number. Raises `EntryError` unknown where it is not there, or none of its districts is seen."""
    found = session.exec(select(Intervention).where(*intervention_conditions(sight, number))).one_or_none()
    if found is None:
        raise EntryError("unknown", value=str(number))
    return found


def intervention_to_change(change: Change, number: int, *, revision: int | None = None) -> Intervention:
    """The same, for whoever may act for its organisation; the audit row will name it.

    Raises `EntryError`: unknown, changed_meanwhile (it has another revision than the one that somebody looked at), and
    `NotPermittedError`.
    """
    found = intervention_seen(change.session, change.viewer.sight, number)
    check_act_for(change.viewer, found.organisation_id)
    if revision not in (None, found.revision):
        raise EntryError("changed_meanwhile")
    change.subject = found.title
    return found
