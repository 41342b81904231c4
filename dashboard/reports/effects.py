"""Effects of interventions as documents for other programs, and as lines for a terminal."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from dashboard.situation.effect_words import caveat_sentences, sentence
from dashboard.situation.intervention import is_told

if TYPE_CHECKING:
    from dashboard.situation.evaluation import Evaluation
    from dashboard.statistics.outcome import Outcome
    from dashboard.texts import Texts

_DECIMALS = 4


def document(of: Evaluation, texts: Texts, *, holds_together: bool | None = None) -> dict[str, Any]:
    """An evaluation as plain values.

    `low` and `high` are the interval of `expected`; `verdict` is less, no_clear_difference, more, too_few, or None where there is
    no answer, and `reason` then says why. Without enough events every estimate is None.
    """
    effect, one = of.effect, of.intervention
    outcome = effect.target if effect is not None and is_told(of) else None
    return {
        "id": one.id,
        "title": one.title,
        "starts_on": one.starts_on.isoformat(),
        "ends_on": one.ends_on.isoformat() if one.ends_on else None,
        "last_day": of.last_day.isoformat() if of.last_day else None,
        "observed": effect.target.observed if effect is not None else None,
        **_estimates(outcome),
        "p_value": _rounded(effect.p_value) if effect is not None and outcome else None,
        "holds_among_all": holds_together,
        "level": effect.level if effect is not None else None,
        "verdict": effect.verdict if effect is not None else None,
        "reason": of.problem.key if of.problem else None,
        "ring": _around(effect.ring if effect is not None and outcome else None),
        "net": _around(effect.net if effect is not None and outcome else None),
        "comparison_areas": list(of.comparison),
        "ring_areas": list(of.ring),
        "smallest_detectable_decrease_pct": _rounded(effect.detectable_pct, 1)
        if effect is not None and effect.detectable_pct is not None
        else None,
        "caveats": [one.key for one in of.caveats],
        "caveat_sentences": list(caveat_sentences(of, texts)),
        "bundle": list(of.bundle),
        "sentence": sentence(of, texts),
    }


def line(of: Evaluation, texts: Texts) -> str:
    """Number, title and sentence."""
    return f"{of.intervention.id}\t{of.intervention.title}\t{sentence(of, texts)}"


def _estimates(outcome: Outcome | None) -> dict[str, float | None]:
    names = ("expected", "low", "high", "rate_ratio", "rate_ratio_low", "rate_ratio_high")
    if outcome is None:
        return dict.fromkeys(names)
    of, ratio = outcome.expected, outcome.ratio
    values = (of.value, of.low, of.high, ratio.value, ratio.low, ratio.high)
    return dict(zip(names, map(_rounded, values), strict=True))


def _around(outcome: Outcome | None) -> dict[str, Any] | None:
    if outcome is None or not isfinite(outcome.ratio.value):
        return None
    return {"observed": outcome.observed, **_estimates(outcome)}


def _rounded(value: float, decimals: int = _DECIMALS) -> float:
    return round(float(value), decimals)
