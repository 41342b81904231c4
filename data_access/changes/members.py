"""Writing who belongs: organisations, persons, memberships with their days and districts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sqlmodel import col, delete, select, update

from data_access.changes.entry import EntryError, clean_name
from data_access.changes.transaction import Change, changing
from data_access.models import Area, AreaSet, Membership, MembershipArea, Organisation, User, UserSession
from data_access.models.account import MEMBER_ROLES
from data_access.models.organisation import ORGANISATION_KINDS
from data_access.permissions import Action, AreaKey, Role
from data_access.sessions import end_sessions

if TYPE_CHECKING:
    from datetime import date

    from data_access.database import Database
    from data_access.permissions import Viewer

_T = TypeVar("_T")


@dataclass(frozen=True)
class MembershipEntry:
    """What a person is to an organisation, from which day to which (included; None: open), limited to which districts."""

    user_id: int
    organisation_id: int
    role: str
    valid_from: date
    valid_to: date | None = None
    areas: frozenset[AreaKey] = frozenset()


def record_organisation(
    database: Database, viewer: Viewer, *, name: str, kind: str, organisation_id: int | None = None
) -> int:
    """Add an organisation, or rename one; its id. Raises `EntryError`: name_empty, name_long, name_taken, unknown."""
    name = clean_name(name)
    with changing(database, viewer, Action.WRITE_MEMBERS, subject=name) as change:
        session = change.session
        if kind not in ORGANISATION_KINDS:
            raise EntryError("unknown", value=kind)
        same = session.exec(select(Organisation).where(Organisation.name == name)).one_or_none()
        if same is not None and same.id != organisation_id:
            raise EntryError("name_taken", name=name)
        found = _organisation(change, organisation_id) if organisation_id else Organisation(name=name)
        before = {"name": found.name, "kind": found.kind} if organisation_id else None
        found.name, found.kind = name, kind
        session.add(found)
        session.flush()
        change.details = {"organisation": found.id, "before": before, "after": {"name": name, "kind": kind}}
        return found.id or 0


def record_membership(
    database: Database, viewer: Viewer, entry: MembershipEntry, *, membership_id: int | None = None
) -> int:
    """Grant a membership, or change one; its id. It holds from the person's next click.

    Raises `EntryError`: unknown (a person, organisation, role or district that is not there), period,
    no_areas, last_admin.
    """
    with changing(database, viewer, Action.WRITE_MEMBERS) as change:
        session = change.session
        user = _user(change, entry.user_id)
        organisation = _organisation(change, entry.organisation_id)
        _check(change, entry)
        found = _membership(change, membership_id) if membership_id else None
        before = _as_told(change, found) if found else None
        row = found or Membership(user_id=entry.user_id, organisation_id=entry.organisation_id, role=entry.role,
                                  valid_from=entry.valid_from)  # fmt: skip
        row.user_id, row.organisation_id, row.role = entry.user_id, entry.organisation_id, entry.role
        row.valid_from, row.valid_to = entry.valid_from, entry.valid_to
        session.add(row)
        session.flush()
        _limit(change, row, entry.areas)
        _keep_an_admin(change)
        change.subject = f"{user.name or user.subject}: {organisation.name}"
        change.details = {"membership": row.id, "before": before, "after": _as_told(change, row)}
        return row.id or 0


def remove_membership(database: Database, viewer: Viewer, membership_id: int) -> None:
    """Take a membership away; it ends with the person's next click. Raises `EntryError` last_admin, unknown."""
    with changing(database, viewer, Action.WRITE_MEMBERS) as change:
        found = _membership(change, membership_id)
        change.subject = str(found.user_id)
        change.details = {"membership": found.id, "before": _as_told(change, found), "after": None}
        _limit(change, found, frozenset())
        looking = update(UserSession).where(col(UserSession.membership_id) == found.id)
        change.session.execute(looking.values(membership_id=None))
        change.session.delete(found)
        change.session.flush()
        _keep_an_admin(change)


def block_user(database: Database, viewer: Viewer, user_id: int, *, is_blocked: bool) -> None:
    """Shut a person out, ending their sessions, or let them in again. Raises `EntryError` last_admin, unknown."""
    with changing(database, viewer, Action.WRITE_MEMBERS) as change:
        user = _user(change, user_id)
        change.subject = user.name or user.subject
        change.details = {"user": user.id, "before": user.is_blocked, "after": is_blocked}
        user.is_blocked = is_blocked
        change.session.add(user)
        if is_blocked:
            end_sessions(change.session, user_id)
            _keep_an_admin(change)


def _check(change: Change, entry: MembershipEntry) -> None:
    if entry.role not in MEMBER_ROLES:
        raise EntryError("unknown", value=entry.role)
    if entry.valid_to is not None and entry.valid_to < entry.valid_from:
        raise EntryError("period", first=entry.valid_from.isoformat(), last=entry.valid_to.isoformat())
    query = (
        select(AreaSet.name, Area.code)
        .join(Area, col(Area.area_set_id) == col(AreaSet.id))
        .where(Area.level == 1)
    )
    known = {AreaKey(name, code) for name, code in change.session.exec(query).all()}
    gone = sorted(entry.areas - known, key=lambda area: (area.area_set, area.code))
    if gone:
        raise EntryError("unknown", value=f"{gone[0].area_set} {gone[0].code}")
    if Role(entry.role) is Role.HOUSING and not entry.areas:
        raise EntryError("no_areas")


def _limit(change: Change, row: Membership, areas: frozenset[AreaKey]) -> None:
    session = change.session
    session.execute(delete(MembershipArea).where(col(MembershipArea.membership_id) == row.id))
    session.add_all(
        MembershipArea(membership_id=row.id or 0, area_set_name=area.area_set, area_code=area.code)
        for area in areas
    )
    session.flush()


def _as_told(change: Change, row: Membership) -> dict[str, Any]:
    query = select(MembershipArea).where(MembershipArea.membership_id == row.id)
    areas = sorted((area.area_set_name, area.area_code) for area in change.session.exec(query).all())
    return {
        "user": row.user_id,
        "organisation": row.organisation_id,
        "role": row.role,
        "valid_from": row.valid_from.isoformat(),
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
        "areas": [f"{name} {code}" for name, code in areas],
    }


def _keep_an_admin(change: Change) -> None:
    """Nobody can take the last way in away; commands beside the database could, and could also mend it."""
    if change.viewer.role is Role.OPERATOR or change.viewer.user_id is None:
        return
    query = (
        select(Membership.id)
        .join(User)
        .where(
            Membership.role == Role.ADMIN.value,
            col(Membership.valid_to).is_(None),
            col(User.is_blocked).is_(other=False),
        )
    )
    if change.session.exec(query).first() is None:
        raise EntryError("last_admin")


def _user(change: Change, user_id: int) -> User:
    return _there(change.session.get(User, user_id), user_id)


def _organisation(change: Change, organisation_id: int) -> Organisation:
    return _there(change.session.get(Organisation, organisation_id), organisation_id)


def _membership(change: Change, membership_id: int) -> Membership:
    return _there(change.session.get(Membership, membership_id), membership_id)


def _there(found: _T | None, number: int) -> _T:
    if found is None:
        raise EntryError("unknown", value=str(number))
    return found
