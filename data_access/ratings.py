"""How meetings judged the districts, and which of them came first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import false
from sqlmodel import col, select

from data_access.models import Area, AreaSet, Focus, Meeting, Rating
from data_access.permissions import Action, check

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import ColumnElement
    from sqlmodel import Session

    from data_access.database import Database
    from data_access.permissions import AreaKey, Viewer


@dataclass(frozen=True)
class RatingFact:
    """The risk in a district (code) as the meeting judged it: 1 low, 2 raised, 3 high; `revision`: what `rate_area` asks for."""

    area: str
    level: int
    reason: str
    revision: int


@dataclass(frozen=True)
class FocusFact:
    """A district (code) that comes first until the next meeting, by its rank from 1."""

    rank: int
    area: str
    why: str


@dataclass(frozen=True)
class RatingPoint:
    """How a meeting judged the risk in one district."""

    meeting_id: int
    held_on: date
    level: int
    reason: str


def read_rating_history(database: Database, viewer: Viewer, area: AreaKey) -> tuple[RatingPoint, ...]:
    """How meetings judged a district, in all versions of its set, the oldest first; nothing for one that is not seen."""
    check(viewer, Action.READ_MEETINGS)
    query = (
        select(Rating, Meeting)
        .join(Meeting, col(Meeting.id) == col(Rating.meeting_id))
        .join(Area, col(Area.id) == col(Rating.area_id))
        .join(AreaSet, col(AreaSet.id) == col(Area.area_set_id))
        .where(AreaSet.name == area.area_set, Area.code == area.code, *areas_seen(viewer, area.area_set))
        .order_by(col(Meeting.held_on), col(Meeting.id))
    )
    with database.reading() as session:
        rows = session.exec(query).all()
        return tuple(
            RatingPoint(row.meeting_id, meeting.held_on, row.level, row.reason) for row, meeting in rows
        )


def areas_seen(viewer: Viewer, area_set: str) -> list[ColumnElement[bool]]:
    """Conditions for statements over the districts of a set (its name): only those that the viewer sees."""
    codes = viewer.sight.codes_in(area_set)
    if codes is None:
        return []
    return [col(Area.code).in_(sorted(codes)) if codes else false()]


def ratings_of(session: Session, number: int, seen: list[ColumnElement[bool]]) -> tuple[RatingFact, ...]:
    """Those of a meeting in the order of their codes."""
    query = select(Rating, Area.code).join(Area).where(Rating.meeting_id == number, *seen)
    rows = session.exec(query.order_by(col(Area.code))).all()
    return tuple(RatingFact(code, row.level, row.reason, row.revision) for row, code in rows)


def focus_of(session: Session, number: int, seen: list[ColumnElement[bool]]) -> tuple[FocusFact, ...]:
    """Those of a meeting in the order of their ranks."""
    query = select(Focus, Area.code).join(Area).where(Focus.meeting_id == number, *seen)
    rows = session.exec(query.order_by(col(Focus.rank))).all()
    return tuple(FocusFact(row.rank, code, row.why) for row, code in rows)
