"""With whose eyes the report for an organisation is written: nobody there reads more than its own people may see."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlmodel import col, or_, select

from data_access.frame import DEFAULT_TIMEZONE
from data_access.models import Membership, MembershipArea, Municipality, Organisation, User
from data_access.permissions import Action, AreaKey, Role, Viewer, can, check

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlmodel import Session

    from data_access.database import Database


def organisation_viewer(database: Database, viewer: Viewer, organisation_id: int) -> Viewer:
    """A viewer that sees what an organisation may take along; for whoever holds meetings.

    Where somebody there may take everything along, that is everything; else the districts that its people are limited to; and
    where nobody may take anything along (or nobody is there), what a presenter is shown: small counts stay untold, and of other
    districts everything where all its people are limited to some.
    """
    check(viewer, Action.WRITE_MEETINGS)
    with database.reading() as session:
        organisation = session.get(Organisation, organisation_id)
        municipality = session.exec(select(Municipality)).one()
        name, fewest = organisation.name if organisation else "", municipality.smallest_count
        today = datetime.now(ZoneInfo(municipality.timezone or DEFAULT_TIMEZONE)).date()
        people = _people(session, organisation_id, today)
    eyes = [one for one in people if can(one, Action.EXPORT)]
    whole = [one for one in eyes if one.sight.areas is None]
    seeing = eyes or people
    is_limited = bool(seeing) and all(one.sight.areas is not None for one in seeing)
    areas = frozenset(area for one in seeing for area in one.sight.areas or ())
    return Viewer(
        name=name,
        role=_role(whole) if whole else Role.HOUSING if eyes else Role.PRESENTER,
        organisation_id=organisation_id,
        areas=areas if is_limited else None,
        fewest=fewest,
    )


def _role(whole: Sequence[Viewer]) -> Role:
    """No more than it takes to read."""
    return Role.POLICE if all(one.role is Role.POLICE for one in whole) else Role.ANALYST


def _people(session: Session, organisation_id: int, today: date) -> list[Viewer]:
    """Everybody who is something in the organisation today, and is not blocked."""
    query = (
        select(Membership)
        .join(User)
        .where(
            Membership.organisation_id == organisation_id,
            col(User.is_blocked).is_(False),
            col(Membership.valid_from) <= today,
            or_(col(Membership.valid_to).is_(None), col(Membership.valid_to) >= today),
        )
    )
    found = session.exec(query).all()
    limits: dict[int, set[AreaKey]] = {}
    asked = col(MembershipArea.membership_id).in_([one.id for one in found])
    for row in session.exec(select(MembershipArea).where(asked)).all():
        limits.setdefault(row.membership_id, set()).add(AreaKey(row.area_set_name, row.area_code))
    return [
        Viewer(
            name="",
            role=Role(one.role),
            organisation_id=organisation_id,
            areas=frozenset(limits[one.id or 0]) if one.id in limits else None,
        )
        for one in found
    ]
