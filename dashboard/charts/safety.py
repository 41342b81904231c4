"""What is felt as a problem here? Perceived safety as indexes 0-6: all together and its parts, in two waves."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import altair as alt

from dashboard.charts import survey_marks as marks
from dashboard.charts import vega
from dashboard.charts.chart import Chart, Field
from dashboard.charts.survey_rows import NO_LEVEL, ROW, chosen, items_of, placed
from dashboard.charts.survey_words import hidden_note, is_hidden, response_note, word_in_words
from dashboard.look import Mode, look
from dashboard.situation.cell_words import index_in_words, reason
from dashboard.situation.survey_rows import EVERYBODY, Among
from dashboard.situation.survey_told import change_of, is_alike, word_of
from dashboard.texts import Texts, texts

if TYPE_CHECKING:
    from dashboard.charts.chart import Spec
    from data_access.surveys.told import Cell, Indicator, Release

TOTAL = "total"
"""Code of the indicator that weighs all items equally."""

_COLUMNS = (
    "index", "index_words", "written", "low", "high", "range", "compared", "compared_words", "told", "before",
    "before_words", "change", "n", "n_words", "is_clear", "is_hidden", "why",
)  # fmt: skip
_HIGHEST = 6


def safety(
    release: Release,
    texts: Texts,
    *,
    among: Among = EVERYBODY,
    earlier: Release | None = None,
    mode: Mode = "light",
) -> Chart:
    """A dot with its interval per item that has an index, the total first, then the worst part of each block first.

    The open ring is those of the municipality, and the stroke the same people in `earlier`; for the municipality the ring is
    `earlier`.
    """
    is_district = among.area is not None
    compared, before = (release, earlier) if is_district else (earlier, None)

    def beside(one: Indicator, other: Release | None, of: Among) -> Cell | None:
        is_known = other is not None and is_alike(release, other, one.code)
        return of.cell(other, one.code, "index") if other is not None and is_known else None

    def row(one: Indicator) -> tuple[float, dict[str, Any]]:
        cell, prior = among.cell(release, one.code, "index"), beside(one, before, among)
        value, columns = _row(cell, beside(one, compared, among.in_municipality), texts)
        return value, columns | _before(cell, prior, texts)

    asked = sorted(chosen(release, None, (), "index"), key=lambda one: one.code != TOTAL)
    found = items_of(asked, texts, row, level_of=lambda one: NO_LEVEL if one.code == TOTAL else one.level)
    columns, height = placed(found, _COLUMNS, _key(release, compared, before, texts), texts)
    notes = [response_note(release, among.area, texts)]
    notes += [response_note(earlier, among.area, texts)] if earlier is not None else []
    notes.append(texts("survey_chart.note_total"))
    notes += [hidden_note(release, texts)] if any(columns["is_hidden"]) else []
    return Chart(
        spec=_spec(texts.language, mode, height),
        columns=columns,
        title=texts("survey_chart.safety_title"),
        unit=texts("survey_chart.unit_index"),
        description=texts("survey_chart.safety_description"),
        fields=_fields(texts),
        notes=tuple(notes),
        where={"part": ROW},
    )


def _key(release: Release, compared: Release | None, before: Release | None, texts: Texts) -> str:
    if compared is None:
        return texts("survey_chart.key_safety_one")
    ring = str(compared.wave.year) if compared is not release else texts("survey_chart.municipality_inside")
    said = texts("survey_chart.key_safety", now=str(release.wave.year), ring=ring)
    stroke = (
        () if before is None else (texts("survey_chart.key_compared", place=str(before.wave.year)) + ".",)
    )
    return " ".join((said, *stroke))


def _before(cell: Cell | None, prior: Cell | None, texts: Texts) -> dict[str, Any]:
    """The same people in the wave before, and whether it has changed."""
    change = change_of(cell, prior)
    if prior is None or change is None:
        return {"before_words": index_in_words(prior, texts) or None}
    tone = "unclear" if not change.is_clear else "more" if change.value > 0 else "less"
    told = {"before": prior.index, "change": texts(f"survey_chart.change_{tone}")}
    return told | {"before_words": index_in_words(prior, texts)}


def _row(cell: Cell | None, other: Cell | None, texts: Texts) -> tuple[float, dict[str, Any]]:
    written, why = index_in_words(cell, texts), reason(cell, texts)
    before = index_in_words(other, texts)
    values: dict[str, Any] = {
        "index_words": written or why,
        "compared_words": before or None,
        "n": cell.n if cell is not None else None,
        "n_words": texts.number(cell.n) if cell is not None and cell.n is not None else None,
        "is_clear": False,
        "is_hidden": is_hidden(cell),
    }
    if not written or cell is None or cell.index is None:
        return -1.0, values | {"why": why}
    low, high = (cell.index if end is None else end for end in (cell.low, cell.high))
    values |= {"index": cell.index, "written": written, "low": low, "high": high}
    values["range"] = texts("survey_chart.range", low=texts.number(low, 1), high=texts.number(high, 1))
    if before and other is not None and other.index is not None:
        values["compared"] = other.index
        word = word_of(change_of(cell, other))
        values |= {"is_clear": word in ("higher", "lower"), "told": word_in_words(word, texts)}
    return cell.index, values


def _fields(texts: Texts) -> tuple[Field, ...]:
    return (
        Field("level", texts("survey_chart.column_level")),
        Field("head", texts("survey_chart.column_indicator")),
        Field("index_words", texts("survey_chart.column_index")),
        Field("range", texts("survey_chart.interval")),
        Field("compared_words", texts("survey_chart.column_compared")),
        Field("told", texts("survey_chart.column_word")),
        Field("before_words", texts("survey_chart.column_before")),
        Field("change", texts("survey_chart.column_verdict")),
        Field("n", texts("survey_chart.column_n"), 0),
    )


@cache
def _spec(language: str, mode: Mode, height: int) -> Spec:
    words, colours = texts(language), look(mode)
    scale = marks.room(f"{marks.NUMBERS_PX + marks.PEOPLE_PX} - 4", domain=[0, _HIGHEST], clamp=True)
    known, middle = marks.rows("isValid(datum.index)"), marks.y("middle_px")
    tone = (
        alt.when("datum.is_clear").then(alt.value(colours.accent)).otherwise(alt.value(colours.sequential[5]))
    )
    soft = (
        alt.when("datum.is_clear")
        .then(alt.value(colours.sequential[4]))
        .otherwise(alt.value(colours.sequential[2]))
    )
    labels = alt.Axis(
        title=None,
        orient="bottom",
        values=list(range(_HIGHEST + 1)),
        labelFontSize=marks.SMALL_PX,
        format="d",
    )
    interval = known.mark_rule(strokeWidth=6, strokeCap="round", opacity=1, **marks.QUIET)
    dot = known.mark_circle(size=95, opacity=1, stroke=colours.page, strokeWidth=1.5, **marks.QUIET)
    ring = marks.rows("isValid(datum.compared)").mark_point(
        shape="circle", size=70, filled=False, stroke=colours.text, strokeWidth=1.5, opacity=1, **marks.QUIET
    )
    parts = [
        interval.encode(x=alt.X("low:Q", scale=scale, axis=labels), x2="high:Q", y=middle, color=soft),
        *marks.stroke("before", "isValid(datum.index)", scale, 16, mode, axis=labels),
        dot.encode(x=alt.X("index:Q", scale=scale), y=middle, color=tone),
        ring.encode(x=alt.X("compared:Q", scale=scale), y=middle),
        *marks.names(mode, bold="datum.is_clear"),
        marks.key(mode),
        *marks.reasons(mode),
        *marks.at_right("written", words("survey_chart.column_index"), marks.PEOPLE_PX, mode),
        *marks.at_right("n_words", words("survey_chart.column_n_short"), 0, mode, is_quiet=True),
        marks.target(
            (
                ("index_words", words("survey_chart.column_index")),
                ("range", words("survey_chart.interval")),
                ("compared_words", words("survey_chart.column_compared")),
                ("told", words("survey_chart.column_word")),
                ("before_words", words("survey_chart.column_before")),
                ("change", words("survey_chart.column_verdict")),
                ("n_words", words("survey_chart.column_n")),
            )
        ),
    ]  # fmt: skip
    return vega.finished(alt.layer(*parts).properties(height=height), language, mode, has_dates=False)
