"""Where did it happen? Districts by the number of incidents in a period, for paper and mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.charts.chart import Chart, Field
from dashboard.look import Mode, look
from dashboard.maps.classes import quantile_classes
from dashboard.maps.geoshapes import features, map_spec
from dashboard.maps.hatching import hatching
from dashboard.situation.effect_words import listed
from dashboard.situation.words import few_in_words

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.charts.chart import Spec
    from dashboard.situation.explore import Situation
    from dashboard.texts import Texts

_CLASSES = 4


def counts_map(
    of: Situation, districts: bytes, texts: Texts, *, named: Collection[str] = (), mode: Mode = "light"
) -> Chart:
    """Districts (GeoJSON with code, name) in about equally large classes.

    Those `named` (codes) have a line around them and stand in the notes. Those whose count is too small to be told are grey and
    hatched.
    """
    codes = [area.code for area in of.facts.areas]
    counts = dict(zip(codes, np.asarray(of.now.areas, np.float64).tolist(), strict=True))
    shown = [one["properties"] for one in features(districts)]
    values = np.array([counts.get(one["code"], np.nan) for one in shown])
    classes = quantile_classes(np.round(values), texts, hidden=np.isnan(values), count=_CLASSES, mode=mode)
    legends = {
        place: texts("effect_map.legend", words=row.text, areas=row.areas)
        for place, row in zip(sorted(set(classes.digits)), classes.rows, strict=True)
    }
    few = few_in_words(of.facts.sight, texts)
    edged = tuple(one["name"] for one in shown if one["code"] in named)
    columns = {
        "code": [one["code"] for one in shown],
        "name": [one["name"] for one in shown],
        "count": [few if np.isnan(value) else texts.number(value) for value in values],
        "legend": [legends[digit] for digit in classes.digits],
        "is_edged": [one["code"] in named for one in shown],
    }
    hidden = frozenset(one["code"] for one, value in zip(shown, values, strict=True) if np.isnan(value))
    fields = (Field("name", texts("chart.column_areas")), Field("count", texts("chart.column_count")))
    colours = {words: classes.colours[int(digit)] for digit, words in legends.items()}
    tips = [(one.field, one.header) for one in fields]
    spec = map_spec(districts, colours, tips, texts.language, mode, hatching(districts, hidden, mode))
    base = spec["layer"][0]
    base["encoding"]["stroke"] = {"value": look(mode).hatch}  # the lightest class is nearly the page
    spec["layer"] += _edges(base, mode)
    return Chart(
        spec=spec,
        columns=columns,
        title=texts("map.title"),
        unit=texts("chart.unit_incidents"),
        description=texts("meeting_report.map_description"),
        fields=fields,
        notes=(texts("meeting_report.map_named", names=listed(edged, texts)),) if edged else (),
    )


def _edges(base: Spec, mode: Mode) -> list[Spec]:
    """Lines around the districts that are named, seen on any colour; names themselves would hide the small ones."""
    colours = look(mode)
    mark = {"type": "geoshape", "filled": False, "strokeJoin": "round", "aria": False, "tooltip": None}
    shown = [{"filter": "datum.is_edged"}, *base["transform"]]
    return [
        {"transform": shown, "mark": mark | {"stroke": stroke, "strokeWidth": width}}
        for stroke, width in ((colours.page, 4.5), (colours.warning, 2.5))
    ]
