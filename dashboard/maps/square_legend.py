"""The legend of two things at once: a square of nine colours over the map, with how many districts have each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.look import TEXT_PX, Mode, look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.charts.chart import Spec
    from dashboard.texts import Texts

SQUARE_PX = 132
"""Room over the map."""

_SIDE_PX, _TOP_PX, _GAP_PX = 28, -SQUARE_PX + 8, 12
_LIGHT_INK_FROM = 128.0
_WEIGHTS = (0.299, 0.587, 0.114)


def square_legend(counts: Sequence[int], across: str, upwards: str, texts: Texts, mode: Mode) -> list[Spec]:
    """Layers over the map: `counts` of districts by colour of `bivariate`; what grows to the right, and upwards."""
    fills = look(mode).bivariate
    cells = [
        {
            "left": _SIDE_PX * (place % 3),
            "top": _TOP_PX + _SIDE_PX * (2 - place // 3),
            "fill": fill,
            "ink": _ink(fill),
            "count": str(count) if count else "",
        }
        for place, (fill, count) in enumerate(zip(fills, counts, strict=True))
    ]
    beside, side = 3 * _SIDE_PX + _GAP_PX, 3 * _SIDE_PX
    words = [
        {"left": beside, "top": _TOP_PX + 8, "text": f"\u2191 {upwards}"},
        {"left": beside, "top": _TOP_PX + side - 26, "text": texts("survey_map.square_counts")},
        {"left": beside, "top": _TOP_PX + side - 8, "text": texts("survey_map.square_hidden")},
    ]
    under = [{"left": 0, "top": _TOP_PX + side + 12, "text": f"\u2192 {across}"}]
    ink = look(mode).muted
    return [*_squares(cells, mode), _text(words, ink, beside), _text(under, ink)]


def _squares(cells: list[dict[str, Any]], mode: Mode) -> list[Spec]:
    rects = [one | {"right": one["left"] + _SIDE_PX, "bottom": one["top"] + _SIDE_PX} for one in cells]
    quiet: dict[str, Any] = {"aria": False, "tooltip": None}
    square = {
        "data": {"values": rects},
        "mark": {"type": "rect", "stroke": look(mode).page, "strokeWidth": 1.5, **quiet},
        "encoding": {
            "x": _px("left"),
            "x2": {"field": "right"},
            "y": _px("top"),
            "y2": {"field": "bottom"},
            "fill": {"field": "fill", "type": "nominal", "scale": None},
        },
    }
    middles = [
        {
            "left": one["left"] + _SIDE_PX / 2,
            "top": one["top"] + _SIDE_PX / 2,
            "text": one["count"],
            "ink": one["ink"],
        }
        for one in cells
    ]
    count = _text(middles, None)
    count["mark"] |= {"align": "center", "fontWeight": 600}
    count["encoding"]["fill"] = {"field": "ink", "type": "nominal", "scale": None}
    return [square, count]


def _text(values: list[dict[str, Any]], colour: str | None, left_px: int = 0) -> Spec:
    mark: dict[str, Any] = {
        "type": "text",
        "align": "left",
        "baseline": "middle",
        "fontSize": TEXT_PX,
        "limit": {"expr": f"width - {left_px}"},
        "aria": False,
        "tooltip": None,
    }
    return {
        "data": {"values": values},
        "mark": mark | ({"color": colour} if colour else {}),
        "encoding": {"x": _px("left"), "y": _px("top"), "text": {"field": "text", "type": "nominal"}},
    }


def _px(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _ink(fill: str) -> str:
    """Dark on light and light on dark."""
    light = sum(weight * int(fill[at : at + 2], 16) for weight, at in zip(_WEIGHTS, (1, 3, 5), strict=True))
    return look("light").text if light > _LIGHT_INK_FROM else look("light").page
