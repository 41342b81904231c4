"""The municipality this installation serves, and the organisations that report to it."""

from datetime import datetime

from sqlmodel import Field

from data_access.models.columns import TableModel, check, choice, key, stamp

MEETING_CADENCES = ("weekly", "every_second_week", "twice_a_month", "custom")
RANGES = {"smallest_count": (5, 20), "session_hours": (1, 12), "idle_minutes": (5, 60)}
"""Between which numbers (included) a setting may lie: never laxer than what docs/privacy.md promises."""

ORGANISATION_KINDS = ("municipality", "police", "housing", "school", "guard", "transport", "other")


class Municipality(TableModel, table=True):
    """One row: the name, the projected CRS of all stored points, the time zone of all local calendar columns.

    `data_version` rises with every write that changes what a view shows; it is the cache key of all readers. `facts_epoch` is the
    version at which incidents (or their districts) that were there before were last changed or removed; a migration that does so
    sets it to the version after.
    `srid` and `timezone` are empty until the first import or `init` decides them. `contact`: whom a person without access asks.
    `smallest_count`: smaller counts are shown as fewer than it to presenters. `session_hours`, `idle_minutes`: how long a sign-in
    lasts at most, and unused. `audit_sha256`: hash of the newest row of the audit log.
    """

    __table_args__ = (
        check("one_row", "id = 1"),
        *(check(name, f"{name} between {low} and {high}") for name, (low, high) in RANGES.items()),
    )

    id: int | None = key()
    name: str = Field(default="", max_length=120)
    srid: int | None = None
    timezone: str | None = Field(default=None, max_length=64)
    data_version: int = 0
    facts_epoch: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    is_sample: bool = False
    meeting_cadence: str = choice(*MEETING_CADENCES, name="meeting_cadence", default="weekly")
    contact: str = Field(default="", max_length=200)
    smallest_count: int = 5
    session_hours: int = 12
    idle_minutes: int = 60
    audit_sha256: str = Field(default="", max_length=64)


class Organisation(TableModel, table=True):
    """A party that reports incidents or carries out interventions."""

    id: int | None = key()
    name: str = Field(max_length=120, unique=True)
    kind: str = choice(*ORGANISATION_KINDS, name="organisation_kind", default="other")
    is_sample: bool = False
    created_at: datetime = stamp()
