"""What maps of a survey share: rows of districts, their legend, and the notes on what is not shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.charts.chart import Chart, Field
from dashboard.charts.survey_words import named
from dashboard.look import Mode, look
from dashboard.maps.geoshapes import features, map_spec, middles, names
from dashboard.maps.hatching import hatching

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.charts.chart import Spec
    from dashboard.texts import Texts

HIDDEN = "hidden"
"""Kind of a district without a value: grey and hatched."""

_EDGE_PX = 3.5
"""Of the line around a chosen district; neighbours that are drawn later leave its inner half."""


@dataclass(frozen=True)
class Kind:
    """What a colour of the map means: colour "#rrggbb" and words; districts of a kind are counted in the legend."""

    colour: str
    words: str


@dataclass(frozen=True)
class Drawn:
    """Districts by kind: `kinds` in the order of the legend, `kind_of` by code, further columns by code.

    `named`: codes whose names stand on the map; `chosen`: codes that have a firm line and their name; `symbols`: signs by code.
    `has_white`: a colour is that of the page, and its districts need a border that can be seen.
    """

    kinds: Mapping[str, Kind]
    kind_of: Mapping[str, str]
    columns: Mapping[str, Mapping[str, Any]]
    named: frozenset[str] = frozenset()
    chosen: frozenset[str] = frozenset()
    symbols: Mapping[str, str] | None = None
    has_white: bool = False
    above: Sequence[Spec] = ()


def hidden_kind(texts: Texts, mode: Mode) -> dict[str, Kind]:
    """The last row of every legend."""
    return {HIDDEN: Kind(look(mode).missing, texts("survey_map.hidden"))}


def columns_of(districts: bytes, drawn: Drawn, texts: Texts) -> dict[str, list[Any]]:
    """One row per district: code, name, legend, kind, lon, lat, is_edged, is_named, symbol and the further columns."""
    places = middles(districts)
    rows = [
        (
            one["properties"]["code"],
            one["properties"]["name"],
            drawn.kind_of.get(one["properties"]["code"], HIDDEN),
        )
        for one in features(districts)
    ]
    legends = legend_of(drawn, [kind for _, _, kind in rows], texts)
    codes = [code for code, _, _ in rows]
    return {
        "code": codes,
        "name": [name for _, name, _ in rows],
        "kind": [kind for _, _, kind in rows],
        "legend": [legends[kind] for _, _, kind in rows],
        "lon": [places[code][0] for code in codes],
        "lat": [places[code][1] for code in codes],
        "is_edged": [code in drawn.chosen for code in codes],
        "is_named": [code in drawn.named | drawn.chosen for code in codes],
        "symbol": [(drawn.symbols or {}).get(code) for code in codes],
        **{name: [of.get(code) for code in codes] for name, of in drawn.columns.items()},
    }


def legend_of(drawn: Drawn, found: Sequence[str], texts: Texts) -> dict[str, str]:
    """Words of each kind that is on the map, with how many districts are of it."""
    return {
        key: texts("effect_map.legend", words=kind.words, areas=found.count(key))
        for key, kind in drawn.kinds.items()
        if key in found
    }


def survey_map(
    table: str,
    drawn: Drawn,
    districts: bytes,
    texts: Texts,
    *,
    fields: Sequence[Field],
    unit: str,
    notes: Sequence[str],
    mode: Mode,
) -> Chart:
    """A map under the texts of a table ("share", "gap", ...); the tooltip has the columns of the table view."""
    columns = columns_of(districts, drawn, texts)
    legends = legend_of(drawn, columns["kind"], texts)
    colours = {words: drawn.kinds[key].colour for key, words in legends.items()}
    hidden = frozenset(
        code for code, kind in zip(columns["code"], columns["kind"], strict=True) if kind == HIDDEN
    )
    layers = [
        *hatching(districts, hidden, mode),
        *(symbols(mode) if drawn.symbols else ()),
        *names("datum.is_named", mode),
        *drawn.above,
    ]
    tips = [(field.field, field.header) for field in fields]
    spec = map_spec(districts, colours, tips, texts.language, mode, layers)
    encoding = spec["layer"][0]["encoding"]
    encoding["strokeWidth"] = _edge(_EDGE_PX, 1)
    if drawn.has_white:
        encoding["stroke"] = _edge(look(mode).text, look(mode).before)
    return Chart(
        spec=spec,
        columns=columns,
        title=texts(f"survey_map.{table}_title"),
        unit=unit,
        description=texts(f"survey_map.{table}_description"),
        fields=tuple(fields),
        notes=tuple(notes),
    )


def _edge(chosen: Any, other: Any) -> Spec:
    return {"condition": {"test": "datum.is_edged", "value": chosen}, "value": other}


def symbols(mode: Mode) -> list[Spec]:
    """Signs in the middle of districts that are told in words only."""
    return [
        {
            "transform": [{"filter": "isValid(datum.symbol)"}],
            "mark": {
                "type": "text",
                "fontSize": 13,
                "aria": False,
                "tooltip": None,
                "color": look(mode).text,
            },
            "encoding": {
                "longitude": {"field": "lon", "type": "quantitative"},
                "latitude": {"field": "lat", "type": "quantitative"},
                "text": {"field": "symbol", "type": "nominal"},
            },
        }
    ]


def hidden_notes(districts: bytes, drawn: Drawn, texts: Texts) -> list[str]:
    """Names of the districts without a value; none when all have one."""
    without = [
        one["properties"]["name"]
        for one in features(districts)
        if drawn.kind_of.get(one["properties"]["code"], HIDDEN) == HIDDEN
    ]
    return [texts("survey_map.note_hidden", names=named(without, texts))] if without else []
