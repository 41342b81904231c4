"""A map to choose districts on and to draw a surface on; our own SVG, so that no other program and no other host is needed.

`area_map(facts, texts, *, key, chosen, polygon, roles, height_px) -> Drawn`. What the person has said stands in the session under
`key` and is what counts; `chosen` and `polygon` are what it begins with. To begin anew, take another key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from dashboard import geometry
from dashboard.look import look
from dashboard.maps.drawn import Corners, Drawn, SurfaceError, codes_in, corners_in, corners_of, polygon_of
from dashboard.ui import components, session

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from shapely.geometry import Polygon

    from dashboard.maps.shapes import Ground
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.frame import AreaFact, AreaSetFact

Role = Literal["target", "ring", "comparison"]
ROLES: tuple[Role, ...] = ("target", "ring", "comparison")

_WORDS = (
    "label",
    "choose",
    "draw",
    "remove",
    "hint_choose",
    "hint_draw",
    "hint_close",
    "hint_adjust",
    "loading",
    "away",
)
_MOST_SAID = 2**31
_ZOOM = ("zoom_in", "zoom_out", "whole_map")
_COLOURS = (
    "page", "text", "muted", "line", "accent", "warning", "lane_text", "selected",
    "map_sea", "map_land", "map_park", "map_forest", "map_building", "map_road", "map_rail",
)  # fmt: skip


def area_map(
    facts: Facts,
    texts: Texts,
    *,
    key: str,
    chosen: Collection[str] = (),
    polygon: Polygon | None = None,
    roles: Mapping[str, Role] | None = None,
    height_px: int = 460,
) -> Drawn:
    """Draw the map and return what is chosen and drawn on it; there has to be a set of districts.

    Args:
        facts: districts as the viewer sees them; `polygon` is in metres of their set.
        texts: words of the page.
        key: of the component within the session.
        chosen: codes of the districts that are chosen to begin with.
        polygon: the surface to begin with.
        roles: what districts are in an evaluation, to be coloured and named in the legend.
        height_px: of the map.

    Raises ValueError when there is no set of districts.

    """
    area_set = facts.frame.area_set
    if area_set is None:
        raise ValueError("no districts")
    ground = geometry.ground(session.database(), session.viewer(), area_set)
    held = st.session_state.get(key, {}).get("drawn")
    drawn, now = _heard(held, facts.areas, area_set, ground, texts) or _given(chosen, polygon, area_set)
    components.component("areamap")(
        key=key,
        data={
            "now": now,
            "problem": drawn.problem,
            "ticket": session.ticket(),
            "documents": _documents(facts),
            "bounds": [round(side, 6) for side in ground.bounds],
            "districts": _districts(facts.areas, ground),
            "roles": dict(roles or {}),
            "legend": {
                role: texts(f"area_map.role_{role}") for role in ROLES if role in (roles or {}).values()
            },
            "words": _words(texts),
            "colours": {name: getattr(look(session.mode()), name) for name in _COLOURS},
            "mode": session.mode(),
            "height": height_px,
        },
        on_drawn_change=_nothing,
        on_renew_change=session.renew_ticket,
    )
    return drawn


def _nothing() -> None:
    """Streamlit keeps a state for good only where somebody is told of it; the next run reads it."""


def _given(
    chosen: Collection[str], polygon: Polygon | None, area_set: AreaSetFact
) -> tuple[Drawn, dict[str, Any]]:
    """What the map begins with, for Python and for the browser."""
    corners = [] if polygon is None else corners_of(polygon, area_set.srid)
    return Drawn(frozenset(chosen), polygon), _now(0, chosen, corners)


def _heard(
    held: Any, areas: tuple[AreaFact, ...], area_set: AreaSetFact, ground: Ground, texts: Texts
) -> tuple[Drawn, dict[str, Any]] | None:
    """What the browser said last, for Python and, as it was understood, for the browser; None before it has said anything.

    A surface that cannot be taken goes back as it came, so that it can be mended.
    """
    if not isinstance(held, dict):
        return None
    codes = codes_in(held.get("areas"), [area.code for area in areas])
    polygon, corners, problem = _surface(held.get("corners"), area_set.srid, ground, texts)
    return Drawn(codes, polygon, problem), _now(_number(held.get("n")), codes, corners)


def _number(said: Any) -> int:
    """How many times the browser has said something; a nonsense number makes it keep what it has."""
    return said if isinstance(said, int) and 0 <= said < _MOST_SAID else 0


def _surface(said: Any, srid: int, ground: Ground, texts: Texts) -> tuple[Polygon | None, Corners, str]:
    corners: Corners = []
    if said is None:
        return None, corners, ""
    try:
        corners = corners_in(said)
        polygon = polygon_of(corners, srid, ground.union)
    except SurfaceError as error:
        return None, corners, texts(f"area_map.problem_{error.reason}")
    is_as_drawn = len(polygon.exterior.coords) - 1 == len(corners)
    return polygon, corners if is_as_drawn else corners_of(polygon, srid), ""


def _now(number: int, codes: Collection[str], corners: Corners) -> dict[str, Any]:
    return {"n": number, "areas": sorted(codes), "corners": corners}


def _documents(facts: Facts) -> dict[str, str]:
    found = {
        kind: geometry.document(session.database(), session.viewer(), facts, kind)
        for kind in ("districts", "backdrop")
    }
    return {kind: one.path for kind, one in found.items() if one}


def _districts(areas: tuple[AreaFact, ...], ground: Ground) -> list[dict[str, Any]]:
    return [
        {"code": area.code, "name": area.name, "at": [round(lon, 5), round(lat, 5)]}
        for area, (lon, lat) in zip(areas, ground.middles, strict=True)
    ]


def _words(texts: Texts) -> dict[str, str]:
    return {name: texts(f"area_map.{name}") for name in _WORDS} | {
        name: texts(f"linked.{name}") for name in _ZOOM
    }
