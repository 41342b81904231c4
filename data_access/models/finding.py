"""Findings: what the situation picture shows that something should be done about, in one sentence, and what it rests on.

Purpose of all of it: to tell which problem an intervention answers, and which problems nobody has answered yet (2023:196, 4-6 §).
Retention: with the situation picture and the interventions that point to it: a finding is withdrawn with a reason, and stays.
It holds a sentence, and numbers and codes of what it rests on; nothing that anybody answered in a survey.
"""

from datetime import datetime

from sqlmodel import Field

from data_access.models.columns import TableModel, check, choice, key, optional_reference, part_of_key, stamp

FINDING_SOURCES = ("indicator", "gap", "incidents", "other")
"""A question of a survey, what is felt against what is reported, reported incidents, anything else."""

OF_A_SURVEY = ("indicator", "gap")
"""These rest on a wave."""

LONGEST_IN_FINDING = {"statement": 300, "withdrawn_reason": 300}
"""Characters that each free text may have."""


class Finding(TableModel, table=True):
    """A finding in the districts of a set (`FindingArea`); without districts it is of the whole municipality.

    `organisation_id`: for whom it was recorded; empty for the municipality's own work. `wave_id`, `indicator_code`: the wave of a
    survey and the question of its instrument that it rests on, empty where it rests on none; the wave is emptied when it goes.
    `withdrawn_at`, `withdrawn_reason`: since when it holds no more, and why. `revision` rises with each edit.
    """

    __table_args__ = (
        check("withdrawn", "(withdrawn_at is null) = (withdrawn_reason = '')"),
        {"sqlite_autoincrement": True},  # the log tells of findings by their number
    )

    id: int | None = key()
    area_set_id: int | None = optional_reference("area_set")
    organisation_id: int | None = optional_reference("organisation")
    statement: str = Field(max_length=LONGEST_IN_FINDING["statement"])
    source: str = choice(*FINDING_SOURCES, name="finding_source", default="other")
    wave_id: int | None = optional_reference("survey_wave")
    indicator_code: str = Field(default="", max_length=60)
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = Field(default="", max_length=LONGEST_IN_FINDING["withdrawn_reason"])
    revision: int = 1
    created_at: datetime = stamp()


class FindingArea(TableModel, table=True):
    """A district that a finding is about."""

    finding_id: int = part_of_key("finding")
    area_id: int = part_of_key("area")
