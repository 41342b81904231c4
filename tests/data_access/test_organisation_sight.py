from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlmodel import select

from data_access.models import Membership, Organisation, User
from data_access.organisation_sight import organisation_viewer
from data_access.permissions import OPERATOR, AreaKey, NotPermittedError, Role, Viewer
from tests.people import person

if TYPE_CHECKING:
    from data_access.database import Database

ONE, TWO = AreaKey("Småstad", "01"), AreaKey("Småstad", "02")


def eyes(database: Database, organisation: str = "Polisen") -> Viewer:
    with database.reading() as session:
        number = session.exec(select(Organisation.id).where(Organisation.name == organisation)).one()
    return organisation_viewer(database, OPERATOR, number or 0)


@pytest.mark.parametrize(
    ("people", "role", "areas", "fewest"),
    [
        ([], Role.PRESENTER, None, 5),
        ([(Role.PRESENTER, ())], Role.PRESENTER, None, 5),
        ([(Role.PRESENTER, (ONE,))], Role.PRESENTER, {ONE}, 5),
        ([(Role.PRESENTER, (ONE,)), (Role.REPORTER, ())], Role.PRESENTER, None, 5),
        ([(Role.PRESENTER, (ONE,)), (Role.HOUSING, (TWO,))], Role.HOUSING, {TWO}, 0),
        ([(Role.REPORTER, ())], Role.PRESENTER, None, 5),
        ([(Role.POLICE, ())], Role.POLICE, None, 0),
        ([(Role.POLICE, (ONE,))], Role.HOUSING, {ONE}, 0),
        ([(Role.POLICE, (ONE,)), (Role.POLICE, ())], Role.POLICE, None, 0),
        ([(Role.COORDINATOR, ()), (Role.PRESENTER, ())], Role.ANALYST, None, 0),
        ([(Role.HOUSING, (ONE,)), (Role.HOUSING, (TWO,))], Role.HOUSING, {ONE, TWO}, 0),
    ],
)
def test_an_organisation_sees_what_its_people_may_take_along(
    small: Database,
    people: list[tuple[Role, tuple[AreaKey, ...]]],
    role: Role,
    areas: set[AreaKey] | None,
    fewest: int,
) -> None:
    for one, limits in people:
        person(small, one, areas=limits)
    found = eyes(small)
    assert (found.role, found.sight.areas, found.sight.fewest) == (role, areas, fewest)
    assert found.name == "Polisen"


def test_who_is_blocked_or_has_left_or_is_elsewhere_opens_nothing(small: Database) -> None:
    person(small, Role.POLICE)
    person(small, Role.POLICE, "Bostadsbolaget")
    with small.writing() as session:
        session.exec(select(User)).first().is_blocked = True  # type: ignore[union-attr]
    assert eyes(small).role is Role.PRESENTER
    assert eyes(small, "Bostadsbolaget").role is Role.POLICE
    with small.writing() as session:
        for row in session.exec(select(Membership)).all():
            row.valid_to = row.valid_from
    assert eyes(small, "Bostadsbolaget").role is Role.PRESENTER


def test_an_organisation_that_is_gone_sees_as_little_as_can_be(small: Database) -> None:
    assert organisation_viewer(small, OPERATOR, 99).role is Role.PRESENTER


def test_only_who_holds_meetings_may_ask(small: Database) -> None:
    with pytest.raises(NotPermittedError):
        organisation_viewer(small, Viewer("x", Role.POLICE), 1)
