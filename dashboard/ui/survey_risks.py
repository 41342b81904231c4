"""Risk and protection: which are common where, what has changed, and what to work on first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.indicator_change import indicator_change
from dashboard.charts.indicators import indicators
from dashboard.charts.survey_words import response_note
from dashboard.maps.indicator import indicator_map
from dashboard.situation.survey import priorities
from dashboard.situation.survey_rows import EVERYBODY
from dashboard.situation.survey_words import priority_words
from dashboard.ui import contents, session, show, state
from dashboard.ui.choices import distinct
from dashboard.ui.plain import plain
from dashboard.ui.survey_choice import beside, choose, group_name
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
    mode = session.mode()
    left, right = beside(chosen)
    with left:
        _priorities(chosen, texts)
        polarity = _polarity(texts)
        before = chosen.earlier if chosen.among.area is None else None
        bars = indicators(
            chosen.release, texts, among=chosen.among, earlier=before, polarity=polarity, mode=mode
        )
        show.chart(bars, "survey-indicators", texts)
    with right:
        if chosen.has_areas:
            _map(chosen, polarity, texts)
        if chosen.earlier is not None:
            change = indicator_change(
                chosen.release, chosen.earlier, texts, among=chosen.among, polarity=polarity, mode=mode
            )
            show.chart(change, "survey-change", texts)


def _polarity(texts: Texts) -> Polarity:
    """Risk or protection."""
    return st.segmented_control(  # pyright: ignore[reportReturnType] - one of what it was given
        texts("surveys.polarity"), POLARITIES, default="risk", required=True,
        format_func=lambda name: texts(f"surveys.polarity_{name}"), key="survey-polarity",
        label_visibility="collapsed",
    )  # fmt: skip


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
        answered = plain(response_note(chosen.release, chosen.among.area, texts))
        st.caption(f"{answered} {texts('surveys.priorities_help')}")


def _plan(one: Priority, chosen: Choice, texts: Texts) -> None:
    """Begin an intervention against it: the finding and the goal are filled in."""
    if not can(session.viewer(), Action.WRITE_INTERVENTIONS):
        return
    if st.button(
        texts("surveys.plan"), icon=":material/flag:", type="tertiary", key=f"plan-{one.indicator.code}"
    ):
        area = chosen.among.area
        state.begin_intervention(
            finding=_finding(one, chosen, texts),
            goal=texts("surveys.goal", name=texts.name(one.indicator), wave=chosen.release.wave.name),
            goal_instrument=chosen.release.wave.instrument,
            goal_indicator=one.indicator.code,
            areas={area} if area and state.shares_areas(chosen.facts.frame) else set(),
        )
        asked = {state.INTERVENTION: "ny", "lang": texts.language}
        st.switch_page(contents.page("interventions", texts), query_params=asked)


def _finding(one: Priority, chosen: Choice, texts: Texts) -> str:
    """What speaks for an intervention. It is read by roles that are told less: numbers only of what every role is told."""
    wave, among = chosen.release.wave.name, chosen.among
    if among == EVERYBODY:
        return f"{wave}: {priority_words(one, texts)}"
    names = {area.code: area.name for area in chosen.release.areas}
    where = names[among.area] if among.area else texts("survey_chart.municipality")
    who, name = group_name(among.group, texts), texts.name(one.indicator)
    return texts("surveys.finding_among", wave=wave, where=where, who=who, name=name)


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
        chosen.release, indicator, chosen.districts, texts, group=chosen.among, chosen=chosen.chosen,
        mode=session.mode(),
    )  # fmt: skip
    show.chart(drawn, "survey-map", texts, pick=chosen.pick)
