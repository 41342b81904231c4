"""The mount document: everything the linked component needs once - specifications, words, colours, the map's deck."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from altair.utils.schemapi import debug_mode

from dashboard.charts.chart import Field
from dashboard.charts.compiled import DATASET, compiled
from dashboard.linked.charts import PICKS, charts
from dashboard.look import look
from dashboard.maps.explore import explore_deck, layers_for
from dashboard.maps.labels import area_labels
from dashboard.situation import explore, periods
from dashboard.texts import LOCALES, texts
from data_access.selection import FACETS, Selection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.charts.chart import Chart
    from dashboard.look import Mode
    from dashboard.maps.shapes import Ground
    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.frame import Frame

_FEWEST_SETS = 2


def mount(
    facts: Facts, ground: Ground | None, documents: Mapping[str, str], language: str, mode: Mode
) -> dict[str, Any]:
    """The document for a set of districts; `documents` are the addresses of the geometry, `ground` None: no map."""
    say = texts(language)
    situation = explore.situation(facts, Selection())
    # The charts' own tests hold every specification against the schema; here that would take half a second of the start.
    with debug_mode(arg=False):
        drawn = charts(situation, say, mode) if situation else {}
    figures = explore.key_figures(situation) if situation else ()
    return {
        "language": say.language,
        "locale": LOCALES[say.language].replace("_", "-"),
        "mode": mode,
        "look": asdict(look(mode)),
        "words": say.table("linked"),
        "presets": _presets(say),
        "area_sets": _area_sets(facts.frame, say),
        "layers": [{"name": name, "label": say(f"map.layer_{name}")} for name in layers_for(facts.sight)],
        "figures": [
            {
                "name": one.name,
                "label": say(f"explore.figure_{one.name}"),
                "help": say(f"explore.help_{one.name}"),
            }
            for one in figures
        ],
        "charts": [_chart(name, chart) for name, chart in drawn.items()],
        "map": None if ground is None else _map(facts, ground, documents, say, mode),
    }


def _presets(say: Texts) -> list[dict[str, Any]]:
    days = {**periods.PRESETS, "all": None}
    return [
        {"name": name, "label": say(f"explore.preset_{name}"), "days": length}
        for name, length in days.items()
    ]


def _area_sets(frame: Frame, say: Texts) -> list[dict[str, Any]]:
    """Sets to choose from, only where there is a choice."""
    sets = [
        {"id": one.id, "label": say("ui.area_set_name", name=one.name, version=str(one.version))}
        for one in frame.area_sets
    ]
    return sets if len(sets) >= _FEWEST_SETS else []


def _chart(name: str, chart: Chart) -> dict[str, Any]:
    return {
        "name": name,
        "title": chart.title,
        "unit": chart.unit,
        "description": chart.description,
        "spec": compiled(chart.spec),
        "dataset": DATASET,
        "pick": PICKS[name],
        "facet": name if name in FACETS else None,
        "columns": _columns(*chart.fields),
        "where": dict(chart.where),
        "table": "hours" if name == "hours" else "rows",
    }


def _columns(*fields: Field) -> list[dict[str, Any]]:
    return [{key: value for key, value in asdict(one).items() if value not in (None, "")} for one in fields]


def _map(
    facts: Facts, ground: Ground, documents: Mapping[str, str], say: Texts, mode: Mode
) -> dict[str, Any]:
    areas = facts.areas
    counts = [
        Field(name, say(f"chart.column_{name}"), 0, _instead(facts, name)) for name in ("count", "before")
    ]
    return {
        "title": say("map.title"),
        "description": say("map.description"),
        "deck": explore_deck(ground, mode),
        "documents": dict(documents),
        "bounds": [round(side, 6) for side in ground.bounds],
        "areas": {"code": [area.code for area in areas], "name": [area.name for area in areas]},
        "labels": [asdict(label) for label in area_labels(areas, ground.middles)],
        "fewest": facts.sight.fewest,
        "columns": _columns(
            Field("name", say("chart.column_areas")),
            *counts,
            Field("rate", say("export.rate"), 1),
            Field("low", say("export.rate_low"), 1),
            Field("high", say("export.rate_high"), 1),
        ),
    }


def _instead(facts: Facts, name: str) -> str:
    return f"{name}_words" if facts.sight.fewest else ""
