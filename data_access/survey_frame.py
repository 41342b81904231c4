"""What a survey is read against: the catalogue of its instrument, and the districts that it is published for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import col, select

from data_access.changes.entry import EntryError, clean_name
from data_access.frame import read_frame
from data_access.importers.context import ImportContext
from data_access.importers.errors import ImportRefused
from data_access.models import SurveyIndicator
from data_access.permissions import OPERATOR
from data_access.surveys.door import read_waves
from data_access.surveys.questions import Question

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.frame import AreaSetFact
    from data_access.surveys.told import Wave


def newest(database: Database, instrument: str, name: str) -> Wave | None:
    """The wave that a file of that name corrects."""
    waves = read_waves(database, OPERATOR)
    return next((one for one in waves if (one.instrument, one.name) == (instrument, clean_name(name))), None)


def area_set_of(database: Database, areas: str | None, corrected: Wave | None) -> AreaSetFact:
    """The set of districts of that name, the newest one without a name, whatever of it the viewer sees elsewhere.

    A correction is for the very districts of the wave, also when they have been imported again since.
    """
    sets = read_frame(database, OPERATOR).area_sets
    if corrected is not None and corrected.area_set_id is not None and areas in (None, corrected.area_set):
        return next(one for one in sets if one.id == corrected.area_set_id)
    named = [one for one in sets if areas is None or one.name == areas]
    if not named:
        raise (EntryError("unknown", value=areas) if areas else ImportRefused(reason="survey_no_areas"))
    return named[-1]


def context_of(database: Database, area_set: AreaSetFact | None) -> ImportContext:
    """The districts of a set, all of them: a wave is released for them; none without a set."""
    chosen = read_frame(database, OPERATOR, area_set.id if area_set else None)
    areas = chosen.areas if area_set else ()
    return ImportContext(
        srid=chosen.srid,
        timezone=chosen.timezone,
        area_codes=frozenset(area.code for area in areas),
        area_names={area.name.casefold(): area.code for area in areas},
    )


def questions_of(database: Database, instrument: str) -> tuple[Question, ...]:
    """The catalogue of an instrument."""
    query = select(SurveyIndicator).where(SurveyIndicator.instrument == instrument)
    with database.reading() as session:
        rows = session.exec(query.order_by(col(SurveyIndicator.rank))).all()
        return tuple(
            Question(
                code=row.code,
                level=row.level,
                polarity=row.polarity,
                name_sv=row.name_sv,
                name_en=row.name_en,
                is_index=row.scale == "index",
                has_follow_ups=row.has_follow_ups,
                is_of_some=row.is_of_some,
                at_risk_from=row.at_risk_from,
            )
            for row in rows
        )
