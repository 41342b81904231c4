"""The pictures of a meeting's report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dashboard.geometry import document
from dashboard.reports.meeting_charts import meeting_charts
from dashboard.situation.weekly import weekly
from dashboard.texts import texts
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER
from data_access.selection import Period

if TYPE_CHECKING:
    from dashboard.charts.chart import Chart
    from data_access.database import Database

FIRST = date(2023, 11, 20)
"""The first Monday of the sample."""


def drawn(database: Database, weeks: int) -> dict[str, Chart]:
    """Pictures of the last of so many weeks from the beginning of the data."""
    known = facts(database, LOCAL_VIEWER)
    districts = document(database, LOCAL_VIEWER, known, "districts")
    assert districts is not None
    period = Period(FIRST + timedelta(weeks=weeks - 1), FIRST + timedelta(weeks=weeks, days=-1))
    return meeting_charts(known, period, weekly(known, period), districts.body, texts("sv"))


@pytest.mark.parametrize(("weeks", "is_told"), [(1, False), (3, False), (4, True), (60, True)])
def test_a_few_weeks_do_not_tell_whether_it_rises(sample: Database, weeks: int, *, is_told: bool) -> None:
    charts = drawn(sample, weeks)
    assert ("weeks" in charts) == is_told
    assert {"map", "hours"} <= set(charts)


def test_a_year_of_weeks_ends_with_that_of_the_meeting(sample: Database) -> None:
    weeks = drawn(sample, 150)["weeks"].columns
    assert len(weeks["count"]) == 53
    last = FIRST + timedelta(weeks=149)
    assert f"({last.day}/{last.month}" in weeks["words"][-1]
