"""Areas filled by class, and clickable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.look import Mode, look, rgb
from dashboard.maps.layers import Layer, Shapes, compact, expression, marks

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.maps.classes import Classes

LAYER_ID = "areas"
_FULL, _BACK = 235, 105
_HATCH = (
    "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='32' height='32'>"
    "<path d='M-4 12 12-4M-4 28 28-4M4 36 36 4M20 36 36 20' stroke='black' stroke-width='3.2'/></svg>"
)


def choropleth(
    areas: Shapes, classes: Classes | None, *, selected: Collection[int] = (), mode: Mode = "light"
) -> list[Layer | list[Layer]]:
    """Fill of the areas; layer id "areas" answers a click with the feature, whose properties hold `code`.

    `classes` None: unfilled but clickable, for maps whose colours lie on top. Areas outside `selected` (feature indexes)
    step back. Areas without a value are hatched.
    """
    fills, digits = _fills(areas, classes)
    picked = marks(selected, areas.count) if selected else "1" * areas.count
    fill = expression(f"({compact(fills)})[+(('{picked}')[properties.i])][+(('{digits}')[properties.i])]")
    layer: Layer = {
        "@@type": "GeoJsonLayer",
        "id": LAYER_ID,
        "data": areas.source,
        "pickable": True,
        "lineWidthUnits": "pixels",
        "_subLayerProps": {
            "polygons-fill": {"getFillColor": fill, "updateTriggers": {"getFillColor": [picked, digits]}},
            "polygons-stroke": {
                "getColor": rgb(_border(mode, is_filled=classes is not None)),
                "getWidth": 1.25,
            },
        },
    }
    if classes is None or not set(classes.digits) & set(classes.hatched):
        return [layer]
    return [layer, [_hatching(areas, classes, mode)]]


def picked_areas(objects: dict[str, list[dict]]) -> tuple[str, ...]:
    """Codes of a click event's objects."""
    return tuple(str(feature["properties"]["code"]) for feature in objects.get(LAYER_ID, ()))


def _fills(areas: Shapes, classes: Classes | None) -> tuple[list[list[list[int]]], str]:
    if classes is None:
        return [[[0, 0, 0, 0]]] * 2, "0" * areas.count
    return [[rgb(colour, alpha) for colour in classes.colours] for alpha in (_BACK, _FULL)], classes.digits


def _border(mode: Mode, *, is_filled: bool) -> str:
    return look(mode).map_border if is_filled else look(mode).before


def _hatching(areas: Shapes, classes: Classes, mode: Mode) -> Layer:
    ink = [
        rgb(look(mode).hatch, 255 if str(i) in classes.hatched else 0) for i in range(len(classes.colours))
    ]
    fill = expression(f"({compact(ink)})[+(('{classes.digits}')[properties.i])]")
    return {
        "@@type": "GeoJsonLayer",
        "id": "areas-hatched",
        "data": areas.source,
        "stroked": False,
        "getFillColor": fill,
        "updateTriggers": {"getFillColor": [classes.digits]},
        "extensions": [{"@@type": "FillStyleExtension", "pattern": True}],
        "fillPatternMask": True,
        "fillPatternAtlas": _HATCH,
        "fillPatternMapping": {"hatch": {"x": 0, "y": 0, "width": 32, "height": 32, "mask": True}},
        "getFillPattern": expression("'hatch'"),
        "getFillPatternScale": 12,
    }
