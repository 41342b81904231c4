"""The overview of all interventions as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.situation.cards import area_names, days_in_words, kind_name
from dashboard.situation.effect_words import percent_change, verdict
from dashboard.situation.intervention import hold_together, is_hidden, is_told
from dashboard.situation.words import NONE

if TYPE_CHECKING:
    from dashboard.situation.evaluation import Evaluation
    from dashboard.texts import Texts
    from data_access.frame import Frame

_HELD = {True: "yes", False: "no", None: "none"}


def overview_table(evaluations: list[Evaluation], frame: Frame, texts: Texts) -> pd.DataFrame:
    """One row per evaluation, in their order: what, where, when, observed, expected, change, verdict, and whether it holds."""
    held = hold_together(evaluations)
    rows = [_row(of, frame, texts) | {"holds": texts(f"interventions.holds_{_HELD[holds]}")}
            for of, holds in zip(evaluations, held, strict=True)]  # fmt: skip
    names = (
        "title",
        "verdict",
        "change",
        "range",
        "observed",
        "expected",
        "holds",
        "areas",
        "days",
        "kind",
        "status",
    )
    return pd.DataFrame(
        {texts(f"interventions.column_{name}"): [row[name] for row in rows] for name in names}
    )


def _row(of: Evaluation, frame: Frame, texts: Texts) -> dict[str, Any]:
    one = of.intervention
    return _numbers(of, texts) | {
        "title": one.title,
        "verdict": verdict(of, texts),
        "areas": ", ".join(area_names(one.areas, frame)),
        "days": days_in_words(one, texts),
        "kind": kind_name(one.kind, texts),
        "status": texts(f"intervention_status.{one.status}"),
    }


def _numbers(of: Evaluation, texts: Texts) -> dict[str, Any]:
    """Numbers only where there are events enough, and enough to be told."""
    none: dict[str, Any] = dict.fromkeys(("change", "range", "observed", "expected"), NONE)
    if of.effect is None:
        return none
    target = of.effect.target
    if is_hidden(of):
        return none | {"observed": texts("explore.few", count=of.fewest)}
    observed = {"observed": texts.number(target.observed)}
    if not is_told(of):
        return none | observed
    ratio, expected = target.ratio, target.expected
    return observed | {
        "expected": f"{texts.number(expected.value)} ({texts.number(expected.low)}\u2013{texts.number(expected.high)})",
        "change": percent_change(ratio.value, texts),
        "range": texts(
            "interventions.range",
            low=percent_change(ratio.low, texts),
            high=percent_change(ratio.high, texts),
        ),
    }
