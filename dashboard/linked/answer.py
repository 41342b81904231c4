"""The answer to a click: values only, of every view, for one Selection. Never anything about a single record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.linked.charts import charts
from dashboard.linked.interventions import intervention_of
from dashboard.linked.map_answer import map_answer
from dashboard.situation import explore, filters, periods, words
from data_access.selection import FACETS

if TYPE_CHECKING:
    from dashboard.look import Mode
    from dashboard.maps.shapes import Ground
    from dashboard.situation.explore import Situation
    from dashboard.texts import Texts


def answer(of: Situation, ground: Ground | None, layer: str, texts: Texts, mode: Mode) -> dict[str, Any]:
    """All views of a situation, with one layer of the map painted; `ground` None: no map."""
    few = words.few_in_words(of.facts.sight, texts)
    return {
        "version": of.facts.frame.version,
        "period": _period(of, texts),
        "chips": [
            {"facet": chip.facet, "value": chip.value, "label": chip.label}
            for chip in filters.chips(of, texts)
        ],
        "intervention": intervention_of(of, texts),
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
            for name, chart in charts(of, texts, mode).items()
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
