"""Outlines over the fill: what is selected, and where interventions run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.look import Mode, look, rgb
from dashboard.maps.layers import layer

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pydeck

    from data_access.frame import AreaFact, InterventionFact
    from data_access.selection import Period


@dataclass(frozen=True)
class Place:
    """An intervention on the map: its title and its areas (feature indexes)."""

    title: str
    areas: tuple[int, ...]


def outlines(mode: Mode = "light") -> list[pydeck.Layer]:
    """A dashed line around the areas of interventions, and a firm one around each selected area."""
    dash: dict[str, Any] = {
        "extensions": [{"@@type": "PathStyleExtension", "dash": True, "highPrecisionDash": True}],
        "get_dash_array": [4, 2.5],
    }
    return [
        _line("interventions", look(mode).lane_text, 2.25, **dash),
        _line("selected", look(mode).selected, 2.75),
    ]


def _line(name: str, colour: str, width_px: float, **more: Any) -> pydeck.Layer:
    """A line around districts, unseen until there is something to go around."""
    return layer(
        "GeoJsonLayer",
        name,
        "districts",
        filled=False,
        visible=False,
        line_width_units="pixels",
        line_joint_rounded=True,
        get_line_color=rgb(colour),
        get_line_width=width_px,
        **more,
    )


def running(
    interventions: Sequence[InterventionFact], areas: Sequence[AreaFact], period: Period
) -> list[Place]:
    """Interventions that were on at some time in the period."""
    index = {area.code: number for number, area in enumerate(areas)}
    on = [
        one
        for one in interventions
        if not one.is_cancelled
        and one.starts_on <= period.last
        and (one.ends_on is None or one.ends_on >= period.first)
    ]
    return [Place(one.title, tuple(index[code] for code in one.areas if code in index)) for one in on]
