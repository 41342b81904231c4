"""Unmet help: who has a risk, is distressed by it, and wishes for help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.unmet_help import unmet_help, unmet_help_by_level
from dashboard.ui import session, show, survey_map
from dashboard.ui.survey_choice import beside, choose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.texts import Texts
    from data_access.surveys.told import Wave


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
    if chosen.has_areas:
        with right, st.container(key="survey-aside"):
            survey_map.draw(chosen, asked, "unmet", "help-map", texts)
