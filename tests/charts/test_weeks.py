from datetime import UTC, date, datetime, timedelta

import vl_convert
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.weeks import brushed_weeks, week_words, words_expression

MONDAYS = st.integers(0, 3000).map(lambda weeks: date(1990, 1, 1) + timedelta(weeks=weeks))


def ms(day):
    return datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000


@given(MONDAYS, st.integers(1, 200), st.floats(-3, 3), st.floats(-3, 3))
def test_brush_snaps_to_the_weeks_it_mostly_covers(monday, count, early_days, late_days):
    end = monday + timedelta(weeks=count)
    ends = [ms(monday) + early_days * 86.4e6, ms(end) + late_days * 86.4e6]
    first, last = brushed_weeks({"from_at": ends})
    if count > 1:
        assert (first, last) == (monday, end - timedelta(days=1))
    assert first.weekday() == 0
    assert last.weekday() == 6
    assert last > first


@given(MONDAYS, st.floats(0.01, 0.98))
def test_a_brush_within_one_week_is_that_week(monday, share):
    start = ms(monday) + share * 7 * 86.4e6
    assert brushed_weeks({"from_at": [start, start + 1000]}) == (monday, monday + timedelta(days=6))


def test_no_brush_is_no_weeks():
    assert brushed_weeks({}) is None
    assert brushed_weeks(None) is None


def test_browser_and_table_write_a_week_alike():
    days = [date(2020, 12, 28), date(2026, 11, 16), date(2026, 1, 5), date(2024, 12, 30)]
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "data": {"values": [{"at": ms(day)} for day in days]},
        "transform": [{"calculate": words_expression("at", "sv"), "as": "words"}],
        "mark": "text",
        "encoding": {"text": {"field": "words"}, "y": {"field": "at", "axis": None}},
    }
    picture = vl_convert.vegalite_to_svg(spec)
    for day in days:
        assert week_words(day, "sv") in picture
