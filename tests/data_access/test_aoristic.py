import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.aoristic import wall_intervals
from data_access.crossfilter import crossfilter
from data_access.facts import build_facts
from data_access.records import DATE, INTERVAL
from data_access.selection import Selection
from tests.data_access import oracle
from tests.data_access.aoristic_by_hour import aoristic_weights

CASES = json.loads((Path(__file__).parents[1] / "reference/aoristic.json").read_text("utf-8"))["cases"]
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
STOCKHOLM = ZoneInfo("Europe/Stockholm")

# Minutes around both changes of the clock in 2024 (31 March and 27 October, 01:00 UTC) and around an ordinary week.
STARTS = st.one_of(
    st.integers(-3 * 1440, 3 * 1440).map(
        lambda m: datetime(2024, 3, 31, 1, tzinfo=UTC) + timedelta(minutes=m)
    ),
    st.integers(-3 * 1440, 3 * 1440).map(
        lambda m: datetime(2024, 10, 27, 1, tzinfo=UTC) + timedelta(minutes=m)
    ),
    st.integers(0, 20 * 1440).map(lambda m: datetime(2025, 6, 1, tzinfo=UTC) + timedelta(minutes=m)),
)
LENGTHS = st.one_of(st.just(0), st.integers(1, 300), st.integers(1, 9 * 1440))


def utc(*times):
    return np.array([time.replace(tzinfo=None) for time in times], dtype="datetime64[s]")


def local(*parts):
    return datetime(*parts, tzinfo=STOCKHOLM).astimezone(UTC)


def weights(start, end, timezone="Europe/Stockholm", *, has_time=True):
    """What the view of hours shows of one incident."""
    plain = oracle.Plain("1", "graffiti", "Polisen", "01", "yes", start, end, "interval")
    frame, records = oracle.coded([plain])
    precision = np.array([INTERVAL if has_time else DATE], np.int8)
    found = build_facts(replace(frame, timezone=timezone), replace(records, time_precision=precision))
    hours = crossfilter(found, Selection()).hours
    return {int(hour): float(hours[hour]) for hour in np.flatnonzero(hours)}


def minute_by_minute(start, end, zone):
    """The slow, obvious answer: ask the local clock at every elapsed minute."""
    minutes = int((end - start).total_seconds() // 60)
    if minutes >= 7 * 1440:
        return dict.fromkeys(range(168), 1 / 168)
    out = {}
    for k in range(max(minutes, 1)):
        now = (start + timedelta(minutes=k)).astimezone(zone)
        hour = now.weekday() * 24 + now.hour
        out[hour] = out.get(hour, 0) + 1 / max(minutes, 1)
    return out


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_weights_equal_the_reference(case):
    start, end = (datetime.fromisoformat(case["input"][key]).replace(tzinfo=UTC) for key in ("start", "end"))
    got = {f"{DAYS[h // 24]}-{h % 24:02d}": w for h, w in weights(start, end, "UTC").items()}
    assert got == pytest.approx(case["expected"], abs=1e-9)


@settings(max_examples=80, deadline=None)
@given(STARTS, LENGTHS, st.sampled_from(["Europe/Stockholm", "UTC", "Asia/Kolkata", "America/Chicago"]))
def test_weights_equal_the_clock_asked_every_minute(start, length, timezone):
    end = start + timedelta(minutes=length)
    assert weights(start, end, timezone) == pytest.approx(
        minute_by_minute(start, end, ZoneInfo(timezone)), abs=1e-9
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(STARTS, LENGTHS), max_size=40))
def test_intervals_on_the_wall_clock_keep_their_elapsed_minutes(rows):
    start = utc(*(row[0] for row in rows))
    end = utc(*(row[0] + timedelta(minutes=row[1]) for row in rows))
    clock = wall_intervals(start, end, "Europe/Stockholm")
    elapsed = clock.end - clock.start + clock.added_min
    assert elapsed.tolist() == [min(row[1], 7 * 1440) for row in rows]
    assert ((clock.start >= 0) & (clock.start < 7 * 1440)).all()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(STARTS, LENGTHS), min_size=1, max_size=40))
def test_the_slow_version_gives_each_row_a_weight_of_one(rows):
    """Of `aoristic_by_hour`, with which the compiled pass is compared."""
    start = utc(*(row[0] for row in rows))
    end = utc(*(row[0] + timedelta(minutes=row[1]) for row in rows))
    spread = aoristic_weights(start, end, np.ones(len(rows), bool), "Europe/Stockholm")
    assert np.bincount(spread.row, weights=spread.weight, minlength=len(rows)) == pytest.approx(1)


def test_the_hour_that_summer_time_skips_gets_nothing():
    got = weights(local(2024, 3, 31, 1), local(2024, 3, 31, 4))
    assert got == pytest.approx({6 * 24 + 1: 0.5, 6 * 24 + 3: 0.5})


def test_the_repeated_hour_counts_double():
    got = weights(local(2024, 10, 27, 1), local(2024, 10, 27, 4))
    assert got == pytest.approx({6 * 24 + 1: 0.25, 6 * 24 + 2: 0.5, 6 * 24 + 3: 0.25})


def test_an_exact_time_gives_its_local_hour():
    assert weights(local(2024, 7, 1, 0), local(2024, 7, 1, 0)) == {0: 1.0}
    assert weights(local(2024, 1, 7, 23, 59, 59), local(2024, 1, 7, 23, 59, 59)) == {167: 1.0}


def test_a_date_without_time_of_day_gives_no_hours():
    assert weights(local(2024, 7, 1), local(2024, 7, 2), has_time=False) == {}


def test_seven_days_or_more_are_uniform():
    got = weights(local(2024, 7, 1, 5), local(2024, 7, 8, 5))
    assert got == pytest.approx(dict.fromkeys(range(168), 1 / 168))


def test_seconds_are_counted_to_the_minutes_around_them():
    got = weights(local(2024, 7, 1, 10, 59, 30), local(2024, 7, 1, 11, 0, 20))
    assert got == pytest.approx({10: 0.5, 11: 0.5})
    assert weights(local(2024, 7, 1, 10, 5, 10), local(2024, 7, 1, 10, 5, 40)) == {10: 1.0}


def test_no_incidents():
    clock = wall_intervals(utc(), utc(), "Europe/Stockholm")
    assert clock.start.size == clock.end.size == 0
