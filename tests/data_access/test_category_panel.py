"""The panel of all types against the plain counts in SQL, and against the counts it was made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from data_access.category_panel import category_panel
from data_access.counts import read_counts
from data_access.facts import facts
from data_access.permissions import LOCAL_VIEWER, OPERATOR, Role, Viewer
from data_access.selection import Selection
from tests.weeks import facts_of

if TYPE_CHECKING:
    from data_access.database import Database


@pytest.mark.parametrize("viewer", [LOCAL_VIEWER, OPERATOR], ids=["browser", "operator"])
def test_a_panel_is_what_sql_counts(sample: Database, viewer: Viewer) -> None:
    known = facts(sample, viewer)
    weeks = np.array([3, 50, 51, 52, 100, known.weeks - 1])
    panel = category_panel(known, weeks)
    mondays = (known.first_week + 7 * weeks).astype("datetime64[D]").tolist()
    areas = [area.code for area in known.areas] + [None]
    found = {
        (known.frame.sources[s].name, areas[a], panel.categories[c].code, mondays[w]): int(
            panel.counts[s, a, c, w]
        )
        for s, a, c, w in np.argwhere(panel.counts)
    }
    asked = Selection(categories=frozenset(one.code for one in panel.categories))
    counted = read_counts(sample, viewer, asked, ["source", "area", "category", "week"])
    expected = {
        (row["source"], row["area"], row["category"], row["week"]): row["count"]
        for row in counted
        if row["week"] in mondays
    }
    assert found == expected
    assert bool(panel.monthly_only) == (viewer is LOCAL_VIEWER)
    assert not {one.code for one in panel.monthly_only} & {one.code for one in panel.categories}


def test_counts_come_back_as_they_went_in() -> None:
    counts = np.random.default_rng(1).poisson(2, (3, 5, 4, 12))
    weeks = np.array([0, 2, 3, 11])
    assert (category_panel(facts_of(counts), weeks).counts == counts[..., weeks]).all()


def test_a_housing_company_counts_its_own_districts_only(small: Database) -> None:
    blind = facts(small, Viewer("h", Role.HOUSING))
    assert category_panel(blind, np.arange(blind.weeks)).counts.sum() == 0


def test_small_counts_are_told_as_none_to_whom_they_are_not_for(small: Database) -> None:
    guarded = category_panel(facts(small, Viewer("p", Role.PRESENTER)), np.arange(2))
    none = np.zeros(4, int)
    assert np.isnan(guarded.told(np.array([0, 3, 4, 12]), none)).tolist() == [False, True, True, False]
    beside = np.array(
        [0, 0, 2, 9]
    )  # 22 and 24 are told elsewhere: 2 would follow, and from 60 in all the other
    assert np.isnan(guarded.told(np.array([0, 9, 22, 24]), beside)).tolist() == [False, True, True, False]
    plain = category_panel(facts(small, LOCAL_VIEWER), np.arange(2))
    assert plain.told(np.array([3]), np.array([2])).tolist() == [3.0]
