"""Interventions on made-up counts: the sample's districts, and a week's level for each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.situation.trial import Setting, Trial, set_up
from data_access.panel import Panel

if TYPE_CHECKING:
    from data_access.facts import Facts
    from geo.neighbours import Neighbourhood

FIRST_MONDAY = date(2024, 1, 1)
TARGET = "0504"


def made_trial(
    known: Facts,
    around: Neighbourhood,
    *,
    before: int,
    after: int = 40,
    weekday: int = 0,
    per_week: float = 5.0,
    led: float = 1.0,
    late: float = 1.0,
    seed: int = 1,
    **more: Any,
) -> Trial:
    """One district is treated after so many weeks; `led`, `late`: its level in the last eight weeks before, and in
    the second half of all before, beside the others'."""
    codes = tuple(area.code for area in known.areas)
    rate = np.full((len(codes), before + after + 1), per_week)
    rate[codes.index(TARGET), before // 2 : before] *= late
    rate[codes.index(TARGET), before - 8 : before] *= led
    counts = np.random.default_rng(seed).poisson(rate)[None]
    panel = Panel(counts, ("Polisen",), codes, np.datetime64(FIRST_MONDAY), 0)
    start = FIRST_MONDAY + timedelta(weeks=before, days=weekday)
    plain = {"areas": (TARGET,), "starts_on": start, "ends_on": None, "status": "ongoing", "polygon": None}
    one = replace(known.frame.interventions[0], id=0, comparison=(), **(plain | more))
    assert known.period is not None
    frame = replace(known.frame, interventions=())
    return set_up(one, panel, Setting(frame, replace(known.period, first=FIRST_MONDAY), around))
