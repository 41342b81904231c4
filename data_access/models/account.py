"""Persons, what they are to which organisation and until when, and their signed-in sessions."""

from datetime import date, datetime
from typing import ClassVar

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

MEMBER_ROLES = ("admin", "coordinator", "analyst", "reporter", "police", "housing", "presenter")


class User(TableModel, table=True):
    """A person as an identity provider knows them: `subject` at `issuer`. Name and e-mail are for eyes only and decide nothing.

    A person who has signed in without any membership waits here until somebody grants one.
    """

    __table_args__ = (sa.UniqueConstraint("issuer", "subject"),)

    id: int | None = key()
    issuer: str = Field(max_length=255)
    subject: str = Field(max_length=255)
    name: str = Field(default="", max_length=120)
    email: str = Field(default="", max_length=254)
    is_blocked: bool = False
    created_at: datetime = stamp()


class Membership(TableModel, table=True):
    """A role of a person in an organisation, on the days from `valid_from` to `valid_to` (local, included; empty: open)."""

    __table_args__ = (check("period", "valid_to is null or valid_to >= valid_from"),)

    id: int | None = key()
    user_id: int = reference("user")
    organisation_id: int = reference("organisation")
    role: str = choice(*MEMBER_ROLES, name="member_role")
    valid_from: date
    valid_to: date | None = None
    created_at: datetime = stamp()


class MembershipArea(TableModel, table=True):
    """A district that a membership is limited to, by set and code; a membership without any is limited by its role alone."""

    membership_id: int = part_of_key("membership")
    area_set_name: str = Field(max_length=120, primary_key=True)
    area_code: str = Field(max_length=40, primary_key=True)


class UserSession(TableModel, table=True):
    """One sign-in, known by the hash of what only that sign-in had; over when `ended_at` is set.

    `membership_id`: as what the person is looking, where they are several things.
    """

    __table_args__: ClassVar[dict[str, bool]] = {"sqlite_autoincrement": True}

    id: int | None = key()
    key_sha256: str = Field(max_length=64, unique=True)
    user_id: int = reference("user")
    membership_id: int | None = optional_reference("membership")
    started_at: datetime = stamp()
    used_at: datetime = stamp()
    ended_at: datetime | None = None
