"""The one door through which a survey is read: nothing else may read the table of released cells.

Here a viewer becomes a limit: which areas, how small a group, how precisely. A wave is never filtered, joined or counted anew.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlmodel import col, func, select

from data_access.models import Area, AreaSet, Municipality, SurveyIndicator, SurveyWave, SurveyWaveArea
from data_access.models.survey_release import SurveyRelease
from data_access.permissions import Action, check
from data_access.surveys.build import FEWEST, FEWEST_FOR_PARTNERS
from data_access.surveys.groups import GENDERS, in_order
from data_access.surveys.questions import HIGHEST_INDEX, MEASURES
from data_access.surveys.stored import Stored, cells_of, with_secrets, with_total
from data_access.surveys.telling import FIVES_FROM, PERCENT_FROM
from data_access.surveys.told import Indicator, Release, ReleaseArea, Response, Wave

if TYPE_CHECKING:
    from sqlmodel import Session

    from data_access.database import Database
    from data_access.permissions import SurveySight, Viewer
    from data_access.surveys.told import Breakdown

_HERE = ""
"""Code of the municipality among the areas."""


def read_waves(database: Database, viewer: Viewer) -> tuple[Wave, ...]:
    """All waves in their newest edition, the latest first. Raises `NotPermittedError`."""
    check(viewer, Action.READ_SURVEYS)
    with database.reading() as session:
        rows = session.exec(_newest_editions()).all()
        return tuple(_wave(row, name) for row, name in rows)


def read_release(database: Database, viewer: Viewer, wave_id: int) -> Release | None:
    """A wave as the viewer is told it; None when no wave has that number in its newest edition. Raises `NotPermittedError`."""
    check(viewer, Action.READ_SURVEYS)
    with database.reading() as session:
        version = session.exec(select(Municipality.data_version)).one()
    return _release(database, version, wave_id, viewer.survey_sight)


@lru_cache(maxsize=16)
def _release(database: Database, version: int, wave_id: int, sight: SurveySight) -> Release | None:
    """Read at `version`, which is only the key of the cache: a wave is never changed, but it can be taken away."""
    del version
    with database.reading() as session:
        found = next((pair for pair in session.exec(_newest_editions()).all() if pair[0].id == wave_id), None)
        if found is None:
            return None
        wave = _wave(*found)
        areas = _areas(session, wave, sight)
        indicators = _indicators(session, wave)
        stored = _stored(session, wave, sight, areas)
        if sum("index" in one.measures for one in indicators) > 1:
            indicators, stored = with_total(indicators, stored)
        return Release(
            wave=wave,
            fewest=FEWEST_FOR_PARTNERS if sight.is_partner else FEWEST,
            areas=areas,
            groups=_groups(stored),
            indicators=indicators,
            responses=_responses(session, wave, sight, areas),
            cells=cells_of(stored),
        )


def _newest_editions() -> Any:
    newest = select(SurveyWave.instrument, SurveyWave.name, func.max(SurveyWave.edition).label("edition"))
    last = newest.group_by(col(SurveyWave.instrument), col(SurveyWave.name)).subquery()
    return (
        select(SurveyWave, AreaSet.name)
        .join(AreaSet, isouter=True)
        .join(
            last,
            (col(SurveyWave.instrument) == last.c.instrument)
            & (col(SurveyWave.name) == last.c.name)
            & (col(SurveyWave.edition) == last.c.edition),
        )
        .order_by(col(SurveyWave.last_day).desc(), col(SurveyWave.id).desc())
    )


def _wave(row: SurveyWave, area_set: str | None) -> Wave:
    return Wave(
        id=row.id or 0,
        instrument=row.instrument,  # pyright: ignore[reportArgumentType] - the column has a CHECK
        name=row.name,
        edition=row.edition,
        year=row.year,
        first_day=row.first_day,
        last_day=row.last_day,
        area_set_id=row.area_set_id,
        area_set=area_set or "",
        frame=row.frame,
        purpose=row.purpose,
        retention=row.retention,
    )


def _areas(session: Session, wave: Wave, sight: SurveySight) -> tuple[ReleaseArea, ...]:
    """Districts of the wave that are in sight, by name."""
    if sight.is_total_only:
        return ()
    query = (
        select(Area.code, Area.name)
        .join(SurveyWaveArea, col(SurveyWaveArea.area_code) == col(Area.code))
        .where(SurveyWaveArea.wave_id == wave.id, Area.area_set_id == wave.area_set_id, Area.level == 1)
        .order_by(col(Area.name), col(Area.code))
    )
    seen = None
    if sight.areas is not None:
        seen = {area.code for area in sight.areas if area.area_set == wave.area_set}
    return tuple(
        ReleaseArea(code, name) for code, name in session.exec(query).all() if seen is None or code in seen
    )


def _read_as(reading: dict[str, Any], code: str) -> str:
    """What the mapping said of one question, of its own or of all, that makes an answer another one than without it."""
    said = reading.get("read_otherwise", {}).get(code)
    return json.dumps(said, sort_keys=True) if said else ""


def _indicators(session: Session, wave: Wave) -> tuple[Indicator, ...]:
    asked = select(SurveyRelease.indicator_id, SurveyRelease.measure).where(SurveyRelease.wave_id == wave.id)
    measures: dict[int, set[str]] = {}
    for number, measure in session.exec(asked.distinct()).all():
        measures.setdefault(number, set()).add(measure)
    reading = session.get_one(SurveyWave, wave.id).reading
    query = select(SurveyIndicator).where(SurveyIndicator.instrument == wave.instrument)
    return tuple(
        Indicator(
            code=row.code,
            level=row.level,
            polarity=row.polarity,  # pyright: ignore[reportArgumentType] - the column has a CHECK
            name_sv=row.name_sv,
            name_en=row.name_en,
            measures=tuple(name for name in MEASURES if name in measures[row.id or 0]),
            read_as=_read_as(reading, row.code),
        )
        for row in session.exec(query.order_by(col(SurveyIndicator.rank))).all()
        if row.id in measures
    )


def _stored(session: Session, wave: Wave, sight: SurveySight, areas: tuple[ReleaseArea, ...]) -> list[Stored]:
    """The wave's cells in sight, with those that are too small for the viewer emptied."""
    columns = (
        col(SurveyIndicator.code),
        col(SurveyRelease.measure),
        col(SurveyRelease.area_code),
        col(SurveyRelease.breakdown),
        col(SurveyRelease.group_code),
        col(SurveyRelease.state),
        col(SurveyRelease.is_partner),
        col(SurveyRelease.n),
        col(SurveyRelease.amount),
        col(SurveyIndicator.is_of_some),
    )
    query = (
        select(*columns)  # pyright: ignore[reportCallIssue, reportArgumentType] - more columns than its overloads know
        .join(SurveyIndicator, col(SurveyIndicator.id) == col(SurveyRelease.indicator_id))
        .where(col(SurveyRelease.wave_id) == wave.id)
        .where(col(SurveyRelease.area_code).in_([_HERE, *(area.code for area in areas)]))
    )
    if sight.is_total_only:
        query = query.where(col(SurveyRelease.breakdown) == "all")
    found, is_told = [], []
    for code, measure, area, breakdown, group, state, is_partner, n, amount, of_some in session.execute(
        query
    ):
        part = amount / n / (HIGHEST_INDEX if measure == "index" else 1) if state == "shown" else None
        found.append(Stored(code, measure, area or None, breakdown, group, state, n, part, of_some))
        is_told.append(state != "shown" or is_partner or not sight.is_partner)
    return [
        one if may_be else one._replace(state="hidden", n=None, part=None)
        for one, may_be in zip(with_secrets(found), is_told, strict=True)
    ]


