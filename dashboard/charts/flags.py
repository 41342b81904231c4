"""What stands out? What was reported against the range of what was to be expected, one row per flag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.charts.chart import Chart, Field
from dashboard.charts.columns import numbers
from dashboard.charts.flag_marks import flag_spec
from dashboard.situation.weekly_words import counted_words, expected_words, flag_name
from dashboard.statistics.signals import LEVEL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.look import Mode
    from dashboard.situation.weekly_values import Flag, Weekly
    from dashboard.texts import Texts

    Row = dict[str, Any]

_NUMBERS = {"observed": 0, "expected": 1, "low": 0, "high": 0}


def flags(of: Weekly, texts: Texts, *, mode: Mode = "light") -> Chart:
    """A row per flag, the surest first; a row without a number that may be told says so in its place.

    Grey: more or fewer reports from everywhere could be why.
    """
    rows = [_row(one, of.fewest, texts) | {"row": number} for number, one in enumerate(of.flags)]
    title, unit, description = (texts(f"weekly_chart.{part}") for part in ("title", "unit", "description"))
    return Chart(
        spec=flag_spec(texts.language, mode, len(rows)),
        columns=_columns(rows),
        title=title,
        unit=unit,
        description=description,
        fields=_fields(texts),
        notes=(texts("weekly_chart.note", share=texts.percent(LEVEL)),) if rows else (),
    )


def _row(one: Flag, fewest: int, texts: Texts) -> Row:
    place = flag_name(one, texts)
    head = texts("weekly_chart.in_weeks", place=place, count=one.weeks) if one.weeks > 1 else place
    found: Row = {
        "head": head,
        "tone": "grey" if one.is_explained_by_effort else one.direction,
        "effort": texts("weekly_chart.yes" if one.is_explained_by_effort else "weekly_chart.no"),
        "weeks": one.weeks,
        **{name: getattr(one, name) for name in _NUMBERS},
    }
    if one.observed is None or one.expected is None:
        return found | {"why": counted_words(one, fewest, texts)}
    ends = {"low": one.low, "high": one.high}
    expected = expected_words(one.expected, texts)
    return found | {
        "written": texts("weekly_chart.written", observed=one.observed, expected=expected, **ends)
    }


def _columns(rows: Sequence[Row]) -> dict[str, list[Any]]:
    words = ("row", "head", "tone", "effort", "weeks", "written", "why")
    found = {name: [one.get(name) for one in rows] for name in words}
    return found | {
        name: numbers([np.nan if one[name] is None else one[name] for one in rows], decimals)
        for name, decimals in _NUMBERS.items()
    }


def _fields(texts: Texts) -> tuple[Field, ...]:
    return (
        Field("head", texts("weekly_chart.place")),
        Field("weeks", texts("weekly_chart.weeks"), 0),
        Field("observed", texts("weekly_chart.observed"), 0),
        Field("expected", texts("weekly_chart.expected"), 1),
        Field("low", texts("weekly_chart.low"), 0),
        Field("high", texts("weekly_chart.high"), 0),
        Field("effort", texts("weekly_chart.reports")),
        Field("why", texts("weekly_chart.why")),
    )
