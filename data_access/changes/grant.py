"""Giving somebody a role by name, as whoever runs commands beside the database does for the first administrator."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlmodel import or_, select

from data_access.changes.entry import EntryError
from data_access.changes.members import (
    MembershipEntry,
    clean_name,
    record_membership,
    record_organisation,
)
from data_access.frame import read_frame
from data_access.models import Organisation, User
from data_access.one_line import one_line
from data_access.permissions import Action, AreaKey, check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data_access.database import Database
    from data_access.permissions import Viewer

_DIGITS = 12


def grant_role(
    database: Database,
    viewer: Viewer,
    person: str,
    *,
    role: str,
    organisation: str,
    areas: Sequence[str] = (),
) -> str:
    """Give a person (number, e-mail, subject or name) a role from today on; the person's name.

    Raises `EntryError`: nobody, several, and what `record_membership` raises.
    """
    check(viewer, Action.WRITE_MEMBERS)
    person, organisation = one_line(person), clean_name(organisation)
    with database.reading() as session:
        number = int(person) if person.isascii() and person.isdigit() and len(person) <= _DIGITS else None
        same = select(User).where(
            or_(User.id == number, User.email == person, User.subject == person, User.name == person)
        )
        found = session.exec(same).all()
        owner = session.exec(select(Organisation.id).where(Organisation.name == organisation)).first()
        names = [(user.id or 0, user.name or user.subject, user.issuer) for user in found]
    if len(names) != 1:
        people = "; ".join(f"{number} {name} ({issuer})" for number, name, issuer in names)
        raise EntryError("several" if names else "nobody", person=person[:120], people=people)
    if owner is None:
        owner = record_organisation(database, viewer, name=organisation, kind="other")
    area_set = read_frame(database, viewer).area_set
    keys = frozenset(AreaKey(area_set.name if area_set else "", code) for code in areas)
    entry = MembershipEntry(names[0][0], owner, role, datetime.now(UTC).date(), areas=keys)
    record_membership(database, viewer, entry)
    return names[0][1]
