"""Panels against the plain counts in SQL, and against slow loops over the drawn town."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from shapely.geometry import box

from data_access.counts import read_counts
from data_access.facts import facts
from data_access.panel import AROUND, INSIDE, Surface, weekly_panel
from data_access.permissions import LOCAL_VIEWER, OPERATOR, Role, Viewer
from data_access.selection import Selection
from tests.small_town import DISTRICT_OF, EAST, HOUSING, HOUSING_ROWS, NORTH, POLICE, POLICE_ROWS

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.panel import Panel

CODES = frozenset(row["category_code"] for row in (*POLICE_ROWS, *HOUSING_ROWS))


def cells(panel: Panel) -> dict[tuple[str, str, date], int]:
    """Counts by source, area and Monday."""
    weeks = panel.weeks.astype("datetime64[D]").tolist()
    return {
        (panel.sources[source], panel.areas[area], weeks[week]): int(panel.counts[source, area, week])
        for source, area, week in np.argwhere(panel.counts)
    }


@pytest.mark.parametrize("viewer", [LOCAL_VIEWER, OPERATOR], ids=["browser", "operator"])
def test_a_panel_is_what_sql_counts_in_whole_weeks(sample: Database, viewer: Viewer) -> None:
    codes = frozenset({"graffiti", "assault", "burglary_home", "intimate_violence"})
    panel = weekly_panel(facts(sample, viewer), codes)
    counted = read_counts(sample, viewer, Selection(categories=codes), ["source", "area", "week"])
    expected = {
        (row["source"], row["area"], row["week"]): row["count"]
        for row in counted
        if row["area"] and row["week"]
    }
    assert cells(panel) == expected
    assert panel.monthly_only == (("intimate_violence",) if viewer is LOCAL_VIEWER else ())


def test_the_running_week_is_no_part_of_it(small: Database) -> None:
    known = facts(small, LOCAL_VIEWER)
    panel = weekly_panel(known, CODES)
    assert known.period is not None
    assert known.period.last == date(2026, 2, 12)  # a Thursday
    assert panel.weeks[-1] == np.datetime64("2026-02-02")
    assert max(key[2] for key in cells(panel)) <= date(2026, 2, 2)


def test_scope_decides_what_is_counted(small: Database) -> None:
    reporter = Viewer("r", Role.REPORTER, organisation_id=2)
    panel = weekly_panel(facts(small, reporter), CODES)
    assert {key[0] for key in cells(panel)} == {HOUSING}
    blind = weekly_panel(facts(small, Viewer("h", Role.HOUSING)), CODES)
    assert blind.counts.sum() == 0


def test_unknown_types_and_an_empty_town_give_nothing(small: Database, empty: Database) -> None:
    assert weekly_panel(facts(small, LOCAL_VIEWER), {"no_such_type"}).counts.sum() == 0
    assert weekly_panel(facts(empty, LOCAL_VIEWER), CODES).counts.shape[2] == 0


def test_small_counts_are_told_as_none_to_whom_they_are_not_for(small: Database) -> None:
    presenter = weekly_panel(facts(small, Viewer("p", Role.PRESENTER)), CODES)
    everybody = weekly_panel(facts(small, LOCAL_VIEWER), CODES)
    counts = np.array([0.0, 3.0, 4.0, 12.0])
    assert np.isnan(presenter.told(counts)).tolist() == [False, True, True, False]
    assert everybody.told(counts).tolist() == counts.tolist()


def test_a_surface_takes_its_points_out_of_their_district(small: Database) -> None:
    codes = CODES - {"assault", "intimate_violence", "bullying"}  # may be told by district only, and by month
    # Around p1 and p2 (bicycle thefts at 500, 500 and 510, 480 in district 01); b5 (500, 700) lies in the ring.
    shape = box(EAST + 450, NORTH + 450, EAST + 550, NORTH + 550)
    panel = weekly_panel(facts(small, LOCAL_VIEWER), codes, Surface(shape, 200.0))
    by_area = Counter(key[1] for key, count in cells(panel).items() for _ in range(count))
    assert panel.areas[-2:] == (INSIDE, AROUND)
    assert by_area[INSIDE] == 2
    plain = Counter(
        key[1]
        for key, count in cells(weekly_panel(facts(small, LOCAL_VIEWER), codes)).items()
        for _ in range(count)
    )
    assert by_area["01"] == plain["01"] - 2 - by_area[AROUND]
    assert sum(by_area.values()) == sum(plain.values())


def test_points_of_sensitive_types_are_in_no_surface(small: Database) -> None:
    whole = box(EAST - 1, NORTH - 1, EAST + 2001, NORTH + 2001)
    panel = weekly_panel(facts(small, LOCAL_VIEWER), CODES, Surface(whole, 100.0))
    assert "assault" in panel.district_only
    assert "intimate_violence" in panel.monthly_only
    without = weekly_panel(
        facts(small, LOCAL_VIEWER), CODES - set(panel.district_only), Surface(whole, 100.0)
    )
    assert (
        panel.counts == without.counts
    ).all()  # nor in any district beside it: all areas count the same types
    exact = weekly_panel(facts(small, OPERATOR), CODES, Surface(whole, 100.0))
    assert exact.district_only == exact.monthly_only == ()
    inside = panel.areas.index(INSIDE)
    assert exact.counts[:, inside].sum() > panel.counts[:, inside].sum()


def test_a_surface_counts_points_to_the_square_of_20_metres(sample: Database) -> None:
    known = facts(sample, LOCAL_VIEWER)
    (stock,) = known.stocks
    x, y = stock.spots.x.mean(), stock.spots.y.mean()
    surface = Surface(shapely.Point(x, y).buffer(900), 400.0)
    panel = weekly_panel(known, {"graffiti"}, surface)
    inside = shapely.contains_xy(surface.shape, stock.spots.x, stock.spots.y)
    graffiti = next(one.id for one in known.categories if one.code == "graffiti")
    expected = 0
    for part in stock.parts:
        for row in range(part.size):
            if (
                stock.combinations[part.combination[row]][0] == graffiti
                and part.spot[row] < stock.spots.count
            ):
                expected += bool(inside[part.spot[row]])
    assert panel.counts[:, panel.areas.index(INSIDE)].sum() == expected > 20


def test_every_incident_of_the_drawn_town_is_where_it_was_drawn(small: Database) -> None:
    panel = weekly_panel(facts(small, OPERATOR), CODES)
    drawn = {row["source_key"]: row for row in (*POLICE_ROWS, *HOUSING_ROWS)}
    expected: Counter[tuple[str, str]] = Counter()
    for key, district in DISTRICT_OF.items():
        if drawn[key]["occurred_from"] < np.datetime64("2026-02-09"):
            expected[POLICE if key.startswith("p") else HOUSING, district] += 1
    found: Counter[tuple[str, str]] = Counter()
    for (source, area, _), count in cells(panel).items():
        found[source, area] += count
    assert found == expected
