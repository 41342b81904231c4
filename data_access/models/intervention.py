"""Interventions: what was to be done, where, against what, from when to when; what was delivered, and what was changed since."""

from datetime import date, datetime
from typing import Any, ClassVar

import sqlalchemy as sa
from sqlmodel import Field

from data_access.models.columns import (
    TableModel,
    check,
    choice,
    key,
    optional_reference,
    part_of_key,
    reference,
    stamp,
)

KINDS = (
    "lighting",
    "cameras",
    "patrols",
    "guards",
    "youth_workers",
    "clearing",
    "environment",
    "events",
    "neighbourhood_watch",
    "information",
    "support",
    "other",
)
"""The catalogue: a new kind is a line here and its name under `intervention_kind` in each language."""

APPROACHES = ("situational", "social")
HORIZONS = ("short", "long")
"""Whether the effect is expected soon or in the long term."""

STATUSES = ("proposed", "decided", "ongoing", "ended", "followed_up", "cancelled")
TRANSITIONS: dict[str, tuple[str, ...]] = {
    "proposed": ("decided", "cancelled"),
    "decided": ("ongoing", "proposed", "cancelled"),
    "ongoing": ("ended",),
    "ended": ("followed_up", "ongoing"),
    "followed_up": (),
    "cancelled": (),
}
"""From which status to which: a decision can be taken back, and what has ended be resumed; what never was is cancelled."""

BEFORE_IT_BEGAN = ("proposed", "decided")
"""In these an intervention can still be removed, as long as nothing of it is on record."""

CARRIED_OUT = ("ongoing", "ended", "followed_up")
"""In these something was done, so that it can be asked what came of it: it has begun."""

OVER = ("ended", "followed_up")
"""In these there is a last day, and it has been."""

LONGEST_REASON = 300
"""Characters that the reason of what was cancelled may have."""

LONGEST = {
    "title": 160,
    "problem": 600,
    "cause": 600,
    "hypothesis": 600,
    "goal": 300,
    "responsible": 120,
    "dose_unit": 40,
    "decided_in": 200,
    "plan": 200,
    "comparison_reason": 300,
}
"""Characters that each free text may have."""

SURVEY_GOAL = {"goal_instrument": 24, "goal_indicator": 60}
"""Codes of what is aimed at in a survey, and their characters."""

INTERVENTION_RANGES = {
    "goal_pct": (1, 100),
    "cost_sek": (0, 2_000_000_000),
    "ring_m": (50, 2000),
    "detectable_pct": (0, 1000),
}
"""Between which numbers (included) each of these may lie."""


def _text(name: str) -> Any:
    return Field(default="", max_length=LONGEST[name])


def _within(name: str) -> sa.CheckConstraint:
    low, high = INTERVENTION_RANGES[name]
    return check(name, f"{name} is null or {name} between {low} and {high}")


class Intervention(TableModel, table=True):
    """An intervention with its period; `ends_on` is empty while it goes on.

    `goal_pct`: the decrease that is hoped for, in per cent. `goal_instrument`, `goal_indicator`: the survey's question that is to
    change, by its codes ("total": all indexes of the safety survey), both or none. `responsible`: a function or unit, no
    person. `cost_sek`: whole kronor. `dose_unit`: what is counted per week in `dose`. `decided_in`: where it was decided
    (minutes and paragraph). `finding_id`: the finding that it answers; `plan`: of which action plan. `comparison_reason`: why
    comparison districts were chosen by hand. `polygon_wkb`: a Polygon in the CRS of the set, where it works in a part of its
    districts; `ring_m`: width of the ring around that, metres. `detectable_pct`: the smallest decrease that could be found, per
    cent, as planned. `cancelled_because`: why it never was. `revision` rises with each edit.
    """

    __table_args__ = (
        check("survey_goal", "(goal_instrument = '') = (goal_indicator = '')"),
        check("period", "ends_on is null or ends_on >= starts_on"),
        *(_within(name) for name in INTERVENTION_RANGES),
        {"sqlite_autoincrement": True},  # the log tells of an intervention that was removed by its number
    )

    id: int | None = key()
    area_set_id: int = reference("area_set")
    organisation_id: int = reference("organisation")
    title: str = Field(max_length=LONGEST["title"])
    kind: str = Field(max_length=40)
    approach: str = choice(*APPROACHES, name="approach", default="situational")
    horizon: str = choice(*HORIZONS, name="horizon", default="short")
    problem: str = _text("problem")
    cause: str = _text("cause")
    hypothesis: str = _text("hypothesis")
    goal: str = _text("goal")
    goal_pct: int | None = None
    goal_instrument: str = Field(default="", max_length=SURVEY_GOAL["goal_instrument"])
    goal_indicator: str = Field(default="", max_length=SURVEY_GOAL["goal_indicator"])
    responsible: str = _text("responsible")
    cost_sek: int | None = None
    dose_unit: str = _text("dose_unit")
    decided_in: str = _text("decided_in")
    finding_id: int | None = optional_reference("finding")
    plan: str = _text("plan")
    comparison_reason: str = _text("comparison_reason")
    polygon_wkb: bytes | None = None
    ring_m: int | None = None
    detectable_pct: float | None = None
    starts_on: date
    ends_on: date | None = None
    status: str = choice(*STATUSES, name="intervention_status")
    cancelled_because: str = Field(default="", max_length=LONGEST_REASON)
    revision: int = 1
    is_sample: bool = False
    created_at: datetime = stamp()


class InterventionArea(TableModel, table=True):
    """An area in which an intervention works."""

    intervention_id: int = part_of_key("intervention")
    area_id: int = part_of_key("area")


class InterventionComparison(TableModel, table=True):
    """A district that somebody chose to compare with, in place of those that are found by rule."""

    intervention_id: int = part_of_key("intervention")
    area_id: int = part_of_key("area")


class InterventionCategory(TableModel, table=True):
    """A type of incident that an intervention is aimed at."""

    intervention_id: int = part_of_key("intervention")
    category_id: int = part_of_key("category")


class Dose(TableModel, table=True):
    """What was delivered in a week (its Monday), in the intervention's `dose_unit`; a week without a row is not known."""

    __table_args__ = (check("amount", "amount >= 0"),)

    intervention_id: int = part_of_key("intervention")
    week: date = Field(primary_key=True)
    amount: float


class InterventionChange(TableModel, table=True):
    """A field of an intervention that was changed, as it was told before and after; `is_after_start`: once it had begun.

    Lists are codes with commas between, a polygon is its area.
    """

    __table_args__: ClassVar[dict[str, bool]] = {"sqlite_autoincrement": True}

    id: int | None = key()
    intervention_id: int = reference("intervention")
    at: datetime = stamp()
    actor: str = Field(max_length=120)
    field: str = Field(max_length=40)
    before: str = ""
    after: str = ""
    is_after_start: bool


class InterventionLook(TableModel, table=True):
    """A state of the data, by its last whole week (Monday), at which somebody looked at the result; `at`: for the first time."""

    intervention_id: int = part_of_key("intervention")
    last_week: date = Field(primary_key=True)
    at: datetime = stamp()
