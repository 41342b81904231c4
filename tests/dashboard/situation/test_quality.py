from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.situation.quality import gaps
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER

if TYPE_CHECKING:
    from data_access.database import Database


def test_gaps_are_counts_and_shares_of_what_is_there(small: Database) -> None:
    found = {gap.name: (gap.count, gap.share) for gap in gaps(facts(small, LOCAL_VIEWER))}
    assert found == {
        "without_point": (2, 2 / 13),
        "stand_in_points": (2, 2 / 13),
        "without_area": (2, 2 / 13),
        "without_time": (3, 3 / 13),
        "interval_times": (1, 1 / 13),
        "district_only": (1, 1 / 13),
        "aggregate_only": (2, 2 / 13),
    }


def test_nothing_is_missing_where_there_is_nothing(empty: Database) -> None:
    assert gaps(facts(empty, LOCAL_VIEWER)) == []
