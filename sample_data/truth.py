"""What was planted in the sample: the answers an honest analysis should come near."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sample_data.districts import TOWN_NAME
from sample_data.intensity import (
    CAMPAIGN_GROUPS,
    CAMPAIGN_ORGANISATIONS,
    CAMPAIGN_RATIO,
    CAMPAIGN_WEEKS,
    SILENT_WEEKS,
)
from sample_data.intensity import intensity as expected_numbers
from sample_data.interventions import INTERVENTIONS, Intervention, ring_around
from sample_data.organisations import BY_KEY, CODING_BREAK_WEEK
from sample_data.town import town

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sample_data.weeks import Window


def truth(period: Window) -> dict[str, Any]:
    """Return the planted truth; it does not depend on the seed.

    Per intervention: title, rate_ratio (planted by it alone), net_rate_ratio (of everything in force at its place,
    time and categories), ring_rate_ratio, ring_areas, trap, areas, categories, starts_on, ends_on and
    expected_without: the expected number of incidents in its areas, categories and weeks had nothing been done.
    """
    return {
        "town": TOWN_NAME,
        "first_day": period.first_day.isoformat(),
        "last_day": period.last_day.isoformat(),
        "interventions": [_planted(one, period) for one in INTERVENTIONS],
        "silences": [
            {"organisation": BY_KEY[key].name, "weeks_from": [period.day(week).isoformat() for week in weeks]}
            for key, weeks in SILENT_WEEKS.items()
        ],
        "coding_break": {
            "organisation": BY_KEY["polis"].name,
            "from": period.day(CODING_BREAK_WEEK).isoformat(),
        },
        "reporting_campaign": {
            "organisations": [BY_KEY[key].name for key in CAMPAIGN_ORGANISATIONS],
            "groups": list(CAMPAIGN_GROUPS),
            "from": period.day(CAMPAIGN_WEEKS[0]).isoformat(),
            "to": period.day(CAMPAIGN_WEEKS[-1], 6).isoformat(),
            "rate_ratio": CAMPAIGN_RATIO,
        },
    }


def plans(period: Window) -> list[dict[str, Any]]:
    """Return the interventions as the municipality knows them: no effect, no trap.

    `doses`: what was delivered per week, by its Monday, in `dose_unit`; `cost_sek` whole kronor; `goal_pct` decrease hoped for.
    """
    return [
        {
            "title": one.title,
            "kind": one.kind,
            "organisation": one.organisation,
            "starts_on": one.starts_on(period).isoformat(),
            "ends_on": _iso(one, period),
            "area_codes": list(one.areas),
            "categories": list(one.categories),
            "hypothesis": one.hypothesis,
            "status": "ongoing" if one.end_week is None else "ended",
            "approach": one.plan.approach,
            "horizon": one.plan.horizon,
            "problem": one.plan.problem,
            "cause": one.plan.cause,
            "goal": one.plan.goal,
            "goal_pct": one.plan.goal_pct,
            "responsible": one.plan.responsible,
            "cost_sek": one.plan.cost_sek,
            "decided_in": one.plan.decided_in,
            "dose_unit": one.plan.dose.unit,
            "doses": {monday.isoformat(): amount for monday, amount in one.doses(period).items()},
        }
        for one in INTERVENTIONS
    ]


def _planted(one: Intervention, period: Window) -> dict[str, Any]:
    without = _sum(one, one.areas, period, is_treated=False)
    return {
        "title": one.title,
        "rate_ratio": one.rate_ratio,
        "net_rate_ratio": round(_sum(one, one.areas, period, is_treated=True) / without, 4),
        "ring_rate_ratio": one.ring_rate_ratio,
        "ring_areas": list(ring_around(one.areas)),
        "trap": one.trap,
        "areas": list(one.areas),
        "categories": list(one.categories),
        "starts_on": one.starts_on(period).isoformat(),
        "ends_on": _iso(one, period),
        "expected_without": round(without, 1),
    }


def _iso(one: Intervention, period: Window) -> str | None:
    end = one.ends_on(period)
    return end.isoformat() if end else None


def _sum(one: Intervention, areas: Iterable[str], period: Window, *, is_treated: bool) -> float:
    model = expected_numbers(period)
    streams = [index for index, stream in enumerate(model.streams) if stream.code in one.categories]
    places = [town().index(code) for code in areas]
    weeks = list(range(period.weeks))[one.start_week : one.end_week]
    numbers = model.expected if is_treated else model.untreated
    return float(numbers[np.ix_(streams, places, weeks)].sum())
