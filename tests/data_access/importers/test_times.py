from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.importers.times import parse_clock, parse_moments
from data_access.importers.zones import to_local, to_utc

EVENING = "2024-03-05T21:40:00"
DAY = "2024-03-05T00:00:00"

WRITTEN = [
    *((text, EVENING) for text in (
        "2024-03-05 21:40", "2024-03-05T21:40:00", "2024-03-05 21.40", "2024/3/5 21:40", "2024-03-05, 21:40",
        "20240305 2140", "202403052140", "20240305T214000", "5/3 2024 21:40", "5/3-24 21.40", "05.03.2024 21:40",
        "5 mars 2024 kl 21.40", "5 mars 2024 kl. 21:40", "tis 5 mars 2024, 21:40", "5 MAR 2024 21:40", "den 5:e mars 2024 21:40",
        "March 5, 2024 9:40 PM", "2024-03-05 9:40 p.m.", "24-03-05 21:40", "45356.9027777778", "45356,90278",
        "2024-03-05 21:40:00.000",
    )),
    *((text, DAY) for text in (
        "2024-03-05", "20240305", "240305", "5/3-24", "5.3.2024", "2024-3-5", "5-mar-24", "5 mars 2024", "45356", "2024 03 05",
    )),
]  # fmt: skip


@pytest.mark.parametrize(("text", "moment"), WRITTEN)
def test_one_moment_in_many_writings(text: str, moment: str) -> None:
    parsed = parse_moments([text])
    assert str(parsed.wall[0]) == moment
    assert parsed.has_time[0] == (moment == EVENING)
    assert not parsed.is_bad[0]


@pytest.mark.parametrize(
    "text",
    ["2024-02-30", "2024-13-01", "31/4 2024", "igår", "2024-03-05 25:10", "21:40", "2024", "x" * 500, "²⁰²⁴"],
)
def test_what_is_no_date_is_bad_and_not_guessed(text: str) -> None:
    parsed = parse_moments([text])
    assert np.isnat(parsed.wall[0])
    assert parsed.is_bad[0]


def test_empty_is_not_bad() -> None:
    parsed = parse_moments(["", "2024-03-05"])
    assert parsed.is_empty.tolist() == [True, False]
    assert not parsed.is_bad.any()


def test_day_and_month_are_told_apart_by_the_whole_column() -> None:
    swedish, american = (
        parse_moments(["03/04/2024", "25/04/2024"]),
        parse_moments(["03/04/2024", "04/25/2024"]),
    )
    assert (swedish.order, str(swedish.wall[0])[:10]) == ("dmy", "2024-04-03")
    assert (american.order, str(american.wall[0])[:10]) == ("mdy", "2024-03-04")
    assert not swedish.is_ambiguous


def test_an_order_that_nothing_decides_is_said_to_be_a_guess() -> None:
    parsed = parse_moments(["03/04/2024", "05/06/2024"])
    assert (parsed.order, parsed.is_ambiguous) == ("dmy", True)
    assert str(parse_moments(["03/04/2024"], order="mdy").wall[0])[:10] == "2024-03-04"
    assert str(parse_moments(["03/04/2024"], default="mdy").wall[0])[:10] == "2024-03-04"


def test_rows_that_contradict_the_column_are_bad() -> None:
    parsed = parse_moments(["25/04/2024", "24/04/2024", "04/25/2024"])
    assert parsed.is_bad.tolist() == [False, False, True]


def test_offsets_are_kept() -> None:
    parsed = parse_moments(
        ["2023-04-20 9:01:16 +02:00", "2023-04-20T09:01:16Z", "2023-04-20 09:01", "2023-04-20 09:01 -0530"]
    )
    np.testing.assert_equal(parsed.offset_s, [7200, 0, np.nan, -19800])


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("21:40", 1300), ("21.40", 1300), ("2140", 1300), ("kl 21.40", 1300), ("840", 520), ("9", 540), ("9:05 PM", 1265),
     ("0:05", 5), ("24:00", 1440), ("0.9027777", 1300), ("12:30 am", 30)],
)  # fmt: skip
def test_times_of_day(text: str, minutes: int) -> None:
    seconds, is_bad = parse_clock([text])
    assert seconds[0] == minutes * 60
    assert not is_bad[0]


def test_what_is_no_time_of_day_is_bad() -> None:
    _, is_bad = parse_clock(["25:10", "12:75", "kväll", "", "13:00 pm"])
    assert is_bad.tolist() == [True, True, True, False, True]


SECONDS = st.integers(-600_000_000, 2_000_000_000)


@given(
    st.lists(SECONDS, min_size=1, max_size=20),
    st.sampled_from(["Europe/Stockholm", "America/Chicago", "UTC"]),
)
def test_local_and_back_agrees_with_the_standard_library(seconds: list[int], name: str) -> None:
    utc = np.array(seconds, dtype="datetime64[s]")
    wall = to_local(utc, name)
    zone = ZoneInfo(name)
    expected = [dt.datetime.fromtimestamp(s, zone) for s in seconds]
    assert wall.astype(object).tolist() == [moment.replace(tzinfo=None) for moment in expected]
    back, is_gap, _ = to_utc(wall, name)
    assert back.astype(np.int64).tolist() == [int(moment.replace(fold=0).timestamp()) for moment in expected]
    assert not is_gap.any()


@given(st.lists(SECONDS, min_size=1, max_size=20))
def test_any_wall_time_agrees_with_the_standard_library(seconds: list[int]) -> None:
    wall = np.array([*seconds, 1711852200, 1729996200], dtype="datetime64[s]")  # a gap and a repeated hour
    utc, is_gap, is_repeated = to_utc(wall, "Europe/Stockholm")
    zone = ZoneInfo("Europe/Stockholm")
    expected = [int(moment.replace(tzinfo=zone).timestamp()) for moment in wall.astype(object)]
    assert utc.astype(np.int64).tolist() == expected
    assert is_gap[-2]
    assert is_repeated[-1]
    assert str(to_local(utc[-2:-1], "Europe/Stockholm")[0]) == "2024-03-31T03:30:00"
