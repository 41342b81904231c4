"""What meetings decided, what became of it, and what is carried forward to the next one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
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
from data_access.permissions import Action, can, check
from data_access.scope import decision_conditions, intervention_conditions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement
    from sqlmodel import Session

    from data_access.database import Database
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

    @property
    def times_moved(self) -> int:
        """How often its deadline was moved."""
        return sum(step.status == "moved" for step in self.history)


def read_open_decisions(
    database: Database, viewer: Viewer, *, before: int | None = None
) -> tuple[DecisionFact, ...]:
    """Decisions that are not finished, the oldest deadline first.

    `before`: a meeting (id), which is then given what earlier meetings left it: all that was not finished when the one before
    it ended, with what has become of it since. A number that is no meeting is left nothing.
    """
    check(viewer, Action.READ_MEETINGS)
    with database.reading() as session:
        if before is None:
            return _ordered(decision_facts(session, viewer, col(Decision.status).in_(UNFINISHED)))
        meetings = _days(session)
        if before not in meetings:
            return ()
        earlier = {number for number, day in meetings.items() if (day, number) < (meetings[before], before)}
        since = max((meetings[number] for number in earlier), default=date.min)
        zone = _zone(session)
        found = decision_facts(session, viewer, col(Decision.meeting_id).in_(earlier))
        return _ordered(one for one in found if _was_unfinished(one, earlier, since, zone))


def read_decisions(
    database: Database, viewer: Viewer, organisation: int | None = None
) -> tuple[DecisionFact, ...]:
    """All decisions, those of the newest meeting first; `organisation`: only those that it is to carry out."""
    check(viewer, Action.READ_MEETINGS)
    wanted = () if organisation is None else (Decision.organisation_id == organisation,)
    with database.reading() as session:
        found = decision_facts(session, viewer, *wanted)
    return tuple(sorted(found, key=lambda one: (one.held_on, one.id), reverse=True))


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
    numbers = [row.id or 0 for row, *_ in found]
    today = datetime.now(_zone(session)).date()
    areas, categories, steps = (
        _areas(session, numbers),
        _categories(session, numbers),
        _steps(session, numbers),
    )
    interventions = _interventions(session, viewer, {row.intervention_id for row, *_ in found})
    is_told = can(viewer, Action.EXPORT)
    return [
        DecisionFact(
            id=row.id or 0,
            meeting_id=row.meeting_id,
            held_on=meeting.held_on,
            area_set_id=meeting.area_set_id,
            area_set=area_set,
            what=row.what,
            areas=_within(areas[row.id or 0], viewer.sight.codes_in(area_set)),
            place=row.place,
            categories=tuple(categories[row.id or 0]),
            organisation_id=row.organisation_id,
            organisation=organisation,
            person=row.person if is_told else "",
            deadline=row.deadline,
            intervention_id=row.intervention_id if row.intervention_id in interventions else None,
            status=row.status,
            revision=row.revision,
            is_overdue=row.status in UNFINISHED and row.deadline is not None and row.deadline < today,
            history=tuple(_step(step, is_told=is_told) for step in steps[row.id or 0]),
        )
        for row, meeting, area_set, organisation in found
    ]


def _step(row: DecisionEvent, *, is_told: bool) -> DecisionStep:
    actor = row.actor if is_told else ""
    return DecisionStep(row.at, actor, row.meeting_id, row.status, row.reason, row.deadline)


def _was_unfinished(one: DecisionFact, earlier: set[int], since: date, zone: ZoneInfo) -> bool:
    """By what was said of it at earlier meetings, and between them before the day of the last one."""
    before = [step for step in one.history if _is_earlier(step, earlier, since, zone)]
    return before[-1].status in UNFINISHED


def _is_earlier(step: DecisionStep, earlier: set[int], since: date, zone: ZoneInfo) -> bool:
    if step.meeting_id is not None:
        return step.meeting_id in earlier
    return step.at.astimezone(zone).date() < since


def _ordered(found: Iterable[DecisionFact]) -> tuple[DecisionFact, ...]:
    return tuple(sorted(found, key=lambda one: (one.deadline or date.max, one.id)))


def _days(session: Session) -> dict[int, date]:
    return dict(session.execute(select(Meeting.id, col(Meeting.held_on))).all())


def _zone(session: Session) -> ZoneInfo:
    return ZoneInfo(session.get_one(Municipality, MUNICIPALITY_ID).timezone or DEFAULT_TIMEZONE)


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
