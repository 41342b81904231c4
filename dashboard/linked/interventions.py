"""Interventions as questions: what a click on the lane of one asks for, and which one a question is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import numpy as np

from dashboard.situation.effect_words import sentence
from dashboard.situation.intervention import is_told
from dashboard.situation.once import once_per_facts
from data_access.selection import Period, Selection

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from dashboard.situation.evaluation import Evaluation
    from dashboard.situation.explore import Situation
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.intervention_facts import InterventionFact

FACETS = ("period", "areas", "categories")
"""The facets that a lane sets, and takes away again."""

PAGE = "insatser"


@once_per_facts
def questions(facts: Facts) -> dict[int, Selection]:
    """By number of each intervention: its districts and types, on its days as far as anything is known of them."""
    known = facts.period
    return {
        one.id: Selection(
            period=_days(one.starts_on, one.ends_on, known),
            areas=frozenset(one.areas),
            categories=frozenset(one.categories),
        )
        for one in facts.frame.interventions
        if known is not None and not one.is_cancelled
    }


def _days(starts_on: date, ends_on: date | None, known: Period) -> Period:
    last = min(ends_on or known.last, known.last)
    return Period(starts_on, max(starts_on, last))


def in_address(question: Selection) -> str:
    """A question as it stands in an address."""
    return urlencode(question.to_query())


def is_asked(question: Selection, selection: Selection) -> bool:
    """Whether exactly this is selected, whatever else is."""
    return all(getattr(question, facet) == getattr(selection, facet) for facet in FACETS)


def intervention_asked(of: Situation) -> InterventionFact | None:
    """The one intervention whose districts and types are selected; None: none, or several.

    Of several in the same place against the same types, the one whose days are selected.
    """
    asked, known = of.selection, questions(of.facts)
    near = [
        number
        for number, one in known.items()
        if one.areas == asked.areas and one.categories == asked.categories
    ]
    found = near if len(near) == 1 else [number for number in near if is_asked(known[number], asked)]
    if len(found) != 1:
        return None
    return next(one for one in of.facts.frame.interventions if one.id == found[0])


def in_words(one: InterventionFact, evaluation: Evaluation | None, texts: Texts) -> dict[str, Any]:
    """The intervention as it is led to: its title, the address of its page, and what came of it."""
    address = urlencode({"insats": one.id, "lang": texts.language})
    said = sentence(evaluation, texts) if evaluation else ""
    return {"id": one.id, "title": one.title, "href": f"{PAGE}?{address}", "sentence": said}


def _is_same(of: Situation, evaluation: Evaluation) -> bool:
    """Whether the curve counts what the evaluation counts: no other filter, no drawn surface, nothing left out."""
    is_filtered = any(facet not in FACETS for facet in of.selection.active)
    left_out = {"recording_left_out", "monthly_types"} & {one.key for one in evaluation.caveats}
    return not is_filtered and not left_out and evaluation.intervention.polygon is None


def expected_weeks(of: Situation, evaluation: Evaluation) -> NDArray[np.float64] | None:
    """What was expected in each week of the data, from the comparison areas; NaN outside of the window, None without estimate."""
    if evaluation.effect is None or not is_told(evaluation) or not _is_same(of, evaluation):
        return None
    found = np.full(of.facts.weeks, np.nan)
    begin = int((evaluation.weeks[0] - of.facts.first_week) / np.timedelta64(7, "D"))
    found[begin : begin + len(evaluation.weeks)] = evaluation.effect.weekly.expected
    return found
