"""Signed-in sessions: begun with what an identity provider says, kept by use, over at logout.

Who looks is read anew each time. Roles and districts come from our own tables, never from what a provider or a browser claims.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import or_
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, delete, select

from data_access import audit
from data_access.audit import MUNICIPALITY_ID, Actor
from data_access.frame import DEFAULT_TIMEZONE
from data_access.models import (
    Membership,
    MembershipArea,
    Municipality,
    Organisation,
    User,
    UserSession,
)
from data_access.one_line import one_line
from data_access.permissions import AreaKey, Role, Viewer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from data_access.database import Database

TOUCH_S = 60
"""The use of a session is written down at most once a minute."""

_TOUCH_WAIT_MS = 50
_KEPT = timedelta(days=30)
_EARLY = timedelta(minutes=5)
_LONGEST = 255


@dataclass(frozen=True)
class Identity:
    """What an identity provider says of a person who signed in: `issued_at` (UTC) and `nonce` belong to this one sign-in."""

    issuer: str
    subject: str
    nonce: str
    issued_at: datetime
    name: str = ""
    email: str = ""

    @property
    def key_sha256(self) -> str:
        """Names the sign-in; nobody can make the identity from it."""
        parts = [self.issuer, self.subject, self.nonce, self.issued_at.isoformat()]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True)
class Hat:
    """One thing that a person is: a valid membership by its id, role and organisation."""

    membership_id: int
    role: Role
    organisation: str


@dataclass(frozen=True)
class SignedIn:
    """A living session: who looks, as what, and what else they may look as."""

    session_id: int
    viewer: Viewer
    hat: Hat
    hats: tuple[Hat, ...]


class SignInError(Exception):
    """No access; `reason`: ended (sign in again), waiting (nobody has granted a role), blocked."""

    def __init__(self, reason: str, *, name: str = "", contact: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.parameters = {"name": name, "contact": contact}


def sign_in(database: Database, identity: Identity) -> int:
    """Id of the session of a sign-in, begun now if it is new; raises `SignInError` ended for one that is over or too old.

    A sign-in that is older than a session may last never begins one: what is not remembered any more cannot come back. Nor does
    one whose issuer or subject cannot be stored as it is: cut or mended, it might be somebody else.
    """
    if not _is_storable(identity):
        raise SignInError("ended")
    known = _session_of(database, identity)
    if known is not None:
        return known
    with database.writing() as session:
        municipality = session.get_one(Municipality, MUNICIPALITY_ID, with_for_update=True)
        user = _user(session, identity)
        if not _is_young(identity.issued_at, municipality):
            raise SignInError("ended")
        found = session.exec(_by_key(identity)).one_or_none()
        if found is None:
            _forget_old(session)
            found = UserSession(key_sha256=identity.key_sha256, user_id=user.id or 0)
            session.add(found)
            session.flush()
            audit.append(session, municipality, _actor(user), "session.begin", identity.issuer)
        return found.id or 0


def signed_in(database: Database, session_id: int) -> SignedIn:
    """Who looks in a session, as the tables say now; raises `SignInError` ended, waiting, blocked."""
    with database.reading() as session:
        found = session.get(UserSession, session_id)
        municipality = session.get_one(Municipality, MUNICIPALITY_ID)
        now = datetime.now(UTC)
        if found is None or not _is_alive(found, municipality, now):
            raise SignInError("ended")
        user = session.get_one(User, found.user_id)
        if user.is_blocked:
            raise SignInError("blocked", name=user.name, contact=municipality.contact)
        rows = _memberships(session, user, _today(municipality))
        if not rows:
            raise SignInError("waiting", name=user.name, contact=municipality.contact)
        membership, _ = next((row for row in rows if row[0].id == found.membership_id), rows[0])
        viewer = _viewer(session, user, membership, municipality)
        hats = tuple(Hat(one.id or 0, Role(one.role), name) for one, name in rows)
        hat = next(one for one in hats if one.membership_id == membership.id)
        is_used = now - found.used_at >= timedelta(seconds=TOUCH_S)
    if is_used:
        _touch(database, session_id, now)
    return SignedIn(session_id, viewer, hat, hats)


def look_as(database: Database, session_id: int, membership_id: int) -> None:
    """Look as another of the things that the person is; one that is not theirs changes nothing."""
    allowed = {hat.membership_id for hat in signed_in(database, session_id).hats}
    if membership_id not in allowed:
        return
    with database.writing() as session:
        found = session.get_one(UserSession, session_id)
        found.membership_id = membership_id
        session.add(found)


def sign_out(database: Database, identity: Identity) -> None:
    """End the session of a sign-in for good."""
    if not _is_storable(identity):
        return
    with database.writing() as session:
        municipality = session.get_one(Municipality, MUNICIPALITY_ID, with_for_update=True)
        found = session.exec(_by_key(identity)).one_or_none()
        user = _user(session, identity)
        if found is None:
            found = UserSession(key_sha256=identity.key_sha256, user_id=user.id or 0)
        if found.ended_at is None:
            found.ended_at = datetime.now(UTC)
            session.add(found)
            audit.append(session, municipality, _actor(user), "session.end", identity.issuer)


def end_sessions(session: Session, user_id: int) -> None:
    """End all sessions of a user, inside a change."""
    living = select(UserSession).where(UserSession.user_id == user_id, col(UserSession.ended_at).is_(None))
    for found in session.exec(living).all():
        found.ended_at = datetime.now(UTC)
        session.add(found)


def _session_of(database: Database, identity: Identity) -> int | None:
    with database.reading() as session:
        found = session.exec(_by_key(identity)).one_or_none()
        if found is None:
            return None
        municipality = session.get_one(Municipality, MUNICIPALITY_ID)
        if not _is_alive(found, municipality, datetime.now(UTC)):
            raise SignInError("ended")
        return found.id


def _by_key(identity: Identity):  # noqa: ANN202 - a statement's type says nothing here
    return select(UserSession).where(UserSession.key_sha256 == identity.key_sha256)


def _is_alive(found: UserSession, municipality: Municipality, now: datetime) -> bool:
    lasts, idle = timedelta(hours=municipality.session_hours), timedelta(minutes=municipality.idle_minutes)
    return found.ended_at is None and now - found.started_at < lasts and now - found.used_at < idle


def _is_young(issued_at: datetime, municipality: Municipality) -> bool:
    """Issued within the time that a session may last, and not in the future (clocks differ a little)."""
    age = datetime.now(UTC) - issued_at
    return -_EARLY <= age < timedelta(hours=municipality.session_hours)


def _user(session: Session, identity: Identity) -> User:
    """The person, met for the first time or known; what the provider calls them now."""
    query = select(User).where(User.issuer == identity.issuer, User.subject == identity.subject)
    user = session.exec(query).one_or_none() or User(issuer=identity.issuer, subject=identity.subject)
    user.name = one_line(identity.name)[:120].rstrip() or user.name
    user.email = one_line(identity.email)[:254].rstrip() or user.email
    session.add(user)
    session.flush()
    return user


def _is_storable(identity: Identity) -> bool:
    parts = (identity.issuer, identity.subject)
    return all(part and len(part) <= _LONGEST and part.isprintable() for part in parts)


def _actor(user: User) -> Actor:
    return Actor(user.name or user.subject, user.id)


def _memberships(session: Session, user: User, today: date) -> Sequence[tuple[Membership, str]]:
    """Memberships that are valid today, oldest first, with their organisations."""
    query = (
        select(Membership, Organisation.name)
        .join(Organisation)
        .where(
            Membership.user_id == user.id,
            col(Membership.valid_from) <= today,
            or_(col(Membership.valid_to).is_(None), col(Membership.valid_to) >= today),
        )
        .order_by(col(Membership.id))
    )
    return [(membership, name) for membership, name in session.exec(query).all()]


def _viewer(session: Session, user: User, membership: Membership, municipality: Municipality) -> Viewer:
    query = select(MembershipArea).where(MembershipArea.membership_id == membership.id)
    areas = frozenset(AreaKey(row.area_set_name, row.area_code) for row in session.exec(query).all())
    return Viewer(
        name=user.name or user.subject,
        role=Role(membership.role),
        user_id=user.id,
        organisation_id=membership.organisation_id,
        areas=areas or None,
        fewest=municipality.smallest_count,
    )


def _today(municipality: Municipality) -> date:
    return datetime.now(ZoneInfo(municipality.timezone or DEFAULT_TIMEZONE)).date()


def _touch(database: Database, session_id: int, now: datetime) -> None:
    """Write down that a session is used; while somebody else writes it is left for the next time."""
    with suppress(OperationalError), database.writing(wait_ms=_TOUCH_WAIT_MS) as session:
        found = session.get(UserSession, session_id)
        if found is not None and found.ended_at is None:
            found.used_at = now
            session.add(found)


def _forget_old(session: Session) -> None:
    """Sessions that ended long ago: an old sign-in is refused by its age alone."""
    before = datetime.now(UTC) - _KEPT
    session.execute(delete(UserSession).where(col(UserSession.started_at) < before))
