"""The weekly meeting's figures: who has reported, and where the last weeks differ from what was to be expected.

A source that is silent or new is neither in the counts nor in what they are compared with: "no report" is no zero. Percent
change is never a signal. How it is tested: `dashboard.statistics.signals`.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from dashboard.situation.once import once_per_facts
from dashboard.situation.reporters import reporters
from dashboard.situation.weekly_basis import Ground, ground, last_week
from dashboard.situation.weekly_cells import Cells, Kind, cells, kinds, tested
from dashboard.situation.weekly_figures import figures
from dashboard.situation.weekly_flags import flags
from dashboard.situation.weekly_values import Basis, Effort, Figure, Flag, Reporter, Weekly
from dashboard.statistics.doubling import doubling_seen_from
from data_access.category_panel import CategoryPanel, category_panel
from data_access.meeting_days import MOST_WEEKS
from data_access.selection import Period

if TYPE_CHECKING:
    from dashboard.statistics.signals import Window
    from data_access.facts import Facts

__all__ = ["Basis", "Effort", "Figure", "Flag", "Reporter", "Weekly", "weekly", "weekly_of_days"]

_WEEK_DAYS = 7


def weekly(facts: Facts, period: Period | None = None, *, weeks: int = 1) -> Weekly:
    """The figures of a meeting that is held every `weeks` weeks (1 to `MOST_WEEKS`).

    Its period are the last whole weeks up to the end of `period`, or, without one, up to the last that the data reach. Districts
    are also tested over that period and the one before it together, where a change that lasts shows sooner.
    """
    return _weekly(facts.on_all_weeks, period, weeks)


def weekly_of_days(facts: Facts, period: Period) -> Weekly:
    """The figures of a meeting that looks at the days of `period`: of as many whole weeks, at least one."""
    return weekly(facts, period, weeks=min(max(period.days // _WEEK_DAYS, 1), MOST_WEEKS))


@once_per_facts
def _weekly(facts: Facts, period: Period | None, weeks: int) -> Weekly:
    last = last_week(facts, period)
    if last < weeks - 1:
        return Weekly(None, weeks, None, (), (), (), 0, problem="no_week", fewest=facts.sight.fewest)
    now = np.arange(last - weeks + 1, last + 1)
    grounds = _grounds(facts, last, weeks)
    first = grounds[0]
    shown = _days(facts, last, weeks)
    who = reporters(facts, now, first.sources & first.is_enough)
    if not first.is_enough:
        problem = _problem(who, first)
        return Weekly(shown, weeks, None, who, (), (), 0, problem=problem, fewest=facts.sight.fewest)
    panel = category_panel(facts, _all_weeks(grounds))
    rows = kinds(panel.categories)
    counted = [cells(panel, rows, one) for one in grounds if one.is_enough]
    windows = [_window(one, rows, facts) for one in counted]
    sure, near = flags(facts, panel, counted, windows, rows)
    return Weekly(
        period=shown,
        weeks=weeks,
        basis=first.basis,
        reporters=who,
        figures=figures(facts, panel, counted[0], rows),
        flags=sure,
        nearest=near,
        seen_from=doubling_seen_from(windows),
        tests=sum(int(window.is_tested.sum()) for window in windows),
        untested=_untested(panel),
        fewest=facts.sight.fewest,
    )


def _problem(who: tuple[Reporter, ...], of: Ground) -> str:
    """Why nothing can be compared."""
    if not any(one.has_reported for one in who):
        return "nobody_reported"
    is_part = not of.sources.any() and any(one.until for one in who)
    return "part_only" if is_part else "no_comparison"


def _grounds(facts: Facts, last: int, weeks: int) -> tuple[Ground, ...]:
    """The period, and it with the one before; to whom few are not told only the period, as the other week would follow."""
    before = max(0, last + 1 - 2 * weeks)
    lengths = [weeks] if facts.sight.fewest or last + 1 < 2 * weeks else [weeks, 2 * weeks]
    return tuple(ground(facts, np.arange(last + 1 - length, last + 1), before) for length in lengths)


def _window(of: Cells, rows: tuple[Kind, ...], facts: Facts) -> Window:
    """Types are not tested for whom few are not told: they would follow from their group."""
    return of.window(tested(of, rows, with_types=not facts.sight.fewest))


def _all_weeks(grounds: tuple[Ground, ...]) -> np.ndarray:
    return np.unique(np.concatenate([part for one in grounds for part in (one.now, one.compared)]))


def _days(facts: Facts, last: int, weeks: int) -> Period:
    """Days of the meeting's weeks."""
    monday = facts.first_week.item() + timedelta(days=7 * (last - weeks + 1))
    return Period(monday, monday + timedelta(days=7 * weeks - 1))


def _untested(panel: CategoryPanel) -> tuple[tuple[str, str], ...]:
    """Names of the groups that have no week at all."""
    known = {one.group for one in panel.categories}
    return tuple(
        dict.fromkeys((one.group_sv, one.group_en) for one in panel.monthly_only if one.group not in known)
    )
