"""Writing interventions: the register and its statuses."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlmodel import col, delete, func, or_, select, update

from data_access.changes.entry import EntryError, TextKey, monday_of
from data_access.changes.finding_rows import finding_to_point_to
from data_access.changes.intervention_entry import InterventionEntry, checked
from data_access.changes.intervention_log import ENTERED, log_changes, state_of
from data_access.changes.intervention_places import Places, category_ids, places_of, store_places
from data_access.changes.intervention_rows import intervention_to_change
from data_access.changes.intervention_status import (
    check_days,
    check_end,
    check_not_on_record,
    check_transition,
    take_status,
)
from data_access.changes.municipality import organisation_id_of, organisation_named
from data_access.changes.transaction import Change, changing
from data_access.models import (
    Decision,
    Dose,
    Intervention,
    InterventionArea,
    InterventionCategory,
    InterventionChange,
    InterventionComparison,
    InterventionLook,
)
from data_access.models.intervention import BEFORE_IT_BEGAN, OVER
from data_access.permissions import Action, check_act_for
from data_access.survey_goals import is_survey_goal

if TYPE_CHECKING:
    from datetime import date

    from data_access.database import Database
    from data_access.permissions import Viewer

PARTS = (
    InterventionArea,
    InterventionComparison,
    InterventionCategory,
    Dose,
    InterventionChange,
    InterventionLook,
)
"""Tables whose rows belong to an intervention and go with it."""


def record_intervention(
    database: Database,
    viewer: Viewer,
    entry: InterventionEntry,
    *,
    area_set_id: int,
    is_sample: bool = False,
) -> int:
    """Store an intervention in districts of a set; its id.

    Raises `PersonalDataError` for personal data in any of its texts, `UnknownCodesError` for codes that are not there or not
    the viewer's to see, `NotPermittedError` for an organisation that is not theirs to act for, `EntryError`: what `checked`,
    `finding_to_point_to` and `places_of` refuse, end_missing for what is over, unknown (a goal that is in no survey), and
    name_empty, name_long for the organisation's name.
    """
    with changing(database, viewer, Action.WRITE_INTERVENTIONS) as change:
        entry = checked(entry)
        if entry.status in OVER:
            check_end(entry.ends_on)
        check_act_for(viewer, organisation_id_of(change, entry.organisation))
        finding_to_point_to(change.session, viewer, entry.finding_id)
        places = places_of(change.session, viewer.sight, area_set_id, entry)
        _check_goal(change, entry)
        categories = category_ids(change.session, entry.category_codes)
        owner = organisation_named(change, entry.organisation, is_sample=is_sample)
        row = Intervention(area_set_id=area_set_id, organisation_id=owner.id or 0, title=entry.title,
                           kind=entry.kind, starts_on=entry.starts_on, status=entry.status, is_sample=is_sample)  # fmt: skip
        _fill(row, entry, places)
        change.session.add(row)
        change.session.flush()
        store_places(change.session, row.id or 0, places, categories)
        change.subject = entry.title
        change.details = {"intervention": row.id, "areas": state_of(change.session, row)["areas"]}
        return row.id or 0


def change_intervention(
    database: Database, viewer: Viewer, number: int, entry: InterventionEntry, *, revision: int
) -> None:
    """Write an intervention anew and keep what was changed; its status is not looked at: `move_intervention` changes that.

    `revision`: the one that the person saw. Districts and comparison outside of the viewer's sight stay as they are. Raises
    what `record_intervention` raises, and `EntryError`: unknown, changed_meanwhile, doses_outside, and starts_later, ends_later
    where its status does not go with the days.
    """
    with changing(database, viewer, Action.WRITE_INTERVENTIONS) as change:
        session = change.session
        row = intervention_to_change(change, number, revision=revision)
        entry = checked(entry)
        check_act_for(viewer, organisation_id_of(change, entry.organisation))
        check_days(row.status, entry.starts_on, entry.ends_on, change.today)
        _keep_doses_within(change, number, entry.starts_on, entry.ends_on)
        places = places_of(session, viewer.sight, row.area_set_id, entry, Places.stored(session, row))
        entry = replace(
            entry, finding_id=finding_to_point_to(session, viewer, entry.finding_id, row.finding_id)
        )
        if places.comparison and not entry.comparison_reason:
            # What is left of a comparison that the person does not see keeps its reason.
            entry = replace(entry, comparison_reason=row.comparison_reason)
        _check_goal(change, entry)
        categories = category_ids(session, entry.category_codes)
        owner = organisation_named(change, entry.organisation, is_sample=row.is_sample)
        before = state_of(session, row)
        row.organisation_id = owner.id or 0
        _fill(row, entry, places)
        store_places(session, number, places, categories)
        _end(change, row, log_changes(change, row, before))


def move_intervention(
    database: Database, viewer: Viewer, number: int, status: str, *, revision: int, reason: str = ""
) -> None:
    """Move an intervention on to another status, as `TRANSITIONS` allows, and keep that it was.

    `reason`: why it is cancelled. Raises what `take_status` raises, `EntryError`: unknown, changed_meanwhile, bad_transition,
    doses_outside; `NotPermittedError` for an organisation that is not the viewer's to act for.
    """
    with changing(database, viewer, Action.WRITE_INTERVENTIONS) as change:
        row = intervention_to_change(change, number, revision=revision)
        check_transition(row.status, status)
        before = state_of(change.session, row)
        take_status(change, row, status, reason)
        _keep_doses_within(change, number, row.starts_on, row.ends_on)
        _end(change, row, log_changes(change, row, before))


def remove_intervention(database: Database, viewer: Viewer, number: int) -> None:
    """Delete an intervention that has not begun, with all that belongs to it.

    Raises `EntryError`: unknown, has_begun, on_record; `NotPermittedError` for an organisation that is not the viewer's to act
    for.
    """
    with changing(database, viewer, Action.WRITE_INTERVENTIONS) as change:
        row = intervention_to_change(change, number)
        if row.status not in BEFORE_IT_BEGAN:
            raise EntryError("has_begun", status=TextKey(f"intervention_status.{row.status}"))
        check_not_on_record(change, row)
        change.details = {"intervention": number, "removed": True}
        linked = update(Decision).where(col(Decision.intervention_id) == number)
        change.session.execute(linked.values(intervention_id=None))
        for part in PARTS:
            change.session.execute(delete(part).where(col(part.intervention_id) == number))
        change.session.delete(row)


def _check_goal(change: Change, entry: InterventionEntry) -> None:
    """What is aimed at in a survey is in the catalogue."""
    asked = entry.goal_instrument, entry.goal_indicator
    if any(asked) and not is_survey_goal(change.session, *asked):
        raise EntryError("unknown", field="goal_indicator", value=" ".join(filter(None, asked)))


def _fill(row: Intervention, entry: InterventionEntry, places: Places) -> None:
    for name in ENTERED:
        setattr(row, name, getattr(entry, name))
    row.polygon_wkb = places.polygon_wkb


def _end(change: Change, row: Intervention, changed: list[str]) -> None:
    """Nothing changed is no edit."""
    row.revision += bool(changed)
    change.session.add(row)
    change.subject = row.title
    change.details = {"intervention": row.id, "revision": row.revision, "changed": changed}


def _keep_doses_within(change: Change, number: int, starts_on: date, ends_on: date | None) -> None:
    is_outside = col(Dose.week) < monday_of(starts_on)
    if ends_on is not None:
        is_outside = or_(is_outside, col(Dose.week) > ends_on)
    query = select(func.count()).select_from(Dose).where(Dose.intervention_id == number, is_outside)
    count = change.session.exec(query).one()
    if count:
        raise EntryError("doses_outside", count=count)
