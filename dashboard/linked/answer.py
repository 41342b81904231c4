"""The answer to a click: values only, of every view, for one Selection. Never anything about a single record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.linked.charts import charts
from dashboard.linked.interventions import in_words, intervention_asked
from dashboard.linked.map_answer import map_answer
from dashboard.situation import explore, filters, periods, words
from data_access.selection import FACETS

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.look import Mode
    from dashboard.maps.shapes import Ground
    from dashboard.situation.evaluation import Evaluation
    from dashboard.situation.explore import Situation
    from dashboard.texts import Texts
    from data_access.intervention_facts import InterventionFact


def answer(
    of: Situation,
    ground: Ground | None,
    layer: str,
    texts: Texts,
    mode: Mode,
    *,
    evaluate: Callable[[InterventionFact], Evaluation | None] = lambda _one: None,
) -> dict[str, Any]:
    """All views of a situation, with one layer of the map painted; `ground` None: no map.

    `evaluate` is asked for the intervention whose districts and types are selected: the curve then stands against what was
    expected.
    """
    asked = intervention_asked(of)
    found = evaluate(asked) if asked else None
    few = words.few_in_words(of.facts.sight, texts)
    return {
        "version": of.facts.frame.version,
        "period": _period(of, texts),
        "chips": [
            {"facet": chip.facet, "value": chip.value, "label": chip.label}
            for chip in filters.chips(of, texts)
        ],
        "intervention": in_words(asked, found, texts) if asked else None,
        "figures": [
            {
                "value": words.value_in_words(figure, few, texts),
                "comparison": words.comparison_in_words(figure, few, texts),
            }
            for figure in explore.key_figures(of)
        ],
        "marked": {facet: sorted(getattr(of.selection, facet)) for facet in FACETS if facet != "period"},
        "charts": {
            name: {"columns": chart.columns, "notes": chart.notes}
            for name, chart in charts(of, texts, mode, evaluation=found).items()
        },
        "map": None if ground is None else map_answer(of, ground, layer, texts, mode),
    }


def _period(of: Situation, texts: Texts) -> dict[str, Any]:
    return {
        "first": of.period.first.isoformat(),
        "last": of.period.last.isoformat(),
        "known_first": of.known.first.isoformat(),
        "known_last": of.known.last.isoformat(),
        "preset": periods.preset_of(of.period, of.known),
        "text": words.period_in_words(of, texts),
        "compared": words.compared_in_words(of, texts),
    }
