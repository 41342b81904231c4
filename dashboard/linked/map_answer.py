"""What the map shows of a situation: one digit per area or cell, a picture, the legend, and the rows of its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.charts.chart import words_instead
from dashboard.charts.columns import numbers
from dashboard.maps.cells import cell_fills
from dashboard.maps.choropleth import fills
from dashboard.maps.explore import Painting, paint
from dashboard.maps.outlines import Place, running
from dashboard.situation.map_values import AreaValues, area_values
from dashboard.situation.words import few_in_words

if TYPE_CHECKING:
    from dashboard.look import Mode
    from dashboard.maps.shapes import Ground
    from dashboard.situation.explore import Situation
    from dashboard.texts import Texts


def map_answer(of: Situation, ground: Ground, layer: str, texts: Texts, mode: Mode) -> dict[str, Any]:
    """The map painted in one of its layers."""
    areas, values = of.facts.areas, area_values(of)
    painting = paint(of, values, ground, layer, texts, mode)
    places = running(of.facts.frame.interventions, areas, of.period)
    filled = fills(painting.areas, len(areas), mode)
    return {
        "layer": layer,
        "fills": filled.full,
        "back": filled.back,
        "digits": filled.digits,
        "hatched": filled.hatched,
        "ink": filled.ink,
        "border": filled.border,
        "selected": [number for number, area in enumerate(areas) if area.code in of.selection.areas],
        "interventions": sorted({number for place in places for number in place.areas}),
        "titles": _titles(places, ground),
        "cells": _cells(painting),
        "heat": _heat(painting),
        "legend": painting.legend,
        "notes": painting.notes,
        "rows": _rows(values, places) | _words(of, values, texts),
    }


def _titles(places: list[Place], ground: Ground) -> list[dict[str, Any]]:
    """An intervention's title is written at the middle of its first area."""
    at = [(place.title, *ground.middles[place.areas[0]]) for place in places if place.areas]
    return [{"text": title, "lon": round(lon, 5), "lat": round(lat, 5)} for title, lon, lat in at]


def _cells(painting: Painting) -> dict[str, Any] | None:
    classes = painting.cells
    return None if classes is None else {"fills": cell_fills(classes), "digits": classes.digits}


def _heat(painting: Painting) -> dict[str, Any] | None:
    picture = painting.heat
    return None if picture is None else {"image": picture.uri, "bounds": picture.corners}


def _rows(values: AreaValues, places: list[Place]) -> dict[str, Any]:
    """Columns of the map's table; a column that is known of no area is None."""
    running_in: dict[int, list[str]] = {}
    for place in places:
        for number in place.areas:
            running_in.setdefault(number, []).append(place.title)
    return {
        "count": numbers(values.count),
        "before": _known(values.before),
        "rate": _known(values.rate),
        "low": _known(values.rate_low),
        "high": _known(values.rate_high),
        "running": running_in,
    }


def _words(of: Situation, values: AreaValues, texts: Texts) -> dict[str, Any]:
    """What stands in place of counts that are too small to be told; nothing for whom every count is told."""
    if not of.facts.sight.fewest:
        return {}
    few, before = few_in_words(of.facts.sight, texts), values.before if of.before else np.zeros(0)
    named = {"count": values.count, "before": before}
    return {f"{name}_words": words_instead(numbers(column), few) for name, column in named.items()}


def _known(values: np.ndarray) -> list[Any] | None:
    return numbers(values) if np.isfinite(values).any() else None
