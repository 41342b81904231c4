"""Persons who have signed in, as what they are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING

from sqlmodel import col, select

from data_access.changes import MembershipEntry, record_membership, record_organisation
from data_access.models import Organisation, UserSession
from data_access.permissions import OPERATOR, AreaKey
from data_access.sessions import Identity, sign_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data_access.database import Database
    from data_access.permissions import Role

_numbers = count(1)


def person(
    database: Database, role: Role, organisation: str = "Polisen", areas: Iterable[AreaKey] = ()
) -> int:
    """The session of somebody new who has signed in and been given a role; the organisation is made where it is not there."""
    number = next(_numbers)
    who = Identity(
        "https://inloggning.example", f"p{number}", f"n{number}", datetime.now(UTC), f"Person {number}"
    )
    session_id = sign_in(database, who)
    with database.reading() as session:
        user_id = session.exec(select(UserSession.user_id).where(col(UserSession.id) == session_id)).one()
        known = session.exec(select(Organisation.id).where(Organisation.name == organisation)).one_or_none()
    owner = known or record_organisation(database, OPERATOR, name=organisation, kind="other")
    entry = MembershipEntry(user_id, owner, role, date(2020, 1, 1), areas=frozenset(areas))
    record_membership(database, OPERATOR, entry)
    return session_id
