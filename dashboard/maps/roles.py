"""Where did it happen, and what is it compared with? Districts of an intervention by their part in its evaluation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.charts.chart import Chart, Field
from dashboard.look import Mode, look
from dashboard.maps.geoshapes import features, map_spec, middles, names, near, outline
from dashboard.situation.words import NONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.situation.evaluation import Evaluation
    from dashboard.texts import Texts

ROLES = ("target", "ring", "comparison", "other")
VERDICTS = ("less", "more", "unclear", "differs", "no_effect", "other")
_PLAIN = ("ring", "comparison", "other")
_IS_TARGET = "datum.kind === 'target'"
_MOST_NAMES = 6
"""More names than this hide the map."""


@dataclass(frozen=True)
class _Kind:
    """What a colour of the map means: its colour, its words with the number of districts, and its words alone."""

    colour: str
    legend: str
    words: str


def roles_map(
    of: Evaluation, districts: bytes, texts: Texts, *, srid: int = 0, mode: Mode = "light"
) -> Chart:
    """Districts (GeoJSON with i, code, name) as target, ring, comparison or neither.

    The surface that was drawn by hand, in metres of EPSG `srid`, is outlined where there is one.
    """
    colours, polygon = look(mode), of.intervention.polygon
    fills = (colours.accent, colours.sequential[3], colours.hatch, colours.faint)
    roles = {code: role for role in ROLES[-2::-1] for code in getattr(of, role)}
    columns = _columns(districts, roles, ROLES)
    kinds = _kinds("role", dict(zip(ROLES, fills, strict=True)), columns["kind"], texts)
    is_named = len(of.target) <= _MOST_NAMES
    above = outline(polygon, srid, mode) if polygon else names(_IS_TARGET, mode) if is_named else []
    notes = (texts("effect_map.note_polygon"),) if polygon else ()
    shown = near(districts, frozenset(roles))
    return _chart("roles", columns, kinds, texts, shown, mode, above=above, notes=notes)


def overview_map(
    evaluations: Sequence[Evaluation], districts: bytes, texts: Texts, *, mode: Mode = "light"
) -> Chart:
    """Districts by the verdict on the interventions in them; where the verdicts of several differ, that is said."""
    colours = look(mode)
    fills = (
        colours.diverging[1],
        colours.diverging[5],
        colours.hatch,
        colours.muted,
        colours.page,
        colours.faint,
    )
    here: dict[str, list[Evaluation]] = {}
    for one in evaluations:
        for code in one.target or one.intervention.areas:
            here.setdefault(code, []).append(one)
    columns = _columns(districts, {code: _verdict(found) for code, found in here.items()}, VERDICTS)
    columns["titles"] = [
        ", ".join(one.intervention.title for one in here.get(code, ())) or NONE for code in columns["code"]
    ]
    kinds = _kinds("overview", dict(zip(VERDICTS, fills, strict=True)), columns["kind"], texts)
    return _chart("overview", columns, kinds, texts, districts, mode)


def _verdict(evaluations: Sequence[Evaluation]) -> str:
    found = {one.effect.verdict for one in evaluations if one.effect is not None}
    said = {verdict if verdict in ("less", "more") else "unclear" for verdict in found}
    if not said:
        return "no_effect"
    return said.pop() if len(said) == 1 else "differs"


def _columns(districts: bytes, kinds: Mapping[str, str], order: Sequence[str]) -> dict[str, list[Any]]:
    """One row per district; those that matter come last, and so lie above their neighbours."""
    rows = [
        (
            one["properties"]["code"],
            one["properties"]["name"],
            kinds.get(one["properties"]["code"], order[-1]),
        )
        for one in features(districts)
    ]
    rows.sort(key=lambda row: -order.index(row[2]))
    places = middles(districts)
    return {
        "code": [code for code, _, _ in rows],
        "name": [name for _, name, _ in rows],
        "kind": [kind for _, _, kind in rows],
        "lon": [places[code][0] for code, _, _ in rows],
        "lat": [places[code][1] for code, _, _ in rows],
    }


def _kinds(table: str, fills: Mapping[str, str], found: Sequence[str], texts: Texts) -> dict[str, _Kind]:
    """Those that are on the map."""
    kinds = {}
    for kind, colour in fills.items():
        if number := found.count(kind):
            words = texts(f"effect_map.{table}_{kind}")
            kinds[kind] = _Kind(colour, texts("effect_map.legend", words=words, areas=number), words)
    return kinds


def _chart(
    name: str,
    columns: dict[str, list[Any]],
    kinds: Mapping[str, _Kind],
    texts: Texts,
    districts: bytes,
    mode: Mode,
    *,
    above: Sequence[dict[str, Any]] = (),
    notes: tuple[str, ...] = (),
) -> Chart:
    fields = [Field("name", texts("chart.column_areas")), Field("words", texts(f"effect_map.column_{name}"))]
    fields += [Field("titles", texts("effect_map.column_titles"))] if "titles" in columns else []
    lines = [(field.field, field.header) for field in fields]
    colours = {kind.legend: kind.colour for kind in kinds.values()}
    said = {
        "legend": [kinds[kind].legend for kind in columns["kind"]],
        "words": [kinds[kind].words for kind in columns["kind"]],
        "is_edged": [kind not in _PLAIN for kind in columns["kind"]],
    }
    return Chart(
        spec=map_spec(districts, colours, lines, texts.language, mode, above),
        columns=columns | said,
        title=texts(f"effect_map.{name}_title"),
        unit=texts(f"effect_map.{name}_unit"),
        description=texts(f"effect_map.{name}_description"),
        fields=tuple(fields),
        notes=notes,
    )
