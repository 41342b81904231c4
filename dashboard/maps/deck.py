"""The map itself: layers in order, the view, and what is said on hover."""

from __future__ import annotations

import html
import math
from typing import TYPE_CHECKING, Any

import pydeck

from dashboard.look import FONT, Mode, look
from dashboard.maps.layers import compact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.maps.layers import Layer

_TILE_PX = 512
_LINE_PX = 19
_MOST_LATITUDE = 85.0


class SlimDeck(pydeck.Deck):
    """A deck whose layers are already deck.gl JSON; pydeck's own writer is slow and indents."""

    def to_json(self) -> str:
        """The deck without spaces.

        `mapStyle` stays pydeck's placeholder for "no base map": without it Streamlit would fetch one from a tile host.
        """
        view = {key: value for key, value in vars(self.initial_view_state).items() if value is not None}
        words = {"min_zoom": "minZoom", "max_zoom": "maxZoom"}
        return compact(
            {
                "initialViewState": {words.get(key, key): value for key, value in view.items()},
                "layers": self.layers,
                "mapProvider": None,
                "mapStyle": self.map_style,
                "views": self.views,
            }
        )


def deck(
    layers: Sequence[Layer | list[Layer]], view: pydeck.ViewState, *, tooltip: dict[str, Any] | None = None
) -> SlimDeck:
    """Layers from the lowest to the highest; those inside lists are never restyled by the page while others are picked."""
    controller = {"dragRotate": False, "touchRotate": False, "keyboard": True}
    # pydeck takes None and dictionaries here, though its annotations do not say so.
    options: dict[str, Any] = {"map_provider": None, "tooltip": tooltip or False}
    views = [{"@@type": "MapView", "id": "map", "controller": controller}]
    slim = SlimDeck(layers=[], views=views, initial_view_state=view, **options)
    slim.layers = list(layers)
    return slim


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


def tooltip(facts: Sequence[Sequence[str]], mode: Mode = "light") -> dict[str, Any]:
    """What is said over feature i: its name, then facts[i], one line each and equally many for every feature.

    The geometry behind the URL knows name and index only, and the template can do no more than put a property in its
    place. So all facts stand in one tall column behind a window of one feature's height, and the index moves the column.
    """
    lines = max((len(one) for one in facts), default=0)
    window = lines * _LINE_PX
    column = "\n".join(
        html.escape(line) or " " for one in facts for line in [*one, *[""] * (lines - len(one))]
    )
    column = column.replace("{", "&#123;").replace("}", "&#125;")
    colours = look(mode)
    strip = (
        f"<div style='height:{window}px;overflow:hidden'><pre style='margin:calc({{i}} * -{window}px) 0 0;padding:0;"
        f"background:none;border:0;color:inherit;font:inherit;line-height:{_LINE_PX}px;overflow:visible'>{column}</pre></div>"
    )
    return {
        "html": f"<b>{{name}}</b>{strip if lines else ''}",
        "style": {
            "background": colours.page,
            "color": colours.text,
            "border": f"1px solid {colours.line}",
            "borderRadius": "6px",
            "padding": "8px 12px",
            "fontFamily": FONT,
            "fontSize": "13px",
            "lineHeight": f"{_LINE_PX}px",
            "boxShadow": "0 2px 8px rgba(0,0,0,.12)",
            "maxWidth": "320px",
        },
    }


def _mercator(latitude: float) -> float:
    """Height on the Mercator map in fractions of the world, 0 at the equator."""
    held = math.radians(min(max(latitude, -_MOST_LATITUDE), _MOST_LATITUDE))
    return math.asinh(math.tan(held)) / (2 * math.pi)
