"""Is it rising or falling? Weekly counts against a comparable period, with interventions in lanes underneath."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from dashboard.charts.chart import Chart
from dashboard.charts.lanes import Intervention, Lane, lanes
from dashboard.charts.trend_marks import LANE, SELECTED, WEEK, trend_spec
from dashboard.charts.weeks import days, instants, week_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from dashboard.look import Mode
    from dashboard.texts import Texts

_NO_DAY = np.datetime64("NaT", "D")
_NUMBERS = ("count", "before", "low", "high")


def trend(
    weeks: pd.DataFrame,
    texts: Texts,
    *,
    interventions: Sequence[Intervention] = (),
    selected: tuple[date, date] | None = None,
    unit: str = "",
    source_line: str = "",
    mode: Mode = "light",
) -> Chart:
    """Weekly counts; a brush over weeks selects ("weeks", see `weeks.brushed_weeks`).

    `weeks`, one row per week in order: week_start (date, a Monday), count; and where known: before (the comparable
    period), low and high (band of the comparable weeks), is_complete (False: late reports expected, drawn open), silent
    (names of sources without data that week, "" when none). `selected`: first and last day, shaded. Interventions are
    cut to the weeks shown. Raises ValueError when there is no week.
    """
    if weeks.empty:
        message = "a trend takes at least one week; got none: widen the period"
        raise ValueError(message)
    starts = days(weeks["week_start"])
    placed = lanes(interventions, starts[0].item(), (starts[-1] + 6).item())
    count = max((lane.row + 1 for lane in placed), default=0)
    has_before, has_band = ("before" in weeks and bool(weeks["before"].notna().any())), "low" in weeks
    return Chart(
        spec=trend_spec(texts.language, mode, count, has_before, has_band),
        data=_rows(weeks, starts, placed, selected, texts),
        title=texts("chart.trend_title"),
        unit=unit or texts("chart.unit_per_week"),
        description=texts("chart.trend_description"),
        make_table=lambda: _table(weeks, texts),
        source_line=source_line,
        notes=_notes(weeks, texts),
    )


def _rows(
    weeks: pd.DataFrame,
    starts: NDArray[np.datetime64],
    placed: Sequence[Lane],
    selected: tuple[date, date] | None,
    texts: Texts,
) -> pd.DataFrame:
    """Weeks, then lanes, then the shade: one small table, since a chart takes one."""
    spans = [(lane.starts_on, lane.ends_on) for lane in placed] + ([selected] if selected else [])
    sizes = (len(starts), len(placed), len(spans) - len(placed))
    rows: dict[str, Any] = {
        "part": np.repeat(np.array([WEEK, LANE, SELECTED], dtype=np.int8), sizes),
        "from_at": instants(np.concatenate([starts, days([start for start, _ in spans])])),
        "to_at": instants(
            np.concatenate([np.full(len(starts), _NO_DAY), days([end for _, end in spans]) + 1])
        ),
        "lane": _numbers(np.array([lane.row for lane in placed]), before=sizes[0], after=sizes[2]),
    }
    for name in _NUMBERS:
        if name in weeks:
            rows[name] = _numbers(weeks[name].to_numpy(), after=len(spans))
    complete = (
        weeks["is_complete"].to_numpy(bool) if "is_complete" in weeks else np.ones(sizes[0], dtype=bool)
    )
    silent = [names or None for names in weeks["silent"]] if "silent" in weeks else [None] * sizes[0]
    shade = [None] * sizes[2]
    # As categories the same words travel once, not once a week.
    rows["label"] = pd.Categorical([*silent, *(lane.intervention.title for lane in placed), *shade])
    rows["words"] = pd.Categorical(
        [*[None] * sizes[0], *(_when(lane.intervention, texts) for lane in placed), *shade]
    )
    return pd.DataFrame(rows | {"is_complete": np.append(complete, np.ones(len(spans), dtype=bool))})


def _numbers(values: NDArray, *, before: int = 0, after: int = 0) -> NDArray[np.float32]:
    """The values with nothing before and after them."""
    return np.pad(values.astype(np.float32), (before, after), constant_values=np.nan)


def _when(one: Intervention, texts: Texts) -> str:
    if one.ends_on is None:
        return texts("chart.lane_since", start=texts.short_date(one.starts_on))
    return texts(
        "chart.lane_between", start=texts.short_date(one.starts_on), end=texts.short_date(one.ends_on)
    )


def _table(weeks: pd.DataFrame, texts: Texts) -> pd.DataFrame:
    words = [week_words(day.item(), texts.language) for day in days(weeks["week_start"])]
    table: dict[str, Any] = {texts("chart.column_week"): words}
    for name in (*_NUMBERS, "silent"):
        if name in weeks:
            table[texts(f"chart.column_{name}")] = weeks[name].to_numpy()
    if "is_complete" in weeks:
        yes, no = texts("chart.yes"), texts("chart.no")
        table[texts("chart.column_complete")] = [
            yes if is_complete else no for is_complete in weeks["is_complete"]
        ]
    return pd.DataFrame(table)


def _notes(weeks: pd.DataFrame, texts: Texts) -> tuple[str, ...]:
    notes = []
    if "is_complete" in weeks and not all(weeks["is_complete"]):
        notes.append(texts("chart.note_incomplete"))
    if "silent" in weeks and (silent := sum(map(bool, weeks["silent"]))):
        notes.append(texts("chart.note_silent", weeks=silent))
    return tuple(notes)
