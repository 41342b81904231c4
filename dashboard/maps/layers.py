"""The pieces that map layers are written with: deck.gl's JSON form, expressions over a feature's index.

A rerun sends no geometry: it lies behind a URL that the browser fetches once, and only a digit per feature travels. Each
feature's properties carry `i` (its place in the digits), `code` and `name`.

Streamlit repaints the colours of every top-level layer while something is picked. A layer inside a list is left alone,
and so are colours that sit in `_subLayerProps`: both are used so that the picture follows the Selection alone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Layer = dict[str, Any]
FeatureSource = str | dict[str, Any]


@dataclass(frozen=True)
class Shapes:
    """Polygons behind a URL (or inline as a GeoJSON FeatureCollection, WGS84), in a fixed order of `count` features."""

    source: FeatureSource
    count: int


def compact(value: Any) -> str:
    """JSON without spaces."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def expression(text: str) -> str:
    """A deck.gl JSON accessor."""
    return f"@@={text}"


def by_digit(choices: list[Any], digits: str) -> str:
    """Accessor: feature i gets choices[digits[i]]."""
    return expression(f"({compact(choices)})[+(('{digits}')[properties.i])]")


def marks(indexes: Iterable[int], count: int) -> str:
    """One digit per feature: 1 for those in `indexes`."""
    digits = ["0"] * count
    for index in indexes:
        digits[index] = "1"
    return "".join(digits)


def hidden(*names: str) -> dict[str, Any]:
    """Sub-layers of a GeoJSON layer that are not drawn."""
    return {name: {"visible": False} for name in names}
