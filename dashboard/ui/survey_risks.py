"""Risk and protection: which are common where, what has changed, and what to work on first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.indicator_change import indicator_change
from dashboard.charts.indicators import indicators
from dashboard.charts.survey_words import response_note
from dashboard.situation.finding_drafts import priority_draft
from dashboard.situation.survey import priorities
from dashboard.situation.survey_words import priority_words
from dashboard.ui import finding_keep, session, show, survey_map
from dashboard.ui.plain import plain
from dashboard.ui.survey_choice import beside, choose, whose

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.situation.survey import Priority
    from dashboard.texts import Texts
    from dashboard.ui.survey_choice import Choice
    from data_access.surveys.told import Polarity, Release, Wave

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
    told = [finding_keep.of_all(one) for one in (chosen.release, chosen.earlier)]
    with st.container(border=True, key="survey-priorities"):
        st.subheader(texts("surveys.priorities_title"), anchor=False)
        if not found:
            st.caption(texts("surveys.priorities_none"))
            return
        for number, one in enumerate(found, start=1):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"{number}. {plain(priority_words(one, texts))}", width="stretch")
                if finding_keep.may_keep():
                    _keep(one, chosen, told, texts)
        answered = plain(response_note(chosen.release, chosen.among.area, texts))
        st.caption(f"{answered} {texts('surveys.priorities_help')}")


def _keep(one: Priority, chosen: Choice, told: Sequence[Release | None], texts: Texts) -> None:
    """Keep it as a finding, or begin an intervention against it: the finding and the goal are filled in."""
    code = one.indicator.code
    draft = priority_draft(
        chosen.release, told[0], told[1], one.indicator, chosen.among, whose(chosen, texts), texts
    )
    finding_keep.keep(draft, chosen, texts, key="keep-priority")
    finding_keep.plan(draft, chosen, texts, key=f"plan-{code}")


def _map(chosen: Choice, polarity: Polarity, texts: Texts) -> None:
    of = [one for one in chosen.release.indicators if one.polarity == polarity]
    if of:
        survey_map.draw(chosen, of, "present", "map", texts, key=f"survey-map-{polarity}")
