"""What an intervention can aim at in a survey: the catalogue of questions, and all that have an index together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from data_access.models import SurveyIndicator
from data_access.permissions import Action, check
from data_access.surveys.stored import TOTAL

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.permissions import Viewer
    from data_access.surveys.told import Instrument, Measure, Polarity

TOTAL_OF: Instrument = "safety"
"""The instrument whose indexes are told together."""


@dataclass(frozen=True)
class SurveyGoal:
    """A question to follow; names in both languages. `measure`: what is compared, an index or a share."""

    instrument: Instrument
    code: str
    polarity: Polarity
    name_sv: str
    name_en: str
    measure: Measure


TOTAL_GOAL = SurveyGoal(TOTAL_OF, TOTAL.code, TOTAL.polarity, TOTAL.name_sv, TOTAL.name_en, "index")


def read_survey_goals(database: Database, viewer: Viewer) -> tuple[SurveyGoal, ...]:
    """The total first, then the catalogue in its order, without what only describes who answered."""
    check(viewer, Action.READ_SURVEYS)
    with database.reading() as session:
        query = select(SurveyIndicator).where(SurveyIndicator.polarity != "context")
        ordered = query.order_by(col(SurveyIndicator.instrument).desc(), col(SurveyIndicator.rank))
        return (TOTAL_GOAL, *(_goal(row) for row in session.exec(ordered).all()))


def is_survey_goal(session: Session, instrument: str, code: str) -> bool:
    """Whether the catalogue has it."""
    if (instrument, code) == (TOTAL_GOAL.instrument, TOTAL_GOAL.code):
        return True
    query = select(SurveyIndicator.id).where(
        SurveyIndicator.instrument == instrument, SurveyIndicator.code == code
    )
    return session.exec(query).first() is not None


def _goal(row: SurveyIndicator) -> SurveyGoal:
    return SurveyGoal(
        instrument=row.instrument,  # pyright: ignore[reportArgumentType] - the column has a CHECK
        code=row.code,
        polarity=row.polarity,  # pyright: ignore[reportArgumentType] - the column has a CHECK
        name_sv=row.name_sv,
        name_en=row.name_en,
        measure="index" if row.scale == "index" else "present",
    )
