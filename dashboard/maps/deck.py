"""The map itself: layers in order and the view, written by pydeck."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pydeck

if TYPE_CHECKING:
    from collections.abc import Sequence

_TILE_PX = 512
_MOST_LATITUDE = 85.0


def deck(layers: Sequence[pydeck.Layer], view: pydeck.ViewState) -> dict[str, Any]:
    """The map as deck.gl reads it: layers from the lowest to the highest, without a base map of anybody else's."""
    controller = {"dragRotate": False, "touchRotate": False, "keyboard": True}
    # pydeck takes None and dictionaries here, though its annotations do not say so.
    options: dict[str, Any] = {"map_provider": None, "map_style": None, "views": None}
    options["views"] = [pydeck.View("MapView", controller, id="map")]
    written = pydeck.Deck(layers=list(layers), initial_view_state=view, **options).to_json()
    return {part: json.loads(written)[part] for part in ("initialViewState", "views", "layers")}


def fit(bounds: tuple[float, float, float, float], width_px: float, height_px: float) -> pydeck.ViewState:
    """View that holds west, south, east, north (degrees) with a small margin in a map of that size."""
    west, south, east, north = bounds
    low, high = _mercator(south), _mercator(north)
    across = max((east - west) / 360, 1e-6)
    up = max(high - low, 1e-6)
    zoom = math.log2(min(width_px / across, height_px / up) * 0.94 / _TILE_PX)
    middle = math.degrees(math.atan(math.sinh(math.pi * (low + high))))
    return pydeck.ViewState(
        longitude=round((west + east) / 2, 5),
        latitude=round(middle, 5),
        zoom=round(min(max(zoom, 1), 17), 2),
        min_zoom=round(max(zoom - 2, 0), 2),
        max_zoom=18,
        pitch=0,
        bearing=0,
    )


def _mercator(latitude: float) -> float:
    """Height on the Mercator map in fractions of the world, 0 at the equator."""
    held = math.radians(min(max(latitude, -_MOST_LATITUDE), _MOST_LATITUDE))
    return math.asinh(math.tan(held)) / (2 * math.pi)
