"""Names on the map, with a halo so that they read on any fill."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.look import FONT, TEXT_PX, Mode, look, rgb
from dashboard.maps.layers import Layer, expression

if TYPE_CHECKING:
    from collections.abc import Sequence

OUTLINED: dict[str, Any] = {"sdf": True, "fontSize": 64, "buffer": 18, "radius": 26, "cutoff": 0.2}
_YIELDING: Layer = {
    "extensions": [{"@@type": "CollisionFilterExtension"}],
    "collisionTestProps": {"sizeScale": 2},
    "getCollisionPriority": expression("r"),
}


@dataclass(frozen=True)
class Label:
    """Words at a place (WGS84); where labels collide the lowest rank (1 first) is written."""

    text: str
    lon: float
    lat: float
    rank: int = 5


def area_labels(names: Sequence[Label], mode: Mode = "light") -> list[Layer]:
    """Names of areas."""
    return (
        [labels("area-names", names, colour=look(mode).map_place, halo=look(mode).page, mode=mode)]
        if names
        else []
    )


def labels(
    name: str,
    words: Sequence[Label],
    *,
    colour: str,
    halo: str,
    below_px: float = 0,
    is_always_shown: bool = False,
    mode: Mode = "light",
) -> Layer:
    """A text layer; every letter of the texts is drawn, whatever the alphabet."""
    rows = [{"t": w.text, "p": [round(w.lon, 5), round(w.lat, 5)], "r": 100 - w.rank} for w in words]
    return {
        "@@type": "TextLayer",
        "id": name,
        "data": rows,
        "getText": expression("t"),
        "getPosition": expression("p"),
        "getColor": rgb(colour),
        "getSize": TEXT_PX,
        "getPixelOffset": [0, below_px],
        **text_style(halo, mode),
        **({} if is_always_shown else _YIELDING),
    }


def text_style(halo: str, mode: Mode) -> Layer:
    """Font, letters and halo of every text layer."""
    return {
        "fontFamily": FONT,
        "fontWeight": 600 if mode == "light" else 500,
        "fontSettings": OUTLINED,
        "characterSet": "auto",
        "outlineWidth": 8,
        "outlineColor": rgb(halo),
    }
