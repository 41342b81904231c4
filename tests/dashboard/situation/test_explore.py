from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from dashboard.situation import explore, rows
from dashboard.situation.filters import chips
from dashboard.situation.map_values import area_changes, area_values
from dashboard.texts import texts
from data_access.facts import build_facts, facts
from data_access.permissions import LOCAL_VIEWER
from data_access.selection import Period, Selection
from tests.dashboard.situation.asking import asked
from tests.data_access import oracle
from tests.data_access.strategies import QUESTIONS
from tests.small_town import incident, store_incidents

if TYPE_CHECKING:
    from data_access.database import Database

SV, EN = texts("sv"), texts("en")


def figures(of: explore.Situation) -> dict[str, explore.KeyFigure]:
    return {figure.name: figure for figure in explore.key_figures(of)}


def test_key_figures_by_hand(small: Database) -> None:
    found = figures(asked(small, areas=frozenset({"01"})))
    assert found["incidents"].value == 4
    assert found["rate"].value == pytest.approx(4 * 1000 * 364 / (1000 * 39))  # the data end on 12 February
    assert found["reported"].value == 0.5  # p1 yes, p2 no
    assert found["night"].value == 0  # 10:15, 10:45 and 15:00; one has no time of day


def test_the_night_is_from_18_to_06(small: Database) -> None:
    found = figures(asked(small))
    at_night = {"p3": 1, "p4": 1, "b1": 1, "b2": 1}
    by_day = {"p1": 1, "p2": 1, "p8": 1, "b5": 1}
    assert found["night"].value == pytest.approx(len(at_night) / (len(at_night) + len(by_day)))


def test_no_rate_where_residents_are_unknown(small: Database) -> None:
    assert figures(asked(small, areas=frozenset({"04"})))["rate"].value is None
    assert figures(asked(small))["rate"].value is None
    assert explore.residents(asked(small, areas=frozenset({"01", "03"}))) == 3000


def weekly(counts: list[int]) -> list[dict]:
    """So many incidents in each week from 6 January 2025."""
    days = [
        date(2025, 1, 6) + timedelta(days=7 * week + n % 7)
        for week, count in enumerate(counts)
        for n in range(count)
    ]
    return [incident(f"k{n}", "noise", f"{day}T12:00", at=(500, 500)) for n, day in enumerate(days)]


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ([5] * 52 + [20] * 8, "more"),
        ([20] * 52 + [5] * 8, "fewer"),
        ([10] * 52 + [11] * 8, "about_the_same"),
        ([1] * 60, "too_few"),
        (
            [0, 10] * 26 + [0, 15] * 4,
            "about_the_same",
        ),  # half as many again, but weeks vary much more than by chance
    ],
)
def test_a_period_is_compared_with_the_same_weeks_a_year_before(
    empty: Database, counts: list[int], words: str
) -> None:
    store_incidents(empty, weekly(counts))
    of = asked(empty, period=Period(date(2026, 1, 26), date(2026, 2, 22)))
    assert of.before_period == Period(date(2025, 1, 27), date(2025, 2, 23))
    figure = figures(of)["incidents"]
    assert (figure.value, figure.value_before) == (sum(counts[55:59]), sum(counts[3:7]))
    assert figure.comparison is not None
    assert str(figure.comparison.words) == words


def test_without_a_period_data_of_less_than_a_year_are_shown_whole(small: Database) -> None:
    found = explore.situation(facts(small, LOCAL_VIEWER), Selection())
    assert found is not None
    assert found.period == found.selection.period == Period(date(2026, 1, 5), date(2026, 2, 12))


def test_an_empty_database_has_no_situation(empty: Database) -> None:
    assert explore.situation(facts(empty, LOCAL_VIEWER), Selection()) is None


@settings(max_examples=40, deadline=None)
@given(QUESTIONS)
def test_any_question_has_an_answer(selection: Selection) -> None:
    of = explore.situation(build_facts(*oracle.coded(oracle.invent(60, 3))), selection)
    assert of is not None
    assert {figure.name for figure in explore.key_figures(of)} == {"incidents", "rate", "reported", "night"}
    for share in (figures(of)["reported"].value, figures(of)["night"].value):
        assert share is None or 0 <= share <= 1
    assert {len(column) for column in rows.weeks(of).values()} == {of.facts.weeks}
    assert rows.hours(of).total >= rows.hours(of).unknown >= 0
    for columns in rows.bar_rows(of, SV).values():
        assert list(columns) == ["code", "name", "count", "before"]
        assert len({len(column) for column in columns.values()}) == 1
    assert chips(of, SV) is not None
    assert area_values(of).count.tolist() == of.now.areas.tolist()
    assert not (area_changes(of).is_clear & np.isnan(area_changes(of).change) & (of.now.areas == 0)).any()


@pytest.mark.parametrize(
    "text", ["0001-01-01..9999-12-31", "0001-01-01..0001-01-02", "9999-12-30..9999-12-31"]
)
def test_a_period_at_the_ends_of_the_calendar_has_an_answer(small: Database, text: str) -> None:
    of = asked(small, period=Period.parse(text))
    assert of.before is None
    assert of.now.total in (0, 13)
