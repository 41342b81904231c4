"""Areas filled by class, and clickable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.look import Mode, look, rgb
from dashboard.maps.layers import CLEAR, layer

if TYPE_CHECKING:
    import pydeck

    from dashboard.maps.classes import Classes

    Colour = list[int]

_FULL, _BACK = 235, 105
_HATCH = (
    "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='32' height='32'>"
    "<path d='M-4 12 12-4M-4 28 28-4M4 36 36 4M20 36 36 20' stroke='black' stroke-width='3.2'/></svg>"
)


@dataclass(frozen=True)
class Fills:
    """What fills the areas: area i takes `full[digit i]`, or `back[digit i]` while others are selected.

    Areas whose digit is among `hatched` are hatched with `ink`; all have a line around them in `border`.
    """

    full: list[Colour]
    back: list[Colour]
    digits: str
    hatched: list[int]
    ink: Colour
    border: Colour


def choropleth(mode: Mode = "light") -> list[pydeck.Layer]:
    """The areas, clickable, and the hatching of those without a value."""
    patterns: dict[str, Any] = {
        "extensions": [{"@@type": "FillStyleExtension", "pattern": True}],
        "fill_pattern_mask": True,
        "fill_pattern_atlas": _HATCH,
        "fill_pattern_mapping": {"hatch": {"x": 0, "y": 0, "width": 32, "height": 32, "mask": True}},
        "get_fill_pattern": "hatch",
        "get_fill_pattern_scale": 12,
    }
    areas = layer(
        "GeoJsonLayer",
        "areas",
        "districts",
        pickable=True,
        line_width_units="pixels",
        get_fill_color=CLEAR,
        get_line_color=rgb(look(mode).map_border),
        get_line_width=1.25,
    )
    hatched = layer(
        "GeoJsonLayer", "areas-hatched", "districts", stroked=False, get_fill_color=CLEAR, **patterns
    )
    return [areas, hatched]


def fills(classes: Classes | None, count: int, mode: Mode = "light") -> Fills:
    """Fills of `count` areas; without classes they are clear, for maps whose colours lie on top."""
    colours = look(mode)
    if classes is None:
        return Fills([CLEAR], [CLEAR], "0" * count, [], CLEAR, rgb(colours.before))
    full, back = ([rgb(colour, alpha) for colour in classes.colours] for alpha in (_FULL, _BACK))
    hatched = sorted(set(map(int, classes.hatched)) & set(map(int, set(classes.digits))))
    border = colours.before if classes.has_white else colours.map_border
    return Fills(full, back, classes.digits, hatched, rgb(colours.hatch), rgb(border))
