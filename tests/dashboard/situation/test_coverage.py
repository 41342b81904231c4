from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dashboard.situation.coverage import coding_breaks, coverage_rows, source_states
from dashboard.situation.explore import situation
from dashboard.situation.rows import weeks
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER
from data_access.selection import Selection
from tests.small_town import incident, store_areas, store_incidents

if TYPE_CHECKING:
    from data_access.database import Database

MONDAY = date(2026, 1, 5)


def deliver(database: Database, source: str, per_week: list[int], codes: list[bool] | None = None) -> None:
    """So many reports of a source in each week from `MONDAY`, with area codes or without."""
    store_incidents(
        database,
        [
            incident(
                f"{week}-{n}",
                "noise",
                f"{MONDAY + timedelta(days=7 * week + n % 7)}T10:00",
                area_code="01" if codes is None or codes[week] else None,
            )
            for week, count in enumerate(per_week)
            for n in range(count)
        ],
        source,
    )


@pytest.fixture
def states(empty: Database) -> dict[str, str]:
    """First letter of each week's state, by source."""
    store_areas(empty)
    deliver(empty, "Ofta", [5, 4, 0, 6, 0, 5])
    deliver(empty, "Sällan", [1, 0, 0, 1, 0, 1])
    deliver(empty, "Senare", [0, 0, 0, 4, 4, 4])
    found = facts(empty, LOCAL_VIEWER)
    named = zip(found.frame.sources, source_states(found), strict=True)
    return {source.name: "".join(state[0] for state in row) for source, row in named}


def test_a_week_without_reports_is_silence_only_where_reports_are_usual(states: dict[str, str]) -> None:
    assert states == {"Ofta": "ddsdsd", "Sällan": "dddddd", "Senare": "nnnddd"}


def test_silence_is_said_under_the_trend(empty: Database) -> None:
    deliver(empty, "A", [5, 5, 0, 5, 5])
    deliver(empty, "B", [5, 5, 0, 0, 5])
    deliver(empty, "C", [1, 0, 0, 0, 1])
    of = situation(facts(empty, LOCAL_VIEWER), Selection())
    assert of is not None
    assert weeks(of)["silent"] == ["", "", "A, B", "B", ""]


@pytest.mark.parametrize("has_codes_first", [True, False])
def test_a_break_in_coding_is_the_week_where_codes_appear_or_vanish(
    empty: Database, *, has_codes_first: bool
) -> None:
    store_areas(empty)
    deliver(empty, "A", [5] * 24, [has_codes_first] * 10 + [not has_codes_first] * 14)
    found = facts(empty, LOCAL_VIEWER)
    assert list(coding_breaks(found)) == [(0, 10)]
    assert source_states(found)[0].tolist() == ["delivered"] * 10 + ["break"] + ["delivered"] * 13


def test_one_odd_week_is_no_break(empty: Database) -> None:
    store_areas(empty)
    deliver(empty, "A", [5] * 24, [week != 12 for week in range(24)])
    assert list(coding_breaks(facts(empty, LOCAL_VIEWER))) == []


def test_coverage_names_every_source_and_week(empty: Database) -> None:
    deliver(empty, "A", [5, 5, 5])
    deliver(empty, "B", [0, 0, 1])
    rows = coverage_rows(facts(empty, LOCAL_VIEWER))
    assert list(rows) == ["source", "week_start", "state"]
    assert rows["source"] == ["A"] * 3 + ["B"] * 3
    assert rows["week_start"].tolist() == [MONDAY + timedelta(weeks=i) for i in range(3)] * 2


def test_no_coverage_without_incidents(empty: Database) -> None:
    rows = coverage_rows(facts(empty, LOCAL_VIEWER))
    assert [(name, len(column)) for name, column in rows.items()] == [
        ("source", 0),
        ("week_start", 0),
        ("state", 0),
    ]


def test_the_sample_has_its_silence_and_its_break(sample: Database) -> None:
    found = set(coverage_rows(facts(sample, LOCAL_VIEWER))["state"])
    assert found == {"delivered", "silent", "break"}
