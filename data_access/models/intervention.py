"""Interventions: what was done, where, against what, from when to when."""

from datetime import date, datetime

from sqlmodel import Field

from data_access.models.columns import TableModel, check, choice, key, part_of_key, reference, stamp

STATUSES = ("proposed", "decided", "ongoing", "ended", "followed_up")


class Intervention(TableModel, table=True):
    """An intervention with its period; `ends_on` is empty while it goes on."""

    __table_args__ = (check("period", "ends_on is null or ends_on >= starts_on"),)

    id: int | None = key()
    area_set_id: int = reference("area_set")
    organisation_id: int = reference("organisation")
    title: str = Field(max_length=160)
    kind: str = Field(max_length=40)
    hypothesis: str = Field(default="", max_length=600)
    starts_on: date
    ends_on: date | None = None
    status: str = choice(*STATUSES, name="intervention_status")
    is_sample: bool = False
    created_at: datetime = stamp()


class InterventionArea(TableModel, table=True):
    """An area in which an intervention works."""

    intervention_id: int = part_of_key("intervention")
    area_id: int = part_of_key("area")


class InterventionCategory(TableModel, table=True):
    """A type of incident that an intervention is aimed at."""

    intervention_id: int = part_of_key("intervention")
    category_id: int = part_of_key("category")
