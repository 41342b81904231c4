"""Types of incidents: the common catalogue, and each organisation's own codes mapped to it."""

import sqlalchemy as sa
from sqlmodel import Field

from data_access.models.columns import TableModel, check, choice, key, optional_reference, reference

CATEGORY_KINDS = ("crime", "unsafe_event", "unsafe_place", "positive")


class CategoryGroup(TableModel, table=True):
    """One of the groups in which the types are shown."""

    id: int | None = key()
    code: str = Field(max_length=40, unique=True)
    name_sv: str = Field(max_length=120)
    name_en: str = Field(max_length=120)
    rank: int = 0


class Category(TableModel, table=True):
    """A type of incident.

    `sensitivity`: 0 a point may be seen inside the working group; 1 district only; 2 aggregate only (district x month).
    """

    __table_args__ = (check("sensitivity", "sensitivity in (0, 1, 2)"),)

    id: int | None = key()
    group_id: int = reference("category_group")
    code: str = Field(max_length=40, unique=True)
    kind: str = choice(*CATEGORY_KINDS, name="category_kind")
    sensitivity: int
    name_sv: str = Field(max_length=120)
    name_en: str = Field(max_length=120)
    law: str = Field(default="", max_length=80)
    rank: int = 0
    is_hidden: bool = False


class CategoryCode(TableModel, table=True):
    """An organisation's own code or word for a type, as confirmed at import and remembered."""

    __table_args__ = (sa.UniqueConstraint("organisation_id", "own_code"),)

    id: int | None = key()
    organisation_id: int = reference("organisation")
    own_code: str = Field(max_length=200)
    category_id: int | None = optional_reference("category")
