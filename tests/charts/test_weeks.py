from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.weeks import week_words, words_of_weeks

MONDAYS = st.integers(0, 3000).map(lambda weeks: date(1990, 1, 1) + timedelta(weeks=weeks))


def test_a_week_is_written_with_its_days():
    assert week_words(date(2026, 11, 16), "sv") == "v. 47 2026 (16/11\u201322/11)"
    assert week_words(date(2024, 12, 30), "en") == "wk 1 2025 (30/12\u20135/1)"


@given(MONDAYS, st.integers(0, 60), st.sampled_from(["sv", "en"]))
def test_weeks_in_a_row_are_written_like_each_by_itself(monday, count, language):
    written = words_of_weeks(monday, count, language)
    assert written == [week_words(monday + timedelta(weeks=i), language) for i in range(count)]
    assert len(set(written)) == count
