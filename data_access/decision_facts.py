"""Decisions as they stand now, with their history, as far as somebody sees them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from data_access.audit import MUNICIPALITY_ID
from data_access.frame import DEFAULT_TIMEZONE
from data_access.models import (
    Area,
    AreaSet,
    Category,
    Decision,
    DecisionArea,
    DecisionCategory,
    DecisionEvent,
    Intervention,
    Meeting,
    Municipality,
    Organisation,
)
from data_access.models.meeting import UNFINISHED
from data_access.permissions import Action, can
from data_access.scope import decision_conditions, intervention_conditions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement
    from sqlmodel import Session

    from data_access.permissions import Viewer


@dataclass(frozen=True)
class DecisionStep:
    """What was said of a decision: its status and deadline from then on; `at` UTC; `meeting_id` None: between meetings.

    `actor` is empty for whoever may not take the register along.
    """

    at: datetime
    actor: str
    meeting_id: int | None
    status: str
    reason: str
    deadline: date | None


@dataclass(frozen=True)
class DecisionFact:
    """A decision as it stands now: districts and types by their codes, only those districts that the viewer sees.

    `held_on`: the day of the meeting that took it. `person`: a function or who took it on; empty for presenters.
    `intervention_id`: None where the viewer does not see it. `is_overdue`: not finished, and its deadline is past, on the
    municipality's clock. `history`: from the day it was taken on, in order.
    """

    id: int
    meeting_id: int
    held_on: date
    area_set_id: int
    area_set: str
    what: str
    areas: tuple[str, ...]
    place: str
    categories: tuple[str, ...]
    organisation_id: int
    organisation: str
    person: str
    deadline: date | None
    intervention_id: int | None
    status: str
    revision: int
    is_overdue: bool
    history: tuple[DecisionStep, ...]

    @property
    def is_unfinished(self) -> bool:
        """Whether it is carried forward to the next meeting."""
        return self.status in UNFINISHED

    def known_at(self, moment: datetime, day: date, meeting: int) -> DecisionFact | None:
        """As it stood when a meeting was closed first (UTC, and the day on the municipality's clock); None before it was taken.

        What was said at the meeting after it was opened again is said at it, too.
        """
        known = tuple(step for step in self.history if step.at < moment or step.meeting_id == meeting)
        if not known:
            return None
        last = known[-1]
        is_overdue = last.status in UNFINISHED and last.deadline is not None and last.deadline < day
        return replace(self, history=known, status=last.status, deadline=last.deadline, is_overdue=is_overdue)

    @property
    def times_moved(self) -> int:
        """How often its deadline was moved."""
        return sum(step.status == "moved" for step in self.history)


def decision_facts(
    session: Session, viewer: Viewer, *wanted: ColumnElement[bool] | bool
) -> list[DecisionFact]:
    """Those of the wanted decisions that the viewer sees, in the order in which they were written."""
    query = (
        select(Decision, Meeting, AreaSet.name, Organisation.name)
        .join(Meeting, col(Meeting.id) == col(Decision.meeting_id))
        .join(AreaSet, col(AreaSet.id) == col(Meeting.area_set_id))
        .join(Organisation, col(Organisation.id) == col(Decision.organisation_id))
        .where(*decision_conditions(viewer), *wanted)
        .order_by(col(Decision.id))
    )
    found = session.exec(query).all()
    beside = _Beside.of(session, viewer, [row for row, *_ in found])
    return [_fact(row, meeting, area_set, owner, beside, viewer) for row, meeting, area_set, owner in found]


def zone_of(session: Session) -> ZoneInfo:
    """The municipality's time zone."""
    return ZoneInfo(session.get_one(Municipality, MUNICIPALITY_ID).timezone or DEFAULT_TIMEZONE)


@dataclass(frozen=True)
class _Beside:
    """What stands beside decisions in other tables, by their numbers; `interventions`: those that the viewer sees."""

    today: date
    areas: defaultdict[int, list[str]]
    categories: defaultdict[int, list[str]]
    steps: defaultdict[int, list[DecisionEvent]]
    interventions: set[int | None]

    @classmethod
    def of(cls, session: Session, viewer: Viewer, rows: list[Decision]) -> _Beside:
        numbers = [row.id or 0 for row in rows]
        return cls(
            datetime.now(zone_of(session)).date(),
            _areas(session, numbers),
            _categories(session, numbers),
            _steps(session, numbers),
            _interventions(session, viewer, {row.intervention_id for row in rows}),
        )


def _fact(
    row: Decision, meeting: Meeting, area_set: str, owner: str, beside: _Beside, viewer: Viewer
) -> DecisionFact:
    number, is_told = row.id or 0, can(viewer, Action.EXPORT)
    return DecisionFact(
        id=number,
        meeting_id=row.meeting_id,
        held_on=meeting.held_on,
        area_set_id=meeting.area_set_id,
        area_set=area_set,
        what=row.what,
        areas=_within(beside.areas[number], viewer.sight.codes_in(area_set)),
        place=row.place,
        categories=tuple(beside.categories[number]),
        organisation_id=row.organisation_id,
        organisation=owner,
        person=row.person if is_told else "",
        deadline=row.deadline,
        intervention_id=row.intervention_id if row.intervention_id in beside.interventions else None,
        status=row.status,
        revision=row.revision,
        is_overdue=row.status in UNFINISHED and row.deadline is not None and row.deadline < beside.today,
        history=tuple(_step(step, is_told=is_told) for step in beside.steps[number]),
    )


def _step(row: DecisionEvent, *, is_told: bool) -> DecisionStep:
    actor = row.actor if is_told else ""
    return DecisionStep(row.at, actor, row.meeting_id, row.status, row.reason, row.deadline)


def _areas(session: Session, numbers: list[int]) -> defaultdict[int, list[str]]:
    query = (
        select(DecisionArea.decision_id, Area.code)
        .join(Area, col(Area.id) == col(DecisionArea.area_id))
        .where(col(DecisionArea.decision_id).in_(numbers))
    )
    return _grouped(session.execute(query.order_by(col(Area.code))).all())


def _categories(session: Session, numbers: list[int]) -> defaultdict[int, list[str]]:
    query = (
        select(DecisionCategory.decision_id, Category.code)
        .join(Category, col(Category.id) == col(DecisionCategory.category_id))
        .where(col(DecisionCategory.decision_id).in_(numbers))
    )
    return _grouped(session.execute(query.order_by(col(Category.code))).all())


def _steps(session: Session, numbers: list[int]) -> defaultdict[int, list[DecisionEvent]]:
    query = select(DecisionEvent).where(col(DecisionEvent.decision_id).in_(numbers))
    found: defaultdict[int, list[DecisionEvent]] = defaultdict(list)
    for row in session.exec(query.order_by(col(DecisionEvent.id))).all():
        found[row.decision_id].append(row)
    return found


def _interventions(session: Session, viewer: Viewer, numbers: set[int | None]) -> set[int | None]:
    """Those that the viewer sees."""
    query = select(Intervention.id).where(
        col(Intervention.id).in_(numbers - {None}), *intervention_conditions(viewer.sight)
    )
    return set(session.exec(query).all())


def _grouped(rows: Iterable[tuple[int, str]]) -> defaultdict[int, list[str]]:
    found: defaultdict[int, list[str]] = defaultdict(list)
    for number, code in rows:
        found[number].append(code)
    return found


def _within(codes: list[str], seen: frozenset[str] | None) -> tuple[str, ...]:
    return tuple(code for code in codes if seen is None or code in seen)
