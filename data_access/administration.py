"""What an administrator reads: persons and what they are, organisations, the catalogue, own codes, settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlmodel import col, func, select

from data_access.audit import MUNICIPALITY_ID
from data_access.models import (
    Category,
    CategoryCode,
    CategoryGroup,
    Incident,
    Membership,
    MembershipArea,
    Municipality,
    Organisation,
    User,
    UserSession,
)
from data_access.permissions import Action, AreaKey, Role, Viewer, check

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlmodel import Session

    from data_access.database import Database


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation, and how many incidents it has reported."""

    id: int
    name: str
    kind: str
    incidents: int


@dataclass(frozen=True)
class MembershipRow:
    """What a person is to an organisation, from which day to which (None: open), limited to which districts (none: all)."""

    id: int
    user_id: int
    organisation_id: int
    organisation: str
    role: Role
    valid_from: date
    valid_to: date | None
    areas: frozenset[AreaKey]


@dataclass(frozen=True)
class UserRow:
    """A person who has signed in at least once, or was named by a command; without memberships they wait."""

    id: int
    name: str
    email: str
    issuer: str
    subject: str
    is_blocked: bool
    last_used_at: datetime | None
    memberships: tuple[MembershipRow, ...]


@dataclass(frozen=True)
class CategoryRow:
    """A type of the catalogue, and how many incidents have it."""

    code: str
    group: str
    kind: str
    sensitivity: int
    name_sv: str
    name_en: str
    is_hidden: bool
    incidents: int


@dataclass(frozen=True)
class GroupRow:
    """A group of types."""

    code: str
    name_sv: str
    name_en: str


@dataclass(frozen=True)
class OwnCodeRow:
    """What an organisation calls a type."""

    organisation_id: int
    organisation: str
    own_code: str
    code: str | None


@dataclass(frozen=True)
class SettingsRow:
    """What the municipality has decided for its installation; `srid`, `timezone` None: not yet."""

    name: str
    srid: int | None
    timezone: str | None
    meeting_cadence: str
    contact: str
    smallest_count: int
    session_hours: int
    idle_minutes: int


def read_organisations(database: Database, viewer: Viewer) -> list[OrganisationRow]:
    """All organisations by name."""
    check(viewer, Action.ACT_FOR_OTHERS)
    query = (
        select(Organisation, func.count(col(Incident.id)))
        .outerjoin(Incident, col(Incident.organisation_id) == col(Organisation.id))
        .group_by(col(Organisation.id))
        .order_by(col(Organisation.name))
    )
    with database.reading() as session:
        return [
            OrganisationRow(row.id or 0, row.name, row.kind, count)
            for row, count in session.exec(query).all()
        ]


def read_users(database: Database, viewer: Viewer) -> list[UserRow]:
    """All persons: those who wait for a role first, then by name."""
    check(viewer, Action.WRITE_MEMBERS)
    used = select(UserSession.user_id, func.max(UserSession.used_at)).group_by(col(UserSession.user_id))
    with database.reading() as session:
        last_used = dict(session.execute(used).all())
        memberships = _memberships(session)
        rows = [
            UserRow(
                id=user.id or 0,
                name=user.name,
                email=user.email,
                issuer=user.issuer,
                subject=user.subject,
                is_blocked=user.is_blocked,
                last_used_at=last_used.get(user.id),
                memberships=tuple(one for one in memberships if one.user_id == user.id),
            )
            for user in session.exec(select(User)).all()
        ]
    return sorted(rows, key=lambda row: (bool(row.memberships), row.name.casefold(), row.id))


def _memberships(session: Session) -> list[MembershipRow]:
    areas: dict[int, set[AreaKey]] = {}
    for area in session.exec(select(MembershipArea)).all():
        areas.setdefault(area.membership_id, set()).add(AreaKey(area.area_set_name, area.area_code))
    query = select(Membership, Organisation.name).join(Organisation).order_by(col(Membership.id))
    return [
        MembershipRow(
            id=row.id or 0,
            user_id=row.user_id,
            organisation_id=row.organisation_id,
            organisation=name,
            role=Role(row.role),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            areas=frozenset(areas.get(row.id or 0, ())),
        )
        for row, name in session.exec(query).all()
    ]


def read_categories(database: Database, viewer: Viewer) -> list[CategoryRow]:
    """The whole catalogue, hidden types too, in its order."""
    check(viewer, Action.WRITE_CATEGORIES)
    counts = select(Incident.category_id, func.count()).group_by(col(Incident.category_id))
    query = select(Category, CategoryGroup.code).join(CategoryGroup)
    with database.reading() as session:
        incidents = dict(session.execute(counts).all())
        return [
            CategoryRow(
                code=row.code,
                group=group,
                kind=row.kind,
                sensitivity=row.sensitivity,
                name_sv=row.name_sv,
                name_en=row.name_en,
                is_hidden=row.is_hidden,
                incidents=incidents.get(row.id, 0),
            )
            for row, group in session.exec(query.order_by(col(CategoryGroup.rank), col(Category.rank))).all()
        ]


def read_groups(database: Database, viewer: Viewer) -> list[GroupRow]:
    """Groups of types in their order."""
    check(viewer, Action.WRITE_CATEGORIES)
    with database.reading() as session:
        rows = session.exec(select(CategoryGroup).order_by(col(CategoryGroup.rank))).all()
        return [GroupRow(row.code, row.name_sv, row.name_en) for row in rows]


def read_own_codes(database: Database, viewer: Viewer) -> list[OwnCodeRow]:
    """What organisations call the types, by organisation and word."""
    check(viewer, Action.WRITE_CATEGORIES)
    query = (
        select(CategoryCode, Organisation.name, Category.code)
        .join(Organisation, col(Organisation.id) == col(CategoryCode.organisation_id))
        .outerjoin(Category, col(Category.id) == col(CategoryCode.category_id))
        .order_by(col(Organisation.name), col(CategoryCode.own_code))
    )
    with database.reading() as session:
        return [
            OwnCodeRow(row.organisation_id, name, row.own_code, code)
            for row, name, code in session.exec(query).all()
        ]


def read_settings(database: Database, viewer: Viewer) -> SettingsRow:
    """What is set for the municipality."""
    check(viewer, Action.WRITE_MUNICIPALITY)
    with database.reading() as session:
        row = session.get_one(Municipality, MUNICIPALITY_ID)
        return SettingsRow(
            name=row.name,
            srid=row.srid,
            timezone=row.timezone,
            meeting_cadence=row.meeting_cadence,
            contact=row.contact,
            smallest_count=row.smallest_count,
            session_hours=row.session_hours,
            idle_minutes=row.idle_minutes,
        )
