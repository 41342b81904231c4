"""What is made once at start-up, so that the first visitor does not wait for it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from dashboard.charts.bars import bars
from dashboard.charts.coverage import coverage
from dashboard.charts.hours import hours
from dashboard.charts.trend import trend
from dashboard.geometry import KINDS, document, ground
from dashboard.maps.explore import explore_map
from dashboard.situation import explore
from dashboard.situation.coverage import coverage_rows
from dashboard.texts import LANGUAGES, texts
from data_access.facts import facts
from data_access.selection import Selection

if TYPE_CHECKING:
    from data_access.database import Database
    from data_access.permissions import Viewer


def warm(database: Database, viewer: Viewer) -> None:
    """Read the facts, compile what is compiled, build every specification once per language.

    Streamlit collects garbage after each run of a page. What lives for good is taken out of its sight, which saves a good half
    of the time of a click.
    """
    known = facts(database, viewer)
    situation = explore.situation(known, Selection())
    if situation is not None:
        for language in LANGUAGES:
            say = texts(language)
            trend(explore.weeks(situation), say, interventions=explore.interventions(situation))
            coverage(coverage_rows(known), say, has_axis=False)
            hours(situation.now.hours, say)
            for facet, rows in explore.bar_rows(situation, say).items():
                bars(rows, facet, say, top=explore.SHOWN_ROWS.get(facet))
        area_set = known.frame.area_set
        if area_set is not None:
            paths = {
                kind: found.path for kind in KINDS if (found := document(database, viewer, known.frame, kind))
            }
            land = ground(database, viewer, area_set)
            explore_map(situation, land, paths, "heat", texts("sv"), "light", size_px=(900, 470))
    gc.collect()
    gc.freeze()
