from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from data_access.changes import record_doses
from data_access.interventions import read_doses
from data_access.permissions import OPERATOR, AreaKey, NotPermittedError, Role, Viewer
from tests.data_access.changes.rows import one
from tests.data_access.changes.test_interventions import PLAN, read, refused, store

if TYPE_CHECKING:
    from data_access.database import Database

FIRST, SECOND, LAST = date(2026, 1, 12), date(2026, 1, 19), date(2026, 2, 23)
"""Weeks of the plan, which ends on Sunday 1 March."""


def test_what_was_delivered_is_read_back_in_order_and_replaced_week_by_week(small: Database) -> None:
    number = store(small)
    record_doses(small, OPERATOR, number, {LAST: 0, FIRST: 24.5})
    assert read(small, number).doses == ((FIRST, 24.5), (LAST, 0.0))
    record_doses(small, OPERATOR, number, {FIRST: None, SECOND: 8, LAST: 1_000_000})
    assert read(small, number).doses == ((SECOND, 8.0), (LAST, 1_000_000.0))
    assert read(small, number).revision == 1


@pytest.mark.parametrize(
    ("week", "amount", "reason", "parameters"),
    [
        (date(2026, 1, 13), 1, "not_monday", {"day": "2026-01-13"}),
        (
            date(2026, 1, 5),
            1,
            "dose_week",
            {"week": "2026-01-05", "first": "2026-01-12", "last": "2026-03-01"},
        ),
        (
            date(2026, 3, 2),
            1,
            "dose_week",
            {"week": "2026-03-02", "first": "2026-01-12", "last": "2026-03-01"},
        ),
        (FIRST, -0.1, "out_of_range", {"value": -0.1, "low": 0, "high": 1_000_000}),
        (FIRST, float("inf"), "out_of_range", {"value": float("inf"), "low": 0, "high": 1_000_000}),
    ],
)
def test_a_week_that_cannot_be_is_refused_with_all_the_others(
    small: Database, week: date, amount: float, reason: str, parameters: dict[str, Any]
) -> None:
    number = store(small)
    error = refused(small, lambda: record_doses(small, OPERATOR, number, {SECOND: 1, week: amount}))
    assert (error.reason, error.parameters) == (reason, parameters)


def test_an_amount_that_is_no_number_is_refused(small: Database) -> None:
    number = store(small)
    error = refused(small, lambda: record_doses(small, OPERATOR, number, {FIRST: float("nan")}))
    assert (error.reason, error.field) == ("out_of_range", "dose")


def test_a_start_within_a_week_makes_it_a_week_of_the_intervention(small: Database) -> None:
    number = store(small, replace(PLAN, starts_on=date(2026, 1, 18), ends_on=None))
    record_doses(small, OPERATOR, number, {FIRST: 1, date(2031, 1, 6): 2})
    assert [week for week, _ in read(small, number).doses] == [FIRST, date(2031, 1, 6)]


def test_doses_of_several_are_told_by_intervention_as_far_as_somebody_sees(small: Database) -> None:
    here, there = store(small), store(small, replace(PLAN, area_codes=("02", "03")))
    store(small)
    for number in (here, there):
        record_doses(small, OPERATOR, number, {SECOND: number, FIRST: 1})
    told = {number: ((FIRST, 1.0), (SECOND, float(number))) for number in (here, there)}
    assert read_doses(small, OPERATOR) == told
    eva = Viewer("Eva", Role.PRESENTER, areas=frozenset({AreaKey("Småstad", "03"), AreaKey("Annan", "01")}))
    assert read_doses(small, eva) == {there: told[there]}
    assert read_doses(small, Viewer("Eva", Role.HOUSING)) == {}
    with pytest.raises(NotPermittedError):
        record_doses(small, eva, there, {FIRST: 2})


def test_delivering_makes_a_new_version_of_what_is_shown(small: Database) -> None:
    number = store(small)
    before = one(small, "select data_version from municipality")
    record_doses(small, OPERATOR, number, {FIRST: 1})
    assert one(small, "select data_version from municipality") == before + 1
