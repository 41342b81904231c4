"""The municipality this installation serves, and the organisations that report to it."""

from datetime import datetime

from sqlmodel import Field

from data_access.models.columns import TableModel, check, choice, key, stamp

ORGANISATION_KINDS = ("municipality", "police", "housing", "school", "guard", "transport", "other")


class Municipality(TableModel, table=True):
    """One row: the name, the projected CRS of all stored points, the time zone of all local calendar columns.

    `data_version` rises with every write that changes what a view shows; it is the cache key of all readers. `facts_epoch` is the
    version at which incidents (or their districts) that were there before were last changed or removed; a migration that does so
    sets it to the version after.
    `srid` and `timezone` are empty until the first import or `init` decides them.
    """

    __table_args__ = (check("one_row", "id = 1"),)

    id: int | None = key()
    name: str = Field(default="", max_length=120)
    srid: int | None = None
    timezone: str | None = Field(default=None, max_length=64)
    data_version: int = 0
    facts_epoch: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    is_sample: bool = False


class Organisation(TableModel, table=True):
    """A party that reports incidents or carries out interventions."""

    id: int | None = key()
    name: str = Field(max_length=120, unique=True)
    kind: str = choice(*ORGANISATION_KINDS, name="organisation_kind", default="other")
    is_sample: bool = False
    created_at: datetime = stamp()
