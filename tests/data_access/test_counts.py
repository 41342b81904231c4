from __future__ import annotations

from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.changes import initialise
from data_access.counts import BY, read_counts
from data_access.crossfilter import crossfilter
from data_access.database import Database
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER, OPERATOR, Viewer
from data_access.selection import Period, Selection, SelectionError
from tests.data_access import oracle
from tests.data_access.strategies import QUESTIONS
from tests.small_town import incident, store_areas, store_incidents

if TYPE_CHECKING:
    from collections.abc import Sequence

INVENTED = oracle.invent(160, seed=11)
COMBINATIONS = [names for size in range(4) for names in combinations(BY, size)] + [BY]
VIEWERS = pytest.mark.parametrize("viewer", [OPERATOR, LOCAL_VIEWER], ids=lambda viewer: viewer.role)


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Database:
    """The invented incidents in a database, placed by their area codes."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('counts') / 'invented.db'}")
    initialise(database)
    store_areas(database)
    for source in oracle.SOURCES:
        store_incidents(database, [_row(one) for one in INVENTED if one.source == source], source)
    return database


def _row(one: oracle.Plain) -> dict[str, Any]:
    start, end = (at.strftime("%Y-%m-%dT%H:%M") for at in (one.start, one.end))
    if one.precision == "date":
        return incident(one.key, one.category, start[:10], area_code=one.area, reported=one.reported)
    return incident(one.key, one.category, start, end=end, area_code=one.area, reported=one.reported)


def _counted(database: Database, viewer: Viewer, selection: Selection, by: Sequence[str]) -> dict[Any, int]:
    rows = read_counts(database, viewer, selection, by)
    counted = {tuple(row[name] for name in by): row["count"] for row in rows}
    assert len(counted) == len(rows)
    return {key: count for key, count in counted.items() if count}


@VIEWERS
@pytest.mark.parametrize("names", COMBINATIONS, ids=lambda names: "-".join(names) or "total")
def test_counts_by_everything_equal_the_plain_loops(
    invented: Database, viewer: Viewer, names: tuple[str, ...]
) -> None:
    is_exact = viewer.sees_exact_records
    for selection in (
        Selection(),
        Selection(period=Period(date(2026, 3, 10), date(2026, 5, 4)), kinds=frozenset({"crime", "positive"})),
    ):
        expected = oracle.count_rows(INVENTED, selection, names, is_exact=is_exact)
        assert _counted(invented, viewer, selection, names) == expected


@settings(max_examples=60, deadline=None)
@given(QUESTIONS, st.sampled_from(COMBINATIONS), st.sampled_from([OPERATOR, LOCAL_VIEWER]))
def test_counts_of_any_selection(
    invented: Database, selection: Selection, names: tuple[str, ...], viewer: Viewer
) -> None:
    selection = selection.without("hours")
    expected = oracle.count_rows(INVENTED, selection, names, is_exact=viewer.sees_exact_records)
    assert _counted(invented, viewer, selection, names) == expected


@settings(max_examples=30, deadline=None)
@given(QUESTIONS, st.sampled_from([OPERATOR, LOCAL_VIEWER]))
def test_the_plain_table_and_the_views_agree(
    invented: Database, selection: Selection, viewer: Viewer
) -> None:
    selection = selection.without("hours")
    total = sum(row["count"] for row in read_counts(invented, viewer, selection, ["area", "hour"]))
    assert total == crossfilter(facts(invented, viewer), selection).total


def test_a_day_before_all_days_and_after_all_days(invented: Database) -> None:
    for viewer in (OPERATOR, LOCAL_VIEWER):
        always = Selection(period=Period(date.min, date.max))
        assert read_counts(invented, viewer, always, []) == [{"count": len(INVENTED)}]


@pytest.mark.parametrize("names", [["areas"], ["area", "colour"]])
def test_an_unknown_name_is_refused(empty: Database, names: list[str]) -> None:
    with pytest.raises(SelectionError) as caught:
        read_counts(empty, OPERATOR, Selection(), names)
    assert (caught.value.parameter, caught.value.value) == ("by", names[-1])


def test_hours_are_refused_because_only_the_views_can_weigh_them(empty: Database) -> None:
    with pytest.raises(SelectionError) as caught:
        read_counts(empty, OPERATOR, Selection(hours=frozenset({3})), ["area"])
    assert caught.value.parameter == "hours"


def test_an_empty_database_counts_nothing(empty: Database) -> None:
    assert read_counts(empty, OPERATOR, Selection(), []) == [{"count": 0}]
    assert read_counts(empty, OPERATOR, Selection(), ["area", "week"]) == []
