"""From an intervention and the incidents to what can be computed: the panel's window, the design, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from dashboard.situation.comparisons import Ground, comparison_sets
from dashboard.situation.overlaps import (
    Places,
    bundled,
    clean_cells,
    clean_surface,
    is_done,
    is_same_place,
    rivals,
    touched,
    weeks_on,
)
from dashboard.statistics.design import Design, NoEffectError
from dashboard.statistics.outcome import AFTER, BASELINE, LEFT_OUT
from data_access.panel import AROUND, INSIDE, Panel

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data_access.frame import Frame
    from data_access.intervention_facts import InterventionFact
    from data_access.selection import Period
    from geo.neighbours import Neighbourhood

    Bools = NDArray[np.bool_]

MOST_BASELINE_WEEKS = 104
"""Older weeks tell less about what is usual."""

TRIGGER_WEEKS = 8
"""The weeks just before a start do not count as usual: they are what made somebody act."""

FEWEST_USUAL_WEEKS = 26
"""Where fewer weeks would be left, the trigger weeks stay."""

_NOT_DONE = {"proposed": "not_decided", "decided": "not_begun", "cancelled": "cancelled"}
_SUNDAY = np.timedelta64(6, "D")


@dataclass(frozen=True, eq=False)
class Trial:
    """An intervention set up as an experiment: the panel cut to its window, the design, and whom it met.

    `bundle`: rivals at the same place and time; `rivals`: all that are aimed at any same type; `comparisons` are in `design`.
    """

    intervention: InterventionFact
    panel: Panel
    window: slice
    places: Places
    design: Design
    bundle: tuple[InterventionFact, ...]

    @property
    def counts(self) -> NDArray[np.int64]:
        """Counts (sources, areas, weeks) in the window."""
        return self.panel.counts[:, :, self.window]

    @property
    def weeks(self) -> NDArray[np.datetime64]:
        """Mondays of the window."""
        return self.panel.weeks[self.window]

    def codes(self, areas: Bools) -> tuple[str, ...]:
        """Codes of some areas; a drawn surface stands for its districts."""
        found = [code for code, is_in in zip(self.panel.areas, areas, strict=True) if is_in]
        return self.intervention.areas if INSIDE in found else tuple(code for code in found if code != AROUND)


@dataclass(frozen=True, eq=False)
class Setting:
    """What interventions are set up in: the frame, the days that the data reach, and which districts lie beside which."""

    frame: Frame
    known: Period | None
    neighbourhood: Neighbourhood


def set_up(one: InterventionFact, panel: Panel, setting: Setting) -> Trial:
    """Set an intervention up on a panel of its types, with its surface if it has one.

    Raises `NoEffectError` with the reason where there is nothing to compute from.
    """
    _refuse_days(one, setting.known)
    places = Places(panel.areas, setting.neighbourhood)
    own = touched(one, places)
    around = places.around(own)
    target, ring = (
        (own, around) if one.polygon is None else (places.among((code,)) for code in (INSIDE, AROUND))
    )
    _refuse_places(panel, target, one)
    others = _changing(one, rivals(one, setting.frame.interventions), panel)
    role = _roles(one, others, panel)
    window = _window(role)
    is_clean = clean_cells(one, others, places, panel.weeks)[:, window]
    if one.polygon is not None:
        is_clean[target | ring] = clean_surface(one, others, places, panel.weeks)[:, window]
    ground = Ground(
        counts=panel.counts.sum(axis=0)[:, window].astype(np.float64),
        baseline=(role == BASELINE)[window] & is_clean[target].all(axis=0),
        after=(role == AFTER)[window],
        target=target,
        near=_near(one, others, places),
        is_clean=is_clean,
        places=places,
        parents=tuple(area.parent for area in setting.frame.areas),
    )
    design = Design(role[window], target, ring, comparison_sets(ground, one.comparison), is_clean)
    return Trial(one, panel, window, places, design, bundled(one, others, panel.weeks[window][design.after]))


def _changing(one: InterventionFact, others: list[InterventionFact], panel: Panel) -> list[InterventionFact]:
    """Rivals that begin or end in the window; one that is on all the time is a part of what is usual."""
    weeks = panel.weeks
    on = np.flatnonzero(weeks_on(one, weeks))
    if not len(on):
        return others
    window = weeks[max(0, int(on[0]) - MOST_BASELINE_WEEKS - TRIGGER_WEEKS) : int(on[-1]) + 1]
    return [other for other in others if not weeks_on(other, window).all()]


def _near(one: InterventionFact, others: list[InterventionFact], places: Places) -> Bools:
    """Areas of the target and of rivals at the same place, and what lies around them."""
    own = touched(one, places)
    for other in others:
        if is_same_place(one, other):
            own = own | touched(other, places)
    return own | places.around(own)


def _refuse_days(one: InterventionFact, known: Period | None) -> None:
    if known is None:
        raise NoEffectError("no_incidents")
    if one.ends_on is not None and one.ends_on < one.starts_on:
        raise NoEffectError("ends_before_start", first=one.starts_on, last=one.ends_on)
    is_to_come = one.starts_on > known.last and one.status not in ("proposed", "cancelled")
    if not is_done(one) and not is_to_come:
        raise NoEffectError(_NOT_DONE[one.status])
    if is_to_come:
        raise NoEffectError("not_started", first=one.starts_on, last=known.last)


def _refuse_places(panel: Panel, target: Bools, one: InterventionFact) -> None:
    if one.categories and set(one.categories) <= set(panel.monthly_only):
        raise NoEffectError("only_monthly")
    nowhere = {*panel.monthly_only, *panel.district_only}
    if one.polygon is not None and one.categories and set(one.categories) <= nowhere:
        raise NoEffectError("only_districts")
    if not target.any():
        raise NoEffectError("no_target")
    if sum(not code.startswith("*") for code in panel.areas) == 1:
        raise NoEffectError("one_area")


def _roles(one: InterventionFact, others: list[InterventionFact], panel: Panel) -> NDArray[np.int8]:
    """What each week of the panel is: weeks that are only in part after the start, and those that led to it, are left out."""
    weeks = panel.weeks
    is_whole = weeks >= np.datetime64(one.starts_on, "D")
    if one.ends_on is not None:
        is_whole &= weeks + _SUNDAY <= np.datetime64(one.ends_on, "D")
    if not is_whole.any():
        raise _no_weeks(one, weeks)
    together = (one, *bundled(one, others, weeks[is_whole]))
    begin = min(int(np.flatnonzero(weeks_on(which, weeks))[0]) for which in together)
    last = begin - (TRIGGER_WEEKS if begin >= FEWEST_USUAL_WEEKS + TRIGGER_WEEKS else 0)
    role = np.full(len(weeks), LEFT_OUT, np.int8)
    role[max(0, last - MOST_BASELINE_WEEKS) : last] = BASELINE
    role[is_whole] = AFTER
    return role


def _no_weeks(one: InterventionFact, weeks: NDArray[np.datetime64]) -> NoEffectError:
    """Why no whole week of an intervention is in the data: too short for one, over before they begin, or just begun."""
    if one.ends_on is None:
        return NoEffectError("zero_weeks")
    monday = one.starts_on + timedelta(days=-one.starts_on.weekday() % 7)
    if monday + timedelta(days=6) > one.ends_on:
        return NoEffectError("no_whole_week", first=one.starts_on, last=one.ends_on)
    if len(weeks) and np.datetime64(monday, "D") < weeks[0]:
        return NoEffectError("before_data", last=one.ends_on, first=weeks[0].astype("datetime64[D]").item())
    return NoEffectError("zero_weeks")


def _window(role: NDArray[np.int8]) -> slice:
    """From the first week that counts to the last."""
    counted = np.flatnonzero(role != LEFT_OUT)
    return slice(int(counted[0]), int(counted[-1]) + 1)
