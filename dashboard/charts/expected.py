"""Were there fewer than expected? Observed against expected week by week, with all measures and the dose underneath."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.charts.chart import Chart, Field, words_instead
from dashboard.charts.columns import epoch_ms, numbers
from dashboard.charts.expected_marks import DOSE, LANE, PERIOD, START, expected_spec
from dashboard.charts.lane_marks import lane_columns, measure_lanes
from dashboard.charts.told import effect_of
from dashboard.charts.weeks import days, week_words
from dashboard.charts.window import window
from dashboard.situation.intervention import is_hidden, is_told
from dashboard.situation.trial import TRIGGER_WEEKS
from dashboard.statistics.outcome import AFTER, BASELINE, LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dashboard.charts.window import Window
    from dashboard.look import Mode
    from dashboard.situation.evaluation import Evaluation
    from dashboard.statistics.outcome import Weekly
    from dashboard.texts import Texts

    Columns = dict[str, list[Any]]

_ROLES = {BASELINE: "baseline", LEFT_OUT: "left_out", AFTER: "after"}
_SHARES = 3  # decimals of a share of the width or height: finer than a pixel


def expected(of: Evaluation, texts: Texts, *, mode: Mode = "light") -> Chart:
    """Observed and expected events of the target areas per week, or per four weeks where a week holds too few.

    Under them the intervention and the other measures as lanes, and its dose per week. Raises ValueError without an effect.
    """
    shown = window(of.weeks, _told(of))
    days_shown = _days(of)
    placed = measure_lanes(of.intervention, of.others, *days_shown)
    few = texts("explore.few", count=of.fewest) if of.fewest else ""
    parts = [
        _periods(shown, of, few, texts),
        {"part": [LANE] * len(placed)} | lane_columns(placed, *days_shown, texts),
        _doses(of, days_shown, texts),
        _start(of, days_shown, texts),
    ]
    is_weekly = shown.weeks == 1
    return Chart(
        spec=expected_spec(texts.language, mode, len(placed), shown.weeks, bool(of.dose)),
        columns=_together(parts),
        title=texts("effect_chart.expected_title"),
        unit=texts("effect_chart.unit_week" if is_weekly else "effect_chart.unit_four_weeks"),
        description=texts("effect_chart.expected_description"),
        fields=_fields(of, texts, is_weekly=is_weekly),
        notes=_notes(shown, of, few, texts),
        where={"part": PERIOD},
    )


def _told(of: Evaluation) -> Weekly:
    """Without an estimate that may be told, only what was observed."""
    weekly = effect_of(of).weekly
    if is_told(of) and not is_hidden(of):
        return weekly
    nothing = np.full(len(weekly.observed), np.nan)
    return replace(weekly, expected=nothing, low=nothing, high=nothing)


def _days(of: Evaluation) -> tuple[date, date]:
    mondays = days(of.weeks)
    return mondays[0].item(), mondays[-1].item() + timedelta(days=6)


def _together(parts: Sequence[Columns]) -> Columns:
    """One table of all parts, since a chart takes one; a part has nothing in the columns of the others."""
    names = dict.fromkeys(name for part in parts for name in part)
    return {
        name: [value for part in parts for value in part.get(name, [None] * len(part["part"]))]
        for name in names
    }


def _periods(shown: Window, of: Evaluation, few: str, texts: Texts) -> Columns:
    observed = numbers(shown.observed)
    return {
        "part": [PERIOD] * len(shown.starts),
        "from_at": epoch_ms(shown.starts),
        "observed": observed,
        "observed_words": words_instead(observed, few),
        "is_alone": _is_alone(shown).tolist(),
        **{name: numbers(getattr(shown, name)) for name in ("expected", "low", "high")},
        "role": shown.role.tolist(),
        "role_words": [texts(f"effect_chart.role_{role}") for role in _roles(shown, of)],
        "words": [_period_words(start, shown.weeks, texts) for start in shown.starts.tolist()],
        "dose": _dose_by_period(of, shown),
    }


def _is_alone(shown: Window) -> Any:
    """Told, but between two that are not, so that no line shows it."""
    is_before = shown.role != AFTER
    told = np.isfinite(shown.observed)
    near = np.concatenate([[False], told & is_before, [False]])
    return told & is_before & ~near[:-2] & ~near[2:]


def _roles(shown: Window, of: Evaluation) -> list[str]:
    """What each period is; of those that are left out, which led up to the start."""
    starts_on = of.intervention.starts_on
    first, last = starts_on - timedelta(weeks=TRIGGER_WEEKS + 1), starts_on - timedelta(weeks=1)
    return [
        "trigger" if role == LEFT_OUT and first < start <= last else _ROLES[role]
        for start, role in zip(shown.starts.tolist(), shown.role.tolist(), strict=True)
    ]


def _period_words(start: date, weeks: int, texts: Texts) -> str:
    if weeks == 1:
        return week_words(start, texts.language)
    last = start + timedelta(weeks=weeks - 1)
    return f"{texts.week(start)} \u2013 {texts.week(last)}"


def _dose_by_period(of: Evaluation, shown: Window) -> list[float | None]:
    """What was delivered in each period; None where nothing is written of it."""
    length = timedelta(weeks=shown.weeks)
    by_period = [
        [amount for monday, amount in of.dose if start <= monday < start + length]
        for start in shown.starts.tolist()
    ]
    return [round(sum(found), 1) if found else None for found in by_period]


def _doses(of: Evaluation, days_shown: tuple[date, date], texts: Texts) -> Columns:
    first, last = days_shown
    doses = [(monday, amount) for monday, amount in of.dose if first <= monday <= last]
    most = max((amount for _, amount in doses), default=0) or 1
    return {
        "part": [DOSE] * len(doses),
        "from_at": epoch_ms(days(monday for monday, _ in doses)),
        "share": [round(amount / most, _SHARES) for _, amount in doses],
        "label": [_amount(amount, texts) for _, amount in doses],
        "words": [week_words(monday, texts.language) for monday, _ in doses],
    }


def _start(of: Evaluation, days_shown: tuple[date, date], texts: Texts) -> Columns:
    start, (first, last) = of.intervention.starts_on, days_shown
    most = max((amount for _, amount in of.dose), default=0)
    return {
        "part": [START],
        "from_at": epoch_ms(days([start])),
        "share": [round((start - first).days / max((last - first).days, 1), _SHARES)],
        "label": [texts("effect_chart.start", day=texts.date(start))],
        "dose_words": [texts("effect_chart.dose_row", unit=of.dose_unit, most=_amount(most, texts))],
    }


def _amount(amount: float, texts: Texts) -> str:
    return texts.number(amount, 0 if float(amount).is_integer() else 1)


def _fields(of: Evaluation, texts: Texts, *, is_weekly: bool) -> tuple[Field, ...]:
    return (
        Field("words", texts("chart.column_week" if is_weekly else "effect_chart.column_weeks")),
        Field("role_words", texts("effect_chart.column_role")),
        Field("observed", texts("effect_chart.observed"), 0, "observed_words"),
        Field("expected", texts("effect_chart.expected"), 1),
        Field("low", texts("effect_chart.column_low"), 0),
        Field("high", texts("effect_chart.column_high"), 0),
        Field(
            "dose", texts("effect_chart.dose_of", unit=of.dose_unit or texts("intervention_field.dose")), 1
        ),
    )


def _notes(shown: Window, of: Evaluation, few: str, texts: Texts) -> tuple[str, ...]:
    left_out = {role for role in _roles(shown, of) if role in ("trigger", "left_out")}
    keys = {"trigger": "note_trigger", "left_out": "note_left_out_else"}
    key = "note_left_out" if len(left_out) > 1 else keys[left_out.pop()] if left_out else ""
    notes = [texts(f"effect_chart.{key}")] if key else []
    if shown.weeks > 1:
        notes.append(texts("effect_chart.note_four_weeks"))
    if shown.left_over:
        notes.append(texts("effect_chart.note_left_over", count=shown.left_over))
    if few and np.isnan(shown.observed).any():
        notes.append(texts("effect_chart.note_few", few=few))
    return tuple(notes)
