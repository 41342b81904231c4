import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.aoristic import IntervalError, aoristic_weights

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
    hours = aoristic_weights(utc(start), utc(end), [has_time], timezone)
    return {int(h): float(w) for h, w in zip(hours.hour_of_week, hours.weight, strict=True)}


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
@given(st.lists(st.tuples(STARTS, LENGTHS, st.booleans()), min_size=1, max_size=40))
def test_each_row_with_a_time_of_day_sums_to_one(rows):
    start = utc(*(row[0] for row in rows))
    end = utc(*(row[0] + timedelta(minutes=row[1]) for row in rows))
    has_time = np.array([row[2] for row in rows])
    hours = aoristic_weights(start, end, has_time, "Europe/Stockholm")
    sums = np.bincount(hours.row, weights=hours.weight, minlength=len(rows))
    assert sums == pytest.approx(has_time.astype(float))
    assert (hours.is_unknown == ~has_time).all()
    assert (np.diff(hours.row) >= 0).all()
    assert hours.per_hour().sum() == pytest.approx(has_time.sum())


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


def test_an_unknown_end_is_the_beginning_and_an_unknown_beginning_is_unknown():
    start = np.array(["2024-07-01T10:30", "NaT"], dtype="datetime64[s]")
    hours = aoristic_weights(start, np.array(["NaT", "NaT"], dtype="datetime64[s]"), [True, True])
    assert (hours.row.tolist(), hours.hour_of_week.tolist()) == ([0], [12])
    assert hours.is_unknown.tolist() == [False, True]


def test_an_end_before_the_beginning_is_refused_with_both_times():
    with pytest.raises(IntervalError) as error:
        aoristic_weights(utc(local(2024, 7, 2)), utc(local(2024, 7, 1)), [True])
    assert error.value.key == "aoristic.ends_before_it_begins"
    assert error.value.params == {"row": 0, "from": "2024-07-01T22:00:00", "to": "2024-06-30T22:00:00"}


def test_no_incidents():
    hours = aoristic_weights(utc(), utc(), np.empty(0, dtype=bool))
    assert hours.row.size == 0
    assert hours.per_hour().tolist() == [0] * 168
