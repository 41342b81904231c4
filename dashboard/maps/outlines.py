"""Outlines over the fill: what is selected, and where interventions run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.look import TEXT_PX, Mode, look, rgb
from dashboard.maps.labels import Label, labels
from dashboard.maps.layers import Layer, Shapes, by_digit, marks

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


@dataclass(frozen=True)
class Place:
    """An intervention on the map: its areas (feature indexes), its title and where to write it (WGS84; nowhere: None)."""

    title: str
    areas: tuple[int, ...]
    lon: float | None = None
    lat: float | None = None


def selected_outline(areas: Shapes, selected: Collection[int], mode: Mode = "light") -> list[Layer]:
    """A firm line around each selected area."""
    return [_outline("selected", areas, selected, look(mode).selected, 2.75)] if selected else []


def interventions(areas: Shapes, places: Sequence[Place], mode: Mode = "light") -> list[Layer]:
    """A dashed line around the areas of each intervention, and its title."""
    if not places:
        return []
    every = sorted({index for place in places for index in place.areas})
    colour = look(mode).lane_text
    line = _outline("interventions", areas, every, colour, 2.25)
    line |= {
        "extensions": [{"@@type": "PathStyleExtension", "dash": True, "highPrecisionDash": True}],
        "getDashArray": [4, 2.5],
    }
    words = [Label(p.title, p.lon, p.lat, 1) for p in places if p.lon is not None and p.lat is not None]
    if not words:
        return [line]
    style = {"colour": colour, "halo": look(mode).lane, "below_px": TEXT_PX + 5, "mode": mode}
    return [line, labels("intervention-titles", words, **style, is_always_shown=True)]


def _outline(name: str, areas: Shapes, indexes: Collection[int], colour: str, width_px: float) -> Layer:
    digits = marks(indexes, areas.count)
    return {
        "@@type": "GeoJsonLayer",
        "id": name,
        "data": areas.source,
        "filled": False,
        "lineWidthUnits": "pixels",
        "lineJointRounded": True,
        "getLineColor": by_digit([[0, 0, 0, 0], rgb(colour)], digits),
        "getLineWidth": by_digit([0, width_px], digits),
        "updateTriggers": {"getLineColor": [digits], "getLineWidth": [digits]},
    }
