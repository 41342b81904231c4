from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from data_access.audit import check_log
from data_access.changes import record_look
from data_access.permissions import OPERATOR, AreaKey, Role, Viewer
from tests.data_access.changes.rows import dump, one, rows
from tests.data_access.changes.test_interventions import read, refused, store

if TYPE_CHECKING:
    from data_access.database import Database

WEEK, NEXT = date(2026, 2, 2), date(2026, 2, 9)
EVA = Viewer("Eva", Role.PRESENTER)


def test_each_state_of_the_data_is_counted_once_whoever_looks(small: Database) -> None:
    number = store(small)
    version = one(small, "select data_version from municipality")
    record_look(small, EVA, number, WEEK)
    after_first = dump(small)
    for viewer in (EVA, OPERATOR):
        record_look(small, viewer, number, WEEK)
    assert dump(small) == after_first
    record_look(small, OPERATOR, number, NEXT)
    assert read(small, number).looks == 2
    assert read(small, store(small)).looks == 0
    log = rows(small, "select actor, action, subject, details from audit_log where action = 'incidents.read'")
    assert log == [
        ("Eva", "incidents.read", "Ljus vid hamnen", '{"intervention": 1, "last_week": "2026-02-02"}'),
        ("samsyn", "incidents.read", "Ljus vid hamnen", '{"intervention": 1, "last_week": "2026-02-09"}'),
    ]
    assert check_log(small, OPERATOR).is_whole
    assert one(small, "select data_version from municipality") == version + 1  # of the second intervention


@pytest.mark.parametrize(
    ("viewer", "week", "reason"),
    [
        (OPERATOR, date(2026, 2, 3), "not_monday"),
        (Viewer("Eva", Role.POLICE, areas=frozenset({AreaKey("Småstad", "02")})), WEEK, "unknown"),
        (Viewer("Eva", Role.HOUSING), WEEK, "unknown"),
    ],
)
def test_a_look_at_what_is_not_seen_is_none(small: Database, viewer: Viewer, week: date, reason: str) -> None:
    number = store(small)
    assert refused(small, lambda: record_look(small, viewer, number, week)).reason == reason
