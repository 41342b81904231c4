"""Releasing a wave of a survey: its cells are written once and never changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlmodel import col, delete, select, update

from data_access.bulk import insert_columns
from data_access.changes.entry import EntryError, clean_name
from data_access.changes.survey_rules import (
    check_areas,
    check_correction,
    check_days,
    check_file,
    newest_edition,
)
from data_access.changes.transaction import Change, changing
from data_access.models import Area, Finding, SurveyIndicator, SurveyWave, SurveyWaveArea
from data_access.models.survey import INSTRUMENTS
from data_access.models.survey_release import SurveyRelease
from data_access.one_line import one_line
from data_access.permissions import Action, check
from data_access.surveys.hiding import Why
from data_access.surveys.questions import seed
from data_access.surveys.tallies import PEOPLE

if TYPE_CHECKING:
    from datetime import date

    from sqlmodel import Session
    from sqlmodel.sql.expression import SelectOfScalar

    from data_access.database import Database
    from data_access.permissions import Viewer
    from data_access.surveys.build import Built

LONGEST_TEXT = 200


@dataclass(frozen=True)
class Correction:
    """How a corrected file differs from the one it corrects: the fingerprint of that one, and how many people are not in both."""

    fingerprint: str
    changed: int


@dataclass(frozen=True)
class WaveEntry:
    """A wave as its sender describes it; see `SurveyWave`.

    `area_set_id` None: released for the municipality only. `invited`: people asked, by area code ("": the municipality).
    """

    instrument: str
    name: str
    year: int
    first_day: date
    last_day: date
    area_set_id: int | None
    frame: str = ""
    purpose: str = ""
    retention: str = ""
    reading: dict[str, Any] = field(default_factory=dict)
    invited: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class ReleaseOutcome:
    """The wave that holds the tables; `is_known`: the same file was released before, and nothing was written."""

    wave_id: int
    edition: int
    is_known: bool


def record_release(
    database: Database,
    viewer: Viewer,
    entry: WaveEntry,
    built: Built,
    *,
    correction: Correction | None = None,
) -> ReleaseOutcome:
    """Publish the tables of a wave, or of its next edition when there is one of the name; the same file twice changes nothing.

    Raises `EntryError`: unknown, unknown_areas, name_empty, name_long, text_long, period, wave_overlaps, wave_same_file,
    edition_last, edition_other_areas, edition_no_areas, edition_needs_file, edition_other_file, edition_small.
    """
    name = clean_name(entry.name)
    with changing(database, viewer, Action.WRITE_SURVEYS, subject=name) as change:
        newest, known = _checked(change.session, entry, name, built, correction)
        if known is not None:
            change.details = {"instrument": entry.instrument, "edition": known.edition, "known": True}
            return known
        wave = _new_wave(change, entry, name, newest, built)
        _store_areas(change.session, wave, entry, built)
        _store_cells(change, wave, built)
        change.details = {
            "instrument": wave.instrument,
            "edition": wave.edition,
            "cells": int(built.n.size),
            "shown": int(built.is_shown.sum()),
        }
        return ReleaseOutcome(wave.id or 0, wave.edition, is_known=False)


def check_release(
    database: Database,
    viewer: Viewer,
    entry: WaveEntry,
    built: Built,
    *,
    correction: Correction | None = None,
) -> ReleaseOutcome | None:
    """Refuse what `record_release` would refuse, and write nothing; the wave where the same file was released before."""
    check(viewer, Action.WRITE_SURVEYS)
    with database.reading() as session:
        return _checked(session, entry, clean_name(entry.name), built, correction)[1]


def _checked(
    session: Session, entry: WaveEntry, name: str, built: Built, correction: Correction | None
) -> tuple[SurveyWave | None, ReleaseOutcome | None]:
    """The newest edition of the name, and what it is where the file is the one it was made of. Raises `EntryError`."""
    _check(session, entry, built)
    newest = newest_edition(session, entry.instrument, name)
    if newest is not None and newest.fingerprint == built.fingerprint:
        return newest, ReleaseOutcome(newest.id or 0, newest.edition, is_known=True)
    check_areas(session, entry, newest)
    check_correction(newest, correction)
    check_days(session, entry, name)
    check_file(session, entry, name, built)
    return newest, None


def seed_indicators(session: Session) -> None:
    """Fill the catalogue of a database that has none yet."""
    if session.exec(select(SurveyIndicator.id)).first() is None:
        session.add_all(SurveyIndicator(**row) for row in seed())


def remove_waves(session: Session, chosen: SelectOfScalar[Any]) -> None:
    """Delete waves (a question for their ids) with all their cells, before the districts they are released for go.

    Findings that rest on one of them stay, and rest on nothing that can be looked up.
    """
    rests_on = update(Finding).where(col(Finding.wave_id).in_(chosen))
    session.execute(rests_on.values(wave_id=None, indicator_code=""))
    for model in (SurveyRelease, SurveyWaveArea):
        session.execute(delete(model).where(col(model.wave_id).in_(chosen)))
    session.execute(delete(SurveyWave).where(col(SurveyWave.id).in_(chosen)))


def _check(session: Session, entry: WaveEntry, built: Built) -> None:
    if entry.instrument not in INSTRUMENTS:
        raise EntryError("unknown", value=entry.instrument)
    if entry.last_day < entry.first_day:
        raise EntryError("period", first=entry.first_day.isoformat(), last=entry.last_day.isoformat())
    for text in (entry.frame, entry.purpose, entry.retention):
        if len(one_line(text)) > LONGEST_TEXT:
            raise EntryError("text_long", count=len(one_line(text)), limit=LONGEST_TEXT)
    known = set(
        session.exec(select(Area.code).where(Area.area_set_id == entry.area_set_id, Area.level == 1)).all()
    )
    missing = sorted(set(built.areas) - known)
    if missing or (entry.area_set_id is not None and not known):
        raise EntryError("unknown_areas", codes=", ".join(missing) or str(entry.area_set_id))


def _new_wave(
    change: Change, entry: WaveEntry, name: str, newest: SurveyWave | None, built: Built
) -> SurveyWave:
    wave = SurveyWave(
        instrument=entry.instrument,
        name=name,
        edition=newest.edition + 1 if newest else 1,
        year=entry.year,
        first_day=entry.first_day,
        last_day=entry.last_day,
        area_set_id=entry.area_set_id,
        frame=one_line(entry.frame),
        purpose=one_line(entry.purpose),
        retention=one_line(entry.retention),
        reading=entry.reading,
        fingerprint=built.fingerprint,
        people_fingerprint=built.people_fingerprint,
    )
    change.session.add(wave)
    change.session.flush()
    return wave


def _store_areas(session: Session, wave: SurveyWave, entry: WaveEntry, built: Built) -> None:
    everybody = next(place for place, track in enumerate(built.tracks) if track.question is PEOPLE)
    for place, code in enumerate((*built.areas, "")):
        is_shown = bool(built.is_shown[0, place, everybody])
        session.add(
            SurveyWaveArea(
                wave_id=wave.id or 0,
                area_code=code,
                invited=entry.invited.get(code),
                responded=int(built.n[0, place, everybody]) if is_shown else None,
                is_partner=bool(built.is_partner[0, place, everybody]),
            )
        )
    session.flush()


def _store_cells(change: Change, wave: SurveyWave, built: Built) -> None:
    tracks = [place for place, track in enumerate(built.tracks) if track.question is not PEOPLE]
    ids = _indicator_ids(change, wave.instrument)
    codes = [getattr(built.tracks[place].question, "code", "") for place in tracks]
    unknown = sorted(set(codes) - set(ids))
    if unknown:
        raise EntryError("unknown", value=unknown[0])
    shape = (len(built.groups), len(built.areas) + 1, len(tracks))
    group, place, track = (found.ravel() for found in np.indices(shape))
    is_shown, source = built.is_shown[..., tracks].ravel(), (built.why[..., tracks] == Why.SOURCE).ravel()
    state = np.where(is_shown, "shown", np.where(source, "suppressed_at_source", "hidden"))
    columns: dict[str, np.ndarray] = {
        "wave_id": np.full(len(group), wave.id),
        "indicator_id": np.array([ids[code] for code in codes])[track],
        "measure": np.array([built.tracks[at].measure for at in tracks], object)[track],
        "breakdown": np.array([name for name, _ in built.groups], object)[group],
        "group_code": np.array([name for _, name in built.groups], object)[group],
        "area_code": np.array([*built.areas, ""], object)[place],
        "state": state.astype(object),
        "is_partner": built.is_partner[..., tracks].ravel(),
        "n": _told(built.n[..., tracks].ravel(), is_shown),
        "amount": _told(built.amount[..., tracks].ravel(), is_shown),
    }
    insert_columns(change.session, SurveyRelease, columns)


def _told(values: np.ndarray, is_shown: np.ndarray) -> np.ndarray:
    found = values.astype(object)
    found[~is_shown] = None
    return found


def _indicator_ids(change: Change, instrument: str) -> dict[str, int]:
    query = select(SurveyIndicator.code, SurveyIndicator.id).where(SurveyIndicator.instrument == instrument)
    return {code: number or 0 for code, number in change.session.exec(query).all()}