def _groups(stored: list[Stored]) -> dict[Breakdown, tuple[str, ...]]:
    names = {(one.breakdown, one.group) for one in stored}
    found: dict[Breakdown, tuple[str, ...]] = {"all": ("",)}
    if any(breakdown == "gender" for breakdown, _ in names):
        found["gender"] = GENDERS
    stages = in_order({group for breakdown, group in names if breakdown == "stage"})
    if stages:
        found["stage"] = stages
    return found


def _responses(
    session: Session, wave: Wave, sight: SurveySight, areas: tuple[ReleaseArea, ...]
) -> tuple[Response, ...]:
    query = select(SurveyWaveArea).where(SurveyWaveArea.wave_id == wave.id)
    rows = {row.area_code: row for row in session.exec(query).all()}
    return tuple(_response(rows[code], sight) for code in (_HERE, *(area.code for area in areas)))


def _response(row: SurveyWaveArea, sight: SurveySight) -> Response:
    """The share that answered, as precisely as other shares; where it is hidden, not even how many were asked."""
    area = row.area_code or None
    if row.responded is None or (sight.is_partner and not row.is_partner):
        return Response(area, None, None, None)
    if not row.invited or row.responded < FIVES_FROM:
        return Response(area, row.invited, row.responded, None)
    step = 0.01 if row.responded >= PERCENT_FROM else 0.05
    rate = min(round(row.responded / row.invited / step) * step, 1.0)
    return Response(area, row.invited, row.responded, round(rate, 2))
