"""What has changed between two waves? The difference of each share, with its interval."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt

from dashboard.charts import survey_marks as marks
from dashboard.charts import vega
from dashboard.charts.chart import Chart, Field
from dashboard.charts.survey_rows import ROW, chosen, items_of, placed
from dashboard.charts.survey_words import hidden_note, is_hidden, response_note
from dashboard.look import Mode, look
from dashboard.situation.cell_words import reason, share_in_words
from dashboard.situation.survey_rows import EVERYBODY, Among
from dashboard.situation.survey_told import change_of, is_alike
from dashboard.texts import Texts, texts

if TYPE_CHECKING:
    from collections.abc import Collection

    from dashboard.charts.chart import Spec
    from data_access.surveys.told import Cell, Indicator, Measure, Polarity, Release

_COLUMNS = (
    "value", "low", "high", "written", "range", "now_words", "before_words", "n", "n_before", "n_words", "tone",
    "told", "is_clear", "is_hidden", "why",
)  # fmt: skip
_LAST = -1000.0
_WIDE_PX = 212
"""Room for difference, interval and people on a wide page."""


def indicator_change(
    now: Release,
    before: Release,
    texts: Texts,
    *,
    among: Among = EVERYBODY,
    polarity: Polarity | None = "risk",
    levels: Collection[str] = (),
    measure: Measure = "present",
    mode: Mode = "light",
) -> Chart:
    """A dot with its interval per indicator, in percentage points; the largest increase of a level first.

    Intervals are Newcombe's, from the told intervals of both shares; without two numbers, that is said.
    """

    def row(one: Indicator) -> tuple[float, dict[str, Any]]:
        cells = among.cell(now, one.code, measure), among.cell(before, one.code, measure)
        return _row(*cells, texts, is_alike=is_alike(now, before, one.code))

    found = items_of(chosen(now, polarity, levels, measure), texts, row)
    key = texts("survey_chart.key_change", before=str(before.wave.year), now=str(now.wave.year))
    columns, height = placed(found, _COLUMNS, key, texts)
    return Chart(
        spec=_spec(texts.language, mode, height),
        columns=columns,
        title=texts("survey_chart.change_title"),
        unit=texts("survey_chart.change_unit"),
        description=texts("survey_chart.change_description"),
        fields=_fields(texts),
        notes=_notes(now, before, among.area, columns, texts),
        where={"part": ROW},
    )


def _row(
    now: Cell | None, before: Cell | None, texts: Texts, *, is_alike: bool
) -> tuple[float, dict[str, Any]]:
    change = change_of(now, before) if is_alike else None
    said = [share_in_words(cell, texts) or reason(cell, texts) for cell in (now, before)]
    values: dict[str, Any] = {
        "now_words": said[0],
        "before_words": said[1],
        "n": now.n if now is not None else None,
        "n_before": before.n if before is not None else None,
        "is_hidden": is_hidden(now) or is_hidden(before),
    }
    values["n_words"] = "/".join(texts.number(n) for n in (values["n_before"], values["n"]) if n is not None)
    if change is None:
        why = texts("survey_chart.not_compared")
        return _LAST, values | {"why": why, "tone": "none", "told": why, "is_clear": False}
    value, low, high = (round(100 * end, 1) for end in (change.value, change.low, change.high))
    tone = ("more" if value > 0 else "less") if change.is_clear else "unclear"
    return value, values | {
        "value": value,
        "low": low,
        "high": high,
        "written": _signed(value, texts),
        "range": _range(low, high, texts),
        "tone": tone,
        "told": texts(f"survey_chart.change_{tone}"),
        "is_clear": change.is_clear,
    }


def _range(low: float, high: float, texts: Texts) -> str:
    """Whole points, unless a clear change would then seem to reach none."""
    is_clear = low > 0 or high < 0
    decimals = 1 if is_clear and 0 in (round(low), round(high)) else 0
    ends = {
        "low": texts.number(low, decimals, signed=True),
        "high": texts.number(high, decimals, signed=True),
    }
    return texts("survey_chart.range_change", **ends)


def _signed(points: float, texts: Texts) -> str:
    return texts.number(round(points), signed=True)


def _notes(
    now: Release, before: Release, area: str | None, columns: dict[str, list[Any]], texts: Texts
) -> tuple[str, ...]:
    rows = columns["part"].count(ROW)
    clear = sum(map(bool, columns["is_clear"]))
    notes = [
        response_note(before, area, texts),
        response_note(now, area, texts),
        texts("survey_chart.note_change", clear=clear, rows=rows, chance=max(1, round(rows / 20))),
    ]
    if any(columns["is_hidden"]):
        notes.append(hidden_note(now, texts))
    return tuple(notes)


def _fields(texts: Texts) -> tuple[Field, ...]:
    return (
        Field("level", texts("survey_chart.column_level")),
        Field("head", texts("survey_chart.column_indicator")),
        Field("before_words", texts("survey_chart.column_before")),
        Field("now_words", texts("survey_chart.column_now")),
        Field("value", texts("survey_chart.column_change"), 0),
        Field("low", texts("survey_chart.column_low_points"), 0),
        Field("high", texts("survey_chart.column_high_points"), 0),
        Field("n_before", texts("survey_chart.column_n_before"), 0),
        Field("n", texts("survey_chart.column_n"), 0),
        Field("told", texts("survey_chart.column_verdict")),
    )


@cache
def _spec(language: str, mode: Mode, height: int) -> Spec:
    words, colours = texts(language), look(mode)
    right = marks.when_wide(_WIDE_PX, 44)
    scale = marks.room(f"{right} - 8", domain=alt.DomainUnionWith([-5, 5]))
    known = marks.rows("isValid(datum.value)")
    middle = marks.y("middle_px")
    labels = alt.Axis(
        title=None, orient="bottom", tickCount=5, format="+,d", labelExpr="datum.value === 0 ? '0' : datum.label",
        labelOverlap="greedy", labelFontSize=marks.SMALL_PX,
    )  # fmt: skip
    axis = alt.X("low:Q", scale=scale, axis=labels)
    bar = known.mark_rule(strokeWidth=5, strokeCap="round", opacity=1, **marks.QUIET)
    dot = known.mark_circle(size=90, opacity=1, stroke=colours.page, strokeWidth=1.5, **marks.QUIET)
    zero = known.mark_rule(color=colours.text, strokeWidth=1, **marks.QUIET)
    parts = [
        zero.transform_calculate(bottom_px="datum.top_px + 22").encode(
            x=alt.XDatum(0, scale=scale), y=marks.y("top_px"), y2="bottom_px:Q"
        ),
        bar.encode(x=axis, x2="high:Q", y=middle, color=_tone(0, mode)),
        dot.encode(x=alt.X("value:Q", scale=scale), y=middle, color=_tone(1, mode)),
        *marks.names(mode, bold="datum.is_clear"),
        marks.key(mode),
        *marks.reasons(mode),
        *marks.at_right("written", words("survey_chart.column_change_short"), marks.when_wide(158, 0), mode),
        *marks.at_right("range", words("survey_chart.interval"), 72, mode, is_quiet=True, is_wide=True),
        *marks.at_right(
            "n_words", words("survey_chart.column_n_short"), 0, mode, is_quiet=True, is_wide=True
        ),
        marks.target(
            (
                ("before_words", words("survey_chart.column_before")),
                ("now_words", words("survey_chart.column_now")),
                ("written", words("survey_chart.column_change")),
                ("range", words("survey_chart.interval")),
                ("told", words("survey_chart.column_verdict")),
                ("n_words", words("survey_chart.column_n")),
            )
        ),
    ]
    return vega.finished(alt.layer(*parts).properties(height=height), language, mode, has_dates=False)


def _tone(place: int, mode: Mode) -> Any:
    """Colour of a bar (0) or of a dot (1): purple is less, orange is more, grey is not clear."""
    colours = look(mode)
    less, more = (colours.diverging[1], colours.diverging[0]), (colours.diverging[5], colours.diverging[6])
    grey = (colours.line, colours.before)
    chosen: Any = alt
    for tone, pair in (("less", less), ("more", more)):
        chosen = chosen.when(f"datum.tone === '{tone}'").then(alt.value(pair[place]))
    return chosen.otherwise(alt.value(grey[place]))
