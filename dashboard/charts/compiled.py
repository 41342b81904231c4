"""Charts as the browser draws them: Vega, compiled once from Vega-Lite, so that no compiler travels."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import vl_convert

if TYPE_CHECKING:
    from dashboard.charts.chart import Spec

DATASET = "rows"
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def compiled(spec: Spec) -> dict[str, Any]:
    """Vega specification whose empty data set `DATASET` is to be filled."""
    return json.loads(_compiled(json.dumps(spec | {"$schema": SCHEMA, "data": {"name": DATASET}})))


@lru_cache(maxsize=64)
def _compiled(spec: str) -> str:
    vega = vl_convert.vegalite_to_vega(spec)
    vega.pop("$schema", None)
    _without_words_for_svg(vega)
    return json.dumps(vega)


def _without_words_for_svg(group: dict[str, Any]) -> None:
    """Canvas has no elements to describe: the component itself speaks for what is drawn, and no mark need be put in words."""
    for mark in group.get("marks", ()):
        update = mark.get("encode", {}).get("update", {})
        for name in ("description", "aria", "ariaRoleDescription"):
            update.pop(name, None)
        _without_words_for_svg(mark)
