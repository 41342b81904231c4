"""The explore map: its deck, made once, and how each of its layers is painted for a situation."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.maps import backdrop
from dashboard.maps.cells import cell_layer
from dashboard.maps.choropleth import choropleth
from dashboard.maps.classes import Classes, diverging_classes, quantile_classes
from dashboard.maps.deck import deck, fit
from dashboard.maps.heat import HeatPicture, heat_layer, heat_picture
from dashboard.maps.legend import heat_legend, legend
from dashboard.maps.outlines import outlines
from dashboard.maps.shapes import cell_km2
from dashboard.situation.map_values import area_changes
from data_access.crossfilter import painted_places
from geo.density import heat_surface

if TYPE_CHECKING:
    from dashboard.look import Mode
    from dashboard.maps.shapes import Ground
    from dashboard.situation.explore import Situation
    from dashboard.situation.map_values import AreaValues
    from dashboard.texts import Texts
    from data_access.permissions import Sight

LAYERS = ("count", "rate", "change", "heat", "cells")
OF_POINTS = ("heat",)
"""Layers from which the place of a single incident could be read."""

BANDWIDTH_M = 300.0
_SIZE_PX = (900, 440)
_FEWEST_PAINTED = 10


@dataclass(frozen=True)
class Painting:
    """How a layer is painted: classes of the areas or of the cells, or a picture; its legend; what it leaves out."""

    legend: dict[str, Any]
    notes: tuple[str, ...]
    areas: Classes | None = None
    cells: Classes | None = None
    heat: HeatPicture | None = None


def layers_for(sight: Sight) -> tuple[str, ...]:
    """The layers that somebody may look at."""
    return tuple(name for name in LAYERS if not (sight.fewest and name in OF_POINTS))


def explore_deck(ground: Ground, mode: Mode) -> dict[str, Any]:
    """The map without any figures; layers lie from the ground upwards."""
    west, south, east, north = ground.bounds
    areas, hatched = choropleth(mode)
    layers = [
        backdrop.sheet((west + east) / 2, (south + north) / 2, has_sea=ground.has_backdrop, mode=mode),
        backdrop.ground(mode),
        areas,
        hatched,
        cell_layer(mode),
        heat_layer(),
        backdrop.ways(mode),
        *outlines(mode),
    ]
    return deck(layers, fit(ground.bounds, *_SIZE_PX))


def paint(
    of: Situation, values: AreaValues, ground: Ground, layer: str, texts: Texts, mode: Mode
) -> Painting:
    """Paint one of `layers_for` the viewer."""
    if layer == "heat":
        return _heat(of, ground, texts, mode)
    if layer == "cells":
        return _cells(of, ground, texts, mode)
    painting = {"count": _count, "rate": _rate, "change": _change}[layer](of, values, texts, mode)
    outside = of.now.outside
    left_out = (texts("map.note_outside", count=round(outside)),) if outside > 0 else ()
    return replace(painting, notes=(*painting.notes, *left_out))


def _count(of: Situation, values: AreaValues, texts: Texts, mode: Mode) -> Painting:
    del of
    classes = quantile_classes(np.round(values.count), texts, hidden=np.isnan(values.count), mode=mode)
    said = legend(classes, texts, title=texts("map.layer_count"), unit=texts("chart.unit_incidents"))
    return Painting(said, (), areas=classes)


def _rate(of: Situation, values: AreaValues, texts: Texts, mode: Mode) -> Painting:
    del of
    classes = quantile_classes(values.smoothed, texts, hidden=np.isnan(values.count), decimals=1, mode=mode)
    said = legend(classes, texts, title=texts("map.layer_rate"), unit=texts("map.unit_rate"))
    return Painting(said, (texts("map.note_rate"),), areas=classes)


def _change(of: Situation, values: AreaValues, texts: Texts, mode: Mode) -> Painting:
    changes = area_changes(of)
    is_hidden = np.isnan(values.count) | (np.isnan(values.before) & (of.before is not None))
    classes = diverging_classes(changes.change, texts, is_clear=changes.is_clear, hidden=is_hidden, mode=mode)
    said = legend(classes, texts, title=texts("map.layer_change"), unit=texts("map.unit_change"))
    return Painting(said, (texts("map.note_change"),), areas=classes)


def _heat(of: Situation, ground: Ground, texts: Texts, mode: Mode) -> Painting:
    places = painted_places(of.facts, of.selection)
    surface = heat_surface(
        places.x,
        places.y,
        weights=places.weight,
        bounds=ground.extent,
        bandwidth_m=BANDWIDTH_M,
        mask=ground.union,
    )
    picture = heat_picture(surface, of.facts.frame.srid or 0, mode=mode)
    said = heat_legend(picture, texts, title=texts("map.layer_heat"))
    return Painting(said, _unpainted(of, texts), heat=picture)


def _cells(of: Situation, ground: Ground, texts: Texts, mode: Mode) -> Painting:
    cells = of.now.cells
    classes = quantile_classes(cells / cell_km2(of.facts, ground), texts, hidden=np.isnan(cells), mode=mode)
    title, unit = texts("map.layer_cells"), texts("map.heat_unit")
    said = legend(classes, texts, title=title, unit=unit, counted="cells")
    return Painting(said, _unpainted(of, texts), cells=classes)


def _unpainted(of: Situation, texts: Texts) -> tuple[str, ...]:
    """How many of the incidents counted are not on a map of points, and why."""
    quality = of.facts.quality
    is_told = isfinite(of.now.painted + of.now.total)
    numbers = {"painted": round(of.now.painted), "total": round(of.now.total)} if is_told else {}
    sentence = texts("map.note_painted", **numbers) if is_told else texts("map.note_painted_few")
    reasons = [
        texts(f"map.note_{reason}", count=count)
        for reason, count in (
            ("stand_in", quality.stand_in_points),
            ("without_point", quality.without_point),
            ("district_only", quality.district_only + quality.aggregate_only),
        )
        if count
    ]
    is_few = of.now.painted < _FEWEST_PAINTED
    return (sentence, *reasons, *((texts("map.note_too_few"),) if is_few else ()))
