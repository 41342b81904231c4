"""The legend: what the colours of a map mean, and how many areas have each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from dashboard.maps.classes import Classes
    from dashboard.maps.heat import HeatPicture
    from dashboard.texts import Texts


def legend(
    classes: Classes, texts: Texts, *, title: str, unit: str, counted: Literal["areas", "cells"] = "areas"
) -> dict[str, Any]:
    """Every class with its colour, its limits in words and how many areas have it."""
    rows = [
        {
            "colour": row.colour,
            "text": row.text,
            "count": texts(
                f"map.{counted}_one" if row.areas == 1 else f"map.{counted}_many", areas=row.areas
            ),
            "is_hatched": row.is_hatched,
        }
        for row in classes.rows
    ]
    return _named(title, unit, texts) | {"rows": rows}


def heat_legend(picture: HeatPicture, texts: Texts, *, title: str) -> dict[str, Any]:
    """The colours of a heat picture from few to many, its unit and over how many metres it is smoothed."""
    low, high = (texts.number(limit) for limit in (picture.limits_per_km2[0], picture.limits_per_km2[-1]))
    return _named(title, texts("map.heat_unit"), texts) | {
        "gradient": list(picture.colours),
        "low": f"{texts('map.heat_low')} ({low})",
        "high": f"{texts('map.heat_high')} ({high}+)",
        "text": texts("map.heat_radius", bandwidth=picture.bandwidth_m),
    }


def _named(title: str, unit: str, texts: Texts) -> dict[str, Any]:
    return {"title": title, "unit": unit, "label": texts("map.legend_label", title=title)}
