"""Is it rising or falling? Weekly counts against a comparable period, with interventions in lanes underneath."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.charts.chart import Chart, Field, words_instead
from dashboard.charts.columns import epoch_ms, numbers
from dashboard.charts.trend_marks import LANE, SELECTED, WEEK, trend_spec
from dashboard.charts.weeks import days, words_of_weeks

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from numpy.typing import NDArray

    from dashboard.charts.lanes import Intervention, Lane
    from dashboard.look import Mode
    from dashboard.texts import Texts

_NUMBERS = ("count", "before", "low", "high")


@dataclass(frozen=True)
class LaneClick:
    """What a click on a lane asks for, as it stands in an address, and whether that is asked already."""

    query: str
    is_chosen: bool


def trend(
    weeks: Mapping[str, Any],
    texts: Texts,
    *,
    lanes: Sequence[Lane] = (),
    behind: Collection[Lane] = (),
    clicks: Sequence[LaneClick] = (),
    selected: tuple[date, date] | None = None,
    unit: str = "",
    few: str = "",
    mode: Mode = "light",
) -> Chart:
    """Weekly counts, with the lanes of interventions and the selected days under them.

    `weeks`, one item per week in order: week_start (a Monday), count; and where known: before (the comparable period),
    is_compared (False: before is not known), low and high (band of the comparable weeks), is_complete (False: late reports
    expected, drawn open), silent (names of sources without data that week, "" when none). Lanes `behind` step back: they
    belong to other places; `clicks`: one per lane, in their order; `selected`: first and last day, shaded where they meet the
    weeks. `few`: what is said of a count that is NaN because it is too small to be told; "": every count is told. Raises
    ValueError when there is no week.
    """
    if not len(weeks["count"]):
        message = "a trend takes at least one week; got none: widen the period"
        raise ValueError(message)
    starts = days(weeks["week_start"])
    count = max((lane.row + 1 for lane in lanes), default=0)
    return Chart(
        spec=trend_spec(texts.language, mode, count, "before" in weeks, "low" in weeks, bool(few)),
        columns=_columns(weeks, starts, lanes, selected, texts)
        | _lanes(starts, lanes, behind, clicks, selected)
        | (_few(weeks, few, len(lanes) + bool(selected and _meets(starts, selected))) if few else {}),
        title=texts("chart.trend_title"),
        unit=unit or texts("chart.unit_per_week"),
        description=texts("chart.trend_description"),
        fields=_fields(weeks, few, texts),
        where={"part": WEEK},
        notes=_notes(weeks, few, texts),
    )


def _columns(
    weeks: Mapping[str, Any],
    starts: NDArray[np.datetime64],
    lanes: Sequence[Lane],
    selected: tuple[date, date] | None,
    texts: Texts,
) -> dict[str, list[Any]]:
    """Weeks, then lanes, then the shade: one small table, since a chart takes one."""
    size, shades = len(starts), [selected] if selected and _meets(starts, selected) else []
    spans = [(lane.starts_on, lane.ends_on) for lane in lanes] + shades
    beside, shade = [None] * len(spans), [None] * len(shades)
    silent = [names or None for names in weeks["silent"]] if "silent" in weeks else [None] * size
    when = words_of_weeks(starts[0].item(), size, texts.language)
    complete, yes, no = _complete(weeks), texts("chart.yes"), texts("chart.no")
    return {
        "part": [WEEK] * size + [LANE] * len(lanes) + [SELECTED] * len(shades),
        "from_at": epoch_ms(np.concatenate([starts, days(start for start, _ in spans)])),
        "to_at": [*[None] * size, *epoch_ms(days(end for _, end in spans) + 1)],
        "lane": [*[None] * size, *(lane.row for lane in lanes), *shade],
        **{name: numbers(weeks[name]) + beside for name in _NUMBERS if name in weeks},
        "label": [*silent, *(lane.intervention.title for lane in lanes), *shade],
        "words": [*when, *(_when(lane.intervention, texts) for lane in lanes), *shade],
        "is_complete": complete + [True] * len(spans),
        "complete": [yes if is_complete else no for is_complete in complete] + beside,
    }


def _lanes(
    starts: NDArray[np.datetime64],
    lanes: Sequence[Lane],
    behind: Collection[Lane],
    clicks: Sequence[LaneClick],
    selected: tuple[date, date] | None,
) -> dict[str, list[Any]]:
    """Which lanes stand in front, what they ask for when they are clicked, and the one that is asked for."""
    before, after = [None] * len(starts), [None] * bool(selected and _meets(starts, selected))
    asked = clicks or [LaneClick("", is_chosen=False)] * len(lanes)
    found: dict[str, list[Any]] = {
        "is_near": [lane not in behind for lane in lanes],
        "query": [click.query or None for click in asked],
        "is_chosen": [click.is_chosen for click in asked],
    }
    return {name: [*before, *values, *after] for name, values in found.items()}


def _few(weeks: Mapping[str, Any], few: str, beside: int) -> dict[str, list[Any]]:
    """Words in place of numbers that are not told; `is_alone`: told, but between two that are not, so that no line shows it."""
    counts = np.asarray(weeks["count"], np.float64)
    near = np.concatenate([[np.nan], counts, [np.nan]])
    is_alone = np.isfinite(counts) & np.isnan(near[:-2]) & np.isnan(near[2:]) & np.isnan(counts).any()
    found: dict[str, list[Any]] = {
        "is_alone": is_alone.tolist(),
        "count_words": words_instead(numbers(counts), few),
    }
    if "before" in weeks:
        words = words_instead(numbers(weeks["before"]), few)
        is_compared = weeks.get("is_compared", [True] * len(counts))
        found["before_words"] = [
            word if is_one else None for word, is_one in zip(words, is_compared, strict=True)
        ]
    return {name: [*values, *[None] * beside] for name, values in found.items()}


def _meets(starts: NDArray[np.datetime64], selected: tuple[date, date]) -> bool:
    """Days that lie wholly outside would stretch the axis beyond the weeks."""
    first, last = days(selected)
    return bool(first < starts[-1] + np.timedelta64(7, "D") and starts[0] <= last)


def _complete(weeks: Mapping[str, Any]) -> list[bool]:
    return list(map(bool, weeks["is_complete"])) if "is_complete" in weeks else [True] * len(weeks["count"])


def _when(one: Intervention, texts: Texts) -> str:
    if one.ends_on is None:
        return texts("chart.lane_since", start=texts.short_date(one.starts_on))
    return texts(
        "chart.lane_between", start=texts.short_date(one.starts_on), end=texts.short_date(one.ends_on)
    )


def _fields(weeks: Mapping[str, Any], few: str, texts: Texts) -> tuple[Field, ...]:
    known = [name for name in _NUMBERS if name in weeks]
    instead = {name: f"{name}_words" for name in ("count", "before")} if few else {}
    return (
        Field("words", texts("chart.column_week")),
        *(Field(name, texts(f"chart.column_{name}"), 0, instead.get(name, "")) for name in known),
        Field("label", texts("chart.column_silent")),
        Field("complete", texts("chart.column_complete")),
    )


def _notes(weeks: Mapping[str, Any], few: str, texts: Texts) -> tuple[str, ...]:
    is_open = few and np.isnan(np.asarray(weeks["count"], np.float64)).any()
    notes = [texts("chart.note_few_weeks", few=few)] if is_open else []
    if not all(_complete(weeks)):
        notes.append(texts("chart.note_incomplete"))
    if "silent" in weeks and (silent := sum(map(bool, weeks["silent"]))):
        notes.append(texts("chart.note_silent", weeks=silent))
    return tuple(notes)
