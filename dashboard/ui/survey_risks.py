"""Risk and protection: which are common where, what has changed, and what to work on first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.indicator_change import indicator_change
from dashboard.charts.indicators import indicators
from dashboard.maps.indicator import indicator_map
from dashboard.situation.survey import priorities
from dashboard.situation.survey_words import priority_words
from dashboard.ui import contents, session, show, state
from dashboard.ui.choices import distinct
from dashboard.ui.plain import plain
from dashboard.ui.survey_choice import choose
from data_access.permissions import Action, can

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.situation.survey import Priority
    from dashboard.texts import Texts
    from dashboard.ui.survey_choice import Choice
    from data_access.surveys.told import Polarity, Wave

POLARITIES: tuple[Polarity, ...] = ("risk", "protective")


def draw(waves: Iterable[Wave], texts: Texts) -> None:
    """Draw bars per level, the map of one indicator, the change since the wave before, and the list of priorities."""
    chosen = choose(waves, "youth", texts)
    if chosen is None:
        return
    _priorities(chosen, texts)
    polarity: Polarity = st.segmented_control(  # pyright: ignore[reportAssignmentType] - one of what it was given

        texts("surveys.polarity"), POLARITIES, default="risk", required=True,
        format_func=lambda name: texts(f"surveys.polarity_{name}"), key="survey-polarity",
        label_visibility="collapsed",
    )  # fmt: skip
    mode = session.mode()
    left, right = st.columns((3, 2))
    with left:
        bars = indicators(chosen.release, texts, among=chosen.among, polarity=polarity, mode=mode)
        show.chart(bars, "survey-indicators", texts)
    with right:
        _map(chosen, polarity, texts)
        if chosen.earlier is not None:
            change = indicator_change(
                chosen.release, chosen.earlier, texts, among=chosen.among, polarity=polarity, mode=mode
            )
            show.chart(change, "survey-change", texts)


def _priorities(chosen: Choice, texts: Texts) -> None:
    found = priorities(chosen.release, chosen.earlier, chosen.among)
    with st.container(border=True, key="survey-priorities"):
        st.subheader(texts("surveys.priorities_title"), anchor=False)
        if not found:
            st.caption(texts("surveys.priorities_none"))
            return
        for number, one in enumerate(found, start=1):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"{number}. {plain(priority_words(one, texts))}", width="stretch")
                _plan(one, chosen, texts)
        st.caption(texts("surveys.priorities_help"))


def _plan(one: Priority, chosen: Choice, texts: Texts) -> None:
    """Begin an intervention against it: the finding and the goal are filled in."""
    if not can(session.viewer(), Action.WRITE_INTERVENTIONS):
        return
    if st.button(
        texts("surveys.plan"), icon=":material/flag:", type="tertiary", key=f"plan-{one.indicator.code}"
    ):
        state.begin_intervention(
            finding=f"{chosen.release.wave.name}: {priority_words(one, texts)}",
            goal=texts("surveys.goal", name=texts.name(one.indicator), wave=chosen.release.wave.name),
            areas={chosen.among.area} if chosen.among.area else set(),
        )
        st.switch_page(contents.page("interventions", texts), query_params={state.INTERVENTION: "ny"})


def _map(chosen: Choice, polarity: Polarity, texts: Texts) -> None:
    of = [one for one in chosen.release.indicators if one.polarity == polarity]
    names = distinct({one.code: texts.name(one) for one in of})
    if not names:
        return
    code = st.selectbox(
        texts("survey_chart.column_indicator"),
        list(names),
        format_func=names.__getitem__,
        key=f"survey-map-{polarity}",
    )
    indicator = next(one for one in of if one.code == code)
    drawn = indicator_map(
        chosen.release, indicator, chosen.districts, texts, group=chosen.among, mode=session.mode()
    )
    show.chart(drawn, "survey-map", texts)
