"""What keeps two published waves, or two editions of one, from giving away together what neither does alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlmodel import and_, col, or_, select

from data_access.changes.entry import EntryError
from data_access.models import AreaSet, SurveyWave

if TYPE_CHECKING:
    from sqlmodel import Session

    from data_access.changes.surveys import Correction, WaveEntry
    from data_access.surveys.build import Built

FEWEST_CHANGED = 10
"""A corrected edition is another one in at least so many people: the difference of two editions must not be one person."""
LAST_EDITION = 2
"""Nothing of a row is kept, so a third edition could be checked against the second only, and be the first but for one person."""


def newest_edition(session: Session, instrument: str, name: str) -> SurveyWave | None:
    """The wave of a name as it was published last."""
    query = select(SurveyWave).where(SurveyWave.instrument == instrument, SurveyWave.name == name)
    return session.exec(query.order_by(col(SurveyWave.edition).desc())).first()


def check_areas(session: Session, entry: WaveEntry, newest: SurveyWave | None) -> None:
    """A wave is corrected for the districts it was published for: cut in two ways, its numbers would differ by few people."""
    if newest is None:
        return
    if newest.edition >= LAST_EDITION:
        raise EntryError("edition_last", name=newest.name, edition=newest.edition)
    if newest.area_set_id == entry.area_set_id:
        return
    if newest.area_set_id is None:
        raise EntryError("edition_no_areas", name=newest.name, edition=newest.edition)
    areas = session.get_one(AreaSet, newest.area_set_id).name
    raise EntryError("edition_other_areas", name=newest.name, edition=newest.edition, areas=areas)


def check_correction(newest: SurveyWave | None, correction: Correction | None) -> None:
    """What was released cannot be taken back: whoever kept it must not learn of one person from what comes after."""
    if newest is None:
        return
    if correction is None:
        raise EntryError("edition_needs_file", name=newest.name, edition=newest.edition)
    if correction.fingerprint != newest.fingerprint:
        raise EntryError("edition_other_file", name=newest.name, edition=newest.edition)
    if correction.changed < FEWEST_CHANGED:
        raise EntryError("edition_small", limit=FEWEST_CHANGED)


def check_days(session: Session, entry: WaveEntry, name: str) -> None:
    """The same people under another name would be a way around the rule of editions."""
    same = select(SurveyWave).where(
        SurveyWave.instrument == entry.instrument,
        SurveyWave.name != name,
        SurveyWave.first_day <= entry.last_day,
        SurveyWave.last_day >= entry.first_day,
    )
    other = session.exec(same).first()
    if other is not None:
        first, last = other.first_day.isoformat(), other.last_day.isoformat()
        raise EntryError("wave_overlaps", name=other.name, first=first, last=last)


def check_file(session: Session, entry: WaveEntry, name: str, built: Built) -> None:
    """What was published once is not published again as something else, nor for other districts: they could be subtracted."""
    elsewhere = and_(SurveyWave.name != name, col(SurveyWave.people_fingerprint) == built.people_fingerprint)
    same = select(SurveyWave).where(
        SurveyWave.instrument == entry.instrument,
        or_(col(SurveyWave.fingerprint) == built.fingerprint, elsewhere),
    )
    other = session.exec(same).first()
    if other is not None:
        raise EntryError("wave_same_file", name=other.name, edition=other.edition)
