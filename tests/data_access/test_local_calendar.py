from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.local_calendar import local_calendar

TIMES = st.lists(st.datetimes(datetime(1990, 1, 1), datetime(2035, 1, 1)), min_size=1, max_size=20)  # noqa: DTZ001 - UTC


@settings(max_examples=60, deadline=None)
@given(TIMES, st.sampled_from(["Europe/Stockholm", "America/Chicago", "Asia/Kolkata", "UTC"]))
def test_the_calendar_is_that_of_the_wall_clock(times: list[datetime], zone: str) -> None:
    found = local_calendar(np.array(times, "datetime64[s]"), zone)
    for number, at in enumerate(times):
        local = at.replace(tzinfo=UTC, microsecond=0).astimezone(ZoneInfo(zone))
        assert found.date[number].item() == local.date()
        assert (found.weekday[number], found.hour[number]) == (local.weekday(), local.hour)
        assert found.week[number].item().isocalendar()[:2] == local.date().isocalendar()[:2]
        assert found.week[number].item().weekday() == 0
