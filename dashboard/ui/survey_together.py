"""Together: an indicator beside crime, district by district; areas, not persons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.scatter import scatter
from dashboard.maps.bivariate import bivariate_map
from dashboard.situation import periods
from dashboard.situation.survey import rates
from dashboard.ui import session, show, state
from dashboard.ui.choices import distinct
from dashboard.ui.survey_choice import choose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.texts import Texts
    from data_access.facts import Facts
    from data_access.surveys.told import Instrument, Measure, Wave

INSTRUMENTS: tuple[Instrument, ...] = ("youth", "safety")


def draw(waves: Iterable[Wave], texts: Texts) -> None:
    """Draw scatter and bivariate map of one indicator and the rate of what the explore page has chosen."""
    instrument: Instrument = st.segmented_control(  # pyright: ignore[reportAssignmentType] - one of what it was given

        texts("surveys.instrument"), INSTRUMENTS, default="youth", required=True,
        format_func=lambda name: texts(f"surveys.instrument_{name}"), key="survey-instrument",
        label_visibility="collapsed",
    )  # fmt: skip
    chosen = choose(waves, instrument, texts, has_area=False)
    if chosen is None or not chosen.has_areas:
        return
    asked = [one for one in chosen.release.indicators if one.polarity != "context"]
    names = distinct({one.code: texts.name(one) for one in asked})
    if not names:
        return
    code = st.selectbox(
        texts("survey_chart.column_indicator"), list(names), format_func=names.__getitem__,
        key=f"survey-together-{instrument}",
    )  # fmt: skip
    indicator = next(one for one in asked if one.code == code)
    measure: Measure = "index" if "index" in indicator.measures else "present"
    st.caption(of_what(chosen.facts, texts))
    of, mode = rates(chosen.facts, state.selection()).reported, session.mode()
    left, right = st.columns(2)
    with left:
        drawn = scatter(
            chosen.release, indicator, of, texts, measure=measure, group=chosen.among, chosen=chosen.chosen,
            mode=mode,
        )  # fmt: skip
        show.chart(drawn, "survey-scatter", texts, pick=chosen.pick)
    with right:
        both = bivariate_map(
            chosen.release,
            indicator,
            of,
            chosen.districts,
            texts,
            measure=measure,
            group=chosen.among,
            chosen=chosen.chosen,
            mode=mode,
        )
        show.chart(both, "survey-bivariate", texts, pick=chosen.pick)


def of_what(of: Facts, texts: Texts) -> str:
    """Which incidents the rate counts."""
    selection, known = state.selection(), of.period
    if known is None:
        return texts("ui.empty_title")
    period = periods.asked(selection.period, known)
    days = {"first": texts.short_date(period.first), "last": texts.short_date(period.last)}
    count = len(selection.categories)
    return texts("surveys.of_types", count=count, **days) if count else texts("surveys.of_all", **days)
