"""How sure is it, and did it move? The change against what was expected, as intervals; and the same for many interventions."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.charts.chart import Chart, Field
from dashboard.charts.columns import numbers
from dashboard.charts.interval_marks import HIGHEST, LOWEST, ROW, TICK, interval_spec
from dashboard.charts.told import effect_of, is_count_told
from dashboard.situation.effect_words import percent_change, problem
from dashboard.situation.intervention import is_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.look import Mode
    from dashboard.situation.evaluation import Evaluation
    from dashboard.statistics.outcome import Alternative, Effect, Outcome, Verdict
    from dashboard.texts import Texts

    Row = dict[str, Any]

_RATIO_DECIMALS = 4
_TONES = {"less": "less", "more": "more"}


def intervals(of: Evaluation, texts: Texts, *, mode: Mode = "light") -> Chart:
    """Change against expected, in per cent, in the target areas, around them, and in both; ticks: other comparisons.

    Where there are too few events for an estimate, that is said in its place. Raises ValueError without an effect.
    """
    effect = effect_of(of)
    if is_told(of):
        rows = [
            _row(outcome, _verdict(place, effect), texts, texts(f"effect_chart.place_{place}"))
            if is_seen
            else _hidden(texts(f"effect_chart.place_{place}"), of.fewest, texts)
            for place, outcome, is_seen in _places(effect, of.fewest)
        ]
    else:
        rows = [_too_few(of, effect, texts, texts("effect_chart.place_target"))]
    rows = [row | {"tone": "grey" if number else "accent"} for number, row in enumerate(rows)]
    is_target_drawn = is_told(of) and is_count_told(effect.target, of.fewest)
    ticks = [_tick(one, texts) for one in effect.alternatives if is_target_drawn and isfinite(one.ratio)]
    title, description = (texts(f"effect_chart.intervals_{part}") for part in ("title", "description"))
    notes = [texts("effect_chart.note_interval", share=texts.percent(effect.level))]
    notes += [texts("effect_chart.note_ticks")] if ticks else []
    return _chart(rows, ticks, texts, mode, title=title, description=description, notes=tuple(notes))


def overview_intervals(evaluations: Sequence[Evaluation], texts: Texts, *, mode: Mode = "light") -> Chart:
    """One row per intervention, in the order given; the colour says only the verdict.

    A row without an estimate says why in words, in place of a bar.
    """
    rows = [_overview_row(of, texts) for of in evaluations]
    title, description = (texts(f"effect_chart.overview_{part}") for part in ("title", "description"))
    return _chart(rows, (), texts, mode, title=title, description=description)


def change_in_words(ratio: float, texts: Texts) -> str:
    """The per cent that a ratio is more or less than 1: "+12 %"; what is not drawn to scale is only bounded."""
    if not isfinite(ratio) or ratio > HIGHEST:
        return f"> {change_in_words(HIGHEST, texts)}"
    if ratio < LOWEST:
        return f"< {change_in_words(LOWEST, texts)}"
    return percent_change(ratio, texts)


def _places(effect: Effect, fewest: int) -> list[tuple[str, Outcome, bool]]:
    """Name, outcome, and whether it is told: of two of the three the third follows."""
    known = (("target", effect.target), ("ring", effect.ring), ("net", effect.net))
    places = [(name, outcome) for name, outcome in known if outcome is not None]
    are_told = all(is_count_told(outcome, fewest) for _, outcome in places)
    return [
        (name, outcome, is_count_told(outcome, fewest) and (are_told or name != "net"))
        for name, outcome in places
    ]


def _verdict(place: str, effect: Effect) -> Verdict:
    of = {"ring": effect.ring, "net": effect.net}.get(place)
    if of is None:
        return effect.verdict
    if not of.ratio.excludes(1):
        return "no_clear_difference"
    return "less" if of.ratio.value < 1 else "more"


def _overview_row(of: Evaluation, texts: Texts) -> Row:
    title, effect = of.intervention.title, of.effect
    if effect is None:
        return {"head": title, "tone": "grey", "why": problem(of, texts)}
    if not is_told(of) or not is_count_told(effect.target, of.fewest):
        return _too_few(of, effect, texts, title) | {"tone": "grey"}
    return _row(effect.target, effect.verdict, texts, title) | {"tone": _TONES.get(effect.verdict, "grey")}


def _too_few(of: Evaluation, effect: Effect, texts: Texts, name: str) -> Row:
    """Too few events for an estimate, or to be told."""
    if not is_count_told(effect.target, of.fewest):
        return _hidden(name, of.fewest, texts)
    return {"head": name, "why": texts("effect_chart.too_few")}


def _hidden(name: str, fewest: int, texts: Texts) -> Row:
    return {"head": name, "why": texts("effect_chart.few_events", few=texts("explore.few", count=fewest))}


def _row(of: Outcome, verdict: Verdict, texts: Texts, name: str) -> Row:
    ratio = of.ratio
    low, high = (change_in_words(end, texts) for end in (ratio.low, ratio.high))
    counts = {"observed": of.observed, "expected": round(of.expected.value)}
    return {
        "head": name,
        "words": texts(f"effect_chart.words_{verdict}"),
        "written": texts(
            "effect_chart.written", value=change_in_words(ratio.value, texts), low=low, high=high
        ),
        "counted": texts("effect_chart.counted", **counts),
        **{end: _drawn(getattr(ratio, end)) for end in ("value", "low", "high")},
        **{f"{end}_pct": 100 * (getattr(ratio, end) - 1) for end in ("value", "low", "high")},
        **counts,
    }


def _tick(one: Alternative, texts: Texts) -> Row:
    name = texts(f"comparison.{one.name}")
    written = texts("effect_chart.written_tick", value=change_in_words(one.ratio, texts), areas=one.areas)
    return {"head": name, "written": written, "value": _drawn(one.ratio)}


def _drawn(ratio: float) -> float:
    """A ratio within what is drawn to scale."""
    return float(np.clip(np.nan_to_num(ratio, nan=1.0, posinf=HIGHEST), LOWEST, HIGHEST))


def _chart(
    rows: Sequence[Row],
    ticks: Sequence[Row],
    texts: Texts,
    mode: Mode,
    *,
    title: str,
    description: str,
    notes: tuple[str, ...] = (),
) -> Chart:
    both = [*rows, *ticks]
    columns: dict[str, list[Any]] = {
        "part": [ROW] * len(rows) + [TICK] * len(ticks),
        "row": [*range(len(rows)), *[0] * len(ticks)],
        **{
            name: [one.get(name) for one in both]
            for name in ("head", "tone", "words", "written", "counted", "why")
        },
        **{name: _column(both, name, _RATIO_DECIMALS) for name in ("value", "low", "high")},
        **{
            name: _column(both, name, 0)
            for name in ("value_pct", "low_pct", "high_pct", "observed", "expected")
        },
    }
    return Chart(
        spec=interval_spec(texts.language, mode, len(rows)),
        columns=columns,
        title=title,
        unit=texts("effect_chart.intervals_unit"),
        description=description,
        fields=_fields(texts),
        notes=notes,
        where={"part": ROW},
    )


def _column(rows: Sequence[Row], name: str, decimals: int) -> list[Any]:
    return numbers([np.nan if one.get(name) is None else one[name] for one in rows], decimals)


def _fields(texts: Texts) -> tuple[Field, ...]:
    return (
        Field("head", texts("effect_chart.column_place")),
        Field("words", texts("effect_chart.column_verdict")),
        Field("observed", texts("effect_chart.observed"), 0),
        Field("expected", texts("effect_chart.expected"), 0),
        Field("value_pct", texts("effect_chart.column_change"), 0),
        Field("low_pct", texts("effect_chart.column_low_pct"), 0),
        Field("high_pct", texts("effect_chart.column_high_pct"), 0),
        Field("why", texts("effect_chart.column_why")),
    )
