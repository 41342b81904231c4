"""Unmet help: who has a risk, is distressed by it, and wishes for help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.indicators import FOLLOW_UPS, indicators
from dashboard.charts.unmet_help import unmet_help, unmet_help_by_level
from dashboard.ui import session, show, survey_map
from dashboard.ui.survey_choice import beside, choose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.texts import Texts
    from dashboard.ui.survey_choice import Choice
    from data_access.surveys.told import Measure, Wave


def draw(waves: Iterable[Wave], texts: Texts) -> None:
    """Draw the steps from risk to wish for help per risk, and where it is most on the map."""
    chosen = choose(waves, "youth", texts)
    if chosen is None:
        return
    st.markdown(texts("surveys.help_about"))
    mode, release = session.mode(), chosen.release
    asked = [one for one in release.indicators if "unmet" in one.measures]
    if not asked:
        st.info(texts("surveys.help_not_asked"), icon=":material/inbox:")
        return
    left, right = beside(chosen, is_map_only=True)
    with left:
        levels = unmet_help_by_level(release, texts, among=chosen.among, mode=mode)
        show.chart(levels, "survey-help-levels", texts)
        show.chart(unmet_help(release, texts, among=chosen.among, mode=mode), "survey-help", texts)
        _follow_ups(chosen, texts)
    if chosen.has_areas:
        with right, st.container(key="survey-aside"):
            survey_map.draw(chosen, asked, "unmet", "help-map", texts)


def _follow_ups(chosen: Choice, texts: Texts) -> None:
    """What those with a risk answered to one of the questions that follow it."""
    known = [one for one in FOLLOW_UPS if any(one in of.measures for of in chosen.release.indicators)]
    measure: Measure = st.segmented_control(  # pyright: ignore[reportAssignmentType] - one of what it was given
        texts("surveys.follow_up"), known, default=known[0], required=True,
        format_func=lambda name: texts(f"surveys.follow_up_{name}"), key="survey-follow-up",
    )  # fmt: skip
    before = chosen.earlier if chosen.among.area is None else None
    drawn = indicators(
        chosen.release, texts, among=chosen.among, earlier=before, measure=measure, mode=session.mode()
    )
    show.chart(drawn, "survey-follow-ups", texts)
