from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data_access.administration import read_settings
from data_access.changes import EntryError, Rules, describe_municipality, record_rules
from data_access.database import DatabaseError
from data_access.permissions import LOCAL_VIEWER, NotPermittedError, Role, Viewer
from tests.data_access.changes.rows import dump
from tests.data_access.changes.test_members import last_change
from tests.small_town import store_areas

if TYPE_CHECKING:
    from data_access.database import Database

RULES = Rules("weekly", "Eva", 5, 12, 60)


def test_only_what_differs_is_written_and_told(small: Database) -> None:
    record_rules(small, LOCAL_VIEWER, Rules("twice_a_month", " Eva \n Lind ", 7, 8, 30))
    found = read_settings(small, LOCAL_VIEWER)
    assert (found.meeting_cadence, found.contact, found.smallest_count) == ("twice_a_month", "Eva Lind", 7)
    assert (found.session_hours, found.idle_minutes) == (8, 30)
    record_rules(small, LOCAL_VIEWER, Rules("twice_a_month", "", 7, 8, 30))
    assert last_change(small) == {"before": {"contact": "Eva Lind"}, "after": {"contact": ""}}


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        (Rules("daily", "", 5, 12, 60), "unknown"),
        (Rules("weekly", "", 4, 12, 60), "out_of_range"),
        (Rules("weekly", "", 21, 12, 60), "out_of_range"),
        (Rules("weekly", "", 5, 13, 60), "out_of_range"),
        (Rules("weekly", "", 5, 0, 60), "out_of_range"),
        (Rules("weekly", "", 5, 12, 61), "out_of_range"),
        (Rules("weekly", "x" * 121, 5, 12, 60), "name_long"),
    ],
)
def test_no_rule_is_laxer_than_promised(small: Database, rules: Rules, reason: str) -> None:
    before = dump(small)
    with pytest.raises(EntryError) as caught:
        record_rules(small, LOCAL_VIEWER, rules)
    assert caught.value.reason == reason
    assert dump(small) == before


def test_the_clock_and_the_grid_stay_once_there_are_incidents(small: Database, empty: Database) -> None:
    for given_, reason in (
        ({"timezone": "Europe/London"}, "timezone_in_use"),
        ({"srid": 3009}, "crs_in_use"),
    ):
        with pytest.raises(DatabaseError) as caught:
            describe_municipality(small, LOCAL_VIEWER, **given_)
        assert caught.value.reason == reason
    describe_municipality(small, LOCAL_VIEWER, timezone="Europe/Stockholm", srid=3006)
    store_areas(empty)
    describe_municipality(empty, LOCAL_VIEWER, timezone="Europe/London")
    assert read_settings(empty, LOCAL_VIEWER).timezone == "Europe/London"


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMIN, Role.OPERATOR)])
def test_only_administrators_set_rules(small: Database, role: Role) -> None:
    for call in (
        lambda: record_rules(small, Viewer("x", role), RULES),
        lambda: describe_municipality(small, Viewer("x", role), name="X"),
        lambda: read_settings(small, Viewer("x", role)),
    ):
        with pytest.raises(NotPermittedError):
            call()
