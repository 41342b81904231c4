"""Surveys: what is asked, and in which rounds it was asked of whom. No table has a row, number or key of a person who answered.

Purpose of all of it: to follow risk and protection among children and how safe residents feel, per district, as ground for the
situation picture and the action plan (2023:196, 4-6 §). Retention: a wave stays as long as the situation pictures that rest on
it, unless its own `retention` says otherwise; what people answered is not kept at all.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from data_access.models.columns import (
    TableModel,
    check,
    choice,
    json_column,
    key,
    optional_reference,
    part_of_key,
    stamp,
)

INSTRUMENTS = ("youth", "safety")
POLARITIES = ("risk", "protective", "context")
SCALES = ("share", "index")
LEVELS = {
    "youth": ("individual", "family", "school", "community"),
    "safety": ("unsafe", "worry", "effect", "problem", "victim", "trust"),
}
"""The levels of the youth survey, and the blocks of the safety survey, in the order they are shown."""


class SurveyIndicator(TableModel, table=True):
    """A question of an instrument: `code` begins with its level ("family.conflicts").

    `scale`: "share" of people, or "index" 0-6 (0 hardly a problem, 6 alarming). `at_risk_from`: the smallest number that counts
    as present where answers are numbers (empty: said with the file). `has_follow_ups`: asked how often, whether it causes
    distress, whether help is wished for. `is_of_some`: only asked of some, by an answer before it (victims: reported to the
    police?).
    """

    __table_args__ = (sa.UniqueConstraint("instrument", "code"),)

    id: int | None = key()
    instrument: str = choice(*INSTRUMENTS, name="instrument")
    code: str = Field(max_length=60)
    level: str = Field(max_length=20)
    polarity: str = choice(*POLARITIES, name="polarity")
    scale: str = choice(*SCALES, name="scale", default="share")
    at_risk_from: float | None = None
    has_follow_ups: bool = False
    is_of_some: bool = False
    name_sv: str = Field(max_length=120)
    name_en: str = Field(max_length=120)
    source: str = Field(default="", max_length=120)
    rank: int = 0


class SurveyWave(TableModel, table=True):
    """A round of a survey, released once for one set of districts. Never changed: a correction is the next `edition` of its name.

    `area_set_id`: empty where the wave is released for the municipality only. `frame`: who was asked. `purpose`, `retention`: why
    it is kept and for how long, where that differs from the above. `reading`: the mapping by which the file was read ("columns",
    "cut_points", "words", "index"), and what of it makes answers other ones than without it ("read_otherwise", by question).
    `fingerprint`: keyed hash of the whole file's rows together, by which the file of this edition is known again when a corrected
    one is released; `people_fingerprint`: the same without districts (empty in waves older than it), by which the same answers
    are known again when they come for other districts. Nothing of a single row follows from either.
    """

    __table_args__ = (
        sa.UniqueConstraint("instrument", "name", "edition"),
        check("edition", "edition >= 1"),
        check("days", "last_day >= first_day"),
    )

    id: int | None = key()
    instrument: str = choice(*INSTRUMENTS, name="instrument")
    name: str = Field(max_length=120)
    edition: int = 1
    year: int
    first_day: date
    last_day: date
    area_set_id: int | None = optional_reference("area_set")
    frame: str = Field(default="", max_length=200)
    purpose: str = Field(default="", max_length=200)
    retention: str = Field(default="", max_length=200)
    reading: dict[str, Any] = json_column()
    fingerprint: str = Field(max_length=64)
    people_fingerprint: str = Field(max_length=64)
    created_at: datetime = stamp()


class SurveyWaveArea(TableModel, table=True):
    """A district that a wave is released for ("" the municipality): how many were asked, and how many answered.

    `invited`: from the sender's register, empty when not known. `responded`: with the noise of the release, empty where the
    district is hidden; `is_partner`: may be told to partners, too.
    """

    __table_args__ = (check("responded", "responded is null or responded >= 10"),)

    wave_id: int = part_of_key("survey_wave")
    area_code: str = Field(max_length=40, primary_key=True)
    invited: int | None = None
    responded: int | None = None
    is_partner: bool = False
