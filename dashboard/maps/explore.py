"""The explore map for a situation: layers, legend, what is said on hover, and what the map leaves out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dashboard.maps import backdrop
from dashboard.maps.cells import cell_layer
from dashboard.maps.choropleth import choropleth
from dashboard.maps.classes import Classes, diverging_classes, quantile_classes
from dashboard.maps.deck import SlimDeck, deck, fit, tooltip
from dashboard.maps.heat import heat_layer, heat_picture
from dashboard.maps.labels import Label, area_labels
from dashboard.maps.layers import Layer, Shapes
from dashboard.maps.legend import heat_legend_html, legend_html
from dashboard.maps.outlines import Place, interventions, selected_outline
from dashboard.situation.map_values import AreaValues, area_changes, area_values
from geo.density import heat_surface

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.look import Mode
    from dashboard.maps.shapes import Ground
    from dashboard.situation.explore import Situation
    from dashboard.texts import Texts

    Figures = tuple[Classes | list[Layer], str, tuple[str, ...]]

BANDWIDTH_M = 300.0
_FEWEST_PAINTED = 10


@dataclass(frozen=True)
class ExploreMap:
    """A deck, its legend (HTML), sentences about what is not painted, and an accessible name."""

    deck: SlimDeck
    legend: str
    notes: tuple[str, ...]
    description: str


def explore_map(
    of: Situation,
    ground: Ground,
    paths: Mapping[str, str],
    layer: str,
    texts: Texts,
    mode: Mode,
    *,
    size_px: tuple[int, int],
) -> ExploreMap:
    """Draw one of the layers count, rate, change, heat, cells; `paths` are the addresses of the geometry documents."""
    areas = Shapes(paths["districts"], len(of.facts.areas))
    values = area_values(of)
    selected = [number for number, area in enumerate(of.facts.areas) if area.code in of.selection.areas]
    figures, legend, notes = _FIGURES[layer](of, ground, paths, values, texts, mode)
    filled = choropleth(
        areas, figures if isinstance(figures, Classes) else None, selected=selected, mode=mode
    )
    over = [] if isinstance(figures, Classes) else figures
    lon, lat = (ground.bounds[0] + ground.bounds[2]) / 2, (ground.bounds[1] + ground.bounds[3]) / 2
    layers: list[Layer | list[Layer]] = [
        [
            backdrop.sheet(lon, lat, has_sea=ground.has_backdrop, mode=mode),
            backdrop.ground(paths["backdrop"], mode),
        ],
        *filled,
        [
            *over,
            backdrop.ways(paths["backdrop"], mode),
            *interventions(areas, _running(of), mode),
            *selected_outline(areas, selected, mode),
            *area_labels(_labels(of, ground), mode),
        ],
    ]
    view = fit(ground.bounds, *size_px)
    return ExploreMap(
        deck=deck(layers, view, tooltip=tooltip(_hover(of, values, texts), mode)),
        legend=legend,
        notes=notes,
        description=texts("map.description"),
    )


def _count(
    of: Situation, ground: Ground, paths: Mapping[str, str], values: AreaValues, texts: Texts, mode: Mode
) -> Figures:
    del ground, paths
    classes = quantile_classes(np.round(values.count), texts, mode=mode)
    legend = legend_html(
        classes, texts, title=texts("map.layer_count"), unit=texts("chart.unit_incidents"), mode=mode
    )
    return classes, legend, _outside(of, texts)


def _rate(
    of: Situation, ground: Ground, paths: Mapping[str, str], values: AreaValues, texts: Texts, mode: Mode
) -> Figures:
    del ground, paths
    classes = quantile_classes(values.smoothed, texts, decimals=1, mode=mode)
    legend = legend_html(
        classes, texts, title=texts("map.layer_rate"), unit=texts("map.unit_rate"), mode=mode
    )
    return classes, legend, (texts("map.note_rate"), *_outside(of, texts))


def _change(
    of: Situation, ground: Ground, paths: Mapping[str, str], values: AreaValues, texts: Texts, mode: Mode
) -> Figures:
    del ground, paths, values
    changes = area_changes(of)
    classes = diverging_classes(changes.change, texts, is_clear=changes.is_clear, mode=mode)
    legend = legend_html(
        classes, texts, title=texts("map.layer_change"), unit=texts("map.unit_change"), mode=mode
    )
    return classes, legend, (texts("map.note_change"), *_outside(of, texts))


def _heat(
    of: Situation, ground: Ground, paths: Mapping[str, str], values: AreaValues, texts: Texts, mode: Mode
) -> Figures:
    del paths, values
    painted = of.now.is_painted
    surface = heat_surface(
        of.facts.x[painted],
        of.facts.y[painted],
        bounds=ground.extent,
        bandwidth_m=BANDWIDTH_M,
        mask=ground.union,
    )
    picture = heat_picture(surface, of.facts.frame.srid or 0, mode=mode)
    legend = heat_legend_html(picture, texts, title=texts("map.layer_heat"), mode=mode)
    return heat_layer(picture), legend, _unpainted(of, texts)


def _cells(
    of: Situation, ground: Ground, paths: Mapping[str, str], values: AreaValues, texts: Texts, mode: Mode
) -> Figures:
    del ground, values
    cells = of.facts.cells
    if cells is None:
        return [], "", _unpainted(of, texts)
    per_km2 = of.now.cells / (cells.side_m / 1000) ** 2
    classes = quantile_classes(per_km2, texts, mode=mode)
    legend = legend_html(
        classes,
        texts,
        title=texts("map.layer_cells"),
        unit=texts("map.heat_unit"),
        counted="cells",
        mode=mode,
    )
    return cell_layer(Shapes(paths["cells"], len(per_km2)), classes, mode), legend, _unpainted(of, texts)


_FIGURES = {"count": _count, "rate": _rate, "change": _change, "heat": _heat, "cells": _cells}


def _outside(of: Situation, texts: Texts) -> tuple[str, ...]:
    outside = round(of.now.outside)
    return (texts("map.note_outside", count=outside),) if outside else ()


def _unpainted(of: Situation, texts: Texts) -> tuple[str, ...]:
    """How many of the incidents counted are not on a map of points, and why."""
    painted = round(of.now.painted)
    quality = of.facts.quality
    sentence = texts("map.note_painted", painted=painted, total=round(of.now.total))
    reasons = [
        texts(f"map.note_{reason}", count=count)
        for reason, count in (
            ("stand_in", quality.stand_in_points),
            ("without_point", quality.without_point),
            ("district_only", quality.district_only + quality.aggregate_only),
        )
        if count
    ]
    few = (texts("map.note_too_few"),) if painted < _FEWEST_PAINTED else ()
    return (sentence, *reasons, *few)


def _labels(of: Situation, ground: Ground) -> list[Label]:
    ranks = np.argsort(np.argsort([-(area.population or 0) for area in of.facts.areas]))
    return [
        Label(area.name, lon, lat, 1 + int(rank) % 99)
        for area, (lon, lat), rank in zip(of.facts.areas, ground.middles, ranks, strict=True)
    ]


def _running(of: Situation) -> list[Place]:
    """Interventions that were on at some time in the period."""
    index = {area.code: number for number, area in enumerate(of.facts.areas)}
    running = [
        one
        for one in of.facts.frame.interventions
        if one.starts_on <= of.period.last and (one.ends_on is None or one.ends_on >= of.period.first)
    ]
    return [Place(one.title, tuple(index[code] for code in one.areas if code in index)) for one in running]


def _hover(of: Situation, values: AreaValues, texts: Texts) -> list[list[str]]:
    """Lines over each district: count, before, rate with its interval."""
    running = _running(of)
    lines = []
    for number, area in enumerate(of.facts.areas):
        one = [texts("map.hover_count", count=round(values.count[number]))]
        if not np.isnan(values.before[number]):
            one.append(texts("map.hover_before", count=round(values.before[number])))
        if not np.isnan(values.rate[number]):
            rate, low, high = (
                texts.number(v[number], 1) for v in (values.rate, values.rate_low, values.rate_high)
            )
            one.append(texts("map.hover_rate", rate=rate, low=low, high=high))
        elif area.population is None:
            one.append(texts("map.hover_no_population"))
        lines.append(
            one
            + [
                texts("map.hover_intervention", title=place.title)
                for place in running
                if number in place.areas
            ]
        )
    return lines
