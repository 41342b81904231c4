"""A municipality in which every text that somebody can write or send tries to be something else.

One district, organisation, type, person, intervention and finding per string of `tests.injections`, under the name that the write
functions let through.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from data_access import audit
from data_access.administration import read_categories, read_users
from data_access.changes import (
    AreaRow,
    CategoryEntry,
    EntryError,
    FindingEntry,
    InterventionEntry,
    MembershipEntry,
    map_own_code,
    record_areas,
    record_category,
    record_finding,
    record_incidents,
    record_intervention,
    record_membership,
    record_organisation,
    withdraw_finding,
)
from data_access.changes.entry import clean_name
from data_access.importers.errors import RowError
from data_access.models.intervention import LONGEST
from data_access.permissions import OPERATOR, AreaKey
from data_access.sessions import Identity, SignInError, sign_in
from tests.injections import INJECTIONS
from tests.small_town import EAST, NORTH, SIDE_M, SRID, file_of, incident, square

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data_access.database import Database

COLUMNS = 13
LONGEST_CODE, LONGEST_NAME, LONGEST_NOTE = 40, 120, 280
TEXT_OF_A_PLAN = min(LONGEST.values())
TEXTS_OF_A_PLAN = tuple(name for name in LONGEST if name != "title")
STORABLE = tuple(text for text in INJECTIONS if text == text.encode(errors="ignore").decode())
"""Without half signs, which no file of text and no database holds."""


def name_of(text: str) -> str | None:
    """The name that is stored for a text; None where it is refused. What is too long is cut, as a form does."""
    try:
        return clean_name(text[:LONGEST_NAME])
    except EntryError:
        return None


NAMES = tuple(dict.fromkeys(name for text in STORABLE if (name := name_of(text))))
"""Every name that a text becomes, once."""

AREA_CODES = tuple(
    text if text.strip() and len(text) <= LONGEST_CODE else f"{number:03d}"
    for number, text in enumerate(STORABLE)
)
"""The text itself as a code, where it is one."""


@dataclass(frozen=True)
class InjectedTown:
    """The set of districts that is shown (in the order of `STORABLE`), and codes of types in the order of `NAMES`."""

    area_set_id: int
    category_codes: tuple[str, ...]


def build(database: Database, set_names: Sequence[str] = NAMES) -> InjectedTown:
    """Write it all; `set_names`: older sets of districts."""
    categories = _categories(database)
    organisations = [record_organisation(database, OPERATOR, name=name, kind="other") for name in NAMES]
    _incidents(database, categories)
    for number, name in enumerate(set_names):
        row = AreaRow(1, f"s{number}", name, square(0, 0))
        record_areas(database, OPERATOR, [row], name=name, srid=SRID, file_name=name, file_sha256=str(number))
    town = InjectedTown(_areas(database), categories)
    _people(database, organisations)
    for number, name in enumerate(NAMES):
        map_own_code(
            database, OPERATOR, organisation_id=organisations[number], own_code=name, code=categories[number]
        )
    for number, text in enumerate(STORABLE):
        name, category = NAMES[number % len(NAMES)], categories[number % len(NAMES)]
        found = FindingEntry(name_of(text) or name, area_codes=(AREA_CODES[number],))
        withdrawn, finding = (
            record_finding(database, OPERATOR, found, area_set_id=town.area_set_id) for _ in range(2)
        )
        withdraw_finding(database, OPERATOR, withdrawn, name_of(text) or name, revision=1)
        entry = InterventionEntry(
            name_of(text) or name, "environment", name, date(2026, 1, 12), None, (AREA_CODES[number],), (category,),
            finding_id=finding, **dict.fromkeys(TEXTS_OF_A_PLAN, text[:TEXT_OF_A_PLAN])
        )  # fmt: skip
        record_intervention(database, OPERATOR, entry, area_set_id=town.area_set_id)
        audit.record(
            database, OPERATOR, "members.write", text, {"before": {"name": text}, "after": {text: text}}
        )
    return town


def _categories(database: Database) -> tuple[str, ...]:
    known = [row.code for row in read_categories(database, OPERATOR)]
    codes = (*known, *(f"own_{number}" for number in range(len(NAMES) - len(known))))[: len(NAMES)]
    kinds = ("crime", "unsafe_event", "unsafe_place", "positive")
    for number, (code, name) in enumerate(zip(codes, NAMES, strict=True)):
        entry = CategoryEntry(name, name, "violence", kinds[number % len(kinds)], 0)
        record_category(database, OPERATOR, code, entry)
    return codes


def _incidents(database: Database, categories: Sequence[str]) -> None:
    for number, text in enumerate(STORABLE):
        category, name = categories[number % len(NAMES)], NAMES[number % len(NAMES)]
        at = (SIDE_M * (number % COLUMNS + 0.5), SIDE_M * (number // COLUMNS + 0.5))
        given = {
            "own_code": text[:LONGEST_NAME],
            "note": text[:LONGEST_NOTE],
            "area_code": AREA_CODES[number],
        }
        rows = [
            incident(f"{text[:60]}{k}", category, f"2026-01-{5 + k:02d}T{number % 24:02d}:15", at=at, **given)
            for k in range(1 + number % 4)
        ]
        refused = [RowError(3, text[:80], text[:200], "date_unknown", {"value": text})]
        mapping = {"categories": {text[:LONGEST_NAME]: category}, "columns": {"note": text}}
        file = file_of(rows, name=text, refused=refused, mapping=mapping, sha256=f"{number}")
        record_incidents(database, OPERATOR, file, organisation=name)


def _areas(database: Database) -> int:
    squares = [square(number % COLUMNS, number // COLUMNS) for number in range(len(STORABLE))]
    parents = [AreaRow(0, f"p{n}", text, squares[n]) for n, text in enumerate(STORABLE)]
    districts = [
        AreaRow(1, AREA_CODES[n], text, squares[n], f"p{n}", 1000 + n) for n, text in enumerate(STORABLE)
    ]
    rows = [*parents, *districts]
    found = record_areas(database, OPERATOR, rows, name="Rutor", srid=SRID, file_name="rutor.gpkg")
    return found.area_set_id


def _people(database: Database, organisations: Sequence[int]) -> None:
    for number, text in enumerate(INJECTIONS):
        for issuer in (text, "https://id.example"):
            who = Identity(issuer, f"{number}", f"n{number}", datetime.now(UTC), text, text)
            try:
                sign_in(database, who)
            except SignInError:
                continue
    users = read_users(database, OPERATOR)
    for number, user in enumerate(users):
        area = AreaKey("Rutor", AREA_CODES[number % len(AREA_CODES)])
        owner = organisations[number % len(organisations)]
        entry = MembershipEntry(user.id, owner, "police", date(2020, 1, 1), areas=frozenset({area}))
        if number % 3:
            record_membership(database, OPERATOR, entry)


def middle(number: int) -> tuple[float, float]:
    """Metres east and north of the middle of a district, in the town's system."""
    return EAST + SIDE_M * (number % COLUMNS + 0.5), NORTH + SIDE_M * (number // COLUMNS + 0.5)
